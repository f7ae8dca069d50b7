"""What several agencies send of one event stands together, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.wire.likeness import SKETCH_SIZE, likeness, say_the_same, sketch
from broadsheet.wire.tests.sending import TEXT

REWRITTEN = TEXT.replace("the harbour master said", "said harbour master Marit Soleng").replace("nine", "9") + " (AP)"
OTHER = (
    "Parliament in Eastmere votes on the budget on Thursday. The government has a majority of one, and two of its own "
    "members have said that they will not vote for cuts to schools in the country's poorest districts this year."
)


def test_a_rewritten_report_is_known_again_and_another_is_not() -> None:
    one, same, other = sketch(TEXT), sketch(REWRITTEN), sketch(OTHER)

    assert say_the_same(one, same)
    assert not say_the_same(one, other)
    assert likeness(one, other) < 0.05


def test_the_same_long_headline_is_enough_and_a_short_one_is_not() -> None:
    one, other = sketch(TEXT), sketch(OTHER)

    assert say_the_same(one, other, headlines=("Ferry to the islands sails again", "FERRY to the Islands sails again!"))
    assert not say_the_same(one, other, headlines=("Weather", "Weather"))


def test_text_without_spaces_is_compared_too() -> None:
    japanese = "日本の宮城県沖を震源とする大規模な地震があった。気象庁は地震の規模を示すマグニチュードは七と発表した。"

    assert say_the_same(sketch(japanese), sketch(japanese.replace("気象庁は", "気象庁によると、")))


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_a_share_and_knows_no_order(one: str, other: str) -> None:
    first, second = sketch(one), sketch(other)

    assert 0 <= likeness(first, second) == likeness(second, first) <= 1
    assert likeness(first, first) in {0.0, 1.0}
    assert len(first) <= SKETCH_SIZE
