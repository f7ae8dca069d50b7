"""Fronts as readers see them."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.fronts.models import Front
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.selectors import arranged_front
from broadsheet.fronts.tests.factories import keyed, make_zone, until
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.fronts.zones import Rule, RuleSource, ZoneKind
from broadsheet.kit import clock
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
READER_QUERIES = 12


def hours_ago(hours):
    return clock.now() - dt.timedelta(hours=hours)


def headlines(client, address="/"):
    html = client.get(address).content.decode()
    return re.findall(r'<h[23] class="teaser__head"><a href="[^"]*">([^<]+)</a>', html)


def publish(*zones, section=None):
    return publish_front(section=section, zones=keyed(zones), user=UserFactory.create(), seen_version=None)


def test_a_paper_without_stories_invites_its_readers_to_come_back(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "first stories" in response.content.decode()


def test_a_front_that_nobody_arranged_shows_every_story_once_with_a_photo_on_top(client):
    section = SectionFactory.create(name="World")
    for number in range(12):
        make_story(headline=f"Plain {number}", published_at=hours_ago(number), section=section)
    make_story(headline="Seen", published_at=hours_ago(3.5), lead_photo=PhotoFactory.create(), section=section)

    shown = headlines(client)

    assert shown[0] == "Seen"
    assert sorted(shown) == sorted({"Seen", *(f"Plain {number}" for number in range(12))})


def test_opinion_has_its_place_and_its_writer_stands_there(client):
    make_story(headline="News of the day", published_at=hours_ago(2))
    for number in range(6):
        make_story(headline=f"View {number}", work_type="opinion", published_at=hours_ago(30 + number))

    html = client.get("/").content.decode()

    assert "zone--opinion" in html


def test_an_editor_s_front_replaces_the_usual_one(client):
    old = make_story(headline="Old but important", published_at=hours_ago(500))
    for number in range(4):
        make_story(headline=f"New {number}", published_at=hours_ago(number + 1))

    publish(make_zone(old.pk, None, None, kind=ZoneKind.LEAD))

    assert headlines(client) == ["Old but important", "New 0", "New 1"]


def test_a_story_taken_down_leaves_the_front_at_once(client):
    story = make_story(headline="Withdrawn", published_at=hours_ago(1))
    make_story(headline="Stays", published_at=hours_ago(2))
    publish(make_zone(story.pk, None, kind=ZoneKind.LEAD))

    story.unpublish()

    assert headlines(client) == ["Stays"]


def test_a_sponsored_story_stands_on_a_front_only_where_an_editor_put_it(client):
    paid = make_story(headline="Boats you can trust", work_type="sponsored", published_at=hours_ago(1))
    make_story(headline="News", published_at=hours_ago(2))
    assert headlines(client) == ["News"]

    publish(make_zone(None, paid.pk, kind=ZoneKind.LEAD))

    assert headlines(client) == ["News", "Boats you can trust"]


def test_a_section_called_opinion_is_the_place_of_opinion(client):
    opinion = SectionFactory.create(name="Opinion", slug="opinion")
    make_story(headline="A view", section=opinion, work_type="opinion", published_at=hours_ago(100))
    for number in range(5):
        make_story(headline=f"News {number}", published_at=hours_ago(number))

    html = client.get("/").content.decode()

    assert html.count('<a href="/section/opinion/">Opinion</a></h2>') == 1
    assert "zone--opinion" in html


def test_a_pin_ends_by_time_and_the_front_says_when():
    pinned = make_story(headline="Until noon", published_at=hours_ago(100))
    newest = make_story(headline="Newest", published_at=hours_ago(1))
    end = clock.now() + dt.timedelta(hours=1)
    zones = [make_zone(until(pinned.pk, end), kind=ZoneKind.LEAD)]

    before = arranged_front(zones, section=None, at=clock.now())
    after = arranged_front(zones, section=None, at=end)

    assert before.story_ids == {pinned.pk}
    assert before.next_change_at == end
    assert after.story_ids == {newest.pk}
    assert after.next_change_at is None


def test_an_empty_live_strip_shows_nothing_and_a_filled_one_a_line(client):
    story = make_story(headline="Count under way", published_at=hours_ago(1))
    assert "live-strip" not in client.get("/").content.decode()

    publish(make_zone(story.pk, kind=ZoneKind.LIVE, rule=Rule(RuleSource.HAND)))

    assert "live-strip" in client.get("/").content.decode()
    assert "Count under way" in client.get("/").content.decode()


def test_zones_are_filled_from_a_section_a_topic_or_a_type_of_work_and_named_for_it(client):
    culture, floods = (
        SectionFactory.create(name="Culture", slug="culture"),
        TopicFactory.create(name="Floods", slug="floods"),
    )
    make_story(headline="Opera", section=culture, published_at=hours_ago(1))
    make_story(headline="River", topics=[floods], published_at=hours_ago(2))
    make_story(headline="Why", work_type="explainer", published_at=hours_ago(3))
    publish(
        make_zone(None, None, rule=Rule(RuleSource.SECTION, culture.pk)),
        make_zone(None, None, rule=Rule(RuleSource.TOPIC, floods.pk)),
        make_zone(None, None, rule=Rule(RuleSource.WORK_TYPE, "explainer")),
    )

    html = client.get("/").content.decode()

    assert headlines(client) == ["Opera", "River", "Why"]
    assert '<a href="/section/culture/">Culture</a></h2>' in html
    assert '<a href="/topic/floods/">Floods</a></h2>' in html
    assert '<h2 class="zone__title">Explainer</h2>' in html


def test_a_zone_of_a_section_that_was_deleted_is_empty_and_nothing_breaks(client):
    gone = SectionFactory.create()
    publish(make_zone(None, rule=Rule(RuleSource.SECTION, gone.pk)), make_zone(None))
    gone.delete()
    make_story(headline="Stays")

    assert headlines(client) == ["Stays"]


def test_a_section_s_front_shows_its_zones_and_then_the_rest_none_twice(client):
    section = SectionFactory.create(slug="world")
    for number in range(40):
        make_story(headline=f"Story {number:02}", published_at=hours_ago(number), section=section)
    make_story(headline="Elsewhere", published_at=hours_ago(0))

    first = client.get("/section/world/")
    [older] = re.findall(r'href="(\?before=[^"]+)"', first.content.decode())

    assert headlines(client, "/section/world/") == [f"Story {number:02}" for number in range(30)]
    assert headlines(client, f"/section/world/{older}") == [f"Story {number:02}" for number in range(30, 40)]


def test_a_section_without_stories_says_so(client):
    SectionFactory.create(slug="world", name="World")

    response = client.get("/section/world/")

    assert response.status_code == 200
    assert "first stories" in response.content.decode()


@pytest.mark.parametrize("address", ["/section/nowhere/", "/section/world/?before=yesterday"])
def test_fronts_that_are_not_there_are_not_found(client, address):
    SectionFactory.create(slug="world")

    assert client.get(address).status_code == 404


def test_a_front_takes_the_same_few_queries_however_much_there_is(client):
    topic, photo = TopicFactory.create(), PhotoFactory.create()
    sections = [SectionFactory.create(slug=f"section-{number}") for number in range(5)]
    zones = keyed(
        [
            *usual_zones(None),
            make_zone(None, None, rule=Rule(RuleSource.TOPIC, topic.pk)),
            make_zone(None, None, rule=Rule(RuleSource.WORK_TYPE, "review")),
        ]
    )
    publish_front(section=None, zones=zones, user=UserFactory.create(), seen_version=None)

    def write(first: int, last: int) -> None:
        for number in range(first, last):
            make_story(headline=f"Story {number}", section=sections[number % 5], topics=[topic], lead_photo=photo)

    write(0, 80)
    counts = {address: [queries(client, address)] for address in ("/", "/section/section-0/")}
    write(80, 120)
    for address, count in counts.items():
        count.append(queries(client, address))

    assert all(count[0] == count[1] <= READER_QUERIES for count in counts.values()), counts


def test_the_usual_front_takes_few_queries_too(client):
    for number in range(6):
        make_story(headline=f"Story {number}", section=SectionFactory.create())
    assert not Front.objects.exists()

    assert queries(client, "/") <= READER_QUERIES


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
