"""What leaves the darkroom: the rights, the right way up, in sRGB, and nothing about where the camera stood."""

import datetime as dt
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django_tasks import default_task_backend
from PIL import Image, ImageCms, IptcImagePlugin
from pytest_django import Settings

from broadsheet.photos.add_photo import add_photo
from broadsheet.photos.metadata.xmp import read_xmp
from broadsheet.photos.models import Photo
from broadsheet.photos.refresh_renditions import refresh_renditions
from broadsheet.photos.renditions import all_offered, storage_name
from broadsheet.photos.tests.pictures import CAMERA_SERIAL, agency_photo, camera_exif, halves, picture

pytestmark = pytest.mark.django_db

EXTENSIONS = ("avif", "webp", "jpg")
RIGHTS = {
    "photographer": "Ahmad Al-Rubaye",
    "credit": "AFP PHOTO/AHMAD AL-RUBAYE",
    "copyright_notice": "© AFP 2016 <all rights>",
    "licence_url": "https://afp.example/terms?a=1&b=2",
    "licensor_url": "https://afp.example/buy",
    "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
}


def kept(content: bytes, **fields: str) -> Photo:
    """Add a photo and make its renditions."""
    photo = add_photo(file=io.BytesIO(content), filename="mosul.jpg", **fields)  # type: ignore[arg-type]
    refresh_renditions(photo_id=photo.pk, make_missing=True)
    return photo


def brightness(picture: Image.Image, at: tuple[int, int]) -> int:
    level = picture.convert("L").getpixel(at)
    assert isinstance(level, int)
    return level


def stored(photo: Photo, spec: str, extension: str) -> bytes:
    with default_storage.open(storage_name(photo.pk, photo.rendition_key, spec, extension)) as file:
        content: bytes = file.read()
    return content


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_place_and_the_camera_never_reach_a_public_rendition(extension: str) -> None:
    photo = kept(agency_photo())

    content = stored(photo, "w640", extension)

    assert b"Exif" not in content
    assert b"GPS" not in content
    assert CAMERA_SERIAL.encode() not in content
    with Image.open(io.BytesIO(content)) as shown:
        assert not shown.getexif()
        assert shown.size == (640, 480)


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_rights_travel_in_every_format(extension: str) -> None:
    photo = kept(agency_photo(), **RIGHTS)

    with Image.open(io.BytesIO(stored(photo, "c320", extension))) as shown:
        fields = read_xmp(shown.info["xmp"])

    assert fields == RIGHTS


def test_a_jpeg_carries_the_credit_for_older_readers_too() -> None:
    photo = kept(agency_photo(), **RIGHTS)

    with Image.open(io.BytesIO(stored(photo, "s1200", "jpg"))) as shown:
        fields = IptcImagePlugin.getiptcinfo(shown)

    assert fields is not None
    assert fields[2, 110] == b"AFP PHOTO/AHMAD AL-RUBAYE"
    assert fields[2, 80] == b"Ahmad Al-Rubaye"


@pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="exiftool reads the renditions once more where it is there"
)
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_exiftool_finds_the_rights_and_no_place(extension: str, own_media: Path) -> None:
    photo = kept(agency_photo(), **RIGHTS)
    path = own_media / storage_name(photo.pk, photo.rendition_key, "w640", extension)

    answer = subprocess.run(["exiftool", "-G1", "-json", path], capture_output=True, check=True)

    tags = json.loads(answer.stdout)[0]
    assert tags["XMP-photoshop:Credit"] == RIGHTS["credit"]
    assert tags["XMP-dc:Creator"] == RIGHTS["photographer"]
    assert tags["XMP-dc:Rights"] == RIGHTS["copyright_notice"]
    assert tags["XMP-xmpRights:WebStatement"] == RIGHTS["licence_url"]
    assert tags["XMP-plus:LicensorURL"] == RIGHTS["licensor_url"]
    assert not [name for name in tags if "GPS" in name or "Serial" in name]


def test_a_photo_without_rights_says_nothing() -> None:
    photo = kept(picture())

    with Image.open(io.BytesIO(stored(photo, "w640", "jpg"))) as shown:
        assert not {"xmp", "exif", "photoshop", "comment", "icc_profile"} & set(shown.info)


def test_every_offered_size_is_made_and_has_the_size_it_claims() -> None:
    photo = kept(picture((1000, 700)))

    for spec in all_offered(photo):
        for extension in spec.extensions:
            with Image.open(io.BytesIO(stored(photo, spec.name, extension))) as shown:
                assert shown.width <= spec.width
    assert refresh_renditions(photo_id=photo.pk, make_missing=True) == 0


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_taken_with_the_camera_on_its_side_stands_upright(form: str) -> None:
    lying = halves((400, 300), "white", "black", form=form, exif=camera_exif(orientation=6))

    photo = kept(lying)

    assert (photo.width, photo.height) == (300, 400)
    with Image.open(io.BytesIO(stored(photo, "w320", "jpg"))) as shown:
        assert shown.size == (300, 400)
        assert brightness(shown, (150, 50)) > 200
        assert brightness(shown, (150, 350)) < 50


