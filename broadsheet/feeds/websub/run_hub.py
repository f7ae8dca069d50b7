"""Runs the hub, or tells another's, until told to stop: one process of the whole paper at a time."""

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from broadsheet.changes.await_news import News
from broadsheet.changes.take_turn import end_turn, take_turn
from broadsheet.delivery.render_page import DatabaseAwayError, Renderer
from broadsheet.feeds.models import HubRequest
from broadsheet.feeds.websub.render_feeds import FOLLOWER, follow_log, render_due_feeds
from broadsheet.feeds.websub.send_feeds import send_due_feeds
from broadsheet.feeds.websub.tell_hub import HubAwayError, tell_hub
from broadsheet.feeds.websub.verify_requests import verify_requests
from broadsheet.kit.memory import Memory

TURN_SECONDS = 60.0
"""Longer than any part of a step takes; so long nobody sends when the node that did has died."""
HEAR_SECONDS = 0.5
LOOK_SECONDS = 2.0
"""How often it is looked whether anything waits of which the log does not tell."""
AWAY_SECONDS = 5.0
logger = logging.getLogger(__name__)


def run_hub(*, is_stopped: Callable[[], bool]) -> None:
    """Do what there is to do, again and again; an outage is waited for."""
    holder, news, renderer = secrets.token_hex(8), News(), Renderer(Memory())
    try:
        while not is_stopped():
            _wait(_step_through_outages(holder, renderer), is_stopped, news)
    finally:
        news.close()
        with suppress(DatabaseError):
            end_turn(follower=FOLLOWER, holder=holder)


def _step_through_outages(holder: str, renderer: Renderer) -> float:
    """Do the next thing, if it is this process's turn; return for how long there is nothing more to do."""
    is_ours = partial(take_turn, follower=FOLLOWER, holder=holder, seconds=TURN_SECONDS)
    try:
        if not is_ours():
            return AWAY_SECONDS
        return 0.0 if step(renderer, is_ours) else LOOK_SECONDS
    except HubAwayError as error:
        logger.warning("The hub was not told of changed feeds; again in %.0f s: %s", AWAY_SECONDS, error)
    except (DatabaseError, DatabaseAwayError) as error:
        connection.close()
        logger.warning("No feed is sent while the database is away (%s)", type(error).__name__)
    return AWAY_SECONDS


def step(renderer: Renderer, is_ours: Callable[[], bool] = lambda: True) -> int:
    """Do a part of what waits; return how much that was, 0 when nothing waits. Before each thing the turn is renewed;
    whoever has lost it does no more."""
    if settings.WEBSUB_HUB:
        HubRequest.objects.all().delete()
        return tell_hub()
    parts = (follow_log, partial(render_due_feeds, renderer), verify_requests, send_due_feeds)
    return sum(part() for part in parts if is_ours())


def _wait(seconds: float, is_stopped: Callable[[], bool], news: News) -> None:
    deadline = time.monotonic() + seconds
    while not is_stopped() and (left := deadline - time.monotonic()) > 0:
        if news.wait(min(HEAR_SECONDS, left)):
            return
