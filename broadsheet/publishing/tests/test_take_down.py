"""Taking down: everything of a story goes at once, nothing of the record does."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.models import PageLogEntry

from broadsheet.accounts.models import User
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change
from broadsheet.pages.models import BasePage
from broadsheet.photos.add_photo import add_photo
from broadsheet.photos.models import Photo
from broadsheet.photos.renditions import SPECS, rendition, storage_name
from broadsheet.photos.tests.pictures import picture
from broadsheet.photos.withdraw_photos import NotInTransactionError, withdraw_photos
from broadsheet.publishing.cancel_schedule import NotScheduledError
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.move_embargo import move_embargo
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.put_back_story import NotTakenDownError, put_back_story
from broadsheet.publishing.record_unrecorded import record_unrecorded
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.take_down_story import NeverPublishedError, take_down_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.cache_keys import CORRECTIONS
from broadsheet.stories.models import Act, PublishedVersion, Story, Takedown, TakedownGround
from broadsheet.stories.recorded_content import recorded_content
from broadsheet.stories.story_photos import photo_ids_in, shown_elsewhere
from broadsheet.stories.taken_down import TakenDownError
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db

TEXT = [{"type": "paragraph", "value": "<p>The harbour master’s name is Odd Berg.</p>", "id": "1"}]


@pytest.fixture
def photo() -> Photo:
    return add_photo(file=io.BytesIO(picture((700, 500))), filename="harbour.jpg", credit="RU PHOTO")


@pytest.fixture
def story(editor: User, photo: Photo) -> Story:
    made = make_story(
        headline="The harbour master",
        standfirst="Who he is.",
        live=False,
        section=SectionFactory.create(),
        by=[ContributorFactory()],
        topics=[TopicFactory.create()],
        lead_photo=photo,
        body=TEXT,
    )
    publish_story(story=made, user=editor)
    return made


def take_down(story: Story, user: User, photos: tuple[int, ...] = ()) -> Takedown:
    return take_down_story(
        story=story,
        user=user,
        ground=TakedownGround.SAFETY,
        sentence="This story has been taken down.",
        reason="He was threatened.",
        photo_ids=photos,
    )


def acts(story: Story) -> list[str]:
    rows = PublishedVersion.objects.filter(kind="story", object_id=story.pk).order_by("number")
    return list(rows.values_list("act", flat=True))


def test_taking_down_is_one_row_of_the_record_and_one_hard_change_with_all_its_lists(
    story: Story, editor: User, photo: Photo
) -> None:
    lists = Change.objects.latest("seq").keys

    take_down(story, editor, (photo.pk,))

    last = Change.objects.latest("seq")
    assert acts(story) == [Act.PUBLISHED, Act.TAKEN_DOWN]
    assert last.hard
    assert set(last.keys) == {*lists, f"img:{photo.pk}"}
    assert record_unrecorded() == 0


def test_a_story_that_was_unpublished_before_still_touches_its_lists(story: Story, editor: User) -> None:
    lists = Change.objects.latest("seq").keys
    unpublish_story(story=story, user=editor)

    take_down(story, editor)

    assert set(Change.objects.latest("seq").keys) == set(lists)


def test_it_is_gone_even_where_it_is_still_marked_as_published(story: Story, editor: User, client: Client) -> None:
    take_down(story, editor)
    BasePage.objects.filter(pk=story.pk).update(live=True)

    assert [client.get(f"{story.url}{below}").status_code for below in ("", "changes/", "changes.json")] == [410] * 3


def test_nothing_of_it_stays_in_the_newsrooms_tables(story: Story, editor: User) -> None:
    take_down(story, editor)

    row = Story.objects.get(pk=story.pk)
    assert (row.live, row.title, row.draft_title) == (False, f"Taken down (story {story.pk})", row.title)
    assert (row.standfirst, len(row.body), row.lead_photo_id) == ("", 0, None)
    assert not row.bylines.exists()
    assert not row.story_topics.exists()


def test_the_newsrooms_search_forgets_it(story: Story, editor: User) -> None:
    assert [page.pk for page in BasePage.objects.all().search("harbour")] == [story.pk]

    take_down(story, editor)

    assert list(BasePage.objects.all().search("harbour")) == []
    assert list(BasePage.objects.all().autocomplete("harb")) == []


def test_its_words_stay_on_the_record(story: Story, editor: User) -> None:
    take_down(story, editor)

    first = PublishedVersion.objects.get(kind="story", object_id=story.pk, number=1)
    assert "Odd Berg" in first.content["body"][0]["value"]


def test_who_took_it_down_and_why_is_known(story: Story, editor: User) -> None:
    take_down(story, editor)

    kept = Takedown.objects.get(page_id=story.pk)
    assert (kept.ground, kept.reason, kept.by_name) == ("safety", "He was threatened.", "Ida Storm")
    entry = PageLogEntry.objects.get(page_id=story.pk, action="broadsheet.take_down")
    assert entry.user_id == editor.pk
    assert "harbour" not in entry.label.lower()


def test_its_schedule_is_gone(story: Story, editor: User) -> None:
    story.save_revision()
    schedule_story(story=story, user=editor, go_live_at=story.first_published_at + dt.timedelta(days=2))

    take_down(story, editor)

    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()
    with pytest.raises(NotScheduledError):
        move_embargo(instance=story, user=editor, go_live_at=story.first_published_at + dt.timedelta(days=3))


def by_publishing(story: Story, editor: User) -> None:
    publish_story(story=story, user=editor)


def by_scheduling(story: Story, editor: User) -> None:
    schedule_story(story=story, user=editor, go_live_at=story.first_published_at + dt.timedelta(days=1))


def by_wagtails_own_way(story: Story, editor: User) -> None:
    story.get_latest_revision().publish(user=editor, skip_permission_checks=True)


@pytest.mark.parametrize("publish", [by_publishing, by_scheduling, by_wagtails_own_way])
def test_nothing_publishes_it_while_it_is_down(
    story: Story, editor: User, publish: Callable[[Story, User], None]
) -> None:
    take_down(story, editor)

    with pytest.raises(TakenDownError, match="can be published again only after"):
        publish(story, editor)


def test_what_is_made_public_behind_the_newsrooms_back_goes_again(story: Story, editor: User) -> None:
    take_down(story, editor)
    BasePage.objects.filter(pk=story.pk).update(live=True)

    record_unrecorded()

    assert not BasePage.objects.get(pk=story.pk).live
    assert record_unrecorded() == 0


def test_put_back_it_is_a_draft_with_all_its_text(story: Story, editor: User, photo: Photo) -> None:
    before = recorded_content(Story.objects.get(pk=story.pk))
    take_down(story, editor, (photo.pk,))

    put_back_story(story=story, user=editor, reason="The court lifted its order.")

    back = Story.objects.get(pk=story.pk)
    assert not back.live
    assert back.draft_title == "The harbour master"
    assert {**recorded_content(back), "first_published_at": before["first_published_at"]} == before
    assert Photo.objects.get(pk=photo.pk).withdrawn_at is None
    assert PageLogEntry.objects.get(action="broadsheet.put_back").data["reason"] == "The court lifted its order."
    publish_story(story=story, user=editor)
    assert acts(story) == [Act.PUBLISHED, Act.TAKEN_DOWN, Act.PUBLISHED]


def test_put_back_its_notes_are_among_the_corrections_again(story: Story, editor: User) -> None:
    correct_story(story=story, user=editor, note="The harbour is older.", is_serious=False)
    take_down(story, editor)

    put_back_story(story=story, user=editor, reason="The court lifted its order.")

    assert CORRECTIONS in Change.objects.latest("seq").keys


def test_an_imported_story_without_versions_comes_back_whole(editor: User) -> None:
    story = make_story(headline="From the archive", body=TEXT)
    take_down(story, editor)

    put_back_story(story=story, user=editor, reason="A mistake.")

    assert Story.objects.get(pk=story.pk).body[0].value.source == TEXT[0]["value"]


def test_a_later_draft_is_what_comes_back(story: Story, editor: User) -> None:
    draft = story.get_latest_revision_as_object()
    draft.title = "The former harbour master"
    draft.save_revision()
    take_down(story, editor)

    put_back_story(story=story, user=editor, reason="A mistake.")

    assert Story.objects.get(pk=story.pk).draft_title == "The former harbour master"


def test_what_cannot_be_taken_down_or_put_back(story: Story, editor: User) -> None:
    with pytest.raises(NeverPublishedError):
        take_down(make_story(headline="A draft", live=False), editor)
    with pytest.raises(NotTakenDownError):
        put_back_story(story=story, user=editor, reason="None.")
    with pytest.raises(ValueError, match="sentence"):
        take_down_story(story=story, user=editor, ground=TakedownGround.LEGAL, sentence=" ", reason="Ruling.")
    take_down(story, editor)
    with pytest.raises(TakenDownError):
        take_down(story, editor)
    with pytest.raises(ValueError, match="why"):
        put_back_story(story=story, user=editor, reason=" ")


def test_photos_of_a_story_are_found_wherever_they_stand() -> None:
    gallery = {"title": "", "photos": [{"type": "item", "value": {"photo": 5, "caption": ""}, "id": "x"}]}
    content = {
        "lead_photo_id": 1,
        "social_photo_id": 2,
        "body": [
            {"type": "photo", "value": {"photo": 3, "caption": "photo 9"}, "id": "a"},
            {"type": "gallery", "value": gallery, "id": "b"},
            {"type": "paragraph", "value": "<p>photo</p>", "id": "c"},
        ],
    }

    assert photo_ids_in(content) == {1, 2, 3, 5}


def test_a_photo_that_others_show_is_known(story: Story, editor: User, photo: Photo) -> None:
    in_text = [{"type": "photo", "value": {"photo": photo.pk, "caption": "", "width": "text"}, "id": "1"}]
    beside = make_story(headline="Another story", body=in_text)
    make_story(headline="A draft", live=False, lead_photo=photo)
    TopicFactory.create(photo=photo)

    found = shown_elsewhere([photo.pk], except_page=story.pk)

    assert set(found[photo.pk]) == {beside.title, "topic"}


@pytest.mark.django_db(transaction=True)
def test_its_photos_are_gone_from_their_addresses(client: Client, story: Story, editor: User, photo: Photo) -> None:
    address = rendition(photo, SPECS["w320"], "webp").url
    assert client.get(address).getvalue().startswith(b"RIFF")  # type: ignore[attr-defined]  # FileResponse
    name = storage_name(photo.pk, photo.rendition_key, "w320", "webp")

    take_down(story, editor, (photo.pk,))

    assert not default_storage.exists(name)
    gone = client.get(address)
    assert gone.status_code == 410
    assert gone.content == b"This photo has been taken down."
    put_back_story(story=story, user=editor, reason="A mistake.")
    assert client.get(address).getvalue().startswith(b"RIFF")  # type: ignore[attr-defined]


def test_a_photo_stays_withdrawn_while_another_takedown_names_it(story: Story, editor: User, photo: Photo) -> None:
    other = make_story(headline="Another story", lead_photo=photo)
    take_down(story, editor, (photo.pk,))
    take_down(other, editor, (photo.pk,))

    put_back_story(story=story, user=editor, reason="A mistake.")

    assert Photo.objects.get(pk=photo.pk).withdrawn_at is not None


@pytest.mark.django_db(transaction=True)
def test_photos_are_withdrawn_in_a_transaction_or_not_at_all(photo: Photo) -> None:
    with pytest.raises(NotInTransactionError):
        withdraw_photos(photo_ids=[photo.pk])


def test_a_withdrawn_photo_is_shown_nowhere(photo: Photo, story: Story, editor: User) -> None:
    take_down(story, editor, (photo.pk,))

    assert Photo.objects.get(pk=photo.pk).picture("lead") is None
