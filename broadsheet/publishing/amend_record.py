"""Takes something of a version back from the public part of the record; the record itself is never changed."""

from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.changes.append_change import append_change
from broadsheet.kit import clock
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.pages.cache_keys import page_key
from broadsheet.pages.models import BasePage
from broadsheet.stories.cache_keys import CORRECTIONS
from broadsheet.stories.models import AmendmentKind, PublishedVersion, RecordAmendment
from broadsheet.stories.taken_down import is_taken_down, stand_in_title


class AlreadyAmendedError(Exception):
    """This has been withdrawn or withheld before."""


def amend_record(
    *, kind: AmendmentKind, version: PublishedVersion, user: User, reason: str, log_as: str
) -> RecordAmendment:
    """Add an amendment to a version of a story or page, log it, and let followers know; `reason` is told to readers.

    Words that are withheld are gone from every copy at once (a hard change). Raises AlreadyAmendedError and ValueError.
    """
    if not reason.strip():
        raise ValueError("Readers are told why something was taken back.")
    with write_transaction():
        if RecordAmendment.objects.filter(kind=kind, version=version).exists():
            raise AlreadyAmendedError
        amendment = RecordAmendment.objects.create(
            kind=kind, version=version, reason=reason.strip(), at=clock.now(), by_id=user.pk, by_name=str(user)[:200]
        )
        page = BasePage.objects.filter(pk=version.object_id).first()
        if page is not None:
            title = stand_in_title(page.pk) if is_taken_down(page.pk) else page.title
            log(instance=page.specific, action=log_as, user=user, title=title, data={"version": version.number})
        keys = {page_key(version.object_id), CORRECTIONS}
        append_change(keys=keys, hard=kind == AmendmentKind.WORDS_WITHHELD)
    return amendment
