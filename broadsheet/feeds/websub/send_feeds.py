"""Sends feeds that have changed to those who subscribe to them, signed (WebSub, 7)."""

import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from http import HTTPStatus

from broadsheet.changes.follow_changes import follow_changes
from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.changes.selectors import newest_seq
from broadsheet.delivery.addresses import linked_name
from broadsheet.delivery.render_page import Renderer, RenderFailedError
from broadsheet.feeds.models import HubTopic, Subscription
from broadsheet.feeds.websub.hub_address import link_header
from broadsheet.feeds.websub.together import together
from broadsheet.kit import clock
from broadsheet.kit.outbound.ask import OutboundFailedError, OutboundRefusedError, ask
from broadsheet.masthead.head_metadata import absolute

FOLLOWER = "websub"
AT_ONCE = 50
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 10, 3600
MOST_FAILURES = 12
"""In a row; after about eight hours whoever does not answer is left alone until the feed changes again."""


def follow_log() -> int:
    """Note which subscribed feeds may have changed since the last time; return how many changes there were."""
    begun()
    return follow_changes(follower=FOLLOWER, follow=_note_changes)


def begun() -> FollowerPosition:
    """Return how far the log is followed; the first time from now on, as nobody has subscribed to what was."""
    position, _ = FollowerPosition.objects.get_or_create(follower=FOLLOWER, defaults={"seq": newest_seq()})
    return position


def _note_changes(changes: Sequence[Change]) -> None:
    touched = {key for change in changes for key in change.keys}
    for topic in HubTopic.objects.filter(is_due=False).defer("body"):
        if touched & set(topic.keys):
            HubTopic.objects.filter(pk=topic.pk).update(is_due=True)


def render_due_feeds(renderer: Renderer) -> int:
    """Make anew the feeds that may have changed, and have those sent that have; return how many were looked at."""
    due = list(HubTopic.objects.filter(is_due=True)[:AT_ONCE])
    for topic in due:
        HubTopic.objects.filter(pk=topic.pk).update(is_due=False)  # before it is read: what changes then is noted again
        try:
            page = renderer.render(linked_name(topic.path) or topic.path)
        except RenderFailedError:
            HubTopic.objects.filter(pk=topic.pk).update(is_due=True)
            continue
        is_new = not topic.content_type
        has_changed = page.status == HTTPStatus.OK and page.body != bytes(topic.body)
        body = page.body if page.status == HTTPStatus.OK else topic.body
        HubTopic.objects.filter(pk=topic.pk).update(
            keys=sorted(page.keys), body=body, content_type=page.content_type or topic.content_type
        )
        if has_changed and not is_new:
            topic.subscriptions.update(send_at=clock.now(), failures=0)
    return len(due)


def send_due_feeds() -> int:
    """Send what is due to be sent; return to how many it was tried."""
    now = clock.now()
    Subscription.objects.filter(ends_at__lte=now).delete()
    HubTopic.objects.filter(subscriptions=None).delete()
    due = list(Subscription.objects.filter(send_at__lte=now).select_related("topic").order_by("send_at")[:AT_ONCE])
    for subscription, status in zip(due, together(_send, due), strict=True):
        _note_outcome(subscription, status)
    return len(due)


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
    """Note what came of it, unless the feed has changed again meanwhile: then it is sent again."""
    if status == HTTPStatus.GONE:
        subscription.delete()
        return
    same = Subscription.objects.filter(pk=subscription.pk, send_at=subscription.send_at)
    if status // 100 == 2:
        same.update(send_at=None, failures=0)
        return
    failures = subscription.failures + 1
    pause_seconds = min(FIRST_PAUSE_SECONDS * 2**subscription.failures, LONGEST_PAUSE_SECONDS)
    again_at = clock.now() + dt.timedelta(seconds=pause_seconds) if failures < MOST_FAILURES else None
    same.update(send_at=again_at, failures=failures)
