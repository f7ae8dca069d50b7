"""What an editor types is the moment that is kept, also on the two days on which the clocks change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from hypothesis import given, reject
from hypothesis import strategies as st

from broadsheet.kit.wall_time import NoSuchTimeError, moment_of, told
from broadsheet.publishing.forms import EmbargoField

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Jerusalem", "Australia/Lord_Howe", "Europe/Dublin"]
FIRST, LAST = dt.datetime.fromisoformat("1990-01-01"), dt.datetime.fromisoformat("2035-01-01")


def typed(text: str, zone: str) -> dt.datetime | None:
    with timezone.override(ZoneInfo(zone)):
        return EmbargoField().clean(text)


@pytest.mark.parametrize(
    ("zone", "text", "instead"),
    [
        ("Europe/Berlin", "2026-03-29 02:30", "3:30 a.m."),
        ("America/New_York", "2026-03-08 02:00", "3 a.m."),
        ("Asia/Jerusalem", "2026-03-27 02:59", "3:59 a.m."),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2:45 a.m."),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused_with_a_sentence(zone: str, text: str, instead: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        typed(text, zone)

    (sentence,) = refusal.value.messages
    assert "the clocks go forward over it" in sentence
    assert zone in sentence
    assert f"Choose {instead} or another time." in sentence


@pytest.mark.parametrize(
    ("zone", "text", "moment"),
    [
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T01:30:00+00:00"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01T06:30:00+00:00"),
        ("Asia/Jerusalem", "2026-10-25 01:30", "2026-10-24T23:30:00+00:00"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T15:15:00+00:00"),
    ],
)
def test_a_time_that_the_clocks_show_twice_is_the_later_one(zone: str, text: str, moment: str) -> None:
    assert typed(text, zone) == dt.datetime.fromisoformat(moment)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("text", ["2026-01-15 09:00", "2026-07-15 09:00:30"])
def test_any_other_time_is_what_the_clocks_on_the_wall_show(zone: str, text: str) -> None:
    moment = typed(text, zone)

    assert moment is not None
    assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == dt.datetime.fromisoformat(text)


@given(zone=st.sampled_from(ZONES), wall=st.datetimes(FIRST, LAST))
def test_no_embargo_is_earlier_than_either_reading_of_its_time(zone: str, wall: dt.datetime) -> None:
    place = ZoneInfo(zone)
    try:
        moment = moment_of(wall, place)
    except NoSuchTimeError:
        reject()

    assert moment.astimezone(place).replace(tzinfo=None) == wall
    assert moment >= wall.replace(tzinfo=place, fold=0).astimezone(dt.UTC)


def test_a_time_typed_with_its_offset_is_taken_at_its_word() -> None:
    assert typed("2026-10-25T02:30:00+02:00", "Europe/Berlin") == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["soon", "2026-13-40 10:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="valid date/time"):
        typed(text, "Europe/Berlin")


@pytest.mark.parametrize(
    ("zone", "moment", "words"),
    [
        ("Europe/London", "2026-10-25T00:30", "25 Oct 2026, 01:30 (UTC+1)"),
        ("Europe/London", "2026-10-25T01:30", "25 Oct 2026, 01:30 (UTC)"),
        ("Europe/London", "2026-10-25T02:00", "25 Oct 2026, 02:00"),
        ("America/New_York", "2026-11-01T05:30", "1 Nov 2026, 01:30 (UTC-4)"),
        ("America/New_York", "2026-11-01T06:30", "1 Nov 2026, 01:30 (UTC-5)"),
        ("America/New_York", "2026-11-01T07:30", "1 Nov 2026, 02:30"),
        ("Australia/Lord_Howe", "2026-04-04T15:15", "5 Apr 2026, 01:45 (UTC+10:30)"),
    ],
)
def test_a_moment_is_told_with_its_offset_only_where_its_time_is_shown_twice(
    zone: str, moment: str, words: str
) -> None:
    assert told(dt.datetime.fromisoformat(f"{moment}+00:00"), ZoneInfo(zone)) == words


def test_a_moment_keeps_its_order_in_a_sentence_that_is_read_from_the_right() -> None:
    with translation.override("ar"):
        words = told(dt.datetime(2026, 11, 1, 7, 30, tzinfo=dt.UTC), ZoneInfo("America/New_York"))

    assert words == "\u20681 نوفمبر 2026، 02:30\u2069"


@given(zone=st.sampled_from(ZONES), moment=st.datetimes(FIRST, LAST, timezones=st.just(dt.UTC)))
def test_what_the_field_shows_is_read_as_the_same_moment(zone: str, moment: dt.datetime) -> None:
    moment = moment.replace(microsecond=0)
    with timezone.override(ZoneInfo(zone)):
        field = EmbargoField()

        assert field.clean(field.prepare_value(moment)) == moment
        assert not field.has_changed(moment, str(field.prepare_value(moment)))
