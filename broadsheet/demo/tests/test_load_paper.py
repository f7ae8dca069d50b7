"""The demonstration paper as readers and the newsroom find it once it has been loaded."""

import datetime as dt
import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.test import TestCase, override_settings
from PIL import Image
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.bylines.models import Contributor
from broadsheet.demo.load_paper import is_loaded, load_paper
from broadsheet.demo.load_people import Login
from broadsheet.demo.load_site import add_to_menu
from broadsheet.demo.paper_files import Paper, PaperFileError
from broadsheet.fronts.models import Front
from broadsheet.kit import clock
from broadsheet.masthead.models import Masthead, Navigation
from broadsheet.photos.models import Photo
from broadsheet.sections.models import Section
from broadsheet.stories.models import InformationPage, PublishedVersion, Story

PASSWORD = "eastmere"
TASKS_LEFT_UNDONE = "django_tasks.backends.dummy.DummyBackend"
"""No test here reads a rendition or searches."""
NEWEST_AT_MOST = dt.timedelta(hours=12)
LINK = re.compile(r'<a\s[^>]*?href="(/[^"#?]*)')
UNREAD = ("/static/", "/media/", "/newsroom/")


class PaperOfSmallPictures(Paper):
    """The demonstration paper with one small picture for all, since renditions take the time of their pixels."""

    folder_of_pictures: ClassVar[Path]

    def photo_file(self, photo_id: str) -> Path:
        """Return the picture."""
        super().photo_file(photo_id)
        return self.folder_of_pictures / "small.jpg"


def small_picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (48, 32), "teal").save(content, "JPEG")
    return content.getvalue()


