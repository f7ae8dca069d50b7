"""The newsroom's list of stories."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import Workflow

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.views import story_list
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.models import TopicSynonym
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
LIST = "/newsroom/stories/"


def make_edited(headline: str, *, minutes_ago: int = 0, **fields):
    """Make a story that an editor has saved."""
    moment = clock.now() - dt.timedelta(minutes=minutes_ago)
    return make_story(headline=headline, latest_revision_created_at=moment, draft_title=headline, **fields)


def headlines(client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [row.headline for row in response.context["rows"]]


def test_the_story_list_shows_drafts_and_published_last_edited_first(client, sign_in):
    sign_in("Editor")
    make_edited("Earlier", minutes_ago=9)
    make_edited("Draft", minutes_ago=5, live=False)
    make_edited("Latest")

    assert headlines(client) == ["Latest", "Draft", "Earlier"]


def test_ordered_by_publication_the_list_leaves_out_what_was_never_published(client, sign_in):
    sign_in("Editor")
    now = clock.now()
    make_edited("Old, just edited", published_at=now - dt.timedelta(days=2))
    make_edited("New", minutes_ago=60, published_at=now)
    make_edited("Draft", live=False)

    assert headlines(client, "ordering=published") == ["New", "Old, just edited"]


def test_no_other_order_is_to_be_had(client, sign_in):
    sign_in("Editor")
    make_edited("B", minutes_ago=1)
    make_edited("A", minutes_ago=2)

    for order in ("ord", "title", "-title", "nonsense"):
        assert headlines(client, f"ordering={order}") == ["B", "A"]


def test_older_stories_follow_without_gaps_or_repeats(client, sign_in, monkeypatch):
    monkeypatch.setattr(story_list, "STORIES_ON_A_PAGE", 2)
    sign_in("Editor")
    for number in range(5):
        make_edited(f"Story {number}", minutes_ago=number)

    seen, query = [], ""
    while True:
        response = client.get(f"{LIST}?{query}")
        seen += [row.headline for row in response.context["rows"]]
        query = response.context["older_query"]
        if not query:
            break

    assert seen == [f"Story {number}" for number in range(5)]


def test_filters_narrow_the_list(client, sign_in):
    user = sign_in("Editor")
    world = SectionFactory.create(name="World")
    marit = ContributorFactory.create(name="Marit Soleng")
    ferries = TopicFactory.create(name="Ferries")
    TopicSynonym.objects.create(topic=ferries, name="Passenger boats")
    make_edited("In world", section=world)
    make_edited("By Marit", by=[marit])
    make_edited("On ferries", topics=[ferries])
    make_edited("Opinion", work_type="opinion")
    make_edited("Mine", owner=user)

    assert headlines(client, f"section={world.pk}") == ["In world"]
    assert headlines(client, "byline=soleng") == ["By Marit"]
    assert headlines(client, "topic=ferri") == ["On ferries"]
    assert headlines(client, "topic=passenger") == ["On ferries"]
    assert headlines(client, "work_type=opinion") == ["Opinion"]
    assert headlines(client, "whose=mine") == ["Mine"]
    assert headlines(client, "byline=nobody") == []


def test_dates_narrow_the_list(client, sign_in):
    sign_in("Editor")
    make_edited("October", published_at=dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC))
    make_edited("November", published_at=dt.datetime(2016, 11, 3, 12, tzinfo=dt.UTC))

    assert headlines(client, "published_from=2016-11-01") == ["November"]
    assert headlines(client, "published_from=2016-10-01&published_to=2016-10-19") == ["October"]


def test_each_state_finds_its_stories_and_the_list_names_it(client, sign_in):
    user = sign_in("Editor")
    make_edited("published")
    make_edited("changed", has_unpublished_changes=True)
    make_edited("expired", live=False, expired=True)
    make_edited("draft", live=False)
    withdrawn = make_edited("withdrawn")
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(live=False)
    waiting = make_edited("desk", live=False)
    waiting.save_revision(user=user)
    Workflow.objects.get().start(waiting, user)
    planned = make_edited("scheduled", live=False, go_live_at=clock.now() + dt.timedelta(days=1))
    planned.save_revision(user=user, approved_go_live_at=planned.go_live_at)

    shown = {row.headline: row.state for row in client.get(LIST).context["rows"]}

    assert shown == {name: name for name in shown}
    assert len(shown) == 7
    for state in set(shown) - {"published"}:
        assert headlines(client, f"state={state}") == [state]
    assert set(headlines(client, "state=published")) == {"published", "changed"}


def test_search_finds_headlines_that_have_all_the_words(client, sign_in):
    sign_in("Editor")
    make_edited("Ferry returns to Eastmere")
    make_edited("Ferry sinks")

    assert headlines(client, "q=eastmere+ferry") == ["Ferry returns to Eastmere"]
    assert headlines(client, "q=%25_'\"") == []


def test_reporters_open_their_own_stories_and_only_look_at_others(client, sign_in):
    user = sign_in("Reporter")
    own = make_edited("Own", live=False, owner=user)
    make_edited("Other's draft", live=False)
    public = make_edited("Other's story")

    links = {row.headline: (row.edit_url, row.public_url) for row in client.get(LIST).context["rows"]}

    assert links == {
        "Own": (reverse("wagtailadmin_pages:edit", args=[own.pk]), ""),
        "Other's draft": ("", ""),
        "Other's story": ("", public.url),
    }


def test_the_empty_list_says_what_to_do(client, sign_in):
    sign_in("Reporter")

    assert "Write the first one" in client.get(LIST).content.decode()
    assert "No story matches" in client.get(f"{LIST}?q=nothing&state=draft").content.decode()


def test_the_list_costs_the_same_queries_for_few_stories_and_for_many(client, sign_in, django_assert_max_num_queries):
    sign_in("Editor")
    section, person = SectionFactory.create(), ContributorFactory.create()
    for number in range(30):
        make_edited(f"Story {number}", section=section, by=[person])
    client.get(LIST)

    with django_assert_max_num_queries(20):
        client.get(LIST)


def test_a_cursor_that_is_not_ours_is_not_found(client, sign_in):
    sign_in("Editor")

    assert client.get(f"{LIST}?before=garbage").status_code == 404


def test_a_new_story_begins_on_this_months_shelf(client, sign_in):
    sign_in("Reporter")

    response = client.get("/newsroom/stories/new/", follow=True)

    assert response.status_code == 200
    assert response.context["page"].specific_class.__name__ == "Story"


def test_a_locked_story_says_whose_lock_it_is(client, sign_in):
    editor = sign_in("Editor")
    make_edited("Ferry", live=False, locked=True, locked_by=editor, locked_at=clock.now())

    assert f"Locked by {editor} since" in client.get(LIST).content.decode()


def test_a_changed_story_leads_to_what_will_change(client, sign_in):
    sign_in("Editor")
    changed = make_story(headline="Changed", draft_title="Changed")
    changed.save_revision()
    make_story(headline="As it is", draft_title="As it is").save_revision(changed=False)
    address = reverse("newsdesk_what_will_change", args=[changed.pk])

    for page in ("/newsroom/stories/", "/newsroom/"):
        html = client.get(page).content.decode()
        assert html.count("what-will-change") == html.count(address) == 1
