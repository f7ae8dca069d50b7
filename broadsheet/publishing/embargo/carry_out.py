"""Does one planned thing in a transaction of its own, if it is still planned and nobody else is at it."""

import enum

from django.db.models import Model
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Revision

from broadsheet.kit.fail_points import reach
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.pages.models import BasePage
from broadsheet.publishing.embargo.failures import forget_failure
from broadsheet.publishing.embargo.first_publication import FirstPublication
from broadsheet.publishing.embargo.planned import Planned
from broadsheet.publishing.hindrances import refuse_hindered
from broadsheet.publishing.models import PlannedAct
from broadsheet.publishing.occasion import Occasion, on_occasion
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.publishing.selectors import who_scheduled
from broadsheet.stories.models import RecordedKind, Source

LOGGED_PUBLICATION = "wagtail.publish.scheduled"
LOGGED_EXPIRY = "wagtail.unpublish.scheduled"


class Outcome(enum.Enum):
    """How an attempt ended, when it did not fail."""

    DONE = "done"
    BUSY = "busy"
    """Someone holds the page: an editor who is just saving it, or another clock. Worth another look soon."""
    NOT_PLANNED = "not planned"
    """Cancelled, moved, or done by someone else."""


def carry_out(*, planned: Planned, prepared: FirstPublication | None = None) -> Outcome:
    """Publish what is due, or take off what has come to its end, wholly or not at all.

    The plan is read again inside the transaction, with the page locked: whoever moves or cancels it in the last moment
    is either before this transaction, and it does nothing, or after it, and finds the thing done. Raises whatever
    makes it fail; then nothing has changed.
    """
    with write_transaction():
        if planned.act == PlannedAct.PUBLISH and planned.kind == RecordedKind.STORY:
            refuse_hindered(planned.object_id)
        went_live = prepared is not None and prepared.go_live()
        outcome = Outcome.DONE if went_live else _in_the_usual_way(planned)
        if outcome is Outcome.DONE:
            if planned.has_failed:
                forget_failure(planned=planned)
            reach("clock.before_commit")
    if outcome is Outcome.DONE:
        reach("clock.committed")
    return outcome


def _in_the_usual_way(planned: Planned) -> Outcome:
    publishes = planned.act == PlannedAct.PUBLISH
    outcome = _claim_version(planned) if publishes else _claim_ending(planned)
    if outcome is Outcome.DONE:
        reach("clock.claimed")
        if publishes:
            _publish(planned)
        else:
            _take_off(planned)
    return outcome


def _claim_version(planned: Planned) -> Outcome:
    """Lock the object, then the version: the order in which editors' requests lock them."""
    version = Revision.objects.filter(pk=planned.revision_id).defer("content").first()
    if version is None:
        return Outcome.NOT_PLANNED
    if not _is_free(version.base_content_type.model_class(), planned.object_id):
        return Outcome.BUSY
    due = Revision.objects.filter(pk=version.pk, approved_go_live_at=planned.due_at)
    claimed = due.select_for_update(skip_locked=True).values_list("pk")
    return Outcome.DONE if claimed else Outcome.NOT_PLANNED


def _claim_ending(planned: Planned) -> Outcome:
    if not _is_free(BasePage, planned.object_id):
        return Outcome.BUSY
    ending = BasePage.objects.filter(pk=planned.object_id, live=True, expire_at=planned.due_at)
    return Outcome.DONE if ending.exists() else Outcome.NOT_PLANNED


def _is_free(model: type[Model], pk: int) -> bool:
    """Lock a row unless someone else has; on SQLite the transaction has locked everything already."""
    return bool(model._base_manager.select_for_update(skip_locked=True).filter(pk=pk).values_list("pk"))


def _publish(planned: Planned) -> None:
    version = Revision.objects.get(pk=planned.revision_id)
    by = who_scheduled(version.pk)
    occasion = Occasion(by=by, source=Source.CLOCK)
    publish_revision(revision=version, user=by, occasion=occasion, log_action=LOGGED_PUBLICATION)


def _take_off(planned: Planned) -> None:
    """Unpublish a page at its end, as `unpublish_story` does; nobody's hand does it."""
    page = BasePage.objects.get(pk=planned.object_id).specific
    with on_occasion(Occasion(source=Source.CLOCK)):
        UnpublishPageAction(page, set_expired=True, log_action=LOGGED_EXPIRY).execute(skip_permission_checks=True)
