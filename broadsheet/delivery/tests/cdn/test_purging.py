"""The purger, against servers that play Fastly and Cloudflare."""

import logging
from pathlib import Path

import pytest

from broadsheet.changes.append_change import append_change
from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.changes.selectors import newest_seq
from broadsheet.delivery.cdn import purge_changes
from broadsheet.delivery.cdn.configured_cdn import CdnSettingError, cdn_from
from broadsheet.delivery.cdn.follow_purges import follow_purges, pause_after
from broadsheet.delivery.cdn.provider import PurgeFailedError
from broadsheet.delivery.cdn.purge_changes import FIRST, PURGED_EPOCH, Purger, note_log
from broadsheet.delivery.epoch import begin_epoch, present_epoch
from broadsheet.delivery.invalidate_pages import CURSOR
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.tests.cdn.conftest import Clock, Played

pytestmark = pytest.mark.django_db
TOKEN = "sesame-open"


class Newsroom:
    """A purger that has begun, its clock, and a store that has heard of every change."""

    def __init__(self, store: PageStore, api: Played) -> None:
        self.store, self.clock = store, Clock()
        self.cdn = cdn_from(f"fastly://SU1Z0?api={api.address}", token=TOKEN)
        begin_epoch(store=store)
        with store.writing():
            store.set_fact(PURGED_EPOCH, present_epoch())
            store.set_fact(CURSOR, 10**9)
        self.begin()

    def begin(self) -> None:
        self.purger = Purger(store=self.store, cdn=self.cdn, clock=self.clock)

    def after(self, seconds: float) -> float:
        self.clock.now += seconds
        return self.purger.step()


@pytest.fixture
def newsroom(store: PageStore, api: Played) -> Newsroom:
    append_change(keys=["before"])
    return Newsroom(store, api)


def test_changes_of_a_moment_are_one_purge(newsroom: Newsroom, api: Played) -> None:
    append_change(keys=["a:1"])
    assert 0 < newsroom.after(1) <= 0.25
    append_change(keys=["a:1", "l:latest:0"])
    newsroom.after(0.1)
    assert api.calls == []

    newsroom.after(0.2)

    assert [call.hard for call in api.calls] == [False]
    assert {"a:1", "l:latest:0"} < api.keys[0]


def test_what_is_taken_away_is_purged_at_once_and_hard(newsroom: Newsroom, api: Played) -> None:
    append_change(keys=["a:1", "site"])
    append_change(keys=["a:1"], hard=True)
    newsroom.after(0)

    assert [(call.hard, "a:1" in call.keys, "site" in call.keys) for call in api.calls] == [
        (True, True, False),
        (False, False, True),
    ]


def test_each_purge_is_repeated_once_after_half_a_minute(newsroom: Newsroom, api: Played) -> None:
    append_change(keys=["nav"], hard=True)
    newsroom.after(0)
    newsroom.after(29.9)
    assert api.keys == [{"nav"}]

    for _ in range(3):
        newsroom.after(0.2)

    assert api.keys == [{"nav"}] * 2
    assert {call.hard for call in api.calls} == {True}


def test_a_restart_loses_no_repetition(newsroom: Newsroom, api: Played) -> None:
    append_change(keys=["nav"], hard=True)
    newsroom.after(0)
    newsroom.begin()
    newsroom.after(0)
    assert len(api.calls) == 1

    newsroom.after(30.1)

    assert api.keys == [{"nav"}] * 2


def test_the_store_of_the_node_hears_of_it_first(newsroom: Newsroom, api: Played) -> None:
    with newsroom.store.writing():
        newsroom.store.set_fact(CURSOR, newest_seq())
    append_change(keys=["nav"])
    newsroom.after(0)
    newsroom.after(0.5)
    assert api.calls == []

    with newsroom.store.writing():
        newsroom.store.set_fact(CURSOR, newest_seq())
    newsroom.after(0.01)

    assert api.keys == [{"nav"}]


def test_but_it_is_not_waited_for_longer_than_two_seconds(newsroom: Newsroom, api: Played) -> None:
    with newsroom.store.writing():
        newsroom.store.set_fact(CURSOR, newest_seq())
    append_change(keys=["nav"])
    newsroom.after(0)
    newsroom.after(2.1)

    assert api.keys == [{"nav"}]


def test_what_failed_is_purged_later_with_what_came_meanwhile(newsroom: Newsroom, api: Played) -> None:
    append_change(keys=["nav"], hard=True)
    api.status = 503
    with pytest.raises(PurgeFailedError):
        newsroom.after(0)
    append_change(keys=["site"], hard=True)
    api.status = 200
    newsroom.after(1)

    assert api.keys == [{"nav"}, {"nav", "site"}]


