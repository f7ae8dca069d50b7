"""Withholds the words of an earlier version from the public record; a tombstone with the reason stays in its place."""

from broadsheet.accounts.models import User
from broadsheet.publishing.amend_record import amend_record
from broadsheet.publishing.log_acts import WITHHELD_WORDS
from broadsheet.publishing.record_act import last_version
from broadsheet.stories.models import AmendmentKind, PublishedVersion, RecordAmendment


class StillPublicError(Exception):
    """Readers see these words in the story itself: first it is changed, then its earlier words are withheld."""


def withhold_words(*, version: PublishedVersion, user: User, reason: str) -> RecordAmendment:
    """Have readers no longer find the words of a version in the story's public history, and why.

    Raises StillPublicError for the version that is public now, AlreadyAmendedError, and ValueError without a reason.
    """
    last = last_version(version.kind, version.object_id)
    if last is not None and last.content and last.digest == version.digest:
        raise StillPublicError
    return amend_record(
        kind=AmendmentKind.WORDS_WITHHELD, version=version, user=user, reason=reason, log_as=WITHHELD_WORDS
    )
