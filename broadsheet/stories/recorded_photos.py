"""The words of photos as the record keeps them: caption, credit and alternative text, as readers see them in a story.

A photo's words belong to the photo and are shown by every page that shows it. `content["photos"]` holds, by the photo's
number, those that the page shows: no caption where the page has its own for it everywhere, no alternative text where
the photo is decorative or the text only repeats the caption. Rows of the record from before this was kept have no
`photos`; `words_at` reads what they showed from the photos' former words, which the database itself keeps
(`record_guards.py`).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import connection

from broadsheet.photos.guards import repeats
from broadsheet.photos.models import Photo
from broadsheet.stories.record import FormerPhotoWords

PHOTOS = "photos"
"""Where recorded content holds the words of its photos."""


class PhotoWords(NamedTuple):
    """What a photo says of itself."""

    caption: str
    credit: str
    alt_text: str
    is_decorative: bool

    @property
    def heard(self) -> str:
        """The alternative text as far as there is one."""
        return "" if self.is_decorative else self.alt_text


class Place(NamedTuple):
    """Where a page shows a photo, and the caption that the page gives it there (none: the photo's own)."""

    photo_id: int
    caption: str


def places_in(content: Mapping[str, Any]) -> list[Place]:
    """Return where recorded content shows photos with their words, in the order of the page."""
    lead = content.get("lead_photo_id") if "lead_photo_caption" in content else None
    places = [Place(lead, content["lead_photo_caption"])] if lead else []
    return places + [place for block in content.get("body", ()) for place in places_in_block(block.get("value"))]


def places_in_block(value: Any) -> Iterator[Place]:
    """Yield the photos in a block's stored value: `photo` names one, whatever the block, `caption` stands beside it."""
    if isinstance(value, dict):
        if isinstance(value.get("photo"), int):
            yield Place(value["photo"], value.get("caption") or "")
        for inner in value.values():
            yield from places_in_block(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from places_in_block(inner)


def photos_shown(content: Mapping[str, Any]) -> dict[int, bool]:
    """Return the photos whose words a page shows, and of each whether that is its own caption, too, at some place."""
    shown: dict[int, bool] = {}
    for photo_id, caption in places_in(content):
        shown[photo_id] = shown.get(photo_id, False) or not caption
    return shown


def with_photo_words(content: dict[str, Any], words: Mapping[int, PhotoWords]) -> dict[str, Any]:
    """Return content with the words of its photos; a photo that is not among `words` is no longer there."""
    places = [place for place in places_in(content) if place.photo_id in words]
    if not places:
        return content
    shown: dict[str, dict[str, str]] = {}
    for photo_id, caption in places:
        own = words[photo_id]
        told = shown.setdefault(str(photo_id), {"caption": "", "credit": own.credit, "alt_text": ""})
        told["caption"] = told["caption"] or ("" if caption else own.caption)
        if not repeats(own.heard, caption or own.caption):
            told["alt_text"] = own.heard
    return content | {PHOTOS: shown}


def without_photo_words(content: dict[str, Any]) -> dict[str, Any]:
    """Return content as rows of the record from before held it."""
    return {name: value for name, value in content.items() if name != PHOTOS}


def present_words(photo_ids: Collection[int], *, is_held: bool = False) -> dict[int, PhotoWords]:
    """Return the words of photos as they are now; with `is_held` nobody changes them before the transaction ends.

    Whoever writes words into the record holds them: otherwise somebody could change a photo while the first page that
    shows it is being published, and neither would know of the other.
    """
    if not photo_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(*statement(photo_ids, is_held=is_held))
        rows = cursor.fetchall()
    return {row[0]: PhotoWords(row[1], row[2], row[3], bool(row[4])) for row in rows}


def statement(photo_ids: Collection[int], *, is_held: bool) -> tuple[str, list[Any]]:
    """Return the SQL that reads the words of photos, in the order of their numbers."""
    marks = ", ".join(["%s"] * len(photo_ids))
    table, columns = Photo._meta.db_table, "id, caption, credit, alt_text, is_decorative"
    sql = f"SELECT {columns} FROM {table} WHERE id IN ({marks}) ORDER BY id"  # noqa: S608  names of our own columns
    held = " FOR SHARE" if is_held and connection.vendor == "postgresql" else ""
    return sql + held, sorted(photo_ids)


def words_at(photo_ids: Collection[int], moments: Iterable[dt.datetime]) -> list[dict[int, PhotoWords]]:
    """Return, for each moment, the words that the photos had then, as far as the database knows, in two queries."""
    present = present_words(photo_ids)
    former = list(FormerPhotoWords.objects.filter(photo_id__in=photo_ids).order_by("-until", "-pk"))
    return [present | {row.photo_id: _former(row) for row in former if row.until > moment} for moment in moments]


def _former(row: FormerPhotoWords) -> PhotoWords:
    return PhotoWords(row.caption, row.credit, row.alt_text, row.is_decorative)
