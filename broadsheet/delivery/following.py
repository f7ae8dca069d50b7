"""How far the follower of this node has come with the change log."""

from dataclasses import dataclass

from broadsheet.changes.selectors import waiting_seconds
from broadsheet.delivery.invalidate_pages import CURSOR
from broadsheet.delivery.page_store import PageStore

LONGEST_LAG_SECONDS = 60.0
"""A change that the follower has not applied for so long: readers are shown what is no longer true."""


@dataclass(frozen=True)
class Following:
    """Whether the log is followed, and since when its oldest change that is not applied waits."""

    has_begun: bool
    lag_seconds: float

    @property
    def is_late(self) -> bool:
        """Tell whether readers are shown what is no longer true."""
        return self.lag_seconds > LONGEST_LAG_SECONDS


def following(*, store: PageStore) -> Following:
    """Return how far the follower has come; a store that nobody has followed yet lags behind nothing."""
    applied = store.fact(CURSOR, -1)
    if applied < 0:
        return Following(has_begun=False, lag_seconds=0.0)
    return Following(has_begun=True, lag_seconds=waiting_seconds(applied))
