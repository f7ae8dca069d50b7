"""What a reader finds on a story's page."""

import datetime as dt
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory

from broadsheet.accounts.models import User
from broadsheet.pages.models import WorkType
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.stories.models import Story
from broadsheet.stories.templatetags.story_tags import after_dateline
from broadsheet.stories.tests.factories import make_story
from broadsheet.stories.tests.long_story import make_long_story
from tooling.pytest_html import ValidateHtml

pytestmark = pytest.mark.django_db


def read(client: Client, story: Story) -> Any:
    response = client.get(story.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(element: Any) -> str:
    return re.sub(r"\s+", " ", element.get_text()).replace(" ,", ",").replace(" ;", ";").strip()


def test_the_headline_is_the_only_first_level_heading(client: Client) -> None:
    story = make_long_story()

    page = read(client, story)

    assert [words(heading) for heading in page.find_all("h1")] == ["US general claims IS leaders ‘abandoning’ Mosul"]


def test_caption_and_alternative_text_appear_once_each(client: Client) -> None:
    story = make_long_story()
    photo: Any = story.lead_photo

    html = str(read(client, story).main)

    assert html.count(photo.caption) == 1
    assert html.count(photo.alt_text) == 1
    assert html.count("AFP PHOTO/AHMAD AL-RUBAYE") == 1


def test_an_alternative_text_that_repeats_the_caption_is_left_out(client: Client) -> None:
    same = "A member of the Iraqi forces walks in Bajwaniyah village."
    story = make_story(lead_photo=PhotoFactory(caption=same, alt_text=same))

    page = read(client, story)

    assert str(page.main).count(same) == 1
    assert page.select_one(".story__lead img")["alt"] == ""


def test_the_caption_written_for_this_story_stands_over_the_photos_own(client: Client) -> None:
    story = make_story(lead_photo=PhotoFactory(), lead_photo_caption="Here it tells something else.")

    captions = [words(caption) for caption in read(client, story).select(".photo__caption")]

    assert captions == ["Here it tells something else."]


def test_the_lead_photo_comes_first_and_keeps_its_place(client: Client) -> None:
    story = make_long_story()

    lead, *others = read(client, story).select(".story img")

    assert lead["fetchpriority"] == "high"
    assert not lead.has_attr("loading")
    assert all(image["loading"] == "lazy" for image in others)
    assert all(int(image["width"]) > 0 and int(image["height"]) > 0 for image in (lead, *others))


def test_the_dateline_opens_the_first_paragraph(client: Client) -> None:
    story = make_long_story()

    first = read(client, story).select_one(".story__text > p")

    assert words(first) == "WASHINGTON — The river stopped a hand’s breadth below the wall."


def test_a_dateline_is_escaped_and_needs_no_paragraph() -> None:
    assert after_dateline("Plain words", "A & <B>") == '<span class="dateline">A &amp; &lt;B&gt;</span> — Plain words'
    assert after_dateline("<p>Words</p>", "") == "<p>Words</p>"


def test_the_byline_is_one_sentence_with_agencies_last(client: Client) -> None:
    story = make_long_story()

    byline = read(client, story).select_one(".byline p")

    assert words(byline) == "By Ada Reyes and Ben Okoro, with Cyd Marsh in Jerusalem; AFP"
    assert byline.a["href"].startswith("/by/")


def test_publication_and_update_are_given_with_their_offset(client: Client) -> None:
    story = make_long_story()

    times = read(client, story).select(".times time")

    assert [time["datetime"] for time in times] == ["2016-10-19T18:05:00+0000", "2016-10-20T07:30:00+0000"]


def test_a_story_never_changed_shows_no_update(client: Client) -> None:
    story = make_story()

    page = read(client, story)

    assert len(page.select(".times time")) == 1
    assert "Updated" not in page.main.get_text()


@pytest.mark.parametrize("work_type", [kind for kind in WorkType if kind != WorkType.NEWS])
def test_what_is_not_plain_news_says_what_it_is(client: Client, work_type: WorkType) -> None:
    story = make_story(work_type=work_type)

    label = read(client, story).select_one(".label--work")

    assert words(label) == str(work_type.label)


def test_a_sponsored_story_says_so_before_its_headline(client: Client) -> None:
    story = make_story(work_type=WorkType.SPONSORED)

    text = read(client, story).main.get_text()

    assert text.index("not the work of our newsroom") < text.index(story.title)


def test_plain_news_carries_no_label(client: Client) -> None:
    assert read(client, make_story()).select(".label--work") == []


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        ("h2", "Six hours"),
        ("h3", "The meadows"),
        (".block--photo .photo__caption", "Sandbags at the fish market."),
        (".gallery li:nth-of-type(2) .photo__caption", "The gauge at dusk."),
        (".block--pull p", "You can hear it."),
        (".block--quote blockquote", "Not a spillway."),
        (".block--quote figcaption a", "Claim"),
        ("ol li:nth-of-type(2)", "When?"),
        (".block--facts", "The wallBegun in 2015."),
        (".block--table caption", "Highest water"),
        (".block--table tbody td", "5.02"),
        (".facade__title", "The night in four minutes"),
        (".block--related a", "Eleven years of argument"),
        (".block--correction", "Correction, Oct. 20, 2016It is 4.40 metres."),
        (".block--unrecognised", "{{< chart 7 >}}"),
        (".block--html p", "Set by a trusted hand."),
    ],
)
def test_every_block_of_the_body_is_shown(client: Client, selector: str, text: str) -> None:
    story = make_long_story()

    found = read(client, story).select(f".story__text {selector}")

    assert text in [re.sub(r"\s*\n\s*", "", element.get_text()).strip() for element in found]


