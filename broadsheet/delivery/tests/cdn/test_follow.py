"""The command, who runs it, and that of several one purges."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from pytest_django import Settings

from broadsheet.delivery.cdn.only_purger import PURGING_LOCK, OnlyPurger
from broadsheet.delivery.checks import cdn_can_be_told
from broadsheet.delivery.tests.cdn.conftest import Played
from broadsheet.ops import generation


@pytest.fixture
def cdn_settings(settings: Settings, api: Played) -> Settings:
    settings.CDN_URL, settings.CDN_TOKEN = f"fastly://S?api={api.address}", "sesame"
    return settings


@pytest.mark.django_db
def test_of_two_purgers_one_purges(tmp_path: Path) -> None:
    one, other = OnlyPurger(folder=tmp_path), OnlyPurger(folder=tmp_path)
    if connection.vendor == "postgresql":
        elsewhere = connections.create_connection("default")
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [PURGING_LOCK])
            assert not one.is_us()
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PURGING_LOCK])
        elsewhere.close()
        assert one.is_us()
        assert one.is_us()
    else:
        assert one.is_us()
        assert one.is_us()
        assert not other.is_us()


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
