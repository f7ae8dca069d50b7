"""Withdraws a note to readers from the public record; a tombstone with the reason stays in its place."""

from broadsheet.accounts.models import User
from broadsheet.publishing.amend_record import amend_record
from broadsheet.publishing.log_acts import WITHDREW_NOTE
from broadsheet.stories.models import AmendmentKind, PublishedVersion, RecordAmendment


class NoNoteError(Exception):
    """There is no note at this version to withdraw."""


def withdraw_note(*, version: PublishedVersion, user: User, reason: str) -> RecordAmendment:
    """Have readers no longer see the note of a version, on the story and on the page of corrections, and why.

    Raises NoNoteError, AlreadyAmendedError, and ValueError without a reason.
    """
    if not version.note:
        raise NoNoteError
    return amend_record(
        kind=AmendmentKind.NOTE_WITHDRAWN, version=version, user=user, reason=reason, log_as=WITHDREW_NOTE
    )