def test_an_embed_loads_nothing_before_it_is_asked_to(client: Client) -> None:
    story = make_long_story()

    facade = read(client, story).select_one(".facade")

    assert facade.find_all(["iframe", "img", "script"]) == []
    assert facade["data-player"] == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert facade.a["href"] == "https://www.youtube.com/watch?v=abcdefghijk"


def test_read_more_leads_to_the_topics_and_their_latest_stories(client: Client) -> None:
    story = make_long_story()

    page = read(client, story)

    section = page.select_one(".read-more")
    assert words(section.h3) == "Mosul"
    assert section.h3.a["href"].startswith("/topic/")
    assert [words(headline) for headline in section.find_all("h4")] == [f"Day {day} before Mosul" for day in (3, 2, 1)]
    assert [words(headline) for headline in page.select(".related h3")] == [
        f"Day {day} before Mosul" for day in (7, 6, 5, 4)
    ]


def test_nothing_dead_is_shown_where_later_rooms_will_stand(client: Client) -> None:
    page = read(client, make_story())

    assert [form["action"] for form in page.find_all("form")] == ["/search/"]
    assert page.select(".read-more, .related, .topic-links, .byline") == []


def test_text_from_writers_is_shown_as_itself(client: Client) -> None:
    naughty = "<script>alert(1)</script> & “quotes”"
    story = make_story(headline=naughty, slug="naughty", standfirst=naughty, kicker="<b>", dateline_text="<i>")

    html = client.get(story.url).content.decode()

    assert "<script>alert" not in html
    assert "<h1>&lt;script&gt;alert(1)&lt;/script&gt; &amp; “quotes”</h1>" in html


def test_a_story_page_is_valid_html(client: Client, validate_html: ValidateHtml) -> None:
    story = make_long_story()

    assert validate_html(client.get(story.url).content.decode()) == []


def test_a_reader_is_never_asked_who_they_are(client: Client) -> None:
    response = client.get(make_story().url)

    assert "Cookie" not in response.get("Vary", "")
    assert response.cookies == {}


def test_the_preview_carries_the_accessibility_checker(admin_user: User) -> None:
    story = make_long_story()
    request = RequestFactory().get(story.url)
    request.user = admin_user
    request.is_preview = True  # type: ignore[attr-defined]  # as Wagtail marks it

    html = story.serve_preview(request, "").render().content.decode()

    assert "wagtail-userbar" in html
    assert "wagtail-userbar" not in Client().get(story.url).content.decode()


def test_the_furniture_of_a_story_speaks_its_language(client: Client) -> None:
    story = make_long_story(language="ar", work_type=WorkType.ANALYSIS)

    page = read(client, story)

    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert words(page.select_one(".skip-link")) == "انتقل إلى المحتوى"
    assert words(page.select_one(".label--work")) == "تحليل"
    assert words(page.select_one(".byline p")).startswith("بقلم Ada Reyes")
    assert page.select_one(".read-more h2").get_text() == "اقرأ المزيد"


def test_an_upright_photo_is_kept_narrow(client: Client) -> None:
    upright = make_story(headline="Tower", lead_photo=PhotoFactory(file__width=40, file__height=60))
    wide = make_story(headline="Plain", lead_photo=PhotoFactory(file__width=60, file__height=40))

    assert read(client, upright).select_one(".story__lead .photo--upright") is not None
    assert read(client, wide).select_one(".photo--upright") is None


def test_a_kicker_that_repeats_the_label_is_left_out(client: Client) -> None:
    story = make_story(work_type=WorkType.ANALYSIS, kicker="Analysis")

    assert words(read(client, story).select_one(".labels")) == "Analysis"


def test_the_lead_photo_is_asked_for_with_the_head_exactly_as_the_page_shows_it(client: Client) -> None:
    html = client.get(make_long_story().url).content.decode()
    page = BeautifulSoup(html, "html.parser")

    link = page.select_one("link[rel=preload][as=image]")
    source = page.select_one(".story__lead source")

    assert (link["imagesrcset"], link["imagesizes"]) == (source["srcset"], source["sizes"])
    assert link["type"] == source["type"]


@pytest.mark.parametrize(("hour", "shown"), [(0, False), (6, True)])
def test_an_archive_that_knew_only_the_day_prints_only_the_day(client: Client, hour: int, shown: bool) -> None:
    story = make_story(headline="Old news", published_at=dt.datetime(2016, 10, 19, hour, tzinfo=dt.UTC))

    page = BeautifulSoup(client.get(story.url).content, "html.parser")

    assert (page.select_one(".story__meta time .hour") is not None) is shown
