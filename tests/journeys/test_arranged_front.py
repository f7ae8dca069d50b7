"""A front with every kind of zone suits every reader."""

import datetime as dt

import pytest
from django.test import Client

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.fronts.models import HomePage
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.tests.factories import make_zone
from broadsheet.fronts.zones import MOST_SLOTS, Rule, RuleSource, Zone, ZoneKind
from broadsheet.kit import clock
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.models import Section
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.tests.factories import make_story
from tooling.pytest_browser import PHONE_WIDTH, OpenPage, Reader
from tooling.pytest_html import ValidateHtml

pytestmark = pytest.mark.django_db(transaction=True)
STORIES = 60
READERS = [Reader(), Reader(colours="dark"), Reader(width=PHONE_WIDTH), Reader(width=PHONE_WIDTH, colours="dark")]


@pytest.fixture
def world() -> Section:
    """A section whose stories fill every zone of the front page and of its own front."""
    section: Section = SectionFactory.create(name="World", slug="world", description="Reported from near and far.")
    photo = PhotoFactory.create()
    running = [make_full_story(number, section, photo) for number in range(STORIES)][-2:]
    for place in (None, section):
        publish_front(section=place, zones=every_kind(section, running), user=UserFactory.create(), seen_version=None)
    return section


def make_full_story(number: int, section: Section, photo: object) -> int:
    in_hebrew = number % 7 == 0
    story = make_story(
        headline="הנהר נעצר מתחת לחומה" if in_hebrew else f"Council counts the cost of flood {number}",
        slug=f"flood-{number}",
        language="he" if in_hebrew else "en",
        standfirst="What the gauges said, and who read them.",
        kicker="The floods" if number % 3 == 0 else "",
        section=section,
        work_type="opinion" if number % 5 == 0 else "news",
        lead_photo=photo if number % 2 else None,
        published_at=clock.now() - dt.timedelta(hours=number),
    )
    return story.pk


def every_kind(section: Section, running: list[int]) -> list[Zone]:
    rules = {
        ZoneKind.LIVE: Rule(RuleSource.HAND),
        ZoneKind.LIST: Rule(RuleSource.SECTION, section.pk),
        ZoneKind.OPINION: Rule(RuleSource.WORK_TYPE, "opinion"),
    }
    return [
        make_zone(
            *(running if kind == ZoneKind.LIVE else [None] * MOST_SLOTS[kind]),
            kind=kind,
            key=kind.value,
            rule=rules.get(kind, Rule(RuleSource.PAPER)),
        )
        for kind in ZoneKind
    ]


@pytest.mark.parametrize("language", ["en", "he"])
def test_every_kind_of_zone_suits_every_reader(checked_page: OpenPage, world: Section, language: str) -> None:
    HomePage.objects.update(language=language)

    for reader in READERS:
        page = checked_page("/", reader=reader)
        assert page.locator(".zone, .live-strip").count() == len(ZoneKind)
        checked_page("/section/world/", reader=reader)


def test_fronts_are_valid_html_full_and_empty(world: Section, client: Client, validate_html: ValidateHtml) -> None:
    SectionFactory.create(slug="empty")

    for address in ("/", "/section/world/", "/section/empty/"):
        assert validate_html(client.get(address).content.decode()) == []
