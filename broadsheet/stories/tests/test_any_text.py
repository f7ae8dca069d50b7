from pathlib import Path

import pytest
from django.test import Client

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.stories.tests.reading import read
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def naughty_strings(folder: Path) -> list[str]:
    file = next((folder / "naughty-strings").iterdir())
    lines = file.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line.strip() and not line.startswith("#") and "\0" not in line]


def as_shown(text: str) -> str:
    return " ".join(text.split())


def test_any_text_in_any_field_is_shown_as_itself(client: Client, fixtures_dir: Path) -> None:
    texts = naughty_strings(fixtures_dir)
    assert len(texts) > 200
    story = make_story(headline="Plain")

    for text in texts:
        Story.objects.filter(pk=story.pk).update(
            title=text[:255], standfirst=text[:400], kicker=text[:60], dateline_text=text[:100]
        )
        html = client.get(story.url).content.decode()

        assert read(html, "h1") == as_shown(text[:255])
        assert read(html, "p", "standfirst") == as_shown(text[:400])
        assert as_shown(text[:60]) in read(html, "div", "story__labels")


def test_hostile_names_of_people_sections_and_topics_stay_text(client: Client) -> None:
    hostile = "\"><script>alert('x')</script>"
    section = SectionFactory(name=hostile, description=hostile)
    topic = TopicFactory(name=hostile)
    person = ContributorFactory(name=hostile, job_title=hostile)
    story = make_story(headline=hostile, slug="hostile", section=section, by=[person], topics=[topic])

    for address in (story.url, "/", section.get_absolute_url(), topic.get_absolute_url(), person.get_absolute_url()):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert hostile in read(html, "body")
