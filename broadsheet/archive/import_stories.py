"""Import an archive: each source file becomes a story, once; a changed file changes its story; nothing is lost.

Batches: pictures and names first, then one transaction for stories, their records and redirects. Killed between two
batches, a second run goes on where the first ended, since the record of a file is written with its story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Literal, Protocol

from django.conf import settings
from django.db import DatabaseError, transaction

from broadsheet.archive.models import ImportedFile, ImportStatus
from broadsheet.archive.name_register import NameRegister
from broadsheet.archive.old_addresses import lead_to_stories
from broadsheet.archive.pictures import PictureStore
from broadsheet.archive.source_story import Problem, SourceStory
from broadsheet.archive.update_story import UpdateRefused, update_story
from broadsheet.kit import clock
from broadsheet.pages.models import default_language
from broadsheet.stories.attachments import BylineRole
from broadsheet.stories.brought_in.body_value import plain, stream_value
from broadsheet.stories.bulk_load import StoryRecord, load_batch

BATCH_SIZE = 200
"""Files in one transaction: a second or two of work to repeat after a kill."""
GENERIC_FOLDERS = frozenset({"", "posts", "post", "blog", "articles", "article", "content", "drafts", "src"})
"""Folders whose name says nothing about what is in them; their articles go to a section named after the archive."""

Outcome = Literal["imported", "updated", "unchanged", "conflict", "failed", "not-a-story"]


class SourceArchive(Protocol):
    """An archive of any kind of source."""

    def story_paths(self) -> Iterator[Path]: ...
    def checksum(self, path: Path) -> str: ...
    def read(self, path: Path) -> SourceStory: ...
    def relative(self, path: Path) -> str: ...


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file."""

    path: str
    outcome: Outcome
    problems: Sequence[Problem] = ()
    story_id: int | None = None


@dataclass(slots=True)
class _Prepared:
    path: str
    story: SourceStory
    record: StoryRecord


