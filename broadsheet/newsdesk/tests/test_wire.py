"""The wire desk: who may work with it, what they see, and what becomes of what they do."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Collection

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.notifications.models import Notice
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.newsdesk.tests.filled_forms import form_data, save
from broadsheet.newsdesk.wire.looks import look_at_wire
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.wire.make_story import make_story
from broadsheet.wire.models import ItemState, WireItem, WirePhoto, WireSource
from broadsheet.wire.read_item import ReadPhoto
from broadsheet.wire.take_in import take_in
from broadsheet.wire.tests.sending import TEXT, arrived, make_source, sent

pytestmark = pytest.mark.django_db
QUEUE = "/newsroom/wire/"


def page_of(item: WireItem) -> str:
    return reverse("newsdesk_wire_item", args=[item.pk])


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", ["Reporter", "Section editor", "Editor", "Admin"])
def test_those_who_write_work_with_the_wire(client: Client, sign_in: SignIn, role: str) -> None:
    item = arrived(make_source(), sent())
    sign_in(role)

    assert "Ferry to the islands sails again" in shown(client, QUEUE)
    assert "bread and" in shown(client, page_of(item))


@pytest.mark.parametrize("role", ["Photographer", "Moderator"])
def test_others_do_not_see_what_agencies_send(client: Client, sign_in: SignIn, role: str) -> None:
    item = arrived(make_source(), sent())
    sign_in(role)
    acts = [("newsdesk_wire_story", item.pk), ("newsdesk_wire_photos", item.pk), ("newsdesk_wire_aside", None)]

    for address in (QUEUE, page_of(item)):
        assert client.get(address).status_code == 302
    for name, pk in acts:
        client.post(reverse(name, args=[pk] if pk else []), {"item": item.pk})

    item.refresh_from_db()
    assert item.state == ItemState.NEW
    assert not Story.objects.exists()


def test_only_those_who_keep_sources_see_and_ask_them(client: Client, sign_in: SignIn) -> None:
    source = make_source()
    edit = reverse("newsdesk_wire_sources:edit", args=[source.pk])

    for role, may in {"Reporter": False, "Editor": True}.items():
        sign_in(role)
        assert (client.get(edit).status_code == 200) is may
        assert (edit in client.post(reverse("newsdesk_wire_fetch", args=[source.pk])).headers["Location"]) is may


def test_a_source_is_added_in_the_newsroom_and_a_path_refused(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    values = {"name": "AP", "credit": "AP", "kind": "folder", "address": "../../etc", "interval_minutes": 5}
    add = reverse("newsdesk_wire_sources:add")

    refused = client.post(add, {**values, "is_on": "on"})
    client.post(add, {**values, "address": "ap", "is_on": "on"})

    assert "no path" in refused.content.decode()
    assert WireSource.objects.get().address == "ap"


def test_a_source_that_has_sent_something_is_not_deleted(client: Client, sign_in: SignIn) -> None:
    used, unused = make_source(), make_source("AP", credit="AP")
    arrived(used, sent(embargoed_until=clock.now() + dt.timedelta(hours=3)))
    sign_in("Admin")
    bulk = reverse("wagtail_bulk_action", args=["wire", "wiresource", "delete"])

    for source in (used, unused):
        client.post(reverse("newsdesk_wire_sources:delete", args=[source.pk]))
    client.post(f"{bulk}?id={used.pk}")

    assert WireSource.objects.get() == used
    assert WireItem.objects.exists()
    assert "Switch it off instead." in shown(client, reverse("newsdesk_wire_sources:edit", args=[used.pk]))


def test_a_source_says_how_it_did(client: Client, sign_in: SignIn) -> None:
    source = make_source(error="The server answered 500", problems=["c.xml: It is empty."])
    sign_in("Editor")

    page = shown(client, reverse("newsdesk_wire_sources:edit", args=[source.pk]))

    assert "The server answered 500" in page
    assert "c.xml: It is empty." in page
    assert "The server answered 500" in shown(client, QUEUE)


def test_a_story_is_made_with_one_click_and_opened(client: Client, sign_in: SignIn) -> None:
    item = arrived(make_source(), sent(photos=(ReadPhoto("https://a.example/1.jpg"),)))
    user = sign_in("Reporter")

    answer = client.post(reverse("newsdesk_wire_story", args=[item.pk]), follow=True)

    story = Story.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert "1 photo is not here yet." in answer.content.decode()
    assert story.owner == user
    assert "Open the story" in shown(client, page_of(item))
    client.post(reverse("newsdesk_wire_story", args=[item.pk]))
    assert Story.objects.count() == 1


def test_a_killed_item_becomes_no_story_and_says_so(client: Client, sign_in: SignIn) -> None:
    item = arrived(make_source(), sent(status="canceled", signal="kill"))
    sign_in("Editor")

    page = shown(client, page_of(item))
    client.post(reverse("newsdesk_wire_story", args=[item.pk]))

    assert "Nothing of it may be published" in page
    assert "Make a story of it" not in page
    assert not Story.objects.exists()


def test_the_chosen_are_set_aside_and_brought_back(client: Client, sign_in: SignIn) -> None:
    item = arrived(make_source(), sent())
    sign_in("Editor")
    aside = reverse("newsdesk_wire_aside")

    client.post(aside, {"item": [item.pk, "x", "9" * 30], "next": f"{QUEUE}?state=new"})
    assert str(item) not in shown(client, QUEUE)
    assert str(item) in shown(client, f"{QUEUE}?state=aside")
    client.post(aside, {"item": item.pk, "back": "1"})

    assert str(item) in shown(client, QUEUE)
    assert client.post(aside, {"next": "https://elsewhere.example/"}).headers["Location"] == QUEUE


def test_a_group_is_one_row_with_links_to_the_others(client: Client, sign_in: SignIn) -> None:
    arrived(make_source(), sent())
    other = arrived(make_source("AP", credit="AP"), sent("urn:ap:1"))
    sign_in("Editor")

    page = shown(client, QUEUE)

    assert page.count("<article") == 1
    assert page_of(other) in page


def test_a_page_of_fifty_items_costs_as_many_queries_as_one_of_two(
    client: Client, sign_in: SignIn, django_assert_max_num_queries
) -> None:
    source = make_source()
    sign_in("Editor")
    client.get(QUEUE)
    matters = [sent(str(one), f"Matter {one} of day {one}", html=f"<p>{one}</p>") for one in range(60)]
    take_in(source=source, items=matters)

    with django_assert_max_num_queries(30):
        page = shown(client, QUEUE)

    assert page.count("<article") == 50
    assert "Older" in page


def test_what_an_agency_writes_is_text_and_never_code(client: Client, sign_in: SignIn) -> None:
    nasty = '<p onclick="x()">Hello<script>alert(1)</script><img src=x onerror=y><a href="javascript:z">a</a></p>'
    name = '"><script>alert(2)</script>'
    item = arrived(make_source(), sent(html=nasty, headline=name, note_to_editors=name, subjects=(name,), byline=name))
    sign_in("Editor")

    pages = shown(client, QUEUE) + shown(client, page_of(item))

    for code in ("alert(1)", "<script>alert", "onerror", "onclick", "javascript:z"):
        assert code not in pages
    assert escape(name) in pages


def test_a_kill_after_a_story_was_made_is_shown_in_red_and_told(client: Client, sign_in: SignIn) -> None:
    source, writer = make_source(), sign_in("Reporter")
    item = arrived(source, sent(version=1))
    story = make_story(item=item, by=writer)
    take_in(source=source, items=[sent(version=2, status="canceled", signal="kill", note_to_editors="It is false.")])

    assert (look_at_wire(), look_at_wire()) == (1, 0)

    notice = Notice.objects.get()
    assert notice.user == writer
    assert notice.sentence == "“Ferry to the islands sails again”: AFP has killed what it was made of."
    assert notice.words == "It is false."
    form = shown(client, reverse("wagtailadmin_pages:edit", args=[story.pk]))
    assert "has killed what this story was made of" in form
    assert "killed this after a story was made of it" in shown(client, page_of(item))
    assert "Killed after a story was made of it." in shown(client, f"{QUEUE}?state=taken")


def test_a_story_is_held_back_until_somebody_who_works_on_it_knows_of_the_kill(client: Client, sign_in: SignIn) -> None:
    source, editor = make_source(), sign_in("Editor")
    item = arrived(source, sent())
    story = make_story(item=item, by=editor)
    kill = arrived(source, sent("urn:afp:2", "Kill", signal="kill", follows=(item.guid,)))
    data = form_data(contributor=ContributorFactory.create(), section=SectionFactory.create().pk)
    know = reverse("newsdesk_wire_know", args=[kill.pk])

    held = save(client, story, data, publish=True)
    sign_in("Reporter")
    client.post(know)
    assert "I know of the kill" not in shown(client, page_of(kill))
    sign_in("Editor")
    assert "I know of the kill" in shown(client, page_of(kill))
    client.post(know)

    assert "AFP has killed" in held["__all__"][0]
    assert "knows of the kill" in shown(client, page_of(item))
    assert save(client, story, data, publish=True) == {}
    story.refresh_from_db()
    assert story.live


def test_an_update_is_told_without_alarm(client: Client, sign_in: SignIn) -> None:
    source, writer = make_source(), sign_in("Reporter")
    item = arrived(source, sent(version=1))
    make_story(item=item, by=writer)
    take_in(source=source, items=[sent(version=2, html=f"<p>{TEXT} More.</p>")])

    look_at_wire()

    assert "newer version" in Notice.objects.get().sentence
    assert "after a story was made" not in shown(client, page_of(item))
    assert "More." in shown(client, page_of(item))


def test_the_form_refuses_to_publish_before_the_embargo_and_keeps_what_was_typed(
    client: Client, sign_in: SignIn
) -> None:
    editor = sign_in("Editor")
    until = clock.now() + dt.timedelta(hours=3)
    story = make_story(item=arrived(make_source(), sent(embargoed_until=until)), by=editor)
    data = form_data(contributor=ContributorFactory.create(), section=SectionFactory.create().pk)

    wrong = save(client, story, data, publish=True)
    early = save(client, story, {**data, "go_live_at": f"{until - dt.timedelta(hours=1):%Y-%m-%d %H:%M:%S}"})

    assert "embargo" in wrong["go_live_at"][0]
    assert early == {}  # a draft may say so; it is publishing and scheduling that are refused
    assert "go_live_at" in save(
        client, story, {**data, "go_live_at": f"{until - dt.timedelta(hours=1):%Y-%m-%d %H:%M:%S}"}, publish=True
    )
    story.refresh_from_db()
    assert not story.live


def test_the_form_publishes_a_correction_under_an_embargo_that_came_too_late(client: Client, sign_in: SignIn) -> None:
    editor, source = sign_in("Editor"), make_source()
    story = make_story(item=arrived(source, sent(version=1)), by=editor)
    data = form_data(contributor=ContributorFactory.create(), section=SectionFactory.create().pk)
    assert save(client, story, data, publish=True) == {}
    take_in(source=source, items=[sent(version=2, embargoed_until=clock.now() + dt.timedelta(hours=3))])
    story.refresh_from_db()

    why = {"change_class": "correction", "change_note": "It was otherwise."}

    assert save(client, story, {**data, **why, "title": "Another"}, publish=True) == {}
    story.refresh_from_db()
    assert story.title == "Another"


def test_a_story_under_an_agencys_embargo_is_not_duplicated_out_of_it(client: Client, sign_in: SignIn) -> None:
    until = clock.now() + dt.timedelta(hours=3)
    story = make_story(item=arrived(make_source(), sent(embargoed_until=until)), by=sign_in("Editor"))

    client.post(reverse("newsdesk_duplicate_story", args=[story.pk]))
    month = story.get_parent()
    form = {"new_title": "Mine", "new_slug": "mine", "copy_subpages": "on"}
    for page in (story, month):
        to = {"new_parent_page": page.get_parent().pk}
        client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), {**form, **to})

    assert Story.objects.count() == 1


def test_a_photo_under_embargo_is_not_made_the_papers_own(client: Client, sign_in: SignIn) -> None:
    until, photos = clock.now() + dt.timedelta(hours=3), (ReadPhoto("https://a.example/1.jpg"),)
    item = arrived(make_source(), sent(photos=photos, embargoed_until=until))
    WirePhoto.objects.update(photo=PhotoFactory.create(), is_unclaimed=True)
    sign_in("Editor")

    client.post(reverse("newsdesk_wire_keep_photo", args=[item.photos.get().pk]))

    assert item.photos.get().is_unclaimed


def test_photos_of_the_wire_alone_cannot_be_chosen_until_they_are_kept(client: Client, sign_in: SignIn) -> None:
    item = arrived(make_source(), sent(photos=(ReadPhoto("https://a.example/1.jpg", caption="The ferry."),)))
    photo = PhotoFactory.create(title="Wire ferry", collection=Collection.get_first_root_node())
    WirePhoto.objects.update(photo=photo, is_unclaimed=True)
    sign_in("Editor")
    chooser = reverse("wagtailimages_chooser:choose")

    assert "Wire ferry" not in shown(client, chooser)
    assert "The ferry." in shown(client, page_of(item))
    client.post(reverse("newsdesk_wire_keep_photo", args=[item.photos.get().pk]))

    assert "Wire ferry" in shown(client, chooser)
    assert Photo.objects.count() == 1
