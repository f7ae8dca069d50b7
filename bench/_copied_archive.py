"""An archive of any size in minutes: a thousand synthetic stories, copied row by row under other addresses.

For measurements of what does not look at the old stories' words. Rows are written without the database's guards,
which are put back afterwards; the record and the tree are whole.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from broadsheet.bylines.models import Contributor
from broadsheet.demo.load_synthetic import load_synthetic
from broadsheet.pages.models import BasePage
from broadsheet.sections.models import Section
from broadsheet.stories.attachments import Byline, StoryTopic
from broadsheet.stories.models import MonthPage, PublishedVersion, Story
from broadsheet.stories.record_guards import install_guards, remove_guards
from broadsheet.stories.shelves import month_page
from broadsheet.topics.models import Topic

TEMPLATES = 1_000
AT_ONCE = 2_000
FIRST_MONTH = dt.date(2000, 1, 1)
MONTHS = 240
LAST_COPY_AT = dt.datetime(2019, 12, 31, 12, tzinfo=dt.UTC)
Row = dict[str, Any]


def begin_archive() -> None:
    """Make sections, topics and people, and the stories that are copied."""
    for name in ("City", "Harbour", "Culture", "Sport"):
        Section.objects.create(name=name, slug=name.lower())
    for number in range(50):
        Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}")
        Contributor.objects.create(name=f"Reporter {number}", slug=f"reporter-{number}")
    load_synthetic(total=TEMPLATES)


def fill_up(total: int) -> None:
    """Copy stories until there are `total`; then let the database count anew what it has."""
    present = Story.objects.count()
    if present < total:
        months = [month_page(_month(number)) for number in range(MONTHS)]
        templates = _templates()
        remove_guards()
        for first in range(present, total, AT_ONCE):
            with transaction.atomic():
                _copy(range(first, min(first + AT_ONCE, total)), months, templates)
        _count_children()
        install_guards()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _month(number: int) -> dt.date:
    return FIRST_MONTH.replace(year=FIRST_MONTH.year + number // 12, month=number % 12 + 1)


def _templates() -> list[dict[type[Model], list[Row]]]:
    """Return the rows of each story that is copied, table by table."""
    ids = list(Story.objects.order_by("pk").values_list("pk", flat=True)[:TEMPLATES])
    tables: tuple[tuple[type[Model], str], ...] = (
        (BasePage, "id"),
        (Story, "basepage_ptr_id"),
        (Byline, "story_id"),
        (StoryTopic, "story_id"),
        (PublishedVersion, "object_id"),
    )
    rows: dict[int, dict[type[Model], list[Row]]] = {pk: {table: [] for table, _ in tables} for pk in ids}
    for table, key in tables:
        for row in _rows(table):
            if row[key] in rows:
                rows[row[key]][table].append(row)
    return list(rows.values())


def _rows(table: type[Model]) -> Iterator[Row]:
    """Return a table's rows as the database holds them, ready to be written again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table._meta.db_table}")
        names = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            yield dict(zip(names, values, strict=True))


def _copy(numbers: Iterable[int], months: Sequence[MonthPage], templates: Sequence[Any]) -> None:
    made: dict[type[Model], list[Row]] = {}
    next_id = (BasePage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    for offset, number in enumerate(numbers):
        template, month = templates[number % len(templates)], months[number % len(months)]
        for table, rows in template.items():
            for row in rows:
                made.setdefault(table, []).append(_as_copy(table, row, next_id + offset, number, month))
    for table in (BasePage, Story, Byline, StoryTopic, PublishedVersion):
        _insert(table, made.get(table, []))


def _as_copy(table: type[Model], row: Row, pk: int, number: int, month: MonthPage) -> Row:
    copy = dict(row)
    moment = LAST_COPY_AT - dt.timedelta(minutes=10 * number)
    stored = moment if connection.vendor == "postgresql" else timezone.make_naive(moment, dt.UTC)
    if table is BasePage:
        slug = f"copy-{number}"
        place = BasePage._get_path(month.path, month.depth + 1, 1_000 + number // MONTHS)
        copy |= {"id": pk, "path": place, "slug": slug, "url_path": f"{month.url_path}15/{slug}/"}
        copy["translation_key"] = uuid.uuid4() if connection.vendor == "postgresql" else uuid.uuid4().hex
        copy |= dict.fromkeys(("first_published_at", "last_published_at", "latest_revision_created_at"), stored)
        return copy
    copy.pop("id", None)
    if table is Story:
        copy["basepage_ptr_id"] = pk
    elif table is PublishedVersion:
        copy |= {"object_id": pk, "at": stored}
    else:
        copy |= {"story_id": pk, "published_at": stored}
    return copy


def _insert(table: type[Model], rows: Sequence[Row]) -> None:
    if not rows:
        return
    names = list(rows[0])
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table._meta.db_table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
        return
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table._meta.db_table} ({columns}) VALUES ({marks})"
        cursor.executemany(statement, [[row[name] for name in names] for row in rows])


def _count_children() -> None:
    """Let each month know how many stories stand below it, and PostgreSQL which page's number comes next."""
    months = {month.path: month for month in MonthPage.objects.all()}
    steps = len(next(iter(months)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(path, 1, %s), count(*) FROM pages_basepage WHERE length(path) > %s GROUP BY 1",
            [steps, steps],
        )
        counts = dict(cursor.fetchall())
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence('pages_basepage', 'id'), max(id)) FROM pages_basepage")
    for path, count in counts.items():
        BasePage.objects.filter(path=path).update(numchild=count)
