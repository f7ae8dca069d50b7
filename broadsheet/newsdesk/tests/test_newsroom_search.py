"""The newsroom's search and its choosers find by every word, and nobody what he may not see."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission
from wagtail.rich_text import RichText

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.pages.models import NewsroomDocument
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.search.newsroom.open_newsroom import close_newsroom_index
from broadsheet.search.tests.newsroom import bring_up_to_date
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
PAGES, PAGE_CHOOSER = "wagtailadmin_pages:search_results", "wagtailadmin_choose_page_search"
PHOTOS, PHOTO_CHOOSER = "wagtailimages:index_results", "wagtailimages_chooser:choose_results"
FILES, FILE_CHOOSER = "wagtaildocs:index_results", "wagtaildocs_chooser:choose_results"
STORIES = "newsdesk_stories_results"
TOPIC_CHOOSER = "wagtailsnippetchoosers_topics_topic:choose_results"
PERSON_CHOOSER = "wagtailsnippetchoosers_bylines_contributor:choose_results"
SECTION_CHOOSER = "wagtailsnippetchoosers_sections_section:choose_results"
EVERYWHERE = (
    *(PAGES, PAGE_CHOOSER, PHOTOS, PHOTO_CHOOSER, FILES, FILE_CHOOSER, STORIES),
    *(TOPIC_CHOOSER, PERSON_CHOOSER, SECTION_CHOOSER),
)
HOSTILE = (
    *('"', '""', '"ferry', 'a "quoted', "'", "' OR 1=1 --", "*", "ferry*", "(", "[", "\\", "%", "_", "-", "-ferry"),
    *("by:", "title:ferry", "AND", "OR NOT", "a" * 5_000, "ferry " * 500, "\u202e", "💥", "{{ 7 }}", "<script>"),
    *("after:9999", "before:0000", "+", "~1", "^2", ":", "/.*/", "\ud7ff", "é" * 300),
)


@pytest.fixture(autouse=True)
def _index(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.BROADSHEET_DATA = tmp_path
    close_newsroom_index()
    yield
    close_newsroom_index()


def shown(client: Client, view: str, words: str, **more: str) -> str:
    response = client.get(f"{reverse(view)}?{urlencode({'q': words} | more)}")
    assert response.status_code == 200
    return response.content.decode()


def save_draft(headline: str, text: str, **fields: Any) -> Story:
    story = make_story(headline=headline, live=False)
    version = Story.objects.get(pk=story.pk)
    version.body = [("paragraph", RichText(f"<p>{text}</p>"))]
    for name, value in fields.items():
        setattr(version, name, value)
    version.save_revision()
    return story


@pytest.mark.parametrize("view", [PAGES, PAGE_CHOOSER, STORIES])
def test_stories_and_drafts_are_found_by_the_words_of_their_texts(client: Client, sign_in: SignIn, view: str) -> None:
    sign_in("Editor")
    save_draft("Flood defences", "The gates would weld shut, said the harbour master.")
    save_draft("Night bus", "No bus runs on Sunday.")
    bring_up_to_date()

    for words in ("welding", "weld gat", '"harbour master"', "harbour -sunday"):
        page = shown(client, view, words)
        assert "Flood defences" in page, words
        assert "Night bus" not in page, words
    assert "Flood defences" not in shown(client, view, '"master harbour"')


@pytest.mark.parametrize("view", [PAGES, PAGE_CHOOSER, STORIES])
def test_arabic_and_hebrew_are_found_without_their_marks_and_by_their_beginnings(
    client: Client, sign_in: SignIn, view: str
) -> None:
    sign_in("Editor")
    save_draft("Arabic headline", "قَرَأَ الولد كتابا جديدا في المدينة", language="ar")
    save_draft("Hebrew headline", "הַנָּמָל נסגר בגלל הסערה", language="he")
    bring_up_to_date()

    for words in ("كتاب", "قرأ", "المدي"):
        assert "Arabic headline" in shown(client, view, words), words
    for words in ("הנמל", "הסער"):
        assert "Hebrew headline" in shown(client, view, words), words


@pytest.mark.parametrize("view", [PHOTOS, PHOTO_CHOOSER])
def test_photos_are_found_by_caption_and_credit(client: Client, sign_in: SignIn, view: str) -> None:
    sign_in("Editor")
    root = Collection.get_first_root_node()
    PhotoFactory.create(title="DSC 0012", caption="Geese over the marsh", credit="Ilse Brandt", collection=root)
    PhotoFactory.create(title="DSC 0013", caption="A lighthouse", collection=root)
    bring_up_to_date()

    for words in ("marsh", "gee mar", "brandt"):
        page = shown(client, view, words)
        assert "DSC 0012" in page, words
        assert "DSC 0013" not in page, words


@pytest.mark.parametrize("view", [FILES, FILE_CHOOSER])
def test_documents_are_found(client: Client, sign_in: SignIn, view: str) -> None:
    sign_in("Editor")
    NewsroomDocument.objects.create(title="Ruling of the court", file="ruling.pdf")
    bring_up_to_date()

    assert "Ruling of the court" in shown(client, view, "cou rul")
    assert "Ruling of the court" not in shown(client, view, "verdict")


def test_topics_people_and_sections_are_found_by_all_their_names(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    ContributorFactory.create(name="Ursula Tranmer", job_title="Harbour correspondent")
    TopicFactory.create(name="Saltgate barrier", description="<p>Fourteen gates against the tide.</p>")
    SectionFactory.create(name="Letters")
    bring_up_to_date()

    assert "Ursula Tranmer" in shown(client, PERSON_CHOOSER, "tran corres")
    assert "Saltgate barrier" in shown(client, TOPIC_CHOOSER, "fourteen")
    assert "Letters" in shown(client, SECTION_CHOOSER, "let")


def test_the_best_comes_first_and_a_chosen_order_is_kept(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    save_draft("Accounts", "It mentions a ferry once, and goes on about the budget of the town for long.")
    save_draft("Zebra and ferry", "The ferry.")
    bring_up_to_date()

    def order(page: str) -> bool:
        return page.index("Zebra and ferry") < page.index("Accounts")

    assert order(shown(client, PAGES, "ferry"))
    assert not order(shown(client, PAGES, "ferry", ordering="title"))
    assert "2 pages" in " ".join(shown(client, PAGES, "ferry").split())


def test_photos_of_a_collection_that_is_not_ones_own_are_not_found(client: Client) -> None:
    shut = Collection.get_first_root_node().add_child(name="Shut")
    own = Collection.get_first_root_node().add_child(name="Own")
    PhotoFactory.create(title="Kept back", caption="Geese over the marsh", collection=shut)
    PhotoFactory.create(title="To be had", caption="Geese over the marsh", collection=own)
    group = Group.objects.create(name="Only their own")
    for codename in ("add_image", "change_image", "choose_image"):
        permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=codename)
        GroupCollectionPermission.objects.create(group=group, collection=own, permission=permission)
    user = UserFactory.create()
    user.groups.add(group, Group.objects.get(name="Reporter"))
    GroupCollectionPermission.objects.exclude(group=group).delete()
    client.force_login(user)
    bring_up_to_date()

    for view in (PHOTOS, PHOTO_CHOOSER):
        page = shown(client, view, "geese")
        assert "To be had" in page
        assert "Kept back" not in page


def test_pages_that_one_may_not_see_are_not_found(client: Client, sign_in: SignIn) -> None:
    user = sign_in("Editor")
    save_draft("Flood defences", "The gates would weld shut.")
    bring_up_to_date()
    assert "Flood defences" in shown(client, PAGES, "weld")

    GroupPagePermission.objects.filter(group__in=user.groups.all()).delete()

    assert client.get(f"{reverse(PAGES)}?q=weld").status_code == 302


@pytest.mark.parametrize("is_indexed", [True, False])
def test_nothing_that_is_written_is_an_error(client: Client, sign_in: SignIn, *, is_indexed: bool) -> None:
    sign_in("Admin")
    save_draft("Flood defences", "The gates would weld shut.")
    if is_indexed:
        bring_up_to_date()

    for view in EVERYWHERE:
        for words in HOSTILE:
            shown(client, view, words)


def test_without_an_index_headlines_are_found(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    save_draft("Flood defences", "The gates would weld shut.")

    for view in (PAGES, PAGE_CHOOSER, STORIES):
        assert "Flood defences" in shown(client, view, "flood")


def test_of_a_word_that_is_everywhere_few_pages_are_found_all_the_same(
    client: Client, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadsheet.search.newsroom.find_numbers.MOST_FOUND", 3)
    sign_in("Editor")
    for number in range(5):
        save_draft(f"Ferry {number}", "ferry ferry ferry")
    make_story(headline="The last boat", standfirst="A ferry it was.", latest_revision_created_at=clock.now())
    bring_up_to_date()

    assert "The last boat" in shown(client, "newsdesk_stories_results", "ferry", state="published")
