"""What readers look for in two real archives, with the stories that each of them means.

Most of it is made by rules from the archives themselves, while it runs; nothing of them stands in the project. The
rules were written before anything was measured and look at neither engine. A story is meant if it holds what was
remembered, so one that stands twice in an archive counts wherever it is found.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from broadsheet.archive.markdown.read_archive import MarkdownArchive
from broadsheet.archive.source_story import SourceStory
from broadsheet.kit.html import text_of
from broadsheet.search.engine.interface import Document, Kind
from broadsheet.stories.brought_in.source_block import SourceBlock

OF_EACH_CLASS = 60
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
SENTENCE_WORDS = range(10, 31)
WORD = re.compile(r"[^\W\d_]{4,}")
"""Shorter ones are not what people remember, or write into a search box."""
FEWEST_REMEMBERED, MOST_REMEMBERED = 2, 5


@dataclass(frozen=True)
class JudgedStory:
    """A story of an archive as the index has it; `source` ends with the name of its file."""

    document: Document
    source: str
    headline: str
    people: frozenset[str]


@dataclass(frozen=True)
class JudgedQuery:
    """What is written into the search box, and the numbers of the stories that are meant."""

    text: str
    meant: frozenset[int]


def judged_stories(folders: Sequence[Path]) -> list[JudgedStory]:
    """Return all stories of these archives."""
    numbers = count(1)
    return [story for folder in folders for story in _stories(folder, numbers)]


def _stories(folder: Path, numbers: Iterator[int]) -> Iterator[JudgedStory]:
    archive = MarkdownArchive.open(folder, zone=ZoneInfo("UTC"))
    topics = {topic.slug: topic.name for topic in archive.folder.topics()}
    for path in archive.story_paths():
        story = archive.read(path)
        people = [archive.folder.contributor_name(slug) for slug in story.contributors]
        yield JudgedStory(
            document=_document(next(numbers), story, [*people, *(topics.get(one, one) for one in story.topics)]),
            source=story.source_path,
            headline=story.headline,
            people=frozenset(people),
        )


def _document(pk: int, story: SourceStory, names: Sequence[str]) -> Document:
    photos = [text for image in story.images for text in (image.caption, image.credit)]
    return Document(
        kind=Kind.STORY,
        pk=pk,
        language=story.language or "en",
        title=" ".join(filter(None, (story.kicker, story.headline))),
        standfirst=story.standfirst,
        body="\n".join(filter(None, map(_shown, story.body))),
        photo_words="\n".join(filter(None, photos)),
        names=names,
        published_at=story.published_at,
    )


def _shown(block: SourceBlock) -> str:
    """Return the words of a block that readers see; those of its picture stand elsewhere."""
    cells = [text_of(cell) for row in block.rows for cell in row]
    return " ".join(filter(None, [block.title, block.text, text_of(block.html), block.attribution, *cells]))


def judged_queries(stories: Sequence[JudgedStory]) -> dict[str, list[JudgedQuery]]:
    """Return what is looked for, class by class; without classes for which these stories give nothing."""
    classes = {
        "body sentences": _of_stories(stories, lambda story: _of_sentence(story, stories)),
        "headlines": _of_stories(stories, lambda story: _of_headline(story, stories, remembered(story.headline))),
        "headlines, a typo": _of_stories(stories, lambda story: _of_headline(story, stories, _slipped(story.headline))),
        "names": _of_names(stories),
        "by hand": list(_by_hand(stories)),
    }
    return {name: queries for name, queries in classes.items() if queries}


def remembered(text: str) -> list[str]:
    """Return what somebody remembers of a sentence: every other of its words, up to five, in their order."""
    return [word.lower() for word in WORD.findall(text)][::2][:MOST_REMEMBERED]


def _of_stories(
    stories: Sequence[JudgedStory], asked: Callable[[JudgedStory], JudgedQuery | None]
) -> list[JudgedQuery]:
    """Return a query of each of sixty stories that stand as far from each other as the archives allow.

    Of a story that gives none (one without a whole sentence) the next one takes the place.
    """
    step = max(1, len(stories) // OF_EACH_CLASS)
    found = []
    for start in range(0, len(stories), step):
        some = filter(None, map(asked, stories[start : start + step]))
        found += [query for query in [next(some, None)] if query]
    return found[:OF_EACH_CLASS]


def _of_sentence(story: JudgedStory, stories: Sequence[JudgedStory]) -> JudgedQuery | None:
    """Ask by what is remembered of the sentence in the middle of a story."""
    sentences = SENTENCE_ENDS.split(story.document.body)
    whole = [one for one in sentences if len(one.split()) in SENTENCE_WORDS and "\n" not in one]
    if not whole or len(words := remembered(sentence := whole[len(whole) // 2])) < FEWEST_REMEMBERED:
        return None
    return JudgedQuery(" ".join(words), _numbers(one for one in stories if sentence in one.document.body))


def _of_headline(story: JudgedStory, stories: Sequence[JudgedStory], words: Sequence[str]) -> JudgedQuery | None:
    if len(words) < FEWEST_REMEMBERED:
        return None
    headline = story.headline.casefold()
    return JudgedQuery(" ".join(words), _numbers(one for one in stories if one.headline.casefold() == headline))


def _slipped(headline: str) -> list[str]:
    """Return what is remembered of a headline, with the two letters in the middle of the longest word exchanged."""
    words = remembered(headline)
    longest = max(words, key=len, default="")
    middle = len(longest) // 2
    slipped = (
        longest[: middle - 1] + longest[middle : middle + 1] + longest[middle - 1 : middle] + longest[middle + 1 :]
    )
    return [slipped if word == longest else word for word in words] if slipped != longest else []


def _of_names(stories: Sequence[JudgedStory]) -> list[JudgedQuery]:
    """Ask for people by their whole names; whatever they wrote is meant."""
    people = sorted({person for story in stories for person in story.people if len(person.split()) > 1})
    step = max(1, len(people) // OF_EACH_CLASS)
    asked = people[::step][:OF_EACH_CLASS]
    return [JudgedQuery(name.lower(), _numbers(one for one in stories if name in one.people)) for name in asked]


def _by_hand(stories: Sequence[JudgedStory]) -> Iterator[JudgedQuery]:
    for text, source in BY_HAND.items():
        meant = _numbers(one for one in stories if one.source.endswith(source))
        if meant:
            yield JudgedQuery(text, meant)


def _numbers(stories: Iterable[JudgedStory]) -> frozenset[int]:
    return frozenset(story.document.pk for story in stories)


BY_HAND = {
    "pizza open government": "how-a-pepperoni-pizza-is-inspiring-open-government.md",
    "why two programmers share a keyboard": "pair-programming-why-two-heads-are-better-than-one.md",
    "writing lab guide": "a-guide-to-the-18f-writing-lab.md",
    "space agency historian interview": "five-questions-for-the-nasa-chief-historian.md",
    "hackathon for people who do not code": "hackathons-not-just-for-folks-who-code.md",
    "thankful thanksgiving": "what-18f-is-thankful-for-this-thanksgiving.md",
    "bots bidding in auctions": "the-role-of-bot-bidding-in-micro-purchase-auctions.md",
    "change control boards versus devops": "better-results-than-a-change-control-board.md",
    "border protection uses design standards": "how-us-customs-border-protection-uses-us-web-design-standards.md",
    "hopson trade negotiator": "mark-hopson-negotiating-on-americas-behalf.md",
    "new product owner what do i do": "so-youre-a-product-owner.md",
    "measuring customer experience without a survey": "customer-experience-beyond-surveys.md",
    "emergency information in spanish": "spanish-speaking-audience-during-an-emergency.md",
    "search tool native american businesses": "new-search-tool-to-support-native-governments-and-businesses.md",
    "tax court case management": "18f-checks-in-with-the-dawson-project-at-the-u-s-tax-court.md",
    "robots against ebola": "results-report-robots-created-for-competitions-to-help-ebola-response.md",
    "fuel costs holiday road trip api": "the-api-briefing-save-on-holiday-travels-with-fueleconomy-gov-web-services.md",
    "broadband speed test app": "fccs-speed-test-app.md",
    "virtual training shooter first responders": "prepares-first-responders-for-active-shooter-incidents.md",
    "how long does food keep app": "usda-foodkeeper-app-update-expands-content-offerings.md",
    "outbreak game zombies": "new-outbreaks-but-no-zombies-on-cdcs-solve-the-outbreak.md",
    "is my bus company safe": "booking-a-discount-bus-ticket-check-carrier-safety-records-with-qcmobile.md",
    "drug shortage app": "drugshortages-app-accelerates-public-access-to-drug-shortage-information.md",
    "students tested college scorecard": "under-the-hood-building-a-new-college-scorecard-with-students.md",
    "do we still need faqs": "are-faqs-still-relevant.md",
    "wildcard dns record cname": "cnames-wildcard-records-and-another-level-of-indirection.md",
    "usajobs anniversary": "the-data-briefing-twenty-years-of-usajobs.md",
}
"""What one who has read the headlines would ask for, in other words, and the end of the file name of what is meant."""
