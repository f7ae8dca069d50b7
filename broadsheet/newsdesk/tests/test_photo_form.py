"""Editing a photo that readers see: the form says where, asks why, and puts it on the record of every story."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.publish_story import publish_story
from broadsheet.stories.models import PublishedVersion, Source, Story, UnrecordedChange
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo() -> Photo:
    return PhotoFactory.create(collection=Collection.get_first_root_node())


def published(headline: str, photo: Photo, **fields: Any) -> Story:
    story = make_story(headline=headline, live=False, lead_photo=photo, **fields)
    publish_story(story=story, user=UserFactory.create())
    return story


def save(client: Client, photo: Photo, **fields: str) -> Any:
    form = {name: getattr(photo, name) for name in ("title", "caption", "alt_text", "credit")}
    form["collection"] = Collection.get_first_root_node().pk
    return client.post(reverse("wagtailimages:edit", args=[photo.pk]), form | fields)


def newest(story: Story) -> PublishedVersion:
    return PublishedVersion.objects.filter(object_id=story.pk).latest("number")


def test_the_form_says_which_published_stories_show_the_photo(client: Client, sign_in: SignIn, photo: Photo) -> None:
    sign_in("Editor")
    stories = [published(f"Story {n}", photo) for n in range(7)]
    make_story(headline="A draft", live=False, lead_photo=photo)

    page = client.get(reverse("wagtailimages:edit", args=[photo.pk])).content.decode()

    assert "Shown in 7 published stories" in page
    assert f'<a href="{stories[6].url}">Story 6</a>' in page
    assert "and 2 more" in page
    assert "A draft" not in page
    assert 'name="change_class"' in page


def test_of_a_photo_that_readers_do_not_see_nothing_is_asked(client: Client, sign_in: SignIn, photo: Photo) -> None:
    sign_in("Photographer")
    make_story(live=False, lead_photo=photo)

    page = client.get(reverse("wagtailimages:edit", args=[photo.pk])).content.decode()
    saved = save(client, photo, credit="AFP")

    assert "Shown in" not in page
    assert 'name="change_class"' not in page
    assert saved.status_code == 302
    assert Photo.objects.get().credit == "AFP"
    assert not PublishedVersion.objects.exists()


def test_changed_words_need_a_reason_and_go_on_the_record(client: Client, sign_in: SignIn, photo: Photo) -> None:
    editor = sign_in("Editor")
    one, two = published("One", photo), published("Two", photo)

    refused = save(client, photo, caption="The morning ferry leaves Eastmere.")
    assert "Say why the words of a published photo change" in refused.content.decode()
    assert newest(one).number == 1
    refused = save(client, photo, caption="The morning ferry leaves Eastmere.", change_class="correction")
    assert "Tell readers what was wrong or unclear" in refused.content.decode()
    reason = {"change_class": "correction", "change_note": "It left in the morning.", "change_is_serious": "on"}
    saved = save(client, photo, caption="The morning ferry leaves Eastmere.", **reason)

    assert saved.status_code == 302
    for story in (one, two):
        row = newest(story)
        assert (row.number, row.change_class, row.note) == (2, "correction", "It left in the morning.")
        assert (row.is_serious, row.by_id, row.source) == (True, editor.pk, Source.NEWSROOM)
    assert not UnrecordedChange.objects.exists()


def test_what_readers_cannot_see_needs_no_reason(client: Client, sign_in: SignIn, photo: Photo) -> None:
    sign_in("Editor")
    story = published("One", photo, lead_photo_caption="A ferry, of course.")

    saved = save(client, photo, caption="The morning ferry leaves Eastmere.", title="Morning ferry")

    assert saved.status_code == 302
    assert Photo.objects.get().title == "Morning ferry"
    assert newest(story).number == 1


@pytest.mark.parametrize(
    ("changed", "is_asked"),
    [
        ({"alt_text": "A white ship at a quay"}, True),
        ({"is_decorative": "on"}, True),
        ({"is_decorative": "on", "alt_text": ""}, True),
        ({"copyright_notice": "Eastmere Courier"}, False),
    ],
)
def test_what_is_only_heard_is_read_too(
    client: Client, sign_in: SignIn, photo: Photo, changed: dict[str, str], is_asked: bool
) -> None:
    sign_in("Editor")
    published("One", photo, lead_photo_caption="A ferry, of course.")

    saved = save(client, photo, **changed)

    assert ("Say why the words of a published photo change" in saved.content.decode()) == is_asked


def test_photos_uploaded_together_ask_no_less(client: Client, sign_in: SignIn, photo: Photo) -> None:
    sign_in("Editor")
    story = published("One", photo)
    fields = {f"image-{photo.pk}-{name}": getattr(photo, name) for name in ("title", "caption", "alt_text")}
    fields |= {f"image-{photo.pk}-credit": "AFP", f"image-{photo.pk}-collection": Collection.get_first_root_node().pk}
    address = reverse("wagtailimages:edit_multiple", args=[photo.pk])

    assert not client.post(address, fields).json()["success"]
    assert client.post(address, fields | {f"image-{photo.pk}-change_class": "update"}).json()["success"]

    assert (newest(story).number, newest(story).change_class) == (2, "update")
