"""Where the city meets itself indoors: council, market, library, archive, theatre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import cos, pi, sin
from random import Random

from broadsheet.demo.drawing.camera import Camera, Place
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
    return cam.stand(x, z, pose, wear, base=rise, seat=0.46, left=x > 0, filter=lit)


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
    for x, z, pose, flip in ((-4.4, 13, STAND, 0), (-3.3, 12.4, LISTEN, 0), (-2.4, 13.2, CROSSED, 0), (-1.4, 12.6, TALK, 0), (-0.4, 13.4, STAND, 0), (0.5, 12.4, LISTEN, 1), (1.5, 13, CROSSED, 1), (4.2, 9.4, LISTEN, 1), (4.9, 8.4, STAND, 1), (4.4, 7.0, CROSSED, 1), (-5.4, 9.5, LISTEN, 0), (-5.6, 7.4, STAND, 0), (-1.75, 3.5, BACK, 0), (2.0, 3.7, LISTEN, 1), (2.75, 3.4, BACK, 0)):
        crowd.append((z, cam.stand(x, z, pose, anyone(d, coat=d.choice(("#c9b48a", "#34505e", "#4c5a4a", "#6a7478", "#2c3a46", "#8a4a34")), legs="#22323a", shoes="#1d3a34", head=d.choice(("cap", "beanie", "cap", "hood", "short")), accent=d.choice(("#24303a", "#5a4a3a", "#c9c4b4", "#a33d30"))), left=bool(flip), filter=lit)))
    step = cam.box(2.3, 11.6, (0.9, 0.4, 0.6), "#8a6a45")
    crowd.append((11.5, step + cam.stand(2.75, 11.8, replace(TALK, arm=(150, 168), other_arm=(30, 100)), Dress(coat="#efe9dc", legs="#22323a", skin=SKINS[0], head="hat", accent="#2b2a2c", hem=0.3), base=0.4, left=True, filter=lit)))
    crowd.append((4.6, cam.stand(-3.0, 5.9, replace(STOOP, lean=30), Dress(coat="#c98a2c", legs="#22323a", shoes="#1d3a34", skin=SKINS[2], head="beanie", accent="#2c4a5e", hem=0.42), left=False, filter=lit)))
    ordered = sorted(crowd, key=lambda item: -item[0])
    c.add(room.paint(c, cam), door, *columns, *beams, shine, *tubes, *glare)
    c.add(*(markup for z, markup in ordered if z > 10.6), *boxes, *(markup for z, markup in ordered if z <= 10.6))


def _fish_box(cam: Camera, d: Random, x: float, z: float) -> str:
    """A shallow tray of ice with fish laid head to tail."""
    ice = cam.floor(x + 0.03, z + 0.03, 0.72, 0.5, "#e9f3f4", 0.17)
    fish, tone = [], d.choice(("#9fb4bd", "#7f98a4", "#b9c6c8", "#8d9a94", "#c08a7c"))
    for i in range(6):
        fx, flip = x + 0.1 + i * 0.105, 1 if d.random() < 0.6 else -1
        (ax, ay), (bx, by), s = cam.see((fx, 0.17, z + 0.09)), cam.see((fx + 0.03, 0.17, z + 0.44)), cam.scale(z + 0.26)
        mx, my, w = (ax + bx) / 2, (ay + by) / 2, 0.042 * s
        if flip < 0:
            (ax, ay), (bx, by) = (bx, by), (ax, ay)
        fish.append(blob([(ax, ay), (mx - w, my), (bx, by), (mx + w, my)], mix(tone, "#ffffff", d.uniform(0, 0.3)), 0.95))
        fish.append(poly([(bx, by), (bx - w * 0.8, by + (by - my) * 0.22), (bx + w * 0.8, by + (by - my) * 0.22)], mix(tone, "#203038", 0.25)))
        fish.append(stroke([(ax * 0.8 + bx * 0.2 - w * 0.3, ay * 0.8 + by * 0.2), (mx - w * 0.4, my), (ax * 0.2 + bx * 0.8 - w * 0.2, ay * 0.2 + by * 0.8)], "#ffffff", max(0.8, 0.012 * s), opacity=0.8))
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


@picture("library-reading-room")
def library_reading_room(c: Canvas) -> None:
    """A ring of galleries, green lamps, one reader asleep."""
    cam, d = Camera(800, 500, 1150, 2.3), c.dice
    lit = round_light(c, "#ffe6b0", "#1a100a", -3, 3, rim=0.75, body=0.45)
    spines = ("#6d3328", "#2f4a4a", "#8a6a3a", "#3c3f57", "#a58a5c", "#54432f", "#7a4a35", "#c8b48a")
    out = [rect(0, 0, 1600, 1067, "#4a2f1f")]
    radius, middle = 8.2, 9.6

    def arc(angle: float, up: float, r: float = radius) -> tuple[float, float, float]:
        return r * sin(angle), up, middle + r * cos(angle)

    steps = [(-0.62 + i * 0.04) * pi for i in range(32)]
    for low, high, tone in ((0, 3.2, "#5d3b26"), (3.2, 6.2, "#66432b"), (6.2, 7.2, "#b59468"), (7.2, 12, "#d9c49a")):
        for a0, a1 in zip(steps, steps[1:]):
            face = mix(tone, "#1c110b", 0.5 * abs((a0 + a1) / 2 / pi) * 1.3)
            out.append(cam.face([arc(a0, low), arc(a1, low), arc(a1, high), arc(a0, high)], face))
            if low < 6:
                out += _shelf(cam, d, arc, a0, a1, low, spines)
            elif low > 7:
                out.append(cam.face([arc(a0 + 0.03, 7.6), arc(a1 - 0.03, 7.6), arc(a1 - 0.03, 9.6), arc(a0 + 0.03, 9.6)], "#fbf0cf"))
    for up in (3.2, 6.2):
        out += [cam.face([arc(a0, up - 0.12, 7.4), arc(a1, up - 0.12, 7.4), arc(a1, up + 0.06, 7.4), arc(a0, up + 0.06, 7.4)], "#b5814a") for a0, a1 in zip(steps, steps[1:])]
        out += [cam.wire([arc(a0, up + 0.95, 7.4), arc(a1, up + 0.95, 7.4)], 4, "#c99a58") + cam.wire([arc(a0, up, 7.4), arc(a0, up + 0.95, 7.4)], 2, "#3a2416") for a0, a1 in zip(steps, steps[1:])]
    out.append(cam.stand(-4.6, 13.2, LISTEN, anyone(d, coat="#3c4f63", head="bun"), base=3.2, filter=lit))
    floor = group(cam.face([arc(a, 0) for a in steps] + [(9, 0, 2), (-9, 0, 2)], c.linear([(0, "#b98d5c"), (1, "#50341f")], (0, 560), (0, 1067), "px")))
    shafts = [shaft(c, [(x, 40), (x + 110, 40), (x2 + 190, 1000), (x2, 1000)], "#ffeebc", 0.34, 14) for x, x2 in ((360, 560), (760, 900), (1120, 1180))]
    c.add(*out, floor, *shafts)
    seats: list[tuple[float, str]] = []
    for ring in (2.4, 4.7):
        for i in range(26):
            a0, a1 = -0.5 * pi + pi * i / 26, -0.5 * pi + pi * (i + 1) / 26
            (x0, z0), (x1, z1) = ((ring * 1.2 * sin(a), 4.6 + ring * cos(a)) for a in (a0, a1))
            (x2, z2), (x3, z3) = (((ring + 0.7) * 1.2 * sin(a), 4.6 + (ring + 0.55) * cos(a)) for a in (a0, a1))
            z = min(z0, z1)
            seats.append((z, group(cam.face([(x0, 0, z0), (x1, 0, z1), (x1, 0.78, z1), (x0, 0.78, z0)], "#4a2d1a"), cam.face([(x0, 0.78, z0), (x1, 0.78, z1), (x3, 0.78, z3), (x2, 0.78, z2)], "#9a6a3c"))))
    people = ((-0.9, 8.0, "read"), (1.6, 7.7, "read"), (4.4, 8.0, "read"), (-4.9, 7.3, "sleep"), (3.0, 8.9, "read"), (-2.6, 8.9, "read"), (0.4, 9.4, "read"))
    for i, (x, z, _) in enumerate(people):
        wear = anyone(d, head=("long", "bald", "scarf", "short", "bun", "short", "beanie")[i])
        pose = Pose(view="front", arm=(24, -60), other_arm=(-24, 60), leg=(0, 0), other_leg=(0, 0), head=6)
        seats.append((z - 0.01, cam.stand(x, z, pose, wear, base=-0.42, half=True, filter=lit)))
        (bx, by), s = cam.see((x, 0.8, z - 0.75)), cam.scale(z - 0.7)
        seats.append((z - 0.9, poly([(bx - 0.2 * s, by), (bx, by + 0.05 * s), (bx + 0.2 * s, by), (bx + 0.17 * s, by - 0.1 * s), (bx, by - 0.06 * s), (bx - 0.17 * s, by - 0.1 * s)], "#f6ecd2")))
    for angle in (-1.15, -0.7, -0.25, 0.2, 0.65, 1.1):
        x, z = 4.95 * 1.2 * sin(angle), 4.6 + 4.95 * cos(angle)
        seats.append((z - 0.35, _green_lamp(c, cam, x, z)))
    for angle in (-0.9, 0.0, 0.9):
        x, z = 2.6 * 1.2 * sin(angle), 4.6 + 2.6 * cos(angle)
        seats.append((z - 0.3, _green_lamp(c, cam, x, z)))
    c.add(*(markup for _, markup in sorted(seats, key=lambda item: -item[0])))
    c.add(_sleeper(c, lit))


def _shelf(cam: Camera, d: Random, arc: Callable[[float, float], Place], a0: float, a1: float, low: float, spines: tuple[str, ...]) -> list[str]:
    """Four rows of spines in one bay of the curved wall."""
    out = []
    for row in range(4):
        base = low + 0.25 + row * 0.68
        for j in range(5):
            b0 = a0 + (a1 - a0) * (0.08 + j * 0.175)
            b1 = b0 + (a1 - a0) * 0.16
            tone, tall = mix(d.choice(spines), "#1c110b", 0.15 + 0.5 * abs(a0 / pi)), d.uniform(0.36, 0.54)
            out.append(cam.face([arc(b0, base), arc(b1, base), arc(b1, base + tall), arc(b0, base + tall)], tone))
    return out


def _green_lamp(c: Canvas, cam: Camera, x: float, z: float) -> str:
    """A banker's lamp on a desk."""
    (px, py), s = cam.see((x, 0.78, z)), cam.scale(z)
    return group(line([(px, py), (px, py - 0.3 * s)], "#c9a04c", 0.03 * s), ellipse(px, py, 0.09 * s, 0.025 * s, "#c9a04c"), glow(c, px, py - 0.16 * s, 0.9 * s, "#ffe7a8", 0.7),
                 blob([(px - 0.2 * s, py - 0.26 * s), (px - 0.15 * s, py - 0.38 * s), (px + 0.15 * s, py - 0.38 * s), (px + 0.2 * s, py - 0.26 * s)], "#2f7a52", 0.4), rect(px - 0.18 * s, py - 0.27 * s, 0.36 * s, 0.02 * s, "#fff4c8"))


