"""Sources are asked, one run at a time; what goes wrong is said at the source, and nothing is let in or out."""

import base64
import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from broadsheet.kit import clock
from broadsheet.kit.tests.serving import Served, answer
from broadsheet.photos.models import Photo
from broadsheet.wire.ask_due_sources import ask_due_sources
from broadsheet.wire.bring_photos import bring_photos, keep_photo
from broadsheet.wire.fetch_source import fetch_source
from broadsheet.wire.models import SourceKind, WireItem, WirePhoto, WireSource
from broadsheet.wire.read_folder import read_beside
from broadsheet.wire.read_item import ReadPhoto, WireRefused
from broadsheet.wire.readers.detect import read_document
from broadsheet.wire.take_in import TakenIn, take_in
from broadsheet.wire.tasks import wanting_photos
from broadsheet.wire.tests.sending import arrived, make_source, newsml, ninjs, rss, rss_item, sent

pytestmark = pytest.mark.django_db
LONG_AGO = 1_700_000_000


def fetched(source: WireSource) -> WireSource:
    fetch_source(source_id=source.pk)
    source.refresh_from_db()
    return source


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_a_feed_is_read_and_asked_for_anew_only_when_it_changed(agency: Served) -> None:
    agency.paths["/feed"] = answer(rss(rss_item("1", "Ferry")), Content_Type="application/rss+xml", ETag='"7"')
    source = make_source(address=agency.url("/feed"))

    fetched(source)
    agency.paths["/feed"] = answer(status=304)
    fetched(source)

    assert WireItem.objects.get().headline == "Ferry"
    assert agency.asked[1][1]["if-none-match"] == '"7"'
    assert (source.error, source.failures) == ("", 0)
    assert source.succeeded_at is not None
    assert source.due_at > clock.now()


@pytest.mark.parametrize(
    ("sent_back", "words"),
    [
        (answer(b"<html></html>", Content_Type="text/html"), "web page"),
        (answer(b"%PDF", Content_Type="application/pdf"), "application/pdf"),
        (answer(b"nothing", Content_Type="text/plain"), "no format that we know"),
        (answer(status=500), "500"),
    ],
)
def test_what_goes_wrong_is_said_at_the_source_and_tried_less_and_less_often(agency: Served, sent_back, words) -> None:
    agency.paths["/feed"] = sent_back
    source = make_source(address=agency.url("/feed"), interval_minutes=5)

    fetched(source)
    first = source.due_at
    fetched(source)

    assert words in source.error
    assert source.failures == 2
    assert source.due_at - first > dt.timedelta(minutes=9)
    assert source.succeeded_at is None


def test_an_address_of_our_own_house_is_not_asked(agency: Served, settings) -> None:
    settings.WIRE_ALLOWED_HOSTS = []
    source = make_source(address=agency.url("/feed"))

    fetched(source)

    assert "not an address of the public internet" in source.error
    assert agency.asked == []


def test_two_runs_do_not_ask_at_once_and_a_killed_one_does_not_block_for_ever(agency: Served) -> None:
    agency.paths["/feed"] = answer(rss())
    source = make_source(address=agency.url("/feed"), running_until=clock.now() + dt.timedelta(minutes=1))

    assert fetch_source(source_id=source.pk).is_busy
    WireSource.objects.update(running_until=clock.now() - dt.timedelta(seconds=1))

    assert not fetch_source(source_id=source.pk).is_busy


