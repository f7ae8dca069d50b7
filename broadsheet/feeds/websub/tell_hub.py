"""Tells another's hub which feeds have changed; it fetches and sends them itself (WebSub, 6)."""

import logging
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from broadsheet.bylines.models import Contributor
from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.changes.selectors import changes_after
from broadsheet.feeds.views import FORMATS, feed_path
from broadsheet.feeds.websub.render_feeds import FOLLOWER, begun
from broadsheet.kit.outbound.ask import OutboundFailedError, OutboundRefusedError, ask
from broadsheet.masthead.head_metadata import absolute
from broadsheet.sections.models import Section
from broadsheet.stories.attachments import Byline, StoryTopic
from broadsheet.stories.models import Story
from broadsheet.topics.models import Topic

AT_ONCE = 100
ADDRESSES_AT_ONCE = 500
LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
"""By which a hub says that it would take the same another time."""
logger = logging.getLogger(__name__)


class HubAwayError(Exception):
    """The hub was not told; it will be told again."""


def tell_hub() -> int:
    """Tell the hub of feeds in which anything has changed since the last time; return how many changes there were.

    Raises:
        HubAwayError: it does not answer, or not well. The place in the log is kept then.
    """
    position = begun()
    changes = changes_after(position.seq, limit=AT_ONCE)
    if not changes:
        return 0
    addresses = sorted(_changed_feeds(changes))
    for first in range(0, len(addresses), ADDRESSES_AT_ONCE):
        _tell(addresses[first : first + ADDRESSES_AT_ONCE])
    FollowerPosition.objects.filter(follower=FOLLOWER).update(seq=changes[-1].seq)
    return len(changes)


def _tell(addresses: Iterable[str]) -> None:
    fields = [("hub.mode", "publish"), *(("hub.url", address) for address in addresses)]
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = ask("POST", settings.WEBSUB_HUB, headers=headers, body=urlencode(fields).encode())
    except (OutboundFailedError, OutboundRefusedError) as error:
        raise HubAwayError(str(error)) from error
    if answer.status // 100 == 4 and answer.status not in LATER:
        logger.warning("The hub was told of changed feeds and wants to know nothing of them: %d", answer.status)
    elif answer.status // 100 != 2:
        raise HubAwayError(f"The hub answers {answer.status}.")


def _changed_feeds(changes: Sequence[Change]) -> set[str]:
    """Return the addresses of the feeds in which stories that have changed stand, or stood."""
    keys = [key.split(":") for change in changes for key in change.keys]
    story_ids = _numbers(keys, ["a"])
    stories = Story.objects.filter(pk__in=story_ids).values_list("pk", "section_id")
    sections = {section_id for _, section_id in stories if section_id} | _numbers(keys, ["l", "section"])
    topics = set(StoryTopic.objects.filter(story__in=story_ids).values_list("topic_id", flat=True))
    people = set(Byline.objects.filter(story__in=story_ids).values_list("contributor_id", flat=True))
    places: list[tuple[str, Any, set[int]]] = [
        ("section_feed", Section, sections),
        ("topic_feed", Topic, topics | _numbers(keys, ["l", "topic"])),
        ("contributor_feed", Contributor, people | _numbers(keys, ["l", "by"])),
    ]
    found = {("feed", "")} if stories or ["l", "latest", "0"] in keys else set()
    for view_name, model, ids in places:
        found |= {(view_name, slug) for slug in model.objects.filter(pk__in=ids).values_list("slug", flat=True)}
    slugs = [(view_name, [slug] if slug else []) for view_name, slug in found]
    corrections = {absolute(reverse("corrections_feed"))} if ["l", "corrections", "0"] in keys else set()
    return corrections | {absolute(feed_path(view_name, form, *own)) for view_name, own in slugs for form in FORMATS}


def _numbers(keys: Iterable[list[str]], family: list[str]) -> set[int]:
    return {int(key[-1]) for key in keys if key[:-1] == family and key[-1].isdecimal()}
