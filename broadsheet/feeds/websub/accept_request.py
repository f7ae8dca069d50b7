"""Takes down what somebody asks of the hub; nothing is done before it was asked back whether it was meant."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve

from broadsheet.feeds.models import HubRequest, Subscription
from broadsheet.kit import clock
from broadsheet.kit.outbound.ask import OutboundRefusedError, check_address

MODES = {"subscribe", "unsubscribe"}
FEEDS = {"feed", "section_feed", "topic_feed", "contributor_feed"}
"""Views whose pages can be subscribed to."""
DAY_SECONDS = 24 * 3600
USUAL_LEASE_SECONDS, LONGEST_LEASE_SECONDS, SHORTEST_LEASE_SECONDS = 10 * DAY_SECONDS, 30 * DAY_SECONDS, 3600
MOST_WAITING, MOST_WAITING_OF_A_HOST = 500, 20
MOST_SUBSCRIPTIONS, MOST_OF_A_HOST = 20_000, 2_000
"""So that nobody can have us ask one machine again and again, or fill the database."""


class NotUnderstoodError(Exception):
    """The request is no request of WebSub's, or about something that is not ours."""


class TooManyRequestsError(Exception):
    """So much was asked already that more is not taken down."""


@transaction.atomic
def accept_request(*, fields: Mapping[str, str]) -> HubRequest:
    """Take down a request to the hub.

    Raises:
        NotUnderstoodError: see there; what it says may be told to whoever asked.
        TooManyRequestsError: there are too many, of this host or altogether.
    """
    mode, callback, secret = (fields.get(f"hub.{name}", "") for name in ("mode", "callback", "secret"))
    if mode not in MODES:
        raise NotUnderstoodError("hub.mode is neither subscribe nor unsubscribe.")
    path = topic_path(fields.get("hub.topic", ""))
    try:
        check_address(callback)
    except OutboundRefusedError as error:
        raise NotUnderstoodError(f"hub.callback: {error}") from error
    if len(callback) > 1000 or len(secret.encode()) >= 200:
        raise NotUnderstoodError("hub.callback or hub.secret is too long.")
    host = urlsplit(callback).hostname or ""
    _refuse_too_many(host, callback, path)
    return HubRequest.objects.create(
        mode=mode,
        topic=path,
        callback=callback,
        host=host,
        secret=secret,
        lease_seconds=_lease_seconds(fields.get("hub.lease_seconds", "")),
        at=clock.now(),
    )


def topic_path(topic: str) -> str:
    """Return the path of the feed that an address names; raises NotUnderstoodError for what is no feed of ours."""
    path = topic.removeprefix(settings.SITE_URL) if topic.startswith(f"{settings.SITE_URL}/") else ""
    try:
        view_name = resolve(unquote(path)).url_name if path and len(path) <= 500 else None
    except Resolver404:
        view_name = None
    if view_name not in FEEDS:
        raise NotUnderstoodError("hub.topic is no feed of this paper.")
    return path


def _lease_seconds(text: str) -> int:
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else USUAL_LEASE_SECONDS
    return max(SHORTEST_LEASE_SECONDS, min(asked, LONGEST_LEASE_SECONDS))


def _refuse_too_many(host: str, callback: str, path: str) -> None:
    waiting = HubRequest.objects.count(), HubRequest.objects.filter(host=host).count()
    is_known = Subscription.objects.filter(callback=callback, topic__path=path).exists()
    held = Subscription.objects.count(), Subscription.objects.filter(host=host).count()
    if waiting[0] >= MOST_WAITING or waiting[1] >= MOST_WAITING_OF_A_HOST:
        raise TooManyRequestsError
    if not is_known and (held[0] >= MOST_SUBSCRIPTIONS or held[1] >= MOST_OF_A_HOST):
        raise TooManyRequestsError
