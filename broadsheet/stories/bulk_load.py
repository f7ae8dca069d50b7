"""Many finished stories at once: archives being imported, and synthetic ones for measurements.

Wagtail saves a page with 29 to 46 queries, a revision and tasks for its indexes. Here the rows are written in
batches: base rows, story rows, bylines, topics, the public record and a row of the change log, nothing else. No signal
is sent and no revision made; a story gets its first revision when an editor first opens and saves it. What follows
signals elsewhere must be done afterwards: `broadsheet rebuild_references_index` for "used in".
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby, islice
from typing import Any

from django.db import connections, router, transaction
from django.db.models import F, Field
from django.utils import timezone
from wagtail.models import Locale

from broadsheet.changes.append_change import append_change
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.kit import clock
from broadsheet.pages.cache_keys import PAGES, block_key, card_key, page_key
from broadsheet.pages.models import BasePage, WorkType, default_language
from broadsheet.stories.attachments import Byline, BylineRole, StoryTopic, month_of
from broadsheet.stories.cache_keys import lists_of
from broadsheet.stories.models import (
    MonthPage,
    PublishedVersion,
    RecordedKind,
    ShownPhoto,
    Source,
    Story,
    UnrecordedChange,
)
from broadsheet.stories.recorded_content import PAGE_FIELDS, STORY_FIELDS, digest_of, plain
from broadsheet.stories.recorded_photos import photos_shown, present_words, with_photo_words
from broadsheet.stories.selectors import story_type
from broadsheet.stories.shelves import month_page

MAX_SLUG = 200
"""Characters; leaves room for "-2" within the column's 255."""


@dataclass(slots=True)
class StoryRecord:
    """One story to be written. `published_at` is aware; a draft has none and stands on today's shelf.

    `body` is the raw value of the body's stream field: dicts of type, value and id. `expired` is for a story that was
    published and has been taken off by its date. `bylines` are contributors with roles, `topics` ids, in order.
    """

    headline: str
    slug: str
    published_at: dt.datetime | None
    body: Sequence[dict[str, Any]]
    live: bool = True
    expired: bool = False
    expires_at: dt.datetime | None = None
    updated_at: dt.datetime | None = None
    language: str = field(default_factory=default_language)
    kicker: str = ""
    short_headline: str = ""
    standfirst: str = ""
    description: str = ""
    work_type: str = WorkType.NEWS
    section_id: int | None = None
    lead_photo_id: int | None = None
    lead_photo_caption: str = ""
    is_sensitive: bool = False
    canonical_url: str = ""
    bylines: Sequence[tuple[int, str]] = ()
    topics: Sequence[int] = ()

    @property
    def shelf_day(self) -> dt.date:
        """The day in the story's address, in the site's time zone."""
        return timezone.localtime(self.published_at or clock.now(), timezone.get_default_timezone()).date()


def bulk_load_stories(stories: Iterable[StoryRecord], *, batch_size: int = 500) -> Iterator[list[int]]:
    """Write stories batch by batch, each batch in a transaction of its own; yield each batch's ids, in order.

    A generator: nothing is written until it is consumed, and only one batch is in memory. Stories that stand together
    by month are written fastest.
    """
    rest = iter(stories)
    while batch := list(islice(rest, batch_size)):
        yield load_batch(batch)


@transaction.atomic
def load_batch(records: Sequence[StoryRecord]) -> list[int]:
    """Write some stories in one transaction; return their ids in the order given.

    A slug that its month already has gets a number. Raises NoFrontPage, and whatever the database refuses.
    """
    ids: dict[int, int] = {}
    order = sorted(range(len(records)), key=lambda index: records[index].shelf_day)
    for day, indexes in groupby(order, key=lambda index: records[index].shelf_day.replace(day=1)):
        here = list(indexes)
        made = _fill_shelf(month_page(day), [records[index] for index in here])
        ids.update(zip(here, made, strict=True))
    return [ids[index] for index in range(len(records))]


def _fill_shelf(shelf: MonthPage, records: Sequence[StoryRecord]) -> list[int]:
    month = BasePage.objects.select_for_update().get(pk=shelf.pk)
    last = month.get_children().order_by("-path").values_list("path", flat=True).first()
    step = BasePage._str2int(last[-BasePage.steplen :]) + 1 if last else 1
    slugs = _free_slugs(month, records)
    locale_id = Locale.get_default().pk
    pages = [
        _base_row(record, slug, month, BasePage._get_path(month.path, month.depth + 1, step + offset), locale_id)
        for offset, (record, slug) in enumerate(zip(records, slugs, strict=True))
    ]
    made = BasePage.objects.bulk_create(pages)
    _insert_story_rows(made, records)
    _attach(made, records)
    _record(made, records)
    BasePage.objects.filter(pk=month.pk).update(numchild=F("numchild") + len(made))
    return [page.pk for page in made]


def _free_slugs(month: BasePage, records: Sequence[StoryRecord]) -> list[str]:
    """A slug for each story that neither the month nor the batch has yet."""
    wanted = [record.slug[:MAX_SLUG] or "story" for record in records]
    children = BasePage.objects.child_of(month)
    taken = set(children.filter(slug__in=set(wanted)).values_list("slug", flat=True))
    found: list[str] = []
    for slug in wanted:
        free = slug
        numbers = count(2)
        while free in taken or (free != slug and children.filter(slug=free).exists()):
            free = f"{slug}-{next(numbers)}"
        taken.add(free)
        found.append(free)
    return found