def test_a_crop_shows_the_focal_point() -> None:
    wide = halves((1200, 300), "white", "black")

    photo = add_photo(file=io.BytesIO(wide), filename="wide.png", focal_point=(1100, 150))
    refresh_renditions(photo_id=photo.pk, make_missing=True)

    with Image.open(io.BytesIO(stored(photo, "c320", "jpg"))) as shown:
        assert brightness(shown, (10, 100)) < 50


def test_colours_of_another_profile_arrive_in_srgb() -> None:
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    plain = kept(picture((400, 300), colour="#808080", icc_profile=srgb))
    broken = kept(picture((400, 300), colour="#808080", icc_profile=linear[:60]))

    for photo in (plain, broken):
        with Image.open(io.BytesIO(stored(photo, "w320", "jpg"))) as shown:
            assert "icc_profile" not in shown.info
            assert abs(brightness(shown, (10, 10)) - 128) < 6


@pytest.mark.parametrize(
    ("form", "mode", "colour"),
    [
        ("PNG", "P", 0),
        ("PNG", "LA", (10, 128)),
        ("PNG", "1", 1),
        ("PNG", "I;16", 40_000),
        ("JPEG", "CMYK", (0, 0, 0, 0)),
    ],
)
def test_pictures_of_every_mode_can_be_shown(form: str, mode: str, colour: object) -> None:
    output = io.BytesIO()
    Image.new(mode, (400, 300), colour).save(output, form)  # type: ignore[arg-type]  # one colour for each mode

    photo = kept(output.getvalue())

    for extension in EXTENSIONS:
        with Image.open(io.BytesIO(stored(photo, "w320", extension))) as shown:
            assert shown.size == (320, 240)


def test_a_transparent_picture_stands_on_white_in_a_jpeg() -> None:
    photo = kept(picture((400, 300), form="PNG", mode="RGBA", colour="#00000000"))

    with Image.open(io.BytesIO(stored(photo, "w320", "jpg"))) as shown:
        assert brightness(shown, (5, 5)) > 250
    with Image.open(io.BytesIO(stored(photo, "w320", "webp"))) as shown:
        assert shown.mode == "RGBA"


def test_a_new_credit_makes_new_renditions_and_removes_the_old_ones() -> None:
    photo = kept(picture(), credit="AFP")
    old_key = photo.rendition_key

    photo.credit = "AFP PHOTO/AHMAD AL-RUBAYE"
    photo.save()
    refresh_renditions(photo_id=photo.pk, make_missing=True)

    assert photo.rendition_key != old_key
    assert default_storage.exists(storage_name(photo.pk, photo.rendition_key, "w640", "avif"))
    assert not default_storage.exists(storage_name(photo.pk, old_key, "w640", "avif"))


def test_renditions_are_made_at_the_upload_and_not_by_a_reader(settings: Settings) -> None:
    settings.PHOTO_RENDITIONS_AT_UPLOAD = True

    photo = add_photo(file=io.BytesIO(picture()), filename="ferry.jpg")

    assert default_storage.exists(storage_name(photo.pk, photo.rendition_key, "w640", "avif"))


def test_renditions_are_withdrawn_when_the_rights_end(own_media: Path) -> None:
    photo = kept(picture())

    photo.rights_expire_on = dt.date(2016, 10, 19)
    photo.save()

    assert not (own_media / "r" / str(photo.pk)).exists()


def test_the_end_of_the_rights_is_put_in_the_diary(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.TIME_ZONE = "Asia/Baghdad"

    add_photo(file=io.BytesIO(picture()), filename="ferry.jpg", rights_expire_on=dt.date(2116, 10, 19))

    waiting = [result.task.run_after for result in default_task_backend.results if result.task.run_after]
    assert [moment.isoformat() for moment in waiting] == ["2116-10-20T00:00:00+03:00"]


def test_the_command_makes_what_is_missing_and_tells_what_it_could_not(own_media: Path) -> None:
    sound = add_photo(file=io.BytesIO(picture()), filename="ferry.jpg")
    lost = add_photo(file=io.BytesIO(picture(colour="red")), filename="lost.jpg")
    (own_media / lost.file.name).unlink()
    output = io.StringIO()

    with pytest.raises(SystemExit):
        call_command("photos", "refresh", "--json", stdout=output)

    assert json.loads(output.getvalue()) == {
        "photos": 2,
        "renditions_made": sum(len(spec.extensions) for spec in all_offered(sound)),
        "failed": [{"photo": lost.pk, "reason": "The original is missing."}],
    }
    assert stored(sound, "w640", "avif")


def test_a_deleted_photo_leaves_no_renditions(own_media: Path) -> None:
    photo = kept(picture())
    folder = own_media / "r" / str(photo.pk)
    assert folder.is_dir()

    Photo.objects.all().delete()

    assert not folder.exists()


def test_sizes_for_the_newsroom_forget_the_place_too() -> None:
    photo = kept(agency_photo())

    thumbnail = photo.get_rendition("max-165x165")

    with thumbnail.file.open() as file, Image.open(file) as shown:
        assert not shown.getexif()
        assert "xmp" not in shown.info
        assert shown.width == 165


def test_a_lying_photo_stands_upright_in_the_newsroom() -> None:
    photo = kept(halves((400, 300), "white", "black", form="JPEG", exif=camera_exif(orientation=6)))

    thumbnail = photo.get_rendition("max-100x100")

    assert (thumbnail.width, thumbnail.height) == (75, 100)
