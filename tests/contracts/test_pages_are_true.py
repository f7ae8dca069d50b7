"""The oracle: whatever the newsroom does, and whoever reads meanwhile, every stored page ends as a new rendering of it.

The newsroom of `publishing/tests/test_change_log.py` goes on with what else readers see: names, menus, photos, fronts,
takedowns, redirects, an import. Pages are read through the layer in front of Django while it does, some renderings take
so long that anything happens before they are stored, and the follower does a step now and then. `make oracle` runs
10,000 sequences; CI runs 350 on SQLite and 150 on PostgreSQL, in parts for as many processors.
"""

import datetime as dt
import math
import os
import random
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils.html import escape
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test
from wagtail.contrib.redirects.models import Redirect

from broadsheet.bylines.models import Contributor
from broadsheet.delivery.epoch import begin_epoch
from broadsheet.delivery.follow_log import Follower
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import RenderedPage, Renderer
from broadsheet.delivery.serve_stored import StoredPages
from broadsheet.delivery.store_page import digest_of, store_page
from broadsheet.feeds.models import CrawlerPolicy
from broadsheet.fronts.models import Front, HomePage
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.fronts.zones import Pin
from broadsheet.kit import clock
from broadsheet.masthead.models import Masthead, Navigation
from broadsheet.photos.models import Photo
from broadsheet.publishing.put_back_story import NotTakenDownError, put_back_story
from broadsheet.publishing.take_down_story import NeverPublishedError, take_down_story
from broadsheet.publishing.tests import test_change_log
from broadsheet.publishing.update_story import update_story
from broadsheet.search.follow_names import follow_names
from broadsheet.search.models import BestBet
from broadsheet.search.shelves import shelves_of
from broadsheet.search.tests.factories import make_best_bet
from broadsheet.sections.models import Section
from broadsheet.stories.bulk_load import StoryRecord, load_batch
from broadsheet.stories.models import (
    ChangeClass,
    Series,
    SeriesPart,
    SoFarEntry,
    Story,
    StorySoFar,
    TakedownGround,
)
from broadsheet.stories.note_similar import note_similar_stories
from broadsheet.stories.taken_down import TakenDownError
from broadsheet.topics.merge_topics import merge_topics
from broadsheet.topics.models import MoveState, Topic, TopicFact, TopicMove
from broadsheet.topics.move_stories import CannotMoveError
from broadsheet.topics.selection import Selection
from broadsheet.topics.split_topic import split_topic
from broadsheet.topics.undo_move import undo_move

PARTS = 4
IN_CI = {"sqlite": 350, "postgresql": 150}
SEQUENCES = int(os.environ.get("ORACLE_SEQUENCES", IN_CI[connection.vendor] if os.environ.get("CI") else 24))
SEED = int(os.environ.get("ORACLE_SEED", "0" if os.environ.get("CI") else random.randrange(10**6)))
STEPS = 30
PHASES = (Phase.generate, Phase.shrink) if os.environ.get("ORACLE_SHRINK") else (Phase.generate,)
"""Shrinking takes minutes, and is for whoever looks for the reason."""
MOST_FOR_NOTHING = 0.10
"""The share of renderings of stale pages that may come out as the page was."""
ENOUGH = 100
"""Of fewer renderings the share says nothing."""
WORDS = st.builds("{} {}".format, st.sampled_from(["Harbour", "Ferry", "Council"]), st.integers(1, 99))
"""So many that hardly anything is named one thing, another, and the first again before anybody has looked."""
PLACES = st.integers(0, 1)
renderer = cache(Renderer)
tally = {"sequences": 0, "pages": 0, "again": 0, "identical": 0}


