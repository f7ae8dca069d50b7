"""Every page a reader may meet is valid HTML: full and bare, from the left and from the right, found and not found."""

import datetime as dt
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client
from wagtail.rich_text import RichText

from broadsheet.bylines.models import ContributorKind
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.fronts.models import HomePage
from broadsheet.kit import clock
from broadsheet.masthead.models import Masthead, Navigation
from broadsheet.pages.models import WorkType
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import ChangeClass, InformationPage, SoFarEntry, Story
from broadsheet.stories.selectors import LIST_LENGTH
from broadsheet.stories.tests.factories import make_series, make_so_far, make_story
from broadsheet.stories.tests.long_story import every_block, make_long_story
from broadsheet.stories.tests.recording import (
    change,
    make_recorded_story,
    newest,
    paragraphs,
    publish,
    take_down,
    take_off,
)
from broadsheet.topics.models import TopicFact
from broadsheet.topics.tests.factories import TopicFactory
from tooling.pytest_html import ValidateHtml

pytestmark = pytest.mark.django_db


def set_up_paper() -> None:
    """Give the paper everything that shows at the head and the foot of a page."""
    Masthead.objects.update_or_create(
        defaults={"name": "The Courier", "tagline": "Free to read", "small_print": "Printed nowhere.\nRead here."}
    )
    empty = {"label": "", "section": None, "topic": None, "page": None, "address": ""}
    menu = Navigation.load()
    menu.header = [("link", empty | {"label": "World", "address": "/section/world/"})]
    menu.footer = [("column", {"heading": "The paper", "links": [empty | {"label": "Ethics", "address": "/ethics/"}]})]
    menu.save()


def make_information_page(**fields: Any) -> InformationPage:
    page: InformationPage = HomePage.objects.get().add_child(instance=InformationPage(**fields))
    return page


def full_addresses() -> list[str]:
    """Make pages that show everything they can, lists with an older page among them."""
    story = make_long_story()
    photo = PhotoFactory()
    person = ContributorFactory(
        job_title="Reporter",
        portrait=photo,
        biography="<p>Writes about rivers.</p>",
        languages="English, Arabic",
        expertise="Rivers, budgets",
        location="Mosul",
        email="ada@paper.example",
        website="https://ada.example/",
        fediverse="@ada@paper.example",
    )
    section = SectionFactory(description="All of the world.")
    topic = TopicFactory(description="<p>What rivers do.</p>", photo=photo, parent=TopicFactory())
    TopicFact.objects.create(topic=topic, label="Length", value="1,900 km", as_of=dt.date(2016, 10, 1))
    other, _ = TopicFactory(), TopicFactory(parent=topic)
    for number in range(LIST_LENGTH + 2):
        kind = list(WorkType)[number % len(WorkType)]
        make_story(
            headline=f"Story {number}",
            work_type=kind,
            by=[person],
            topics=[topic, other],
            section=section,
            standfirst="What it means.",
            lead_photo=photo if number % 2 else None,
            is_sensitive=number % 3 == 0,
        )
    sister = Story.objects.get(slug="story-1")
    series = make_series(sister, story, description="<p>It rises.</p>", photo=photo, planned_parts=5)
    entry = {"day": dt.date(2016, 10, 1), "sentence": "It rose.", "story": sister}
    make_so_far(SoFarEntry(**entry), SoFarEntry(**entry, version=1), topic=topic)
    make_so_far(SoFarEntry(**entry), series=series)
    Story.objects.filter(pk=story.pk).update(shows_so_far=True)
    page = make_information_page(
        title="Ethics", slug="ethics", standfirst="How we work.", body=every_block(photo=photo, related=story)
    )
    day = clock.local_date(clock.now())
    month = f"{topic.get_absolute_url()}{day:%Y/%m}/"
    listed = [month, person.get_absolute_url(), section.get_absolute_url(), topic.get_absolute_url()]
    return [
        "/",
        series.get_absolute_url(),
        story.url,
        page.url,
        story.get_parent().url,
        story.get_parent().get_parent().url,
        "/nothing/",
        *listed,
    ]


def record_addresses() -> list[str]:
    """Make stories whose record shows every act, class and tombstone, from the left and from the right."""
    story = make_recorded_story()
    arabic = publish("النهر يرتفع.", headline="النهر", slug="river", language="ar")
    change(arabic, ChangeClass.CORRECTION, hours=1, note="ارتفع البحر.", body=paragraphs("البحر يرتفع."))
    gone = publish("Gone.", headline="Gone")
    take_down(gone, "A court has ordered us to remove this article.")
    off = publish("Off.", headline="Off the site")
    change(off, ChangeClass.CLARIFICATION, hours=1, note="Two lines.\n\nTwo paragraphs.", body=paragraphs("Off!"))
    take_off(off, hours=2)
    versions = [f"{story.url}changes/{number}/" for number in range(1, newest(story).number + 1)]
    older = "/corrections/?before=20990101T000000.000000~999999999"
    return [
        *(story.url, f"{story.url}changes/", f"{story.url}changes/?before=3", *versions, arabic.url),
        *(f"{arabic.url}changes/", f"{arabic.url}changes/2/", "/corrections/", older, gone.url),
    ]


def bare_addresses() -> list[str]:
    """Make pages that show as little as they may, and two that read from the right."""
    hebrew = make_story(
        headline="המעבורת חוזרת", slug="maaboret", language="he", body=[("paragraph", RichText("<p>שלום.</p>"))]
    )
    about = make_information_page(title="من نحن", slug="about", language="ar")
    team = ContributorFactory(kind=ContributorKind.TEAM)
    empty = [team.get_absolute_url(), SectionFactory().get_absolute_url(), TopicFactory().get_absolute_url()]
    return [hebrew.url, make_story(headline="Bare").url, about.url, "/", "/nothing/", *empty]


def test_pages_that_show_everything_are_valid(client: Client, validate_html: ValidateHtml) -> None:
    set_up_paper()
    addresses = full_addresses()
    older = [f"{address}?before=20990101T000000.000000~999999999" for address in addresses[-4:]]

    reports = {address: validate_html(client.get(address).content.decode()) for address in [*addresses, *older]}

    assert {address: found for address, found in reports.items() if found} == {}


def test_pages_that_show_next_to_nothing_are_valid(client: Client, validate_html: ValidateHtml) -> None:
    empty_front = validate_html(client.get("/").content.decode())
    reports = {address: validate_html(client.get(address).content.decode()) for address in bare_addresses()}

    assert empty_front == []
    assert {address: found for address, found in reports.items() if found} == {}


def test_pages_of_the_record_are_valid(client: Client, validate_html: ValidateHtml) -> None:
    nothing_wrong = validate_html(client.get("/corrections/").content.decode())
    set_up_paper()
    reports = {address: validate_html(client.get(address).content.decode()) for address in record_addresses()}

    assert nothing_wrong == []
    assert {address: found for address, found in reports.items() if found} == {}


def test_the_page_shown_after_a_failure_is_valid_and_needs_nothing(validate_html: ValidateHtml) -> None:
    assert validate_html(get_template("masthead/500.html").render()) == []
