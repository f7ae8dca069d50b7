"""Moved to `stories/record.py`."""

from broadsheet.stories.record import *  # noqa: F403
