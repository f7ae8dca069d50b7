"""Every read of published stories. Views, fronts, feeds and search ask here and nowhere else."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from wagtail.query import PageQuerySet

from broadsheet.bylines.models import Contributor
from broadsheet.kit import rendering
from broadsheet.kit.paging import BadCursor, Cursor, Slice, older_than, take
from broadsheet.pages.cache_keys import card_key
from broadsheet.pages.models import BasePage
from broadsheet.sections.models import Section
from broadsheet.stories.attachments import Byline, DatedAttachment, RelatedStory, SimilarStory, StoryTopic
from broadsheet.stories.cache_keys import (
    LATEST,
    contributor_list_key,
    month_list_key,
    section_list_key,
    similar_key,
)
from broadsheet.stories.cards import Carded, StoryCard, card_of, with_authors
from broadsheet.stories.read_together import read_together
from broadsheet.stories.series import SeriesPart
from broadsheet.topics.cache_keys import topic_list_key
from broadsheet.topics.models import Topic

LIST_LENGTH = 30
"""Stories on one page of a section's, topic's or contributor's list."""
MONTH_LENGTH = 200
"""Stories on one page of a month: a month is read as a whole where that is possible."""


def story_type() -> ContentType:
    """Return the content type of stories; Django keeps it in memory after the first time."""
    return ContentType.objects.get_by_natural_key("stories", "story")


def published() -> PageQuerySet:
    """Return all published stories, newest first, with what a card needs selected."""
    return (
        BasePage.objects.filter(content_type=story_type(), live=True)
        .select_related("section", "lead_photo")
        .order_by("-first_published_at", "-id")
    )


def latest(*, limit: int = LIST_LENGTH, before: Cursor | None = None) -> Slice[StoryCard]:
    """Return the newest stories of the paper."""
    rendering.read_under([LATEST])
    return _slice(published(), limit=limit, before=before)


def newest_ids(*, of: Section | Topic | Contributor | None = None, limit: int) -> list[int]:
    """Return the numbers of the newest stories of a section, on a topic, by a contributor, or of the whole paper."""
    if isinstance(of, Topic):
        rendering.read_under([topic_list_key(of.pk)])
        return [pk for _, pk in _attached_rows(StoryTopic.objects.filter(topic=of), limit=limit, before=None)]
    if isinstance(of, Contributor):
        rendering.read_under([contributor_list_key(of.pk)])
        return [pk for _, pk in _attached_rows(Byline.objects.filter(contributor=of), limit=limit, before=None)]
    rendering.read_under([LATEST if of is None else section_list_key(of.pk)])
    stories = published() if of is None else published().filter(section=of)
    return list(stories.select_related(None).values_list("pk", flat=True)[:limit])


def latest_in_section(section: Section, *, limit: int = LIST_LENGTH, before: Cursor | None = None) -> Slice[StoryCard]:
    """Return the newest stories of a section."""
    rendering.read_under([section_list_key(section.pk)])
    return _slice(published().filter(section=section), limit=limit, before=before)


def latest_on_topic(topic: Topic, *, limit: int = LIST_LENGTH, before: Cursor | None = None) -> Slice[StoryCard]:
    """Return the newest stories about a topic."""
    rendering.read_under([topic_list_key(topic.pk)])
    return attached_slice(StoryTopic.objects.filter(topic=topic), limit=limit, before=before)


def latest_by_contributor(
    contributor: Contributor, *, limit: int = LIST_LENGTH, before: Cursor | None = None
) -> Slice[StoryCard]:
    """Return the newest stories in whose byline a contributor stands, in whatever role, each once."""
    rendering.read_under([contributor_list_key(contributor.pk)])
    return attached_slice(Byline.objects.filter(contributor=contributor), limit=limit, before=before)


def stories_in_month(first_day: dt.date, *, zone: dt.tzinfo, before: Cursor | None = None) -> Slice[StoryCard]:
    """Return the stories first published in the month that begins on `first_day`, by the calendar of `zone`."""
    rendering.read_under([month_list_key(f"{first_day:%Y-%m}")])
    start, end = month_bounds(first_day, zone=zone)
    stories = published().filter(first_published_at__gte=start, first_published_at__lt=end)
    return _slice(stories, limit=MONTH_LENGTH, before=before)


