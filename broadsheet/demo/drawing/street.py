"""The street: house fronts in perspective, wet asphalt, trams, cars, bicycles, lamps, stalls."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from broadsheet.demo.drawing.camera import Camera, Facade, flank_wall
from broadsheet.demo.drawing.light import Palette, glow, mix, ripple, streaks
from broadsheet.demo.drawing.svg import Canvas, blob, ellipse, group, line, poly, rect

World = Callable[[Camera], str]
"""Draws everything standing on the ground, as a camera sees it; called twice where the ground mirrors."""


def house_row(camera: Camera, dice: Random, x: float, near: float, far: float, facades: list[Facade], haze: str,
              *, height: tuple[float, float] = (9, 15), reach: float = 90) -> str:
    """Fronts along one side of a street, from `near` to `far` metres, fading into the haze over `reach` metres."""
    houses, z = [], near
    while z < far:
        depth, tall, facade = dice.uniform(7, 13), dice.uniform(*height), dice.choice(facades)
        fade = min(0.85, (z / reach) ** 0.8)
        faded = Facade(**{**facade.__dict__, "wall": mix(facade.wall, haze, fade), "glass": mix(facade.glass, haze, fade),
                          "trim": mix(facade.trim, haze, fade), "lamp": mix(facade.lamp, haze, fade * 0.5),
                          "shop": facade.shop and mix(facade.shop, haze, fade * 0.5)})
        roof = camera.face([(x, tall, z), (x, tall, z + depth), (x * 1.25, tall + 2.6, z + depth),
                            (x * 1.25, tall + 2.6, z)], mix(mix(facade.wall, "#20242c", 0.6), haze, fade))
        houses.append(roof + faded.paint(flank_wall(camera, x, z), depth, tall, dice))
        z += depth
    return group(*reversed(houses))


def wet_ground(canvas: Canvas, camera: Camera, world: World, colour: str, palette: Palette, *, strength: float = 0.8,
               top: float | None = None, puddles: float = 0.5) -> str:
    """Ground that mirrors the world in long broken smears, sharper in the puddles."""
    y = camera.horizon if top is None else top
    height = canvas.height - y
    image = world(camera.reflection())
    clip = canvas.clip(rect(0, y, canvas.width, height, "#fff"))
    pools = canvas.mask(streaks(canvas, "#ffffff", across=0.004, down=0.02, amount=puddles, y=y, height=height))
    smear = canvas.filter('<feGaussianBlur stdDeviation="5 22"/>', whole=True)
    return group(
        rect(0, y, canvas.width, height, canvas.linear([(0, mix(colour, palette.haze, 0.6)), (0.5, colour),
                                                       (1, mix(colour, palette.shade, 0.6))])),
        group(image, filter=smear, opacity=strength * 0.75),
        group(group(image, filter=ripple(canvas, 16, 0.012, 0.06, 0.8)), mask=pools, opacity=strength),
        streaks(canvas, palette.light, across=0.02, down=0.16, amount=0.16, y=y, height=height, opacity=0.1,
                blend="screen"),
        clip_path=clip)


def tram(camera: Camera, x: float, z: float, *, livery: str = "#2f5d50", cream: str = "#e6dcc0", glass: str = "#26323c",
         lit: str | None = None, length: float = 13, dark: str = "#11181d", passengers: int = 5) -> str:
    """A two-ended city tram seen from its front corner, its nose at z and its body behind it."""
    w, h, nose = 2.4, 3.25, 0.32
    pane = lit or glass
    side_x = x if x > 0 else x + w

    def flank(along: float, up: float, run: float, tall: float, fill: str) -> str:
        return camera.flank(side_x, z + nose + along, run, tall, fill, up)

    def front(across: float, up: float, wide: float, tall: float, fill: str) -> str:
        return camera.upright(x + across, z, wide, tall, fill, up)

    bays = int(length / 1.55)
    out = [
        camera.floor(x - 0.1, z, w + 0.2, length, dark, 0.12, opacity=0.9),
        flank(0, 0.35, length, h - 0.55, mix(cream, dark, 0.2)), flank(0, 0.35, length, 1.05, mix(livery, dark, 0.25)),
        flank(0, 1.4, length, 0.06, mix(cream, dark, 0.1)), flank(0, h - 0.3, length, 0.3, mix(livery, dark, 0.35)),
    ]
    for i in range(bays):
        along = 0.4 + i * 1.5
        if i % 3 == 1:
            out += [flank(along, 0.4, 1.2, 2.35, mix(livery, dark, 0.45)), flank(along + 0.1, 0.6, 0.46, 2.0, pane),
                    flank(along + 0.64, 0.6, 0.46, 2.0, pane)]
        else:
            out.append(flank(along, 1.5, 1.28, 1.15, pane))
            if lit and i < passengers:
                out += [flank(along + 0.3, 1.5, 0.42, 0.35, mix(dark, lit, 0.25)),
                        flank(along + 0.4, 1.8, 0.22, 0.28, mix(dark, lit, 0.2))]
    corner = [(x if x > 0 else x + w, u, z + nose) for u in (0.35, h - 0.15)]
    inset = x + 0.12 if x > 0 else x + w - 0.12
    for low, high, tone in ((0.35, 1.4, livery), (1.4, h - 0.3, cream), (h - 0.3, h - 0.1, livery)):
        out.append(camera.face([(corner[0][0], low, z + nose), (inset, low, z), (inset, high, z),
                                (corner[0][0], high, z + nose)], mix(tone, dark, 0.12)))
    out += [
        front(0.12, 0.35, w - 0.24, h - 0.5, cream), front(0.12, 0.35, w - 0.24, 1.05, livery),
        front(0.12, h - 0.42, w - 0.24, 0.34, livery), front(0.12, 0.2, w - 0.24, 0.2, dark),
        front(0.28, 1.5, w - 0.56, 1.15, mix(pane, dark, 0.35 if lit else 0)), front(w / 2 - 0.02, 1.5, 0.05, 1.15, dark),
        front(0.55, h - 0.36, w - 1.1, 0.24, "#161a1c"), front(0.7, h - 0.29, w - 1.4, 0.1, "#ffcf6b"),
        front(0.12, 1.38, w - 0.24, 0.07, cream),
    ]
    driver = camera.see((x + 0.8, 1.95, z))
    scale = camera.scale(z)
    out += [ellipse(*driver, 0.13 * scale, 0.17 * scale, dark),
            front(0.55, 1.5, 0.52, 0.32, dark)]
    for dx in (0.42, w - 0.42):
        lamp = camera.see((x + dx, 0.85, z))
        out += [ellipse(*lamp, 0.15 * scale, 0.15 * scale, dark), ellipse(*lamp, 0.12 * scale, 0.12 * scale, "#fff3cf")]
    pole = camera.see((x + w / 2, h, z + 4))
    out += [camera.wire([(x + w / 2, h, z + 3.4), (x + w / 2, 5.0, z + 5.0)], 0.05 * camera.scale(z + 4), dark),
            camera.wire([(x + w / 2 - 0.7, 5.0, z + 5), (x + w / 2 + 0.7, 5.0, z + 5)], 0.06 * camera.scale(z + 4), dark),
            ellipse(*pole, 0, 0, dark)]
    return group(*out)


def tram_line(camera: Camera, x: float, colour: str, *, near: float = 1.6, far: float = 120) -> str:
    """Two rails in the ground."""
    return group(*(camera.face([(x + dx, 0, near), (x + dx + 0.07, 0, near), (x + dx + 0.07, 0, far), (x + dx, 0, far)],
                               colour) for dx in (0, 1.44)))


def overhead(camera: Camera, x: float, colour: str, *, half: float = 8, every: float = 14, height: float = 5.2) -> str:
    """The contact wire and the span wires that carry it."""
    spans = [camera.wire([(-half, height + 1.4, z), (x, height, z), (half, height + 1.4, z)], max(0.7, 14 / z), colour)
             for z in (8 + every * i for i in range(6))]
    return group(camera.wire([(x, height, 2), (x, height, 100)], 1.4, colour), *spans)


def street_lamp(canvas: Canvas, camera: Camera, x: float, z: float, colour: str, light: str, *, lit: bool = True,
                height: float = 5.4, reach: float = 1.0) -> str:
    """A post with a lantern hanging from a short arm towards the street."""
    arm = -reach if x > 0 else reach
    px, py = camera.see((x + arm, height - 0.35, z))
    scale = camera.scale(z)
    lantern = [(px - 0.16 * scale, py - 0.12 * scale), (px + 0.16 * scale, py - 0.12 * scale),
               (px + 0.1 * scale, py + 0.22 * scale), (px - 0.1 * scale, py + 0.22 * scale)]
    return group(
        camera.post(x, z, 0, height, 0.1, colour), camera.post(x, z, 0, 0.8, 0.2, colour),
        camera.wire([(x, height - 0.05, z), (x + arm, height, z), (x + arm, height - 0.2, z)], max(1, 0.06 * scale), colour),
        poly(lantern, light if lit else mix(light, colour, 0.6)),
        glow(canvas, px, py, 1.9 * scale, light, 0.85) if lit else "")


def car(camera: Camera, x: float, z: float, colour: str, *, glass: str = "#27323a", lamps: str | None = None,
        dark: str = "#0f1418", sunk: float = 0.0) -> str:
    """A hatchback seen from behind or before, nose to us when `lamps` is light; `sunk` metres stand under water."""
    s = camera.scale(z)
    px, py = camera.see((x, -sunk, z))
    sign = -1 if camera.mirrored else 1

    def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(px + a * s, py - b * s * sign) for a, b in points]

    depth = camera.see((x, 0.8, z + 3.6))[0] - px
    roof_shift = depth * 0.32
    return group(
        blob(at([(-0.86, 0.5), (-0.84, 0.92), (-0.7, 0.98), (0.7, 0.98), (0.84, 0.92), (0.86, 0.5), (0.82, 0.22), (-0.82, 0.22)]),
             colour, 0.35),
        blob([(qx + roof_shift * (0.4 if qy > 0 else 1), qy) for qx, qy in
              at([(-0.74, 0.95), (-0.58, 1.42), (-0.45, 1.48), (0.45, 1.48), (0.58, 1.42), (0.74, 0.95)])], mix(colour, dark, 0.25), 0.3),
        blob([(qx + roof_shift * 0.6, qy) for qx, qy in
              at([(-0.64, 0.98), (-0.52, 1.38), (0.52, 1.38), (0.64, 0.98)])], glass, 0.15),
        blob(at([(-0.84, 0.6), (0.84, 0.6), (0.8, 0.3), (-0.8, 0.3)]), mix(colour, dark, 0.3), 0.2),
        *(blob(at([(k * 0.83, 0.3), (k * 0.83, -0.02), (k * 0.6, -0.02), (k * 0.6, 0.3)]), dark, 0.3) for k in (-1, 1)),
        *(ellipse(*at([(k * 0.66, 0.74)])[0], 0.13 * s, 0.085 * s, lamps or "#8d2f26") for k in (-1, 1)),
        blob(at([(-0.25, 0.5), (0.25, 0.5), (0.25, 0.4), (-0.25, 0.4)]), "#d9d6c8", 0))


def bicycle(x: float, base: float, wheel: float, colour: str, *, left: bool = False) -> str:
    """A roadster in profile; `wheel` is a wheel's radius in pixels, (x, base) the ground under the bracket."""
    r = wheel
    hub, fork, crank, seat, head = (-1.5 * r, -r), (1.55 * r, -r), (-0.1 * r, -0.9 * r), (-0.5 * r, -2.3 * r), (1.15 * r, -2.25 * r)
    thick = r * 0.11
    wheels = [ellipse(hx, hy, r, r, "none", stroke=colour, stroke_width=thick * 0.9) for hx, hy in (hub, fork)]
    spokes = [line([(hx, hy - r), (hx, hy + r)], colour, 0.6, opacity=0.5, transform=f"rotate({a} {hx:.1f} {hy:.1f})")
              for hx, hy in (hub, fork) for a in range(0, 180, 24)]
    frame = [[hub, crank, head], [hub, seat, crank], [seat, (1.1 * r, -2.1 * r)], [fork, head, (1.05 * r, -2.75 * r)],
             [(1.05 * r, -2.75 * r), (1.4 * r, -2.9 * r), (0.75 * r, -2.72 * r)], [seat, (-0.58 * r, -2.62 * r)],
             [(-0.95 * r, -2.64 * r), (-0.25 * r, -2.64 * r)]]
    return group(*wheels, *spokes, *(line(part, colour, thick) for part in frame),
                 ellipse(*crank, r * 0.24, r * 0.24, "none", stroke=colour, stroke_width=thick * 0.8),
                 line([(crank[0], crank[1]), (crank[0] + 0.2 * r, crank[1] + 0.5 * r)], colour, thick * 0.7),
                 transform=f"translate({x:.1f} {base:.1f}) scale({-1 if left else 1} 1)")