def _sleeper(c: Canvas, lit: str) -> str:
    """Someone close to us, asleep on a folded arm, at a desk across the corner of the picture."""
    desk = group(poly([(820, 1090), (900, 968), (1640, 900), (1640, 1090)], "#8a5c34"), poly([(820, 1090), (900, 968), (1640, 900), (1640, 916), (912, 984), (846, 1090)], "#c08c54"))
    body = group(blob([(1210, 1080), (1200, 930), (1270, 850), (1390, 832), (1500, 880), (1560, 980), (1570, 1090)], "#7a4438", 0.8), limb([(1480, 930), (1330, 990), (1130, 976)], (96, 84, 60), "#8a5042"),
                 ellipse(1120, 974, 32, 24, SKINS[1]), ellipse(1196, 902, 66, 60, SKINS[1]), blob([(1150, 850), (1210, 826), (1276, 850), (1290, 910), (1262, 956), (1240, 900), (1190, 872), (1148, 880)], "#4a3626", 0.9), stroke([(1158, 908), (1172, 914), (1184, 910)], "#5c3222", 4),
                 ellipse(1224, 916, 10, 15, "#b97f5c"), filter=lit)
    book = group(poly([(920, 1010), (1010, 984), (1080, 1030), (980, 1066)], "#f3e9cf"), line([(965, 997), (1030, 1048)], "#b9a680", 3), *(line([(946 + i * 12, 1016 + i * 8), (990 + i * 10, 1004 + i * 8)], "#a8977a", 1.6) for i in range(4)))
    return group(desk, book, body)


