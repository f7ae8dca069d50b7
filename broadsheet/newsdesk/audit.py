"""Who did what, when, from which version: one list over both of Wagtail's logs, newest first.

The database lets nobody change or delete a row of either (`stories/record_guards.py`).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.users.utils import get_deleted_user_display_name

from broadsheet.accounts.models import User
from broadsheet.kit.paging import BadCursor, Cursor
from broadsheet.stories.taken_down import READ_TAKEN_DOWN, stand_in_title, taken_down_among

ROWS_ON_A_PAGE = 50
ROWS_AT_ONCE = 500
"""Rows that an export reads with one question."""
PAGES, OTHERS = "p", "o"
"""The two logs, in the order in which rows of the same moment stand."""


@dataclass(frozen=True)
class AuditCursor:
    """The last row seen: its moment, its log and its number there."""

    place: Cursor
    log: str

    def __str__(self) -> str:
        return f"{self.log}{self.place}"

    @classmethod
    def parse(cls, text: str) -> "AuditCursor":
        """Read a cursor from a URL; raises BadCursor on anything else."""
        if text[:1] not in {PAGES, OTHERS}:
            raise BadCursor(text[:80])
        return cls(Cursor.parse(text[1:]), text[0])


@dataclass(frozen=True)
class AuditFilter:
    """What of the audit is wanted; nothing said means all. `until` is the first moment that is not wanted."""

    user_id: int | None = None
    act: str = ""
    page_id: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


@dataclass(frozen=True)
class AuditRow:
    """One act. `what` is the headline or name at that time, or a number where that is taken down."""

    cursor: AuditCursor
    at: dt.datetime
    who: str
    user_id: int | None
    act: str
    act_label: str
    kind: str
    object_id: str
    what: str
    version: int | None
    details: Mapping[str, Any]


def audit_rows(
    wanted: AuditFilter, *, reader: User, before: AuditCursor | None = None, limit: int = ROWS_ON_A_PAGE
) -> tuple[list[AuditRow], AuditCursor | None]:
    """Return the next rows that `reader` may see, and where older ones begin. The number of queries is constant."""
    pages = list(_narrow(PageLogEntry.objects.all(), wanted, before, log=PAGES)[: limit + 1])
    others: list[Any] = []
    if wanted.page_id is None:
        others = list(_narrow(ModelLogEntry.objects.all(), wanted, before, log=OTHERS)[: limit + 1])
    found = [(entry, PAGES) for entry in pages] + [(entry, OTHERS) for entry in others]
    found.sort(key=lambda one: (one[0].timestamp, one[1] == PAGES, one[0].pk), reverse=True)
    rows = list(_rows(found[:limit], reader))
    return rows, rows[-1].cursor if len(found) > limit else None


def every_row(wanted: AuditFilter, *, reader: User) -> Iterator[AuditRow]:
    """Yield all rows, read in portions, for exports of any length."""
    before: AuditCursor | None = None
    while True:
        rows, before = audit_rows(wanted, reader=reader, before=before, limit=ROWS_AT_ONCE)
        yield from rows
        if before is None:
            return


def acts_known() -> list[tuple[str, Any]]:
    """Return every act that the log may name, with its label, in the order of the labels."""
    return sorted(registry.get_choices(), key=lambda choice: str(choice[1]))


def _narrow(entries: "QuerySet[Any]", wanted: AuditFilter, before: AuditCursor | None, *, log: str) -> "QuerySet[Any]":
    conditions = {
        "user_id": wanted.user_id,
        "action": wanted.act or None,
        "timestamp__gte": wanted.since,
        "timestamp__lt": wanted.until,
    }
    if wanted.page_id is not None:
        conditions["page_id"] = wanted.page_id
    entries = entries.filter(**{name: value for name, value in conditions.items() if value is not None})
    return entries.filter(_older(before, log)).order_by("-timestamp", "-pk")


def _older(before: AuditCursor | None, log: str) -> Q:
    """Return the condition "after the cursor": at the same moment the pages' log comes first."""
    if before is None:
        return Q()
    moment = before.place.moment
    if log == before.log:
        return Q(timestamp__lte=moment) & (Q(timestamp__lt=moment) | Q(pk__lt=before.place.pk))
    return Q(timestamp__lte=moment) if log == OTHERS else Q(timestamp__lt=moment)


def _rows(found: Iterable[tuple[Any, str]], reader: User) -> Iterator[AuditRow]:
    entries = list(found)
    names = {user.pk: str(user) for user in User.objects.filter(pk__in={entry.user_id for entry, _ in entries})}
    hidden: set[int] = set()
    if not reader.has_perm(READ_TAKEN_DOWN):
        hidden = taken_down_among({entry.page_id for entry, log in entries if log == PAGES})
    for entry, log in entries:
        is_hidden = log == PAGES and entry.page_id in hidden
        formatter = registry.get_formatter(entry)
        who = names.get(entry.user_id) or (get_deleted_user_display_name(entry.user_id) if entry.user_id else "")
        yield AuditRow(
            cursor=AuditCursor(Cursor(entry.timestamp, entry.pk), log),
            at=entry.timestamp,
            who=str(who),
            user_id=entry.user_id,
            act=entry.action,
            act_label=capfirst(str(formatter.label)) if formatter else entry.action,
            kind=_kind(entry.content_type_id),
            object_id=str(entry.object_id),
            what=stand_in_title(entry.page_id) if is_hidden else entry.label,
            version=entry.revision_id,
            details={} if is_hidden else entry.data,
        )


def _kind(content_type_id: int | None) -> str:
    """Return what sort of thing an entry is about; Django keeps content types in memory."""
    if content_type_id is None:
        return ""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return capfirst(str(model._meta.verbose_name)) if model else ""
