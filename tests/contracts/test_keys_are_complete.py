"""No page reads a row of which it would not hear.

Every table that readers' pages read has a line here: under which surrogate keys a change of one of its rows is logged.
A page that reads any other fails; so does one that looks different after a row was changed and has none of its keys.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, models, transaction

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.delivery.render_page import RenderedPage, Renderer
from broadsheet.delivery.store_page import digest_of
from broadsheet.feeds.models import CrawlerPolicy, SmallFiles, Translation
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.kit.memory import Memory
from broadsheet.masthead.models import Masthead, Navigation
from broadsheet.pages.cache_keys import block_key
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.publish_story import publish_story
from broadsheet.search.follow_names import follow_names
from broadsheet.search.shelves import shelves_of
from broadsheet.search.tests.factories import make_best_bet
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import InformationPage, SeriesRedirect, SoFarEntry, Story, StorySoFar
from broadsheet.stories.note_similar import note_similar_stories
from broadsheet.stories.tests.factories import make_series, make_so_far, make_story
from broadsheet.topics.models import TopicFact, TopicRedirect
from broadsheet.topics.tests.factories import TopicFactory

Row = dict[str, Any]
KEYS_OF_ROWS: dict[str, Callable[[Row], set[str]]] = {
    "pages_basepage": lambda row: {f"a:{row['id']}", f"c:{row['id']}", block_key(row["id"]), ADDRESSES},
    "stories_story": lambda row: {f"a:{row['basepage_ptr_id']}", block_key(row["basepage_ptr_id"])},
    "stories_informationpage": lambda row: {f"a:{row['basepage_ptr_id']}"},
    "stories_byline": lambda row: {f"a:{row['story_id']}", f"c:{row['story_id']}"},
    "stories_storytopic": lambda row: {f"a:{row['story_id']}", f"l:topic:{row['topic_id']}"},
    "stories_similarstory": lambda row: {f"like:{row['story_id']}"},
    "stories_relatedstory": lambda row: {f"a:{row['story_id']}"},
    "stories_publishedversion": lambda row: {f"a:{row['object_id']}", "l:corrections:0"},
    "stories_recordamendment": lambda row: {"l:corrections:0"},
    "stories_takedown": lambda row: {f"a:{row['page_id']}", f"c:{row['page_id']}"},
    "stories_series": lambda row: {f"se:{row['id']}"},
    "stories_seriespart": lambda row: {f"se:{row['series_id']}", f"a:{row['story_id']}"},
    "stories_seriesredirect": lambda row: {f"se:{row['series_id']}", ADDRESSES},
    "stories_storysofar": lambda row: {f"sf:topic:{row['topic_id']}", f"sf:series:{row['series_id']}"},
    "stories_sofarentry": lambda row: set(StorySoFar.objects.get(pk=row["box_id"]).change_keys()),
    "sections_section": lambda row: {f"s:{row['id']}", "sections"},
    "topics_topic": lambda row: {f"t:{row['id']}", "topics"},
    "topics_topicfact": lambda row: {f"tp:{row['topic_id']}"},
    "topics_topicredirect": lambda row: {f"t:{row['topic_id']}", ADDRESSES},
    "bylines_contributor": lambda row: {f"au:{row['id']}", "contributors"},
    "feeds_crawlerpolicy": lambda row: {"machines"},
    "feeds_translation": lambda row: {f"l:translations:{row[name]}" for name in ("story_id", "original_id")},
    "feeds_smallfiles": lambda row: {"machines"},
    "search_suggestedname": lambda row: {f"shelf:{row['shelf']}"},
    "search_bestbet": lambda row: {"bets"},
    "search_bestbetphrase": lambda row: {"bets"},
    "search_bestbetpage": lambda row: {"bets"},
    "photos_photo": lambda row: {f"img:{row['id']}"},
    "fronts_front": lambda row: {f"l:front:{row['id']}"},
    "fronts_homepage": lambda row: {f"a:{row['basepage_ptr_id']}"},
    "stories_monthpage": lambda row: {f"a:{row['basepage_ptr_id']}"},
    "stories_yearpage": lambda row: {f"a:{row['basepage_ptr_id']}"},
    "masthead_masthead": lambda row: {"site", "colours"},
    "masthead_navigation": lambda row: {"nav"},
    "wagtailredirects_redirect": lambda row: {ADDRESSES},
}
NEVER_CHANGED = {"stories_publishedversion", "stories_recordamendment"}
"""Rows are added to these and never changed: the database refuses it. What adds them is an act, which is logged."""
FIXED = {"change_log", "django_content_type", "wagtailcore_site", "wagtailcore_locale"}
"""What no editor changes while the paper is served; and the log itself."""
TABLE = re.compile(r'(?:FROM|JOIN)\s+"?([a-z_]+)"?', re.IGNORECASE)
SHOWN = (models.CharField, models.TextField)
NOT_SHOWN = {"path", "draft_title", "url_path", "slug", "language", "file", "rendition_key", "file_hash"}
"""Columns that no page prints, or that cannot hold just any text."""


@pytest.fixture
def paper(db: None) -> list[str]:
    """A small paper in which everything stands that a page can show; return its addresses."""
    editor, photo, person = UserFactory.create(), PhotoFactory.create(), ContributorFactory.create()
    section, parent = SectionFactory.create(), TopicFactory.create()
    topic = TopicFactory.create(photo=PhotoFactory.create(), parent=parent)
    beside = TopicFactory.create()
    TopicFact.objects.create(topic=topic, label="Founded", value="1838")
    TopicRedirect.objects.create(old_slug="old-topic", topic=topic)
    stories = []
    for number in range(3):
        fields = {"section": section, "lead_photo": photo, "by": [person], "topics": [topic, beside], "live": False}
        story = make_story(headline=f"Story {number}", standfirst="What happened.", **fields)
        story.save_revision()
        publish_story(story=story, user=editor)
        stories.append(Story.objects.get(pk=story.pk))
    series = make_series(stories[1], stories[0], description="<p>It rises.</p>", photo=photo)
    for owner in ({"topic": topic}, {"series": series}):
        day = stories[0].first_published_at.date()
        make_so_far(SoFarEntry(day=day, sentence="It rose.", story=stories[0], version=1), heading="So far", **owner)
    Story.objects.filter(pk__in=[stories[1].pk, stories[2].pk]).update(shows_so_far=True)
    SeriesRedirect.objects.create(old_slug="old-series", series=series)
    correct_story(story=stories[0], user=editor, note="It was otherwise.", is_serious=True)
    Translation.objects.create(original=stories[1], story=stories[2])
    publish_front(section=None, zones=usual_zones(None), user=editor, seen_version=None)
    about = (
        stories[0]
        .get_parent()
        .get_parent()
        .get_parent()
        .add_child(instance=InformationPage(title="About us", slug="about"))
    )
    paper, navigation = Masthead.load(), Navigation.load()
    CrawlerPolicy.load()
    SmallFiles.objects.create(security_contacts="mailto:security@paper.example")
    paper.about_page_id = about.pk
    paper.save()
    item = {"type": "item", "value": {"section": section.pk, "label": ""}}
    navigation.header = navigation.header.stream_block.to_python([item])
    navigation.save()
    note_similar_stories(found={stories[0].pk: [stories[2].pk]})
    make_best_bet("opening hours", pages=[about])
    while follow_names():
        pass
    day = stories[0].first_published_at
    places = [one.get_absolute_url() for one in (section, topic, person)]
    return [
        "/",
        *(story.url for story in stories),
        f"{stories[0].url}changes/",
        f"{stories[0].url}changes.json",
        f"{stories[0].url}changes.atom",
        section.get_absolute_url(),
        topic.get_absolute_url(),
        f"{topic.get_absolute_url()}{day:%Y/%m}/",
        parent.get_absolute_url(),
        "/topic/old-topic/",
        series.get_absolute_url(),
        "/series/old-series/",
        person.get_absolute_url(),
        "/corrections/",
        "/corrections/feed/",
        *(f"{place}feed/{form}" for place in ("/", *places) for form in ("", "atom/", "json/")),
        "/topic/old-topic/feed/",
        f"{stories[0].url}oembed.json",
        "/sitemap.xml",
        *(f"/sitemap-{kind}-0.xml" for kind in ("pages", "sections", "topics", "contributors")),
        "/news-sitemap.xml",
        "/robots.txt",
        "/.well-known/tdmrep.json",
        "/.well-known/security.txt",
        "/.well-known/trust.txt",
        "/trust.txt",
        "/ads.txt",
        "/feeds.opml",
        f"/{day:%Y}/",
        f"/{day:%Y/%m}/",
        "/about/",
        "/nothing-here/",
        "/-/colours.css",
        *(f"/-/suggestions/{shelf}.json" for shelf in sorted(shelves_of([topic.name, "opening hours"]))),
    ]


def test_every_table_that_a_page_reads_is_covered(paper: list[str]) -> None:
    read: dict[str, set[str]] = {}

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        for table in TABLE.findall(sql):
            read.setdefault(table.lower(), set()).add(name)
        return execute(sql, params, many, context)

    renderer = Renderer()
    with connection.execute_wrapper(watch):
        for name in paper:
            page = renderer.render(name)
            assert not page.personal, name
            assert page.status in {200, 301, 404}, name

    tables = {table: names for table, names in read.items() if table in set(connection.introspection.table_names())}
    assert tables.keys() - KEYS_OF_ROWS.keys() - FIXED == set(), tables


@pytest.mark.parametrize("renews_pages", [False, True])
def test_what_is_remembered_changes_neither_a_page_nor_its_keys(paper: list[str], renews_pages: bool) -> None:
    remembering = Renderer(Memory(renews_pages=renews_pages))
    for name in [*paper, *reversed(paper)]:
        anew, page = Renderer().render(name), remembering.render(name)
        assert digest_of(page) == digest_of(anew), name
        assert page.keys == anew.keys, name
        assert page.renew_at == anew.renew_at, name


def test_a_page_has_the_same_keys_where_nothing_was_rendered_before(paper: list[str]) -> None:
    for name in paper:
        usual = Renderer().render(name).keys
        cache.clear()
        assert Renderer().render(name).keys == usual, name


@pytest.mark.parametrize("table", sorted(KEYS_OF_ROWS.keys() - NEVER_CHANGED))
def test_a_page_that_would_look_different_hears_of_it(paper: list[str], table: str) -> None:
    renderer = Renderer()
    before = {name: renderer.render(name) for name in paper}
    (model,) = [model for model in apps.get_models() if model._meta.db_table == table]
    for row in model._base_manager.values(*(field.attname for field in model._meta.local_concrete_fields)):
        for page in _changed_by(model, row, before, renderer):
            keys = KEYS_OF_ROWS[table](row)
            assert keys & page.keys, f"{page.name} shows a row of {table} and hears of none of {keys}"


def _changed_by(model: Any, row: Row, before: dict[str, RenderedPage], renderer: Renderer) -> list[RenderedPage]:
    """Return the pages that look different when the texts of a row are others."""
    texts = [field for field in model._meta.local_concrete_fields if isinstance(field, SHOWN) and _is_free(field)]
    if not texts:
        return []
    columns = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in texts)
    key = model._meta.pk
    savepoint = transaction.savepoint()
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {model._meta.db_table} SET {columns} WHERE {key.column} = %s",
                [*(f"Other {field.name}"[: field.max_length or 40] for field in texts), row[key.attname]],
            )
        return [page for name, page in before.items() if digest_of(renderer.render(name)) != digest_of(page)]
    finally:
        transaction.savepoint_rollback(savepoint)


def _is_free(field: Any) -> bool:
    return not field.choices and field.name not in NOT_SHOWN and not field.primary_key and not field.is_relation
