"""The texts of the demonstration paper are whole: nothing an editor would send back."""

import datetime as dt
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from broadsheet.demo.paper_files import Paper, PaperFileError, read_text_file
from broadsheet.demo.story_history import tellings
from broadsheet.demo.story_markup import Places, block, story_blocks
from broadsheet.pages.models import WorkType
from broadsheet.stories.attachments import BylineRole
from broadsheet.stories.models import ChangeClass
from broadsheet.stories.record import NOTED_CLASSES

PAPER = Paper()
MINIMUM_STORIES = 60
MINIMUM_LONG = 10
LONG_WORDS = 850
LIMITS = {"kicker": 60, "short_headline": 80, "standfirst": 400, "social_title": 120, "social_description": 250}
WORN_OUT = re.compile(
    r"\b(testament to|nestled|tapestry|delve|in today's|bustling|vibrant|ever-evolving|game.changer|stark reminder)\b",
    re.IGNORECASE,
)

each_story = pytest.mark.parametrize("text", PAPER.stories, ids=lambda text: text.slug)
each_photo = pytest.mark.parametrize("photo", PAPER.photos, ids=lambda photo: photo["id"])


def words(text) -> str:
    return "\n".join(part.text for part in text.parts)


@each_story
def test_a_story_names_its_section_topics_and_writers(text) -> None:
    assert text.head["section"] in {section["slug"] for section in PAPER.sections}
    assert text.head["topics"]
    assert set(text.head["topics"]) <= {topic["slug"] for topic in PAPER.topics}
    assert {name["who"] for name in text.head["bylines"]} <= {person["slug"] for person in PAPER.people}
    assert {name.get("role", "by") for name in text.head["bylines"]} <= set(BylineRole.values)
    assert text.head["work_type"] in WorkType.values


@each_story
def test_a_story_fits_its_fields(text) -> None:
    too_long = {name for name, limit in LIMITS.items() if len(text.head.get(name, "")) > limit}

    assert not too_long
    assert text.head["headline"]
    assert text.head.get("standfirst") or text.state == "draft"


@each_story
def test_a_story_names_only_pictures_and_stories_that_exist(text) -> None:
    photos = {photo["id"] for photo in PAPER.photos}
    slugs = {story.slug for story in PAPER.stories}
    named = [text.head["lead_photo"]] if "lead_photo" in text.head else []
    named += [part.argument for part in text.parts if part.name == "photo"]
    for part in text.parts:
        if part.name == "gallery":
            named += [line.partition(" | ")[0] for line in part.text.split("\n")]

    assert set(named) <= photos
    assert set(text.head.get("pinned_related", [])) <= slugs - {text.slug}
    assert all(part.argument in slugs for part in text.parts if part.name == "related")


@each_story
def test_a_story_avoids_worn_out_words_and_dates_that_grow_old(text) -> None:
    assert not WORN_OUT.search(words(text))
    assert not re.search(r"\b20\d\d\b", words(text))


@each_photo
def test_a_picture_has_a_caption_a_credit_and_another_text_for_those_who_cannot_see_it(photo) -> None:
    assert photo["caption"].strip()
    assert photo["credit"].strip()
    assert photo["alt"].strip()
    assert photo["alt"].strip() != photo["caption"].strip()
    assert photo["id"] not in photo["alt"]
    assert PAPER.photo_file(photo["id"]).is_file()


def test_every_picture_runs_somewhere() -> None:
    heads = [story.head.get("lead_photo") for story in PAPER.stories]
    heads += [person.get("portrait") for person in PAPER.people] + [PAPER.site["masthead"]["social_photo"]]
    bodies = "\n".join(f"{part.argument}\n{part.text}" for story in PAPER.stories for part in story.parts)

    unused = [photo["id"] for photo in PAPER.photos if photo["id"] not in heads and photo["id"] not in bodies]

    assert unused == []


def test_the_paper_has_the_variety_of_a_real_one() -> None:
    published = [story for story in PAPER.stories if story.state == "published"]
    kinds = Counter(story.head["work_type"] for story in published)
    blocks = {part.name for story in published for part in story.parts}

    assert len(published) >= MINIMUM_STORIES
    assert sum(len(words(story).split()) >= LONG_WORDS for story in published) >= MINIMUM_LONG
    assert set(kinds) == set(WorkType.values)
    assert {"gallery", "table", "quote", "pullquote", "factbox", "photo", "related", "list"} <= blocks
    assert any(story.head.get("sensitive") for story in published)
    assert any(story.head.get("language") == "ar" for story in published)
    assert {story.head["section"] for story in published} == {section["slug"] for section in PAPER.sections}


def test_every_headline_is_different() -> None:
    headlines = Counter(story.head["headline"] for story in PAPER.stories)

    assert [headline for headline, times in headlines.items() if times > 1] == []


def test_a_misspelt_block_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "story.md"
    file.write_text("---\nheadline: A\n---\n\n:::pulquote\nA line\n:::\n", encoding="utf-8")

    with pytest.raises(PaperFileError, match=r"story\.md: there is no block called 'pulquote'"):
        read_text_file(file)


def test_a_block_that_never_ends_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "story.md"
    file.write_text("---\nheadline: A\n---\n\n:::quote\nA line\n\nA paragraph\n", encoding="utf-8")

    with pytest.raises(PaperFileError, match="never ends"):
        read_text_file(file)


EVERY_PLACE = Places(
    photos=defaultdict(int), pages=defaultdict(int), keys=defaultdict(int), addresses=defaultdict(lambda: "/somewhere/")
)
each_changed_story = pytest.mark.parametrize(
    "text", [text for text in PAPER.stories if "changes" in text.head], ids=lambda text: text.slug
)


@each_changed_story
def test_every_change_of_a_story_did_something_and_says_what_was_wrong(text) -> None:
    told = tellings(text.head, story_blocks(text.parts, places=EVERY_PLACE, published_on=dt.date(2016, 10, 19)))

    assert told[0].change is None
    assert all((a.head, a.blocks) != (b.head, b.blocks) for a, b in pairwise(told))
    assert all(bool(one.change.note) == (one.change.kind in NOTED_CLASSES) for one in told[1:])
    assert told[-1].head["headline"] == text.head["headline"]


def test_the_paper_shows_every_kind_of_change() -> None:
    kinds = Counter(change["kind"] for story in PAPER.stories for change in story.head.get("changes", ()))

    assert set(kinds) == set(ChangeClass.values)
    assert kinds["retraction"] == 1


@pytest.mark.parametrize("change", [{"was": [["never written", "x"]]}, {"came": ["Never written"]}])
def test_a_change_of_words_that_are_not_there_is_refused(change) -> None:
    head = {"headline": "Ferry returns", "changes": [{"kind": "typo", "at": {"days_ago": 1}, **change}]}

    with pytest.raises(ValueError, match="not in the story"):
        tellings(head, [block("paragraph", "<p>Ferry returns.</p>")])
