"""Hostile and broken files: refused with a sentence, or accepted; nothing crashes, nothing takes long."""

import io
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from broadsheet.photos.darkroom.limits import DarkroomLimits
from broadsheet.photos.darkroom.run import DarkroomFailure, run_darkroom
from broadsheet.photos.intake import SENTENCES, ExaminedPhoto, PhotoRefused, examine_upload, true_name
from broadsheet.photos.tests.pictures import agency_photo, camera_exif, picture, xmp_packet

LONGEST_SECONDS = 15  # for one file, on a machine that does other things too
FUZZED_GROUPS = "0123456789abcdef"


def examined(content: bytes) -> ExaminedPhoto:
    return examine_upload(io.BytesIO(content), size=len(content))


def outcome(path: Path) -> ExaminedPhoto | PhotoRefused:
    started = time.process_time()
    try:
        return examined(path.read_bytes())
    except PhotoRefused as refused:
        return refused
    finally:
        assert time.process_time() - started < LONGEST_SECONDS, path


@pytest.mark.parametrize("group", FUZZED_GROUPS)
def test_every_fuzzed_file_is_accepted_or_refused_with_a_sentence(fixtures_dir: Path, group: str) -> None:
    folder = fixtures_dir / "hostile-uploads" / "metadata-extractor"

    outcomes = [outcome(path) for path in sorted(folder.glob(f"crash-{group}*"))]

    assert outcomes
    assert all(result.sentence.endswith(".") for result in outcomes if isinstance(result, PhotoRefused))


def test_every_hostile_picture_is_accepted_or_refused_with_a_sentence(fixtures_dir: Path) -> None:
    outcomes = {path.name: outcome(path) for path in sorted((fixtures_dir / "hostile-uploads" / "pillow").iterdir())}

    refused = {name: result.code for name, result in outcomes.items() if isinstance(result, PhotoRefused)}
    assert {code for name, code in refused.items() if name.endswith(".tif")} == {"other-format"}
    assert refused["broken_data_stream.png"] == "damaged"
    accepted = outcomes["orientation_rectangle.jpg"]
    assert isinstance(accepted, ExaminedPhoto)
    assert (accepted.width, accepted.height) == (1, 2)


def test_every_photo_with_metadata_is_read_or_refused_with_a_sentence(fixtures_dir: Path) -> None:
    folder = fixtures_dir / "photo-metadata"

    outcomes = {str(path.relative_to(folder)): outcome(path) for path in sorted(folder.rglob("*.*"))}

    refused = {name for name, result in outcomes.items() if isinstance(result, PhotoRefused)}
    assert refused == {
        "exifreader/test.tiff",
        "exifreader/test-issue-608-truncated-exif-tiff-dos.jpg",
        "iptc-std-2024.1-reference.xmp",
    }
    desk = outcomes["exiftool/PhotoMechanic.jpg"]
    assert isinstance(desk, ExaminedPhoto)
    assert desk.metadata.values["credit"] == "Credit"
    assert desk.metadata.values["photographer"] == "Photographer"
    sideways = outcomes["exif-samples/orientation/portrait_8.jpg"]
    assert isinstance(sideways, ExaminedPhoto)
    assert sideways.width < sideways.height


def test_metadata_of_an_agency_photo_is_merged() -> None:
    metadata = examined(agency_photo()).metadata

    assert metadata.values["caption"] == "XMP caption"
    assert metadata.values["credit"] == "AFP PHOTO/AHMAD AL-RUBAYE"
    assert metadata.values["photographer"] == "Ahmad Al-Rubaye"
    assert metadata.values["copyright_notice"] == "Camera copyright"
    assert metadata.origins == {
        "caption": "XMP",
        "credit": "XMP",
        "photographer": "IPTC",
        "copyright_notice": "Exif",
        "taken_at": "Exif",
    }


def test_metadata_beyond_64_kilobytes_is_read_from_its_extension() -> None:
    extension = xmp_packet(caption="A caption that did not fit")
    guid = b"0" * 32
    parts = [extension[:100], extension[100:]]
    segments = b""
    for offset, part in reversed(list(zip((0, 100), parts, strict=True))):
        body = b"http://ns.adobe.com/xmp/extension/\x00" + guid + len(extension).to_bytes(4) + offset.to_bytes(4) + part
        segments += b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body

    metadata = examined(picture(xmp=xmp_packet(credit="AFP"), extra=segments)).metadata

    assert metadata.values == {"credit": "AFP", "caption": "A caption that did not fit"}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_exif_and_xmp_are_read_from_every_format(form: str) -> None:
    options: dict[str, Any] = {} if form == "PNG" else {"xmp": xmp_packet(caption="Seen")}

    accepted = examined(picture((64, 48), form=form, exif=camera_exif(artist="A. Name", orientation=6), **options))

    assert (accepted.width, accepted.height) == (48, 64)
    assert accepted.metadata.values["photographer"] == "A. Name"
    assert form == "PNG" or accepted.metadata.values["caption"] == "Seen"