@picture("archive-strongroom")
def archive_strongroom(c: Canvas) -> None:
    """One bay is empty."""
    cam, d = Camera(800, 520, 1250, 1.6), c.dice
    lit = round_light(c, "#e6f2f0", "#0d171c", -3, 3, rim=0.7, body=0.45)
    room = Room(-7, 7, 2, 9.4, 3.2, "#77847f", "#8e9c98", "#a9b3ad", dark="#10191d")
    out = [room.paint(c, cam)]
    for bay in range(-4, 5):
        x, empty = bay * 1.5 - 0.75, bay == 0
        out += [cam.upright(x, 7.0, 1.5, 2.7, "#29343a"), cam.upright(x - 0.04, 6.9, 0.08, 2.75, "#c5cdc8")]
        for row in range(6):
            base = 0.14 + row * 0.44
            if empty:
                out.append(cam.floor(x + 0.05, 7.0, 1.4, 0.5, mix("#5d6a6a", "#8d9894", 0.5), base) if base < 1.5 else "")
                out += [cam.upright(x + 0.12 + j * 0.34, 6.98, 0.26, 0.012, "#d8d6c8", base + 0.02, opacity=0.9) for j in range(4)]
                out.append(cam.upright(x + 0.05, 7.4, 1.4, 0.4, "#1c262b", base + 0.02, opacity=0.55))
            else:
                for j in range(4):
                    tone = mix(d.choice(("#8d9596", "#7d8789", "#9aa09c", "#848b86")), "#10191d", 0.08 * abs(bay))
                    tall = 0.36
                    out += [cam.upright(x + 0.08 + j * 0.345, 6.95, 0.32, tall, tone, base), cam.upright(x + 0.08 + j * 0.345, 6.94, 0.32, 0.07, mix(tone, "#ffffff", 0.14), base + tall - 0.07), cam.upright(x + 0.17 + j * 0.345, 6.93, 0.14, 0.11, "#efe9d6", base + 0.1)]
            out.append(cam.upright(x, 6.9, 1.5, 0.035, "#b5bfba", base - 0.035))
        out.append(cam.upright(x + 0.5, 6.88, 0.5, 0.14, "#efe9d6", 2.72) if bay else cam.upright(x + 0.5, 6.88, 0.5, 0.14, "#c9472f", 2.72))
    rails = [cam.upright(-7, 6.6, 14, 0.02, "#39464a", 0.0), cam.floor(-7, 6.5, 14, 0.12, "#4d5a5c")]
    tubes = [group(cam.floor(x, 5.4, 2.6, 0.18, "#ffffff", 3.15), glow(c, *cam.see((x + 1.3, 3.1, 5.4)), 420, "#dff0f0", 0.45)) for x in (-5, -1.3, 2.4)]
    gap = glow(c, 800, 470, 330, "#eef8f2", 0.22)
    shadow_patch = ellipse(620, 1010, 210, 24, "#10191d", opacity=0.5, filter=blur(c, 12))
    archivist = cam.stand(-0.82, 4.35, replace(LISTEN, arm=(20, 104), other_arm=(10, 78), head=-8), Dress(coat="#a8672f", legs="#2b3a44", skin=SKINS[3], hair="#a7a6a3", head="bun", hem=0.4, accent="#efe9d6"), filter=lit)
    (hx, hy), s = cam.see((-0.46, 1.16, 4.3)), cam.scale(4.3)
    board = group(poly([(hx - 0.02 * s, hy + 0.02 * s), (hx + 0.2 * s, hy - 0.05 * s), (hx + 0.26 * s, hy - 0.28 * s), (hx + 0.05 * s, hy - 0.22 * s)], "#6b4a2c"), poly([(hx + 0.01 * s, hy - 0.01 * s), (hx + 0.18 * s, hy - 0.07 * s), (hx + 0.235 * s, hy - 0.25 * s), (hx + 0.06 * s, hy - 0.2 * s)], "#fbf7ea"), ellipse(hx, hy + 0.01 * s, 0.05 * s, 0.045 * s, "#ffffff"))
    trolley = group(cam.box(2.3, 4.6, (1.0, 0.05, 0.55), "#5d6a6c", base=0.3), cam.box(2.3, 4.6, (1.0, 0.05, 0.55), "#5d6a6c", base=0.8), *(cam.post(x, 4.6, 0.08, 1.0, 0.04, "#39464a") for x in (2.32, 3.28)), cam.box(2.45, 4.65, (0.34, 0.3, 0.4), "#8d9596", base=0.85), *(ellipse(*cam.see((x, 0.06, 4.6)), 12, 12, "#22292c") for x in (2.35, 3.25)))
    c.add(*out, *rails, *tubes, gap, shadow_patch, trolley, archivist, board)


