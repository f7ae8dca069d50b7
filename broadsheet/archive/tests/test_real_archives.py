"""The two real archives and the Arabic pages: counts, texts and alternative texts against the sources.

What is expected is read from the sources here in another way than the import reads them.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect

from broadsheet.archive.markdown.read_archive import MarkdownArchive
from broadsheet.archive.models import ImportedFile
from broadsheet.archive.source_story import SourceStory
from broadsheet.archive.tests.reading import words
from broadsheet.bylines.models import Contributor
from broadsheet.kit.html import text_of
from broadsheet.photos.models import Photo
from broadsheet.stories.models import Story
from broadsheet.topics.models import Topic

WORD = re.compile(r"[^\W_]{3,}")
EIGHTEEN_F = "archive-18f"
DIGITAL_GOV = "archive-digitalgov"
OLD_SITES = {EIGHTEEN_F: "https://18f.gsa.gov", DIGITAL_GOV: "https://digital.gov"}


@pytest.fixture(scope="module", params=[EIGHTEEN_F, DIGITAL_GOV])
def archive(request: pytest.FixtureRequest, fixtures_dir: Path) -> MarkdownArchive:
    """A real archive, opened."""
    return MarkdownArchive.open(fixtures_dir / request.param, zone=ZoneInfo("UTC"), old_site=OLD_SITES[request.param])


@pytest.fixture(scope="module")
def stories(archive: MarkdownArchive) -> list[SourceStory]:
    """All its articles, read."""
    return [archive.read(path) for path in archive.story_paths()]


def sources(archive: MarkdownArchive) -> Iterator[tuple[Path, dict[str, Any], str]]:
    """Each article as any YAML reader sees it."""
    for path in sorted(archive.folder.content.rglob("*.md")):
        if path.relative_to(archive.folder.content).parts[0] in {"news", "events", "posts"}:
            _, front, body = path.read_text(encoding="utf-8").split("---", 2)
            yield path, yaml.safe_load(front.replace("\r", "")) or {}, body


def test_every_article_arrives_with_its_headline_date_authors_and_topics(
    archive: MarkdownArchive, stories: list[SourceStory]
) -> None:
    found = {story.source_path: story for story in stories}

    expected = list(sources(archive))

    assert len(found) == len(expected) == {EIGHTEEN_F: 255, DIGITAL_GOV: 1_177}[archive.folder.root.name]
    for path, front, _ in expected:
        story = found[archive.relative(path)]
        assert story.headline == unescape(str(front["title"])).strip(), path
        assert story.published_at is not None, path
        assert f"{story.published_at:%Y-%m-%d}" == str(front.get("date") or path.name)[:10], path
        assert set(story.contributors) == {str(name) for name in front.get("authors") or []}, path
        wanted = {str(tag).strip() for key in ("topics", "tags", "tag", "categories") for tag in front.get(key) or []}
        assert set(story.topics) == wanted, path


def test_no_word_of_any_article_is_lost(archive: MarkdownArchive, stories: list[SourceStory]) -> None:
    found = {story.source_path: story for story in stories}
    lost: dict[str, set[str]] = {}

    for path, _, body in sources(archive):
        text = re.sub(r"<script.*?</script>|<!--.*?-->", " ", body, flags=re.DOTALL)
        text = re.sub(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
        text = re.sub(r"</?[a-zA-Z][^<>]*>", " ", text)
        text = re.sub(r"\]\([^)]*\)|\]\[[^\]]*\]|^\s*\[[^\]]+\]:.*$|https?:\S+", " ", text, flags=re.MULTILINE)
        have = set(WORD.findall(unescape(words(found[archive.relative(path)])).replace("\\", "").casefold()))
        if missing := set(WORD.findall(unescape(text).replace("\\", "").casefold())) - have:
            lost[path.name] = missing

    assert not lost


def test_every_picture_is_there_or_reported(archive: MarkdownArchive, stories: list[SourceStory]) -> None:
    shown = {image.path.name for story in stories for image in story.images if image.path}
    wanted: Counter[str] = Counter()
    for _, _, body in sources(archive):
        wanted.update(re.findall(r'\{\{<\s*(?:legacy-)?img(?:-right)?\s+src="([^"]+)"', body))
        wanted.update(re.findall(r'\{%\s*image(?:_with_class)?\s+"([^"]+)"', body))

    told = "\n".join(problem.reason for story in stories for problem in story.problems).replace("\\", "")

    for ref in wanted:
        name = Path(ref.replace("\\", "")).name
        assert name in shown or Path(name).stem in {Path(one).stem for one in shown} or name in told, ref
    assert len(shown) >= {EIGHTEEN_F: 100, DIGITAL_GOV: 150}[archive.folder.root.name]


def test_alternative_texts_are_those_of_the_sources(archive: MarkdownArchive, stories: list[SourceStory]) -> None:
    alts = {image.alt.strip() for story in stories for image in story.images}
    checked = 0

    for _, _, body in sources(archive):
        for shortcode in re.findall(r'\{\{<\s*legacy-img[\w-]*[^>]*?\balt="([^"]+)"', body):
            assert unescape(shortcode).replace("\\", "").strip() in alts
            checked += 1
        for given in re.findall(r'\{%\s*image\s+"[^"]+"\s+"([^"]+)"\s*%\}', body):
            assert unescape(given).strip() in alts
            checked += 1

    assert checked > 100


def test_the_ragged_ones_are_reported_and_not_lost(archive: MarkdownArchive, stories: list[SourceStory]) -> None:
    if archive.folder.root.name != DIGITAL_GOV:
        pytest.skip("the ragged ones are in the other archive")

    twice = [story for story in stories if any("stands twice" in problem.reason for problem in story.problems)]
    late = [story for story in stories if any("blank lines before" in problem.reason for problem in story.problems)]

    assert len(twice) == 10
    assert len(late) == 2
    assert all(story.headline and story.published_at and story.body for story in [*twice, *late])


def test_arabic_pages_are_arabic(fixtures_dir: Path) -> None:
    archive = MarkdownArchive.open(fixtures_dir / "multilingual-arabr", zone=ZoneInfo("UTC"))

    languages = Counter(archive.read(path).language for path in archive.story_paths())

    assert languages == {"ar": 2, "en": 2}


@pytest.mark.django_db
def test_a_whole_archive_is_in_the_paper_after_one_command(fixtures_dir: Path) -> None:
    root = fixtures_dir / EIGHTEEN_F
    out = io.StringIO()

    with pytest.raises(SystemExit):
        call_command("import", "markdown", str(root), "--name", "18F", "--json", stdout=out)

    totals = json.loads(out.getvalue())
    authors = {
        str(name)
        for path in root.rglob("2*.md")
        for name in yaml.safe_load(path.read_text().split("---")[1])["authors"]
    }
    assert totals["outcomes"] == {"imported": 255, "not-a-story": 1}
    assert Story.objects.filter(live=True).count() == 255
    assert Contributor.objects.count() == len(authors)
    assert ImportedFile.objects.count() == 256
    assert Photo.objects.count() == totals["added"]["photos"] >= 100
    assert not Photo.objects.filter(alt_text="", is_decorative=False, caption="").filter(title="").exists()
    assert Topic.objects.filter(slug="how-we-work").count() == 1
    assert Redirect.objects.filter(old_path="/2015/05/21/TockingTime").exists()
    post = (root / "content/posts/2023-09-21-18f-website-refresh.md").read_text()
    story = Story.objects.get(slug="18f-website-refresh")
    shown = text_of(str(story.body))
    assert all(line in shown for line in re.findall(r"^## (.+)$", post, re.MULTILINE))
