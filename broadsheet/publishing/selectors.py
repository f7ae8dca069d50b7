"""Reads of what is planned: for the embargo board, and for whoever asks when something goes live.

    for waiting in waiting_publications():
        waiting.go_live_at, waiting.title, waiting.kind, waiting.scheduled_by, waiting.failure

One row for each version that waits for its moment, or has passed it and could not be published (`failure`), soonest
first. Six queries however many rows.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry, PageLogEntry, Revision
from wagtail.models.audit_log import BaseLogEntry

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.publishing.log_acts import MOVED_EMBARGO
from broadsheet.publishing.models import FailedPublication, PlannedAct
from broadsheet.stories.models import RecordedKind

SCHEDULING = ("wagtail.publish.schedule", MOVED_EMBARGO)


@dataclass(frozen=True, kw_only=True)
class WaitingPublication:
    """A version that goes live at a moment to come, or should have done so and could not."""

    revision_id: int
    kind: RecordedKind
    object_id: int
    """Primary key of the story, the information page or the front."""
    title: str
    """The headline of the waiting version; a front's name."""
    go_live_at: dt.datetime
    is_update: bool
    """Readers see an earlier version until then."""
    scheduled_by: User | None
    """Who planned it; None where a program did."""
    scheduled_at: dt.datetime | None
    failure: FailedPublication | None
    """What went wrong, how often and when it is tried next; None unless it failed."""

    @property
    def is_overdue(self) -> bool:
        """Tell whether its moment has passed."""
        return self.go_live_at <= clock.now()


def waiting_publications(*, until: dt.datetime | None = None) -> list[WaitingPublication]:
    """Return everything that waits for its moment (up to `until`), soonest first, with who planned it."""
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False)
    if until is not None:
        waiting = waiting.filter(approved_go_live_at__lte=until)
    rows = list(
        waiting.select_related("content_type", "base_content_type")
        .defer("content")
        .order_by("approved_go_live_at", "pk")
    )
    plans = _plans(row.pk for row in rows)
    failures = {failure.revision_id: failure for failure in FailedPublication.objects.filter(act=PlannedAct.PUBLISH)}
    public = _public(rows)
    people = User.objects.in_bulk({plan.user_id for plan in plans.values() if plan.user_id})
    return [
        WaitingPublication(
            revision_id=row.pk,
            kind=kind_of_model(row.content_type.model),
            object_id=int(row.object_id),
            title=row.object_str,
            go_live_at=row.approved_go_live_at,
            is_update=(row.base_content_type_id, int(row.object_id)) in public,
            scheduled_by=people.get(plans[row.pk].user_id) if row.pk in plans else None,
            scheduled_at=plans[row.pk].timestamp if row.pk in plans else None,
            failure=_holding(failures.get(row.pk), row),
        )
        for row in rows
    ]


def failed_expiries() -> list[FailedPublication]:
    """Return what should have gone off the site at its expiry and could not, oldest first."""
    return list(FailedPublication.objects.filter(act=PlannedAct.EXPIRE).order_by("due_at", "pk"))


def who_scheduled(revision_id: int) -> User | None:
    """Return who planned the publication of a version, as the newsroom's log tells; None where a program did."""
    plan = _plans([revision_id]).get(revision_id)
    return User.objects.filter(pk=plan.user_id).first() if plan and plan.user_id else None


def kind_of_model(model: str) -> RecordedKind:
    """Return what sort of thing the instances of a model (by its name in lower case) are for the record."""
    return {"story": RecordedKind.STORY, "front": RecordedKind.FRONT}.get(model, RecordedKind.PAGE)


def _plans(revision_ids: Iterable[int]) -> dict[int, BaseLogEntry]:
    """Return the newest entry of the log about the planning of each version."""
    wanted = list(revision_ids)
    plans: dict[int, BaseLogEntry] = {}
    for log in (PageLogEntry, ModelLogEntry):
        for entry in log.objects.filter(action__in=SCHEDULING, revision_id__in=wanted).order_by("timestamp", "pk"):
            plans[entry.revision_id] = entry
    return plans


def _public(rows: Iterable[Revision]) -> set[tuple[int, int]]:
    """Return which of the objects of these versions readers see, by base content type and primary key."""
    objects: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        objects[row.base_content_type_id].add(int(row.object_id))
    public: set[tuple[int, int]] = set()
    for type_id, pks in objects.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        live = model._default_manager.filter(pk__in=pks, live=True).values_list("pk", flat=True) if model else ()
        public |= {(type_id, pk) for pk in live}
    return public


def _holding(failure: FailedPublication | None, row: Revision) -> FailedPublication | None:
    """Return a failure if it is one of the present plan and not of an earlier moment."""
    return failure if failure and failure.due_at == row.approved_go_live_at else None
