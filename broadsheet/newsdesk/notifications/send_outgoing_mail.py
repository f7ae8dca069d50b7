"""Hands one mail of the outbox to the mail server, at most once."""

import contextlib
import datetime as dt
import logging
import smtplib

from django.core.mail import EmailMessage, get_connection
from django.db.models import F

from broadsheet.kit import clock
from broadsheet.kit.fail_points import reach
from broadsheet.newsdesk.notifications.models import OutgoingMail

MINUTES_BEFORE_TRY = (1, 5, 15, 60, 240)
"""Waits after a server that said "not now" or did not answer; after the last one the mail has failed."""
NOT_TAKEN = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError,
)
"""Answers by which a server says that it has not taken a mail."""
logger = logging.getLogger(__name__)
Status = OutgoingMail.Status


def send_outgoing_mail(*, mail: OutgoingMail) -> None:
    """Claim a mail, send it, and mark it as sent: each step is committed before the next.

    A mail that somebody else has claimed is left to them. One that the server refused for now is tried again later;
    one of which nobody can know whether the server took it becomes unsure, and is not sent twice.
    """
    if not _claim(mail):
        return
    reach("mail.claimed")
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _try_later(mail, error)
        return
    try:
        message = EmailMessage(mail.subject, mail.body, None, [mail.to], connection=connection)
        message.extra_headers = {"Auto-Submitted": "auto-generated"}
        message.send()
    except ValueError as error:  # an address or a subject that is none; nothing was said to the server
        _fail(mail, error)
    except NOT_TAKEN as error:
        _refused(mail, error)
    except (OSError, smtplib.SMTPException) as error:
        _set(mail, status=Status.UNSURE, error=_words(error))
        logger.warning("Mail %s may or may not have been sent: %s", mail.pk, _words(error))
    else:
        reach("mail.sent")
        _set(mail, status=Status.SENT, sent_at=clock.now(), error="")
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.close()


def _claim(mail: OutgoingMail) -> bool:
    now = clock.now()
    claimed = OutgoingMail.objects.filter(pk=mail.pk, status=Status.WAITING, try_after__lte=now).update(
        status=Status.CLAIMED, claimed_at=now, tries=F("tries") + 1
    )
    mail.refresh_from_db()
    return bool(claimed)


def _refused(mail: OutgoingMail, error: Exception) -> None:
    codes = [getattr(error, "smtp_code", 0)]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    if any(500 <= code < 600 for code in codes):
        _fail(mail, error)
        return
    _try_later(mail, error)


def _try_later(mail: OutgoingMail, error: Exception) -> None:
    """Leave a mail that was certainly not taken for another try, or give it up."""
    if mail.tries > len(MINUTES_BEFORE_TRY):
        _fail(mail, error)
        return
    wait = dt.timedelta(minutes=MINUTES_BEFORE_TRY[mail.tries - 1])
    _set(mail, status=Status.WAITING, try_after=clock.now() + wait, error=_words(error))


def _fail(mail: OutgoingMail, error: Exception) -> None:
    _set(mail, status=Status.FAILED, error=_words(error))
    logger.warning("Mail %s cannot be sent (tries: %s): %s", mail.pk, mail.tries, _words(error))


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _set(mail: OutgoingMail, **fields: object) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
