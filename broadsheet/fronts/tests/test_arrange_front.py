"""Which story stands where on a front."""

import datetime as dt
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.fronts.arrange_front import Candidate, Placed, arrange_front, next_change_at
from broadsheet.fronts.tests.factories import make_zone, until
from broadsheet.fronts.zones import Pin, Rule, RuleSource, Zone, ZoneKind
from broadsheet.pages.models import WorkType

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
PAPER = Rule(RuleSource.PAPER)
OPINION = Rule(RuleSource.WORK_TYPE, "opinion")
RULES = [PAPER, OPINION, Rule(RuleSource.SECTION, 1), Rule(RuleSource.HAND)]


def arrange(zones: Sequence[Zone], *offered: int, public: set[int] | None = None) -> list[list[int]]:
    candidates = {PAPER: [Candidate(one) for one in offered]}
    pinned = {pin.story_id for zone in zones for pin in zone.slots if pin}
    rows = arrange_front(zones, at=NOON, candidates=candidates, public_ids=pinned if public is None else public)
    return [[placed.story_id for placed in row] for row in rows]


def test_the_newest_stories_fill_the_slots_nobody_filled():
    assert arrange([make_zone(None, None, None)], 9, 8, 7, 6) == [[9, 8, 7]]


def test_a_pinned_story_stands_in_its_own_slot_and_the_rule_fills_round_it():
    assert arrange([make_zone(None, 3, None)], 9, 8, 7) == [[9, 3, 8]]


def test_a_story_pinned_further_down_is_not_taken_by_a_rule_further_up():
    assert arrange([make_zone(None, None), make_zone(9, None)], 9, 8, 7, 6) == [[8, 7], [9, 6]]


def test_a_story_pinned_twice_stands_where_it_comes_first():
    assert arrange([make_zone(5, None), make_zone(5, None)], 9, 8, 7) == [[5, 9], [8, 7]]


def test_a_pin_gives_its_slot_back_at_its_minute():
    still_held = make_zone(until(3, NOON + dt.timedelta(seconds=1)), None)
    ended = make_zone(until(3, NOON), None)

    assert arrange([still_held], 9, 8) == [[3, 9]]
    assert arrange([ended], 9, 8) == [[9, 8]]


def test_a_story_taken_down_leaves_its_slot_to_the_rule():
    assert arrange([make_zone(3, 4)], 9, 8, public={4}) == [[9, 4]]


def test_a_zone_filled_by_hand_only_stays_empty_without_hands():
    assert arrange([make_zone(None, rule=Rule(RuleSource.HAND), kind=ZoneKind.LIVE)], 9) == [[]]


def test_the_lead_by_rule_is_the_newest_reported_story_with_a_photo():
    offered = [
        Candidate(9),
        Candidate(8, has_photo=True, work_type=WorkType.OPINION),
        Candidate(7, has_photo=True, work_type=WorkType.REVIEW),
        Candidate(6, has_photo=True),
    ]

    [row] = arrange_front(
        [make_zone(None, None, None, kind=ZoneKind.LEAD)], at=NOON, candidates={PAPER: offered}, public_ids=()
    )

    assert row == [Placed(6, 0, by_hand=False), Placed(9, 1, by_hand=False), Placed(8, 2, by_hand=False)]


def test_a_row_of_seconds_prefers_stories_with_photos():
    offered = [Candidate(9), Candidate(8, has_photo=True), Candidate(7), Candidate(6, has_photo=True)]

    [row] = arrange_front(
        [make_zone(None, None, None, kind=ZoneKind.SECONDS)], at=NOON, candidates={PAPER: offered}, public_ids=()
    )

    assert [placed.story_id for placed in row] == [8, 6, 9]


def test_any_story_may_be_made_the_lead_by_hand():
    row = arrange([make_zone(2, None, kind=ZoneKind.LEAD)], 9)

    assert row == [[2, 9]]


def test_the_front_says_when_it_will_change_by_itself():
    zones = [
        make_zone(until(1, NOON - HOUR), until(2, NOON + 2 * HOUR), 3),
        make_zone(until(4, NOON + HOUR), None),
    ]

    assert next_change_at(zones, at=NOON) == NOON + HOUR
    assert next_change_at(zones, at=NOON + 2 * HOUR) is None


story_ids = st.integers(1, 40)
pins = st.builds(Pin, story_ids, st.none() | st.sampled_from([NOON - HOUR, NOON, NOON + HOUR]))
zones_of_any_kind = st.lists(
    st.builds(
        Zone,
        st.uuids().map(str),
        st.sampled_from(list(ZoneKind)),
        st.sampled_from(RULES),
        st.lists(st.none() | pins, min_size=1, max_size=6).map(tuple),
    ),
    max_size=6,
)
offers = st.fixed_dictionaries(
    {
        rule: st.lists(
            st.builds(Candidate, story_ids, st.booleans(), st.sampled_from(WorkType.values)),
            max_size=40,
            unique_by=lambda one: one.story_id,
        )
        for rule in RULES[:3]
    }
)


@given(zones=zones_of_any_kind, candidates=offers, public=st.sets(story_ids))
def test_whatever_editors_and_rules_want_no_story_stands_twice(zones, candidates, public):
    arranged = arrange_front(zones, at=NOON, candidates=candidates, public_ids=public)

    shown = [placed.story_id for row in arranged for placed in row]
    assert len(shown) == len(set(shown))


@given(zones=zones_of_any_kind, candidates=offers, public=st.sets(story_ids))
def test_every_story_has_one_slot_of_its_zone_and_slots_keep_their_order(zones, candidates, public):
    arranged = arrange_front(zones, at=NOON, candidates=candidates, public_ids=public)

    assert len(arranged) == len(zones)
    for zone, row in zip(zones, arranged, strict=True):
        slots = [placed.slot for placed in row]
        assert slots == sorted(set(slots))
        assert all(0 <= slot < len(zone.slots) for slot in slots)


@given(zones=zones_of_any_kind, candidates=offers, public=st.sets(story_ids))
def test_pins_that_hold_are_shown_where_they_are_and_no_others(zones, candidates, public):
    arranged = arrange_front(zones, at=NOON, candidates=candidates, public_ids=public)

    seen = set()
    for zone, row in zip(zones, arranged, strict=True):
        by_hand = {placed.slot: placed.story_id for placed in row if placed.by_hand}
        for slot, pin in enumerate(zone.slots):
            holds = pin and (pin.until is None or pin.until > NOON) and pin.story_id in public
            expected = pin.story_id if holds and pin.story_id not in seen else None
            assert by_hand.get(slot) == expected
            if holds:
                seen.add(pin.story_id)


@given(zones=zones_of_any_kind, candidates=offers, public=st.sets(story_ids))
def test_only_offered_or_public_stories_appear(zones, candidates, public):
    arranged = arrange_front(zones, at=NOON, candidates=candidates, public_ids=public)

    for zone, row in zip(zones, arranged, strict=True):
        offered = {one.story_id for one in candidates.get(zone.rule, ())}
        assert all(placed.story_id in (public if placed.by_hand else offered) for placed in row)


@given(zones=zones_of_any_kind, candidates=offers, public=st.sets(story_ids))
def test_a_zone_has_room_left_only_when_its_rule_has_nothing_left(zones, candidates, public):
    arranged = arrange_front(zones, at=NOON, candidates=candidates, public_ids=public)

    shown = {placed.story_id for row in arranged for placed in row}
    for zone, row in zip(zones, arranged, strict=True):
        if len(row) < len(zone.slots):
            left = [one for one in candidates.get(zone.rule, ()) if one.story_id not in shown]
            assert left == []
