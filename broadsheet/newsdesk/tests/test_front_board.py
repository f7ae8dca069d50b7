"""The newsroom's pages for arranging fronts."""

import datetime as dt
import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.fronts.models import Front
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.tests.factories import make_zone
from broadsheet.fronts.zones import ZoneKind, zones_to_data
from broadsheet.kit import clock
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db

FRONT_PAGE = "/newsroom/fronts/front-page/"
ONE_LEAD = {
    "key": "lead",
    "kind": "lead",
    "title": "",
    "rule": {"source": "paper", "value": None},
    "slots": [None, None],
}


def person(role, **fields):
    user = UserFactory.create(**fields)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def editor():
    return person("Editor", first_name="Mara", last_name="Lind")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def post(desk, address, **data):
    return desk.post(address, json.dumps(data), content_type="application/json")


def lead_with(story, **more):
    return [ONE_LEAD | {"slots": [{"story": story.pk, "until": None} | more, None]}]


def front_shown():
    return [pin.story_id for zone in Front.zones_in_force(None) for pin in zone.slots if pin]


def test_the_board_opens_on_a_paper_that_nobody_has_arranged(desk):
    story = make_story(headline="Ferry returns")

    response = desk.get(FRONT_PAGE)

    board = response.context["board"]
    assert [zone["kind"] for zone in board["zones"]] == ["live", "lead", "opinion", "recent"]
    assert board["arrangement"]["zones"][1]["slots"][0] == {"story": story.pk, "trouble": ""}
    assert board["arrangement"]["stories"][story.pk]["headline"] == "Ferry returns"
    assert board["seen"] is None
    assert not Front.objects.exists()


def test_the_list_of_fronts_tells_their_state(desk, editor):
    SectionFactory.create(name="World")
    draft = publish_front(section=None, zones=[make_zone(1)], user=editor, seen_version=None)
    in_an_hour = clock.now() + dt.timedelta(hours=1)
    publish_front(section=None, zones=[make_zone(2)], user=editor, seen_version=draft.pk, go_live_at=in_an_hour)

    html = desk.get("/newsroom/fronts/").content.decode()

    assert "Arranged by Mara Lind" in html
    assert "Planned for" in html
    assert "World" in html
    assert "The usual front, filled by rule" in html


def test_an_editor_places_a_story_saves_and_publishes(desk):
    story = make_story(published_at=clock.now() - dt.timedelta(days=9))

    draft = post(desk, f"{FRONT_PAGE}save/", act="draft", zones=lead_with(story), seen=None).json()
    assert front_shown() == []
    post(desk, f"{FRONT_PAGE}save/", act="publish", zones=lead_with(story), seen=draft["version"])

    assert front_shown() == [story.pk]


def test_the_board_is_told_what_its_zones_would_show_and_why_a_story_does_not(desk):
    shown, hidden = make_story(headline="Shown"), make_story(headline="Draft", live=False)
    zones = [
        ONE_LEAD
        | {
            "slots": [
                {"story": hidden.pk, "until": None},
                {"story": shown.pk, "until": None},
                {"story": shown.pk, "until": None},
                {"story": 987654, "until": "2020-01-01T10:00"},
            ]
        }
    ]

    answer = post(desk, f"{FRONT_PAGE}arrange/", zones=zones).json()

    slots = answer["zones"][0]["slots"]
    assert [slot["story"] for slot in slots] == [None, shown.pk, None, None]
    assert ["not published" in slots[0]["trouble"], slots[1]["trouble"]] == [True, ""]
    assert "further up" in slots[2]["trouble"]
    assert "ended" in slots[3]["trouble"]
    assert answer["stories"][str(hidden.pk)]["when"] == "Not published"
    assert "deleted" in answer["stories"]["987654"]["headline"]


def test_a_pin_ends_by_the_clock_of_the_editor(desk):
    story = make_story()
    with timezone.override("UTC"):
        post(desk, f"{FRONT_PAGE}save/", act="publish", zones=lead_with(story, until="2031-05-01T18:30"), seen=None)

    [zone] = Front.zones_in_force(None)
    assert zone.slots[0].until == dt.datetime(2031, 5, 1, 18, 30, tzinfo=dt.UTC)
    assert desk.get(FRONT_PAGE).context["board"]["zones"][0]["slots"][0]["until"] == "2031-05-01T18:30"


