"""What the database itself sees to: that no published text changes unnoticed, and that the record is not rewritten.

Triggers, made anew after every migration: a program that writes with `update()`, a shell or plain SQL passes by
everything that is written in Python, and cannot pass by these. The two kinds:

* a change of a published page's text, or of the words of a photo that it shows, leaves a row in `UnrecordedChange`, in
  the same transaction; what a shown photo said before is kept;
* changing or deleting a row of the record is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from broadsheet.stories.recorded_content import PAGE_FIELDS, STORY_FIELDS

INBOX = "stories_unrecordedchange"
PHOTOS, SHOWN, FORMER = "photos_photo", "stories_shownphoto", "stories_formerphotowords"
PAGE_TEXT = (*PAGE_FIELDS, "live")
STORY_TEXT = ("body", *STORY_FIELDS)
BYLINE_TEXT = ("story_id", "contributor_id", "role", "place", "sort_order")
RELATED_TEXT = ("story_id", "related_id", "sort_order")
PHOTO_TEXT = ("caption", "credit", "alt_text", "is_decorative")
PHOTO_EVENTS = ("UPDATE", "DELETE")
KEPT_FOR_GOOD = (
    "stories_publishedversion",
    "stories_recordamendment",
    FORMER,
    "wagtailcore_pagelogentry",
    "wagtailcore_modellogentry",
)


@dataclass(frozen=True)
class Watch:
    """A table whose rows are text of published pages: which column names the page, and which columns are text."""

    table: str
    page_column: str
    columns: tuple[str, ...]
    events: tuple[str, ...]


WATCHED = (
    Watch("pages_basepage", "id", PAGE_TEXT, ("UPDATE", "DELETE")),
    Watch("stories_story", "basepage_ptr_id", STORY_TEXT, ("INSERT", "UPDATE")),
    Watch("stories_informationpage", "basepage_ptr_id", ("body",), ("INSERT", "UPDATE")),
    Watch("stories_byline", "story_id", BYLINE_TEXT, ("INSERT", "UPDATE", "DELETE")),
    Watch("stories_relatedstory", "story_id", RELATED_TEXT, ("INSERT", "UPDATE", "DELETE")),
)


def install_guards() -> None:
    """Make the triggers, in the place of any of the same names; nothing while their tables are not all there."""
    remove_guards()
    if not {INBOX, *(table for _, table in guard_names())} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)


def remove_guards() -> None:
    """Remove the triggers: before migrations, which may rename the tables beneath them."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, table in guard_names():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            elif table in present:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def missing_guards() -> list[str]:
    """Return the names of triggers that should be in the database and are not."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name, _ in guard_names() if name not in present]


def guard_names() -> Iterator[tuple[str, str]]:
    """Return each trigger's name and table."""
    for watch in WATCHED:
        for event in watch.events:
            yield f"{watch.table}_{event.lower()}_noticed", watch.table
    for event in PHOTO_EVENTS:
        yield f"{PHOTOS}_{event.lower()}_noticed", PHOTOS
    for table in KEPT_FOR_GOOD:
        for event in ("update", "delete"):
            yield f"{table}_{event}_refused", table


def statements() -> Iterator[str]:
    """Return the SQL that makes the triggers in this database."""
    if connection.vendor == "sqlite":
        yield from _sqlite_statements()
    elif connection.vendor == "postgresql":
        yield from _postgresql_statements()


def _sqlite_statements() -> Iterator[str]:
    for watch in WATCHED:
        for event in watch.events:
            row = "OLD" if event == "DELETE" else "NEW"
            noted = (
                f"INSERT OR IGNORE INTO {INBOX} (page_id, at) SELECT {row}.{watch.page_column},"
                f" strftime('%Y-%m-%d %H:%M:%f', 'now') WHERE {_is_public(watch, row)}"
            )
            condition = f"WHEN {_differs(watch.columns, 'IS NOT')}" if event == "UPDATE" else ""
            name = f"{watch.table}_{event.lower()}_noticed"
            yield f"CREATE TRIGGER {name} AFTER {event} ON {watch.table} {condition} BEGIN {noted}; END"
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    kept, pages = _former_words(now), _pages_showing(now)
    noted = f"{kept}; INSERT OR IGNORE INTO {INBOX} (page_id, at) {pages}"
    for event in PHOTO_EVENTS:
        condition = f"WHEN {_differs(PHOTO_TEXT, 'IS NOT')}" if event == "UPDATE" else ""
        name = f"{PHOTOS}_{event.lower()}_noticed"
        yield f"CREATE TRIGGER {name} AFTER {event} ON {PHOTOS} {condition} BEGIN {noted}; END"
    for table in KEPT_FOR_GOOD:
        for event in ("UPDATE", "DELETE"):
            refusal = f"SELECT RAISE(ABORT, '{table}: the record is kept as it was written')"
            name = f"{table}_{event.lower()}_refused"
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN {refusal}; END"


