"""The text and structure of something published, as plain data for the record.

The same data comes from a live page and from the version that became it, so that the record can be replayed and
compared. People, topics, places and photos stand in it by number; `recorded_names` gives their names at the time, and
`photos` holds the words of photos (`recorded_photos.py`).
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.blocks import StreamValue

from broadsheet.bylines.models import Contributor
from broadsheet.sections.models import Section
from broadsheet.stories.recorded_photos import photos_shown, present_words, with_photo_words
from broadsheet.topics.models import Topic

PAGE_FIELDS: tuple[str, ...] = (
    "title",
    "kicker",
    "short_headline",
    "standfirst",
    "language",
    "work_type",
    "section_id",
)
PAGE_FIELDS += ("lead_photo_id", "is_sensitive", "seo_title", "search_description", "first_published_at")
STORY_FIELDS: tuple[str, ...] = (
    "dateline_place_id",
    "dateline_text",
    "lead_photo_caption",
    "social_title",
    "social_description",
)
STORY_FIELDS += ("social_photo_id", "canonical_url")
FILING = frozenset({"topics"})
"""What content holds beyond text and structure: under what a story is filed."""

Content = dict[str, Any]


def recorded_content(instance: Any, *, is_held: bool = False) -> Content:
    """Return what the record keeps of a story, an information page or a front as it is in memory.

    With `is_held`, nobody changes the words of its photos before the transaction ends.
    """
    content = text_content(instance)
    return with_photo_words(content, present_words(set(photos_shown(content)), is_held=is_held))


def text_content(instance: Any) -> Content:
    """Return what the record keeps of it, without the words of photos."""
    if hasattr(instance, "zone_data"):
        return plain({"zones": instance.zone_data})
    content = {name: getattr(instance, name) for name in PAGE_FIELDS}
    if hasattr(instance, "body"):
        content["body"] = body_data(instance.body)
    if hasattr(instance, "story_topics"):
        content |= {name: getattr(instance, name) for name in STORY_FIELDS}
        content["bylines"] = [[row.contributor_id, row.role, row.place] for row in _ordered(instance.bylines)]
        content["topics"] = [row.topic_id for row in _ordered(instance.story_topics)]
        content["related"] = [row.related_id for row in _ordered(instance.pinned_related)]
    return plain(content)


def body_data(body: StreamValue | None) -> list[Any]:
    """Return a body's blocks as they are stored: type, value and id of each."""
    return list(body.get_prep_value()) if body else []


def plain(content: Content) -> Content:
    """Return content as JSON would bring it back."""
    brought_back: Content = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return brought_back


def digest_of(content: Content) -> str:
    """Return the SHA-256 of content, the same for the same text and structure whatever the order of its fields.

    Filing is left out: merging two topics files 10,000 stories anew and changes no word of them.
    """
    text = {name: value for name, value in content.items() if name not in FILING}
    canonical = json.dumps(text, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def recorded_names(content: Content) -> dict[str, str]:
    """Return the names, now, of those whom a story's content knows by number: {"contributor:5": "A. Name"}."""
    wanted: dict[str, tuple[Any, set[Any]]] = {
        "contributor": (Contributor, {row[0] for row in content.get("bylines", ())}),
        "topic": (Topic, {*content.get("topics", ()), content.get("dateline_place_id")}),
        "section": (Section, {content.get("section_id")}),
    }
    names: dict[str, str] = {}
    for kind, (model, pks) in wanted.items():
        known = {pk for pk in pks if pk}
        rows = (
            model._default_manager.filter(pk__in=known).only("name") if known else ()
        )  # read as rows: see LoggedModel
        names |= {f"{kind}:{row.pk}": row.name for row in rows}
    return names


def _ordered(rows: Any) -> Iterable[Any]:
    """Return child rows in the editor's order, whether they are in memory or in the database."""
    return sorted(rows.all(), key=lambda row: (row.sort_order or 0, row.pk or 0))