def test_a_broken_block_does_not_cost_the_photo() -> None:
    accepted = examined(picture(exif=b"Exif\x00\x00garbage", xmp=b"<not xml"))

    assert accepted.metadata.values == {}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"hello, this is a text", "unreadable"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "other-format"),
        (b'<?xml version="1.0"?>\n<!-- --><svg onload="alert(1)"/>', "other-format"),
        (b"II*\x00" + bytes(100), "other-format"),
        (b"%PDF-1.7\n", "other-format"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "other-format"),
        (b"GIF89a", "unreadable"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "unreadable"),
    ],
)
def test_what_is_no_photo_is_refused_and_says_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(PhotoRefused) as caught:
        examined(content)

    assert caught.value.code == code


def test_a_photo_that_was_cut_off_is_refused() -> None:
    whole = picture((640, 480), form="PNG")

    with pytest.raises(PhotoRefused) as caught:
        examined(whole[: len(whole) // 2])

    assert caught.value.code in {"damaged", "unreadable"}


def test_a_file_over_the_limit_is_refused_unread(settings: Settings) -> None:
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1_000

    with pytest.raises(PhotoRefused) as caught:
        examined(bytes(1_001))

    assert caught.value.code == "too-many-bytes"


def test_a_decompression_bomb_is_refused_by_its_header() -> None:
    started = time.process_time()

    with pytest.raises(PhotoRefused) as caught:
        examined(bomb(60_000, 60_000))

    assert caught.value.code == "too-many-pixels"
    assert "60000 × 60000" in caught.value.sentence
    assert time.process_time() - started < LONGEST_SECONDS


def test_a_bomb_that_declares_less_than_it_holds_harms_nothing() -> None:
    accepted = examined(bomb(10, 10, zeros=50_000_000))

    assert (accepted.width, accepted.height) == (10, 10)


def test_a_picture_that_needs_too_much_memory_is_refused() -> None:
    limits = DarkroomLimits(memory_bytes=300 * 1024**2)

    with pytest.raises(DarkroomFailure) as caught:
        run_darkroom({"act": "examine"}, picture((9_900, 9_900)), limits=limits)

    assert caught.value.code in {"too-heavy", "damaged", "crashed"}


def test_a_picture_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(DarkroomFailure) as caught:
        run_darkroom({"act": "examine"}, picture((3_000, 3_000)), limits=DarkroomLimits(wall_seconds=0))

    assert caught.value.code == "too-slow"


def test_a_child_that_dies_is_a_refusal_like_any_other() -> None:
    with pytest.raises(DarkroomFailure) as caught:
        run_darkroom({"act": "develop"}, picture(), limits=DarkroomLimits())  # an order without its prints

    assert caught.value.code == "crashed"


def test_each_reason_has_a_sentence_that_says_what_to_do() -> None:
    detail = {"size": 1, "most": 1, "format": "TIFF", "width": 1, "height": 1, "megapixels": 100}

    for code in SENTENCES:
        sentence = PhotoRefused(code, detail).sentence
        assert sentence.endswith(".")
        assert "xport" in sentence or "again" in sentence


@pytest.mark.parametrize(
    ("name", "extension", "kept"),
    [
        ("ferry.jpg", "jpg", "ferry.jpg"),
        ("Ferry.JPEG", "jpg", "Ferry.JPEG"),
        ("ferry.png", "jpg", "ferry.jpg"),
        ("ferry", "webp", "ferry.webp"),
        ("ferry.jpg.exe", "jpg", "ferry.jpg.exe.jpg"),
        ("../../etc/passwd", "png", "passwd.png"),
    ],
)
def test_a_file_is_named_for_what_it_is(name: str, extension: str, kept: str) -> None:
    assert true_name(name, extension) == kept


def bomb(width: int, height: int, *, zeros: int = 1_000) -> bytes:
    """Return a PNG that declares this size and unpacks to `zeros` bytes."""
    header = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x00\x00\x00\x00"
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(zeros))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4) for kind, body in chunks
    )
