"""Small archives written for a test, and reading them."""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from broadsheet.archive.markdown.dialects import DIALECTS
from broadsheet.archive.markdown.read_archive import MarkdownArchive
from broadsheet.archive.source_story import SourceStory


def archive_of(
    root: Path, files: Mapping[str, str | bytes], dialect: str | None = None, **options: str
) -> MarkdownArchive:
    """Write files below `root` and open them as an archive in the time zone of New York."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return MarkdownArchive.open(
        root, zone=ZoneInfo("America/New_York"), dialect=DIALECTS[dialect] if dialect else None, **options
    )


def story_of(
    root: Path, text: str | bytes, dialect: str = "plain", name: str = "content/news/2016-10-19-a-story.md"
) -> SourceStory:
    """Read one article that stands alone in an archive."""
    archive = archive_of(root, {name: text}, dialect)
    return archive.read(archive.folder.root / name)


def shapes(story: SourceStory) -> list[str]:
    """The kinds of a story's blocks, in order."""
    return [block.kind for block in story.body]


def reasons(story: SourceStory) -> str:
    """All that was reported, as one text."""
    return "\n".join(f"{problem.line}: {problem.reason} -> {problem.kept_as}" for problem in story.problems)


def words(story: SourceStory) -> str:
    """Everything the story and its report say."""
    lead = story.lead_image
    top = [lead.alt, lead.caption, lead.credit] if lead else []
    return " ".join(
        [*top, story.headline, story.standfirst, *(block.plain_text() for block in story.body), reasons(story)]
    )
