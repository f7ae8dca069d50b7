"""The rows that a prepared publication was made from, as they were read, to be compared with what is there later.

Read as the database gives them, without Django's models: at the moment of a publication hundreds of others may be due
in the same second, and this is the part that all of them need.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model
from wagtail.models import Comment, Revision, WorkflowState, get_default_page_content_type

from broadsheet.bylines.models import Contributor
from broadsheet.kit.statements import Statement, run_together
from broadsheet.pages.models import BasePage
from broadsheet.sections.models import Section
from broadsheet.stories.models import Byline, RelatedStory, Story, StoryTopic, Takedown
from broadsheet.stories.recorded_content import Content
from broadsheet.stories.recorded_photos import photos_shown, statement
from broadsheet.topics.models import Topic

PAGE, REVISION = BasePage._meta.db_table, Revision._meta.db_table
ATTACHED = (Byline, StoryTopic, RelatedStory)


class SeenRows:
    """Everything that the first publication of a story depends on, as it was when this was made."""

    def __init__(self, *, story_id: int, revision_id: int) -> None:
        self._own = list(_own_rows(story_id, revision_id))
        self._others = [_entanglements(story_id)]
        self._rows = run_together([*_compared(self._own), *self._others])

    @property
    def is_entangled(self) -> bool:
        """Publishing would touch more than the story: a workflow, comments, aliases, a takedown."""
        return any(self._rows[-1][0])

    def watch_names(self, content: Content) -> None:
        """Have an eye on the names, too, that go on the record with the content."""
        self._others.append(_names(content))
        self._rows += run_together(self._others[-1:])

    def watch_photos(self, content: Content) -> None:
        """Have an eye on the words of the photos that the content shows, too; to be called before these are read."""
        if photo_ids := photos_shown(content):
            self._others.append(statement(photo_ids, is_held=True))
            self._rows += run_together(self._others[-1:])

    def are_unchanged(self) -> bool:
        """Lock the story and its version, and tell whether all is as it was; also False if someone else holds them."""
        lock = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
        (page, page_params), (revision, revision_params), *attached = self._own
        locking = [(page + lock, page_params), (revision + lock, revision_params)]
        return run_together([*_compared([*locking, *attached]), *self._others]) == self._rows


def _compared(statements: Sequence[Statement]) -> list[Statement]:
    """Return what reads rows to be compared; PostgreSQL sends fingerprints of them, and not thousands of bytes each."""
    if connection.vendor != "postgresql":
        return list(statements)
    columns = [f"(SELECT string_agg(md5(r::text), ',') FROM ({sql}) r)" for sql, _ in statements]  # noqa: S608
    return [(f"SELECT {', '.join(columns)}", [value for _, params in statements for value in params])]


def _own_rows(story_id: int, revision_id: int) -> Iterable[Statement]:
    """Return what reads the story's rows; the page first, then the version, which is the order of all locks."""
    yield f"SELECT * FROM {PAGE} WHERE id = %s", [story_id]  # noqa: S608  names of our own tables, here and below
    yield f"SELECT * FROM {REVISION} WHERE id = %s", [revision_id]  # noqa: S608
    yield f"SELECT * FROM {Story._meta.db_table} WHERE basepage_ptr_id = %s", [story_id]  # noqa: S608
    for model in ATTACHED:
        yield f"SELECT * FROM {model._meta.db_table} WHERE story_id = %s ORDER BY id", [story_id]  # noqa: S608


def _entanglements(story_id: int) -> Statement:
    page_type = get_default_page_content_type().pk
    running = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]
    sql = f"""SELECT
        EXISTS (SELECT 1 FROM {WorkflowState._meta.db_table}
                WHERE base_content_type_id = %s AND object_id = %s AND status IN (%s, %s)),
        EXISTS (SELECT 1 FROM {Comment._meta.db_table} WHERE page_id = %s),
        EXISTS (SELECT 1 FROM {PAGE} WHERE alias_of_id = %s),
        EXISTS (SELECT 1 FROM {Takedown._meta.db_table} WHERE page_id = %s AND lifted_at IS NULL)"""  # noqa: S608
    return sql, [page_type, str(story_id), *running, story_id, story_id, story_id]


def _names(content: Content) -> Statement:
    wanted: dict[type[Model], list[int]] = {
        Contributor: [row[0] for row in content["bylines"]],
        Topic: [*content["topics"], *filter(None, [content["dateline_place_id"]])],
        Section: [*filter(None, [content["section_id"]])],
    }
    selects: list[str] = ["SELECT '' AS kind, 0 AS id, '' AS name"]
    params: list[int] = []
    for model, pks in wanted.items():
        if pks:
            marks = ", ".join(["%s"] * len(pks))
            table = model._meta.db_table
            selects.append(f"SELECT '{table}', id, name FROM {table} WHERE id IN ({marks})")  # noqa: S608
            params += pks
    return f"{' UNION ALL '.join(selects)} ORDER BY 1, 2", params
