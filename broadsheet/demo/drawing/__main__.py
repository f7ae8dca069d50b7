"""Draws the demo paper's pictures again: `python -m broadsheet.demo.drawing [id ...]` (all of them without an id)."""

from __future__ import annotations

import sys

from broadsheet.demo.drawing import scenes
from broadsheet.demo.drawing.finish import LARGEST_BYTES, darkroom, expose, grade, save
from broadsheet.demo.drawing.gallery import PAPER, PICTURES, commissions

PORTRAIT_BYTES = 64_000
"""A sitter before a plain ground needs less than a street."""


def main(wanted: list[str]) -> None:
    """Draw the pictures named, each into paper/photos/."""
    with darkroom() as page:
        for commission in commissions():
            if commission.name not in PICTURES or (wanted and commission.name not in wanted):
                continue
            image = grade(expose(page, commission.draw(), *commission.size))
            limit = PORTRAIT_BYTES if commission.orientation == "square" else LARGEST_BYTES
            size = save(image, PAPER / "photos" / f"{commission.name}.jpg", commission.label, limit)
            print(f"{commission.name}: {size:,} bytes")


if __name__ == "__main__":
    print(f"{len(PICTURES)} drawings known in {scenes.__name__}")
    main(sys.argv[1:])