@picture("theatre-auditorium")
def theatre_auditorium(c: Canvas) -> None:
    """From the stage: gilt, red seats half in plastic, somebody at the chandelier."""
    cam, d = Camera(800, 560, 1050, 2.6), c.dice
    lit = round_light(c, "#ffdf9e", "#12060a", 3, -2, rim=0.85, body=0.4)
    out = [rect(0, 0, 1600, 1067, c.radial([(0, "#7a2f2c"), (0.6, "#4a1a20"), (1, "#1c0a10")], (800, 380), 1000))]
    middle = 13.5

    def arc(angle: float, up: float, r: float) -> tuple[float, float, float]:
        return r * 1.15 * sin(angle), up, middle + r * cos(angle)

    steps = [(-0.66 + i * 0.033) * pi for i in range(41)]
    pairs = list(zip(steps, steps[1:]))
    out += [cam.face([arc(a, 0, 9.5), arc(b, 0, 9.5), arc(b, 12, 9.5), arc(a, 12, 9.5)], mix("#6d2a2a", "#14070b", 0.2 + 0.5 * abs(a) / pi)) for a, b in pairs]
    for up in (3.3, 6.3):
        for i, (a, b) in enumerate(pairs):
            shade = 0.1 + 0.5 * abs(a) / pi
            out += [cam.face([arc(a, up - 1.2, 9.3), arc(b, up - 1.2, 9.3), arc(b, up, 9.3), arc(a, up, 9.3)], "#1f0b10", opacity=0.8)]
            out.append(cam.face([arc(a, up - 0.55, 8), arc(b, up - 0.55, 8), arc(b, up + 0.5, 8), arc(a, up + 0.5, 8)], mix("#d8a84e", "#2a1408", shade)))
            out.append(cam.face([arc(a + 0.012, up - 0.3, 7.98), arc(b - 0.012, up - 0.3, 7.98), arc(b - 0.012, up + 0.3, 7.98), arc(a + 0.012, up + 0.3, 7.98)], mix("#efe0bd", "#2a1408", shade + 0.08)))
            if i % 2 == 0:
                px, py = cam.see(arc((a + b) / 2, up, 7.95))
                s = cam.scale(arc(a, 0, 7.95)[2])
                out.append(ellipse(px, py, 0.12 * s, 0.17 * s, mix("#c08c34", "#2a1408", shade)))
            out.append(cam.face([arc(a, up + 0.5, 8), arc(b, up + 0.5, 8), arc(b, up + 0.64, 8), arc(a, up + 0.64, 8)], mix("#9c2f34", "#14070b", shade)))
            if i % 5 == 2:
                px, py = cam.see(arc(a, up - 0.7, 7.95))
                out += [glow(c, px, py, 74, "#ffd08a", 0.9), ellipse(px, py, 5, 6, "#fff2cc")]
        out += [cam.post(*((p := arc(a, 0, 8.1))[0], p[2]), up - 3.1, up - 0.5, 0.14, "#c49a4c") for a in (-1.3, -0.85, -0.4, 0.4, 0.85, 1.3)]
    out += [rect(0, 0, 1600, 40, "#2a0f12", opacity=0.4)]
    seats = []
    for row in range(9):
        z, rise = 14.2 - row * 1.02, (8 - row) * 0.16
        count = 13 - row // 2
        for i in range(-count, count + 1):
            if abs(i) <= 0:
                continue
            x = i * 0.58 + (0.2 if i > 0 else -0.2)
            seats.append(_stalls_seat(cam, x, z, rise, wrapped=(i > 0) != (row % 5 == 4 and abs(i) > 6)))
    px, py = 800, 250
    chandelier = group(line([(px, -10), (px, py - 60)], "#caa04e", 5), *(ellipse(px, py - 60 + k * 52, 50 + k * 46, 12 + k * 7, "none", stroke="#d8ae5c", stroke_width=5) for k in range(3)),
                       *(line([(px + x, py - 50), (px + x * 1.7, py + 60)], "#f6e7c0", 1.6, opacity=0.7) for x in range(-50, 51, 10)), *(ellipse(px + d.gauss(0, 66), py + d.uniform(-50, 84), r := d.uniform(2, 5), r * 1.5, "#fff6dc", opacity=d.uniform(0.4, 1)) for _ in range(120)), glow(c, px, py + 10, 330, "#ffe2a0", 0.75))
    ladder = group(*(line([(x0, 300), (x1, 860)], "#b9b2a2", 8) for x0, x1 in ((926, 880), (966, 972))), *(line([(924 - i * 2.4, 330 + i * 30), (966 + i * 0.4, 330 + i * 30)], "#b9b2a2", 5) for i in range(18)), line([(966, 300), (1068, 860)], "#8d8678", 7))
    worker = cam.stand(2.05, 14.0, replace(TALK, arm=(-112, -120), other_arm=(-96, -104)), Dress(coat="#e6dfcc", legs="#35506b", skin=SKINS[2], head="cap", accent="#35506b", hem=0.48), base=4.3, stature=1.8, filter=lit)
    c.add(*out, chandelier, *seats, ladder, worker, poly([(0, 1067), (0, 1010), (1600, 1010), (1600, 1067)], "#2a1810"), *(line([(i * 100 - 40 + (i - 8) * 10, 1067), (i * 100, 1010)], "#170c08", 2) for i in range(17)),
          *(glow(c, x, 1024, 90, "#ffe0a0", 0.6) + rect(x - 22, 1016, 44, 12, "#120a08") for x in range(130, 1600, 190)))


