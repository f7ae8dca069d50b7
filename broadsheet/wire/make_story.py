"""Makes a draft of an agency's item: its text as blocks, its photos, its dateline, and the agency in the byline."""

import re
from itertools import count
from typing import Any

from django.conf import settings
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.kit.html import clean_prose, text_of
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.pages.models import BasePage, default_language
from broadsheet.stories.attachments import Byline
from broadsheet.stories.brought_in.body_value import stream_value
from broadsheet.stories.brought_in.html_blocks import BlockReader
from broadsheet.stories.brought_in.source_block import SourceBlock, SourceImage
from broadsheet.stories.models import MonthPage, Story
from broadsheet.stories.shelves import month_page, today
from broadsheet.wire.bring_photos import claim_photos
from broadsheet.wire.bylines import agency_contributor, agency_of, people_named, person_contributor
from broadsheet.wire.datelines import without_dateline
from broadsheet.wire.models import ItemState, WireItem, WirePhoto, WireVersion
from broadsheet.wire.read_item import ReadItem
from broadsheet.wire.readers.texts import paragraphs
from broadsheet.wire.take_in import digest_of

STANDFIRST_LENGTH = 400
SLUG_LENGTH = 200
_NOTHING_HELD = re.compile(r"(?!)")


class ItemKilledError(Exception):
    """The agency has killed the item: nothing may be made of it."""


class AlreadyTakenError(Exception):
    """A story was made of the item already; `story` is it."""

    def __init__(self, story: BasePage) -> None:
        self.story = story
        super().__init__(_("A story was made of it already: “%(headline)s”.") % {"headline": story.draft_title})


def make_story(*, item: WireItem, by: User) -> Story:
    """Return a new draft of an item's newest version on this month's shelf, which is `by`'s.

    An embargo becomes the moment at which the draft would go live, and keeps it from going live before. Whether `by`
    may begin stories is for the caller to have asked. Raises ItemKilledError and AlreadyTakenError.
    """
    with write_transaction():
        locked = WireItem.objects.select_for_update(of=("self",)).select_related("source", "story").get(pk=item.pk)
        if locked.is_killed:
            raise ItemKilledError(_("The agency has killed it: no story can be made of it."))
        if locked.story is not None:
            raise AlreadyTakenError(locked.story)
        version = locked.current
        story = _draft(locked, version.read, by)
        made: Story = month_page(today()).add_child(instance=story)
        made.save_revision(user=by, clean=False)
        log(instance=made, action="wagtail.create", user=by, data={"wire": {"item": locked.pk}})
        _take(locked, made, version)
    return made


def _photos(item: WireItem, read: ReadItem) -> list[WirePhoto]:
    """Return the photos that are here of those that a version names, in its order; what it left out was replaced."""
    digests = [digest_of(photo.ref) for photo in read.photos]
    here = item.photos.filter(ref_digest__in=digests).exclude(photo=None).select_related("photo")
    return sorted(here, key=lambda photo: digests.index(photo.ref_digest))


def _take(item: WireItem, story: Story, version: WireVersion) -> None:
    WireItem.objects.filter(pk=item.pk).update(story_id=story.pk, state=ItemState.TAKEN, taken_version=version)
    claim_photos(photo.photo_id for photo in _photos(item, version.read) if photo.photo_id)


def _draft(item: WireItem, read: ReadItem, by: User) -> Story:
    photos = _photos(item, read)
    html, found_dateline = without_dateline(read.html)
    body = _body(html or paragraphs(read.summary), photos)
    headline = read.headline or item.headline or read.slugline
    shelf = month_page(today())
    embargo = item.embargoed_until if item.is_embargoed() and not item.is_embargoed_until_lifted else None
    story = Story(
        title=headline[:255],
        draft_title=headline[:255],
        slug=_free_slug(headline, shelf),
        owner=by,
        live=False,
        has_unpublished_changes=True,
        language=_language(read.language),
        section_id=item.section_id or item.source.section_id,
        standfirst=_standfirst(read, html),
        dateline_text=(read.dateline or found_dateline)[:100],
        lead_photo_id=photos[0].photo_id if photos else None,
        body=body,
        canonical_url=read.link if len(read.link) <= 200 else "",
        go_live_at=embargo,
        latest_revision_created_at=clock.now(),
    )
    agency = agency_of(read.credit, item.source)
    writers = [person_contributor(name, agency=agency) for name in people_named(read.byline, agency)]
    story.bylines = [Byline(contributor=one) for one in [*writers, agency_contributor(agency)]]
    return story


def _body(html: str, photos: list[WirePhoto]) -> list[dict[str, Any]]:
    """Return the blocks of the text; a picture that is here stands where the text has it, the others at its end."""
    by_ref = {one.ref: one.photo_id for one in photos[1:] if one.photo_id}
    reader = BlockReader(SourceImage, lambda _text: None, _NOTHING_HELD)
    try:
        blocks = reader.read(html)
    except RecursionError:
        blocks = [SourceBlock("paragraph", html=line) for line in _plain_lines(html)]
    in_text = [block.image.ref for block in blocks if block.image]
    shown = [block for block in blocks if block.image is None or block.image.ref in by_ref]
    rest = [SourceBlock("image", image=SourceImage(ref)) for ref in by_ref if ref not in in_text]
    value = stream_value([*shown, *rest], lambda image: by_ref.get(image.ref))
    return [_without_html(block) for block in value]


def _without_html(block: dict[str, Any]) -> dict[str, Any]:
    """Return a block that only raw HTML could show as words for an editor to shape: agencies have no HTML here."""
    if block["type"] != "html":
        return block
    reason = _("A table or list of the agency’s that has no block of its own")
    return {**block, "type": "unrecognised", "value": {"source": text_of(block["value"]), "reason": reason}}


def _plain_lines(html: str) -> list[str]:
    return [re.sub(r"[<>&]", " ", line) for line in text_of(clean_prose(html)).split("\n")]


def _standfirst(read: ReadItem, html: str) -> str:
    """Return the agency's summary, unless it is only the headline or the beginning of the text once more."""
    summary = " ".join(read.summary.split())
    text = " ".join(text_of(clean_prose(html)).split())
    if not summary or summary == read.headline or text.startswith(summary.rstrip(".… ")):
        return ""
    return Truncator(summary).chars(STANDFIRST_LENGTH)


def _language(given: str) -> str:
    known = {code.lower(): code for code, _name in settings.LANGUAGES}
    wanted = given.replace("_", "-").lower()
    return known.get(wanted) or known.get(wanted.split("-")[0]) or default_language()


def _free_slug(headline: str, shelf: MonthPage) -> str:
    slug = slugify(headline, allow_unicode=True)[:SLUG_LENGTH].strip("-_") or "story"
    taken = set(BasePage.objects.child_of(shelf).filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(free for number in count(1) if (free := slug if number == 1 else f"{slug}-{number}") not in taken)
