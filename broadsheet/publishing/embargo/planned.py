"""What is planned: versions that wait for their moment, and public pages with an end."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wagtail.models import Revision

from broadsheet.kit import clock
from broadsheet.pages.models import BasePage
from broadsheet.publishing.models import FailedPublication, PlannedAct
from broadsheet.publishing.selectors import kind_of_model
from broadsheet.stories.models import RecordedKind

MOST_AT_ONCE = 2000
MODELS_THAT_END = frozenset({"story", "informationpage"})


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One thing to be done at one moment; `revision_id` is the version that goes live (for an expiry: none)."""

    act: PlannedAct
    kind: RecordedKind
    object_id: int
    due_at: dt.datetime
    revision_id: int | None = None
    title: str = ""
    has_failed: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} “{self.title}”"

    @property
    def lateness_seconds(self) -> float:
        """How long ago its moment was; negative while it is still to come."""
        return (clock.now() - self.due_at).total_seconds()


def planned_acts(*, until: dt.datetime) -> list[Planned]:
    """Return what is planned up to a moment, soonest first, without what failed and is to be tried again later."""
    failures = {(failure.act, failure.object_id): failure for failure in FailedPublication.objects.all()}
    now = clock.now()
    planned = []
    for one in (*_publications(until), *_expiries(until)):
        failure = failures.get((one.act, one.object_id))
        if failure is None:
            planned.append(one)
        elif failure.due_at != one.due_at or failure.next_attempt_at <= now:
            planned.append(replace(one, has_failed=True))
    return sorted(planned, key=lambda one: one.due_at)[:MOST_AT_ONCE]


def _publications(until: dt.datetime) -> Iterator[Planned]:
    waiting = Revision.objects.filter(approved_go_live_at__lte=until).order_by("approved_go_live_at", "pk")
    columns = ("pk", "object_id", "object_str", "approved_go_live_at", "content_type__model")
    for pk, object_id, title, go_live_at, model in waiting.values_list(*columns):
        yield Planned(
            act=PlannedAct.PUBLISH,
            kind=kind_of_model(model),
            object_id=int(object_id),
            due_at=go_live_at,
            revision_id=pk,
            title=title,
        )


def _expiries(until: dt.datetime) -> Iterator[Planned]:
    # Not by content type: SQLite would then go through all stories instead of the few with an end.
    ending = BasePage.objects.filter(live=True, expire_at__lte=until).order_by("expire_at", "pk")
    for pk, expire_at, title, model in ending.values_list("pk", "expire_at", "title", "content_type__model"):
        if model in MODELS_THAT_END:
            yield Planned(act=PlannedAct.EXPIRE, kind=kind_of_model(model), object_id=pk, due_at=expire_at, title=title)