def test_large_purges_go_in_batches(newsroom: Newsroom, api: Played) -> None:
    append_change(keys=[f"s:{number}" for number in range(300)], hard=True)
    newsroom.after(0)

    assert [len(keys) for keys in api.keys] == [256, 44]


def test_an_import_asks_for_everything_anew(newsroom: Newsroom, api: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge_changes, "MOST_KEYS", 50)
    append_change(keys=[f"s:{number}" for number in range(51)])
    newsroom.after(0)
    newsroom.after(0.3)

    assert api.keys == [{"all"}]


def test_another_epoch_purges_everything_twice(newsroom: Newsroom, api: Played) -> None:
    with newsroom.store.writing():
        newsroom.store.set_fact(PURGED_EPOCH, 1)
    newsroom.begin()
    newsroom.after(0)
    newsroom.begin()
    newsroom.after(0)
    newsroom.after(31)
    newsroom.after(31)
    newsroom.begin()
    newsroom.after(31)

    assert api.keys == [{"all"}] * 3


class Backup:
    """A copy of the log and of the positions in it, such as a backup of the database holds."""

    def __init__(self) -> None:
        self._rows = [*Change.objects.all(), *FollowerPosition.objects.all()]

    def restore(self) -> None:
        Change.objects.all().delete()
        FollowerPosition.objects.all().delete()
        for row in self._rows:
            row.save(force_insert=True)


def test_a_restored_backup_purges_everything_twice(newsroom: Newsroom, api: Played) -> None:
    backup = Backup()
    append_change(keys=["nav"], hard=True)
    newsroom.after(0)

    backup.restore()
    newsroom.begin()
    newsroom.after(0)
    newsroom.after(29)
    assert api.keys[1:] == [{"all"}]
    newsroom.after(2)
    newsroom.after(31)
    newsroom.begin()
    newsroom.after(31)

    assert api.keys[1:] == [{"all"}] * 2
    assert {call.hard for call in api.calls} == {True}


def restore_a_backup(newsroom: Newsroom) -> None:
    """Log a change, and put back the database from before it, with all that has been purged."""
    backup = Backup()
    append_change(keys=["nav"], hard=True)
    newsroom.after(0)
    backup.restore()
    newsroom.after(0)


def test_a_restart_after_a_restored_backup_loses_no_repetition(newsroom: Newsroom, api: Played) -> None:
    restore_a_backup(newsroom)
    assert api.keys[1:] == [{"all"}]

    newsroom.begin()
    newsroom.after(0)

    assert api.keys[1:] == [{"all"}] * 2


def test_after_a_restored_backup_what_changes_is_purged_as_ever(newsroom: Newsroom, api: Played) -> None:
    restore_a_backup(newsroom)

    append_change(keys=["site"], hard=True)
    newsroom.after(0)

    assert api.keys == [{"nav"}, {"all"}, {"site"}]


def test_a_node_that_stood_by_notices_a_restored_backup(newsroom: Newsroom, api: Played) -> None:
    backup = Backup()
    append_change(keys=["nav"], hard=True)
    note_log(newsroom.store)

    backup.restore()
    newsroom.begin()
    newsroom.after(0)

    assert api.keys == [{"all"}]


def test_a_store_that_was_made_anew_purges_everything(newsroom: Newsroom, api: Played, tmp_path: Path) -> None:
    append_change(keys=["nav"], hard=True)
    newsroom.after(0)
    (folder := tmp_path / "anew").mkdir()
    newsroom.store = PageStore(folder)
    newsroom.begin()
    newsroom.after(2.1)
    newsroom.after(31)
    newsroom.after(31)

    assert [keys for keys in api.keys if keys != {"nav"}] == [{"all"}] * 2
    newsroom.store.close()


def test_what_another_node_purged_is_purged_by_this_one_for_the_second_time(newsroom: Newsroom, api: Played) -> None:
    append_change(keys=["nav"], hard=True)
    FollowerPosition.objects.filter(follower=FIRST).update(seq=newest_seq())
    newsroom.after(0)
    assert api.keys == []

    newsroom.after(30.1)

    assert api.keys == [{"nav"}]


def test_the_turn_is_kept_before_each_call(newsroom: Newsroom, api: Played) -> None:
    calls_before: list[int] = []
    append_change(keys=[f"s:{number}" for number in range(300)], hard=True)
    purger = Purger(
        store=newsroom.store,
        cdn=newsroom.cdn,
        clock=newsroom.clock,
        keep_turn=lambda: calls_before.append(len(api.calls)),
    )
    purger.step()

    assert calls_before == [0, 1]


