"""What comes is kept once; updates, corrections and kills find what they mean; nothing that came is lost."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.kit import clock
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.wire.likeness import say_the_same, sketch
from broadsheet.wire.make_story import make_story
from broadsheet.wire.models import ItemState, WireItem, WirePhoto, WireVersion
from broadsheet.wire.selectors import QueueFilter, group_of, queue, story_warnings, version_rows, words_of
from broadsheet.wire.set_aside import bring_back, set_aside
from broadsheet.wire.take_in import take_in
from broadsheet.wire.tests.sending import TEXT, arrived, at, make_source, sent
from broadsheet.wire.tests.test_likeness import OTHER, REWRITTEN
from broadsheet.wire.tidy_items import tidy_items

pytestmark = pytest.mark.django_db


def test_an_item_is_taken_in_once_however_often_it_comes() -> None:
    source = make_source()

    first = take_in(source=source, items=[sent(), sent("urn:afp:2", "Another", html=f"<p>{OTHER}</p>")])
    again = take_in(source=source, items=[sent(sent_at=at("2026-01-01T00:00:00+00:00"))])

    assert (len(first.new), len(again.new), again.unchanged) == (2, 0, 1)
    assert WireItem.objects.count() == WireVersion.objects.count() == 2


def test_an_update_is_a_version_and_shows_what_changed() -> None:
    source = make_source()
    item = arrived(source, sent(version=1))

    take_in(source=source, items=[sent(version=2, headline="Ferry sails", html=f"<p>{TEXT} It is full.</p>")])

    item = WireItem.objects.get(pk=item.pk)
    newest, oldest = version_rows(item)
    assert item.headline == "Ferry sails"
    assert [run.text for run in newest.runs if run.fate == "added"] == ["It is full."]
    assert newest.other == ["Headline"]
    assert oldest.read.headline == "Ferry to the islands sails again"


def test_a_version_that_comes_late_is_kept_and_changes_nothing() -> None:
    source = make_source()
    item = arrived(source, sent(version=3, headline="The third"))

    taken = take_in(source=source, items=[sent(version=2, headline="The second")])
    again = take_in(source=source, items=[sent(version=2, headline="The second")])

    item = WireItem.objects.get(pk=item.pk)
    assert (taken.late, again.unchanged) == (1, 1)
    assert (item.headline, item.current.read.headline, item.versions.count()) == ("The third", "The third", 2)


def test_a_kill_without_words_leaves_the_words_that_were_there() -> None:
    source = make_source()
    item = arrived(source, sent(version=1))

    take_in(source=source, items=[sent(version=2, headline="", html="", status="canceled", signal="kill")])

    item = WireItem.objects.get(pk=item.pk)
    assert item.is_killed
    assert item.headline == "Ferry to the islands sails again"
    assert "navy" in words_of(item).html


def test_a_kill_lifts_no_embargo() -> None:
    source, until = make_source(), at("2099-01-01T00:00:00+00:00")
    item = arrived(source, sent(version=1, embargoed_until=until))

    take_in(source=source, items=[sent(version=2, headline="Kill", status="canceled", signal="kill")])

    assert WireItem.objects.get(pk=item.pk).embargoed_until == until


@pytest.mark.parametrize(
    ("means", "fields"),
    [
        ("kill", {"status": "canceled", "signal": "kill"}),
        ("kill", {"status": "withheld"}),
        ("correction", {"signal": "correction"}),
        ("update", {}),
    ],
)
def test_what_changes_after_a_story_was_made_is_noted_to_be_told(means: str, fields: dict[str, str]) -> None:
    source = make_source()
    item = arrived(source, sent(version=1))
    make_story(item=item, by=UserFactory.create())

    take_in(source=source, items=[sent(version=2, headline="Not as we said", **fields)])

    told = WireVersion.objects.exclude(told_kind="")
    assert [version.told_kind for version in told] == [means]
    assert story_warnings([item.pk]) == ({item.pk: means} if means != "update" else {})


def test_a_correction_under_another_guid_finds_the_item_and_its_story() -> None:
    source = make_source()
    item = arrived(source, sent())
    make_story(item=item, by=UserFactory.create())

    kill = arrived(source, sent("urn:afp:2", "KILL ferry", follows=(item.guid,), signal="kill", html=f"<p>{OTHER}</p>"))

    item.refresh_from_db()
    assert kill.follows == item
    assert item.is_killed
    assert story_warnings([item.pk, kill.pk]) == {item.pk: "kill", kill.pk: "kill"}


def test_what_several_agencies_report_stands_together_and_only_that() -> None:
    afp, ap, dpa = make_source(), make_source("AP", credit="AP"), make_source("dpa", credit="dpa")
    first = arrived(afp, sent())
    second = arrived(ap, sent("urn:ap:1", "Islands: ferry is back", html=f"<p>{REWRITTEN}</p>"))
    third = arrived(dpa, sent("urn:dpa:1", "Ferry to the islands SAILS again", html="<p>Short.</p>"))
    other = arrived(ap, sent("urn:ap:2", "Budget", html=f"<p>{OTHER}</p>"))

    assert second.same_as == third.same_as == first
    assert group_of(second) == [first, third]
    assert list(queue(QueueFilter())) == [other, first]
    assert list(queue(QueueFilter(source_id=ap.pk))) == [other, second]
    WireItem.objects.filter(pk=third.pk).update(urgency=1)
    assert list(queue(QueueFilter(is_urgent=True))) == [third]


def test_another_agencys_item_is_not_corrected_or_killed_whatever_an_item_names() -> None:
    item = arrived(make_source(), sent())
    ap, afp_sport = make_source("AP", credit="AP"), make_source("AFP Sport", credit="afp")

    stranger = arrived(ap, sent("urn:ap:1", "KILL", follows=(item.guid,), signal="kill"))
    item.refresh_from_db()
    assert (stranger.follows, item.is_killed) == (None, False)
    arrived(afp_sport, sent("urn:afp:2", "KILL", follows=(item.guid,), signal="kill"))

    item.refresh_from_db()
    assert item.is_killed


def test_what_takes_long_is_done_before_the_database_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    is_writing, compared = [], []

    @contextmanager
    def watched() -> Iterator[None]:
        is_writing.append(True)
        yield
        is_writing.clear()

    def sketched(text: str) -> list[int]:
        assert not is_writing
        return sketch(text)

    def say(*args: Any, **fields: Any) -> bool:
        compared.append(args)
        return say_the_same(*args, **fields)

    matters = [
        sent(str(one), f"Matter {one}", html=f"<p>{' '.join(f'{one}x{n}' for n in range(60))}</p>") for one in range(60)
    ]
    monkeypatch.setattr("broadsheet.wire.take_in.write_transaction", watched)
    monkeypatch.setattr("broadsheet.wire.take_in.sketch", sketched)
    monkeypatch.setattr("broadsheet.wire.recent_items.say_the_same", say)
    source = make_source()
    take_in(source=source, items=matters)
    take_in(source=source, items=[sent(), sent("another", "Ferry: it sails again", html=f"<p>{REWRITTEN}</p>")])

    assert WireItem.objects.get(guid="another").same_as == WireItem.objects.get(guid=sent().guid)
    assert len(compared) < 5
    monkeypatch.setattr("broadsheet.wire.take_in.sketch", None)
    assert take_in(source=source, items=matters).unchanged == 60


def test_a_feed_that_changes_with_every_look_does_not_fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.wire.take_in.MOST_VERSIONS", 2)
    item = arrived(make_source(), sent())
    take_in(source=item.source, items=[sent(headline="Two")])
    make_story(item=item, by=UserFactory.create())
    take_in(source=item.source, items=[sent(headline="Three", signal="correction")])

    take_in(source=item.source, items=[sent(headline=f"It is {minute} past") for minute in range(5)])

    assert list(item.versions.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 7, 8]


def test_a_source_that_floods_is_stopped_and_its_kills_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadsheet.wire.take_in.MOST_NEW_A_DAY", 2)
    source = make_source()
    flood = [sent(str(one), f"Matter {one}", html=f"<p>{one}</p>") for one in range(4)]

    first = take_in(source=source, items=flood)
    later = take_in(source=source, items=[flood[3], sent("0", "Nothing of it", signal="kill")])

    assert [len(taken.refused) for taken in (first, later)] == [2, 1]
    assert "more than 2 items a day" in first.refused[0]
    assert list(WireItem.objects.order_by("pk").values_list("guid", "is_killed")) == [("0", True), ("1", False)]


def test_an_old_report_is_no_longer_compared() -> None:
    item = arrived(make_source(), sent())
    WireItem.objects.filter(pk=item.pk).update(arrived_at=clock.now() - dt.timedelta(hours=49))

    later = arrived(make_source("AP", credit="AP"), sent("urn:ap:1"))

    assert later.same_as is None


def test_the_queue_is_narrowed_and_searched() -> None:
    source = make_source()
    held = arrived(
        source, sent("1", "Embargoed speech", html="<p>a</p>", embargoed_until=at("2126-01-01T00:00:00+00:00"))
    )
    urgent = arrived(source, sent("2", "Crème brûlée recalled", html="<p>b</p>", urgency=2))

    assert list(queue(QueueFilter(embargo="held"))) == [held]
    assert list(queue(QueueFilter(embargo="free"))) == [urgent]
    assert list(queue(QueueFilter(is_urgent=True))) == [urgent]
    assert list(queue(QueueFilter(words="BRULEE creme"))) == [urgent]
    assert list(queue(QueueFilter(words="100% nothing"))) == []


def test_a_group_is_set_aside_together_and_brought_back() -> None:
    first = arrived(make_source(), sent())
    second = arrived(make_source("AP", credit="AP"), sent("urn:ap:1"))

    assert set_aside(items=[second.pk], with_others=True) == 2
    assert list(queue(QueueFilter())) == []
    assert bring_back(items=[first.pk]) == 1
    assert list(queue(QueueFilter())) == [first]


def test_what_nobody_used_is_tidied_away_with_its_photos_and_the_rest_stays() -> None:
    source = make_source()
    old, used, fresh = (
        arrived(source, sent(str(number), f"Report number {number} of another matter", html="<p>x</p>"))
        for number in range(3)
    )
    unclaimed, kept = PhotoFactory.create(), PhotoFactory.create(title="other")
    WirePhoto.objects.create(item=old, ref="a", ref_digest="a", photo=unclaimed, is_unclaimed=True)
    WirePhoto.objects.create(item=old, ref="b", ref_digest="b", photo=kept)
    make_story(item=used, by=UserFactory.create())
    further = arrived(source, sent("further", "A correction", html="<p>y</p>", follows=(used.guid,)))
    WireItem.objects.exclude(pk=fresh.pk).update(changed_at=clock.now() - dt.timedelta(days=31))

    assert tidy_items() == 1

    assert set(WireItem.objects.all()) == {used, further, fresh}
    assert not type(unclaimed).objects.filter(pk=unclaimed.pk).exists()
    assert type(kept).objects.filter(pk=kept.pk).exists()
    assert WireItem.objects.get(pk=used.pk).state == ItemState.TAKEN
