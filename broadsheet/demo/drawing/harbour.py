"""What floats and what loads it: cranes, ferry, trawler, sails, gulls, quays, bridges, and the water under them."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from random import Random

from broadsheet.demo.drawing.light import Palette, mix, ripple, streaks
from broadsheet.demo.drawing.svg import Canvas, Point, blob, ellipse, group, line, poly, rect, stroke, tag


def water(canvas: Canvas, palette: Palette, y: float, world: str, *, calm: float = 0.5, strength: float = 0.75,
          glints: float = 0.3, below: float | None = None, squash: float = 1.0) -> str:
    """Water from y down: `world` (markup standing on y) mirrored and broken by waves, deeper and darker nearer."""
    bottom = canvas.height if below is None else below
    far, near = palette.water
    base = rect(0, y, canvas.width, bottom - y, canvas.linear([(0, far), (0.45, mix(far, near, 0.6)), (1, near)]))
    flipped = group(world, transform=f"translate(0 {y + y * squash:.0f}) scale(1 {-squash})")
    rough = 1 - calm

    def mirrored(scale: float, down: float, stops: list[tuple[float, str, float]]) -> str:
        fade = canvas.mask(rect(-200, y, canvas.width + 400, bottom - y, canvas.linear(stops)))
        return group(group(flipped, filter=ripple(canvas, scale, 0.004, down)), mask=fade)

    clip = canvas.clip(rect(0, y, canvas.width, bottom - y, "#fff"))
    fade = canvas.mask(rect(-200, y, canvas.width + 400, bottom - y, canvas.linear(
        [(0, "#fff", 0.25), (0.3, "#fff", 1), (1, "#fff", 0.5)])))
    return group(
        base,
        group(mirrored(24 + 50 * rough, 0.09, [(0, "#fff", 1), (0.25, "#fff", 0.8), (0.45, "#fff", 0)]),
              mirrored(60 + 110 * rough, 0.028, [(0.15, "#fff", 0), (0.45, "#fff", 0.9), (1, "#fff", 0.35)]),
              opacity=strength),
        streaks(canvas, mix(near, palette.shade, 0.3), across=0.003, down=0.05, amount=0.42, y=y, height=bottom - y,
                mask=fade, opacity=0.28 + 0.2 * rough),
        streaks(canvas, palette.light, across=0.006, down=0.085, amount=glints, y=y, height=bottom - y, mask=fade,
                opacity=0.4, blend="screen"),
        rect(0, y, canvas.width, 3, palette.light, opacity=0.25),
        clip_path=clip)


def glitter(canvas: Canvas, x: float, y: float, bottom: float, width: float, colour: str, count: int = 260) -> str:
    """The road of light that a low sun or a lamp lays on water."""
    dice, out = canvas.dice, []
    for _ in range(count):
        t = dice.random() ** 1.5
        spread = width * (0.12 + 0.9 * t)
        cx, cy = x + dice.gauss(0, 0.42) * spread, y + (bottom - y) * t
        out.append(ellipse(cx, cy, (4 + 34 * t) * dice.uniform(0.3, 1), 0.8 + 2.6 * t, colour,
                           opacity=dice.uniform(0.25, 0.95) * (1 - 0.5 * t)))
    return group(*out, style="mix-blend-mode:screen")


def gantry_crane(x: float, base: float, height: float, colour: str, accent: str, *, raised: bool = False,
                 flip: bool = False) -> str:
    """A ship-to-shore crane: portal, boom over the water, stays and cab."""
    h, w = height, height * 0.34
    thick = h * 0.028
    boom = (
        [(w * 0.5, -h * 0.62), (w * 0.95, -h * 1.22)] if raised else [(w * 0.5, -h * 0.62), (w * 2.1, -h * 0.62)]
    )
    parts = [
        line([(-w * 0.5, 0), (-w * 0.42, -h * 0.62)], colour, thick), line([(w * 0.5, 0), (w * 0.42, -h * 0.62)], colour, thick),
        line([(-w * 0.47, -h * 0.22), (w * 0.47, -h * 0.22)], colour, thick * 0.9),
        line([(-w * 0.47, -h * 0.22), (w * 0.42, -h * 0.6)], colour, thick * 0.4),
        line([(-w * 0.85, -h * 0.62), (w * 0.5, -h * 0.62)], colour, thick * 1.4, stroke_linecap="butt"),
        line(boom, colour, thick * 1.2, stroke_linecap="butt"),
        line([(w * 0.3, -h * 0.62), (w * 0.12, -h * 0.97)], colour, thick * 0.8),
        line([(-w * 0.3, -h * 0.62), (w * 0.12, -h * 0.97)], colour, thick * 0.6),
        line([(w * 0.12, -h * 0.97), (-w * 0.82, -h * 0.63)], colour, thick * 0.28),
        line([(w * 0.12, -h * 0.97), ((boom[0][0] + boom[1][0]) / 2, (boom[0][1] + boom[1][1]) / 2)], colour, thick * 0.28),
        line([(w * 0.12, -h * 0.97), boom[1]], colour, thick * 0.28),
        rect(-w * 0.8, -h * 0.7, w * 0.42, h * 0.075, accent),
        rect(w * 0.62, -h * 0.6, w * 0.16, h * 0.06, accent) if not raised else "",
        *(rect(dx * w - w * 0.1, -h * 0.02, w * 0.2, h * 0.03, colour) for dx in (-0.5, 0.5)),
    ]
    return group(*parts, transform=f"translate({x:.1f} {base:.1f}) scale({-1 if flip else 1} 1)")


def jib_crane(x: float, base: float, height: float, colour: str, angle: float = 35, flip: bool = False) -> str:
    """An old dock crane: splayed legs, a cab with a slate roof, a lattice jib and a hook."""
    h = height
    dx, dy = cos(angle * pi / 180) * h * 0.75, -sin(angle * pi / 180) * h * 0.75
    foot: Point = (h * 0.06, -h * 0.44)
    tip = (foot[0] + dx, foot[1] + dy)
    lattice = [line([(foot[0] + dx * t, foot[1] + dy * t - (h * 0.035 if i % 2 else 0)),
                     (foot[0] + dx * (t + 0.1), foot[1] + dy * (t + 0.1) - (0 if i % 2 else h * 0.035))], colour, h * 0.008)
               for i, t in enumerate(n / 10 for n in range(9))]
    return group(
        *(line([(s * h * 0.17, 0), (s * h * 0.08, -h * 0.32)], colour, h * 0.03) for s in (-1, 1)),
        line([(-h * 0.14, -h * 0.12), (h * 0.14, -h * 0.12)], colour, h * 0.016),
        line([(-h * 0.15, -h * 0.04), (h * 0.09, -h * 0.31)], colour, h * 0.012),
        rect(-h * 0.12, -h * 0.35, h * 0.24, h * 0.04, colour), rect(-h * 0.15, -h * 0.5, h * 0.24, h * 0.15, colour),
        poly([(-h * 0.17, -h * 0.5), (-h * 0.08, -h * 0.57), (h * 0.03, -h * 0.57), (h * 0.11, -h * 0.5)], colour),
        line([foot, tip], colour, h * 0.014), line([(foot[0], foot[1] - h * 0.04), tip], colour, h * 0.012), *lattice,
        line([(-h * 0.04, -h * 0.57), tip], colour, h * 0.006),
        line([tip, (tip[0], tip[1] + h * 0.34)], colour, h * 0.006),
        tag("path", d=f"M{tip[0]:.1f},{tip[1] + h * 0.34:.1f} q{h * 0.02:.1f},{h * 0.03:.1f} {-h * 0.02:.1f},{h * 0.03:.1f}",
            fill="none", stroke=colour, stroke_width=h * 0.01),
        transform=f"translate({x:.1f} {base:.1f}) scale({-1 if flip else 1} 1)")


def ferry(x: float, base: float, length: float, hull: str, house: str, glass: str, funnel: str, *, lit: bool = False,
          flip: bool = False, dice: Random | None = None) -> str:
    """A double-decked river ferry, bow to the right; `base` is the waterline."""
    n = length
    lamp = "#ffe0a0" if lit else glass
    dice = dice or Random(1)
    panes = []
    for row, (start, end, y) in enumerate(((0.1, 0.8, -0.118), (0.2, 0.68, -0.19))):
        count = int((end - start) / 0.036)
        panes += [rect(n * (start + (end - start) * i / count), n * y, n * 0.025, n * 0.028,
                       lamp if not lit or dice.random() < 0.86 else glass) for i in range(count)]
    dark = mix(house, "#16202b", 0.35)
    return group(
        blob([(0, -n * 0.075), (n * 0.02, n * 0.004), (n * 0.9, n * 0.004), (n * 0.97, -n * 0.04), (n, -n * 0.088),
              (n * 0.9, -n * 0.074)], hull, 0.25),
        rect(n * 0.01, -n * 0.018, n * 0.93, n * 0.007, mix(hull, "#ffffff", 0.35)),
        poly([(n * 0.05, -n * 0.074), (n * 0.05, -n * 0.135), (n * 0.8, -n * 0.135), (n * 0.86, -n * 0.074)], house),
        rect(n * 0.03, -n * 0.145, n * 0.8, n * 0.012, dark),
        poly([(n * 0.16, -n * 0.145), (n * 0.16, -n * 0.205), (n * 0.67, -n * 0.205), (n * 0.71, -n * 0.145)], house),
        rect(n * 0.13, -n * 0.215, n * 0.57, n * 0.012, dark),
        poly([(n * 0.52, -n * 0.215), (n * 0.52, -n * 0.258), (n * 0.62, -n * 0.258), (n * 0.645, -n * 0.215)], house),
        rect(n * 0.535, -n * 0.25, n * 0.1, n * 0.02, lamp),
        poly([(n * 0.3, -n * 0.212), (n * 0.31, -n * 0.3), (n * 0.39, -n * 0.3), (n * 0.4, -n * 0.212)], funnel),
        rect(n * 0.31, -n * 0.3, n * 0.08, n * 0.018, mix(funnel, "#10151c", 0.7)),
        line([(n * 0.6, -n * 0.258), (n * 0.6, -n * 0.36)], dark, n * 0.006),
        line([(n * 0.6, -n * 0.345), (n * 0.98, -n * 0.09)], dark, n * 0.0016),
        line([(n * 0.04, -n * 0.17), (n * 0.16, -n * 0.17)], dark, n * 0.003),
        line([(n * 0.85, -n * 0.105), (n * 0.98, -n * 0.112)], dark, n * 0.003), *panes,
        transform=f"translate({x + (length if flip else 0):.1f} {base:.1f}) scale({-1 if flip else 1} 1)")


def trawler(x: float, base: float, length: float, hull: str, house: str, glass: str, flip: bool = False) -> str:
    """A small fishing boat with a high bow, a wheelhouse aft, a derrick and nets."""
    n, rig = length, mix(hull, "#10161c", 0.55)
    return group(
        blob([(0, -n * 0.13), (n * 0.03, n * 0.01), (n * 0.86, n * 0.01), (n * 0.94, -n * 0.08), (n, -n * 0.25),
              (n * 0.8, -n * 0.17), (n * 0.5, -n * 0.12)], hull, 0.5),
        stroke([(n * 0.01, -n * 0.115), (n * 0.5, -n * 0.1), (n * 0.8, -n * 0.145), (n * 0.985, -n * 0.22)],
               mix(hull, "#ffffff", 0.6), n * 0.012),
        poly([(n * 0.12, -n * 0.12), (n * 0.13, -n * 0.36), (n * 0.33, -n * 0.36), (n * 0.36, -n * 0.12)], house),
        rect(n * 0.1, -n * 0.385, n * 0.27, n * 0.03, rig),
        *(rect(n * (0.15 + i * 0.062), -n * 0.335, n * 0.045, n * 0.07, glass) for i in range(3)),
        line([(n * 0.24, -n * 0.38), (n * 0.24, -n * 0.62)], rig, n * 0.014),
        line([(n * 0.66, -n * 0.14), (n * 0.66, -n * 0.7)], rig, n * 0.02),
        line([(n * 0.66, -n * 0.2), (n * 0.42, -n * 0.52)], rig, n * 0.014),
        line([(n * 0.66, -n * 0.68), (n * 0.99, -n * 0.25)], rig, n * 0.004),
        line([(n * 0.66, -n * 0.68), (n * 0.24, -n * 0.6)], rig, n * 0.004),
        line([(n * 0.66, -n * 0.68), (n * 0.42, -n * 0.52), (n * 0.42, -n * 0.14)], rig, n * 0.004),
        blob([(n * 0.4, -n * 0.12), (n * 0.43, -n * 0.2), (n * 0.52, -n * 0.17), (n * 0.6, -n * 0.12)], mix(house, rig, 0.6)),
        *(ellipse(n * (0.1 + 0.2 * i), -n * 0.065, n * 0.022, n * 0.028, "#d9773f") for i in range(3)),
        transform=f"translate({x + (length if flip else 0):.1f} {base:.1f}) scale({-1 if flip else 1} 1)")


def sailboat(x: float, base: float, height: float, hull: str, sail: str) -> str:
    """A sloop heeling a little."""
    h = height
    return group(
        blob([(-h * 0.28, -h * 0.06), (-h * 0.2, h * 0.01), (h * 0.22, h * 0.01), (h * 0.36, -h * 0.08)], hull, 0.4),
        line([(0, -h * 0.05), (0, -h)], hull, h * 0.014),
        blob([(-h * 0.02, -h * 0.96), (-h * 0.22, -h * 0.4), (-h * 0.27, -h * 0.11), (-h * 0.02, -h * 0.11)], sail, 0.35),
        blob([(h * 0.02, -h * 0.88), (h * 0.2, -h * 0.4), (h * 0.31, -h * 0.1), (h * 0.03, -h * 0.14)], mix(sail, hull, 0.12),
             0.35), transform=f"translate({x:.1f} {base:.1f}) rotate(5)")


def rowing_boat(x: float, base: float, length: float, hull: str, inside: str) -> str:
    """A clinker-built boat, empty."""
    n = length
    return group(
        blob([(0, -n * 0.17), (n * 0.12, 0), (n * 0.5, n * 0.03), (n * 0.88, 0), (n, -n * 0.2), (n * 0.5, -n * 0.12)], hull, 0.7),
        blob([(n * 0.02, -n * 0.168), (n * 0.5, -n * 0.12), (n * 0.98, -n * 0.195), (n * 0.5, -n * 0.16)], inside, 0.8),
        stroke([(n * 0.05, -n * 0.1), (n * 0.5, -n * 0.05), (n * 0.95, -n * 0.12)], mix(hull, "#000000", 0.25), n * 0.008),
        transform=f"translate({x:.1f} {base:.1f})")


def gull(x: float, y: float, span: float, colour: str, bank: float = 0, lift: float = 0.3) -> str:
    """A gull on the wing: two bent wings, a body, dark tips."""
    s = span / 2
    left = [(0, 0.02), (-0.42, -lift), (-1, -lift * 0.35), (-0.45, -lift * 0.62), (0, 0.14)]
    right = [(0, 0.02), (0.4, -lift * 1.1), (0.98, -lift * 0.5), (0.44, -lift * 0.7), (0, 0.14)]

    def scaled(points: Sequence[Point]) -> list[Point]:
        return [(px * s, py * s) for px, py in points]

    return group(
        blob(scaled(left), colour, 0.7), blob(scaled(right), mix(colour, "#1f2a33", 0.12), 0.7),
        ellipse(0, s * 0.08, s * 0.09, s * 0.12, colour),
        poly(scaled([(-1, -lift * 0.35), (-0.8, -lift * 0.56), (-0.82, -lift * 0.36)]), "#20262c"),
        poly(scaled([(0.98, -lift * 0.5), (0.78, -lift * 0.74), (0.8, -lift * 0.55)]), "#20262c"),
        transform=f"translate({x:.1f} {y:.1f}) rotate({bank:.0f})")


def gulls(dice: Random, count: int, box: tuple[float, float, float, float], span: tuple[float, float], colour: str) -> str:
    """A loose flock in a box (x, y, width, height)."""
    x, y, width, height = box
    return group(*(gull(x + dice.random() * width, y + dice.random() * height, dice.uniform(*span), colour,
                        dice.uniform(-22, 22), dice.uniform(0.2, 0.5)) for _ in range(count)))


def containers(dice: Random, x: float, base: float, columns: int, rows: int, size: Point, colours: Sequence[str]) -> str:
    """Stacked boxes with their corrugation, the upper rows thinning out."""
    out, (wide, tall) = [], size
    for column in range(columns):
        for row in range(dice.randint(max(1, rows - 2), rows)):
            left, top, colour = x + column * wide, base - (row + 1) * tall, dice.choice(colours)
            out.append(rect(left + 0.7, top + 0.7, wide - 1.4, tall - 1.4, colour))
            out += [rect(left + wide * i / 9, top + tall * 0.12, 1, tall * 0.76, mix(colour, "#10161c", 0.3))
                    for i in range(1, 9)]
    return group(*out)


def arched_bridge(start: float, end: float, deck: float, base: float, arches: int, colour: str, shade: str) -> str:
    """A stone bridge with round arches, piers and a parapet."""
    width = (end - start) / arches
    holes = ""
    for i in range(arches):
        left, right = start + i * width + width * 0.09, start + (i + 1) * width - width * 0.09
        rise = min(width * 0.42, (base - deck) * 0.78)
        holes += f"M{left:.1f},{base + 4:.1f}V{base - rise * 0.15:.1f}A{(right - left) / 2:.1f},{rise:.1f} 0 0 1 {right:.1f},{base - rise * 0.15:.1f}V{base + 4:.1f}Z"
    body = f"M{start:.1f},{base:.1f}V{deck:.1f}H{end:.1f}V{base:.1f}Z"
    return group(
        tag("path", d=holes, fill=shade, opacity=0.55, transform="translate(10 -3)"),
        tag("path", d=body + holes, fill=colour, fill_rule="evenodd"),
        rect(start, deck - 8, end - start, 6, colour), rect(start, deck + 8, end - start, 4, shade, opacity=0.5),
        *(line([(start + i * 14, deck - 6), (start + i * 14, deck + 2)], colour, 3) for i in range(int((end - start) / 14))))


def afloat(canvas: Canvas, boat: str, base: float, *, break_up: float = 30, opacity: float = 0.6) -> str:
    """A boat and its own reflection, where it floats nearer than the horizon; `base` is its waterline."""
    image = group(boat, transform=f"translate(0 {2 * base:.0f}) scale(1 -1)")
    below = canvas.clip(rect(-200, base - 2, canvas.width + 400, canvas.height, "#fff"))
    return group(group(group(image, filter=ripple(canvas, break_up, 0.006, 0.07, 0.8)), clip_path=below, opacity=opacity), boat)


def ship_hull(x: float, base: float, length: float, height: float, hull: str, boot: str) -> str:
    """A big ship's side from stern to bow (right), with its boot-topping and draught line."""
    return group(
        blob([(x, base - height), (x + length * 0.02, base + 4), (x + length * 0.95, base + 4), (x + length * 0.985, base - height * 0.5),
              (x + length * 1.02, base - height * 1.25), (x + length * 0.9, base - height)], hull, 0.2),
        rect(x + length * 0.02, base - height * 0.16, length * 0.945, height * 0.16, boot))
