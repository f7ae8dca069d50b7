"""Interiors: the box of a room, windows, shafts of light, lamps, shelves, tables and chairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from broadsheet.demo.drawing.camera import Camera
from broadsheet.demo.drawing.light import blur, glow, mix
from broadsheet.demo.drawing.svg import Canvas, Point, ellipse, group, poly, rect


@dataclass(frozen=True)
class Room:
    """A box in metres, and its colours."""

    left: float
    right: float
    near: float
    far: float
    height: float
    floor: str
    wall: str
    ceiling: str
    dark: str = "#120e0c"

    def paint(self, canvas: Canvas, camera: Camera) -> str:
        """Floor, walls and ceiling; the sides darken towards us, the far wall is lightest."""
        near, far = mix(self.wall, self.dark, 0.45), mix(self.wall, self.dark, 0.12)
        x0, x1 = camera.see((self.left, 0, self.far))[0], camera.see((self.right, 0, self.far))[0]
        left = canvas.linear([(0, near), (1, far)], (0, 0), (x0, 0), "px")
        right = canvas.linear([(0, far), (1, near)], (x1, 0), (canvas.width, 0), "px")
        y = camera.see((0, 0, self.far))[1]
        floor = canvas.linear([(0, mix(self.floor, "#ffffff", 0.08)), (1, mix(self.floor, self.dark, 0.45))], (0, y), (0, canvas.height), "px")
        return group(
            rect(0, 0, canvas.width, canvas.height, mix(self.wall, self.dark, 0.5)),
            camera.floor(self.left, self.near, self.right - self.left, self.far - self.near, mix(self.ceiling, self.dark, 0.2), self.height),
            camera.flank(self.left, self.near, self.far - self.near, self.height, left),
            camera.flank(self.right, self.near, self.far - self.near, self.height, right),
            camera.upright(self.left, self.far, self.right - self.left, self.height, self.wall),
            camera.floor(self.left, self.near, self.right - self.left, self.far - self.near, floor))

    def boards(self, camera: Camera, every: float = 0.3, strength: float = 0.25) -> str:
        """Floorboards running away from us."""
        count = int((self.right - self.left) / every)
        return group(*(camera.wire([(self.left + i * every, 0, self.near), (self.left + i * every, 0, self.far)], 1.4,
                                   mix(self.floor, self.dark, 0.6), opacity=strength) for i in range(count)))


def sash(camera: Camera, x: float, z: float, width: float, base: float, height: float, light: str, frame: str, *, panes: Point = (2, 4)) -> str:
    """A window in a wall facing us."""
    columns, rows = int(panes[0]), int(panes[1])
    return group(
        camera.upright(x - 0.12, z, width + 0.24, height + 0.24, frame, base - 0.12), camera.upright(x, z, width, height, light, base),
        *(camera.upright(x + width * i / columns - 0.03, z, 0.06, height, frame, base) for i in range(1, columns)),
        *(camera.upright(x, z, width, 0.06, frame, base + height * i / rows) for i in range(1, rows)))


def side_sash(camera: Camera, x: float, z: float, depth: float, base: float, height: float, light: str, frame: str, *, panes: Point = (2, 4)) -> str:
    """A window in a wall running away from us."""
    columns, rows = int(panes[0]), int(panes[1])
    return group(
        camera.flank(x, z - 0.12, depth + 0.24, height + 0.24, frame, base - 0.12), camera.flank(x, z, depth, height, light, base),
        *(camera.flank(x, z + depth * i / columns - 0.03, 0.06, height, frame, base) for i in range(1, columns)),
        *(camera.flank(x, z, depth, 0.06, frame, base + height * i / rows) for i in range(1, rows)))


def shaft(canvas: Canvas, corners: Sequence[Point], colour: str, strength: float = 0.4, soft: float = 8) -> str:
    """A bar of light in dusty air; it begins at the first two corners and fades towards the others."""
    (ax, ay), (bx, by) = corners[0], corners[-2]
    fill = canvas.linear([(0, colour, strength), (1, colour, 0)], (ax, ay), (bx, by), "px")
    return poly(corners, fill, filter=blur(canvas, soft), style="mix-blend-mode:screen")


def pendant(canvas: Canvas, camera: Camera, x: float, z: float, height: float, top: float, shade: str, light: str, *, reach: float = 2.2) -> str:
    """A lamp on a cord."""
    px, py = camera.see((x, height, z))
    s = camera.scale(z)
    return group(camera.wire([(x, top, z), (x, height, z)], max(1, 0.02 * s), "#15110f"),
                 poly([(px - 0.08 * s, py - 0.2 * s), (px + 0.08 * s, py - 0.2 * s), (px + 0.26 * s, py), (px - 0.26 * s, py)], shade),
                 ellipse(px, py, 0.22 * s, 0.05 * s, light), glow(canvas, px, py + 0.1 * s, reach * s, light, 0.7))


def table(camera: Camera, x: float, z: float, width: float, depth: float, colour: str, *, height: float = 0.76, dark: str = "#140f0c") -> str:
    """A table: legs, apron, top."""
    legs = [camera.post(px, pz, 0, height, 0.07, mix(colour, dark, 0.5)) for pz in (z + depth, z) for px in (x + 0.06, x + width - 0.06)]
    return group(*legs[:2], camera.floor(x, z, width, depth, mix(colour, "#ffffff", 0.12), height), *legs[2:],
                 camera.upright(x, z, width, 0.1, mix(colour, dark, 0.25), height - 0.1))


def chair(camera: Camera, x: float, z: float, colour: str, *, facing: str = "away") -> str:
    """A plain chair; "away" shows its back, "left" and "right" its side."""
    out = [camera.post(px, pz, 0, 0.46, 0.035, mix(colour, "#000000", 0.35)) for px in (x - 0.2, x + 0.2) for pz in (z + 0.4, z)]
    out.append(camera.floor(x - 0.22, z, 0.44, 0.42, colour, 0.46))
    if facing == "away":
        out.append(camera.upright(x - 0.22, z, 0.44, 0.3, colour, 0.62) + camera.post(x - 0.2, z, 0.4, 0.9, 0.035, colour) + camera.post(x + 0.2, z, 0.4, 0.9, 0.035, colour))
    elif facing == "toward":
        out.insert(0, camera.upright(x - 0.22, z + 0.42, 0.44, 0.3, mix(colour, "#000000", 0.15), 0.62) + camera.post(x - 0.2, z + 0.42, 0.4, 0.9, 0.035, colour) + camera.post(x + 0.2, z + 0.42, 0.4, 0.9, 0.035, colour))
    else:
        side = -0.22 if facing == "right" else 0.2
        out.append(camera.flank(x + side, z, 0.42, 0.3, mix(colour, "#000000", 0.15), 0.62) + camera.post(x + side, z, 0.4, 0.92, 0.035, colour))
    return group(*out)


def books(camera: Camera, dice: Random, x: float, z: float, width: float, base: float, colours: Sequence[str], *, height: float = 0.26, depth: float | None = None) -> str:
    """A shelf of spines from x on; along z instead when `depth` is given."""
    out, run, length = [], 0.0, depth or width
    while run < length:
        thick, tall = dice.uniform(0.025, 0.07), height * dice.uniform(0.72, 1)
        tone = dice.choice(colours)
        out.append(camera.flank(x, z + run, thick * 0.92, tall, tone, base) if depth else camera.upright(x + run, z, thick * 0.92, tall, tone, base))
        run += thick
    return group(*out)
