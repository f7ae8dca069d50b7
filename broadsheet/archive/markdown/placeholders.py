"""Stand-ins for shortcodes while Markdown is rendered around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from broadsheet.stories.brought_in.source_block import SourceBlock

_PRIVATE_USE = range(0xE000, 0xF8FF)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a shortcode stands for: words of a line (`html`), literal `text`, or whole `blocks`."""

    html: str | None = None
    text: str | None = None
    blocks: tuple[SourceBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class _Held:
    source: str
    meaning: Meaning


class Placeholders:
    """Hands out stand-ins made with a character that the text does not hold, and puts meanings back."""

    def __init__(self, text: str) -> None:
        self.mark = next((chr(code) for code in _PRIVATE_USE if chr(code) not in text), "\U0010fffd")
        self.pattern = re.compile(f"{self.mark}(\\d{{1,6}}){self.mark}")
        self._held: list[_Held] = []

    def hold(self, source: str, meaning: Meaning) -> str:
        self._held.append(_Held(source, meaning))
        return f"{self.mark}{len(self._held) - 1}{self.mark}"

    def blocks(self, placeholder: str) -> list[SourceBlock]:
        """The blocks a stand-in in the text means."""
        return list(self._item(placeholder).meaning.blocks)

    def restore(self, text: str) -> str:
        """A source text with its stand-ins written out again, literal parts as they read."""
        for _ in range(20):
            if self.mark not in text:
                break
            text = self.pattern.sub(lambda match: self._written(match[0]), text)
        return text

    def settle(self, html: str) -> str:
        """Rendered HTML with everything put back but blocks, which stay stand-ins in the running text."""
        parts = re.split(r"(<[^<>]*>)", html)
        depth = 0
        for index, part in enumerate(parts):
            if index % 2:
                depth += (part.startswith(("<code", "<pre"))) - (part.startswith(("</code", "</pre")))
                parts[index] = self.pattern.sub(lambda match: escape(self.restore(match[0])), part)
            elif depth > 0:
                parts[index] = self.pattern.sub(lambda match: escape(self.restore(match[0]), quote=False), part)
            else:
                parts[index] = self.pattern.sub(lambda match: self._inline(match[0]), part)
        return "".join(parts)

    def _item(self, placeholder: str) -> _Held:
        number = int(placeholder.strip(self.mark))
        return self._held[number] if number < len(self._held) else _Held("", Meaning())

    def _written(self, placeholder: str) -> str:
        item = self._item(placeholder)
        return item.meaning.text if item.meaning.text is not None else item.source

    def _inline(self, placeholder: str) -> str:
        item = self._item(placeholder)
        if item.meaning.html is not None:
            return item.meaning.html
        if item.meaning.text is not None:
            return escape(self.restore(item.meaning.text), quote=False)
        return placeholder
