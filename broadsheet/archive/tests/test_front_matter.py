"""Front matter of all styles, and what happens to ragged ones."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.archive.markdown.front_matter import split_file
from broadsheet.archive.tests.reading import reasons, story_of

FIELDS = {
    "yaml": "---\ntitle: Ice on the moon\ntags: [space, ice]\ndraft: true\n---\nText.",
    "toml": '+++\ntitle = "Ice on the moon"\ntags = ["space", "ice"]\ndraft = true\n+++\nText.',
    "json": '{"title": "Ice on the moon", "tags": ["space", "ice"], "draft": true}\n\nText.',
    "json between fences": '---json\n{"title": "Ice on the moon", "tags": ["space", "ice"], "draft": true}\n---\nText.',
}


@pytest.mark.parametrize("style", FIELDS)
def test_every_style_of_front_matter_gives_the_same_story(style: str, tmp_path: Path) -> None:
    story = story_of(tmp_path, FIELDS[style])

    assert (story.headline, story.topics, story.draft) == ("Ice on the moon", ["space", "ice"], True)
    assert [block.html for block in story.body] == ["Text."]


def test_front_matter_that_cannot_be_parsed_is_read_line_by_line_and_reported(tmp_path: Path) -> None:
    story = story_of(
        tmp_path, "---\ntitle: Floods: what we know\nauthors:\n  - mira\n%%% who wrote this?\n---\nBody stays."
    )

    assert story.headline == "Floods: what we know"
    assert story.contributors == ["mira"]
    assert story.body[0].html == "Body stays."
    assert "front matter cannot be parsed" in reasons(story)
    assert "5: line of the front matter not understood -> %%% who wrote this?" in reasons(story)


def test_a_field_that_stands_twice_is_reported_with_both_values(tmp_path: Path) -> None:
    story = story_of(tmp_path, "---\ntitle: A\nexpirydate: 2025-01-22\nexpirydate: 2025-01-01\n---\nText.")

    assert story.expires_at is not None
    assert story.expires_at.year == 2025
    assert "4: the field “expirydate” stands twice; the last one counts -> the first: 2025-01-22" in reasons(story)


def test_a_fence_that_never_closes_loses_no_text(tmp_path: Path) -> None:
    story = story_of(tmp_path, "---\ntitle: A\n\nThe text begins here.")

    assert story.headline == "A"
    assert "The text begins here." in story.body[0].html
    assert "without a closing fence" in reasons(story)


def test_numbers_and_odd_dates_stay_as_written() -> None:
    fields = split_file("---\nzip: 06520\nstate: NO\ndate: 2015-02-30\n---\n").fields

    assert fields == {"zip": "06520", "state": "NO", "date": "2015-02-30"}


@pytest.mark.parametrize(
    "raw",
    [
        "a: &a [*a]",
        "a: " + "[" * 5_000,
        "- " * 5_000,
        "\n".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9 if n else ['x'])}]" for n in range(12)),
        "x: " + "y" * 300_000,
        "!!python/object/apply:os.system ['true']",
    ],
)
def test_hostile_front_matter_is_refused_in_no_time(raw: str) -> None:
    began = time.process_time()

    split = split_file(f"---\n{raw}\n---\nText.")

    assert split.body == "Text."
    assert any("cannot be parsed" in problem.reason for problem in split.problems)
    assert time.process_time() - began < 5


def test_dates_without_a_zone_are_in_the_sites_zone_and_others_keep_theirs(tmp_path: Path) -> None:
    naive = story_of(tmp_path, "---\ntitle: A\ndate: 2016-10-19 22:30\n---\nText.")
    zoned = story_of(tmp_path, "---\ntitle: A\ndate: 2016-10-19 9:05:00 +0300\n---\nText.")

    assert naive.published_at == datetime(2016, 10, 20, 2, 30, tzinfo=UTC)
    assert zoned.published_at == datetime(2016, 10, 19, 6, 5, tzinfo=UTC)


def test_a_date_that_is_none_falls_back_to_the_files_name_and_is_reported(tmp_path: Path) -> None:
    story = story_of(tmp_path, "---\ntitle: A\ndate: next Tuesday\n---\nText.")

    assert story.published_at is not None
    assert story.published_at.day == 19
    assert "the field “date” is no date -> next Tuesday" in reasons(story)


def test_what_has_no_place_in_a_story_is_kept_and_reported(tmp_path: Path) -> None:
    story = story_of(tmp_path, "---\ntitle: A\nreading_age: 12\nlayout: post\n---\nText.")

    assert story.kept_fields == {"reading_age": "12", "layout": "post"}
    assert "reading_age" in reasons(story)
    assert "layout" not in reasons(story)


def test_an_event_keeps_its_date_place_and_registration_in_a_fact_box(tmp_path: Path) -> None:
    story = story_of(
        tmp_path,
        "---\ntitle: A\ndate: 2018-04-05 12:00:00 -0500\nend_date: 2018-04-05 13:00:00 -0500\n"
        "registration_url: https://example.org/r\nvenue:\n  venue_name: Town hall\n  room: 12\n"
        "youtube_id: aQXHz9CDtGE\n---\nText.",
    )

    assert [block.kind for block in story.body] == ["embed", "box", "paragraph"]
    assert "Town hall, 12" in story.body[1].html
    assert 'href="https://example.org/r"' in story.body[1].html


def test_a_file_that_is_not_utf8_keeps_every_letter(tmp_path: Path) -> None:
    story = story_of(tmp_path, "---\ntitle: Café\n---\nDéjà vu.".encode("cp1252"))

    assert (story.headline, story.body[0].html) == ("Café", "Déjà vu.")
    assert "not UTF-8" in reasons(story)