def _stalls_seat(cam: Camera, x: float, z: float, rise: float, *, wrapped: bool) -> str:
    """A tip-up seat facing us, under plastic or not."""
    (px, py), s = cam.see((x, rise, z)), cam.scale(z)
    w, h = 0.25 * s, 0.95 * s
    tone = "#a8262e"
    seat = group(blob([(px - w, py), (px - w, py - h * 0.8), (px - w * 0.7, py - h), (px + w * 0.7, py - h), (px + w, py - h * 0.8), (px + w, py)], tone, 0.5), rect(px - w * 0.95, py - h * 0.5, w * 1.9, h * 0.22, mix(tone, "#3a060c", 0.4), rx=4), rect(px - w * 1.1, py - h * 0.62, w * 0.2, h * 0.6, "#5c3a1e"),
                 rect(px + w * 0.9, py - h * 0.62, w * 0.2, h * 0.6, "#5c3a1e"))
    if not wrapped:
        return seat
    return group(seat, blob([(px - w * 1.15, py), (px - w * 1.2, py - h * 0.8), (px - w * 0.6, py - h * 1.06), (px + w * 0.7, py - h * 1.04), (px + w * 1.2, py - h * 0.76), (px + w * 1.1, py)], "#e9eef0", 0.6, opacity=0.4),
                 stroke([(px - w * 0.8, py - h * 0.9), (px - w * 0.3, py - h * 0.5), (px - w * 0.7, py - h * 0.1)], "#ffffff", 2, opacity=0.6), stroke([(px + w * 0.6, py - h), (px + w * 0.2, py - h * 0.6), (px + w * 0.7, py - h * 0.2)], "#ffffff", 1.6, opacity=0.5))


