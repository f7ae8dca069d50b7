"""The command, who runs it, and that of several one purges."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import DateTimeField, ExpressionWrapper, F
from pytest_django import Settings

from broadsheet.changes.append_change import append_change
from broadsheet.changes.models import FollowerTurn
from broadsheet.changes.selectors import newest_seq
from broadsheet.delivery.cdn.configured_cdn import cdn_from
from broadsheet.delivery.cdn.follow_purges import follow_purges
from broadsheet.delivery.cdn.only_purger import KEEP_SECONDS, TURN_SECONDS, OnlyPurger
from broadsheet.delivery.cdn.purge_changes import LOG_SEEN
from broadsheet.delivery.checks import cdn_can_be_told
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.tests.cdn.conftest import Clock, Played
from broadsheet.ops import generation


def time_passes(seconds: float, clock: Clock) -> None:
    """Let it be later, by the clock of the processes and, seen from there, by that of the database."""
    clock.now += seconds
    earlier = ExpressionWrapper(F("until") - dt.timedelta(seconds=seconds), output_field=DateTimeField())
    FollowerTurn.objects.update(until=earlier)


@pytest.fixture
def cdn_settings(settings: Settings, api: Played) -> Settings:
    settings.CDN_URL, settings.CDN_TOKEN = f"fastly://S?api={api.address}", "sesame"
    return settings


@pytest.mark.django_db
def test_of_two_purgers_one_purges(tmp_path: Path) -> None:
    """Both ask on one connection, as a pooler has it."""
    one, other = OnlyPurger(folder=tmp_path), OnlyPurger(folder=tmp_path)
    assert one.is_us()
    assert not other.is_us()
    assert one.is_us()

    one.end()

    assert other.is_us()
    assert not one.is_us()
    other.end()


@pytest.mark.django_db
@pytest.mark.postgresql
def test_the_other_takes_over_when_the_first_has_died(tmp_path: Path) -> None:
    clock = Clock()
    died, other = OnlyPurger(folder=tmp_path, clock=clock), OnlyPurger(folder=tmp_path, clock=clock)
    assert died.is_us()
    time_passes(TURN_SECONDS - 1, clock)
    assert not other.is_us()

    time_passes(2, clock)

    assert other.is_us()
    assert not died.is_us()


@pytest.mark.django_db
@pytest.mark.postgresql
def test_who_goes_on_purging_keeps_the_turn(tmp_path: Path) -> None:
    clock = Clock()
    one, other = OnlyPurger(folder=tmp_path, clock=clock), OnlyPurger(folder=tmp_path, clock=clock)

    for _ in range(10):
        assert one.is_us()
        assert not other.is_us()
        time_passes(KEEP_SECONDS, clock)


@pytest.mark.django_db
def test_who_stops_leaves_the_turn_to_others_and_who_stands_by_watches_the_log(
    settings: Settings, store: PageStore, api: Played, tmp_path: Path
) -> None:
    cdn = cdn_from(f"fastly://S?api={api.address}", token="sesame")
    settings.BROADSHEET_DATA = tmp_path
    append_change(keys=["nav"])
    other, looks = OnlyPurger(folder=tmp_path), iter([False, True, True])
    assert other.is_us()

    follow_purges(store=store, cdn=cdn, is_stopped=lambda: next(looks))
    assert api.calls == []
    assert store.fact(LOG_SEEN) == newest_seq()

    other.end()
    looks = iter([False, True, True])
    follow_purges(store=store, cdn=cdn, is_stopped=lambda: next(looks))
    assert other.is_us()
    other.end()


def test_keys_are_purged_by_hand_with_their_buckets(cdn_settings: Settings, api: Played) -> None:
    call_command("cdn", "purge", "c:17", "--hard")
    call_command("cdn", "purge")

    assert api.keys == [{"c:17", "b:c:10"}, {"all"}]
    assert [call.hard for call in api.calls] == [True, False]


def test_a_purge_that_failed_says_so(cdn_settings: Settings, api: Played) -> None:
    api.status = 403
    with pytest.raises(CommandError, match="answers 403"):
        call_command("cdn", "purge", "nav")


def test_without_a_cdn_the_command_says_what_to_set() -> None:
    with pytest.raises(CommandError, match="CDN_URL"):
        call_command("cdn", "follow")


def test_check_refuses_a_cdn_that_could_not_be_told(settings: Settings) -> None:
    assert cdn_can_be_told() == []
    settings.CDN_URL = "fastly://S"
    assert [error.id for error in cdn_can_be_told()] == ["broadsheet.E010"]


@pytest.mark.parametrize(("url", "runs"), [("", False), ("varnish://127.0.0.1:6081", True)])
def test_serve_runs_the_purger_where_there_is_a_cdn(settings: Settings, url: str, runs: bool) -> None:
    settings.CDN_URL = url
    assert (generation.CDN in generation.commands()) is runs
