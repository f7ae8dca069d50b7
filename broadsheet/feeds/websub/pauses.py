"""How long to wait before something that has failed is tried again."""

import datetime as dt

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 10, 3600
MOST_FAILURES = 12
"""In a row: about eight hours of trying."""


def pause_after(failures: int) -> dt.timedelta:
    """Return how long to wait after so many failures in a row: twice as long each time, up to an hour."""
    return dt.timedelta(seconds=min(FIRST_PAUSE_SECONDS * 2 ** (failures - 1), LONGEST_PAUSE_SECONDS))
