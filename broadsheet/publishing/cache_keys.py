"""Which surrogate keys an act of publishing touches (docs/reference/surrogate-keys.md)."""

import datetime as dt

from django.utils import timezone

from broadsheet.stories import cache_keys
from broadsheet.stories.models import PublishedVersion, RecordedKind
from broadsheet.stories.recorded_photos import PHOTOS


def keys_of(version: PublishedVersion, before: PublishedVersion | None) -> set[str]:
    """Return the surrogate keys of what an act changed: the object, and the lists it entered, left or moves in."""
    if version.kind == RecordedKind.FRONT:
        return {front_key(version.object_id)}
    keys = {cache_keys.page_key(version.object_id)}
    keys |= {photo_key(pk) for pk in _reworded_photos(version, before)}
    if cache_keys.is_noted(version.change_class):
        keys.add(cache_keys.CORRECTIONS)
    if version.kind == RecordedKind.STORY:
        keys |= lists_of_version(version) ^ lists_of_version(before)
    return keys


def _reworded_photos(version: PublishedVersion, before: PublishedVersion | None) -> set[int]:
    """Return the photos that were shown before, too, with other words."""
    words, words_before = version.content.get(PHOTOS, {}), before.content.get(PHOTOS, {}) if before else {}
    return {int(pk) for pk in words.keys() & words_before.keys() if words[pk] != words_before[pk]}


def front_key(pk: int) -> str:
    """Return the key of how a front is arranged."""
    return f"l:front:{pk}"


def photo_key(pk: int) -> str:
    """Return the key of a photo: everything that shows it, and its renditions."""
    return f"img:{pk}"


def lists_of_version(version: PublishedVersion | None) -> set[str]:
    """Return the lists in which readers find a story from this version on."""
    if version is None or not version.content:
        return set()
    published = version.content["first_published_at"]
    if not published:
        return set()
    moment = timezone.localtime(dt.datetime.fromisoformat(published), timezone.get_default_timezone())
    return cache_keys.lists_of(version.content, f"{moment:%Y-%m}")