@dataclass(slots=True)
class StoryImport:
    """One run of an import. `section` is the name of the section for everything; "" for one per folder."""

    archive: SourceArchive
    source: str
    section: str = ""
    dry_run: bool = False
    publish_expired: bool = False
    read_again: bool = False
    batch_size: int = BATCH_SIZE
    names: NameRegister = field(default_factory=NameRegister)
    redirects_added: int = 0
    pictures: PictureStore = field(init=False)

    def __post_init__(self) -> None:
        self.pictures = PictureStore(dry_run=self.dry_run)

    def run(self) -> Iterator[FileOutcome]:
        """Import file after file, yielding what became of each. Nothing happens until it is consumed."""
        paths = self.archive.story_paths()
        while batch := list(islice(paths, self.batch_size)):
            yield from self._run_batch(batch)

    def note_others(self, others: Iterable[tuple[Path, str]]) -> Iterator[FileOutcome]:
        """Record the files that are no stories, so that the archive is accounted for to the last file."""
        for path, reason in others:
            name = self.archive.relative(path)
            problems = [Problem(None, reason, "not imported")]
            self._note(name, ImportStatus.NOT_A_STORY, problems)
            yield FileOutcome(name, "not-a-story", problems)

    def _run_batch(self, paths: Sequence[Path]) -> Iterator[FileOutcome]:
        names = {path: self.archive.relative(path) for path in paths}
        rows = ImportedFile.objects.filter(source=self.source, path__in=list(names.values()))
        known = {row.path: row for row in rows}
        fresh: list[_Prepared] = []
        for path, name in names.items():
            row = known.get(name)
            try:
                if row and row.checksum and not self.read_again and row.checksum == self.archive.checksum(path):
                    yield FileOutcome(name, "unchanged", story_id=row.story_id)
                    continue
                story = self.archive.read(path)
            except Exception as error:  # noqa: BLE001  one bad file, whatever is wrong with it, never stops the rest
                yield self._failed(name, error)
                continue
            if row and row.checksum:
                yield self._update(row, story)
            else:
                fresh.append(_Prepared(name, story, self._record(story)))
        yield from self._load(fresh)

    def _load(self, batch: Sequence[_Prepared]) -> Iterator[FileOutcome]:
        if self.dry_run or not batch:
            yield from (FileOutcome(one.path, "imported", one.story.problems) for one in batch)
            return
        try:
            ids = self._write(batch)
        except Exception as error:  # noqa: BLE001  the batch is rolled back; its files are then tried one by one
            if len(batch) == 1:
                yield self._failed(batch[0].path, error)
                return
            for one in batch:
                yield from self._load([one])
            return
        for one, story_id in zip(batch, ids, strict=True):
            yield FileOutcome(one.path, "imported", one.story.problems, story_id)

    @transaction.atomic
    def _write(self, batch: Sequence[_Prepared]) -> list[int]:
        ids = load_batch([one.record for one in batch])
        stories = {one.path: one.story for one in batch}
        addresses = [
            (address, story_id)
            for one, story_id in zip(batch, ids, strict=True)
            for address in (one.story.url, *one.story.aliases)
            if address
        ]
        added, clashes = lead_to_stories(addresses)
        self.redirects_added += added
        owners = dict(zip(ids, batch, strict=True))
        for address, story_id in clashes:
            owners[story_id].story.report(
                None, f"the old address {address} leads to another page already", "no redirect"
            )
        ImportedFile.objects.filter(source=self.source, path__in=list(stories)).delete()
        ImportedFile.objects.bulk_create(
            [self._row(one.path, one.story, story_id) for one, story_id in zip(batch, ids, strict=True)], batch_size=100
        )
        return ids

    def _update(self, row: ImportedFile, story: SourceStory) -> FileOutcome:
        if self.dry_run:
            return FileOutcome(row.path, "updated", story.problems, row.story_id)
        if row.story_id is None:
            self._save_row(row, story, ImportStatus.IMPORTED)
            return FileOutcome(row.path, "unchanged", [Problem(None, "its story was deleted here", "stays deleted")])
        try:
            with transaction.atomic():
                update_story(story_id=row.story_id, record=self._record(story))
                addresses = [(address, row.story_id) for address in (story.url, *story.aliases) if address]
                self.redirects_added += lead_to_stories(addresses)[0]
                self._save_row(row, story, ImportStatus.IMPORTED)
        except UpdateRefused as refusal:
            problems = [
                Problem(None, "the source has changed, and so has the story here", str(refusal)),
                *story.problems,
            ]
            self._note(row.path, ImportStatus.CONFLICT, problems)
            return FileOutcome(row.path, "conflict", problems, row.story_id)
        except (DatabaseError, ValueError) as error:
            return self._failed(row.path, error)
        return FileOutcome(row.path, "updated", story.problems, row.story_id)

    def _record(self, story: SourceStory) -> StoryRecord:
        """The story as it will be written; pictures and names it needs are added first."""
        now = clock.now()
        if story.published_at and story.published_at > now:
            story.report(None, f"dated in the future: {story.published_at:%Y-%m-%d %H:%M}", "a draft")
        published_at = None if story.draft or (story.published_at or now) > now else story.published_at
        expired = bool(published_at and story.expires_at and story.expires_at <= now and not self.publish_expired)
        if published_at is None and story.published_at:
            story.kept_fields.setdefault("date", story.published_at.isoformat())
        lead = story.lead_image
        return StoryRecord(
            headline=story.headline,
            slug=_slug(story),
            published_at=published_at,
            body=stream_value(story.body, lambda image: self.pictures.photo(image, story)),
            live=published_at is not None and not expired,
            expired=expired,
            expires_at=None if self.publish_expired else story.expires_at,
            updated_at=story.updated_at,
            language=_language(story),
            kicker=story.kicker,
            standfirst=story.standfirst,
            description=story.description,
            section_id=self._section_id(story),
            lead_photo_id=self.pictures.photo(lead, story) if lead else None,
            lead_photo_caption=plain(lead.caption) if lead else "",
            canonical_url=story.canonical_url,
            bylines=self._bylines(story),
            topics=[] if self.dry_run else list(dict.fromkeys(self.names.topic(tag) for tag in story.topics)),
        )

    def _bylines(self, story: SourceStory) -> list[tuple[int, str]]:
        if self.dry_run:
            return []
        found: dict[int, str] = {}
        for slug in story.contributors:
            pk, described = self.names.contributor(slug)
            found[pk] = BylineRole.BY
            if not described:
                story.report(
                    None,
                    f"the archive has no page for the author “{slug}”",
                    "a contributor of that name, nothing more known",
                )
        return list(found.items())

    def _section_id(self, story: SourceStory) -> int | None:
        if self.dry_run:
            return None
        own = (
            ""
            if story.section.lower() in GENERIC_FOLDERS
            else story.section.replace("-", " ").replace("_", " ").capitalize()
        )
        return self.names.section(self.section or own or self.source)

    def _row(self, path: str, story: SourceStory, story_id: int) -> ImportedFile:
        return ImportedFile(
            source=self.source,
            path=path,
            checksum=story.checksum,
            story_id=story_id,
            status=ImportStatus.IMPORTED,
            problems=[problem.as_json() for problem in story.problems],
            kept_fields=story.kept_fields,
            imported_at=clock.now(),
        )

    def _save_row(self, row: ImportedFile, story: SourceStory, status: ImportStatus) -> None:
        row.checksum, row.status, row.imported_at = story.checksum, status, clock.now()
        row.problems = [problem.as_json() for problem in story.problems]
        row.kept_fields = story.kept_fields
        row.save()

    def _failed(self, path: str, error: Exception) -> FileOutcome:
        problems = [
            Problem(None, f"{type(error).__name__}: {error}"[:1_000], "the file itself; try again when it is mended")
        ]
        self._note(path, ImportStatus.FAILED, problems)
        return FileOutcome(path, "failed", problems)

    def _note(self, path: str, status: ImportStatus, problems: Sequence[Problem]) -> None:
        """Write the record of a file that did not become a story now, if it says something new."""
        if self.dry_run:
            return
        told = [problem.as_json() for problem in problems]
        row = ImportedFile.objects.filter(source=self.source, path=path).first()
        if row is None:
            row = ImportedFile(source=self.source, path=path)
        elif row.status == status and row.problems == told:
            return
        row.status, row.problems, row.imported_at = status, told, clock.now()
        row.save()


def _slug(story: SourceStory) -> str:
    """The story's slug with nothing in it that an address cannot hold; letters of every script stay."""
    kept = "".join(character if character.isalnum() or character in "-_" else "-" for character in story.slug.lower())
    return "-".join(part for part in kept.split("-") if part)[:180] or "story"


def _language(story: SourceStory) -> str:
    known = {code for code, _ in settings.LANGUAGES}
    wanted = story.language.replace("_", "-")
    found = next((code for code in (wanted, wanted.lower(), wanted.split("-")[0].lower()) if code in known), "")
    if wanted and not found:
        story.report(None, f"the paper has no language “{wanted}”", "in the paper's own language")
    return found or default_language()
