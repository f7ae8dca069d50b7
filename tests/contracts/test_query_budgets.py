"""Public pages ask the database a fixed, small number of questions, whatever the size of the archive."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.fronts.models import HomePage
from broadsheet.masthead.models import Masthead, Navigation
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.bulk_load import StoryRecord, bulk_load_stories
from broadsheet.stories.models import InformationPage, PublishedVersion, SoFarEntry, Story
from broadsheet.stories.tests.factories import make_series, make_so_far
from broadsheet.topics.tests.factories import TopicFactory

BUDGET = 14
"""Queries a public page may cost when no part of it is stored; a story reads its record with one of them, and with
another which stories say the same in other languages."""
MORE = {"part of a series": 2, "story with the story so far": 2, "topic": 2}
"""What some pages may cost besides: a series with its parts, or a story so far with its entries, and their cards."""
FEW, MANY = 30, 1_000
FIRST_DAY = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)


class Paper:
    """A paper whose archive can grow while its pages stay where they are."""

    def __init__(self) -> None:
        self.sections = [SectionFactory() for _ in range(4)]
        self.topics = [TopicFactory() for _ in range(5)]
        self.people = [ContributorFactory() for _ in range(3)]
        self.photos = [PhotoFactory() for _ in range(3)]
        self.count = 0
        about = HomePage.objects.get().add_child(instance=InformationPage(title="About us", slug="about"))
        Masthead.objects.create(name="The Paper", about_page=about, ethics_page=about, contact_page=about)
        links = [{"type": "link", "value": {"section": section.pk, "label": ""}} for section in self.sections]
        column = {"heading": "More", "links": [{"page": about.pk}, {"topic": self.topics[0].pk}]}
        Navigation.objects.create(header=links, footer=[{"type": "column", "value": column}])

    def grow(self, stories: int) -> None:
        """Add stories, an hour apart, until there are so many."""
        records = self._records(self.count, stories)
        self.count += sum(len(batch) for batch in bulk_load_stories(records))

    def _records(self, first: int, last: int) -> Iterator[StoryRecord]:
        for number in range(first, last):
            yield StoryRecord(
                headline=f"Story {number}",
                slug=f"story-{number}",
                published_at=FIRST_DAY + dt.timedelta(hours=number),
                body=self._body(number),
                standfirst="What happened, and what it means.",
                section_id=self.sections[number % 4].pk,
                lead_photo_id=self.photos[number % 3].pk,
                bylines=[(self.people[number % 3].pk, "by"), (self.people[(number + 1) % 3].pk, "with")],
                topics=[self.topics[number % 5].pk, self.topics[(number + 1) % 5].pk, self.topics[(number + 2) % 5].pk],
            )

    def _body(self, number: int) -> list[dict[str, object]]:
        photo = {"photo": self.photos[number % 3].pk, "caption": "", "width": "text"}
        other = {"photo": self.photos[(number + 1) % 3].pk, "caption": "", "width": "text"}
        values: list[tuple[str, object]] = [("paragraph", "<p>One.</p>"), ("photo", photo), ("photo", other)]
        return [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in values]

    def begin_series(self) -> None:
        """Make a series of three stories."""
        stories = [Story.objects.get(slug=f"story-{number}") for number in (11, 12, 13)]
        series = make_series(*stories, photo=self.photos[0])
        entry = {"day": FIRST_DAY.date(), "sentence": "It rose."}
        make_so_far(*(SoFarEntry(**entry, story=story) for story in stories), series=series)
        make_so_far(*(SoFarEntry(**entry, story=story) for story in stories), topic=self.topics[0])
        Story.objects.filter(slug="story-14").update(shows_so_far=True)

    def correct(self, first: int, last: int) -> None:
        """Add so many corrections to the record of one story."""
        story = Story.objects.get(slug="story-10")
        content = PublishedVersion.objects.get(object_id=story.pk, number=1).content
        for number in range(first, last):
            PublishedVersion(
                kind="story",
                object_id=story.pk,
                number=number,
                change_class="correction",
                note="It was six.",
                content=content,
                at=FIRST_DAY + dt.timedelta(hours=number),
            ).save(force_insert=True)

    def addresses(self) -> dict[str, str]:
        """The pages that are measured, by kind."""
        return {
            "front": "/",
            "section": self.sections[0].get_absolute_url(),
            "topic": self.topics[0].get_absolute_url(),
            "month of a topic": f"{self.topics[0].get_absolute_url()}2016/01/",
            "person": self.people[0].get_absolute_url(),
            "month": "/2016/01/",
            "year": "/2016/",
            "story": Story.objects.get(slug="story-10").url,
            "part of a series": Story.objects.get(slug="story-11").url,
            "series": "/series/the-river/",
            "story with the story so far": Story.objects.get(slug="story-14").url,
            "changes": f"{Story.objects.get(slug='story-10').url}changes/",
            "version": f"{Story.objects.get(slug='story-10').url}changes/3/",
            "changes as data": f"{Story.objects.get(slug='story-10').url}changes.json",
            "corrections": "/corrections/",
            "feed of corrections": "/corrections/feed/",
            "feed": "/feed/",
            "feed of a section": f"{self.sections[0].get_absolute_url()}feed/atom/",
            "feed of a topic": f"{self.topics[0].get_absolute_url()}feed/json/",
            "feed of a person": f"{self.people[0].get_absolute_url()}feed/",
            "sitemaps": "/sitemap.xml",
            "sitemap": "/sitemap-pages-0.xml",
            "news sitemap": "/news-sitemap.xml",
            "not found": "/nothing/",
        }


def queries(client: Client, address: str) -> int:
    client.get(address)  # content types and site roots are in memory from the second request on
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.django_db
def test_every_public_page_keeps_its_budget_however_long_the_archive(client: Client) -> None:
    paper = Paper()
    paper.grow(FEW)
    paper.correct(2, FEW)
    paper.begin_series()
    addresses = paper.addresses()
    at_first = {kind: queries(client, address) for kind, address in addresses.items()}

    paper.grow(MANY)
    paper.correct(FEW, 3 * FEW)
    later = {kind: queries(client, address) for kind, address in addresses.items()}

    assert {kind: cost for kind, cost in at_first.items() if cost > BUDGET + MORE.get(kind, 0)} == {}
    assert later == at_first
