"""Which stories of a topic are to go to another: those that were ticked, or that words, section and dates name."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from broadsheet.kit.clock import beginning_of
from broadsheet.topics.models import Topic

MOST_WORDS = 10


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What is asked of a story; all of it must be true. Nothing asked means every story.

    `words` must all occur in headline or standfirst, whatever their case. Dates are of first publication, and
    both are included.
    """

    story_ids: tuple[int, ...] = ()
    words: str = ""
    section_id: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def asks_nothing(self) -> bool:
        """Whether every story is meant."""
        return self == Selection()

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {
            "story_ids": list(self.story_ids),
            "words": self.words,
            "section_id": self.section_id,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Read what `as_data` gave."""
        since, until = (dt.date.fromisoformat(data[name]) if data.get(name) else None for name in ("since", "until"))
        return cls(
            story_ids=tuple(data.get("story_ids", ())),
            words=data.get("words", ""),
            section_id=data.get("section_id"),
            since=since,
            until=until,
        )


def rows_under(topic: Topic, selection: Selection | None = None) -> "QuerySet[Model]":
    """Return the rows that file the selected stories under a topic: published ones and drafts."""
    rows: QuerySet[Model] = topic.story_topics.all()
    if selection is None or selection.asks_nothing:
        return rows
    if selection.story_ids:
        rows = rows.filter(story__in=selection.story_ids)
    for word in selection.words.split()[:MOST_WORDS]:
        pattern = re.escape(word)  # as a pattern, because SQLite's own comparison knows the case of ASCII alone
        rows = rows.filter(Q(story__title__iregex=pattern) | Q(story__standfirst__iregex=pattern))
    if selection.section_id is not None:
        rows = rows.filter(story__section=selection.section_id)
    if selection.since:
        rows = rows.filter(published_at__gte=beginning_of(selection.since))
    if selection.until:
        rows = rows.filter(published_at__lt=beginning_of(selection.until + dt.timedelta(days=1)))
    return rows


def count_stories(rows: "QuerySet[Model]") -> int:
    """Return how many stories rows file; one that names a topic twice is one."""
    return rows.order_by().values("story").distinct().count()


def also_under(rows: "QuerySet[Model]", topic: Topic) -> "QuerySet[Model]":
    """Keep the rows whose story stands under `topic` too."""
    others = rows.model._default_manager.filter(topic=topic, story=OuterRef("story"))
    return rows.filter(Exists(others))
