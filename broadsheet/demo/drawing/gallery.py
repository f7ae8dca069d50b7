"""The list of pictures: what can be drawn, by the id it has in `paper/photos.yaml`, and how large."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from broadsheet.demo.drawing.finish import Label
from broadsheet.demo.drawing.svg import Canvas

Draw = Callable[[Canvas], None]

PAPER = Path(__file__).parent.parent / "paper"
SIZES = {"landscape": (1600, 1067), "wide": (1600, 900), "portrait": (960, 1200), "square": (1000, 1000)}
"""Pixels by orientation."""

PICTURES: dict[str, Draw] = {}
"""Filled by the modules of `scenes`."""


def picture(name: str) -> Callable[[Draw], Draw]:
    """Registers a function as the drawing of one entry of photos.yaml."""

    def register(draw: Draw) -> Draw:
        PICTURES[name] = draw
        return draw

    return register


@dataclass(frozen=True)
class Commission:
    """One entry of photos.yaml, as far as drawing it needs."""

    name: str
    orientation: str
    label: Label
    size: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", SIZES[self.orientation])

    def draw(self) -> str:
        """The picture as SVG; the same dice every time."""
        canvas = Canvas(*self.size, seed=sum(ord(letter) * (i + 1) for i, letter in enumerate(self.name)))
        PICTURES[self.name](canvas)
        return canvas.markup()


def commissions() -> list[Commission]:
    """Every picture the paper asks for."""
    paper = yaml.safe_load((PAPER / "photos.yaml").read_text())
    return [_commission(paper["defaults"] | entry) for entry in paper["photos"]]


def _commission(entry: dict[str, Any]) -> Commission:
    label = Label(
        caption=entry["caption"], credit=entry["credit"], alt=entry["alt"], rights=entry["copyright_notice"],
        terms=entry["usage_terms"], place=(entry.get("taken") or {}).get("place", ""))
    return Commission(entry["id"], entry["orientation"], label)
