"""What readers saw change between two recorded versions of a story.

Passages are matched by the ids of their blocks first, then (where an import gave new ids) by what they say; inside a
passage the words are compared (`kit/word_diff.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from broadsheet.kit.html import canonical_markup
from broadsheet.kit.word_diff import Fate, Run, join_words, split_words, word_diff
from broadsheet.stories.recorded_content import Content
from broadsheet.stories.recorded_photos import places_in_block
from broadsheet.stories.recorded_text import FIELDS, Fields, TextBlock, items_of

NOT_WORDS = {
    "work_type": "work-type",
    "language": "language",
    "lead_photo_id": "photo",
    "related": "related",
    "seo_title": "search",
    "search_description": "search",
    "social_title": "search",
    "social_description": "search",
    "social_photo_id": "search",
    "canonical_url": "search",
    "first_published_at": "date",
}
"""What a version holds besides the words on its page -> the name under which readers are told of its change."""
LEAST_RECOGNISED = 0.3
"""Share of the longer passage's words that must have stayed for readers to call one the other, reworded."""


class Change(StrEnum):
    """What became of a passage."""

    NONE = ""
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    RESHAPED = "reshaped"
    """The words stayed; a link, the emphasis or a picture is another."""


@dataclass(frozen=True)
class Passage:
    """A passage with what became of its words. A moved one stands in its new place and may be reworded too."""

    kind: str
    change: Change
    runs: Sequence[Run]

    @property
    def new_text(self) -> str:
        """The words as they stand in the newer version; none of a passage that is gone."""
        return join_words([word for run in self.runs if run.fate != Fate.REMOVED for word in run.words])


@dataclass(frozen=True)
class FieldChanges:
    """The passages of one field, those that stayed as they were among them."""

    field: str
    passages: Sequence[Passage]

    @property
    def changed(self) -> list[Passage]:
        """The passages that did not stay as they were."""
        return [passage for passage in self.passages if passage.change]


def as_published(new: Fields) -> list[FieldChanges]:
    """Return the fields of a version as passages of which nothing is said: the first, or one that has no neighbour."""
    return [
        FieldChanges(name, [Passage(block.kind, Change.NONE, _whole(block, Fate.KEPT)) for block in new[name]])
        for name in FIELDS
        if new.get(name)
    ]


def compare_fields(old: Fields, new: Fields) -> list[FieldChanges]:
    """Return every field of the newer version, and of the older what is gone, in the order of the page."""
    compared = [FieldChanges(name, list(_passages(old.get(name, []), new.get(name, [])))) for name in FIELDS]
    return [field for field in compared if field.passages]


def changed_besides_words(old: Content, new: Content) -> list[str]:
    """Return what else changed, each once: values of NOT_WORDS."""
    changed = [told for name, told in NOT_WORDS.items() if old.get(name) != new.get(name)]
    before, after = _photos_by_block(old), _photos_by_block(new)
    if any(before[key] != after[key] for key in before.keys() & after.keys()):
        changed.append("photos")
    return list(dict.fromkeys(changed))


def _photos_by_block(content: Content) -> dict[str, list[int]]:
    """Return which photos stand in each block of the text that has an id."""
    blocks = [block for block in content.get("body", ()) if block.get("id")]
    return {block["id"]: [place.photo_id for place in places_in_block(block["value"])] for block in blocks}


def _passages(old: Sequence[TextBlock], new: Sequence[TextBlock]) -> Iterator[Passage]:
    """Yield the passages of a field in the order of the new version; what is gone stands where it stood."""
    by_key = {block.key: block for block in old}
    kept = {block.key for block in new}
    matcher = SequenceMatcher(None, [block.key for block in old], [block.key for block in new])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from (_same_passage(a, b) for a, b in zip(old[i1:i2], new[j1:j2], strict=True))
            continue
        gone = [block for block in old[i1:i2] if block.key not in kept]
        yield from _by_what_they_say(gone, new[j1:j2], by_key)


def _by_what_they_say(
    gone: Sequence[TextBlock], come: Sequence[TextBlock], by_key: dict[str, TextBlock]
) -> Iterator[Passage]:
    """Yield passages that cannot be matched in order by their ids: moved, said again under another id, gone or new."""
    matcher = SequenceMatcher(None, [_said(b) for b in gone], [_said(b) for b in come])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from (_same_passage(a, b) for a, b in zip(gone[i1:i2], come[j1:j2], strict=True))
        else:
            yield from _one_by_one(gone[i1:i2], come[j1:j2], by_key)


def _one_by_one(
    gone: Sequence[TextBlock], come: Sequence[TextBlock], by_key: dict[str, TextBlock]
) -> Iterator[Passage]:
    """Yield what went and what came in its place: reworded, where a passage of the same kind can be recognised."""
    waiting = list(gone)
    for block in come:
        if block.key in by_key:
            yield _moved(by_key[block.key], block)
        elif waiting and waiting[0].kind == block.kind and _is_reworded(waiting[0], block):
            yield _same_passage(waiting.pop(0), block)
        else:
            yield Passage(block.kind, Change.ADDED, _whole(block, Fate.ADDED))
    yield from (Passage(block.kind, Change.REMOVED, _whole(block, Fate.REMOVED)) for block in waiting)


def _same_passage(old: TextBlock, new: TextBlock) -> Passage:
    if old.text != new.text:
        return Passage(new.kind, Change.REWORDED, _compared(old, new))
    is_reshaped = old.key == new.key and old.shape != new.shape and _seen(old.shape) != _seen(new.shape)
    return Passage(new.kind, Change.RESHAPED if is_reshaped else Change.NONE, _whole(new, Fate.KEPT))


def _seen(shape: Any) -> Any:
    """Return what readers see of a block's stored value: not its spelling, ids within it, or what is left empty."""
    if isinstance(shape, str):
        return canonical_markup(shape) if "<" in shape else shape
    if isinstance(shape, list):
        return [_seen(part) for part in items_of(shape)]
    if isinstance(shape, dict):
        return {name: _seen(part) for name, part in shape.items() if part}
    return shape


def _moved(old: TextBlock, new: TextBlock) -> Passage:
    return Passage(new.kind, Change.MOVED, _compared(old, new))


def _is_reworded(old: TextBlock, new: TextBlock) -> bool:
    """Tell whether a reader would call one passage the other, changed: enough of its words stayed."""
    diff = _compared(old, new)
    stayed = sum(len(run.words) for run in diff if run.fate == Fate.KEPT)
    longer = max(sum(len(run.words) for run in diff if run.fate != fate) for fate in (Fate.ADDED, Fate.REMOVED))
    return stayed > LEAST_RECOGNISED * longer


def _compared(old: TextBlock, new: TextBlock) -> list[Run]:
    return word_diff(split_words(old.text), split_words(new.text))


def _whole(block: TextBlock, fate: Fate) -> list[Run]:
    words = tuple(split_words(block.text))
    return [Run(fate, words, is_spaced=False)] if words else []


def _said(block: TextBlock) -> tuple[str, str]:
    return block.kind, block.text
