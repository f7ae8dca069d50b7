"""On what occasion something is published: by whom, by what way, and when it is said to have happened.

Wagtail's signals tell of none of these. A verb, the clock or an import says them around the act; in the newsroom's own
views Wagtail's log knows who is signed in.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from wagtail.log_actions import get_active_log_context

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.stories.models import Source


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """By whom, by what way and when something is published; without `at`, when it is recorded."""

    by: User | None = None
    source: Source = Source.NEWSROOM
    at: dt.datetime | None = None

    @property
    def moment(self) -> dt.datetime:
        """When it happened."""
        return self.at or clock.now()

    @property
    def by_name(self) -> str:
        """The person's name as it goes on the record, or nothing."""
        return str(self.by)[:200] if self.by else ""


_present: ContextVar[Occasion | None] = ContextVar("occasion", default=None)


@contextmanager
def on_occasion(occasion: Occasion) -> Iterator[None]:
    """Have everything that the block publishes recorded as of this occasion; an outer occasion comes first."""
    if _present.get() is not None:
        yield
        return
    token = _present.set(occasion)
    try:
        yield
    finally:
        _present.reset(token)


def present_occasion() -> Occasion:
    """Return the occasion that was said, else one by whoever is signed in to the newsroom, else by a program."""
    said = _present.get()
    if said is not None:
        return said
    user = get_active_log_context().user
    if isinstance(user, User) and user.is_authenticated:
        return Occasion(by=user)
    return Occasion(source=Source.PROGRAM)
