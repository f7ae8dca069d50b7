"""Hands sources whose time has come to the tasks worker. Every look is safe to repeat, on any number of nodes."""

import datetime as dt

from broadsheet.kit import clock
from broadsheet.wire.models import WireSource
from broadsheet.wire.tasks import fetch_source_task

HANDED_OVER = dt.timedelta(minutes=10)
"""How long a source waits for the tasks worker before it is handed over once more."""


def ask_due_sources() -> int:
    """Enqueue a fetch for each source that is on and due; return how many."""
    asked = 0
    for source_id, due_at in WireSource.objects.filter(is_on=True, due_at__lte=clock.now()).values_list("pk", "due_at"):
        mine = WireSource.objects.filter(pk=source_id, due_at=due_at, is_on=True)
        if mine.update(due_at=clock.now() + HANDED_OVER):
            fetch_source_task.enqueue(source_id)
            asked += 1
    return asked


def ask_now(*, source: WireSource) -> None:
    """Have a source asked as soon as the tasks worker is free, whatever its interval."""
    WireSource.objects.filter(pk=source.pk).update(due_at=clock.now() + HANDED_OVER)
    fetch_source_task.enqueue(source.pk)
