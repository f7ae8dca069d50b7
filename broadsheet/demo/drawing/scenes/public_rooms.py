"""Where the city meets itself indoors: council, market, library, archive, theatre."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin
from random import Random

from broadsheet.demo.drawing.camera import Camera
from broadsheet.demo.drawing.gallery import picture
from broadsheet.demo.drawing.light import GREY, blur, glow, mix, ripple, round_light, streaks
from broadsheet.demo.drawing.people import (
    BACK, CROSSED, HAIRS, LISTEN, RAISE, SIT, SKINS, STAND, STOOP, TALK, WALK, Dress, Pose, anyone)
from broadsheet.demo.drawing.room import Room, books, pendant, sash, shaft, side_sash, table
from broadsheet.demo.drawing.street import stall
from broadsheet.demo.drawing.svg import Canvas, blob, ellipse, group, line, limb, poly, rect, stroke

SUITS = ("#2e3642", "#3b3a44", "#4a3a3a", "#33453f", "#5b4a3c", "#6d3238", "#3a4f68", "#7a6a4c")


@picture("council-chamber")
def council_chamber(c: Canvas) -> None:
    """The vote, over the heads of the gallery."""
    cam, d = Camera(800, 214, 1330, 4.6), c.dice
    lit = round_light(c, "#fff0cf", "#160f0b", -3, 2, rim=0.6, body=0.45)
    room = Room(-8.6, 8.6, 3, 21, 9, "#6b4a34", "#8a5c38", "#e0d2b4")
    panels = [cam.upright(-8.4 + i * 1.2, 21, 1.0, 3.0, mix("#8a5c38", "#2a1a10", 0.28), 0.4) for i in range(14)]
    windows = [sash(cam, x, 20.98, 1.7, 3.9, 4.4, "#f4ead0", "#6a4428", panes=(3, 6)) for x in (-7.3, -4.6, 2.9, 5.6)]
    crest = group(cam.upright(-1.5, 20.9, 3.0, 4.0, "#5c2c28", 2.6), cam.face([(-0.7, 5.6, 20.85), (0.7, 5.6, 20.85), (0.7, 4.4, 20.85), (0, 3.7, 20.85), (-0.7, 4.4, 20.85)], "#cfa95c"),
                  cam.face([(-0.5, 5.4, 20.8), (0.5, 5.4, 20.8), (0.5, 4.9, 20.8), (-0.5, 4.9, 20.8)], "#2f5566"))
    dais = group(cam.box(-2.6, 18.2, (5.2, 0.6, 2.6), "#5f3d26"), cam.box(-2.2, 18.2, (4.4, 1.2, 0.6), "#7a5030", base=0.6), cam.upright(-0.55, 19.9, 1.1, 2.4, "#3f6a4c", 0.6),
                 cam.stand(0, 19.4, Pose(view="front", arm=(20, -40), other_arm=(-20, 40)), Dress(coat="#7a2a2a", accent="#e9dcb8", skin=SKINS[3], head="short", hair=HAIRS[5]), base=0.85, filter=lit))
    desk = table(cam, -1.4, 14.2, 2.8, 1.1, "#7a5030")
    clerks = [cam.stand(x, 15.5, Pose(view="front", arm=(18, -50), other_arm=(-18, 50)), anyone(d, coat="#2c2c32", head=h), base=-0.45, filter=lit) for x, h in ((-0.7, "bun"), (0.7, "bald"))]
    pieces: list[tuple[float, str]] = []
    for row, radius in enumerate((4.0, 5.5, 7.0)):
        seats = (9, 12, 14)[row]
        for i in range(seats):
            angle = pi * (0.0 + i / (seats - 1))
            x, z, rise = radius * cos(angle), 15.6 - radius * 1.12 * sin(angle), row * 0.28
            pieces.append((z, _member(cam, d, x, z, rise, sin(angle), lit)))
        for i in range(24):
            a0, a1 = pi * (i / 24), pi * ((i + 1) / 24)
            r = radius + 0.42
            ends = [(r * cos(a), 15.6 - r * 1.12 * sin(a)) for a in (a0, a1)]
            tone = mix("#3c6b4c", "#12261a", 0.15 + 0.4 * abs(cos(a0)))
            top, low = row * 0.28 + 0.98, row * 0.28
            (xa, za), (xb, zb) = ends
            pieces.append((min(za, zb) - 0.2, group(cam.face([(xa, low, za), (xb, low, zb), (xb, top, zb), (xa, top, za)], tone), cam.face([(xa, top, za), (xb, top, zb), (xb, top + 0.09, zb), (xa, top + 0.09, za)], "#a0703f"),
                                                    cam.wire([(xa, low, za), (xa, top, za)], 1.2, "#1c3324"))))
    seats_markup = [markup for _, markup in sorted(pieces, key=lambda item: -item[0])]
    c.add(room.paint(c, cam), *panels, *windows, crest, dais, *clerks, desk,
          *(shaft(c, [cam.see((x, 8.2, 20.9)), cam.see((x + 1.7, 8.2, 20.9)), (px + 330, 900), (px, 900)], "#ffeec2", 0.34, 14) for x, px in ((-7.3, 40), (-4.6, 350), (2.9, 900), (5.6, 1220))), *seats_markup)
    rail = group(rect(-10, 902, 1620, 26, "#7a4e2c"), rect(-10, 902, 1620, 5, "#d9a868"), rect(-10, 928, 1620, 150, "#2a1a12"), *(rect(20 + i * 62, 930, 16, 140, "#442b1b") for i in range(27)))
    c.add(rail, *(_onlooker(c, x, y, s, d) for x, y, s in ((120, 985, 1.2), (372, 1004, 1.05), (590, 990, 1.25), (905, 1010, 1.1), (1140, 982, 1.3), (1430, 1000, 1.15))))


def _member(cam: Camera, d: Random, x: float, z: float, rise: float, toward: float, lit: str) -> str:
    """A councillor; `toward` is how far round they sit with their back to us."""
    vote = d.random() < 0.55
    wear = anyone(d, coat=d.choice(SUITS), head=d.choice(("short", "bald", "long", "bun", "short", "scarf")))
    if toward > 0.62:
        pose = Pose(view="back", arm=(160, 172) if vote else (14, -20), other_arm=(-14, 20), leg=(0, 0), other_leg=(0, 0))
        return cam.stand(x, z, pose, wear, base=rise - 0.36, filter=lit)
    pose = Pose(lean=2, arm=(158, 172) if vote else (26, 84), other_arm=(24, 78), leg=(86, 0), other_leg=(84, 0))
    return cam.stand(x, z, pose, wear, base=rise, seat=0.46 * 1, left=x > 0, filter=lit)


def _onlooker(c: Canvas, x: float, y: float, size: float, d: Random) -> str:
    """A head and shoulders from behind, close to and dark."""
    coat, hair = mix(d.choice(SUITS), "#0d0a0a", 0.55), mix(d.choice(HAIRS), "#0d0a0a", 0.45)
    return group(blob([(-150, 160), (-140, 40), (-66, -6), (-30, -40), (30, -40), (66, -6), (140, 40), (150, 160)], coat, 0.7), ellipse(0, -50, 28, 40, mix(SKINS[d.randrange(5)], "#140c0a", 0.55)),
                 blob([(-56, -60), (-62, -110), (-40, -164), (0, -178), (42, -164), (62, -108), (54, -56), (0, -34)], hair, 0.9), transform=f"translate({x} {y}) scale({size})", filter=round_light(c, "#ffd9a0", "#050404", 3, 3, rim=0.7, body=0.3, soft=2))


@picture("fish-market-auction")
def fish_market_auction(c: Canvas) -> None:
    """Silver under strip lamps."""
    cam, d = Camera(900, 420, 1250, 2.2), c.dice
    lit = round_light(c, "#eaf6f4", "#0c161c", -2, 4, rim=0.75, body=0.5)
    room = Room(-9, 9, 2.4, 30, 5.2, "#56666a", "#6f8286", "#3d4c52", dark="#0c161c")
    door = group(cam.upright(-3, 29.9, 6, 3.8, "#152238"), cam.upright(-2.6, 29.8, 0.12, 3.8, "#0c161c"), *(ellipse(*cam.see((x, y, 29.7)), 3, 3, "#ffd58c") for x, y in ((-1.8, 1.4), (0.6, 1.2), (1.9, 1.7))))
    beams = [cam.upright(-9, z, 18, 0.4, mix("#2c3a40", "#6f8286", z / 50), 4.8) for z in (28, 22, 17, 12.5, 9)]
    tubes = [cam.face([(x, 4.4, z), (x + 0.16, 4.4, z), (x + 0.16, 4.4, z + 2.4), (x, 4.4, z + 2.4)], "#fbffff") for x in (-5, 0, 5) for z in (24, 18, 13, 9, 6)]
    columns = [group(cam.post(x, z, 0, 5, 0.3, mix("#8fa4a6", "#0c161c", 0.25)), cam.post(x, z, 0, 0.8, 0.34, "#c9a63c")) for z in (24, 17) for x in (-6.6, 6.6)]
    shine = group(*(rect(cam.see((x, 0, z))[0] - w, cam.see((0, -4.4, z + 1))[1] - 500 / z * 2, w * 2, 1500 / z * 2.4, "#eefaf8", opacity=0.6) for x in (-5, 0, 5) for z in (24, 18, 13, 9) for w in (240 / z,)), filter=ripple(c, 60, 0.01, 0.04, 6), opacity=0.75)
    glare = [glow(c, *cam.see((x, 4.4, z)), 1900 / z, "#dff3f2", 0.5) for x in (-5, 0, 5) for z in (18, 13, 9)]
    boxes = []
    for z in (10.5, 9.2, 7.9, 6.6, 5.4, 4.3):
        for i in range(9):
            boxes.append(_fish_box(cam, d, -4.6 + i * 0.86 + (0.3 if z < 8 else 0), z))
    crowd = []
    for x, z, pose, flip in ((-4.4, 13, STAND, 0), (-3.3, 12.4, LISTEN, 0), (-2.4, 13.2, CROSSED, 0), (-1.4, 12.6, TALK, 0), (-0.4, 13.4, STAND, 0), (0.5, 12.4, LISTEN, 1), (1.5, 13, CROSSED, 1), (4.2, 9.4, LISTEN, 1), (4.9, 8.4, STAND, 1), (4.4, 7.0, CROSSED, 1), (-5.4, 9.5, LISTEN, 0), (-5.6, 7.4, STAND, 0), (5.5, 6.2, TALK, 1)):
        crowd.append((z, cam.stand(x, z, pose, anyone(d, coat=d.choice(("#c9b48a", "#34505e", "#4c5a4a", "#6a7478", "#2c3a46", "#8a4a34")), legs="#22323a", shoes="#1d3a34", head=d.choice(("cap", "beanie", "cap", "hood", "short")), accent=d.choice(("#24303a", "#5a4a3a", "#c9c4b4", "#a33d30"))), left=bool(flip), filter=lit)))
    step = cam.box(2.3, 11.6, (0.9, 0.4, 0.6), "#8a6a45")
    crowd.append((11.5, step + cam.stand(2.75, 11.8, replace(TALK, arm=(150, 168), other_arm=(30, 100)), Dress(coat="#efe9dc", legs="#22323a", skin=SKINS[0], head="hat", accent="#2b2a2c", hem=0.3), base=0.4, left=True, filter=lit)))
    crowd.append((4.6, cam.stand(-3.75, 4.6, replace(STOOP, lean=30), Dress(coat="#c98a2c", legs="#22323a", shoes="#1d3a34", skin=SKINS[2], head="beanie", accent="#2c4a5e", hem=0.42), left=False, filter=lit)))
    c.add(room.paint(c, cam), door, *columns, *beams, shine, *tubes, *glare)
    c.add(*(markup for _, markup in sorted([*crowd, *((z, "") for z in ())], key=lambda item: -item[0]) if _ > 10.6), *boxes, *(markup for _, markup in sorted(crowd, key=lambda item: -item[0]) if _ <= 10.6))


def _fish_box(cam: Camera, d: Random, x: float, z: float) -> str:
    """A shallow tray of ice with fish laid head to tail."""
    ice = cam.floor(x + 0.03, z + 0.03, 0.72, 0.5, "#e9f3f4", 0.17)
    fish, tone = [], d.choice(("#9fb4bd", "#7f98a4", "#b9c6c8", "#8d9a94", "#c08a7c"))
    for i in range(6):
        (ax, ay), s = cam.see((x + 0.1 + i * 0.105, 0.2, z + 0.26)), cam.scale(z + 0.26)
        h = 0.2 * s * 1.25 / (z * 0.42)
        fish.append(blob([(ax - 0.035 * s, ay), (ax, ay - h), (ax + 0.035 * s, ay), (ax, ay + h)], mix(tone, "#ffffff", d.uniform(0, 0.3)), 0.9))
        fish.append(stroke([(ax - 0.012 * s, ay - h * 0.7), (ax - 0.02 * s, ay), (ax - 0.01 * s, ay + h * 0.7)], "#ffffff", max(0.8, 0.012 * s), opacity=0.8))
    return group(cam.box(x, z, (0.78, 0.16, 0.56), "#3f6f86" if d.random() < 0.7 else "#c9b48a"), ice, *fish)


@picture("market-hall")
def market_hall(c: Canvas) -> None:
    """Iron, glass, bars of light."""
    cam, d = Camera(760, 600, 1250, 1.65), c.dice
    lit = round_light(c, "#fff3d0", "#1f1a16", -3, 3, rim=0.7, body=0.45)
    iron, sky_tone = "#3f5a52", "#eef0de"
    roof = [rect(0, 0, 1600, 600, c.linear([(0, "#9fb4ae"), (1, "#f3efd8")])), poly([cam.see((-9, 6.4, 46)), cam.see((0, 10, 46)), cam.see((9, 6.4, 46)), cam.see((9, 0, 46)), cam.see((-9, 0, 46))], "#d8cba8"),
            ellipse(*cam.see((0, 6.3, 45.9)), 96, 96, sky_tone), *(line([cam.see((0, 6.3, 45.8)), (cam.see((0, 6.3, 45.8))[0] + cos(a * pi / 8) * 96, cam.see((0, 6.3, 45.8))[1] + sin(a * pi / 8) * 96)], iron, 3) for a in range(16))]
    for side in (-1, 1):
        roof.append(cam.face([(0, 10.4, 2), (0, 10.4, 46), (side * 9, 6.2, 46), (side * 9, 6.2, 2)], c.linear([(0, "#f6f1d8"), (1, "#b7c7bf")]), opacity=0.85))
        roof += [cam.wire([(side * x, 10.4 - x * 0.467, 2), (side * x, 10.4 - x * 0.467, 46)], 2, iron, opacity=0.7) for x in (1.5, 3, 4.5, 6, 7.5)]
    for z in (44, 36, 29, 23, 18, 14, 10.5, 7.5, 5):
        tone, w = mix(iron, "#d8d8c4", min(0.7, z / 55)), max(2, 70 / z)
        roof += [cam.wire([(-9, 6.2, z), (0, 10.4, z), (9, 6.2, z)], w, tone), cam.wire([(-9, 6.2, z), (9, 6.2, z)], w * 0.6, tone), cam.wire([(0, 10.4, z), (0, 6.2, z)], w * 0.4, tone),
                 *(cam.wire([(s * 4.5, 6.2, z), (s * 4.5, 8.3, z)], w * 0.4, tone) for s in (-1, 1))]
    floor = group(cam.floor(-9, 2, 18, 44, c.linear([(0, "#e0cfa8"), (1, "#6e5d4a")], (0, 600), (0, 1067), "px")), streaks(c, "#4c3f33", across=0.02, down=0.08, amount=0.3, y=650, height=417, opacity=0.2))
    pieces: list[tuple[float, str]] = []
    palettes = (["#c9582c", "#e0a03a", "#6d8a3a", "#8a2f3a"], ["#e6cf8a", "#d9b45c", "#efe3b8"], ["#6a8a4a", "#9db35a", "#c94a3a"], ["#7a4a6a", "#3f6a7a", "#c98a5a"])
    stripes = (("#b5473a", "#efe6d0"), ("#3f6a5a", "#efe6d0"), ("#c9963c", "#f4ecd8"), ("#35526b", "#efe6d0"))
    for i, z in enumerate((6.4, 10.6, 15, 20, 26, 33)):
        for k, x in enumerate((-6.4, 2.6)):
            pieces.append((z, stall(cam, x, z, 3.4, stripes[(i + k * 2) % 4], palettes[(i * 2 + k) % 4], d)))
            pieces.append((z + 2.4, cam.stand(x + 1.6, z + 2.3, d.choice((STAND, CROSSED, TALK)), anyone(d, hem=0.3), filter=lit)))
    for z in (8.6, 13, 18, 24, 31):
        pieces += [(z - 0.2, group(cam.post(x, z, 0, 6.2, 0.22, mix(iron, "#d8d8c4", z / 60)), cam.post(x, z, 0, 1.2, 0.34, mix(iron, "#d8d8c4", z / 60)), cam.post(x, z, 5.7, 6.2, 0.5, mix(iron, "#d8d8c4", z / 60)))) for x in (-2.5, 2.1)]
    for x, z, pose, flip in ((-0.9, 6.0, WALK, 0), (0.9, 7.6, TALK, 1), (0.1, 8.0, LISTEN, 0), (-1.5, 10.5, BACK, 0), (1.0, 12, WALK, 1), (-0.4, 14.5, BACK, 0), (0.6, 17, STAND, 0), (-1.2, 21, WALK, 0), (0.9, 25, WALK, 1), (-0.3, 30, BACK, 0), (-2.2, 5.3, replace(LISTEN, head=14), 1)):
        pieces.append((z, cam.stand(x, z, pose, anyone(d), left=bool(flip), filter=lit)))
    bars = [shaft(c, [(x, 60), (x + 90, 50), (x - 180, 1000), (x - 420, 1000)], "#fff0c0", 0.42, 10) for x in (420, 640, 860, 1080, 1300)]
    basket = group(*(ellipse(px, py, 22, 13, "#8a5c34") for px, py in (cam.see((-0.62, 0.55, 6)),)))
    pigeon = group(ellipse(0, 0, 18, 12, "#6f7a84"), ellipse(14, -12, 8, 8, "#5a6670"), poly([(-14, 0), (-36, 6), (-14, 8)], "#5a6670"), transform="translate(1105 262)")
    c.add(*roof, floor, *(markup for _, markup in sorted(pieces, key=lambda item: -item[0])), basket, pigeon, *bars)
