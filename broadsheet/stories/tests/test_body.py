import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.stories.blocks import StoryBody
from broadsheet.stories.body_text import body_text
from broadsheet.stories.tests.reading import read

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60)


def rich(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"


def block(kind: str, value: Any, *texts: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    return {"type": kind, "value": value}, texts


BLOCKS = st.one_of(
    WORDS.map(lambda a: block("paragraph", rich(a), a)),
    st.tuples(WORDS, WORDS).map(lambda t: block("paragraph", rich(t[0]) + rich(t[1]), *t)),
    st.tuples(WORDS, st.sampled_from("23")).map(lambda t: block("heading", {"text": t[0], "level": t[1]}, t[0])),
    st.tuples(WORDS, WORDS).map(lambda t: block("pull_quote", {"text": t[0], "attribution": t[1]}, *t)),
    WORDS.map(lambda a: block("quote", {"text": rich(a), "attribution": "", "source_url": ""}, a)),
    st.tuples(WORDS, WORDS).map(lambda t: block("fact_box", {"title": t[0], "text": rich(t[1])}, *t)),
    st.lists(WORDS, min_size=1, max_size=4).map(
        lambda items: block("list", {"items": [rich(item) for item in items], "is_numbered": False}, *items)
    ),
    WORDS.map(lambda a: block("preformatted", {"text": a, "language": ""}, a)),
    WORDS.map(lambda a: block("unrecognised", {"source": a, "reason": ""}, a)),
    st.tuples(WORDS, WORDS).map(
        lambda t: block("table", {"data": [[t[0], t[1]]], "first_row_is_table_header": False}, *t)
    ),
)


def squeezed(texts: list[str]) -> str:
    return "".join("".join(text.split()) for text in texts)


@given(st.lists(BLOCKS, max_size=6))
def test_a_body_written_as_html_and_read_again_is_the_same_text(
    blocks: list[tuple[dict[str, Any], tuple[str, ...]]],
) -> None:
    body = StoryBody().to_python([raw for raw, _ in blocks])
    texts = [text for _, texts in blocks for text in texts]

    rendered = str(body.render_as_block())

    assert squeezed([read(rendered)]) == squeezed(texts)
    assert squeezed([body_text(body)]) == squeezed(texts)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("embed", {"url": "https://youtu.be/abcdefgh", "title": "Launch", "caption": "At dawn"}, "Launch\nAt dawn"),
        ("html", "<p>Kept <b>by hand</b></p>", "Kept by hand"),
        ("correction_note", {"corrected_on": "2016-10-20", "text": "<p>It was six.</p>"}, "It was six."),
    ],
)
def test_other_blocks_give_their_words_too(kind: str, value: Any, text: str) -> None:
    body = StoryBody().to_python([{"type": kind, "value": value}])

    assert body_text(body) == text