def _postgresql_statements() -> Iterator[str]:
    for watch in WATCHED:
        for event in watch.events:
            row = "OLD" if event == "DELETE" else "NEW"
            name = f"{watch.table}_{event.lower()}_noticed"
            noted = (
                f"INSERT INTO {INBOX} (page_id, at) SELECT {row}.{watch.page_column}, clock_timestamp()"
                f" WHERE {_is_public(watch, row)} ON CONFLICT (page_id) DO NOTHING"
            )
            yield _postgresql_function(name, f"{noted}; RETURN NULL;")
            condition = f"WHEN ({_differs(watch.columns, 'IS DISTINCT FROM')})" if event == "UPDATE" else ""
            each = f"FOR EACH ROW {condition} EXECUTE FUNCTION {name}()"
            yield f"CREATE TRIGGER {name} AFTER {event} ON {watch.table} {each}"
    kept, pages = _former_words("clock_timestamp()"), _pages_showing("clock_timestamp()")
    noted = f"{kept}; INSERT INTO {INBOX} (page_id, at) {pages} ON CONFLICT (page_id) DO NOTHING"
    for event in PHOTO_EVENTS:
        condition = f"WHEN ({_differs(PHOTO_TEXT, 'IS DISTINCT FROM')})" if event == "UPDATE" else ""
        name = f"{PHOTOS}_{event.lower()}_noticed"
        yield _postgresql_function(name, f"{noted}; RETURN NULL;")
        each = f"FOR EACH ROW {condition} EXECUTE FUNCTION {name}()"
        yield f"CREATE TRIGGER {name} AFTER {event} ON {PHOTOS} {each}"
    refusal = "RAISE EXCEPTION '%: the record is kept as it was written', TG_TABLE_NAME;"
    yield _postgresql_function("record_is_kept", refusal)
    for table in KEPT_FOR_GOOD:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_{event.lower()}_refused"
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION record_is_kept()"


def _postgresql_function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {body} END $$ LANGUAGE plpgsql"


def _is_public(watch: Watch, row: str) -> str:
    """Return the condition that readers see the page, or saw it until this change."""
    if watch.table != "pages_basepage":
        page = f"page.id = {row}.{watch.page_column} AND page.live"
        return f"EXISTS (SELECT 1 FROM pages_basepage page WHERE {page})"  # noqa: S608  names of our own columns
    return "OLD.live" if row == "OLD" else "(OLD.live OR NEW.live)"


def _former_words(now: str) -> str:
    """Return what keeps the words that a photo had until this change, if any page showed them."""
    columns, old = ", ".join(PHOTO_TEXT), ", ".join(f"OLD.{column}" for column in PHOTO_TEXT)
    shown = f"EXISTS (SELECT 1 FROM {SHOWN} shown WHERE shown.photo_id = OLD.id)"  # noqa: S608  our own names
    return f"INSERT INTO {FORMER} (photo_id, until, {columns}) SELECT OLD.id, {now}, {old} WHERE {shown}"


def _pages_showing(now: str) -> str:
    """Return what selects the pages on which readers see a photo's words."""
    live = f"{SHOWN} shown JOIN pages_basepage page ON page.id = shown.page_id AND page.live"
    return f"SELECT page.id, {now} FROM {live} WHERE shown.photo_id = OLD.id"  # noqa: S608  our own names


def _differs(columns: tuple[str, ...], operator: str) -> str:
    return " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in columns)
