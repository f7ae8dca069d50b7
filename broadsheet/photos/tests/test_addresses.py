"""Public addresses: stored files without the database, missing ones made, everything else refused."""

import datetime as dt
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from broadsheet.photos.add_photo import add_photo
from broadsheet.photos.darkroom.run import run_darkroom
from broadsheet.photos.locks import single_flight
from broadsheet.photos.models import Photo
from broadsheet.photos.renditions import SPECS, rendition, storage_name
from broadsheet.photos.tests.pictures import picture

pytestmark = pytest.mark.django_db
READERS = 4


@pytest.fixture
def photo() -> Photo:
    """A photo whose renditions have not been made."""
    return add_photo(file=io.BytesIO(picture((700, 500))), filename="ferry.jpg", credit="RU PHOTO")


def url(photo: Photo, spec: str = "w320", extension: str = "webp") -> str:
    return rendition(photo, SPECS[spec], extension).url


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # FileResponse


def test_a_missing_rendition_is_made_and_kept(client: Client, photo: Photo) -> None:
    response = client.get(url(photo))

    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "max-age=31536000, immutable"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    with Image.open(io.BytesIO(body(response))) as shown:
        assert (shown.format, shown.size) == ("WEBP", (320, 229))
    assert default_storage.exists(storage_name(photo.pk, photo.rendition_key, "w320", "webp"))


def test_a_stored_rendition_is_served_without_the_database(
    client: Client, photo: Photo, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    body(client.get(url(photo)))

    with django_assert_num_queries(0):
        response = client.get(url(photo))
        assert response.status_code == 200
        assert not response.cookies
        body(response)


@pytest.mark.parametrize(
    "path",
    [
        "w321.webp",
        "w320.gif",
        "w320.png",
        "s1200.avif",
        "w1600.webp",
        "original.jpg",
        "..%2F..%2Fmain.db",
    ],
)
def test_a_size_that_is_not_offered_does_not_exist(client: Client, photo: Photo, path: str) -> None:
    assert client.get(f"/media/r/{photo.pk}/{photo.rendition_key}/{path}").status_code == 404


def test_a_photo_that_is_gone_does_not_exist(client: Client) -> None:
    assert client.get("/media/r/4711/0123456789ab/w320.webp").status_code == 404


def test_a_photo_whose_original_is_lost_does_not_exist(client: Client, photo: Photo, own_media: Path) -> None:
    (own_media / photo.file.name).unlink()

    assert client.get(url(photo)).status_code == 404


def test_an_old_address_leads_to_the_current_one(client: Client, photo: Photo) -> None:
    old = url(photo)
    photo.credit = "AFP PHOTO/AHMAD AL-RUBAYE"
    photo.save()

    response = client.get(old)

    assert response.status_code == 301
    assert response["Location"] == url(photo)
    assert "immutable" not in response["Cache-Control"]


def test_a_photo_whose_rights_have_ended_is_gone(client: Client, photo: Photo) -> None:
    Photo.objects.update(rights_expire_on=dt.date(2016, 10, 19))

    assert client.get(url(photo)).status_code == 410


def test_while_another_process_makes_it_a_reader_is_asked_to_come_back(
    client: Client, photo: Photo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.photos.views._READER_WAIT_SECONDS", 0)

    with single_flight(photo.pk, wait_seconds=0):
        response = client.get(url(photo))

    assert response.status_code == 503
    assert response["Retry-After"]
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True)
def test_a_rendition_is_made_once_however_many_ask_at_once(photo: Photo, monkeypatch: pytest.MonkeyPatch) -> None:
    developed, all_have_asked = [], threading.Barrier(READERS)

    def counted(*args: Any, **kwargs: Any) -> Any:
        developed.append(args)
        return run_darkroom(*args, **kwargs)

    def asked() -> bytes:
        try:
            all_have_asked.wait()
            return body(Client().get(url(photo)))
        finally:
            connection.close()

    monkeypatch.setattr("broadsheet.photos.make_renditions.run_darkroom", counted)

    with ThreadPoolExecutor(READERS) as pool:
        shown = {reader.result() for reader in [pool.submit(asked) for _ in range(READERS)]}

    assert len(developed) == 1
    assert len(shown) == 1
    assert shown != {b""}


def test_a_half_written_file_is_never_served(
    photo: Photo, own_media: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", _disk_full)

    with pytest.raises(OSError, match="disk full"):
        client.get(url(photo))

    assert [path.name for path in (own_media / "r").rglob("*") if path.is_file()] == []


def test_readers_are_never_served_originals_or_other_files(client: Client, photo: Photo, own_media: Path) -> None:
    (own_media / "documents").mkdir()
    (own_media / "documents" / "secret.pdf").write_text("secret")

    for name in (photo.file.name, "documents/secret.pdf", "r/../documents/secret.pdf", "images/x.jpg", ""):
        assert client.get(f"/media/{name}").status_code == 404


def test_the_logo_of_the_paper_is_for_everybody_and_runs_nothing(client: Client, own_media: Path) -> None:
    (own_media / "masthead").mkdir(parents=True)
    (own_media / "originals").mkdir()
    (own_media / "originals" / "x.jpg").write_text("secret")
    (own_media / "masthead" / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")

    response = client.get("/media/masthead/logo.svg")

    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response["Content-Security-Policy"]
    body(response)
    for way_out in ("masthead/../originals/x.jpg", "masthead/./../originals/x.jpg", "masthead//../originals/x.jpg"):
        assert client.get(f"/media/{way_out}").status_code == 404


def test_staff_see_originals_and_thumbnails(client: Client, photo: Photo, own_media: Path) -> None:
    reporter = get_user_model().objects.create_user("reporter@example.org")
    reporter.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(reporter)
    (own_media / "documents").mkdir()
    (own_media / "documents" / "secret.pdf").write_text("secret")

    response = client.get(photo.file.url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"].startswith("private")
    body(response)
    assert client.get("/media/documents/secret.pdf").status_code == 404
    assert client.get("/media/originals/nothing.jpg").status_code == 404


def _disk_full(*_: object) -> None:
    raise OSError("disk full")
