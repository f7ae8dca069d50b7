"""Sends feeds that have changed to those who subscribe to them, signed (WebSub, 7)."""

import hashlib
import hmac
from http import HTTPStatus

from django.db.models import Window
from django.db.models.functions import RowNumber

from broadsheet.feeds.models import HubTopic, Subscription
from broadsheet.feeds.websub.pauses import MOST_FAILURES, pause_after
from broadsheet.feeds.websub.together import together
from broadsheet.kit import clock
from broadsheet.kit.outbound.ask import OutboundFailedError, OutboundRefusedError, ask
from broadsheet.masthead.head_metadata import absolute
from broadsheet.masthead.hub_address import link_header

AT_ONCE = 32
AT_ONCE_TO_A_HOST = 4
"""So that a host that answers nothing, or slowly, holds up only itself."""
BEST_FIRST = ("failures", "send_at")
"""Who has always answered does not wait for those who never do."""


def send_due_feeds() -> int:
    """Send what is due to be sent; return to how many it was tried."""
    now = clock.now()
    Subscription.objects.filter(ends_at__lte=now).delete()
    HubTopic.objects.filter(subscriptions=None).delete()
    due = Subscription.objects.filter(send_at__lte=now, topic__as_of__isnull=False).select_related("topic")
    place = Window(RowNumber(), partition_by="host", order_by=BEST_FIRST)
    chosen = due.annotate(place=place).filter(place__lte=AT_ONCE_TO_A_HOST).order_by(*BEST_FIRST)
    subscriptions = list(chosen[:AT_ONCE])
    for subscription, status in zip(subscriptions, together(_send, subscriptions), strict=True):
        _note_outcome(subscription, status)
    return len(subscriptions)


def _send(subscription: Subscription) -> int:
    """Send the feed; return the answer's status, 0 when there was none."""
    topic = subscription.topic
    body = bytes(topic.body)
    headers = {"Content-Type": topic.content_type, "Link": link_header(absolute(topic.path))}
    if subscription.secret:
        signature = hmac.new(subscription.secret.encode(), body, hashlib.sha256).hexdigest()
        headers["X-Hub-Signature"] = f"sha256={signature}"
    try:
        return ask("POST", subscription.callback, headers=headers, body=body).status
    except (OutboundFailedError, OutboundRefusedError):
        return 0


def _note_outcome(subscription: Subscription, status: int) -> None:
    """Note what came of it, unless the feed has changed again meanwhile: then it is sent again.

    Whoever has failed too often is left alone until the feed changes; even then he is asked once, and within the hour.
    """
    if status == HTTPStatus.GONE:
        subscription.delete()
        return
    same = Subscription.objects.filter(pk=subscription.pk, send_at=subscription.send_at)
    if status // 100 == 2:
        same.update(send_at=None, failures=0)
        return
    failures = min(subscription.failures + 1, MOST_FAILURES)
    again_at = clock.now() + pause_after(failures) if failures < MOST_FAILURES else None
    same.update(send_at=again_at, failures=failures)