def month_bounds(first_day: dt.date, *, zone: dt.tzinfo) -> tuple[dt.datetime, dt.datetime]:
    """Return the first moment of the month and the first moment after it."""
    next_month = (first_day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    start, end = (dt.datetime.combine(day, dt.time.min, tzinfo=zone) for day in (first_day, next_month))
    return start, end


@dataclass(frozen=True)
class MonthOfStories:
    """A month of the archive and how many stories it holds."""

    first_day: dt.date
    count: int


def months_with_stories(year: int) -> list[MonthOfStories]:
    """Return the months of a year that have published stories, in calendar order."""
    zone = timezone.get_default_timezone()
    days = [dt.date(year, month, 1) for month in range(1, 13)]
    rendering.read_under(month_list_key(f"{day:%Y-%m}") for day in days)
    bounds = [month_bounds(day, zone=zone) for day in days]
    counts = (
        published()
        .order_by()
        .filter(first_published_at__gte=bounds[0][0], first_published_at__lt=bounds[-1][1])
        .aggregate(
            **{
                f"month_{index}": Count(
                    "pk",
                    filter=Q(first_published_at__gte=start, first_published_at__lt=end),
                )
                for index, (start, end) in enumerate(bounds)
            }
        )
    )
    return [MonthOfStories(day, counts[f"month_{i}"]) for i, day in enumerate(days) if counts[f"month_{i}"]]


@dataclass(frozen=True)
class DayOfStories:
    """One day of the archive and its stories."""

    day: dt.date
    cards: Sequence[StoryCard]


def by_day(cards: Iterable[StoryCard]) -> list[DayOfStories]:
    """Group cards that are ordered by time into days of the site's calendar."""
    zone = timezone.get_default_timezone()
    days = groupby(cards, key=lambda card: timezone.localtime(card.published_at, zone).date())
    return [DayOfStories(day, list(group)) for day, group in days]


def cards_by_id(ids: Sequence[int]) -> dict[int, StoryCard]:
    """Return the cards of those of the stories that are published."""
    rendering.read_under(card_key(pk) for pk in ids)
    return rendering.remembered_each("card", ids, _carded, card_of)


def _carded(ids: Sequence[int]) -> dict[int, Carded]:
    return {one.page.pk: one for one in with_authors(published().filter(pk__in=ids).order_by() if ids else ())}


def bylines_of(story_id: int) -> list[Byline]:
    """Return the bylines of a story in the editor's order, with contributors and portraits. Surrogate key: `a:ID`.

    They are few: putting them in order here costs less than asking for it in SQL.
    """
    rows = list(Byline.objects.filter(story=story_id).order_by())
    ids = [row.contributor_id for row in rows]
    known = rendering.remembered_each("contributor", ids, _contributors, _contributor_shown) if rows else {}
    for row in rows:
        row.contributor = known[row.contributor_id]
    return sorted(rows, key=lambda row: (row.sort_order or 0, row.pk))


def _contributors(ids: Sequence[int]) -> dict[int, Contributor]:
    return Contributor.objects.select_related("portrait").in_bulk(ids)


def _contributor_shown(contributor: Contributor) -> Contributor:
    rendering.read_under(contributor.change_keys())
    if contributor.portrait is not None:
        rendering.read_under(contributor.portrait.change_keys())
    return contributor


@dataclass(frozen=True)
class Attached:
    """What editors attached to a story, in their order: its topics, the stories pinned below it; and its series.

    `similar_ids` are the stories that read like it, the most similar one first; nobody has chosen these.
    """

    topics: Sequence[Topic]
    pinned_ids: Sequence[int]
    series_id: int | None
    similar_ids: Sequence[int]


def attached_to(story_id: int) -> Attached:
    """Return what is attached to a story. Surrogate keys: `a:ID`, and `like:ID` for what reads like it."""
    rendering.read_under([similar_key(story_id)])
    topics = StoryTopic.objects.filter(story=story_id).order_by().values_list("sort_order", "pk", "topic_id")
    pins = RelatedStory.objects.filter(story=story_id).order_by().values_list("sort_order", "pk", "related_id")
    series = SeriesPart.objects.filter(story=story_id).order_by().values_list("sort_order", "pk", "series_id")
    similar = SimilarStory.objects.filter(story=story_id).order_by().values_list("place", "pk", "similar_id")
    rows = read_together({"topics": topics, "pins": pins, "series": series, "similar": similar})
    topic_ids, pinned_ids, similar_ids = (
        [pk for _, _, pk in sorted(rows[kind], key=lambda row: (row[0] or 0, row[1]))]
        for kind in ("topics", "pins", "similar")
    )
    known = topics_by_id(topic_ids)
    series_id = rows["series"][0][2] if rows["series"] else None
    return Attached([known[pk] for pk in topic_ids], pinned_ids, series_id, similar_ids)


def topics_by_id(ids: Sequence[int]) -> dict[int, Topic]:
    """Return topics by their ids."""
    return rendering.remembered_each("topic", ids, _topics, _topic_shown) if ids else {}


def _topics(ids: Sequence[int]) -> dict[int, Topic]:
    return Topic.objects.in_bulk(ids)


def _topic_shown(topic: Topic) -> Topic:
    rendering.read_under(topic.change_keys())
    return topic


def cursor_from(request: HttpRequest) -> Cursor | None:
    """Return where the reader's page of a list begins (`?before=`); raises Http404 for a cursor that is not ours."""
    text = request.GET.get("before", "")
    if not text:
        return None
    try:
        return Cursor.parse(text)
    except BadCursor as error:
        raise Http404("There is no such page of this list.") from error


def _slice(stories: PageQuerySet, *, limit: int, before: Cursor | None) -> Slice[StoryCard]:
    found = take(stories.select_related(None).only("first_published_at"), limit=limit, before=before)
    cards = cards_by_id([row.pk for row in found.rows])
    return Slice([cards[row.pk] for row in found.rows if row.pk in cards], found.older)


def attached_slice(
    attachments: "QuerySet[DatedAttachment]", *, limit: int = LIST_LENGTH, before: Cursor | None = None
) -> Slice[StoryCard]:
    """Return the published stories to which these rows are attached, newest first, each once."""
    found = _attached_rows(attachments, limit=limit + 1, before=before)
    shown = found[:limit]
    cards = cards_by_id([story_id for _, story_id in shown])
    older = Cursor(*shown[-1]) if len(found) > limit else None
    return Slice([cards[story_id] for _, story_id in shown if story_id in cards], older)


def _attached_rows(
    attachments: "QuerySet[DatedAttachment]", *, limit: int, before: Cursor | None
) -> list[tuple[dt.datetime, int]]:
    conditions = older_than(before, moment_field="published_at", pk_field="story_id")
    rows = (
        attachments.filter(conditions, story__live=True, published_at__isnull=False)
        .order_by("-published_at", "-story_id")
        .values_list("published_at", "story_id")
        .distinct()[:limit]
    )
    return list(rows)