class Paper(test_change_log.Newsroom):
    """A newsroom, its readers, and the page store between them."""

    refusals = (*test_change_log.Newsroom.refusals, TakenDownError, NeverPublishedError, NotTakenDownError)
    the_record_says_what_is_live: Any = None  # asked there at every step; here the pages are asked, at the end
    every_follower_ends_where_the_database_is: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = PageStore(Path(self.folder.name))
        self.anew = renderer()
        self.pages = StoredPages(_no_page, store=self.store)
        self.renderer = self.pages._renderer
        self.follower = Follower(store=self.store, gap_seconds=0)
        self.slow: list[RenderedPage] = []

    @initialize()
    def open_the_doors(self) -> None:
        Masthead.load(), Navigation.load(), CrawlerPolicy.load()
        HomePage.objects.get()
        invalidate_pages(store=self.store)
        begin_epoch(store=self.store)

    def teardown(self) -> None:
        try:
            for page in self.slow:
                store_page(store=self.store, page=page)
            self.follower.drain()
            self.every_page_is_as_if_rendered_now()
        finally:
            self.store.close()
            self.folder.cleanup()
            super().teardown()

    def every_page_is_as_if_rendered_now(self) -> None:
        names = self.store.names()
        for name in names:
            standing, page = self.store.standing(name), self.anew.render(name)
            assert standing.digest == digest_of(page), name
            assert self.store.keys_of(standing.id) >= page.keys, name
        tally["sequences"] += 1
        tally["pages"] += len(names)
        tally["again"] += self.store.fact("rendered_again")
        tally["identical"] += self.store.fact("rendered_identical")

    # Readers

    def addresses(self) -> list[str]:
        stories = [f"/{story.url_path.split('/', 2)[2]}" for story in Story.objects.order_by("pk")]
        found = ["/", "/corrections/", "/corrections/feed/", "/2026/", "/2026/01/", "/2026/02/", "/old/", "/nothing/"]
        for story in stories:
            found += [story, f"{story}changes/", f"{story}changes.json", f"{story}changes.atom", f"{story}changes/1/"]
            found.append(f"{story}oembed.json")
        for model in (Section, Topic, Contributor):
            found += [one.get_absolute_url() for one in model.objects.order_by("pk")]
            found += [f"{one.get_absolute_url()}feed/" for one in model.objects.order_by("pk")]
        found += [f"/-/suggestions/{shelf}.json" for shelf in sorted(shelves_of(["Harbour", "tickets"]))]
        found += ["/feed/", "/feed/atom/", "/feed/json/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt"]
        found += [f"/sitemap-{kind}-0.xml" for kind in ("pages", "sections", "topics", "contributors")]
        months = [f"{topic.get_absolute_url()}2026/{month}/" for topic in self.topics for month in ("01", "02")]
        return [*found, *months, "/series/the-series/", "/-/colours.css"]

    def address(self, choice: int) -> str:
        addresses = self.addresses()
        return addresses[choice % len(addresses)]

    @rule(choices=st.lists(st.integers(0, 1000), min_size=1, max_size=8))
    def read(self, choices: list[int]) -> None:
        for choice in choices:
            self.read_one(self.address(choice))

    @rule()
    def read_all(self) -> None:
        for name in self.addresses():
            self.read_one(name)

    def read_one(self, name: str) -> None:
        answers: list[str] = []
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": name, "QUERY_STRING": "", "HTTP_HOST": "localhost"}
        self.pages(environ, lambda status, headers: answers.append(status))
        assert answers[0][:3] in {"200", "301", "302", "404", "410"}, (name, answers)

    @rule(choice=st.integers(0, 1000))
    def begin_a_slow_rendering(self, choice: int) -> None:
        self.slow.append(self.renderer.render(self.address(choice)))

    @rule()
    def end_the_slow_renderings(self) -> None:
        while self.slow:
            store_page(store=self.store, page=self.slow.pop(0))

    @rule()
    def follow_the_log(self) -> None:
        self.follower.step()

    @rule()
    def follow_to_the_end(self) -> None:
        self.follower.drain()

    # What else the newsroom does

    @rule(story=test_change_log.Newsroom.stories, words=WORDS)
    def change_headline(self, story: Story, words: str) -> None:
        draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
        draft.title = words
        draft.save_revision()
        with suppress(*self.refusals):
            update_story(story=story, user=self.editor, change_class=ChangeClass.UPDATE)

    @rule(story=test_change_log.Newsroom.stories, with_photo=st.booleans())
    def take_down(self, story: Story, with_photo: bool) -> None:
        with suppress(*self.refusals):
            take_down_story(
                story=story,
                user=self.editor,
                ground=TakedownGround.values[0],
                sentence="It is gone.",
                reason="A court.",
                photo_ids=[self.photos[0].pk] if with_photo else [],
            )

    @rule(story=test_change_log.Newsroom.stories)
    def put_back(self, story: Story) -> None:
        with suppress(*self.refusals):
            put_back_story(story=story, user=self.editor, reason="It was settled.")

    @rule(kind=st.sampled_from(["sections", "topics", "people"]), place=PLACES, name=WORDS)
    def rename(self, kind: str, place: int, name: str) -> None:
        one = getattr(self, kind)[place]
        present = type(one).objects.get(pk=one.pk)
        present.name = f"{name} {one.pk}"
        present.save()

    @rule()
    def merge(self) -> None:
        merged, into = (Topic.objects.get(pk=topic.pk) for topic in self.topics)
        with suppress(CannotMoveError):
            merge_topics(merged=merged, into=into)

    @rule(story=test_change_log.Newsroom.stories, place=PLACES)
    def split(self, story: Story, place: int) -> None:
        source, target = Topic.objects.get(pk=self.topics[place].pk), Topic.objects.get(pk=self.topics[1 - place].pk)
        with suppress(CannotMoveError):
            split_topic(source=source, target=target, selection=Selection(story_ids=(story.pk,)))

    @rule()
    def undo_the_last_move(self) -> None:
        move = TopicMove.objects.filter(state=MoveState.DONE).first()
        if move is not None:
            with suppress(CannotMoveError):
                undo_move(move=move)

    @rule(place=PLACES, words=WORDS, is_part=st.booleans())
    def keep_topic(self, place: int, words: str, is_part: bool) -> None:
        topic: Any = Topic.objects.get(pk=self.topics[place].pk)
        topic.facts = [TopicFact(label="Called", value=words)]
        topic.description, topic.photo = f"<p>{escape(words)}</p>", self.photos[place] if is_part else None
        other = Topic.objects.get(pk=self.topics[1 - place].pk)
        topic.parent = (
            other if is_part and not (other.parent_id or topic.merged_into_id or other.merged_into_id) else None
        )
        topic.save()

    @rule(stories=st.lists(test_change_log.Newsroom.stories, max_size=3, unique_by=lambda story: story.pk), words=WORDS)
    def arrange_series(self, stories: list[Story], words: str) -> None:
        series: Any = Series.objects.filter(slug="the-series").first() or Series(slug="the-series")
        series.name, series.planned_parts = words, len(stories) + 1 if len(stories) % 2 else None
        series.parts = [SeriesPart(story_id=story.pk) for story in stories]
        series.save()

    @rule(
        story=test_change_log.Newsroom.stories, words=WORDS, of_series=st.booleans(), version=st.sampled_from([None, 1])
    )
    def tell_the_story_so_far(self, story: Story, words: str, of_series: bool, version: int | None) -> None:
        series = Series.objects.filter(slug="the-series").first() if of_series else None
        owner = {"series": series} if series else {"topic": Topic.objects.get(pk=self.topics[0].pk)}
        box: Any = StorySoFar.objects.filter(**owner).first() or StorySoFar(**owner)
        box.entries = [SoFarEntry(day=clock.now().date(), sentence=words, story_id=story.pk, version=version)]
        box.save()

    @rule(story=test_change_log.Newsroom.stories, is_shown=st.booleans())
    def tick_the_story_so_far(self, story: Story, is_shown: bool) -> None:
        draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
        draft.shows_so_far = is_shown
        draft.save_revision()
        with suppress(*self.refusals):
            update_story(story=story, user=self.editor, change_class=ChangeClass.UPDATE)

    @rule(place=PLACES, ends_tomorrow=st.booleans())
    def save_photo(self, place: int, ends_tomorrow: bool) -> None:
        photo = Photo.objects.get(pk=self.photos[place].pk)
        photo.rights_expire_on = clock.local_date(clock.now()) if ends_tomorrow else None
        photo.focal_point_x, photo.focal_point_y, photo.focal_point_width, photo.focal_point_height = 10, 10, 5, 5
        photo.save()

    @rule()
    def follow_the_names(self) -> None:
        while follow_names():
            pass

    @rule(stories=st.lists(test_change_log.Newsroom.stories, max_size=4, unique_by=lambda story: story.pk))
    def find_alike(self, stories: list[Story]) -> None:
        gone = [story.pk for story in stories if not Story.objects.filter(pk=story.pk, live=True).exists()]
        if stories:
            note_similar_stories(found={stories[0].pk: [story.pk for story in stories[1:]]}, gone=gone[1:])

    @rule(story=test_change_log.Newsroom.stories, hours=st.sampled_from([None, 3, 30]))
    def keep_a_best_bet(self, story: Story, hours: int | None) -> None:
        for bet in BestBet.objects.all():
            bet.delete()
        make_best_bet("tickets", pages=[story], until=hours and clock.now() + dt.timedelta(hours=hours))

    @rule(of_section=st.booleans(), hours=st.sampled_from([3, 30]), pinned=st.booleans(), heading=WORDS)
    def arrange_front(self, of_section: bool, hours: int, pinned: bool, heading: str) -> None:
        section = self.sections[0] if of_section else None
        front = Front.objects.filter(section=section).first()
        live, lead, *others = usual_zones(section)
        story = Story.objects.order_by("-pk").first()
        if story is not None and pinned:
            pin = Pin(story.pk, until=clock.now() + dt.timedelta(hours=hours))
            lead = replace(lead, slots=(pin, *lead.slots[1:]))
        if others:
            others[-1] = replace(others[-1], title=heading)
        publish_front(
            section=section,
            zones=[live, lead, *others],
            user=self.editor,
            seen_version=front.latest_revision_id if front else None,
        )

    @rule(name=WORDS, with_menu=st.booleans())
    def change_the_masthead(self, name: str, with_menu: bool) -> None:
        paper, navigation = Masthead.load(), Navigation.load()
        paper.name = name
        paper.save()
        item = {"type": "item", "value": {"section": self.sections[0].pk, "label": ""}}
        navigation.header = navigation.header.stream_block.to_python([item] if with_menu else [])
        navigation.save()

    @rule(is_there=st.booleans())
    def redirect(self, is_there: bool) -> None:
        if is_there:
            Redirect.objects.update_or_create(old_path="/old", defaults={"redirect_link": "/corrections/"})
        else:
            for one in Redirect.objects.filter(old_path="/old"):
                one.delete()

    @rule(headline=WORDS)
    def import_one(self, headline: str) -> None:
        number = Story.objects.count()
        body = [{"type": "paragraph", "value": "<p>Text.</p>", "id": "1"}]
        record = StoryRecord(
            headline=headline,
            slug=f"imported-{number}",
            published_at=clock.now() - dt.timedelta(hours=number),
            body=body,
            section_id=self.sections[0].pk,
            topics=[self.topics[1].pk],
        )
        load_batch([record])


def _no_page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    raise AssertionError(f"{environ['PATH_INFO']} was not kept")


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_every_stored_page_is_as_if_rendered_now(part: int) -> None:
    tally.update(dict.fromkeys(tally, 0))

    run_state_machine_as_test(
        seed(SEED + part)(Paper),
        settings=settings(
            max_examples=-(-SEQUENCES // PARTS),
            stateful_step_count=STEPS,
            deadline=None,
            phases=PHASES,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )

    sys.stdout.write(f"ORACLE_SEED={SEED + part} {tally}\n")
    assert tally["again"] < ENOUGH or tally["identical"] <= _most_for_nothing(tally["again"]), tally


def _most_for_nothing(again: int) -> float:
    """Return how many of so many renderings may have been for nothing: the share, and three standard deviations of what
    chance makes of it."""
    expected = MOST_FOR_NOTHING * again
    return expected + 3 * math.sqrt(expected * (1 - MOST_FOR_NOTHING))
