"""What is handed on of a story, whatever the format: its text and pictures while it is public, else that it is gone.

Stories that are another's work (`stories/others_work.py`) are not handed on, nor photos that the paper may publish and
no one else.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from broadsheet.bylines.models import Contributor
from broadsheet.feeds.full_text import full_text
from broadsheet.feeds.selectors import WholeStory, photos_in, whole_stories
from broadsheet.kit.text import printable
from broadsheet.masthead.head_metadata import absolute
from broadsheet.photos.models import Licence, Photo
from broadsheet.stories.models import Act, ChangeClass, PublishedVersion, RecordedKind, Takedown
from broadsheet.stories.others_work import ever_own, others_work
from broadsheet.stories.record import NOTED_CLASSES
from broadsheet.stories.story_context import AGENCY_ROLE, group_bylines
from broadsheet.topics.models import Topic

MAY_BE_HANDED_ON = {Licence.OWN, Licence.PUBLIC_DOMAIN, Licence.CC0, Licence.CC_BY, Licence.CC_BY_SA}
PICTURES = {"photo", "gallery"}
"""Blocks that are handed on beside the text, so far as they may be."""
AUTHORS = {"by", "with", AGENCY_ROLE}


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A story that partners must no longer show. `is_killed`: it was taken down, or deleted, and not only put aside."""

    story_id: int
    version: int
    at: dt.datetime
    is_killed: bool
    sentence: str


@dataclass(frozen=True, kw_only=True)
class HandedOn:
    """A public story. `notes` are what readers are told was wrong; `is_correction` says so of this very version."""

    story_id: int
    version: int
    at: dt.datetime
    first_at: dt.datetime
    is_correction: bool
    url: str
    language: str
    headline: str
    standfirst: str
    dateline: str
    html: str
    work_type: str
    section: tuple[str, str]
    """Its name and its IPTC Media Topic; either may be empty."""
    authors: Sequence[Contributor]
    topics: Sequence[Topic]
    notes: Sequence[str]
    photos: Sequence[Photo]


Item = HandedOn | Gone


def item_uri(story_id: int) -> str:
    """Return what names a story for partners for ever: it holds for one that was deleted, too."""
    return absolute(f"/#story-{story_id}")


def items(story_ids: Sequence[int]) -> list[Item]:
    """Return what partners are to know of some stories now, in the order given; nothing of what never was public, nor
    of what never was the paper's own. What was, and is another's work now, is gone for them."""
    newest = _newest_versions(story_ids)
    foreign = others_work(story_ids)
    whole = whole_stories([pk for pk in newest if pk not in foreign])
    public = {pk: one for pk, one in whole.items() if newest[pk].act == Act.PUBLISHED}
    gone = ever_own([pk for pk in newest if pk not in public])
    sentences = dict(
        Takedown.objects.filter(page_id__in=story_ids, lifted_at__isnull=True).values_list("page_id", "sentence")
    )
    found: list[Item] = []
    for pk in story_ids:
        if pk in public:
            found.append(_handed_on(public[pk], newest[pk]))
        elif pk in gone:
            found.append(_gone(newest[pk], sentences.get(pk, "")))
    return found


def _newest_versions(story_ids: Iterable[int]) -> dict[int, PublishedVersion]:
    rows = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id__in=list(story_ids)).order_by("number")
    return {row.object_id: row for row in rows.defer("content", "names")}


def _gone(version: PublishedVersion, sentence: str) -> Gone:
    return Gone(
        story_id=version.object_id,
        version=version.number,
        at=version.at,
        is_killed=bool(sentence) or version.act in {Act.TAKEN_DOWN, Act.DELETED},
        sentence=printable(sentence),
    )


def _handed_on(whole: WholeStory, version: PublishedVersion) -> HandedOn:
    story = whole.story
    text_blocks = [block for block in whole.blocks if block.block_type not in PICTURES]
    with translation.override(story.language):
        notes = [f"{note.label}: {note.shown_text}" for note in whole.record.notes]
        html = full_text(text_blocks, address=story.url or "", dateline=story.dateline)
        if whole.record.notes and version.change_class == ChangeClass.RETRACTION:
            warning = _("We no longer stand by this story. It stays here so that anyone can see what was published.")
            html = f"{format_html('<p><strong>{}</strong></p>', warning)}\n{html}"
    groups = [group for group in group_bylines(whole.bylines) if group.role in AUTHORS]
    return HandedOn(
        story_id=story.pk,
        version=version.number,
        at=version.at,
        first_at=story.first_published_at,
        is_correction=version.change_class in NOTED_CLASSES,
        url=absolute(story.url or ""),
        language=story.language,
        headline=printable(story.title),
        standfirst=printable(story.standfirst),
        dateline=printable(story.dateline),
        html=html,
        work_type=story.work_type,
        section=(printable(story.section.name), story.section.media_topic) if story.section else ("", ""),
        authors=[credit.contributor for group in groups for credit in group.credits],
        topics=whole.topics,
        notes=[printable(note) for note in notes],
        photos=_photos(whole),
    )


def _photos(whole: WholeStory) -> list[Photo]:
    lead = whole.story.lead_photo
    shown = {photo.pk: photo for photo in [*([lead] if lead else []), *photos_in(whole.blocks)]}
    return [one for one in shown.values() if one.licence in MAY_BE_HANDED_ON and not one.is_withheld()]
