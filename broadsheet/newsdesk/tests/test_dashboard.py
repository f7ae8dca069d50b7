"""The newsroom's first page."""

import datetime as dt

import pytest
from wagtail.models import Workflow

from broadsheet.kit import clock
from broadsheet.masthead.models import Masthead
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


def panels(client) -> dict[str, list[str]]:
    response = client.get("/newsroom/")
    assert response.status_code == 200
    return {panel.name: [row.headline for row in panel.rows()] for panel in response.context["panels"]}


def make_draft(headline, **fields):
    story = make_story(headline=headline, live=False, draft_title=headline, **fields)
    story.save_revision(user=fields.get("owner"))
    return story


def send_for_approval(story, user):
    Workflow.objects.get().start(story, user)


def test_a_reporter_finds_their_own_drafts_and_what_has_come_out(client, sign_in):
    user = sign_in("Reporter")
    make_draft("Mine", owner=user)
    make_draft("Somebody else's")
    make_story(headline="Out", draft_title="Out")

    assert panels(client) == {"my-drafts": ["Mine"], "waiting": [], "scheduled": [], "published": ["Out"]}


def test_an_editor_finds_what_waits_for_approval_and_what_is_scheduled(client, sign_in):
    reporter = sign_in("Reporter")
    send_for_approval(make_draft("Please read", owner=reporter), reporter)
    planned = make_draft("Tomorrow", go_live_at=clock.now() + dt.timedelta(days=1))
    planned.save_revision(approved_go_live_at=planned.go_live_at)

    assert panels(client)["waiting"] == []
    sign_in("Editor")

    assert panels(client) == {"my-drafts": [], "waiting": ["Please read"], "scheduled": ["Tomorrow"], "published": []}


def test_a_section_editor_approves_what_is_in_the_section(client, sign_in):
    world, sport = SectionFactory.create(), SectionFactory.create()
    reporter = sign_in("Reporter")
    for headline, section in (("World news", world), ("Sport news", sport)):
        send_for_approval(make_draft(headline, owner=reporter, section=section), reporter)

    world.editors.add(sign_in("Section editor"))

    assert panels(client)["waiting"] == ["World news"]


@pytest.mark.parametrize("role", ["Photographer", "Moderator"])
def test_who_writes_no_stories_sees_the_papers_days_and_no_empty_promises(client, sign_in, role):
    sign_in(role)

    assert set(panels(client)) == {"scheduled", "published"}
    page = client.get("/newsroom/").content.decode()
    assert "New story" not in page
    assert ("Add photos" in page) is (role == "Photographer")


def test_the_newsroom_bears_the_papers_name(client, sign_in):
    masthead = Masthead.load()
    masthead.name = "The Harbour Gazette"
    masthead.save()

    assert "newsroom of The Harbour Gazette" in client.get("/newsroom/login/").content.decode()
    sign_in("Reporter")
    page = client.get("/newsroom/").content.decode()
    assert "The Harbour Gazette</title>" in page
    assert "Wagtail</title>" not in page