def _base_row(record: StoryRecord, slug: str, month: BasePage, path: str, locale_id: int) -> BasePage:
    return BasePage(
        content_type=story_type(),
        path=path,
        depth=month.depth + 1,
        numchild=0,
        url_path=f"{month.url_path}{record.shelf_day.day:02d}/{slug}/",
        title=record.headline[:255],
        draft_title=record.headline[:255],
        slug=slug,
        live=record.live,
        has_unpublished_changes=not record.live and not record.expired,
        expired=record.expired,
        expire_at=record.expires_at,
        first_published_at=record.published_at,
        last_published_at=record.updated_at or record.published_at,
        latest_revision_created_at=record.updated_at or record.published_at or clock.now(),
        translation_key=uuid.uuid4(),
        locale_id=locale_id,
        search_description=record.description,
        language=record.language,
        kicker=record.kicker[:60],
        short_headline=record.short_headline[:80],
        standfirst=record.standfirst,
        work_type=record.work_type,
        section_id=record.section_id,
        lead_photo_id=record.lead_photo_id,
        is_sensitive=record.is_sensitive,
        updated_at=record.updated_at,
    )


def _insert_story_rows(pages: Sequence[BasePage], records: Sequence[StoryRecord]) -> None:
    """Write the rows of the stories' own table, which Django will not do in bulk for a table that inherits."""
    connection = connections[router.db_for_write(Story)]
    fields: list[Field] = list(Story._meta.local_concrete_fields)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(Story._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  names of our own columns, quoted
    defaults = {field.column: field.get_db_prep_save(field.get_default(), connection) for field in fields[1:]}
    rows = []
    for page, record in zip(pages, records, strict=True):
        own = {
            fields[0].column: page.pk,
            "body": json.dumps(list(record.body), ensure_ascii=False),
            "lead_photo_caption": record.lead_photo_caption,
            "canonical_url": record.canonical_url[:200],
        }
        rows.append([own.get(field.column, defaults.get(field.column)) for field in fields])
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _attach(pages: Sequence[BasePage], records: Sequence[StoryRecord]) -> None:
    """Write bylines and topics, in their order."""
    bylines = [
        Byline(
            story_id=page.pk,
            contributor_id=contributor,
            role=role or BylineRole.BY,
            sort_order=place,
            published_at=page.first_published_at,
        )
        for page, record in zip(pages, records, strict=True)
        for place, (contributor, role) in enumerate(record.bylines)
    ]
    topics = [
        StoryTopic(
            story_id=page.pk,
            topic_id=topic,
            sort_order=place,
            published_at=page.first_published_at,
            month=_month(page, record, place),
        )
        for page, record in zip(pages, records, strict=True)
        for place, topic in enumerate(record.topics)
    ]
    Byline.objects.bulk_create(bylines, batch_size=500)
    StoryTopic.objects.bulk_create(topics, batch_size=500)


def _month(page: BasePage, record: StoryRecord, place: int) -> dt.date | None:
    """Return under which month readers find a story by the topic at this place; one that is named twice counts once."""
    if not record.live or page.first_published_at is None or record.topics[place] in record.topics[:place]:
        return None
    return month_of(page.first_published_at)


def _record(pages: Sequence[BasePage], records: Sequence[StoryRecord]) -> None:
    """Write the first version of what readers can see, as `publishing/` would, and tell the followers."""
    versions = [_version(page, record) for page, record in zip(pages, records, strict=True) if record.live]
    _add_photo_words(versions)
    PublishedVersion.objects.bulk_create(versions, batch_size=500)
    UnrecordedChange.objects.filter(page_id__in=[version.object_id for version in versions]).delete()
    keys: set[str] = set()
    for version, record in zip(versions, (one for one in records if one.live), strict=True):
        pk = version.object_id
        keys |= {page_key(pk), card_key(pk), block_key(pk), *lists_of(version.content, f"{record.shelf_day:%Y-%m}")}
    append_change(keys=keys | {ADDRESSES, PAGES} if keys else keys)


def _add_photo_words(versions: Sequence[PublishedVersion]) -> None:
    """Put the words of the stories' photos into their versions, read at once for all, and note who shows which."""
    shown = [photos_shown(version.content) for version in versions]
    words = present_words({pk for photos in shown for pk in photos}, is_held=True)
    for version in versions:
        version.content = with_photo_words(version.content, words)
        version.digest = digest_of(version.content)
    ShownPhoto.objects.bulk_create(
        [
            ShownPhoto(page_id=version.object_id, photo_id=pk, own_caption=own_caption)
            for version, photos in zip(versions, shown, strict=True)
            for pk, own_caption in photos.items()
        ],
        batch_size=500,
    )


def _version(page: BasePage, record: StoryRecord) -> PublishedVersion:
    own = {name: _default(name) for name in STORY_FIELDS}
    own |= {"lead_photo_caption": record.lead_photo_caption, "canonical_url": record.canonical_url[:200]}
    content = plain(
        {name: getattr(page, name) for name in PAGE_FIELDS}
        | own
        | {
            "body": list(record.body),
            "bylines": [[contributor, role or BylineRole.BY, ""] for contributor, role in record.bylines],
            "topics": list(record.topics),
            "related": [],
        }
    )
    return PublishedVersion(
        kind=RecordedKind.STORY,
        object_id=page.pk,
        number=1,
        content=content,
        at=record.updated_at or record.published_at or clock.now(),
        source=Source.IMPORT,
    )


def _default(column: str) -> Any:
    """Return what a story's column holds when nothing was said."""
    return None if column.endswith("_id") else Story._meta.get_field(column).get_default()
