"""How cards fall into columns: by stage, and by when they are due."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from broadsheet.newsdesk.boards.selectors import Card
from broadsheet.newsdesk.story_states import StoryState
from broadsheet.newsdesk.workflow.stages import Stage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Column:
    """A column of a board: its heading, what is in it, and what stands there when nothing is."""

    key: str
    heading: "StrOrPromise"
    cards: Sequence[Card]
    nothing: "StrOrPromise"


STATES_OF_WRITING = {StoryState.DRAFT, StoryState.SENT_BACK, StoryState.CHANGED}
NOTHING: dict[str, "StrOrPromise"] = {
    "writing": _("No drafts."),
    "desk": _("Nothing waits at the desk."),
    "copy": _("Nothing waits with copy."),
    "ready": _("Nothing is ready."),
}


def columns_by_stage(cards: Iterable[Card]) -> list[Column]:
    """Return the stages from writing to ready; a column for steps of other kinds where stories wait at some."""
    kept = list(cards)
    columns = [
        Column("writing", _("Writing"), _in(kept, STATES_OF_WRITING), NOTHING["writing"]),
        *(Column(stage, stage.short, _in(kept, {StoryState(stage)}), NOTHING[stage]) for stage in Stage),
    ]
    if others := _in(kept, {StoryState.IN_MODERATION}):
        columns.insert(1, Column("moderation", StoryState.IN_MODERATION.label, others, ""))
    return columns


def _in(cards: Sequence[Card], states: set[StoryState]) -> list[Card]:
    return [card for card in cards if card.state in states]


def columns_by_due_time(cards: Iterable[Card], *, now: dt.datetime) -> list[Column]:
    """Return what is overdue, due today, tomorrow, this week, later, and without a time, in the reader's time zone."""
    names: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
        "overdue": (_("Overdue"), _("Nothing is overdue.")),
        "today": (_("Today"), _("Nothing more is due today.")),
        "tomorrow": (_("Tomorrow"), _("Nothing is due tomorrow.")),
        "week": (_("This week"), _("Nothing more is due this week.")),
        "later": (_("Later"), _("Nothing is due later.")),
        "without": (_("Without a time"), _("Every story has its time.")),
    }
    kept: dict[str, list[Card]] = {key: [] for key in names}
    for card in cards:
        kept[bucket_of(card.due_at, now=now)].append(card)
    for key in ("overdue", "today", "tomorrow", "week", "later"):
        kept[key].sort(key=lambda card: (card.due_at or now, card.pk))
    return [Column(key, heading, kept[key], nothing) for key, (heading, nothing) in names.items()]


def bucket_of(due_at: dt.datetime | None, *, now: dt.datetime) -> str:
    """Return the column in which something due at this moment stands. A week ends with its Sunday."""
    if due_at is None:
        return "without"
    if due_at <= now:
        return "overdue"
    today, day = timezone.localtime(now).date(), timezone.localtime(due_at).date()
    days = (day - today).days
    if days <= 1:
        return "today" if days == 0 else "tomorrow"
    return "week" if days <= 6 - today.weekday() else "later"
