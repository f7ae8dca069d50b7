"""Follows the log for the feeds that somebody subscribes to, and makes those anew in which something has changed."""

import datetime as dt
import logging
from http import HTTPStatus

from django.db import transaction
from django.db.models import F, Q

from broadsheet.changes.follow_changes import CHANGES_AT_ONCE
from broadsheet.changes.models import FollowerPosition
from broadsheet.changes.selectors import changes_after, newest_seq
from broadsheet.delivery.addresses import linked_name
from broadsheet.delivery.epoch import present_epoch
from broadsheet.delivery.render_page import DatabaseAwayError, RenderedPage, Renderer, RenderFailedError
from broadsheet.feeds.models import HubTopic
from broadsheet.feeds.websub.hub_topics import topic_path
from broadsheet.feeds.websub.pauses import LONGEST_PAUSE_SECONDS, MOST_FAILURES, pause_after
from broadsheet.kit import clock
from broadsheet.masthead.head_metadata import absolute

FOLLOWER = "websub"
AT_ONCE = 50
MOVED = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
logger = logging.getLogger(__name__)


def follow_log() -> int:
    """Note which subscribed feeds may have changed since the last time; return how many changes there were."""
    changes = changes_after(begun().seq, limit=CHANGES_AT_ONCE)
    if not changes:
        return 0
    touched = {key for change in changes for key in change.keys}
    topics = HubTopic.objects.values_list("pk", "keys")
    due = [pk for pk, keys in topics if not touched.isdisjoint(keys)]  # read before anything is locked
    with transaction.atomic():
        HubTopic.objects.filter(pk__in=due).update(due_seq=changes[-1].seq)
        FollowerPosition.objects.filter(follower=FOLLOWER).update(seq=changes[-1].seq)
    return len(changes)


def begun() -> FollowerPosition:
    """Return how far the log is followed; the first time from now on, as nobody has subscribed to what was."""
    position, _ = FollowerPosition.objects.get_or_create(follower=FOLLOWER, defaults={"seq": newest_seq()})
    return position


def render_due_feeds(renderer: Renderer) -> int:
    """Make anew the feeds that may have changed, and have those sent that have; return how many could be made.

    One that cannot be is tried again later, and holds up no other.
    """
    now = clock.now()
    is_due = Q(as_of=None) | Q(due_seq__gt=F("as_of")) | Q(renew_at__lte=now) | ~Q(epoch=present_epoch())
    is_tried = Q(retry_at=None) | Q(retry_at__lte=now)
    longest_ago_first = F("as_of").asc(nulls_first=True)
    due = HubTopic.objects.filter(is_due, is_tried).order_by(longest_ago_first, "pk")[:AT_ONCE]
    return sum(_render(topic, renderer) for topic in list(due))


def _render(topic: HubTopic, renderer: Renderer) -> bool:
    """Make a feed anew; tell whether it could be."""
    try:
        page = renderer.render(linked_name(topic.path) or topic.path)
    except DatabaseAwayError:
        raise
    except RenderFailedError as error:
        logger.warning("A feed is not sent, and tried again later: %s", error)
        failures = min(topic.failures + 1, MOST_FAILURES)
        HubTopic.objects.filter(pk=topic.pk).update(failures=failures, retry_at=clock.now() + pause_after(failures))
        return False
    location = dict(page.headers).get("Location", "")
    moved_to = topic_path(absolute(location)) if page.status in MOVED else None
    if page.status == HTTPStatus.OK:
        _keep(topic, page)
    elif moved_to is not None and moved_to != topic.path:
        _move(topic, moved_to)
    else:
        topic.delete()  # there is no such feed any more; its subscriptions end with it
    return True


@transaction.atomic
def _keep(topic: HubTopic, page: RenderedPage) -> None:
    """Keep a feed as it is now, and have it sent if it has changed; the first time, everybody has read it himself.

    What has changed since it was rendered has a higher number than `as_of`, so that it stays due, or becomes it.
    """
    HubTopic.objects.filter(pk=topic.pk).update(
        keys=sorted(page.keys),
        body=page.body,
        content_type=page.content_type,
        as_of=page.as_of,
        epoch=present_epoch(),
        renew_at=page.renew_at,
        failures=0,
        retry_at=None,
    )
    if topic.as_of is not None and page.body != bytes(topic.body):
        now = clock.now()
        topic.subscriptions.filter(failures=0).update(send_at=now)
        given_up = topic.subscriptions.filter(failures__gt=0, send_at=None)  # others get what is true when it is time
        given_up.update(send_at=now + dt.timedelta(seconds=LONGEST_PAUSE_SECONDS))


@transaction.atomic
def _move(topic: HubTopic, path: str) -> None:
    """Let those who subscribe to a feed that has gone elsewhere, with a merged topic say, subscribe to that one."""
    present, _ = HubTopic.objects.get_or_create(path=path)
    there_already = present.subscriptions.values("callback")
    topic.subscriptions.exclude(callback__in=there_already).update(topic=present, send_at=clock.now())
    topic.delete()
