"""Writes the demonstration paper's stories as an editor would: published with all their changes, scheduled or drafts.

Stories name one another, so all of them are put on their shelves first, empty, and filled afterwards.
"""

import datetime as dt
import json
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from broadsheet.bylines.models import Contributor
from broadsheet.demo.paper_files import Paper, TextFile, moment_of
from broadsheet.demo.progress import Progress
from broadsheet.demo.story_history import Telling, tellings
from broadsheet.demo.story_markup import Places, story_blocks
from broadsheet.kit import clock
from broadsheet.pages.models import BasePage
from broadsheet.publishing.occasion import Occasion
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.sections.models import Section
from broadsheet.stories.models import Byline, RelatedStory, Story, StoryTopic
from broadsheet.stories.shelves import month_page
from broadsheet.topics.models import Topic

COPIED_FIELDS = ("short_headline", "kicker", "standfirst", "work_type", "social_title", "social_description")
DRAFT_SLUG = "draft-"
FIELDS = {"headline": "title", "lead_caption": "lead_photo_caption"}
"""Words of a story's file -> the field that holds them, where it is called otherwise."""


def load_stories(
    paper: Paper,
    *,
    places: Places,
    topics: dict[str, Topic],
    contributors: dict[str, Contributor],
    progress: Progress,
) -> None:
    """Write all stories, oldest first, and note their keys among the places that texts may name."""
    now = timezone.localtime(clock.now())
    texts = sorted(paper.stories, key=lambda text: moment_of(text.head["published"], now=now))
    shelved = []
    for text in texts:
        story = _shelve(text, now, places, topics, contributors)
        places.pages[text.slug] = story.pk
        shelved.append(story)
    for number, (text, story) in enumerate(zip(texts, shelved, strict=True), start=1):
        _write(text, story, now, places)
        progress("stories", number, len(texts))


def _shelve(
    text: TextFile,
    now: dt.datetime,
    places: Places,
    topics: dict[str, Topic],
    contributors: dict[str, Contributor],
) -> Story:
    """Put a story on its shelf with everything but its text."""
    moment = moment_of(text.head["published"], now=now)
    story = Story(title=text.head["headline"], slug=text.slug.removeprefix(DRAFT_SLUG), live=False)
    for name in COPIED_FIELDS:
        setattr(story, name, text.head.get(name, ""))
    story.first_published_at = moment if text.state == "published" else None
    story.go_live_at = moment if text.state == "scheduled" else None
    story.section = Section.objects.get(slug=text.head["section"])
    story.language = text.head.get("language", story.language)
    story.seo_title = text.head.get("seo_title", "")
    story.search_description = text.head.get("seo_description", "")
    story.is_sensitive = text.head.get("sensitive", False)
    story.shows_so_far = text.head.get("shows_so_far", False)
    story.comments_open = text.head.get("comments_open", True)
    story.lead_photo_id = places.photos[text.head["lead_photo"]] if "lead_photo" in text.head else None
    story.lead_photo_caption = text.head.get("lead_caption", "")
    story.dateline_place = topics[text.head["dateline"]] if "dateline" in text.head else None
    story.dateline_text = text.head.get("dateline_text", "")
    names = text.head["bylines"]
    story.owner = contributors[names[0]["who"]].user
    story.bylines = [Byline(contributor=contributors[name["who"]], role=name.get("role", "by")) for name in names]
    story.story_topics = [StoryTopic(topic=topics[slug]) for slug in text.head["topics"]]
    made: Story = month_page(story.address_date).add_child(instance=story)
    return made


def _write(text: TextFile, story: Story, now: dt.datetime, places: Places) -> None:
    """Give a story its text and its first version, then each of its changes, when the story says they happened."""
    moment = moment_of(text.head["published"], now=now)
    blocks = story_blocks(text.parts, places=places, published_on=moment.date())
    story.pinned_related = [RelatedStory(related_id=places.pages[slug]) for slug in text.head.get("pinned_related", [])]
    for told in tellings(text.head, blocks):
        happened = min(moment_of(told.change.at, now=now) if told.change else moment, now)
        if told.change:
            story = story.get_latest_revision_as_object()
        _tell(story, told)
        version = story.save_revision(user=story.owner, log_action=True)
        if text.state != "draft":
            publish_revision(revision=version, user=story.owner, occasion=Occasion(by=story.owner, at=happened))
        _backdate(story, version, happened)


def _tell(story: Story, told: Telling) -> None:
    for name, words in told.head.items():
        setattr(story, FIELDS.get(name, name), words)
    setattr(story, "body", json.dumps(told.blocks))  # noqa: B010 (a stream field reads JSON; its type says otherwise)
    if told.change:
        story.change_class = told.change.kind
        story.change_note = told.change.note
        story.change_is_serious = told.change.serious


def _backdate(story: Story, version: Revision, happened: dt.datetime) -> None:
    dates: dict[str, Any] = {"latest_revision_created_at": happened}
    if story.first_published_at:
        dates["last_published_at"] = happened
    BasePage.objects.filter(pk=story.pk).update(**dates)
    Revision.objects.filter(pk=version.pk).update(created_at=happened)
