"""Replays the public record and compares it with what readers see: the proof that nothing was changed silently."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from broadsheet.pages.models import BasePage
from broadsheet.stories.as_recorded import is_as_recorded
from broadsheet.stories.models import Act, InformationPage, PublishedVersion, RecordedKind, Story
from broadsheet.stories.recorded_content import Content, text_content
from broadsheet.stories.recorded_photos import photos_shown, present_words, with_photo_words

PAGES_AT_ONCE = 200
KINDS: tuple[tuple[RecordedKind, type[BasePage], tuple[str, ...]], ...] = (
    (RecordedKind.STORY, Story, ("bylines", "story_topics", "pinned_related")),
    (RecordedKind.PAGE, InformationPage, ()),
)


@dataclass
class RecordReport:
    """What a comparison found: ids of pages whose record says something else than readers see."""

    compared: int = 0
    unrecorded: list[int] = field(default_factory=list)
    """Readers see them, and the record does not say so."""
    otherwise: list[int] = field(default_factory=list)
    """Readers see another text than the record's last version."""
    vanished: list[int] = field(default_factory=list)
    """The record says that readers see them, and they do not."""
    gaps: list[int] = field(default_factory=list)
    """Versions are missing between the first and the last."""

    @property
    def is_clean(self) -> bool:
        """Whether the record tells the truth."""
        return not (self.unrecorded or self.otherwise or self.vanished or self.gaps)


def verify_record(report: RecordReport) -> Iterator[int]:
    """Compare every page with its record and note what is found in `report`; yield after each batch how many it had."""
    for kind, model, attached in KINDS:
        pages = model._default_manager.order_by("pk").prefetch_related(*attached)
        last_pk = 0
        while batch := list(pages.filter(pk__gt=last_pk)[:PAGES_AT_ONCE]):
            _compare(kind, batch, report)
            last_pk = batch[-1].pk
            yield len(batch)


def _compare(kind: RecordedKind, pages: list[BasePage], report: RecordReport) -> None:
    versions: dict[int, list[PublishedVersion]] = {page.pk: [] for page in pages}
    rows = PublishedVersion.objects.filter(kind=kind, object_id__in=list(versions)).defer("content", "names")
    for version in rows.order_by("object_id", "number"):
        versions[version.object_id].append(version)
    contents = {page.pk: text_content(page) for page in pages if page.live}
    words = present_words({pk for content in contents.values() for pk in photos_shown(content)})
    for page in pages:
        report.compared += 1
        content = with_photo_words(contents[page.pk], words) if page.live else {}
        _compare_page(page, content, versions[page.pk], report)


def _compare_page(page: BasePage, content: Content, versions: list[PublishedVersion], report: RecordReport) -> None:
    if versions and versions[-1].number != len(versions):
        report.gaps.append(page.pk)
    recorded = versions[-1] if versions and versions[-1].act == Act.PUBLISHED else None
    if page.live and not recorded:
        report.unrecorded.append(page.pk)
    elif page.live and recorded and not is_as_recorded(recorded, content):
        report.otherwise.append(page.pk)
    elif recorded and not page.live:
        report.vanished.append(page.pk)
