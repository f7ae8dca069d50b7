"""A reader goes through the paper: in light and dark, on a desk and on a phone, from the left and from the right."""

import datetime as dt
from typing import Any

import pytest
from wagtail.rich_text import RichText

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.fronts.models import HomePage
from broadsheet.masthead.models import Navigation
from broadsheet.pages.models import WorkType
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.models import InformationPage, SoFarEntry, Story
from broadsheet.stories.tests.factories import make_series, make_so_far, make_story
from broadsheet.stories.tests.long_story import every_block, make_long_story
from broadsheet.stories.tests.recording import make_recorded_story, publish, take_down
from broadsheet.topics.models import Topic, TopicFact
from broadsheet.topics.tests.factories import TopicFactory
from tooling.pytest_browser import PHONE_WIDTH, OpenPage, Reader

pytestmark = pytest.mark.django_db(transaction=True)

READERS = [Reader(), Reader(colours="dark"), Reader(width=PHONE_WIDTH), Reader(width=PHONE_WIDTH, colours="dark")]


def make_menu() -> None:
    menu = Navigation.load()
    empty = {"label": "", "section": None, "topic": None, "page": None, "address": ""}
    menu.header = [("link", empty | {"label": "World", "address": "/section/world/"})]
    menu.save()


def make_arabic_story() -> Story:
    return make_story(
        headline="النهر يقف على بعد شبر من السور الجديد",
        slug="river",
        language="ar",
        standfirst="أعطى المهندسون المدينة فرصة واحدة من ثلاث.",
        dateline_text="فالي دو سال",
        lead_photo=PhotoFactory(),
        body=[("paragraph", RichText("<p>في الرابعة فجراً كان مقياس الطاحونة القديمة يشير إلى 4.31 متر.</p>"))],
        published_at=dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize("reader", READERS)
def test_every_page_of_the_archive_suits_every_reader(checked_page: OpenPage, reader: Reader) -> None:
    make_menu()
    story = make_long_story()
    byline = story.bylines.order_by("sort_order").first()
    topic = story.story_topics.first()
    assert byline is not None
    assert topic is not None

    for address in (
        story.url,
        byline.contributor.get_absolute_url(),
        topic.topic.get_absolute_url(),
        "/2016/10/",
        "/2016/",
        "/no-such-page/",
    ):
        checked_page(address, reader=reader)


@pytest.mark.parametrize("reader", READERS)
def test_topics_series_and_the_story_so_far_suit_every_reader(checked_page: OpenPage, reader: Reader) -> None:
    make_menu()
    story, photo, day = make_long_story(), PhotoFactory(), dt.date(2016, 10, 19)
    topic, beside, parent = (TopicFactory(photo=photo) for _ in range(3))
    sisters = [make_story(headline=f"Part {number}", topics=[topic, beside]) for number in range(3)]
    StoryTopic.objects.create(story=story, topic=topic, sort_order=9, published_at=story.first_published_at)
    Topic.objects.filter(pk=topic.pk).update(parent=parent, description="<p>What rivers do.</p>")
    TopicFact.objects.create(topic=topic, label="Length", value="1,900 km", as_of=day)
    series = make_series(story, *sisters, description="<p>It rises.</p>", photo=photo, planned_parts=7)
    for owner in ({"topic": topic}, {"series": series}):
        told = [SoFarEntry(day=day, sentence="It rose.", story=sisters[0], version=number) for number in (None, 1)]
        make_so_far(*told, **owner)
    Story.objects.filter(pk=sisters[0].pk).update(shows_so_far=True)

    month = f"{topic.get_absolute_url()}{sisters[0].first_published_at:%Y/%m}/"
    for address in (topic.get_absolute_url(), month, series.get_absolute_url(), sisters[0].url):
        checked_page(address, reader=reader)


@pytest.mark.parametrize("reader", READERS)
def test_a_paper_in_hebrew_suits_every_reader(checked_page: OpenPage, reader: Reader, settings: Any) -> None:
    settings.LANGUAGE_CODE = "he"
    make_menu()
    story = make_long_story()
    byline, topic = story.bylines.first(), story.story_topics.first()
    assert byline is not None
    assert topic is not None
    places = [byline.contributor, topic.topic, story.section]

    for address in (story.url, "/2016/10/", "/2016/", "/no-such-page/", *(p.get_absolute_url() for p in places)):
        page = checked_page(address, reader=reader)
        assert page.locator("html").get_attribute("dir") == "rtl"


@pytest.mark.parametrize("reader", READERS)
def test_a_story_in_arabic_is_read_from_the_right(checked_page: OpenPage, reader: Reader) -> None:
    make_menu()
    story = make_arabic_story()

    page = checked_page(story.url, reader=reader)

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    heading: Any = page.locator("h1").bounding_box()
    assert heading["x"] + heading["width"] > reader.width * 0.7


@pytest.mark.parametrize("language", ["en", "ar", "he"])
@pytest.mark.parametrize("reader", READERS)
def test_the_record_of_a_story_suits_every_reader(
    checked_page: OpenPage, reader: Reader, language: str, settings: Any
) -> None:
    settings.LANGUAGE_CODE = language
    make_menu()
    story = make_recorded_story(language=language)
    gone = publish("Gone.", headline="Gone")
    take_down(gone, "A court has ordered us to remove this article.")

    pages = [story.url, f"{story.url}changes/", f"{story.url}changes/3/", f"{story.url}changes/6/", "/corrections/"]
    for address in (*pages, gone.url):
        page = checked_page(address, reader=reader)
        assert page.locator("html").get_attribute("dir") == ("ltr" if language == "en" else "rtl")


def test_words_that_went_and_came_can_be_told_apart_without_colours(checked_page: OpenPage) -> None:
    page = checked_page(f"{make_recorded_story().url}changes/")

    drawn = "element => getComputedStyle(element).textDecorationLine"
    assert page.locator(".version ins").first.evaluate(drawn) == "underline"
    assert page.locator(".version del").first.evaluate(drawn) == "line-through"


def test_a_reader_finds_from_the_byline_what_changed(open_page: OpenPage) -> None:
    story = make_recorded_story()
    page = open_page(story.url, reader=Reader(scripts=False))

    page.get_by_role("link", name="8 changes").click()
    page.get_by_role("link", name="Version 2", exact=True).click()

    assert "/changes/2/" in page.url
    assert "The barrier" in page.locator(".field--headline ins").inner_text()
    page.get_by_role("link", name="Read the story").click()
    assert page.url.endswith(story.url)


def test_the_labels_of_all_kinds_of_work_can_be_read(checked_page: OpenPage) -> None:
    topic: Any = TopicFactory()
    author: Any = ContributorFactory()
    stories = [make_story(headline=str(kind.label), work_type=kind, topics=[topic], by=[author]) for kind in WorkType]

    for colours in ("light", "dark"):
        checked_page(topic.get_absolute_url(), reader=Reader(colours=colours))
        checked_page(stories[-1].url, reader=Reader(colours=colours))


def test_the_menu_opens_with_and_without_scripts(open_page: OpenPage) -> None:
    make_menu()
    with_scripts = open_page("/", reader=Reader(width=PHONE_WIDTH))
    without = open_page("/", reader=Reader(width=PHONE_WIDTH, scripts=False))

    for page in (with_scripts, without):
        page.get_by_text("Menu").click()
        assert page.get_by_role("link", name="World").is_visible()
    with_scripts.keyboard.press("Escape")

    assert not with_scripts.get_by_role("link", name="World").is_visible()


def test_a_gallery_has_buttons_and_tells_where_one_is(open_page: OpenPage) -> None:
    page = open_page(make_long_story().url)

    page.get_by_role("button", name="Next photo").click()
    page.get_by_text("2 / 2").wait_for()
    page.get_by_role("button", name="Previous photo").click()

    page.get_by_text("1 / 2").wait_for()


def test_a_player_is_offered_and_not_loaded(open_page: OpenPage) -> None:
    page = open_page(make_long_story().url)

    assert page.get_by_role("button", name="Load from YouTube").is_visible()
    assert page.locator("iframe").count() == 0


def test_a_page_does_not_move_while_it_loads(open_page: OpenPage) -> None:
    page = open_page(make_long_story().url, reader=Reader(width=PHONE_WIDTH))
    page.wait_for_load_state("networkidle")

    moved = page.evaluate(
        """() => new Promise(done => {
            let total = 0;
            new PerformanceObserver(list => list.getEntries().forEach(entry => { total += entry.value; }))
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(total), 300);
        })"""
    )

    assert moved < 0.02


@pytest.mark.parametrize("reader", READERS)
def test_an_information_page_suits_every_reader(checked_page: OpenPage, reader: Reader) -> None:
    make_menu()
    body = every_block(photo=PhotoFactory(), related=make_story(headline="How we reported this"))
    home = HomePage.objects.get()
    about: Any = home.add_child(instance=InformationPage(title="About us", slug="about", body=body))
    arabic: Any = home.add_child(instance=InformationPage(title="من نحن", slug="man-nahnu", language="ar", body=body))

    for page in (about, arabic):
        checked_page(page.url, reader=reader)