def test_who_was_overtaken_sets_no_position_back(newsroom: Newsroom) -> None:
    append_change(keys=["nav"], hard=True)

    def other_purges_more() -> None:
        append_change(keys=["site"], hard=True)
        FollowerPosition.objects.filter(follower=FIRST).update(seq=newest_seq())

    Purger(store=newsroom.store, cdn=newsroom.cdn, clock=newsroom.clock, keep_turn=other_purges_more).step()

    assert FollowerPosition.objects.get(follower=FIRST).seq == newest_seq()


def test_fastly_is_told_in_its_way(newsroom: Newsroom, api: Played) -> None:
    newsroom.cdn.purge(["nav", "site"], hard=False)

    (call,) = api.calls
    assert (call.method, call.path) == ("POST", "/service/SU1Z0/purge")
    assert call.headers["fastly-key"] == TOKEN
    assert call.headers["fastly-soft-purge"] == "1"
    assert call.body == {"surrogate_keys": ["nav", "site"]}
    assert newsroom.cdn.key_header(["nav", "site"]) == ("Surrogate-Key", "nav site")


def test_cloudflare_is_told_in_its_way(api: Played) -> None:
    cdn = cdn_from(f"cloudflare://023e1?api={api.address}/client/v4", token=TOKEN)
    cdn.purge(["nav", "site"], hard=True)

    (call,) = api.calls
    assert (call.method, call.path) == ("POST", "/client/v4/zones/023e1/purge_cache")
    assert call.headers["authorization"] == f"Bearer {TOKEN}"
    assert call.body == {"tags": ["nav", "site"]}
    assert cdn.key_header(["nav", "site"]) == ("Cache-Tag", "nav,site")
    assert cdn.control_header == "CDN-Cache-Control"


@pytest.mark.parametrize("answer", [b'{"success": false, "errors": [{"code": 1}]}', b"<html>", b"[]"])
def test_cloudflare_may_refuse_politely(api: Played, answer: bytes) -> None:
    api.answer = answer
    with pytest.raises(PurgeFailedError):
        cdn_from(f"cloudflare://023e1?api={api.address}", token=TOKEN).purge(["nav"], hard=True)


def test_a_cdn_that_wants_to_be_left_alone_is(api: Played) -> None:
    api.status, api.retry_after = 429, "7"
    with pytest.raises(PurgeFailedError, match=r"127\.0\.0\.1 answers 429") as raised:
        cdn_from(f"fastly://S?api={api.address}", token=TOKEN).purge(["nav"], hard=True)

    assert pause_after(0, raised.value) == 7
    assert [pause_after(number, PurgeFailedError("")) for number in (0, 1, 2, 9)] == [1, 2, 4, 60]


def test_the_process_goes_on_after_failures_and_tells_no_secret(
    newsroom: Newsroom, api: Played, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("broadsheet.delivery.cdn.follow_purges.FIRST_PAUSE_SECONDS", 0.01)
    caplog.set_level(logging.INFO)
    append_change(keys=["nav"], hard=True)
    api.status = 500

    def is_stopped() -> bool:
        if len(api.calls) == 2:
            api.status = 200
        return len(api.calls) == 3 and "told again" in caplog.text

    follow_purges(store=newsroom.store, cdn=newsroom.cdn, is_stopped=is_stopped)

    assert api.keys == [{"nav"}] * 3
    assert "answers 500" in caplog.text
    assert TOKEN not in caplog.text


def test_a_cdn_is_left_alone_while_the_turn_is_kept(
    newsroom: Newsroom, api: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.delivery.cdn.follow_purges.KEEP_SECONDS", 0.0)
    append_change(keys=["nav"], hard=True)
    api.status, api.retry_after = 429, "60"
    looks = iter([False] * 20)

    follow_purges(store=newsroom.store, cdn=newsroom.cdn, is_stopped=lambda: next(looks, True))

    assert api.keys == [{"nav"}]


@pytest.mark.parametrize(
    ("url", "token"),
    [
        ("fastly://S", ""),
        ("cloudflare://Z", ""),
        ("akamai://x", TOKEN),
        ("fastly://", TOKEN),
        (f"cloudflare://{TOKEN}@Z", TOKEN),
    ],
)
def test_a_setting_that_cannot_work_is_refused_without_repeating_it(url: str, token: str) -> None:
    with pytest.raises(CdnSettingError) as raised:
        cdn_from(url, token=token)
    assert TOKEN not in str(raised.value)
