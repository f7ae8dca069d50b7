"""What readers are told of the difference between two recorded versions."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit.word_diff import Fate
from broadsheet.stories.compare_versions import Passage, changed_besides_words, compare_fields
from broadsheet.stories.recorded_text import recorded_fields

NAMES = {"contributor:1": "Ada Reyes", "contributor:2": "Ben Okoro", "topic:7": "Floods", "topic:8": "Trams"}
NAMES |= {"section:3": "City"}


def content(*texts: str, **fields: Any) -> dict[str, Any]:
    body = [{"type": "paragraph", "value": f"<p>{text}</p>", "id": text.split(" ")[0]} for text in texts]
    return {"title": "Ferry returns", "body": body, "bylines": [], "topics": []} | fields


def compared(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list[str]]:
    fields = compare_fields(recorded_fields(old, NAMES), recorded_fields(new, NAMES))
    return {field.field: [said(passage) for passage in field.changed] for field in fields if field.changed}


def said(passage: Passage) -> str:
    marks = {Fate.REMOVED: "[-{}-]", Fate.ADDED: "[+{}+]", Fate.KEPT: "{}"}
    return f"{passage.change}: " + " ".join(marks[run.fate].format(run.text) for run in passage.runs)


def test_nothing_changed() -> None:
    assert compared(content("One two."), content("One two.")) == {}


@pytest.mark.parametrize(
    ("kind", "imported", "saved"),
    [
        ("paragraph", "<p>One &amp; two.</p>", '<p data-block-key="xnwqs">One &amp; two.</p>'),
        ("paragraph", "<p>It&#39;s <strong>bold</strong>.</p>", "<p data-block-key='a'>It's <b>bold</b>.</p>"),
        (
            "paragraph",
            '<p><a linktype="page" id="3">Read</a><br></p>',
            '<p><a id="3" linktype="page">Read</a><br/></p>',
        ),
        ("quote", {"text": "<p>One.</p>"}, {"text": '<p data-block-key="a">One.</p>', "attribution": ""}),
        ("list", {"items": ["<p>One.</p>"]}, {"items": [{"type": "item", "id": "7", "value": "<p>One.</p>"}]}),
        ("photo", {"photo": 3}, {"photo": 3, "caption": "", "size": None}),
    ],
)
def test_what_an_editor_spells_anew_has_not_changed(kind: str, imported: Any, saved: Any) -> None:
    old, new = ({"body": [{"type": kind, "value": value, "id": "1"}]} for value in (imported, saved))

    assert compared(old, new) == {}


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("paragraph", "<p>One <b>two</b>.</p>", "<p>One two.</p>"),
        ("paragraph", '<p><a href="/a/">One</a></p>', '<p><a href="/b/">One</a></p>'),
        ("photo", {"photo": 3, "caption": "A ferry."}, {"photo": 4, "caption": "A ferry."}),
        ("list", {"is_numbered": True, "items": ["One."]}, {"is_numbered": False, "items": ["One."]}),
    ],
)
def test_what_readers_see_otherwise_with_the_same_words_is_said(kind: str, before: Any, after: Any) -> None:
    old, new = ({"body": [{"type": kind, "value": value, "id": "1"}]} for value in (before, after))

    assert [line.partition(":")[0] for line in compared(old, new)["body"]] == ["reshaped"]


def test_a_changed_word_of_every_field_is_found() -> None:
    old = content(
        "Ferry one.",
        kicker="Harbour",
        standfirst="At last.",
        dateline_text="SALTBY",
        lead_photo_caption="The old boat.",
        bylines=[[1, "by", ""]],
        topics=[7],
        section_id=None,
    )
    new = content(
        "Ferry two.",
        title="Ferry stays",
        kicker="Port",
        standfirst="At long last.",
        dateline_text="EASTMERE",
        lead_photo_caption="The new boat.",
        bylines=[[1, "by", ""], [2, "with", "in Saltby"]],
        topics=[7, 8],
        section_id=3,
    )

    assert compared(old, new) == {
        "kicker": ["reworded: [-Harbour-] [+Port+]"],
        "headline": ["reworded: Ferry [-returns-] [+stays+]"],
        "standfirst": ["reworded: At [+long+] last."],
        "byline": ["added: [+With Ben Okoro in Saltby+]"],
        "dateline": ["reworded: [-SALTBY-] [+EASTMERE+]"],
        "caption": ["reworded: The [-old-] [+new+] boat."],
        "body": ["reworded: Ferry [-one.-] [+two.+]"],
        "topics": ["added: [+Trams+]"],
        "section": ["added: [+City+]"],
    }


def test_paragraphs_put_in_and_taken_out_are_whole() -> None:
    old = content("A first.", "B second.", "D fourth.")
    new = content("A first.", "C third.", "D fourth.", "E fifth.")

    assert compared(old, new) == {"body": ["added: [+C third.+]", "removed: [-B second.-]", "added: [+E fifth.+]"]}


def test_a_moved_paragraph_is_said_to_be_moved_and_not_lost() -> None:
    old = content("A first.", "B second.", "C third.")
    new = content("C third.", "A first.", "B second indeed.")

    assert compared(old, new) == {"body": ["moved: C third.", "reworded: B [-second.-] [+second indeed.+]"]}


def test_an_import_that_gives_new_ids_changes_nothing_for_readers() -> None:
    old = content("A first of all.", "B second of all.", "C third of all.")
    again = content("A first of all.", "B second of nothing.", "C third of all.")
    for number, block in enumerate(again["body"]):
        block["id"] = f"new-{number}"

    assert compared(old, again) == {"body": ["reworded: B second of [-all.-] [+nothing.+]"]}


def test_another_link_under_the_same_words_is_not_passed_over() -> None:
    old, new = content(), content()
    old["body"] = [{"type": "paragraph", "value": '<p>Read <a href="/a/">this</a>.</p>', "id": "1"}]
    new["body"] = [{"type": "paragraph", "value": '<p>Read <a href="/b/">this</a>.</p>', "id": "1"}]

    assert compared(old, new) == {"body": ["reshaped: Read this."]}


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("heading", {"text": "Six hours", "level": "2"}, "Six hours"),
        ("photo", {"photo": 5, "caption": "At dawn."}, "At dawn."),
        (
            "gallery",
            {"title": "After", "photos": [{"type": "item", "value": {"photo": 5, "caption": "Dusk."}, "id": "x"}]},
            "After\nDusk.",
        ),
        ("gallery", {"title": "", "photos": [{"photo": 5, "caption": "Dusk."}]}, "Dusk."),
        ("pull_quote", {"text": "You can hear it.", "attribution": "Pinto"}, "You can hear it.\nPinto"),
        ("quote", {"text": "<p>Not <b>a</b> spillway.</p>", "attribution": "Claim"}, "Not a spillway.\nClaim"),
        ("list", {"items": ["<p>Who?</p>", {"type": "item", "value": "<p>When?</p>", "id": "y"}]}, "Who?\nWhen?"),
        ("fact_box", {"title": "The wall", "text": "<p>Begun.</p>"}, "The wall\nBegun."),
        (
            "table",
            {"data": [["Year", "Metres"], ["1967", None]], "table_caption": "Water"},
            "Water\nYear | Metres\n1967",
        ),
        ("table", None, ""),
        ("embed", {"url": "https://v.example/1", "title": "The night"}, "The night\nhttps://v.example/1"),
        ("correction_note", {"corrected_on": "2016-10-20", "text": "<p>It was six.</p>"}, "It was six."),
        ("preformatted", {"text": "gauge  4.31", "language": ""}, "gauge  4.31"),
        ("unrecognised", {"source": "{{< chart >}}", "reason": "unknown"}, "{{< chart >}}"),
        ("html", "<p>By hand.</p>", "By hand."),
        ("related_story", 12, ""),
        ("a_block_of_tomorrow", 12, ""),
    ],
)
def test_the_words_of_every_block_are_read(kind: str, value: Any, text: str) -> None:
    fields = recorded_fields({"title": "A", "body": [{"type": kind, "value": value, "id": "1"}]}, {})

    assert [block.text for block in fields["body"]] == [text]


def test_what_is_not_words_is_named_once() -> None:
    old = content(seo_title="a", search_description="b", lead_photo_id=1)
    new = content(seo_title="c", search_description="d", lead_photo_id=2)

    assert changed_besides_words(old, new) == ["photo", "search"]
    assert changed_besides_words(old, old) == []


def test_someone_without_a_name_on_the_record_is_not_invented() -> None:
    fields = recorded_fields(content(bylines=[[99, "by", ""]], topics=[98]), {})

    assert [block.text for block in fields["byline"] + fields["topics"]] == ["By —", "—"]


PARAGRAPHS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["One two three.", "One two four.", "Five.", "Six seven."])),
    max_size=8,
    unique_by=lambda paragraph: paragraph[0],
)


@given(PARAGRAPHS, PARAGRAPHS)
def test_the_newer_text_can_always_be_read_from_the_comparison(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    def body(written: list[tuple[str, str]]) -> dict[str, Any]:
        return {"body": [{"type": "paragraph", "value": f"<p>{text}</p>", "id": key} for key, text in written]}

    fields = compare_fields(recorded_fields(body(old), {}), recorded_fields(body(new), {}))

    passages = fields[0].passages if fields else []
    assert [passage.new_text for passage in passages if passage.new_text] == [text for _, text in new]
