"""A page carries few keys, and hears of every change of what it depends on."""

from hypothesis import example, given
from hypothesis import strategies as st

from broadsheet.delivery.cdn.carried_keys import EVERYTHING, MOST_KEYS, carried_keys, purged_keys

FAMILIES = ["a", "c", "img", "au", "t", "s", "l:section", "l:topic"]
OURS = st.builds("{}:{}".format, st.sampled_from(FAMILIES), st.integers(0, 10**7))
KEYS = st.sets(OURS | st.sampled_from(["nav", "site", "addresses"]) | st.text(max_size=50), max_size=300)


@given(keys=KEYS)
@example(keys={f"c:{number}" for number in range(5_000)})
def test_no_page_carries_too_many_keys_and_none_is_lost(keys: set[str]) -> None:
    carried = carried_keys(keys)

    if carried is not None:
        assert len(set(carried)) == len(carried) <= MOST_KEYS
        assert EVERYTHING in carried
        assert [key for key in keys if purged_keys([key]).isdisjoint(carried)] == []


@given(keys=KEYS)
def test_what_is_carried_every_cdn_takes(keys: set[str]) -> None:
    for key in {*(carried_keys(keys) or ()), *purged_keys(keys)}:
        assert key.isascii()
        assert key.isprintable()
        assert 0 < len(key) <= 32
        assert not set(key) & {" ", ","}


def test_a_page_with_few_keys_carries_them_as_they_are() -> None:
    assert carried_keys(["a:17", "site", "c:3"]) == ["a:17", "all", "c:3", "site"]


def test_a_front_with_many_cards_and_photos_fits() -> None:
    cards = {f"{kind}:{number}" for kind in ("c", "img") for number in range(900, 960)}
    carried = carried_keys(cards | {"nav", "site", "l:latest:0", "s:1", "s:2"})

    assert carried is not None
    assert {"nav", "site", "l:latest:0", "s:1", "s:2"} <= set(carried)
    assert len([key for key in carried if key.startswith("b:img:")]) <= 8


def test_of_photos_only_the_buckets_are_carried_where_that_is_enough() -> None:
    carried = carried_keys({f"img:{n}" for n in range(60)} | {f"c:{n}" for n in range(40)})

    assert carried is not None
    assert {f"c:{n}" for n in range(40)} <= set(carried)


def test_lists_are_not_collapsed_and_too_many_do_not_fit() -> None:
    assert carried_keys({f"l:section:{number}" for number in range(80)}) is None


def test_buckets_never_move() -> None:
    assert purged_keys(["c:17", "l:latest:0"]) == {"c:17", "b:c:10", "l:latest:0"}
