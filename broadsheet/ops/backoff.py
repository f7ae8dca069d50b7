"""How long to wait before what died is started again."""

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
HEALTHY_SECONDS = 30.0
"""What has lived so long was well: its next death is a first one again."""


class Backoff:
    """Counts the deaths of one thing in a row."""

    def __init__(self) -> None:
        self._deaths = 0

    def pause_seconds(self, *, lived_seconds: float) -> float:
        """Note a death; return the pause before the next start: none at first, then doubled each time."""
        self._deaths = 1 if lived_seconds >= HEALTHY_SECONDS else self._deaths + 1
        if self._deaths == 1:
            return 0.0
        return min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0 ** min(self._deaths - 2, 20))