def test_a_front_is_scheduled_and_the_schedule_cancelled(desk):
    story = make_story()

    answer = post(desk, f"{FRONT_PAGE}save/", act="schedule", at="2031-05-01T06:00", zones=lead_with(story), seen=None)

    assert answer.status_code == 200
    assert front_shown() == []
    planned = Revision.objects.get(approved_go_live_at__isnull=False)
    assert planned.approved_go_live_at == dt.datetime(2031, 5, 1, 6, tzinfo=dt.UTC)
    assert "goes live on" in desk.get(FRONT_PAGE).content.decode()

    desk.post(f"{FRONT_PAGE}unschedule/")
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_saving_over_a_colleagues_newer_version_is_refused_and_says_whose_it_is(desk):
    story = make_story()
    colleague = UserFactory.create(first_name="Piotr", last_name="Vale")
    theirs = publish_front(section=None, zones=[make_zone(1)], user=colleague, seen_version=None)

    refused = post(desk, f"{FRONT_PAGE}save/", act="publish", zones=lead_with(story), seen=None)

    assert refused.status_code == 409
    conflict = refused.json()["conflict"]
    assert "Piotr Vale" in conflict["message"]
    assert conflict["version"] == theirs.pk
    assert front_shown() == [1]

    again = post(desk, f"{FRONT_PAGE}save/", act="publish", zones=lead_with(story), seen=conflict["version"])
    assert again.status_code == 200
    assert front_shown() == [story.pk]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "draft", "zones": "none", "seen": None},
        {"act": "draft", "zones": [{}], "seen": None},
        {"act": "burn", "zones": [ONE_LEAD], "seen": None},
        {"act": "schedule", "at": "2001-01-01T10:00", "zones": [ONE_LEAD], "seen": None},
        {"act": "schedule", "at": "soon", "zones": [ONE_LEAD], "seen": None},
        {"act": "draft", "zones": [ONE_LEAD | {"slots": [{"story": 1, "until": "2031-99-01T10:00"}]}], "seen": None},
    ],
)
def test_what_is_no_board_is_refused_in_a_sentence_and_nothing_is_kept(desk, sent):
    response = post(desk, f"{FRONT_PAGE}save/", **sent)

    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert not Front.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused(desk, body):
    response = desk.post(f"{FRONT_PAGE}arrange/", body, content_type="application/json")

    assert response.status_code == 400


def test_the_preview_shows_the_board_as_readers_would_see_it_and_keeps_nothing(desk):
    make_story(headline="Newest")
    story = make_story(headline="Chosen lead", published_at=clock.now() - dt.timedelta(days=9))

    response = desk.post(f"{FRONT_PAGE}preview/", {"zones": json.dumps(lead_with(story))})

    html = response.content.decode()
    assert html.index("Chosen lead") < html.index("Newest")
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert not Front.objects.exists()


def test_an_older_version_is_looked_at_restored_and_published(desk, editor):
    first_story = make_story(headline="First lead")
    first = publish_front(
        section=None, zones=[make_zone(first_story.pk, kind=ZoneKind.LEAD)], user=editor, seen_version=None
    )
    second = publish_front(section=None, zones=[make_zone(2)], user=editor, seen_version=first.pk)

    history = desk.get(f"{FRONT_PAGE}history/").content.decode()
    looked_at = desk.get(f"{FRONT_PAGE}history/{first.pk}/").content.decode()
    restored = desk.post(f"{FRONT_PAGE}history/{first.pk}/restore/", {"seen": second.pk, "publish": "1"})

    assert history.count("Restore and publish") == 1
    assert "First lead" in looked_at
    assert restored.url == FRONT_PAGE
    assert front_shown() == [first_story.pk]