@picture("rehearsal-room")
def rehearsal_room(c: Canvas) -> None:
    """The tape on the floor is the sea."""
    cam, d = Camera(860, 470, 1250, 1.65), c.dice
    lit = round_light(c, "#fff6dd", "#231a18", -4, 1, rim=0.8, body=0.45)
    room = Room(-5.6, 5.6, 2, 9.6, 3.8, "#b98a5a", "#cfc4ae", "#e6dfce", dark="#2a2018")
    roofs = group(cam.upright(-4.9, 9.55, 9.8, 2.3, "#dfe6de", 0.9), *(poly([(x, 560), (x, 470), (x + 70, 420), (x + 140, 470), (x + 140, 560)], tone) for x, tone in ((300, "#b98a72"), (430, "#a5796a"), (600, "#c09a80"), (760, "#9a8078"), (930, "#b58a70"), (1090, "#a87f6c"), (1260, "#bb967c"))), *(rect(x, 400, 18, 60, "#8d6a5c") for x in (350, 640, 980, 1150)))
    frames = group(*(cam.upright(-4.9 + i * 1.225 - 0.05, 9.5, 0.1, 2.4, "#f2ecdf", 0.85) for i in range(9)), *(cam.upright(-4.95, 9.5, 9.9, 0.08, "#f2ecdf", h) for h in (0.85, 1.9, 3.2)))
    hide = cam.upright(-5.6, 9.52, 11.2, 0.86, "#cfc4ae")
    piano = group(cam.box(3.7, 6.4, (1.7, 1.3, 0.7), "#3d241a"), cam.upright(3.8, 6.38, 1.5, 0.09, "#f2ecdf", 0.72), cam.box(3.7, 6.05, (1.7, 0.1, 0.36), "#4a2c1e", base=0.66), *(cam.upright(3.85 + i * 0.1, 6.03, 0.05, 0.05, "#15100e", 0.76) for i in range(13)), cam.upright(4.3, 6.37, 0.5, 0.34, "#f6efdc", 0.92))
    light = [cam.face([(-4.8 + i * 1.225, 0.01, 9.4), (-3.8 + i * 1.225, 0.01, 9.4), (-2.4 + i * 1.6, 0.01, 3.6), (-3.7 + i * 1.6, 0.01, 3.6)], "#fff0cc", opacity=0.3) for i in range(8)]
    tape = [stroke([cam.see((x0 + k * 0.5, 0.01, z + (0.16 if k % 2 else -0.16))) for k in range(7)], tone, 5) for x0, z, tone in ((-2.0, 6.9, "#2f6a8a"), (-1.2, 6.1, "#2f6a8a"), (-2.2, 5.4, "#2f6a8a"))] + [line([cam.see((1.5, 0.01, 7.3)), cam.see((2.3, 0.01, 6.6))], "#c9472f", 6), line([cam.see((2.3, 0.01, 7.3)), cam.see((1.5, 0.01, 6.6))], "#c9472f", 6)]
    seats: list[tuple[float, str]] = []
    ring = ((-3.5, 7.0, "right"), (-3.1, 5.7, "right"), (-2.4, 8.4, "front"), (-0.9, 8.8, "front"), (0.8, 8.8, "front"), (2.4, 8.2, "front"), (3.1, 6.3, "left"), (2.9, 5.0, "left"))
    for i, (x, z, way) in enumerate(ring):
        wear = anyone(d, coat=("#b4523b", "#3c5f63", "#d0a04c", "#58486f", "#7d8a5c", "#94553c", "#35506b", "#c98a6a")[i], hem=0.47, head=("long", "short", "bun", "beanie", "scarf", "bald", "short", "long")[i])
        if i == 5:
            seats.append((z, _stack_chair(cam, x, z, "toward")))
            continue
        pose = replace(SIT, lean=-3 + i, arm=(24, 84), other_arm=(20, 72)) if way != "front" else Pose(view="front", arm=(20, -50), other_arm=(-20, 50), leg=(12, 2), other_leg=(-12, -2), head=4)
        chair_z = z + (0.1 if way == "front" else 0)
        seats += [(chair_z + 0.05, _stack_chair(cam, x, chair_z, "toward" if way == "front" else way)), (z, cam.stand(x, z, pose, wear, seat=0.47 if way != "front" else 0.3, base=0 if way != "front" else 0.0, left=way == "left", filter=lit)), (z - 0.05, _script(cam, x + {"right": 0.42, "left": -0.42, "front": 0}[way], z - 0.1, 0.62 if way == "front" else 0.86))]
    actor = cam.stand(0.1, 5.9, replace(TALK, lean=3, arm=(98, 82), other_arm=(-16, 10), leg=(16, 6), other_leg=(-12, -14), head=-8), Dress(coat="#7a2f3a", legs="#25282e", skin=SKINS[4], hair="#1d1815", head="short", hem=0.48), stature=1.84, filter=lit)
    seats.append((5.9, actor))
    shades = [ellipse(*cam.see((x, 0, z)), 0.5 * cam.scale(z), 0.09 * cam.scale(z), "#3a2616", opacity=0.3, filter=blur(c, 4)) for x, z, _ in (*ring, (0.1, 5.9, ""))]
    c.add(room.paint(c, cam), roofs, hide, frames, room.boards(cam, 0.26, 0.35), *light, *tape, piano, *shades, *(m for _, m in sorted(seats, key=lambda item: -item[0])))


def _stack_chair(cam: Camera, x: float, z: float, facing: str) -> str:
    """A grey stacking chair."""
    legs = [cam.post(px, pz, 0, 0.46, 0.03, "#5d5a56") for px in (x - 0.2, x + 0.2) for pz in (z + 0.2, z - 0.2)]
    back = cam.upright(x - 0.22, z + 0.22, 0.44, 0.42, "#4f6a72", 0.5) if facing == "toward" else cam.flank(x + (-0.24 if facing == "right" else 0.24), z - 0.2, 0.4, 0.42, "#4f6a72", 0.5)
    return group(back, *legs, cam.floor(x - 0.22, z - 0.2, 0.44, 0.42, "#5f7c84", 0.46))


def _script(cam: Camera, x: float, z: float, up: float) -> str:
    """Stapled pages, held open `up` metres above the floor."""
    (px, py), s = cam.see((x, up, z)), cam.scale(z)
    return poly([(px - 0.13 * s, py), (px, py + 0.03 * s), (px + 0.13 * s, py), (px + 0.11 * s, py - 0.16 * s), (px, py - 0.12 * s), (px - 0.11 * s, py - 0.16 * s)], "#fdf9ee")
