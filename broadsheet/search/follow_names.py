"""Keeps the names that are suggested to who begins to write them, as the change log tells of them.

They are read from the present state of the database; dealing with a change twice ends in the same rows. One process of
the whole paper does it at a time, whichever node's indexer comes first.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.bylines.models import Contributor
from broadsheet.changes.append_change import append_change
from broadsheet.changes.follow_changes import follow_changes
from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.changes.selectors import newest_seq
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.search.cache_keys import shelf_key
from broadsheet.search.engine.interface import Kind
from broadsheet.search.models import SuggestedName
from broadsheet.search.shelves import shelves_of
from broadsheet.sections.models import Section
from broadsheet.stories.models import Byline, StoryTopic
from broadsheet.topics.models import Topic

FOLLOWER = "search names"
AT_ONCE = 200
MOST_OTHER_NAMES = 10
MOST_COUNTED = 1024
"""Stories of a name that are counted; one with more comes no earlier."""
WEIGHT_OF_SECTIONS = 20
KINDS = {
    "s": Kind.SECTION,
    "t": Kind.TOPIC,
    "tp": Kind.TOPIC,
    "n": Kind.TOPIC,
    "l:topic": Kind.TOPIC,
    "au": Kind.PERSON,
    "l:by": Kind.PERSON,
}
"""Beginnings of the surrogate keys of what makes a name another one, or more or less important."""


@dataclass(frozen=True)
class Name:
    """A name as it is to be suggested. One without weight is not."""

    pk: int
    label: str
    url: str
    also: Sequence[str]
    weight: int


def follow_names() -> bool:
    """Bring the suggested names up to date with the next changes; tell whether there was anything to do."""
    position = FollowerPosition.objects.filter(follower=FOLLOWER).values_list("seq", flat=True).first()
    if position is None:
        _begin()
        return True
    if newest_seq() <= position:
        return False
    with write_transaction():
        return follow_changes(follower=FOLLOWER, follow=_follow) > 0


def _begin() -> None:
    """Write all names, some at a time, so that the newsroom never waits long; one that dies begins again."""
    seq = newest_seq()
    for kind, model in ((Kind.SECTION, Section), (Kind.TOPIC, Topic), (Kind.PERSON, Contributor)):
        pks = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), AT_ONCE):
            with write_transaction():
                _log(*_update(kind, pks[start : start + AT_ONCE]))
    FollowerPosition.objects.get_or_create(follower=FOLLOWER, defaults={"seq": seq})


def _follow(changes: Sequence[Change]) -> None:
    touched: dict[Kind, set[int]] = {}
    for key in {key for change in changes for key in change.keys}:
        beginning, _, number = key.rpartition(":")
        if beginning in KINDS and number.isdecimal():
            touched.setdefault(KINDS[beginning], set()).add(int(number))
    shelves: set[int] = set()
    is_hard = False
    for kind, pks in sorted(touched.items()):
        changed, has_removed = _update(kind, pks)
        shelves |= changed
        is_hard = is_hard or has_removed
    _log(shelves, is_hard)


def _log(shelves: Iterable[int], is_hard: bool) -> None:
    append_change(keys={shelf_key(shelf) for shelf in shelves}, hard=is_hard)


def _update(kind: Kind, pks: Collection[int]) -> tuple[set[int], bool]:
    """Write the names of these as they are now; return the shelves that are others, and whether any name has gone."""
    wanted = {
        (name.pk, shelf): name
        for name in READERS[kind](pks)
        if name.weight
        for shelf in shelves_of([name.label, *name.also])
    }
    present = {(row.object_id, row.shelf): row for row in SuggestedName.objects.filter(kind=kind, object_id__in=pks)}
    gone = [row.pk for place, row in present.items() if place not in wanted]
    other = [place for place, name in wanted.items() if place not in present or _as_written(present[place]) != name]
    SuggestedName.objects.filter(pk__in=gone).delete()
    SuggestedName.objects.bulk_create(
        [_row(kind, shelf, wanted[pk, shelf]) for pk, shelf in other],
        update_conflicts=True,
        unique_fields=["kind", "object_id", "shelf"],
        update_fields=["label", "url", "also", "weight"],
    )
    changed = {shelf for _, shelf in other} | {shelf for (_, shelf) in present.keys() - wanted.keys()}
    return changed, bool(gone)


def _as_written(row: SuggestedName) -> Name:
    return Name(row.object_id, row.label, row.url, row.also, row.weight)


def _row(kind: Kind, shelf: int, name: Name) -> SuggestedName:
    return SuggestedName(
        kind=kind,
        object_id=name.pk,
        shelf=shelf,
        label=name.label,
        url=name.url,
        also=name.also,
        weight=name.weight,
    )


def _sections(pks: Collection[int]) -> Iterable[Name]:
    for section in Section.objects.filter(pk__in=pks):
        yield Name(section.pk, section.name, section.get_absolute_url(), [], WEIGHT_OF_SECTIONS)


def _topics(pks: Collection[int]) -> Iterable[Name]:
    for topic in Topic.objects.filter(pk__in=pks, merged_into=None).prefetch_related("synonyms"):
        also = [synonym.name for synonym in topic.synonyms.all()][:MOST_OTHER_NAMES]
        weight = _weight(StoryTopic.objects.filter(topic=topic, month__isnull=False))
        yield Name(topic.pk, topic.name, topic.get_absolute_url(), also, weight)


def _people(pks: Collection[int]) -> Iterable[Name]:
    for person in Contributor.objects.filter(pk__in=pks):
        weight = _weight(Byline.objects.filter(contributor=person, story__live=True))
        yield Name(person.pk, person.name, person.get_absolute_url(), [], weight)


def _weight(stories: Any) -> int:
    return int(stories.order_by()[:MOST_COUNTED].count()).bit_length()


READERS: dict[Kind, Callable[[Collection[int]], Iterable[Name]]] = {
    Kind.SECTION: _sections,
    Kind.TOPIC: _topics,
    Kind.PERSON: _people,
}
