"""While the database is away one at a time finds out whether it is back."""

import time

import pytest

from broadsheet.delivery.outage import LONGEST_PAUSE_SECONDS, PAUSES_PER_TRY, SHORTEST_PAUSE_SECONDS, Outage


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", clock.monotonic)
    return clock


@pytest.mark.parametrize(
    ("took_seconds", "pause_seconds"),
    [(0.001, SHORTEST_PAUSE_SECONDS), (2.0, 2.0 * PAUSES_PER_TRY), (20.0, LONGEST_PAUSE_SECONDS)],
)
def test_the_pause_is_in_proportion_to_what_a_try_costs(
    clock: Clock, took_seconds: float, pause_seconds: float
) -> None:
    outage, began_at = Outage(), clock.now
    assert outage.may_try()
    clock.now += took_seconds

    outage.failed(began_at=began_at)

    clock.now += pause_seconds - 0.01
    assert not outage.may_try()
    clock.now += 0.02
    assert outage.may_try()


def test_while_one_tries_the_others_go_on(clock: Clock) -> None:
    outage = Outage()
    outage.failed(began_at=clock.now)
    clock.now += SHORTEST_PAUSE_SECONDS

    assert [outage.may_try() for _ in range(3)] == [True, False, False]


def test_once_it_answers_everybody_may_ask(clock: Clock) -> None:
    outage = Outage()
    outage.failed(began_at=clock.now)

    outage.answered()

    assert outage.may_try()
    assert outage.may_try()


def test_who_began_to_ask_before_it_answered_brings_no_outage_back(clock: Clock) -> None:
    outage, began_at = Outage(), clock.now
    clock.now += 20
    outage.answered()

    outage.failed(began_at=began_at)

    assert outage.may_try()
