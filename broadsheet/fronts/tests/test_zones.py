"""Zones as they are kept, and data that is refused."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fronts.zones import (
    MOST_SLOTS,
    MOST_ZONES,
    InvalidZonesError,
    Pin,
    Rule,
    RuleSource,
    Zone,
    ZoneKind,
    zones_from_data,
    zones_to_data,
)

GOOD = {"key": "a", "kind": "list", "title": "", "rule": {"source": "paper", "value": None}, "slots": [None]}

moments = st.datetimes(timezones=st.just(dt.UTC))
numbers = st.integers(1, 2**63 - 1)
rules = st.one_of(
    st.sampled_from([Rule(RuleSource.PAPER), Rule(RuleSource.HAND), Rule(RuleSource.WORK_TYPE, "opinion")]),
    st.builds(Rule, st.sampled_from([RuleSource.SECTION, RuleSource.TOPIC]), numbers),
)
zones = st.builds(
    Zone,
    st.text(min_size=1, max_size=40),
    st.sampled_from(list(ZoneKind)),
    rules,
    st.lists(st.none() | st.builds(Pin, numbers, st.none() | moments), min_size=1, max_size=4).map(tuple),
    st.text(max_size=60).map(str.strip),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*GOOD, "source", "value", "story"]), inner),
)


@given(st.lists(zones, max_size=6, unique_by=lambda zone: zone.key))
def test_zones_come_back_as_they_were_kept(kept):
    assert zones_from_data(zones_to_data(kept)) == tuple(kept)


@given(anything)
def test_data_that_is_no_front_is_refused_in_a_sentence(data):
    if not data and isinstance(data, list):
        return

    with pytest.raises(InvalidZonesError, match=r"\.$"):
        zones_from_data(data)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "carousel"},
        {"key": ""},
        {"title": "x" * 61},
        {"slots": []},
        {"slots": [None] * (MOST_SLOTS[ZoneKind.LIST] + 1)},
        {"slots": [{"story": "7"}]},
        {"slots": [{"story": True}]},
        {"slots": [{"story": 7, "until": "tomorrow"}]},
        {"slots": [{"story": 7, "until": "2026-11-24T10:00:00"}]},
        {"slots": [{"story": 7, "until": "2026-13-24T10:00:00+00:00"}]},
        {"rule": None},
        {"rule": {"source": "section", "value": None}},
        {"rule": {"source": "work_type", "value": "gossip"}},
        {"rule": {"source": "moon"}},
    ],
)
def test_a_fault_in_a_zone_is_refused(fault):
    with pytest.raises(InvalidZonesError):
        zones_from_data([GOOD | fault])


def test_two_zones_of_one_key_or_too_many_zones_are_refused():
    with pytest.raises(InvalidZonesError, match="same key"):
        zones_from_data([GOOD, GOOD])
    with pytest.raises(InvalidZonesError, match="at most"):
        zones_from_data([GOOD] * (MOST_ZONES + 1))
