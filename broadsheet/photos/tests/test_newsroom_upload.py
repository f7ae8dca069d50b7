"""Uploading in the newsroom, by every door: several at once, the chooser, editing. As a photographer."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from broadsheet.photos.intake import ExaminedPhoto, examine_upload
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.pictures import agency_photo, picture

pytestmark = pytest.mark.django_db

CHOOSER = "image-chooser-upload"
WORDS = {
    "title": "Gate",
    "caption": "Ahmad Hussein waits at the east gate of Mosul on Monday.",
    "alt_text": "A man with a child on his shoulders behind a steel gate.",
    "credit": "AFP PHOTO/AHMAD AL-RUBAYE",
}


@pytest.fixture
def photographer(client: Client) -> Client:
    user = get_user_model().objects.create_user("photographer@example.org")
    user.groups.add(Group.objects.get(name="Photographer"))
    client.force_login(user)
    return client


def upload(content: bytes, name: str = "AFP_HB1NA.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def upload_among_several(client: Client, file: SimpleUploadedFile) -> dict[str, Any]:
    response = client.post(reverse("wagtailimages:add_multiple"), {"title": file.name, "files[]": file})
    assert response.status_code == 200
    answer: dict[str, Any] = json.loads(response.content)
    return answer


def choose(client: Client, file: SimpleUploadedFile, **words: str) -> HttpResponseBase:
    collection = Collection.get_first_root_node()
    data: dict[str, Any] = {f"{CHOOSER}-{name}": value for name, value in (WORDS | words).items()}
    data |= {f"{CHOOSER}-collection": collection.pk, f"{CHOOSER}-file": file}
    response = client.post(reverse("wagtailimages_chooser:create"), data)
    assert response.status_code == 200
    return response


def test_an_uploaded_photo_comes_with_what_its_file_says(photographer: Client) -> None:
    answer = upload_among_several(photographer, upload(agency_photo()))

    assert answer["success"]
    photo = Photo.objects.get(pk=answer["image_id"])
    assert photo.credit == "AFP PHOTO/AHMAD AL-RUBAYE"
    assert photo.caption == "XMP caption"
    assert photo.photographer == "Ahmad Al-Rubaye"
    assert photo.copyright_notice == "Camera copyright"
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2016-10-19T11:03:11+00:00"
    assert photo.rendition_key
    assert photo.file.name.startswith("originals/")
    assert "AFP PHOTO/AHMAD AL-RUBAYE" in answer["form"]
    assert "Read from the file (XMP)." in answer["form"]


def test_after_the_upload_the_words_are_asked_for(photographer: Client) -> None:
    photo_id = upload_among_several(photographer, upload(picture()))["image_id"]
    prefix = f"image-{photo_id}"
    address = reverse("wagtailimages:edit_multiple", args=[photo_id])
    data = {f"{prefix}-{name}": value for name, value in WORDS.items()}

    silent = json.loads(photographer.post(address, data | {f"{prefix}-alt_text": ""}).content)
    assert not silent["success"]
    assert "for those who cannot see it" in silent["form"]

    repeated = json.loads(photographer.post(address, data | {f"{prefix}-alt_text": WORDS["caption"]}).content)
    assert "This repeats the caption." in repeated["form"]

    uncredited = json.loads(photographer.post(address, data | {f"{prefix}-credit": ""}).content)
    assert "Write the credit line" in uncredited["form"]

    assert json.loads(photographer.post(address, data).content)["success"]
    assert Photo.objects.get().alt_text == WORDS["alt_text"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hello", "not a photo that can be read"),
        (b"<svg onload='alert(1)'/>", "SVG files are not accepted"),
        (picture(form="PNG")[:60], "not a photo|damaged|cut off"),
    ],
)
def test_a_hostile_file_is_refused_by_every_door(photographer: Client, content: bytes, sentence: str) -> None:
    answer = upload_among_several(photographer, upload(content))
    chosen = json.loads(choose(photographer, upload(content)).content)  # type: ignore[attr-defined]

    words = sentence.split("|")
    assert not answer["success"]
    assert any(word in answer["error_message"] for word in words)
    assert any(word in chosen["htmlFragment"] for word in words)
    assert not Photo.objects.exists()


def test_every_hostile_fixture_is_answered_by_the_form(photographer: Client, fixtures_dir: Path) -> None:
    for path in sorted((fixtures_dir / "hostile-uploads" / "pillow").iterdir()):
        answer = upload_among_several(photographer, upload(path.read_bytes(), path.name))

        assert answer["success"] or answer["error_message"].endswith(".")


def test_a_photo_with_a_wrong_extension_is_kept_under_its_true_one(photographer: Client) -> None:
    answer = upload_among_several(photographer, upload(picture(form="WEBP"), "ferry.jpg"))

    assert Photo.objects.get(pk=answer["image_id"]).filename == "ferry.webp"


def test_a_photo_can_be_uploaded_while_choosing_one(photographer: Client) -> None:
    choose(photographer, upload(agency_photo()), caption="", credit="")

    photo = Photo.objects.get()
    assert photo.caption == "XMP caption"
    assert photo.credit == "AFP PHOTO/AHMAD AL-RUBAYE"
    assert photo.alt_text == WORDS["alt_text"]


def test_a_form_that_comes_back_shows_what_the_file_says(photographer: Client) -> None:
    response = choose(photographer, upload(agency_photo()), caption="", credit="", alt_text="", taken_at="")

    form = json.loads(response.content)["htmlFragment"]  # type: ignore[attr-defined]
    assert "for those who cannot see it" in form
    assert 'value="AFP PHOTO/AHMAD AL-RUBAYE"' in form
    assert 'value="2016-10-19T11:03:11"' in form
    assert "XMP caption" in form
    assert not Photo.objects.exists()


def test_words_typed_while_choosing_win_over_the_file(photographer: Client) -> None:
    choose(photographer, upload(agency_photo()))

    photo = Photo.objects.get()
    assert photo.caption == WORDS["caption"]
    assert "caption" not in photo.read_from_file
    assert photo.read_from_file["photographer"] == "IPTC"


def test_a_title_that_is_only_the_file_name_gives_way(photographer: Client, fixtures_dir: Path) -> None:
    content = (fixtures_dir / "photo-metadata" / "exiftool" / "PhotoMechanic.jpg").read_bytes()

    answer = upload_among_several(photographer, upload(content, "PhotoMechanic.jpg"))

    assert Photo.objects.get(pk=answer["image_id"]).title == "Headline"


def test_editing_a_photo_keeps_its_file_and_asks_for_words(photographer: Client) -> None:
    photo_id = upload_among_several(photographer, upload(agency_photo()))["image_id"]
    key = Photo.objects.get().rendition_key
    address = reverse("wagtailimages:edit", args=[photo_id])
    root = Collection.get_first_root_node().pk

    refused = photographer.post(address, WORDS | {"alt_text": "AFP_HB1NA.jpg", "collection": root})
    assert "This is the name of a file." in refused.content.decode()

    saved = photographer.post(address, WORDS | {"credit": "AFP", "collection": root})
    assert saved.status_code == 302
    photo = Photo.objects.get()
    assert photo.credit == "AFP"
    assert photo.rendition_key != key


def test_moment_and_end_of_rights_survive_the_form(photographer: Client) -> None:
    photo_id = upload_among_several(photographer, upload(agency_photo()))["image_id"]
    address = reverse("wagtailimages:edit", args=[photo_id])

    page = photographer.get(address).content.decode()
    assert 'value="2016-10-19T11:03:11"' in page
    moments = {"taken_at": "2016-10-19T11:03:11", "rights_expire_on": "2116-10-19"}
    photographer.post(address, WORDS | moments | {"collection": Collection.get_first_root_node().pk})

    photo = Photo.objects.get()
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2016-10-19T11:03:11+00:00"
    assert str(photo.rights_expire_on) == "2116-10-19"


def test_a_new_file_gets_new_renditions(photographer: Client) -> None:
    photo_id = upload_among_several(photographer, upload(picture()))["image_id"]
    before = Photo.objects.get()
    data = WORDS | {"collection": Collection.get_first_root_node().pk, "file": upload(picture((300, 400)))}

    photographer.post(reverse("wagtailimages:edit", args=[photo_id]), data)

    after = Photo.objects.get()
    assert (after.width, after.height) == (300, 400)
    assert after.rendition_key != before.rendition_key


def test_the_newsroom_shows_photos_to_a_photographer(photographer: Client) -> None:
    photo_id = upload_among_several(photographer, upload(picture()))["image_id"]

    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtailimages:edit", args=[photo_id]),
        reverse("wagtailimages_chooser:choose"),
    ):
        assert photographer.get(address).status_code == 200


def test_a_file_is_examined_before_the_transaction_that_would_make_other_writers_wait(
    photographer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = []
    outside = len(connection.savepoint_ids)

    def watched(file: Any, *, size: int) -> ExaminedPhoto:
        depths.append(len(connection.savepoint_ids) - outside)
        return examine_upload(file, size=size)

    monkeypatch.setattr("broadsheet.photos.examination_first.examine_upload", watched)
    monkeypatch.setattr("broadsheet.photos.forms.examine_upload", watched)

    upload_among_several(photographer, upload(picture()))
    choose(photographer, upload(picture(colour="red")))

    assert depths == [0, 0]


def test_how_a_picture_came_to_be_is_a_choice_that_keeps_what_the_file_says(photographer: Client) -> None:
    photo_id = upload_among_several(photographer, upload(picture()))["image_id"]
    strange = "http://cv.iptc.org/newscodes/digitalsourcetype/softwareImage"
    Photo.objects.update(digital_source_type=strange)

    page = photographer.get(reverse("wagtailimages:edit", args=[photo_id])).content.decode()

    assert f'<option value="{strange}" selected>' in page
    assert "Made by generative software" in page


def test_a_stranger_cannot_keep_the_darkroom_busy(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.photos.examination_first.examine_upload", pytest.fail)

    response = client.post(reverse("wagtailimages:add_multiple"), {"files[]": upload(picture())})

    assert response.status_code == 302
