"""Importing: what the paper holds afterwards, twice, after a change, after a crash."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

from broadsheet.archive import import_stories
from broadsheet.archive.import_stories import FileOutcome, StoryImport
from broadsheet.archive.models import ImportedFile, ImportStatus
from broadsheet.archive.tests.reading import archive_of
from broadsheet.bylines.models import Contributor
from broadsheet.pages.models import BasePage
from broadsheet.photos.models import Photo
from broadsheet.stories.models import Story
from broadsheet.topics.models import Topic

pytestmark = pytest.mark.django_db

FERRY = """---
title: Ferry returns
date: 2016-10-19 09:00:00 +0000
authors: [mira, jo-field]
tags: [Harbour, winter]
summary: After four winters.
aliases: [/old/ferry.html]
image: /img/ferry.png
image_alt: A ferry
image_caption: The first sailing
---
The ferry sails *again*. ![Cranes](/img/cranes.png "The cranes")

{{< poll question="Tea?" >}}
"""


def png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An old site with an article, its pictures and an author's page."""
    files: dict[str, str | bytes] = {
        "content/news/2016-10-19-ferry.md": FERRY,
        "content/news/2016-11-02-draft.md": "---\ntitle: Draft\ndate: 2016-11-02\ndraft: true\n---\nNot yet.",
        "content/news/2016-11-03-over.md": "---\ntitle: Over\ndate: 2016-11-03\nexpirydate: 2017-01-01\n---\nGone by.",
        "content/authors/mira/_index.md": "---\ndisplay_name: Mira Sund\nagency: Harbour Office\nslug: mira\n---\n",
        "content/topics/harbour/_index.md": "---\ntitle: Harbour\ndeck: Ships.\naliases: [/topics/ships/]\n---\n",
        "README.md": "About this repository.",
        "static/img/ferry.png": png("white"),
        "static/img/cranes.png": png("red"),
    }
    archive_of(tmp_path / "old-site", files)
    return tmp_path / "old-site"


def run(site: Path, **options: Any) -> list[FileOutcome]:
    archive = archive_of(site, {}, "hugo")
    return list(StoryImport(archive=archive, source="Old Site", **options).run())


