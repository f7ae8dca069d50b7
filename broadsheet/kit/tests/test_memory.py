"""What is remembered between renderings is as true as what is read anew."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit import rendering
from broadsheet.kit.memory import Memory, Part

NOON = dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC)
KEYS = ("a:1", "a:2", "l:topic:1")


def part(*keys: str, as_of: int, renew_at: dt.datetime | None = None) -> Part:
    return Part("value", frozenset(keys), renew_at, as_of)


@pytest.fixture
def memory() -> Memory:
    memory = Memory()
    memory.forget_all(seq=10)
    return memory


def test_a_part_is_given_until_the_log_touches_one_of_its_keys(memory: Memory) -> None:
    memory.keep("card", part("a:1", "a:2", as_of=10))

    memory.follow([(11, ["a:3"])])
    assert memory.part("card", as_of=11, at=NOON)

    memory.follow([(12, ["a:2"])])
    assert memory.part("card", as_of=12, at=NOON) is None


def test_a_rendering_whose_snapshot_is_older_than_the_part_does_not_get_it(memory: Memory) -> None:
    memory.follow([(11, [])])
    memory.keep("card", part("a:1", as_of=11))

    assert memory.part("card", as_of=10, at=NOON) is None


def test_a_rendering_that_saw_more_than_has_been_followed_gets_nothing(memory: Memory) -> None:
    memory.keep("card", part("a:1", as_of=10))

    assert memory.part("card", as_of=11, at=NOON) is None


def test_what_was_made_from_an_older_snapshot_than_has_been_followed_is_not_kept(memory: Memory) -> None:
    memory.follow([(11, ["a:1"])])
    memory.keep("card", part("a:1", as_of=10))

    assert memory.part("card", as_of=11, at=NOON) is None


def test_a_part_ends_at_its_moment(memory: Memory) -> None:
    memory.keep("card", part("a:1", as_of=10, renew_at=NOON))

    assert memory.part("card", as_of=10, at=NOON - dt.timedelta(seconds=1))
    assert memory.part("card", as_of=10, at=NOON) is None


def test_what_was_kept_first_goes_first() -> None:
    memory = Memory(most_parts=2)
    for name in ("one", "two", "three"):
        memory.keep(name, part(as_of=0))

    assert len(memory) == 2
    assert memory.part("one", as_of=0, at=NOON) is None


ACTS = st.one_of(st.sets(st.sampled_from(KEYS), min_size=1).map(frozenset), st.sampled_from(KEYS))
"""A change of these keys, or a rendering of what has this key."""


@given(acts=st.lists(ACTS, max_size=30), late=st.integers(0, 3))
def test_whatever_happens_a_part_that_is_given_is_as_if_made_now(acts: list[frozenset[str] | str], late: int) -> None:
    """The value of a key is how often it changed. Some renderings see the world as it was `late` changes ago."""
    memory, log = Memory(), list[frozenset[str]]()
    for number, act in enumerate(acts):
        if isinstance(act, frozenset):
            log.append(act)
            continue
        as_of = max(0, len(log) - (late if number % 2 else 0))
        if as_of > memory.seq:
            memory.follow([(seq + 1, log[seq]) for seq in range(memory.seq, as_of)])
        truth = sum(act in keys for keys in log[:as_of])
        found = memory.part(act, as_of=as_of, at=NOON)
        assert found is None or found.value == truth
        memory.keep(act, Part(truth, frozenset([act]), None, as_of))


# How renderings use it


def rendered(memory: Memory, *names: str, made: list[str]) -> rendering.Rendering:
    """Render a page of these parts, each of which shows what has the key of its name."""

    def make(name: str) -> str:
        made.append(name)
        rendering.read_under([f"k:{name}"])
        return name.upper()

    with rendering.recorded_rendering() as read:
        read.memory, read.as_of = memory, memory.seq
        for name in names:
            assert rendering.remembered(name, lambda name=name: make(name)) == name.upper()  # type: ignore[misc]
    return read


def test_a_page_has_the_keys_of_its_parts_whoever_made_them(memory: Memory) -> None:
    made: list[str] = []
    first = rendered(memory, "menu", "foot", made=made)
    second = rendered(memory, "menu", made=made)

    assert made == ["menu", "foot"]
    assert first.keys == {"k:menu", "k:foot"}
    assert second.keys == {"k:menu"}


def test_each_language_has_parts_of_its_own(memory: Memory) -> None:
    made: list[str] = []
    rendered(memory, "menu", made=made)
    with translation.override("ar"):
        rendered(memory, "menu", made=made)

    assert made == ["menu", "menu"]


def test_parts_of_parts_are_parts_of_the_whole(memory: Memory) -> None:
    def outer() -> str:
        return rendering.remembered("inner", inner)

    def inner() -> str:
        rendering.read_under(["k:inner"])
        rendering.renew_at(dt.datetime(2999, 1, 1, tzinfo=dt.UTC))
        return "text"

    for _ in range(2):
        with rendering.recorded_rendering() as read:
            read.memory, read.as_of = memory, memory.seq
            rendering.remembered("outer", outer)
        assert read.keys == {"k:inner"}
        assert read.renew_at == dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


def test_what_is_personal_is_not_remembered(memory: Memory) -> None:
    for _ in range(2):
        with rendering.recorded_rendering() as read:
            read.memory, read.as_of = memory, memory.seq
            rendering.remembered("greeting", lambda: rendering.read_personal("user"))
        assert read.personal == {"user"}


def test_what_was_read_before_an_error_has_been_read(memory: Memory) -> None:
    def make() -> str:
        rendering.read_under(["k:withdrawn"])
        raise ValueError("withdrawn")

    with rendering.recorded_rendering() as read:
        read.memory, read.as_of = memory, memory.seq
        with pytest.raises(ValueError, match="withdrawn"):
            rendering.remembered("story", make)

    assert read.keys == {"k:withdrawn"}
    assert len(memory) == 0


def test_of_many_only_those_are_read_that_are_not_known(memory: Memory) -> None:
    asked: list[list[int]] = []

    def read_rows(numbers: list[int]) -> dict[int, int]:
        asked.append(numbers)
        rendering.read_under(["not recorded"])
        return {number: number * 10 for number in numbers if number != 4}

    def make(row: int) -> str:
        rendering.read_under([f"c:{row}"])
        return str(row)

    for wanted in ([1, 2], [2, 3, 4]):
        with rendering.recorded_rendering() as read:
            read.memory, read.as_of = memory, memory.seq
            found = rendering.remembered_each("card", wanted, read_rows, make)

    assert asked == [[1, 2], [3, 4]]
    assert found == {2: "20", 3: "30"}
    assert read.keys == {"c:20", "c:30"}