class LoadedPaperTests(TestCase):
    """What holds for the whole paper; loaded once."""

    paper: ClassVar[Paper]
    logins: ClassVar[list[Login]]

    @classmethod
    def setUpTestData(cls) -> None:
        folder = cls.enterClassContext(TemporaryDirectory())
        (Path(folder) / "small.jpg").write_bytes(small_picture())
        PaperOfSmallPictures.folder_of_pictures = Path(folder)
        cls.paper = PaperOfSmallPictures()
        with override_settings(TASKS={"default": {"BACKEND": TASKS_LEFT_UNDONE}}):
            cls.logins = load_paper(password=PASSWORD, paper=cls.paper)

    def test_every_text_has_become_a_page_in_its_state(self) -> None:
        by_state = {state: [text for text in self.paper.stories if text.state == state] for state in self.states()}

        assert Story.objects.live().count() == len(by_state["published"])
        assert Story.objects.filter(go_live_at__gt=clock.now(), live=False).count() == len(by_state["scheduled"])
        assert Story.objects.filter(live=False, go_live_at=None).count() == len(by_state["draft"])
        assert InformationPage.objects.live().count() == len(self.paper.pages)
        assert Revision.objects.exclude(approved_go_live_at=None).count() == len(by_state["scheduled"])

    def states(self) -> set[str]:
        return {text.state for text in self.paper.stories}

    def test_every_story_can_be_opened_in_the_editor_as_it_was_published(self) -> None:
        changes = {text.slug: len(text.head.get("changes", ())) for text in self.paper.stories}
        for story in Story.objects.all():
            assert story.revisions.count() == 1 + changes.get(story.slug, 0), story.slug
            written = story.get_latest_revision_as_object().body.raw_data[:]
            assert written, story.slug
            assert not story.live or written == story.body.raw_data[:], story.slug

    def test_every_change_is_on_the_record_at_its_moment(self) -> None:
        for text in self.paper.stories:
            if text.state != "published":
                continue
            story = Story.objects.get(slug=text.slug)
            versions = PublishedVersion.objects.filter(kind="story", object_id=story.pk).order_by("number")
            kinds = [change["kind"] for change in text.head.get("changes", ())]
            assert [version.change_class for version in versions] == ["", *kinds], text.slug
            moments = [version.at for version in versions]
            assert moments == sorted(moments), text.slug
            assert story.first_published_at == moments[0], text.slug
            assert story.last_published_at == moments[-1], text.slug

    def test_the_paper_is_of_today(self) -> None:
        newest = Story.objects.live().order_by("-first_published_at").first()

        assert newest is not None
        assert clock.now() - newest.first_published_at < NEWEST_AT_MOST
        assert not Story.objects.live().filter(first_published_at__gt=clock.now()).exists()
        assert not Story.objects.live().filter(last_published_at__gt=clock.now()).exists()

    def test_every_picture_may_be_published(self) -> None:
        for photo in Photo.objects.all():
            assert photo.problems() == [], photo.title
            assert photo.alt_text != photo.caption

    def test_the_front_page_opens_with_what_the_editor_chose(self) -> None:
        zones = Front.zones_in_force(None)
        chosen = [slug for zone in self.paper.site["front"] for slug in zone["slots"] if slug]

        response = self.client.get("/")

        assert [pin.story_id for zone in zones for pin in zone.slots if pin] == [
            Story.objects.get(slug=slug).pk for slug in chosen
        ]
        self.assertContains(response, Story.objects.get(slug="the-relay").short_headline)
        self.assertContains(response, Masthead.load().name)

    def test_topics_have_their_facts_and_their_story_so_far_and_series_their_parts_in_order(self) -> None:
        (series,) = self.paper.series
        (line_3,) = [told for told in self.paper.topics if told["slug"] == "line-3"]
        topic, whole = (self.client.get(path) for path in ("/topic/line-3/", f"/series/{series['slug']}/"))
        parts = [Story.objects.get(slug=slug) for slug in series["parts"]]
        told = [entry["sentence"] for box in self.paper.so_far if box["topic"] == "line-3" for entry in box["entries"]]

        for words in [*(fact[1] for fact in line_3["facts"]), *told]:
            self.assertContains(topic, words)
        places = [whole.content.decode().index(f'href="{part.url}"') for part in parts]
        assert places == sorted(places)
        self.assertContains(self.client.get(parts[1].url), f"/series/{series['slug']}/")
        self.assertContains(self.client.get(Story.objects.get(slug="objectors-take-line-3-to-court").url), told[0])

    def test_every_link_leads_somewhere(self) -> None:
        waiting, seen, dead = {"/"}, set(), []
        while waiting:
            path = waiting.pop()
            seen.add(path)
            response = self.client.get(path)
            if response.status_code != 200:
                dead.append((path, response.status_code))
                continue
            if response.headers["Content-Type"].startswith("text/html"):
                found = set(LINK.findall(response.content.decode()))
                waiting |= {link for link in found - seen if not link.startswith(UNREAD)}

        assert dead == []
        assert {story.url for story in Story.objects.live()} <= seen

    def test_arabic_runs_from_right_to_left(self) -> None:
        story = Story.objects.get(language="ar")

        self.assertContains(self.client.get(story.url), 'dir="rtl"')

    def test_everyone_who_is_printed_can_sign_in_with_the_rights_of_the_role(self) -> None:
        for login in self.logins:
            user = authenticate(username=login.email, password=PASSWORD)
            assert user is not None, login.email
            assert list(user.groups.all()) == [Group.objects.get(name=login.role)]
        assert User.objects.filter(is_superuser=True).count() == 1
        assert Section.objects.get(slug="business").editors.count() == 1

    def test_loading_it_again_changes_nothing(self) -> None:
        def everything() -> dict[str, int]:
            return {model._meta.label: model._default_manager.count() for model in apps.get_models()}

        before = everything()
        latest = Revision.objects.order_by("-pk").values_list("pk", "created_at").first()

        logins = load_paper(password=PASSWORD, paper=self.paper)

        assert is_loaded(self.paper)
        assert logins == self.logins
        assert everything() == before
        assert Revision.objects.order_by("-pk").values_list("pk", "created_at").first() == latest

    def test_a_section_comes_into_the_menu_once(self) -> None:
        Section.objects.create(name="Old blog", slug="old-blog", sort_order=99)

        add_to_menu("Old blog")
        add_to_menu("Old blog")

        assert [link.text for link in Navigation.load().menus.header].count("Old blog") == 1

    def test_contributors_have_portraits_and_say_who_they_are(self) -> None:
        people = Contributor.objects.filter(kind="person").exclude(portrait=None)

        assert people.count() == 12
        assert all(person.biography and person.job_title and person.languages for person in people)


def test_a_paper_without_its_pictures_is_not_loaded_by_halves(db, tmp_path) -> None:
    paper = Paper(folder=tmp_path)
    for name in ("people.yaml", "photos.yaml"):
        (tmp_path / name).write_text((Paper().folder / name).read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(PaperFileError, match="no picture called"):
        load_paper(password=PASSWORD, paper=paper)

    assert not Contributor.objects.exists()
