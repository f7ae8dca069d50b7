"""A first publication that was prepared ends in the same rows as one that goes the usual way."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import Comment, PageLogEntry, Revision, WorkflowState
from wagtail.signals import page_published

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change
from broadsheet.kit import clock
from broadsheet.pages.models import WorkType
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.embargo.carry_out import Outcome, carry_out
from broadsheet.publishing.embargo.first_publication import prepare_first_publication
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.tests.embargoed_stories import DUE, NOON, plan_of, planned_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Byline, PublishedVersion, ShownPhoto, Source, Story, StoryTopic, UnrecordedChange
from broadsheet.stories.recorded_content import recorded_content
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.merge_topics import merge_topics
from broadsheet.topics.models import RefiledStory
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs", "Cc")), max_size=40)


def everything_about(story: Story) -> dict[str, Any]:
    """All rows that a publication may touch, without the numbers that differ between two publications."""
    page = Story.objects.get(pk=story.pk)
    return {
        "page": {field.attname: getattr(page, field.attname) for field in page._meta.concrete_fields},
        "body": list(page.body.get_prep_value()),
        "bylines": list(Byline.objects.filter(story=page).order_by("pk").values()),
        "topics": list(StoryTopic.objects.filter(story=page).order_by("pk").values()),
        "revisions": list(Revision.objects.for_instance(page).order_by("pk").values()),
        "record": list(PublishedVersion.objects.filter(object_id=page.pk).order_by("pk").values()),
        "changes": list(Change.objects.order_by("pk").values("keys", "hard", "at")),
        "log": list(PageLogEntry.objects.filter(page=page.pk).order_by("pk").values()),
        "unrecorded": list(UnrecordedChange.objects.values()),
        "moves": list(RefiledStory.objects.order_by("pk").values()),
        "photos": list(ShownPhoto.objects.order_by("photo_id").values("page_id", "photo_id", "own_caption")),
    }


def comparable(found: dict[str, Any]) -> dict[str, Any]:
    found["page"].pop("body")
    for rows in (found["record"], found["log"]):
        for row in rows:
            row.pop("id")
    return found


def both_ways(story: Story) -> tuple[dict[str, Any], dict[str, Any]]:
    """Publish the story as it was prepared, take that back, and publish it in the usual way."""
    planned = plan_of(story)
    prepared = prepare_first_publication(planned=planned)
    assert prepared is not None, "the story should have been one that can be prepared"
    found = []
    with time_machine.travel(DUE, tick=False):
        for way in (prepared, None):
            with transaction.atomic():
                assert carry_out(planned=planned, prepared=way) is Outcome.DONE
                found.append(comparable(everything_about(story)))
                transaction.set_rollback(True)
    return found[0], found[1]


@settings(max_examples=30, phases=[Phase.explicit, Phase.generate])  # each story takes a second to make smaller
@given(
    title=WORDS.filter(str.strip),
    standfirst=WORDS,
    paragraphs=st.lists(WORDS, max_size=3),
    work_type=st.sampled_from(WorkType.values),
    names=st.integers(0, 3),
    topics=st.integers(0, 3),
    with_section=st.booleans(),
    with_photos=st.booleans(),
    has_later_draft=st.booleans(),
)
def test_both_ways_leave_the_same_rows(
    *,
    title: str,
    standfirst: str,
    paragraphs: list[str],
    work_type: str,
    names: int,
    topics: int,
    with_section: bool,
    with_photos: bool,
    has_later_draft: bool,
) -> None:
    with transaction.atomic():
        with time_machine.travel(NOON, tick=False):
            story = planned_story(
                title,
                editor=UserFactory.create(),
                standfirst=standfirst,
                work_type=work_type,
                body=[*(("paragraph", f"<p>{text}</p>") for text in paragraphs), *photo_blocks(with_photos)],
                lead_photo=PhotoFactory.create() if with_photos else None,
                by=[ContributorFactory.create() for _ in range(names)],
                topics=[TopicFactory.create() for _ in range(topics)],
                section=SectionFactory.create() if with_section else None,
            )
            if has_later_draft:
                draft = story.get_latest_revision_as_object()
                draft.title = "A later thought"
                draft.save_revision()

        prepared, usual = both_ways(story)
        transaction.set_rollback(True)

    assert prepared == usual
    assert len(usual["photos"]) == (2 if with_photos else 0)
    assert usual["page"]["live"]
    assert usual["record"][0]["source"] == Source.CLOCK


def test_names_added_after_the_first_save_do_not_hinder(travel: time_machine.Traveller, editor: User) -> None:
    story = make_story(live=False)
    draft = story.save_revision(user=editor).as_object()
    draft.bylines = [Byline(contributor=ContributorFactory.create())]
    draft.save_revision(user=editor)
    schedule_story(story=story, user=editor, go_live_at=DUE)

    prepared, usual = both_ways(story)

    assert len(prepared["bylines"]) == 1
    for found in (prepared, usual):
        found["bylines"][0].pop("id")
    assert prepared == usual


def test_a_story_that_was_moved_between_topics_is_told_of_where_it_stands(
    travel: time_machine.Traveller, editor: User
) -> None:
    merged = TopicFactory.create()
    story = planned_story("Ferry returns", editor=editor, topics=[merged])
    merge_topics(merged=merged, into=TopicFactory.create())

    prepared, usual = both_ways(story)

    assert [move["is_recorded"] for move in usual["moves"]] == [True]
    assert prepared == usual


def photo_blocks(with_photos: bool) -> list[tuple[str, dict[str, Any]]]:
    return [("photo", {"photo": PhotoFactory.create(), "caption": "", "width": "text"})] if with_photos else []


def by_other_words_of_a_photo(story: Story) -> None:
    Photo.objects.filter(pk=story.lead_photo_id).update(caption="Changed in the last minute.")


def by_a_later_text(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(standfirst="Changed in the last minute.")


def by_a_name_more(story: Story) -> None:
    Byline.objects.create(story=story, contributor=ContributorFactory.create())


def by_another_name_of_the_section(story: Story) -> None:
    story.section.name = "Harbour"
    story.section.save()


def by_a_comment(story: Story) -> None:
    Comment.objects.create(page=story, user=UserFactory.create(), text="Sure?", contentpath="title", position="")


@pytest.mark.parametrize(
    "change",
    [by_a_later_text, by_a_name_more, by_another_name_of_the_section, by_other_words_of_a_photo, by_a_comment],
    ids=lambda one: one.__name__,
)
def test_what_changed_since_it_was_prepared_is_published_as_it_is_then(
    travel: time_machine.Traveller, editor: User, change: Callable[[Story], None]
) -> None:
    story = planned_story(
        "Ferry returns", editor=editor, section=SectionFactory.create(), lead_photo=PhotoFactory.create()
    )
    planned = plan_of(story)
    prepared = prepare_first_publication(planned=planned)
    assert prepared is not None
    change(story)
    travel.move_to(DUE)

    assert not prepared.go_live()
    assert carry_out(planned=planned, prepared=prepared) is Outcome.DONE

    version = PublishedVersion.objects.get(object_id=story.pk)
    present = Story.objects.get(pk=story.pk)
    assert present.live
    assert version.content["standfirst"] == present.standfirst
    assert version.content["photos"] == recorded_content(present)["photos"]
    assert version.names[f"section:{story.section_id}"] == present.section.name


def test_a_story_whose_day_has_ended_goes_to_the_shelf_of_the_next(
    travel: time_machine.Traveller, editor: User
) -> None:
    story = planned_story("Ferry returns", editor=editor)
    planned = plan_of(story)
    prepared = prepare_first_publication(planned=planned)
    travel.move_to(DUE + dt.timedelta(days=1))

    carry_out(planned=planned, prepared=prepared)

    assert "/2026/03/05/" in Story.objects.get(pk=story.pk).url_path


def with_a_comment(story: Story) -> None:
    by_a_comment(story)


def with_a_draft_in_its_page(story: Story) -> None:
    by_a_later_text(story)


def published_before(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(first_published_at=NOON)


def without_a_headline(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(title="")


@pytest.mark.parametrize(
    "otherwise",
    [with_a_comment, with_a_draft_in_its_page, published_before, without_a_headline],
    ids=lambda one: one.__name__,
)
def test_what_is_no_plain_first_publication_goes_the_usual_way(
    travel: time_machine.Traveller, editor: User, otherwise: Callable[[Story], None]
) -> None:
    story = planned_story("Ferry returns", editor=editor)
    otherwise(story)

    assert prepare_first_publication(planned=plan_of(story)) is None


def test_with_another_listener_every_publication_goes_the_usual_way(
    travel: time_machine.Traveller, editor: User
) -> None:
    story = planned_story("Ferry returns", editor=editor)

    def listen(**details: Any) -> None: ...

    page_published.connect(listen)
    try:
        assert prepare_first_publication(planned=plan_of(story)) is None
    finally:
        page_published.disconnect(listen)


def test_the_moment_is_the_clocks(travel: time_machine.Traveller, editor: User) -> None:
    story = planned_story("Ferry returns", editor=editor)
    prepared = prepare_first_publication(planned=plan_of(story))
    assert prepared is not None
    travel.move_to(DUE)

    assert prepared.go_live()

    assert Story.objects.get(pk=story.pk).first_published_at == clock.now() == DUE
    assert not WorkflowState.objects.exists()
