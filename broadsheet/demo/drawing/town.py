"""The city seen from outside: rows of gables, towers, hills, trees, all given in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from broadsheet.demo.drawing.light import mix
from broadsheet.demo.drawing.svg import Point, blob, ellipse, group, limb, line, poly, rect


def ridge(dice: Random, width: float, base: float, height: float, colour: str, *, bumps: int = 9,
          x: float = 0) -> str:
    """A line of hills standing on `base`."""
    points = [(x + width * i / bumps, base - height * dice.uniform(0.3, 1.0)) for i in range(bumps + 1)]
    return blob([(x - 60, base + 40), (x - 40, points[0][1]), *points, (x + width + 60, base + 40)], colour, 0.9)


def gable(dice: Random, x: float, base: float, width: float, height: float, wall: str, roof: str, lamp: str,
          lit: float) -> str:
    """One house front: step, bell, plain gable or hip, with chimneys and rows of windows."""
    kind = dice.choice(("plain", "plain", "hip", "step", "flat", "bell"))
    eaves, peak = base - height * 0.72, base - height
    out = [rect(x, eaves, width, base - eaves, wall)]
    middle = x + width / 2
    if kind == "plain":
        out.append(poly([(x - 2, eaves), (middle, peak), (x + width + 2, eaves)], wall))
        out.append(line([(x - 2, eaves), (middle, peak), (x + width + 2, eaves)], roof, 3))
    elif kind == "hip":
        out.append(poly([(x - 3, eaves), (x + width * 0.18, peak + height * 0.06), (x + width * 0.82,
                        peak + height * 0.06), (x + width + 3, eaves)], roof))
    elif kind == "step":
        steps = [(x + width * s / 8, eaves + (peak - eaves) * h / 4) for s, h in
                 ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (3, 4), (5, 4), (5, 3), (6, 3), (6, 2), (7, 2),
                  (7, 1), (8, 1), (8, 0))]
        out.append(poly(steps, wall))
    elif kind == "bell":
        out.append(blob([(x, eaves + 2), (x + width * 0.12, eaves - height * 0.1), (x + width * 0.3, peak + height * 0.1),
                         (middle, peak), (x + width * 0.7, peak + height * 0.1), (x + width * 0.88, eaves - height * 0.1),
                         (x + width, eaves + 2)], wall, 0.6))
    else:
        out.append(rect(x - 2, eaves - 4, width + 4, 7, roof))
    if dice.random() < 0.6 and kind in ("plain", "hip", "flat"):
        out.append(rect(x + width * dice.choice((0.14, 0.72)), peak - height * 0.02, width * 0.12, height * 0.24, wall))
    out.append(_panes(dice, x, base, width, eaves, mix(wall, roof, 0.65), lamp, lit))
    return group(*out)


def _panes(dice: Random, x: float, base: float, width: float, eaves: float, glass: str, lamp: str, lit: float) -> str:
    out, rows, columns = [], max(2, int((base - eaves) / 24)), max(2, int(width / 17))
    for row in range(rows):
        for column in range(columns):
            pane = lamp if dice.random() < lit else glass
            out.append(rect(x + width * (column + 0.28) / columns, eaves + (base - eaves) * (row + 0.2) / rows,
                            width / columns * 0.42, (base - eaves) / rows * 0.5, pane))
    return group(*out)


def row_of_houses(dice: Random, start: float, end: float, base: float, height: float, walls: Sequence[str], roof: str,
                  *, lamp: str = "#ffd58c", lit: float = 0.0, width: float = 58) -> str:
    """Houses shoulder to shoulder from start to end."""
    out, x = [], start
    while x < end:
        wide = width * dice.uniform(0.7, 1.4)
        out.append(gable(dice, x, base, wide, height * dice.uniform(0.7, 1.15), dice.choice(walls), roof, lamp, lit))
        x += wide + dice.choice((0, 0, 0, 2))
    return group(*out)


def spire(x: float, base: float, height: float, colour: str, light: str | None = None) -> str:
    """A church tower with a needle."""
    w = height * 0.12
    return group(
        rect(x - w, base - height * 0.5, w * 2, height * 0.5, colour),
        rect(x - w * 1.15, base - height * 0.52, w * 2.3, height * 0.025, colour),
        rect(x - w * 0.8, base - height * 0.6, w * 1.6, height * 0.1, colour),
        poly([(x - w * 0.95, base - height * 0.6), (x, base - height), (x + w * 0.95, base - height * 0.6)], colour),
        line([(x, base - height), (x, base - height * 1.05)], colour, 2),
        ellipse(x, base - height * 0.43, w * 0.5, w * 0.5, light or mix(colour, "#ffffff", 0.25)),
        *(rect(x + dx * w - w * 0.14, base - height * 0.34, w * 0.28, height * 0.1, mix(colour, "#000000", 0.3))
          for dx in (-0.5, 0.5)))


def dome(x: float, base: float, height: float, colour: str, roof: str) -> str:
    """A drum, a dome and a lantern: the exchange, the market hall."""
    w = height * 0.36
    return group(
        rect(x - w * 1.5, base - height * 0.36, w * 3, height * 0.36, colour),
        poly([(x - w * 1.6, base - height * 0.36), (x, base - height * 0.46), (x + w * 1.6, base - height * 0.36)], colour),
        rect(x - w * 0.86, base - height * 0.56, w * 1.72, height * 0.22, colour),
        blob([(x - w * 0.92, base - height * 0.55), (x - w * 0.8, base - height * 0.7), (x - w * 0.4, base - height * 0.84),
              (x, base - height * 0.88), (x + w * 0.4, base - height * 0.84), (x + w * 0.8, base - height * 0.7),
              (x + w * 0.92, base - height * 0.55)], roof, 0.7),
        rect(x - w * 0.14, base - height * 0.96, w * 0.28, height * 0.1, colour),
        poly([(x - w * 0.2, base - height * 0.96), (x, base - height * 1.06), (x + w * 0.2, base - height * 0.96)], roof),
        *(rect(x + i * w * 0.27 - w * 0.06, base - height * 0.53, w * 0.12, height * 0.15, mix(colour, "#000000", 0.22))
          for i in range(-2, 3)))


def lighthouse(x: float, base: float, height: float, colour: str, band: str, lamp: str) -> str:
    """A banded tower on a rock, with its gallery and lamp."""
    w = height * 0.1

    def at(share: float) -> float:
        return w * (1 - 0.36 * share)

    top = base - height * 0.78
    bands = [poly([(x - at(s), base - height * 0.78 * s), (x + at(s), base - height * 0.78 * s),
                   (x + at(s + 0.17), base - height * 0.78 * (s + 0.17)), (x - at(s + 0.17),
                    base - height * 0.78 * (s + 0.17))], band) for s in (0.2, 0.58)]
    return group(
        poly([(x - w, base), (x + w, base), (x + at(1), top), (x - at(1), top)], colour), *bands,
        rect(x - w * 1.05, top - height * 0.02, w * 2.1, height * 0.03, band),
        rect(x - w * 0.46, top - height * 0.12, w * 0.92, height * 0.1, lamp),
        *(rect(x + i * w * 0.3 - 1, top - height * 0.12, 2, height * 0.1, band) for i in (-1, 0, 1)),
        blob([(x - w * 0.62, top - height * 0.11), (x, top - height * 0.2), (x + w * 0.62, top - height * 0.11)], band, 0.5))


def tree(dice: Random, x: float, base: float, height: float, leaf: str, trunk: str, *, bare: bool = False) -> str:
    """A tree in leaf as overlapping masses, or bare as branches that fork."""
    if bare:
        return _branch(dice, x, base, -90 + dice.uniform(-4, 4), height * 0.3, height * 0.05, 5, trunk)
    out = [limb([(x, base), (x + height * 0.01, base - height * 0.5)], (height * 0.07, height * 0.03), trunk)]
    for share in (0.0, 0.14, 0.28):
        for _ in range(6):
            cx, cy = x + dice.uniform(-0.24, 0.24) * height, base - height * dice.uniform(0.42, 0.84)
            r = height * dice.uniform(0.1, 0.17) * (1 - share)
            out.append(blob([(cx + r * dx * dice.uniform(0.8, 1.2) - share * r, cy + r * dy * dice.uniform(0.8, 1.2)
                              - share * r) for dx, dy in ((1, 0), (0.6, 0.7), (-0.5, 0.8), (-1.1, 0.1), (-0.6, -0.7),
                                                          (0.4, -0.9))], mix(leaf, "#fff3c4", share)))
    return group(*out)


def _branch(dice: Random, x: float, y: float, angle: float, length: float, width: float, depth: int,
            colour: str) -> str:
    from_point: Point = (x, y)
    turn = complex(0, 1) ** (angle / 90)
    bend = complex(0, 1) ** ((angle + dice.uniform(-14, 14)) / 90)
    middle = (x + turn.real * length * 0.5, y + turn.imag * length * 0.5)
    end = (middle[0] + bend.real * length * 0.5, middle[1] + bend.imag * length * 0.5)
    out = [limb([from_point, middle, end], (width, width * 0.85, width * 0.68), colour)]
    if depth > 0:
        for _ in range(dice.choice((2, 2, 3))):
            out.append(_branch(dice, *end, angle + dice.uniform(-42, 42), length * dice.uniform(0.62, 0.86),
                               width * 0.62, depth - 1, colour))
    return group(*out)
