"""An archive of any size in minutes: a thousand synthetic stories, copied in the database under other addresses.

For measurements of what does not look at the old stories' words. Rows are written without the database's guards,
which are put back afterwards; the record and the tree are whole.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

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
AT_ONCE = 10_000
FIRST_MONTH = dt.date(2000, 1, 1)
MONTHS = 240
LAST_COPY_AT = dt.datetime(2019, 12, 31, 12, tzinfo=dt.UTC)


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
        templates = list(Story.objects.order_by("pk").values_list("pk", flat=True)[:TEMPLATES])
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


def _copy(numbers: Iterable[int], months: Sequence[MonthPage], templates: Sequence[int]) -> None:
    """Plan the copies in a table of their own, and let the database write them, table by table."""
    next_id = (BasePage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_copies")
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_copies (template bigint, id bigint, path varchar(255), slug varchar(255),"
            " url_path varchar(255), translation_key varchar(36), moment varchar(40))"
        )
        rows = [
            _planned(number, next_id + offset, months[number % MONTHS], templates[number % len(templates)])
            for offset, number in enumerate(numbers)
        ]
        cursor.executemany("INSERT INTO bench_copies VALUES (%s, %s, %s, %s, %s, %s, %s)", rows)
        for table, key, changed in COPIED:
            cursor.execute(_copying(table, key, changed))


def _planned(number: int, pk: int, month: MonthPage, template: int) -> tuple[Any, ...]:
    slug = f"copy-{number}"
    moment = LAST_COPY_AT - dt.timedelta(minutes=10 * number)
    place = BasePage._get_path(month.path, month.depth + 1, 1_000 + number // MONTHS)
    key = str(uuid.uuid4()) if connection.vendor == "postgresql" else uuid.uuid4().hex
    return template, pk, place, slug, f"{month.url_path}15/{slug}/", key, f"{moment:%Y-%m-%d %H:%M:%S}"


COPIED: tuple[tuple[type[Model], str, dict[str, str]], ...] = (
    (
        BasePage,
        "id",
        {
            **{name: f"copy.{name}" for name in ("id", "path", "slug", "url_path", "translation_key")},
            **dict.fromkeys(("first_published_at", "last_published_at", "latest_revision_created_at"), "copy.moment"),
        },
    ),
    (Story, "basepage_ptr_id", {"basepage_ptr_id": "copy.id"}),
    (Byline, "story_id", {"story_id": "copy.id", "published_at": "copy.moment"}),
    (StoryTopic, "story_id", {"story_id": "copy.id", "published_at": "copy.moment"}),
    (PublishedVersion, "object_id", {"object_id": "copy.id", "at": "copy.moment"}),
)
"""Table, the column that names the story, and the columns that differ in the copy."""
CASTS = {"copy.translation_key": "uuid", "copy.moment": "timestamptz"}


def _copying(table: type[Model], key: str, changed: dict[str, str]) -> str:
    """Return the SQL that writes the copies of one table."""
    quote = connection.ops.quote_name
    columns = [
        str(field.column) for field in table._meta.local_concrete_fields if field.column != "id" or "id" in changed
    ]
    values = []
    for column in columns:
        value = changed.get(column, f"source.{quote(column)}")
        is_cast = connection.vendor == "postgresql" and value in CASTS
        values.append(f"CAST({value} AS {CASTS[value]})" if is_cast else value)
    name = table._meta.db_table
    return (
        f"INSERT INTO {name} ({', '.join(map(quote, columns))}) SELECT {', '.join(values)}"
        f" FROM bench_copies copy JOIN {name} source ON source.{quote(key)} = copy.template"
    )


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
