"""How the demonstration paper's stories read before they were changed, worked out from how they read now.

A story's file holds its present words and, under `changes`, what each change put in the place of what (see
paper/README.md). Pure: knows nothing of the database.
"""

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from broadsheet.demo.story_markup import Block
from broadsheet.kit.html import text_of

WORDS_OF_HEAD = ("headline", "short_headline", "kicker", "standfirst", "lead_caption")
"""Fields of a story's head whose words a change may have touched."""


@dataclass(frozen=True)
class Change:
    """Why and when a story was changed, as its file tells it."""

    kind: str
    at: Mapping[str, Any]
    note: str = ""
    serious: bool = False
    was: Sequence[tuple[str, str]] = ()
    came: Sequence[str] = ()


@dataclass(frozen=True)
class Telling:
    """A story as it read from some moment on: the words of its head and its body; `change` is None at the first."""

    head: dict[str, str]
    blocks: list[Block]
    change: Change | None


def tellings(head: Mapping[str, Any], blocks: Sequence[Block]) -> list[Telling]:
    """Return how a story read, from its first publication to now.

    Raises ValueError where a change names words that the story does not hold.
    """
    words = {name: str(head.get(name, "")) for name in WORDS_OF_HEAD}
    now = list(blocks)
    told = []
    for change in reversed([Change(**change) for change in head.get("changes", ())]):
        told.append(Telling(words, now, change))
        words, now = _before(change, words, now)
    return [Telling(words, now, None), *reversed(told)]


def _before(change: Change, words: dict[str, str], blocks: list[Block]) -> tuple[dict[str, str], list[Block]]:
    earlier, kept = dict(words), copy.deepcopy(blocks)
    for is_now, was in change.was:
        found = [name for name, text in earlier.items() if is_now in text]
        touched = [block for block in kept if is_now in _json(block["value"])]
        if not found and not touched:
            raise ValueError(f"a change names words that are not in the story: {is_now!r}")
        earlier |= {name: earlier[name].replace(is_now, was) for name in found}
        for block in touched:
            block["value"] = json.loads(_json(block["value"]).replace(is_now, was))
    for beginning in change.came:
        left = [block for block in kept if not _begins_with(block, beginning)]
        if len(left) == len(kept):
            raise ValueError(f"a change names a passage that is not in the story: {beginning!r}")
        kept = left
    return earlier, kept


def _begins_with(block: Block, beginning: str) -> bool:
    value = block["value"]
    text = value if isinstance(value, str) else str(value.get("text", "")) if isinstance(value, dict) else ""
    return text_of(text).startswith(beginning)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
