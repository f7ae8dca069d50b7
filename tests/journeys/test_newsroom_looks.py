"""The newsroom's own pages in the dark, and from right to left, on a desk and on a phone."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from broadsheet.accounts.models import User
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.zones import Rule, Zone, ZoneKind
from broadsheet.kit import clock
from broadsheet.newsdesk.tests.in_work import at_the_desk, person
from broadsheet.newsdesk.workflow.add_note import add_note
from broadsheet.newsdesk.workflow.assign_story import assign_story
from broadsheet.pages.count_missed_addresses import count_missed_addresses
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.search.count_missed_searches import SearchInVain, count_missed_searches
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.recording import make_recorded_story, newest, publish, take_down
from broadsheet.wire.tests.sending import arrived, make_source, sent
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import PHONE_WIDTH, Reader, axe_findings

pytestmark = pytest.mark.browser
READERS = [Reader(colours="dark"), Reader(width=PHONE_WIDTH, colours="dark"), Reader(width=PHONE_WIDTH)]
SOON = dt.timedelta(hours=5)


@pytest.fixture
def editor(transactional_db: None) -> User:
    user = person("Editor", first_name="Fenella", last_name="Strand")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "ar"})
    return user


def busy_newsroom(editor: User) -> dict[str, Any]:
    """Give every page of the newsroom something to show; return its pages by name, with what stands in the address."""
    waiting = at_the_desk("4,318 geese, or 4,322?", owner=editor)
    assign_story(story=waiting, assignee=editor, due_at=clock.now() - SOON, by=person("Editor"))
    add_note(story=waiting, by=editor, text="Two counts differ.")
    changed, gone = make_recorded_story(), publish("Gone.", headline="Gone")
    Story.objects.filter(pk=changed.pk).update(locked=True, locked_by=editor, locked_at=clock.now())
    schedule_story(story=changed, user=editor, go_live_at=clock.now() + SOON)
    take_down(gone, "A court has ordered us to remove this article.")
    front = {"section": None, "zones": [Zone("z1", ZoneKind.LEAD, Rule(), (None,))], "user": editor}
    first = publish_front(**front, seen_version=None)
    publish_front(**front, seen_version=first.pk, go_live_at=clock.now() + SOON)
    wire = arrived(make_source(error="The server answered 500"), sent(urgency=1, status="canceled"))
    count_missed_addresses(counts={(clock.now().date(), "/old/address/"): (2, 1)})
    in_vain = {SearchInVain(clock.now().date(), hour, "swimming pool"): 2 for hour in (8, 9, 10)}
    count_missed_searches(counts=in_vain)
    return {
        "newsdesk_missed_searches": (),
        **dict.fromkeys(("newsdesk_board_by_stage", "newsdesk_board_by_due_time", "newsdesk_embargo_board"), ()),
        **dict.fromkeys(("newsdesk_notices", "newsdesk_audit", "newsdesk_missed_addresses"), ()),
        **dict.fromkeys(("fronts_board:index", "fronts_board:board", "fronts_board:history"), ()),
        **dict.fromkeys(("newsdesk_versions", "newsdesk_what_will_change"), (changed.pk,)),
        "newsdesk_wire": (),
        "newsdesk_wire_item": (wire.pk,),
        "newsdesk_embargo_move": ("story", changed.pk),
        "newsdesk_story_desk": (waiting.pk,),
        "newsdesk_story_record": (gone.pk,),
        "newsdesk_put_back": (gone.pk,),
        "newsdesk_take_down": (changed.pk,),
        "newsdesk_withhold_words": (changed.pk, newest(changed).number - 1),
    }


def check(page: Page, width: int) -> None:
    """See that axe finds nothing in what is ours, and that nothing runs over the screen."""
    assert [finding for finding in axe_findings(page) if "sidebar" not in finding] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("reader", READERS, ids=["dark", "dark phone", "phone"])
def test_the_newsrooms_pages_suit_those_who_read_from_the_right(
    open_newsroom: OpenNewsroom, editor: User, reader: Reader
) -> None:
    pages = busy_newsroom(editor)
    page = open_newsroom(editor, "/healthz", reader=reader)

    for name, args in pages.items():
        page.goto(reverse(name, args=args))
        assert page.locator("html").get_attribute("dir") == "rtl"
        check(page, reader.width)


def test_on_a_phone_what_sends_a_story_back_fits(open_newsroom: OpenNewsroom, editor: User) -> None:
    story = at_the_desk("4,318 geese, or 4,322?", owner=editor)
    page = open_newsroom(editor, reverse("newsdesk_story_desk", args=[story.pk]), reader=Reader(width=PHONE_WIDTH))
    page.locator(".story-desk__back summary").click()

    note = page.locator(".story-desk__back textarea")
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE_WIDTH


def test_on_a_phone_no_name_of_a_front_is_broken(open_newsroom: OpenNewsroom, editor: User) -> None:
    SectionFactory.create(name="Climate and environment")
    page = open_newsroom(editor, reverse("fronts_board:index"), reader=Reader(width=PHONE_WIDTH))

    name = page.get_by_role("link", name="Climate and environment")
    expect(name).to_be_visible()
    assert name.evaluate("link => link.getClientRects().length") == 1


def test_what_is_typed_runs_as_its_own_words_do(open_newsroom: OpenNewsroom, editor: User) -> None:
    story = at_the_desk("4,318 geese, or 4,322?", owner=editor)
    page = open_newsroom(editor, reverse("wagtailadmin_pages:edit", args=[story.pk]), reader=Reader(colours="dark"))
    expect(page.locator("[name=body-0-value], [data-streamfield-stream-container]").first).to_be_attached()
    headline = page.locator("#id_title")
    direction = "field => getComputedStyle(field).direction"

    assert headline.evaluate(direction) == "ltr"
    headline.fill("العبّارة تعود")
    assert headline.evaluate(direction) == "rtl"
    counters = axe_findings(page, within=".text-counter")
    assert counters == []
