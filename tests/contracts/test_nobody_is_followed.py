"""Whoever reads, signed in or not, gets the same bytes and no cookie."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.feeds.models import SmallFiles
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.publish_story import publish_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import InformationPage, Series, SeriesPart, Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

NOT_READ_AS_PAGES = {"healthz", "readyz", "rendition", "other_media", "websub_hub"} | {
    f"partners_{name}" for name in ("ninjs", "ninjs_item", "newsml", "newsml_item")
}
"""Addresses of the operator, of files, and of programs that ask for something to be done, of
partners with a token."""


@pytest.fixture
def addresses(db: None) -> dict[str, str]:
    """One address of every view that readers' pages have, by the view's name; and of what is not there."""
    editor = UserFactory.create()
    section, topic, person = SectionFactory.create(), TopicFactory.create(), ContributorFactory.create()
    story = make_story(
        headline="Ferry returns",
        section=section,
        topics=[topic],
        by=[person],
        lead_photo=PhotoFactory.create(),
        live=False,
    )
    story.save_revision()
    publish_story(story=story, user=editor)
    story = Story.objects.get(pk=story.pk)
    series = Series.objects.create(name="The river", slug="the-river")
    SeriesPart.objects.create(series=series, story=story)
    home = story.get_parent().get_parent().get_parent()
    home.add_child(instance=InformationPage(title="About us", slug="about"))
    day = story.first_published_at
    SmallFiles.objects.create(security_contacts="mailto:security@paper.example")
    return {
        "front_page": "/",
        "section": section.get_absolute_url(),
        "topic": topic.get_absolute_url(),
        "topic_month": f"{topic.get_absolute_url()}{day:%Y/%m}/",
        "series": series.get_absolute_url(),
        "contributor": person.get_absolute_url(),
        "story": story.url,
        "changes": f"{story.url}changes/",
        "changes_json": f"{story.url}changes.json",
        "changes_atom": f"{story.url}changes.atom",
        "version": f"{story.url}changes/1/",
        "corrections": "/corrections/",
        "corrections_feed": "/corrections/feed/",
        "feed": "/feed/",
        "section_feed": f"{section.get_absolute_url()}feed/",
        "topic_feed": f"{topic.get_absolute_url()}feed/atom/",
        "contributor_feed": f"{person.get_absolute_url()}feed/json/",
        "robots": "/robots.txt",
        "oembed": f"/oembed/?maxwidth=200&url=http://127.0.0.1:8000{story.url}",
        "story_oembed": f"{story.url}oembed.json",
        "tdmrep": "/.well-known/tdmrep.json",
        "sitemap_index": "/sitemap.xml",
        "sitemap": "/sitemap-pages-0.xml",
        "news_sitemap": "/news-sitemap.xml",
        "security_txt": "/.well-known/security.txt",
        "trust_txt": "/trust.txt",
        "ads_txt": "/ads.txt",
        "opml": "/feeds.opml",
        "masthead_colours": "/-/colours.css",
        "suggestions": "/-/suggestions/40.json",
        "search": "/search/",
        "wagtail_serve": "/about/",
        "day": f"/{day:%Y/%m/%d}/",
        "month": f"/{day:%Y/%m}/",
        "year": f"/{day:%Y}/",
        "not found": "/nothing/",
    }


def test_every_readers_view_is_looked_at(addresses: dict[str, str]) -> None:
    names = {pattern.name for pattern in _patterns(get_resolver().url_patterns)}
    assert names - NOT_READ_AS_PAGES - addresses.keys() == set()


def test_signing_in_changes_no_byte_and_sets_no_cookie(addresses: dict[str, str]) -> None:
    editor = Client()
    editor.force_login(UserFactory.create(is_superuser=True, is_staff=True))
    for name, address in addresses.items():
        strangers, editors = Client().get(address), editor.get(address)
        assert strangers.status_code == {"not found": 404, "day": 302}.get(name, 200), address
        assert editors.content == strangers.content, address
        assert not strangers.cookies, address
        assert not editors.cookies, address
        assert "cookie" not in strangers.headers.get("Vary", "").lower(), address


def _patterns(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in patterns:
        path = f"{prefix}{pattern.pattern}"
        if path.startswith(("newsroom/", "documents/")):
            continue
        found += _patterns(pattern.url_patterns, path) if isinstance(pattern, URLResolver) else [pattern]
    return found
