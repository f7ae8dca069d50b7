"""Asks back whether what was asked of the hub was meant, and then does it (WebSub, 5.3)."""

import datetime as dt
import secrets
from hmac import compare_digest
from urllib.parse import urlencode

from django.db import transaction

from broadsheet.feeds.models import HubRequest, HubTopic, Subscription
from broadsheet.feeds.websub.together import together
from broadsheet.kit import clock
from broadsheet.kit.outbound.ask import OutboundFailedError, OutboundRefusedError, ask
from broadsheet.masthead.head_metadata import absolute

AT_ONCE = 16


def verify_requests() -> int:
    """Ask back about the oldest requests, and do those that were meant; return how many there were."""
    requests = list(HubRequest.objects.order_by("pk")[:AT_ONCE])
    for request, is_meant in zip(requests, together(_is_meant, requests), strict=True):
        with transaction.atomic():
            if is_meant:
                _do(request)
            HubRequest.objects.filter(pk=request.pk).delete()
    return len(requests)


def _is_meant(request: HubRequest) -> bool:
    """Tell whether whoever stands at the callback wants it: whether he sends back what we have just made up."""
    challenge = secrets.token_urlsafe(32)
    query = {"hub.mode": request.mode, "hub.topic": absolute(request.topic), "hub.challenge": challenge}
    if request.mode == "subscribe":
        query["hub.lease_seconds"] = str(request.lease_seconds)
    joint = "&" if "?" in request.callback else "?"
    try:
        answer = ask("GET", f"{request.callback}{joint}{urlencode(query)}")
    except (OutboundFailedError, OutboundRefusedError):
        return False
    return answer.status // 100 == 2 and compare_digest(answer.body.strip(), challenge.encode())


def _do(request: HubRequest) -> None:
    if request.mode == "unsubscribe":
        Subscription.objects.filter(topic__path=request.topic, callback=request.callback).delete()
        HubTopic.objects.filter(path=request.topic, subscriptions=None).delete()
        return
    topic, _ = HubTopic.objects.get_or_create(path=request.topic)
    ends_at = clock.now() + dt.timedelta(seconds=request.lease_seconds)
    Subscription.objects.update_or_create(
        topic=topic,
        callback=request.callback,
        defaults={"host": request.host, "secret": request.secret, "ends_at": ends_at, "failures": 0},
    )
