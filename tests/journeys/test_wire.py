"""From an agency's server to a published story; and the desk's pages suit whoever works there."""

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.kit.tests.serving import Served, answer, served
from broadsheet.newsdesk.tests.in_work import person
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.wire.ask_due_sources import ask_due_sources, ask_now
from broadsheet.wire.make_story import make_story
from broadsheet.wire.models import WirePhoto
from broadsheet.wire.read_item import ReadPhoto
from broadsheet.wire.take_in import take_in
from broadsheet.wire.tests.sending import TEXT, arrived, make_source, newsml, sent
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import PHONE_WIDTH, OpenPage, Reader, axe_findings

pytestmark = pytest.mark.browser
QUEUE = "/newsroom/wire/"
PICTURE = (
    '<link rel="irel:seeAlso" href="https://a.example/"/><edNote>With photo. Names are checked.</edNote>'
    '<pubStatus qcode="stat:usable"/>'
)


@pytest.fixture
def agency(settings: Settings) -> Iterator[Served]:
    """An agency's server on loopback, which the operator lets the paper ask."""
    settings.WIRE_ALLOWED_HOSTS = ["127.0.0.1"]
    with served() as running:
        yield running


@pytest.fixture
def editor(transactional_db: None) -> User:
    return person("Editor", first_name="Fenella", last_name="Strand")


def test_an_item_comes_in_and_goes_out_as_a_story_and_is_killed(
    open_newsroom: OpenNewsroom, open_page: OpenPage, editor: User, agency: Served
) -> None:
    section = SectionFactory.create(name="Nearby", slug="nearby")
    source = make_source("dpa", credit="dpa", address=agency.url("/feed"), section=section)
    text = f'<p><span class="dateline">Eastmere (dpa) - </span>{TEXT}</p><h2>Nine days</h2><p>The navy came.</p>'
    dateline = "<dateline>Eastmere (dpa) - </dateline><by>Von Ada Love, dpa</by>"
    agency.paths["/feed"] = answer(newsml(text, meta=PICTURE, content=dateline), Content_Type="application/xml")
    ask_due_sources()
    page = open_newsroom(editor, QUEUE)

    page.get_by_role("link", name="Die Fähre fährt wieder").click()
    expect(page.get_by_text("Names are checked.")).to_be_visible()
    page.get_by_role("button", name="Make a story of it").click()
    expect(page.get_by_text("This draft was made of what dpa sent.")).to_be_visible()
    expect(page.locator("#id_dateline_text")).to_have_value("Eastmere")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")

    story = Story.objects.get(live=True)
    reader = open_page(story.url)
    expect(reader.locator("main")).to_contain_text("Ada Love")
    expect(reader.locator("main")).to_contain_text("dpa")
    expect(reader.locator("main")).to_contain_text("Eastmere")

    killed = newsml("<p/>", meta='<pubStatus qcode="stat:canceled"/><edNote>It is false.</edNote>', version=2)
    agency.paths["/feed"] = answer(killed, Content_Type="application/xml")
    ask_now(source=source)
    page.goto(f"{QUEUE}?state=taken")
    expect(page.get_by_text("Killed after a story was made of it.")).to_be_visible()
    page.goto(f"/newsroom/pages/{story.pk}/edit/")
    expect(page.locator(".messages")).to_contain_text("dpa has killed what this story was made of")


@pytest.fixture
def busy_desk(editor: User) -> list[str]:
    """A queue with all that may stand in one; returns the pages of the desk."""
    afp, ap = make_source(), make_source("AP", credit="AP", error="The server answered 500 Internal Server Error")
    photo = PhotoFactory.create()
    refs = (ReadPhoto("https://a.example/1.jpg", caption="The ferry.", credit="AFP PHOTO", usage_terms="Editorial."),)
    until = clock.now() + dt.timedelta(hours=5)
    whole = {"photos": refs, "subjects": ("Sea", "Transport"), "usage_terms": "No sales.", "byline": "By Ada Love"}
    first = arrived(afp, sent(version=1, urgency=2, **whole))
    WirePhoto.objects.update(photo=photo, is_unclaimed=True)
    arrived(ap, sent("urn:ap:1"))
    arrived(ap, sent("urn:ap:2", "Minister speaks at noon of the budget", html="<p>x</p>", embargoed_until=until))
    arrived(ap, sent("urn:ap:3", "عودة العبارة إلى الجزر بعد تسعة أيام", html="<p>نص</p>", language="ar"))
    take_in(source=afp, items=[sent(version=2, headline="Ferry sails", html=f"<p>{TEXT} It is full.</p>", **whole)])
    taken = arrived(afp, sent("urn:afp:2", "Council counts geese on the green", html="<p>Geese.</p>", version=1))
    make_story(item=taken, by=editor)
    kill = sent("urn:afp:2", "", html="", version=2, status="canceled", signal="kill", note_to_editors="KILL. False.")
    take_in(source=afp, items=[kill])
    items = [f"{QUEUE}{item.pk}/" for item in (first, taken)]
    return [
        QUEUE,
        f"{QUEUE}?state=taken",
        f"{QUEUE}?state=aside",
        *items,
    ]


@pytest.mark.parametrize(
    "reader",
    [Reader(), Reader(width=PHONE_WIDTH), Reader(width=PHONE_WIDTH, colours="dark")],
    ids=["desk", "phone", "dark phone"],
)
def test_the_desks_pages_suit_everybody(
    open_newsroom: OpenNewsroom, editor: User, busy_desk: list[str], reader: Reader
) -> None:
    page = open_newsroom(editor, "/healthz", reader=reader)

    for address in busy_desk:
        page.goto(address)
        assert [finding for finding in axe_findings(page) if "sidebar" not in finding] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= reader.width, address


def test_the_queue_is_worked_with_the_keyboard(open_newsroom: OpenNewsroom, editor: User, busy_desk: list[str]) -> None:
    page = open_newsroom(editor, QUEUE)
    rows = page.locator(".wire-row")
    first, second = (rows.nth(place).locator(".wire-row__headline a") for place in range(2))

    first.focus()
    page.keyboard.press("j")
    expect(second).to_be_focused()
    page.keyboard.press("x")
    expect(rows.nth(1).locator("[name=item]")).to_be_checked()
    page.keyboard.press("k")
    expect(first).to_be_focused()
    headline = second.inner_text()
    page.get_by_role("button", name="Set the chosen aside").press("Enter")

    expect(page.locator(".messages")).to_contain_text("set aside")
    expect(page.get_by_role("link", name=headline, exact=True)).to_have_count(0)
