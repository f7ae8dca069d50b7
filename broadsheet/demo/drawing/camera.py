"""A pinhole camera: places given in metres become pixels, so that sizes agree with distances."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from broadsheet.demo.drawing.light import mix
from broadsheet.demo.drawing.people import STAND, Dress, Pose, figure
from broadsheet.demo.drawing.svg import Point, group, line, poly

Place = tuple[float, float, float]
"""Metres: right of the camera's axis, up from the ground, away from the camera."""


@dataclass(frozen=True)
class Camera:
    """Looks level along z from `eye` metres above the ground."""

    centre: float
    """The vanishing point's x in pixels."""
    horizon: float
    """The vanishing point's y in pixels."""
    focal: float = 1300
    """Pixels per metre at one metre's distance."""
    eye: float = 1.65
    mirrored: bool = False
    """Sees what a wet floor shows: everything below it, upside down."""

    def see(self, place: Place) -> Point:
        """Where a place falls in the picture."""
        x, y, z = place
        z = max(z, 0.2)
        up = -y if self.mirrored else y
        return self.centre + self.focal * x / z, self.horizon + self.focal * (self.eye - up) / z

    def reflection(self) -> Camera:
        """The same camera looking into a wet floor."""
        return replace(self, mirrored=True)

    def stand(self, x: float, z: float, pose: Pose = STAND, dress: Dress | None = None, *, stature: float = 1.72,
              base: float = 0.0, left: bool = False, seat: float | None = None, half: bool = False,
              **attributes: object) -> str:
        """Someone standing or sitting at a place; `stature` and `seat` in metres."""
        px, py = self.see((x, base, z))
        scale = self.scale(z)
        body = figure(0, 0, stature * scale, pose, dress, left=left, seat=None if seat is None else seat * scale,
                      half=half, **attributes)
        return group(body, transform=f"translate({px:.1f} {py:.1f}) scale(1 {-1 if self.mirrored else 1})")

    def post(self, x: float, z: float, bottom: float, top: float, thick: float, colour: str) -> str:
        """A thin upright of `thick` metres."""
        return line([self.see((x, bottom, z)), self.see((x, top, z))], colour, max(1, thick * self.scale(z)),
                    stroke_linecap="butt")

    def wire(self, places: Sequence[Place], thick: float, colour: str, **attributes: object) -> str:
        """A line through space, as thick (pixels) everywhere."""
        return line([self.see(place) for place in places], colour, thick, **attributes)

    def scale(self, z: float) -> float:
        """Pixels per metre at a distance."""
        return self.focal / max(z, 0.2)

    def face(self, places: Sequence[Place], fill: str, **attributes: object) -> str:
        """A flat polygon in space."""
        return poly([self.see(place) for place in places], fill, **attributes)

    def upright(self, x: float, z: float, width: float, height: float, fill: str, base: float = 0.0,
                **attributes: object) -> str:
        """A wall parallel to the picture, from x to x + width."""
        return self.face([(x, base, z), (x + width, base, z), (x + width, base + height, z), (x, base + height, z)],
                         fill, **attributes)

    def floor(self, x: float, z: float, width: float, depth: float, fill: str, height: float = 0.0,
              **attributes: object) -> str:
        """A level rectangle."""
        return self.face([(x, height, z), (x + width, height, z), (x + width, height, z + depth),
                          (x, height, z + depth)], fill, **attributes)

    def flank(self, x: float, z: float, depth: float, height: float, fill: str, base: float = 0.0,
              **attributes: object) -> str:
        """A wall running away from the camera at a fixed x."""
        return self.face([(x, base, z), (x, base, z + depth), (x, base + height, z + depth), (x, base + height, z)],
                         fill, **attributes)

    def box(self, x: float, z: float, size: Place, colour: str, *, base: float = 0.0, front: float = 0.0,
            side: float = 0.35, top: float = -0.25, shade: str = "#101820", light: str = "#ffffff") -> str:
        """A box by its near left corner and (width, height, depth); faces are shaded (+) or lit (-) by a share."""
        width, height, depth = size

        def tone(share: float) -> str:
            return mix(colour, shade if share > 0 else light, abs(share))

        faces = []
        if base + height < self.eye and not self.mirrored:
            faces.append(self.floor(x, z, width, depth, tone(top), base + height))
        if x > 0:
            faces.append(self.flank(x, z, depth, height, tone(side), base))
        elif x + width < 0:
            faces.append(self.flank(x + width, z, depth, height, tone(side), base))
        faces.append(self.upright(x, z, width, height, tone(front), base))
        return group(*faces)


Wall = Callable[[float, float, float, float, str], str]
"""Paints a rectangle of a wall: along, up, width, height in metres, colour."""


def flank_wall(camera: Camera, x: float, z: float) -> Wall:
    """A wall's own coordinates, running away from the camera from z on."""
    return lambda along, up, width, height, fill: camera.flank(x, z + along, width, height, fill, up)


def upright_wall(camera: Camera, x: float, z: float) -> Wall:
    """A wall's own coordinates, running to the right from x at the distance z."""
    return lambda along, up, width, height, fill: camera.upright(x + along, z, width, height, fill, up)


@dataclass(frozen=True)
class Facade:
    """A house front's measures (metres) and colours."""

    wall: str
    glass: str
    trim: str
    lamp: str = "#ffd58c"
    lit: float = 0.0
    """Share of windows with light behind them."""
    storey: float = 3.2
    bay: float = 2.4
    shop: str | None = None
    """A lit shop front's colour, at the street."""

    def paint(self, wall: Wall, width: float, height: float, dice: Random) -> str:
        """The front with its windows, sills, cornice and shop."""
        out = [wall(0, 0, width, height, self.wall), wall(0, height - 0.45, width, 0.45, self.trim)]
        storeys, bays = max(1, int((height - 0.8) / self.storey)), max(1, int(width / self.bay))
        step = width / bays
        for storey in range(storeys):
            up = storey * self.storey
            if storey == 0 and self.shop:
                out.append(wall(0.4, 0.5, width - 0.8, 2.2, self.shop))
                out += [wall(0.4 + i * (width - 0.8) / bays, 0.4, 0.12, 2.4, self.trim) for i in range(bays + 1)]
                out.append(wall(0.2, 2.75, width - 0.4, 0.5, self.trim))
                continue
            for bay in range(bays):
                pane = self.lamp if dice.random() < self.lit else mix(self.glass, self.wall, dice.uniform(0, 0.25))
                along, tall = bay * step + step * 0.27, self.storey * 0.56
                out += [
                    wall(along - 0.1, up + 0.75, step * 0.46 + 0.2, tall + 0.2, self.trim),
                    wall(along, up + 0.85, step * 0.46, tall, pane),
                    wall(along + step * 0.21, up + 0.85, 0.06, tall, self.trim),
                    wall(along, up + 0.85 + tall * 0.62, step * 0.46, 0.06, self.trim),
                ]
        return group(*out)