def command(site: Path, *arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("import", "markdown", str(site), *arguments, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_an_article_arrives_whole(site: Path, client: Client) -> None:
    command(site)

    story = Story.objects.get(slug="ferry")
    assert (story.title, story.standfirst, story.url) == ("Ferry returns", "After four winters.", "/2016/10/19/ferry/")
    assert [byline.contributor.name for byline in story.bylines.all()] == ["Mira Sund", "Jo Field"]
    assert [link.topic.name for link in story.story_topics.all()] == ["Harbour", "winter"]
    assert story.section is not None
    assert story.section.name == "News"
    assert story.lead_photo is not None
    assert (story.lead_photo.alt_text, story.lead_photo_caption) == ("A ferry", "The first sailing")
    assert [block.block_type for block in story.body] == ["paragraph", "photo", "unrecognised"]
    assert story.body[1].value["photo"].alt_text == "Cranes"
    assert story.body[1].value["caption"] == "The cranes"
    page = client.get(story.url).content.decode()
    assert "The ferry sails <em>again</em>." in page
    assert "Tea?" in page


def test_drafts_and_expired_articles_are_kept_and_not_shown(site: Path) -> None:
    run(site)

    draft, over = Story.objects.get(slug="draft"), Story.objects.get(slug="over")
    assert (draft.live, draft.expired, draft.first_published_at) == (False, False, None)
    assert (over.live, over.expired) == (False, True)
    assert over.first_published_at is not None
    assert over.first_published_at.year == 2016
    assert ImportedFile.objects.get(story=draft).kept_fields["date"].startswith("2016-11-02")


def test_expired_articles_can_be_shown_all_the_same(site: Path) -> None:
    run(site, publish_expired=True)

    assert Story.objects.get(slug="over").live


def test_old_addresses_lead_to_the_story_and_the_topic(site: Path, client: Client) -> None:
    command(site)

    assert client.get("/old/ferry.html").headers["Location"] == "/2016/10/19/ferry/"
    assert client.get("/news/ferry/").headers["Location"] == "/2016/10/19/ferry/"
    assert client.get("/topics/ships/").headers["Location"] == "/topic/harbour/"


def test_people_and_topics_of_the_archive_are_there_with_what_it_says_of_them(site: Path) -> None:
    command(site)

    mira = Contributor.objects.get(slug="mira")
    assert (mira.name, mira.job_title) == ("Mira Sund", "Harbour Office")
    assert "Ships." in Topic.objects.get(slug="harbour").description


def test_a_dry_run_reports_the_same_and_writes_nothing(site: Path, tmp_path: Path) -> None:
    before = BasePage.objects.count()

    code, told = command(site, "--dry-run", "--report", str(tmp_path / "report.json"))

    report = json.loads((tmp_path / "report.json").read_text())
    assert code == 1
    assert "Would be imported" in told
    assert report["totals"]["outcomes"] == {"imported": 3, "not-a-story": 1}
    assert any("poll" in problem["reason"] for file in report["files"] for problem in file["problems"])
    assert BasePage.objects.count() == before
    for model in (ImportedFile, Photo, Contributor, Topic, Redirect):
        assert not model.objects.exists()


def test_a_second_run_changes_nothing_and_writes_nothing(site: Path) -> None:
    command(site)
    before = list(Story.objects.order_by("pk").values())

    with CaptureQueriesContext(connection) as queries:
        outcomes = run(site)

    assert {outcome.outcome for outcome in outcomes} == {"unchanged"}
    assert not [query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert list(Story.objects.order_by("pk").values()) == before
    assert Photo.objects.count() == 2
    assert Revision.objects.count() == 0


def test_a_changed_file_changes_its_story(site: Path) -> None:
    run(site)
    first = Story.objects.get(slug="ferry")
    (site / "content/news/2016-10-19-ferry.md").write_text(
        FERRY.replace("sails *again*", "is late").replace("mira, ", "")
    )

    outcomes = run(site)

    story = Story.objects.get(slug="ferry")
    assert [outcome.outcome for outcome in outcomes] == ["updated", "unchanged", "unchanged"]
    assert (story.pk, story.url) == (first.pk, first.url)
    assert "is late" in story.body[0].value.source
    assert [byline.contributor.name for byline in story.bylines.all()] == ["Jo Field"]
    assert Revision.objects.count() == 0


def test_a_story_edited_here_is_left_alone_and_the_conflict_reported_once(site: Path) -> None:
    run(site)
    story = Story.objects.get(slug="ferry")
    story.title = "Ferry returns, at last"
    story.save_revision().publish()
    (site / "content/news/2016-10-19-ferry.md").write_text(FERRY.replace("again", "never"))

    outcomes = [run(site)[0] for _ in range(2)]

    story.refresh_from_db()
    assert [outcome.outcome for outcome in outcomes] == ["conflict", "conflict"]
    assert story.title == "Ferry returns, at last"
    assert ImportedFile.objects.get(story=story).status == ImportStatus.CONFLICT


def test_a_story_deleted_here_stays_deleted(site: Path) -> None:
    run(site)
    Story.objects.get(slug="ferry").delete()

    outcomes = run(site)

    assert outcomes[0].outcome == "unchanged"
    assert not Story.objects.filter(slug="ferry").exists()


def test_a_run_killed_in_the_middle_is_taken_up_where_it_ended(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    whole = import_stories.load_batch
    calls: list[int] = []

    def die_at_the_second(records: Any) -> list[int]:
        calls.append(len(records))
        if len(calls) == 2:
            raise Killed
        return whole(records)

    monkeypatch.setattr(import_stories, "load_batch", die_at_the_second)
    with pytest.raises(Killed):
        run(site, batch_size=1)
    monkeypatch.setattr(import_stories, "load_batch", whole)

    outcomes = run(site, batch_size=1)

    assert [outcome.outcome for outcome in outcomes] == ["unchanged", "imported", "imported"]
    assert Story.objects.count() == 3
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_one_bad_file_never_stops_the_rest(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / "content/news/2016-10-20-huge.md").write_bytes(b"x" * 2_100_000)
    whole = import_stories.load_batch

    def refuse_the_draft(records: Any) -> list[int]:
        if any(record.headline == "Draft" for record in records):
            raise ValueError("no")
        return whole(records)

    monkeypatch.setattr(import_stories, "load_batch", refuse_the_draft)
    outcomes = {outcome.path: outcome for outcome in run(site)}

    assert outcomes["content/news/2016-10-20-huge.md"].outcome == "failed"
    assert "larger than 2 MB" in outcomes["content/news/2016-10-20-huge.md"].problems[0].reason
    assert outcomes["content/news/2016-11-02-draft.md"].outcome == "failed"
    assert Story.objects.filter(slug__in=["ferry", "over"]).count() == 2
    assert ImportedFile.objects.filter(status=ImportStatus.FAILED).count() == 2


def test_a_hostile_picture_is_refused_and_its_description_stays(site: Path) -> None:
    (site / "static/img/cranes.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"broken" * 50)

    run(site)

    story = Story.objects.get(slug="ferry")
    assert "Picture not in the archive: Cranes: The cranes" in story.body[1].value.source
    assert any("was refused" in problem["reason"] for problem in ImportedFile.objects.get(story=story).problems)


def test_an_arabic_article_is_set_from_right_to_left(tmp_path: Path, client: Client) -> None:
    site = tmp_path / "arabic"
    archive_of(
        site, {"posts/2022-02-09-a.ar.md": "---\ntitle: كيفية بدء فصل جديد\ndate: 2022-02-09\n---\nمنظمة عالمية"}
    )

    run(site)

    story = Story.objects.get()
    page = client.get(story.url).content.decode()
    assert story.text_direction == "rtl"
    assert 'dir="rtl"' in page
    assert "منظمة عالمية" in page


def test_every_file_of_the_archive_is_accounted_for(site: Path) -> None:
    code, told = command(site, "--json")

    totals = json.loads(told)
    assert code == 1
    assert totals["outcomes"] == {"imported": 3, "not-a-story": 1}
    assert totals["added"] == {"contributors": 2, "topics": 2, "sections": 1, "photos": 2, "redirects": 5}
    assert ImportedFile.objects.get(path="README.md").status == ImportStatus.NOT_A_STORY


def test_what_cannot_run_says_why_and_ends_with_two(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder") as refused:
        call_command("import", "markdown", str(tmp_path / "nowhere"))

    assert refused.value.returncode == 2


def test_an_article_of_the_future_waits_as_a_draft(tmp_path: Path) -> None:
    year = dt.datetime.now(tz=dt.UTC).year + 2
    archive_of(tmp_path, {"posts/a.md": f"---\ntitle: Ahead\ndate: {year}-01-01\n---\nText."})

    [outcome] = run(tmp_path)

    assert not Story.objects.get().live
    assert any("dated in the future" in problem.reason for problem in outcome.problems)
