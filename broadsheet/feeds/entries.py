"""What a feed tells of a story, whatever the feed's format."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from broadsheet.feeds.full_text import fit_for_feeds, full_text
from broadsheet.feeds.selectors import WholeStory, photos_in, whole_stories
from broadsheet.kit import rendering
from broadsheet.kit.text import printable
from broadsheet.masthead.head_metadata import absolute
from broadsheet.pages.models import WorkType
from broadsheet.photos.models import Photo
from broadsheet.photos.renditions import WHOLE, offered, rendition
from broadsheet.stories.attachments import BylineRole
from broadsheet.stories.models import Story
from broadsheet.stories.notes import Note
from broadsheet.stories.story_context import AGENCY_ROLE, group_bylines

AUTHOR_ROLES = {BylineRole.BY, BylineRole.WITH, AGENCY_ROLE}


@dataclass(frozen=True)
class EntryPicture:
    """A photo that stands with an entry, as JPEG. Width and height in pixels."""

    url: str
    width: int
    height: int
    caption: str
    alt: str
    credit: str
    licence_url: str


@dataclass(frozen=True)
class Entry:
    """A story in a feed. All addresses are whole, and all texts may stand in XML."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    authors: Sequence[tuple[str, str]]
    """Name and address of each."""
    categories: Sequence[str]
    published_at: dt.datetime
    updated_at: dt.datetime
    language: str
    pictures: Sequence[EntryPicture]


def entries_of(ids: Sequence[int]) -> list[Entry]:
    """Return the entries of those of the stories that are published, in the order of the numbers."""
    found = rendering.remembered_each("feed entry", ids, whole_stories, _entry)
    return [found[pk] for pk in ids if pk in found]


def entry_id(story: Story) -> str:
    """Return what names a story for ever, whatever becomes of its address and of the paper's (RFC 4151's purpose)."""
    return f"urn:uuid:{story.translation_key}"


def _entry(whole: WholeStory) -> Entry:
    whole.say_what_is_read()
    story, address = whole.story, absolute(whole.story.url or "")
    with translation.override(story.language):
        html = _html(whole)
        label = str(story.get_work_type_display())
    published_at = story.first_published_at
    updated_at = whole.record.updated_at or story.updated_at or published_at
    groups = [group for group in group_bylines(whole.bylines) if group.role in AUTHOR_ROLES]
    people = [credit.contributor for group in groups for credit in group.credits]
    categories = [story.section.name if story.section else "", *(topic.name for topic in whole.topics)]
    if story.work_type != WorkType.NEWS:
        categories.append(label)
    return Entry(
        id=entry_id(story),
        url=address,
        title=printable(story.title),
        summary=printable(story.standfirst),
        html=html,
        authors=[(printable(one.name), absolute(one.get_absolute_url())) for one in people],
        categories=[printable(name) for name in dict.fromkeys(categories) if name],
        published_at=published_at,
        updated_at=max([published_at, updated_at, *(note.changed_at for note in whole.record.notes)]),
        language=story.language,
        pictures=_pictures(whole),
    )


def _html(whole: WholeStory) -> str:
    """Return the story as its page shows it: what readers must know first, the text, and the notes at its foot."""
    story = whole.story
    before = [*_label(story), *_notes(whole.record.head_notes)]
    text = full_text(whole.blocks, address=story.url or "", dateline=story.dateline)
    after = _notes(whole.record.foot_notes)
    around = [fit_for_feeds("\n".join(parts), address=story.url or "") for parts in (before, after)]
    return "\n".join(part for part in (around[0], text, around[1]) if part)


def _label(story: Story) -> list[str]:
    if story.work_type != WorkType.SPONSORED:
        return []
    words = _("Sponsored: paid for by an advertiser, and not the work of our newsroom.")
    return [format_html("<p><strong>{}</strong></p>", words)]


def _notes(notes: Iterable[Note]) -> list[str]:
    return [format_html("<p><strong>{}</strong>: {}</p>", note.label, note.shown_text) for note in notes]


def _pictures(whole: WholeStory) -> list[EntryPicture]:
    lead = whole.story.lead_photo
    shown = {photo.pk: (photo, "") for photo in photos_in(whole.blocks)}
    if lead is not None:
        shown = {
            lead.pk: (lead, whole.story.lead_photo_caption),
            **{pk: one for pk, one in shown.items() if pk != lead.pk},
        }
    return [_picture(photo, caption) for photo, caption in shown.values() if not photo.is_withheld()]


def _picture(photo: Photo, caption: str) -> EntryPicture:
    shown = rendition(photo, offered(photo, WHOLE)[-1], "jpg")
    return EntryPicture(
        url=absolute(shown.url),
        width=shown.width,
        height=shown.height,
        caption=printable(caption or photo.caption),
        alt=printable(photo.default_alt_text),
        credit=printable(photo.credit),
        licence_url=photo.licence_url,
    )