def test_restoring_over_a_version_one_has_not_seen_is_refused(desk, editor):
    first = publish_front(section=None, zones=[make_zone(1)], user=editor, seen_version=None)
    publish_front(section=None, zones=[make_zone(2)], user=UserFactory.create(), seen_version=first.pk)

    response = desk.post(f"{FRONT_PAGE}history/{first.pk}/restore/", {"seen": first.pk, "publish": "1"}, follow=True)

    assert "saved a newer version" in response.content.decode()
    assert front_shown() == [2]


def test_stories_are_found_by_words_and_section_newest_first_and_planned_ones_before(desk):
    world = SectionFactory.create()
    old = make_story(headline="Ferry sinks at Eastmere", published_at=clock.now() - dt.timedelta(days=30))
    new = make_story(headline="Ferry returns to Eastmere", section=world)
    make_story(headline="Tram stops")
    planned = make_story(headline="Ferry inquiry opens", live=False, go_live_at=clock.now() + dt.timedelta(hours=3))
    planned.save_revision().publish()
    make_story(headline="Ferry draft", live=False)

    def found(**query):
        answer = desk.get(reverse("fronts_board:stories"), query).json()
        return [story["id"] for story in answer["stories"]]

    assert found(q="ferry") == [planned.pk, new.pk, old.pk]
    assert found(q="EASTMERE ferry") == [new.pk, old.pk]
    assert found(q="ferry", section=world.pk) == [new.pk]
    assert found(q="submarine") == []


def test_further_stories_follow_the_first(desk):
    for number in range(25):
        make_story(headline=f"Story {number}", published_at=clock.now() - dt.timedelta(hours=number))
    address = reverse("fronts_board:stories")

    first = desk.get(address).json()
    rest = desk.get(address, {"before": first["older"]}).json()

    assert [len(first["stories"]), len(rest["stories"]), rest["older"]] == [20, 5, ""]


def test_a_section_editor_arranges_the_fronts_of_their_own_sections_only(client):
    own, other = SectionFactory.create(), SectionFactory.create()
    user = person("Section editor")
    own.editors.add(user)
    client.force_login(user)

    assert client.get(f"/newsroom/fronts/section/{own.pk}/").status_code == 200
    answer = post(client, f"/newsroom/fronts/section/{own.pk}/save/", act="publish", zones=[ONE_LEAD], seen=None)
    assert answer.status_code == 200
    listed = client.get("/newsroom/fronts/").content.decode()
    assert f"/section/{own.pk}/" in listed
    assert f"/section/{other.pk}/" not in listed
    assert "front-page" not in listed
    for closed in (FRONT_PAGE, f"/newsroom/fronts/section/{other.pk}/"):
        assert is_refused(client.get(closed))
        assert is_refused(post(client, f"{closed}save/", act="publish", zones=[ONE_LEAD], seen=None))


@pytest.mark.parametrize("role", ["Publisher", "Admin"])
def test_those_who_answer_for_the_paper_arrange_every_front(client, role):
    section = SectionFactory.create()
    client.force_login(person(role))

    for place in (FRONT_PAGE, f"/newsroom/fronts/section/{section.pk}/"):
        assert post(client, f"{place}save/", act="publish", zones=[ONE_LEAD], seen=None).status_code == 200


@pytest.mark.parametrize("role", ["Reporter", "Photographer", "Moderator", "Section editor"])
def test_others_of_the_newsroom_arrange_no_front(client, role):
    section = SectionFactory.create()
    publish_front(section=None, zones=[make_zone(1)], user=UserFactory.create(), seen_version=None)
    kept = Front.objects.get().latest_revision
    client.force_login(person(role))

    for place in (FRONT_PAGE, f"/newsroom/fronts/section/{section.pk}/"):
        for page in ("", "history/", f"history/{kept.pk}/"):
            assert is_refused(client.get(place + page)), page
        for act in ("arrange/", "preview/", "save/", "unschedule/", f"history/{kept.pk}/restore/"):
            assert is_refused(client.post(place + act, {"zones": json.dumps(zones_to_data([make_zone(2)]))})), act
    assert is_refused(client.get("/newsroom/fronts/"))
    assert client.get(reverse("fronts_board:stories")).status_code == 404
    assert front_shown() == [1]


def is_refused(response):
    return response.status_code == 302 and response.url == "/newsroom/"
