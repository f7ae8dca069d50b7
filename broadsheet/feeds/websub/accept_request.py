"""Takes down what somebody asks of the hub; nothing is done before it was asked back whether it was meant."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.db import transaction

from broadsheet.feeds.models import HubRequest, HubTopic, Subscription
from broadsheet.feeds.websub.hub_topics import topic_path
from broadsheet.kit import clock
from broadsheet.kit.outbound.ask import OutboundRefusedError, check_address

MODES = {"subscribe", "unsubscribe"}
DAY_SECONDS = 24 * 3600
USUAL_LEASE_SECONDS, LONGEST_LEASE_SECONDS, SHORTEST_LEASE_SECONDS = 10 * DAY_SECONDS, 30 * DAY_SECONDS, 3600
MOST_WAITING, MOST_WAITING_OF_A_HOST = 500, 20
MOST_SUBSCRIPTIONS, MOST_OF_A_HOST, MOST_TOPICS = 20_000, 2_000, 1_000
"""So that nobody can have us ask one machine again and again, or fill the database."""


class NotUnderstoodError(Exception):
    """The request is no request of WebSub's, or about something that is not ours."""


class TooManyRequestsError(Exception):
    """So much was asked already that more is not taken down."""


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
    if path is None:
        raise NotUnderstoodError("hub.topic is no feed of this paper.")
    try:
        check_address(callback)
    except OutboundRefusedError as error:
        raise NotUnderstoodError(f"hub.callback: {error}") from error
    if len(callback) > 1000 or len(secret.encode()) >= 200:
        raise NotUnderstoodError("hub.callback or hub.secret is too long.")
    if "\0" in secret:
        raise NotUnderstoodError("hub.secret holds a character that cannot be kept.")
    wanted = HubRequest(
        mode=mode,
        topic=path,
        callback=callback,
        host=urlsplit(callback).hostname or "",
        secret=secret,
        lease_seconds=_lease_seconds(fields.get("hub.lease_seconds", "")),
        at=clock.now(),
    )
    with transaction.atomic():
        _refuse_too_many(wanted)
        wanted.save()
    return wanted


def _lease_seconds(text: str) -> int:
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else USUAL_LEASE_SECONDS
    return max(SHORTEST_LEASE_SECONDS, min(asked, LONGEST_LEASE_SECONDS))


def _refuse_too_many(wanted: HubRequest) -> None:
    of_host = {"host": wanted.host}
    waiting = HubRequest.objects.count(), HubRequest.objects.filter(**of_host).count()
    if waiting[0] >= MOST_WAITING or waiting[1] >= MOST_WAITING_OF_A_HOST:
        raise TooManyRequestsError
    if Subscription.objects.filter(callback=wanted.callback, topic__path=wanted.topic).exists():
        return
    held = Subscription.objects.count(), Subscription.objects.filter(**of_host).count()
    if held[0] >= MOST_SUBSCRIPTIONS or held[1] >= MOST_OF_A_HOST:
        raise TooManyRequestsError
    if HubTopic.objects.count() >= MOST_TOPICS and not HubTopic.objects.filter(path=wanted.topic).exists():
        raise TooManyRequestsError
