"""What was due and could not be done: kept for the embargo board, and for the next attempt."""

import logging

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from wagtail.models import Revision

from broadsheet.kit import clock
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.pages.models import BasePage
from broadsheet.publishing.embargo.planned import Planned
from broadsheet.publishing.models import FailedPublication, PlannedAct
from broadsheet.publishing.record_act import NoteMissingError

LONGEST_SENTENCE = 1000
logger = logging.getLogger(__name__)


def note_failure(*, planned: Planned, error: Exception) -> FailedPublication:
    """Keep that something due could not be done, why, and when it is tried again."""
    now = clock.now()
    with write_transaction():
        failure, _made = FailedPublication.objects.select_for_update().get_or_create(
            act=planned.act,
            kind=planned.kind,
            object_id=planned.object_id,
            defaults={"due_at": planned.due_at, "first_failed_at": now, "last_failed_at": now, "next_attempt_at": now},
        )
        if (failure.revision_id, failure.due_at) != (planned.revision_id, planned.due_at):
            failure.revision_id, failure.due_at = planned.revision_id, planned.due_at
            failure.attempts, failure.first_failed_at = 0, now
        failure.note(sentence_of(error))
        failure.save()
    logger.error(
        "Not done when due: %s of %s; attempt %s, the next at %s. %s",
        failure.act,
        planned,
        failure.attempts,
        failure.next_attempt_at.isoformat(timespec="seconds"),
        failure.error,
        exc_info=None if isinstance(error, (ValidationError, NoteMissingError)) else error,
    )
    return failure


def forget_failure(*, planned: Planned) -> None:
    """Drop what was kept of earlier attempts at something that is now done."""
    FailedPublication.objects.filter(act=planned.act, kind=planned.kind, object_id=planned.object_id).delete()


def forget_outdated_failures() -> None:
    """Drop failures of plans that no longer stand: cancelled, moved, replaced, or done by someone else."""
    for failure in FailedPublication.objects.all():
        if not _still_planned(failure):
            failure.delete()


def sentence_of(error: Exception) -> str:
    """Return what went wrong, as a sentence for editors."""
    if isinstance(error, ValidationError):
        text = " ".join(error.messages)
    elif isinstance(error, NoteMissingError):
        text = str(error)
    elif isinstance(error, IntegrityError):
        text = _("The database refused it: %(error)s") % {"error": error}
    else:
        text = _("An error in the program: %(kind)s: %(error)s") % {"kind": type(error).__name__, "error": error}
    return text[:LONGEST_SENTENCE]


def _still_planned(failure: FailedPublication) -> bool:
    if failure.act == PlannedAct.EXPIRE:
        page = BasePage.objects.filter(pk=failure.object_id, live=True, expire_at=failure.due_at)
        return bool(page.exists())
    waiting = Revision.objects.filter(pk=failure.revision_id, approved_go_live_at=failure.due_at)
    return bool(waiting.exists())