def stall(camera: Camera, x: float, z: float, width: float, stripe: tuple[str, str], goods: list[str], dice: Random, *,
          wood: str = "#6b4c34", dark: str = "#1c1713") -> str:
    """A market stall: striped awning, posts, a sloping board of goods."""
    out = [camera.upright(x, z + 1.4, width, 2.3, dark, 0.0, opacity=0.55)]
    out += [camera.post(px, z + 1.4, 0, 2.6, 0.06, wood) for px in (x, x + width)]
    out.append(camera.upright(x, z, width, 0.82, wood))
    out += [camera.upright(x + width * i / 8, z, 0.02, 0.82, dark) for i in range(9)]
    crates = int(width / 0.6)
    for i in range(crates):
        left, colour = x + width * i / crates, dice.choice(goods)
        out.append(camera.face([(left + 0.03, 0.82, z), (left + width / crates - 0.03, 0.82, z),
                                (left + width / crates - 0.03, 1.12, z + 0.8), (left + 0.03, 1.12, z + 0.8)],
                               mix(colour, dark, 0.4)))
        for row in range(5):
            for column in range(5):
                px, py = camera.see((left + width / crates * (column + 0.6) / 5.2, 0.88 + row * 0.055, z + row * 0.16))
                r = 0.06 * camera.scale(z + row * 0.16)
                out.append(ellipse(px + dice.uniform(-1, 1), py, r, r * 0.9, mix(colour, "#ffffff", dice.uniform(0, 0.25))))
    out += [camera.post(px, z, 0, 2.3, 0.06, wood) for px in (x, x + width)]
    strips = max(6, int(width / 0.3))
    for i in range(strips):
        a, b, tone = x - 0.15 + (width + 0.3) * i / strips, x - 0.15 + (width + 0.3) * (i + 1) / strips, stripe[i % 2]
        out.append(camera.face([(a, 2.3, z - 0.35), (b, 2.3, z - 0.35), (b, 2.85, z + 1.3), (a, 2.85, z + 1.3)], tone))
        out.append(camera.face([(a, 2.3, z - 0.35), (b, 2.3, z - 0.35), (b, 2.08, z - 0.35), ((a + b) / 2, 2.02, z - 0.35),
                                (a, 2.08, z - 0.35)], mix(tone, dark, 0.18)))
    return group(*out)
