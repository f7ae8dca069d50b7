"""What the editor's form accepts, refuses, and asks for."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.newsdesk.tests.filled_forms import form_data, save
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.shelves import month_page, today
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    story = make_story(headline="Ferry returns", live=False)
    story.save_revision()
    return story


def test_a_draft_may_be_incomplete(client, sign_in, draft):
    sign_in("Editor")

    assert save(client, draft, form_data()) == {}


def test_publishing_asks_for_section_and_byline(client, sign_in, draft):
    sign_in("Editor")

    wrong = save(client, draft, form_data(), publish=True)

    assert set(wrong) == {"section", "__all__"}
    assert "at least one byline" in wrong["__all__"][0]


def test_a_whole_story_is_published(client, sign_in, draft):
    sign_in("Editor")
    data = form_data(contributor=ContributorFactory.create(), section=SectionFactory.create().pk)

    assert save(client, draft, data, publish=True) == {}

    draft.refresh_from_db()
    assert draft.live
    assert client.get(draft.url).status_code == 200


def test_a_headline_has_an_end(client, sign_in, draft):
    sign_in("Editor")

    assert "160" in save(client, draft, form_data(title="n" * 161))["title"][0]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"alt_text": ""}, "Say what can be seen"),
        ({"alt_text": "The evening ferry leaves Eastmere."}, "repeats the caption"),
        ({"alt_text": "DSC_0042.jpg"}, "name of a file"),
        ({"credit": ""}, "credit line"),
        ({"rights_expire_on": dt.date(2001, 1, 1)}, "has ended"),
    ],
)
def test_photos_with_bad_words_keep_a_story_from_publication_but_not_from_being_saved(
    client, sign_in, draft, fields, sentence
):
    sign_in("Editor")
    photo = PhotoFactory.create(**fields)
    whole = {"contributor": ContributorFactory.create(), "section": SectionFactory.create().pk}
    in_text = [("photo", {"photo": photo.pk, "caption": "", "width": "text"})]

    assert save(client, draft, form_data(lead_photo=photo.pk, **whole)) == {}
    assert sentence in save(client, draft, form_data(lead_photo=photo.pk, **whole), publish=True)["lead_photo"][0]
    assert sentence in save(client, draft, form_data(*in_text, **whole), publish=True)["__all__"][0]


def test_html_is_refused_from_those_who_may_not_use_it(client, sign_in, draft):
    sign_in("Editor")

    assert "body" in save(client, draft, form_data(("html", "<b>new</b>")))


def test_html_that_was_there_before_stays_and_must_not_be_changed(client, sign_in, draft):
    draft.body = [("html", "<b>old</b>")]
    draft.save_revision()
    sign_in("Editor")

    assert save(client, draft, form_data(("html", "<b>old</b>"))) == {}
    assert "body" in save(client, draft, form_data(("html", "<i>old</i>")))


def test_admins_use_html(client, sign_in, draft):
    sign_in("Admin")

    assert save(client, draft, form_data(("html", "<b>new</b>"))) == {}


@pytest.mark.parametrize(("role", "offered"), [("Editor", False), ("Reporter", False), ("Admin", True)])
def test_html_is_offered_to_those_who_may_use_it(rf, sign_in, role, offered):
    form_class = Story.get_edit_handler().get_form_class()

    form = form_class(instance=Story(), for_user=sign_in(role), parent_page=month_page(today()))

    assert ("html" in form.fields["body"].widget.block_def.child_blocks) is offered


def test_a_new_story_carries_its_authors_byline_and_section(client, sign_in):
    user = sign_in("Section editor")
    world = SectionFactory.create()
    world.editors.add(user)
    marit = ContributorFactory.create(user=user)

    form = client.get("/newsroom/stories/new/", follow=True).context["form"]

    assert form.instance.section == world
    assert [row.contributor for row in form.instance.bylines.all()] == [marit]


def test_a_section_editor_publishes_in_the_section_and_not_into_another(client, sign_in):
    user = sign_in("Section editor")
    world, sport = SectionFactory.create(), SectionFactory.create()
    world.editors.add(user)
    story = make_story(headline="Ferry returns", live=False, section=world)
    story.save_revision()
    author = ContributorFactory.create()

    assert "section" in save(client, story, form_data(contributor=author, section=sport.pk), publish=True)
    assert save(client, story, form_data(contributor=author, section=world.pk), publish=True) == {}


def test_topics_named_in_the_form_are_offered(client, sign_in):
    sign_in("Reporter")
    TopicFactory.create(name="Eastmere")
    TopicFactory.create(name="Harbour Board")
    TopicFactory.create(name="Elsewhere")
    text = ("paragraph", rich_text("<p>The harbour <b>board</b> met. The Harbour Board voted.</p>"))

    answer = client.post("/newsroom/stories/topics/", form_data(text, title="In EASTMÈRE"))

    assert [topic["name"] for topic in answer.json()["topics"]] == ["Harbour Board", "Eastmere"]


def test_topics_in_a_text_are_for_those_who_write(client, sign_in):
    sign_in("Photographer")

    assert client.post("/newsroom/stories/topics/", {"title": "Eastmere"}).status_code == 302


def test_the_preview_of_the_search_result_shows_the_storys_own_address(client, sign_in):
    sign_in("Editor")
    story = make_story(headline="Ferry returns", published_at=dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC))

    html = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert 'data-day="2016/10/19"' in html