def test_what_another_has_done_to_a_source_meanwhile_stays(agency: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    agency.paths["/feed"] = answer(rss(rss_item("1", "Ferry")), ETag='"7"')
    source, another = make_source(address=agency.url("/feed")), clock.now() + dt.timedelta(minutes=9)

    def meanwhile(**fields: Any) -> TakenIn:
        WireSource.objects.update(address=agency.url("/new"), running_until=another)
        return take_in(**fields)

    monkeypatch.setattr("broadsheet.wire.fetch_source.take_in", meanwhile)
    fetched(source)

    assert WireItem.objects.exists()
    assert (source.etag, source.fetched_at, source.running_until) == ("", None, another)


def test_photos_that_a_run_left_behind_are_fetched_with_the_next(agency: Served) -> None:
    source = make_source(address=agency.url("/feed"))
    item = arrived(source, sent(photos=(ReadPhoto("//[/1.jpg"),)))

    assert wanting_photos(source.pk, []) == [item.pk]
    bring_photos(item_id=item.pk)

    assert item.photos.get().problem == "Its address makes no sense."
    assert wanting_photos(source.pk, []) == []


def test_due_sources_are_handed_over_once_and_those_that_are_off_never(agency: Served) -> None:
    agency.paths["/feed"] = answer(rss(rss_item("1", "Ferry")))
    make_source(address=agency.url("/feed"))
    make_source("off", address=agency.url("/off"), is_on=False)
    make_source("later", address=agency.url("/later"), due_at=clock.now() + dt.timedelta(hours=1))

    assert (ask_due_sources(), ask_due_sources()) == (1, 0)
    assert [path for path, _ in agency.asked] == ["/feed"]


def test_a_secret_is_read_from_the_operators_file_and_goes_to_its_host_alone(agency: Served, settings) -> None:
    agency.paths["/feed"] = answer(rss())
    (settings.WIRE_SECRETS / "afp").write_text("127.0.0.1\nreader:pa:ss\n")
    (settings.WIRE_SECRETS / "other").write_text("feeds.example\nBearer abc\n")

    fetched(make_source(address=agency.url("/feed"), secret="afp"))
    other = fetched(make_source("other", address=agency.url("/feed"), secret="other"))
    missing = fetched(make_source("missing", address=agency.url("/feed"), secret="none"))

    proof = base64.b64encode(b"reader:pa:ss").decode()
    assert [headers.get("authorization") for _, headers in agency.asked] == [f"Basic {proof}"]
    assert "for another host" in other.error
    assert "cannot be read" in missing.error
    assert "abc" not in other.error


def test_a_folder_is_read_file_by_file_each_once_until_it_changes(own_folders: Path) -> None:
    folder = own_folders / "afp"
    put(folder, "a.json", ninjs())
    put(folder, "deep/b.xml", newsml())
    put(folder, "c.xml", b"<nonsense>")
    put(folder, "d.xml.part", b"<half")
    put(folder, ".hidden.xml", b"<hidden")
    source = make_source(kind=SourceKind.FOLDER, address="afp")

    fetched(source)
    again = fetch_source(source_id=source.pk)
    put(folder, "a.json", ninjs(headline="Ferry sails again on Monday"))
    fetched(source)

    assert sorted(WireItem.objects.values_list("headline", flat=True)) == [
        "Die Fähre fährt wieder",
        "Ferry sails again on Monday",
    ]
    assert not again.taken.unchanged
    assert source.files.get(name="c.xml").refused
    assert source.files.count() == 3


def test_a_file_that_finds_a_mistake_of_ours_does_not_stop_those_after_it(
    own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(data: bytes, **_: object) -> object:
        if b"urn:tt:1" in data:
            raise KeyError("a mistake of ours")
        return read_document(data, name="b.xml")

    monkeypatch.setattr("broadsheet.wire.fetch_source.read_document", stumble)
    put(own_folders / "afp", "a.json", ninjs())
    put(own_folders / "afp", "b.xml", newsml())

    source = fetched(make_source(kind=SourceKind.FOLDER, address="afp"))

    assert WireItem.objects.get().headline == "Die Fähre fährt wieder"
    assert "stumble" in source.files.get(name="a.json").refused


def test_a_file_that_is_still_written_waits(own_folders: Path) -> None:
    path = put(own_folders / "afp", "a.json", ninjs())
    os.utime(path)
    source = fetched(make_source(kind=SourceKind.FOLDER, address="afp"))

    assert not WireItem.objects.exists()

    os.utime(path, (LONG_AGO, LONG_AGO))
    fetched(source)

    assert WireItem.objects.exists()


def test_links_pipes_and_hostile_names_are_not_read(own_folders: Path, tmp_path: Path) -> None:
    folder = own_folders / "afp"
    folder.mkdir()
    outside = put(tmp_path, "outside.json", ninjs())
    (folder / "link.json").symlink_to(outside)
    (folder / "linked").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe.xml")
    put(folder, "new\nline.json", ninjs())
    (Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.json"))).write_bytes(ninjs())
    source = make_source(kind=SourceKind.FOLDER, address="afp")

    fetched(source)
    fetched(source)

    assert not WireItem.objects.exists()
    refused = dict(source.files.values_list("name", "refused"))
    assert set(refused) == {"link.json", "pipe.xml", "new�line.json", "bad\\udcff.json"}
    assert all(refused.values())


@pytest.mark.parametrize("name", ["..", "../secrets", "/etc", "a/b", ".", ""])
def test_a_source_names_a_folder_and_no_path(name: str) -> None:
    source = WireSource(name="x", credit="x", kind=SourceKind.FOLDER, address=name)

    with pytest.raises(Exception, match="address"):
        source.full_clean()


def test_a_folder_that_is_missing_or_a_link_is_said(own_folders: Path, tmp_path: Path) -> None:
    (own_folders / "link").symlink_to(tmp_path, target_is_directory=True)

    for name in ("missing", "link"):
        assert "no folder" in fetched(make_source(name, kind=SourceKind.FOLDER, address=name)).error


def test_photos_come_with_what_the_agency_and_the_file_say(
    agency: Served, fixtures_dir: Path, own_folders: Path
) -> None:
    picture = (fixtures_dir / "photo-metadata").rglob("*.jpg")
    content = next(path.read_bytes() for path in sorted(picture) if 5_000 < path.stat().st_size < 400_000)
    agency.paths |= {
        "/1.jpg": answer(content, Content_Type="image/jpeg"),
        "/2.jpg": answer(b"<html>", Content_Type="text/html"),
        "/3.jpg": answer(b"not a picture", Content_Type="image/jpeg"),
    }
    associations = {
        str(number): {
            "uri": f"urn:p:{number}",
            "type": "picture",
            "headline": "Ferry",
            "description_text": "The ferry.",
            "copyrightholder": "AFP PHOTO",
            "byline": "Ada Love",
            "renditions": {"main": {"href": agency.url(f"/{number}.jpg"), "mimetype": "image/jpeg", "width": 9}},
        }
        for number in (1, 2, 3)
    }
    put(own_folders / "afp", "a.json", ninjs(associations=associations))
    fetched(make_source(kind=SourceKind.FOLDER, address="afp"))
    item = WireItem.objects.get()

    assert bring_photos(item_id=item.pk) == 1

    first, second, third = item.photos.order_by("ref")
    assert (first.photo.caption, first.photo.credit, first.photo.photographer) == (
        "The ferry.",
        "AFP PHOTO",
        "Ada Love",
    )
    assert (first.photo.agency, first.photo.licence, first.photo.collection.name) == ("AFP", "agency", "Wire")
    assert first.is_unclaimed
    assert first.photo.is_withheld()
    assert "no picture" in second.problem
    assert third.problem
    keep_photo(wire_photo=first)
    assert not WirePhoto.objects.filter(is_unclaimed=True).exists()
    assert not Photo.objects.get().is_withheld()
    assert Photo.objects.count() == 1


def test_photos_that_the_agency_has_replaced_are_not_fetched(agency: Served) -> None:
    refs = [ReadPhoto(agency.url(f"/{name}.jpg")) for name in ("old", "new")]
    source = make_source()
    item = arrived(source, sent(version=1, photos=(refs[0],)))
    take_in(source=source, items=[sent(version=2, photos=(refs[1],))])

    bring_photos(item_id=item.pk)

    assert [path for path, _ in agency.asked] == ["/new.jpg"]
    assert [photo.ref for photo in item.photos.all()] == [refs[1].ref]


def test_files_that_cannot_be_read_do_not_keep_the_others_waiting(
    own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.wire.read_folder.MOST_FILES", 2)
    folder = own_folders / "afp"
    put(folder, "z.json", ninjs())
    for name in ("a.json", "b.json"):
        (folder / name).symlink_to(folder / "z.json")
    source = make_source(kind=SourceKind.FOLDER, address="afp")

    fetched(source)
    fetched(source)
    (folder / "a.json").unlink()
    put(folder, "a.json", ninjs(uri="urn:tt:2"))
    fetched(source)

    assert set(WireItem.objects.values_list("guid", flat=True)) == {"urn:tt:1", "urn:tt:2"}


@pytest.mark.parametrize(
    ("file", "ref", "found"),
    [
        ("one/a.json", "1.jpg", b"one/1.jpg"),
        ("two/a.json", "photos/1.jpg", b"two/photos/1.jpg"),
        ("a.json", "file:///incoming/one/1.jpg", b"one/1.jpg"),
        ("a.json", "1.jpg", None),
        ("elsewhere/a.json", "../single.jpg", b"photos/single.jpg"),
    ],
)
def test_of_several_pictures_of_one_name_the_one_beside_its_item_is_taken_or_none(
    own_folders: Path, file: str, ref: str, found: bytes | None
) -> None:
    for name in ("one/1.jpg", "two/1.jpg", "two/photos/1.jpg", "photos/single.jpg"):
        put(own_folders / "afp", name, name.encode())
    association = {"uri": "p", "type": "picture", "renditions": {"main": {"href": ref, "mimetype": "image/jpeg"}}}
    put(own_folders / "afp", file, ninjs(associations={"main": association}))
    source = fetched(make_source(kind=SourceKind.FOLDER, address="afp"))
    photo = WirePhoto.objects.get()

    if found is None:
        with pytest.raises(WireRefused, match="several"):
            read_beside(source, photo.ref, beside=photo.beside)
    else:
        assert read_beside(source, photo.ref, beside=photo.beside) == found


def test_a_photo_is_never_the_papers_own_in_between(
    own_folders: Path, fixtures_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OperationalError("gone")

    put(own_folders / "afp", "1.jpg", min((fixtures_dir / "archive-18f").rglob("*.jpg")).read_bytes())
    item = arrived(make_source(kind=SourceKind.FOLDER, address="afp"), sent(photos=(ReadPhoto("1.jpg"),)))
    monkeypatch.setattr("broadsheet.wire.bring_photos._collection", fail)

    bring_photos(item_id=item.pk)

    assert not Photo.objects.exists()
    assert item.photos.get().problem == "gone"


def test_a_picture_beside_its_file_is_found_by_its_name_and_nothing_outside(
    fixtures_dir: Path, own_folders: Path, tmp_path: Path
) -> None:
    picture = min((fixtures_dir / "archive-18f").rglob("*.jpg")).read_bytes()
    put(own_folders / "afp", "photos/1.jpg", picture)
    put(tmp_path, "2.jpg", picture)
    item = arrived(
        make_source(kind=SourceKind.FOLDER, address="afp"),
        sent(photos=tuple(map(ReadPhoto, ["file:///photos/1.jpg", "../../2.jpg", "/etc/passwd", "C:\\x\\1.jpg"]))),
    )

    bring_photos(item_id=item.pk)

    assert [bool(photo.photo_id) for photo in item.photos.order_by("place")] == [True, False, False, True]
