"""Sends what the tasks worker left in the outbox: what is to be tried again, and what a dead process was sending."""

import datetime as dt
import logging

from broadsheet.kit import clock
from broadsheet.newsdesk.notifications.models import OutgoingMail
from broadsheet.newsdesk.notifications.send_outgoing_mail import send_outgoing_mail

MINUTES_TO_SEND = 10
"""A mail that was claimed longer ago was being sent by a process that died."""
MAILS_AT_ONCE = 100
logger = logging.getLogger(__name__)


def send_waiting_mail() -> int:
    """Send the mails whose time has come; return how many were looked at."""
    long_ago = clock.now() - dt.timedelta(minutes=MINUTES_TO_SEND)
    unsure = OutgoingMail.objects.filter(status=OutgoingMail.Status.CLAIMED, claimed_at__lt=long_ago).update(
        status=OutgoingMail.Status.UNSURE, error="The process that was sending it ended."
    )
    if unsure:
        logger.warning("%s mails may or may not have been sent before a process ended", unsure)
    waiting = OutgoingMail.objects.filter(status=OutgoingMail.Status.WAITING, try_after__lte=clock.now())
    mails = list(waiting.order_by("try_after")[:MAILS_AT_ONCE])
    for mail in mails:
        send_outgoing_mail(mail=mail)
    return len(mails)
