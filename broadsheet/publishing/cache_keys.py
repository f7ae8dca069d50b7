"""Which surrogate keys an act of publishing touches (docs/reference/surrogate-keys.md)."""

import datetime as dt

from django.utils import timezone

from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.pages.cache_keys import PAGES, block_key, card_key, page_key
from broadsheet.photos.cache_keys import photo_key
from broadsheet.stories import cache_keys
from broadsheet.stories.cache_keys import front_key
from broadsheet.stories.models import PublishedVersion, RecordedKind
from broadsheet.stories.recorded_photos import PHOTOS
from broadsheet.topics.cache_keys import company_key, topic_list_key

DATE = "first_published_at"
ON_CARDS = ("title", "kicker", "short_headline", "standfirst", "language", "work_type", "section_id", "lead_photo_id")
SMALL_ON_CARDS = ("is_sensitive", DATE, "bylines")
"""What a list shows of a story (`stories/cards.py`)."""


def keys_of(version: PublishedVersion, before: PublishedVersion | None) -> set[str]:
    """Return the surrogate keys of what an act changed: the object, and the lists it entered, left or moves in."""
    if version.kind == RecordedKind.FRONT:
        if before and before.content == version.content:
            return set()  # arranged as it was
        return {front_key(version.object_id)}
    keys = {page_key(version.object_id), block_key(version.object_id)}
    if _differs_as_card(version, before):
        keys.add(card_key(version.object_id))
    if not (before and before.content and version.content):
        keys |= {ADDRESSES, PAGES}
    keys |= {photo_key(pk) for pk in _reworded_photos(version, before)}
    if cache_keys.is_noted(version.change_class):
        keys.add(cache_keys.CORRECTIONS)
    if version.kind == RecordedKind.STORY:
        keys |= _moved_lists(version, before)
    return keys


def _differs_as_card(version: PublishedVersion, before: PublishedVersion | None) -> bool:
    """Tell whether lists and menus show the page otherwise than before; a corrected body changes no list."""
    after, earlier = version.content or {}, (before.content if before else None) or {}
    return not earlier or not after or any(after.get(name) != earlier.get(name) for name in ON_CARDS + SMALL_ON_CARDS)


def _moved_lists(version: PublishedVersion, before: PublishedVersion | None) -> set[str]:
    """Return the lists that a story entered or left, or, when its date changed, in which it now stands elsewhere."""
    lists, lists_before = lists_of_version(version), lists_of_version(before)
    if not (lists and lists_before and before):
        return lists ^ lists_before
    if version.content[DATE] != before.content[DATE]:
        return lists | lists_before
    moved = lists ^ lists_before
    if version.content["section_id"] != before.content["section_id"]:
        moved |= {topic_list_key(pk) for pk in version.content["topics"]}  # related stories are chosen by it, too
    topics, topics_before = set(version.content["topics"]), set(before.content["topics"])
    if topics != topics_before:
        moved |= {company_key(pk) for pk in topics & topics_before}
    return moved


def _reworded_photos(version: PublishedVersion, before: PublishedVersion | None) -> set[int]:
    """Return the photos that were shown before, too, with other words."""
    words, words_before = version.content.get(PHOTOS, {}), before.content.get(PHOTOS, {}) if before else {}
    return {int(pk) for pk in words.keys() & words_before.keys() if words[pk] != words_before[pk]}


def lists_of_version(version: PublishedVersion | None) -> set[str]:
    """Return the lists in which readers find a story from this version on."""
    if version is None or not version.content:
        return set()
    published = version.content[DATE]
    if not published:
        return set()
    moment = timezone.localtime(dt.datetime.fromisoformat(published), timezone.get_default_timezone())
    return cache_keys.lists_of(version.content, f"{moment:%Y-%m}")
