"""Buildings and works of the city by day: bridge, school, hospital, court, allotments, parliament."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin
from random import Random

from broadsheet.demo.drawing.camera import Camera, Facade, flank_wall, upright_wall
from broadsheet.demo.drawing.gallery import picture
from broadsheet.demo.drawing.harbour import afloat, gulls, water
from broadsheet.demo.drawing.light import (
    DAY, GOLDEN, GREY, MORNING, STORM, blur, clouds, glow, mist, mix, rain, rough, round_light, sky, streaks)
from broadsheet.demo.drawing.people import (
    BACK, CROSSED, HIPS, LISTEN, POINT, RAISE, SKINS, STAND, STOOP, STRIDE, TALK, WALK, Dress, Pose, anyone, figure)
from broadsheet.demo.drawing.street import wet_ground
from broadsheet.demo.drawing.svg import Canvas, blob, ellipse, group, limb, line, poly, rect, stroke
from broadsheet.demo.drawing.town import ridge, row_of_houses, spire, tree


@picture("wind-blades-quay")
def wind_blades_quay(c: Canvas) -> None:
    """Each as long as a street."""
    pal, y, cam, d = MORNING, 330, Camera(430, 330, 1150, 14), c.dice
    lit = round_light(c, "#ffffff", "#5c7480", 2, 5, rim=0.7, body=0.5)
    vessel = group(*(rect(x, y - 350, 20, 352, "#3f5f78") + rect(x, y - 350, 20, 352, "#2f4a60", opacity=0.4) for x in (1010, 1130, 1370, 1480)), *(line([(x, y - 340 + i * 24), (x + 20, y - 328 + i * 24)], "#7f9aaa", 2) for x in (1010, 1130, 1370, 1480) for i in range(14)),
                   poly([(960, y - 80), (1540, y - 80), (1520, y + 4), (990, y + 4)], "#c9502f"), rect(960, y - 92, 580, 14, "#e9e4d6"), rect(1400, y - 200, 110, 110, "#f1eee4"), *(rect(1410, y - 186 + i * 30, 90, 10, "#3a4d58") for i in range(3)), rect(1390, y - 216, 130, 14, "#d8d4c8"), rect(1424, y - 232, 60, 16, "#e4b23c"),
                   line([(1090, y - 90), (1090, y - 200), (1290, y - 330)], "#d8a22c", 10), line([(1090, y - 250), (1290, y - 330)], "#8a6a2c", 2), line([(1290, y - 330), (1290, y - 180)], "#5c6a70", 2), rect(1072, y - 214, 40, 60, "#d8a22c"))
    vessel = group(vessel, transform=f"translate(380 {y * 0.28 + 10:.0f}) scale(0.72)")
    turbines = group(*(_turbine(x, y + 2, h, a, pal.far("#ffffff", 0.1)) for x, h, a in ((90, 90, 10), (190, 74, 50), (280, 84, 90), (700, 66, 30), (790, 76, 70))))
    heaven = group(sky(c, pal, y), clouds(c, "#dfe6e2", "#ffffff", top=120, bottom=440, cover=0.32, scale=1.2, opacity=0.7))
    c.add(heaven, turbines, vessel, water(c, pal, y, group(heaven, vessel), calm=0.5, glints=0.3, below=556),
          cam.face([(-60, 0, 76), (160, 0, 76), (60, 0, 6), (-20, 0, 6)], c.linear([(0, "#cfcbbd"), (1, "#8f8b80")], (0, 540), (0, 900), "px")), streaks(c, "#6d6a62", across=0.012, down=0.06, amount=0.36, y=540, height=360, opacity=0.2), cam.wire([(-60, 0, 76), (160, 0, 76)], 4, "#e3c34a"))
    for i, (z, tone) in enumerate(((70, 0.2), (47, 0.08), (32.5, 0.0))):
        c.add(_blade(c, cam, z, mix("#fbfaf4", pal.haze, tone), lit))
    people = [cam.stand(x, z, pose, Dress(coat="#e2672a", legs="#27414f", head="helmet", accent="#f4f1e6", skin=skin, hem=0.46), left=flip) for x, z, pose, skin, flip in ((4.2, 29.6, POINT, SKINS[3], False), (2.6, 29.3, LISTEN, SKINS[0], False))]
    c.add(*people, gulls(d, 5, (480, 90, 420, 200), (24, 52), "#ffffff"))


def _turbine(x: float, base: float, height: float, angle: float, colour: str) -> str:
    hub = (x, base - height)
    return group(line([(x, base), hub], colour, 2.4), *(line([hub, (x + height * 0.6 * sin((angle + k * 120) * pi / 180), base - height - height * 0.6 * cos((angle + k * 120) * pi / 180))], colour, 2) for k in range(3)))


def _blade(c: Canvas, cam: Camera, z: float, colour: str, lit: str, length: float = 94) -> str:
    """A turbine blade on its cradles, root to the left."""
    x = -15 + (z - 31) * 0.12
    top = [(x, 4.6), (x + 4, 4.7), (x + 13, 6.4), (x + 22, 5.6), (x + 44, 3.6), (x + length * 0.8, 1.55), (x + length, 1.2)]
    low = [(x + length, 1.1), (x + length * 0.8, 1.1), (x + 44, 1.2), (x + 22, 1.0), (x + 13, 1.0), (x + 4, 1.3), (x, 1.4)]
    body = blob([cam.see((px, py, z)) for px, py in top + low], colour, 0.7, filter=lit)
    root = ellipse(*cam.see((x, 3.0, z)), 0.6 * cam.scale(z), 1.6 * cam.scale(z), "#8d979a")
    inner = ellipse(*cam.see((x, 3.0, z)), 0.4 * cam.scale(z), 1.25 * cam.scale(z), "#2f3b42")
    cradles = [group(cam.box(x + px, z - 0.1, (1.6, tall, 2.0), "#3f6a8a"), cam.upright(x + px - 0.8, z - 0.12, 3.2, 0.35, "#2d4c66")) for px, tall in ((9, 1.6), (40, 1.7), (length * 0.8, 1.6))]
    shade = ellipse(*cam.see((x + length * 0.42, 0, z)), length * 0.46 * cam.scale(z), 0.9 * cam.scale(z) * 0.4, "#3b3a36", opacity=0.35, filter=blur(c, 8, 3))
    tip = cam.wire([(x + 14, 4.8, z - 0.05), (x + 44, 2.4, z - 0.05), (x + length * 0.9, 1.3, z - 0.05)], 2, "#c9ced0")
    return group(shade, *cradles, body, tip, root, inner)


@picture("bridge-works-swing")
def bridge_works_swing(c: Canvas) -> None:
    """Open to ships, closed to everybody else."""
    pal, y, d = replace(GREY, sky=("#7f96a6", "#a3b4bd", "#c6cfd0", "#dcdcd2"), water=("#a7b4b8", "#41555f")), 700, c.dice
    lit = round_light(c, "#f6f2e2", "#1f2a30", -3, 2, rim=0.6, body=0.4)
    iron, primer = "#4c5f68", "#c07a3c"
    banks = group(row_of_houses(d, -20, 460, y - 20, 130, [pal.far(t, 0.4) for t in ("#8a5a48", "#a07a5c", "#75706a")], pal.far("#4b4644", 0.4), width=64), row_of_houses(d, 1180, 1640, y - 20, 150, [pal.far(t, 0.4) for t in ("#8a5a48", "#a07a5c", "#75706a")], pal.far("#4b4644", 0.4), width=70), rect(-20, y - 22, 500, 30, pal.far("#5c5a54", 0.3)), rect(1170, y - 22, 480, 30, pal.far("#5c5a54", 0.3)))
    deck = y - 190
    girders = [line([(120, deck), (1480, deck)], iron, 26, stroke_linecap="butt"), line([(120, deck + 22), (1480, deck + 22)], mix(iron, "#10181c", 0.4), 12, stroke_linecap="butt")]

    def crown(x: float) -> float:
        return deck - 60 - 190 * max(0.0, 1 - abs(x - 800) / 680) ** 0.75

    xs = [140 + i * 66 for i in range(21)]
    for i, x in enumerate(xs):
        tone = primer if 5 <= i <= 12 else iron
        girders.append(line([(x, deck), (x, crown(x))], tone, 11))
        if i < 20:
            girders += [line([(x, crown(x)), (xs[i + 1], crown(xs[i + 1]))], tone, 17), line([(x, deck), (xs[i + 1], crown(xs[i + 1]))] if i < 10 else [(x, crown(x)), (xs[i + 1], deck)], mix(tone, "#10181c", 0.2), 7)]
        girders += [ellipse(x, crown(x) + k, 2.6, 2.6, mix(tone, "#ffffff", 0.4)) for k in (-4, 4)]
    drum = group(poly([(640, deck + 28), (960, deck + 28), (930, deck + 84), (670, deck + 84)], mix(primer, iron, 0.4)), *(rect(682 + i * 34, deck + 40, 16, 36, mix(iron, "#10181c", 0.4)) for i in range(8)), poly([(690, deck + 84), (910, deck + 84), (940, y + 20), (660, y + 20)], "#8f8a7e"), *(line([(680 - k * 3, deck + 110 + k * 26), (920 + k * 3, deck + 110 + k * 26)], "#6d695f", 3) for k in range(4)))
    scaffold = [line([(x, crown(x) - 50), (x, y - 40)], "#b9a27c", 4) for x in range(980, 1500, 44)] + [line([(970, yy), (1490, yy)], "#b9a27c", 4) for yy in range(int(deck - 190), int(y - 40), 52)] + [rect(970, yy - 3, 520, 7, "#8a6a44") for yy in range(int(deck - 138), int(y - 60), 104)]
    sheet = blob([(1190, crown(1190) - 60), (1330, crown(1330) - 56), (1500, deck - 130), (1508, deck + 60), (1470, deck + 110), (1400, deck + 86), (1300, deck + 118), (1210, deck + 90), (1186, deck - 40)], "#eef0ea", 0.4, opacity=0.93)
    folds = [stroke([(x, deck - 150), (x + 14, deck - 40), (x - 6, deck + 86)], "#b7c0c0", 7, opacity=0.7) for x in (1230, 1290, 1350, 1420, 1470)]
    men = [figure(x, yy, 118, pose, Dress(coat="#d9682c", legs="#27343c", head="helmet", accent="#f2efe2", skin=skin, hem=0.47), left=flip, filter=lit) for x, yy, pose, skin, flip in ((626, crown(626) - 4, STOOP, SKINS[1], False), (900, crown(900) + 4, replace(LISTEN, arm=(40, 90)), SKINS[4], True))]
    ropes = [line([(640, crown(640) - 70), (760, crown(760))], "#e9dfb8", 2), line([(888, crown(888) - 66), (800, crown(800))], "#e9dfb8", 2)]
    barge = group(poly([(300, y + 40), (820, y + 40), (790, y + 106), (330, y + 106)], "#3a3f44"), rect(300, y + 30, 520, 12, "#7a4a32"), rect(340, y - 40, 90, 70, "#c9a63c"), rect(352, y - 28, 50, 30, "#2b363c"), line([(410, y - 34), (560, y - 190)], "#c9a63c", 12), line([(400, y - 60), (560, y - 190)], "#8a7430", 3), line([(560, y - 190), (560, y - 60)], "#3a3f44", 2.5), rect(536, y - 62, 48, 30, primer), rect(640, y + 2, 120, 30, "#8a6a44"), rect(650, y - 14, 90, 16, primer), filter=lit)
    world = group(banks, *girders, drum, *scaffold, sheet, *folds)
    heaven = group(sky(c, pal, y), clouds(c, "#97a6ad", "#e9ebe4", top=-60, bottom=560, cover=0.55, scale=1.2))
    c.add(heaven, spire(1010, y - 20, 230, pal.far("#5d6264", 0.6)), world, mist(c, "#d8dbd4", y, 80, 0.4), water(c, pal, y + 6, group(heaven, world), calm=0.55, glints=0.16), *ropes, *men, afloat(c, barge, y + 104), gulls(d, 4, (150, 160, 360, 200), (30, 58), "#f4f3ea"))


@picture("hollin-hill-street")
def hollin_hill_street(c: Canvas) -> None:
    """One in nine, looking down to the estuary."""
    pal, d = replace(DAY, sky=("#6fa3c0", "#a9c9d2", "#dfe6dc", "#f3ecd6")), c.dice
    lit = round_light(c, "#fff4d2", "#2a2220", -4, 2, rim=0.75, body=0.45)
    top = 520
    c.add(sky(c, pal, top), clouds(c, "#cfdbdc", "#ffffff", top=10, bottom=380, cover=0.42, scale=0.7), ridge(d, 960, 470, 50, pal.far("#5d7f78", 0.6)), rect(0, 462, 960, 90, "#b9d3d4"), *(rect(d.uniform(300, 640), d.uniform(470, 520), d.uniform(20, 90), 2, "#ffffff", opacity=0.8) for _ in range(24)),
          poly([(470, 482), (490, 482), (494, 488), (466, 488)], "#3a4a54"), poly([(478, 482), (478, 458), (492, 480)], "#fbf6e6"))
    for k in range(9, -1, -1):
        c.add(_terrace_pair(d, k))
    road = poly([(452, 566), (532, 566), (1010, 1260), (120, 1260)], c.linear([(0, "#a39c92"), (1, "#6b665f")]))
    c.add(road, *(line([(492 + (x - 492) * s, 566 + s * 640), (492 + (x - 492) * s - 40 * s, 566 + s * 640)], "#57524c", 1.5, opacity=0.5) for s in [i / 22 for i in range(4, 23)] for x in (300, 520, 700)),
          poly([(452, 566), (466, 566), (250, 1260), (60, 1260)], "#b7ad9c"), line([(466, 566), (250, 1260)], "#e0d8c6", 5), poly([(518, 566), (534, 566), (1010, 1230), (880, 1260)], "#b7ad9c"), line([(518, 566), (880, 1260)], "#e0d8c6", 5))
    for k in range(7):
        s = 0.12 + 0.14 * k
        x, yy, h = 462 - 262 * s, 566 + 640 * s, 24 + 150 * s
        c.add(line([(x, yy), (x, yy - h)], "#2b3538", 2 + 5 * s))
    c.add(line([(430, 600 - 30), (150, 1290 - 170)], "#2b3538", 8), line([(436, 604 - 22), (180, 1260 - 110)], "#2b3538", 4))
    for k in range(8):
        s = 0.1 + 0.125 * k
        x, yy, h = 526 + 372 * s, 566 + 660 * s, 16 + 84 * s
        c.add(poly([(x - 2 - 4 * s, yy), (x + 2 + 4 * s, yy), (x + 2 + 4 * s, yy - h), (x - 2 - 4 * s, yy - h)], "#d8b078"), rect(x - 2 - 4 * s, yy - h, 4 + 8 * s, h * 0.24, "#c7362a"))
    for s, tones in ((0.2, ("#e9e4d6", "#b4523b", "#5f8aa0", "#e9d9a8", "#7d8a5c")), (0.36, ("#f2eee2", "#d0a04c", "#35526b", "#f2eee2", "#a8553c", "#8fa6a0"))):
        yy = 566 + 640 * s - 560 * s - 60
        left, right = 470 - 420 * s, 514 + 480 * s
        c.add(stroke([(left, yy), ((left + right) / 2, yy + 36 * s + 8), (right, yy)], "#4a4a48", 2), *(_washing(left + (right - left) * (i + 0.8) / (len(tones) + 1), yy + 26 * s + 4, 90 * s + 8, tone, i) for i, tone in enumerate(tones)))
    c.add(ellipse(420, 992, 120, 14, "#3a332e", opacity=0.35, filter=blur(c, 6)), figure(372, 990, 318, replace(LISTEN, lean=-3, arm=(10, 14), other_arm=(44, 150), head=-6), Dress(coat="#8a3f4a", legs="#4b4238", skin=SKINS[0], hair="#d9d5cc", head="bun", hem=0.3, stout=1.14), filter=lit),
          figure(480, 996, 342, replace(TALK, arm=(6, 4), other_arm=(-4, 2)), Dress(coat="#3f5f6a", legs="#2d3440", skin=SKINS[4], hair="#1d1815", head="cap", accent="#3a3330", hem=0.46), left=True, filter=lit), _bag(398, 992, 1.0, "#c9b48a"), _bag(330, 994, 0.9, "#5f7c5a"), _bag(462, 1000, 1.1, "#b4623b"), gulls(d, 3, (380, 90, 220, 160), (26, 44), "#ffffff"))


def _terrace_pair(d: Random, k: int) -> str:
    """The k-th pair of houses (0 nearest), stepping up towards us."""
    out = []
    near, far = 0.07 + (0.74 ** k) * 1.02, 0.07 + (0.74 ** (k + 1)) * 1.02
    for side in (-1, 1):
        wall = mix(d.choice(("#9c5a44", "#a8664a", "#8d5242", "#b07a5a")), "#cfdad6", 0.06 * k)

        def at(share: float, up: float) -> tuple[float, float]:
            s = near + (far - near) * share
            return 492 + side * (26 + 440 * s), 566 + 640 * s - up * (60 + 720 * s)

        step = -0.06
        out.append(poly([at(0, -0.1), at(1, -0.1), at(1, 0.92 + step), at(0, 0.92)], wall))
        out.append(poly([at(0, 0.92), at(1, 0.92 + step), at(1.0, 1.12), at(0, 1.18)], mix("#4b4a50", "#cfdad6", 0.06 * k)))
        for share, up, tall in ((0.12, 0.06, 0.42), (0.5, 0.14, 0.26), (0.16, 0.56, 0.22), (0.54, 0.56, 0.22)):
            pane = mix("#2f3c44" if tall < 0.4 else d.choice(("#35526b", "#7a2f2a", "#3f5a48", "#c9a24c")), "#cfdad6", 0.05 * k)
            out.append(poly([at(share - 0.03, up - 0.02), at(share + 0.27, up - 0.02), at(share + 0.27, up + tall + 0.02), at(share - 0.03, up + tall + 0.02)], mix("#e9dfc8", "#cfdad6", 0.05 * k)))
            out.append(poly([at(share, up), at(share + 0.24, up), at(share + 0.24, up + tall), at(share, up + tall)], pane))
        out.append(poly([at(0.9, 1.02), at(1.0, 1.0), at(1.0, 1.34), at(0.9, 1.36)], mix(wall, "#2a2220", 0.15)))
    return group(*out)


def _washing(x: float, y: float, size: float, tone: str, kind: int) -> str:
    if kind % 3 == 0:
        return blob([(x - size * 0.3, y), (x + size * 0.3, y), (x + size * 0.34, y + size), (x + size * 0.1, y + size * 0.94), (x - size * 0.26, y + size * 1.02)], tone, 0.3)
    return blob([(x - size * 0.42, y + size * 0.1), (x - size * 0.2, y), (x + size * 0.2, y), (x + size * 0.42, y + size * 0.1), (x + size * 0.3, y + size * 0.34), (x + size * 0.22, y + size * 0.3), (x + size * 0.26, y + size * 0.84), (x - size * 0.24, y + size * 0.86), (x - size * 0.22, y + size * 0.3), (x - size * 0.32, y + size * 0.34)], tone, 0.3)


def _bag(x: float, y: float, size: float, tone: str) -> str:
    return group(stroke([(x - 12 * size, y - 44 * size), (x, y - 70 * size), (x + 12 * size, y - 44 * size)], mix(tone, "#000000", 0.3), 4), poly([(x - 24 * size, y - 48 * size), (x + 24 * size, y - 48 * size), (x + 28 * size, y), (x - 28 * size, y)], tone), poly([(x + 6 * size, y - 48 * size), (x + 24 * size, y - 48 * size), (x + 28 * size, y), (x + 10 * size, y)], mix(tone, "#000000", 0.18)))


@picture("bellhouse-school")
def bellhouse_school(c: Canvas) -> None:
    """Two hundred and twelve windows open."""
    pal, cam, d = GREY, Camera(880, 640, 1250, 1.6), c.dice
    lit = round_light(c, "#f6f2e2", "#20282c", -3, 2, rim=0.6, body=0.4)
    wall = upright_wall(cam, -13.5, 22)
    brick = "#a3634a"
    out = [wall(0, 0, 27, 8, brick), wall(0, 3.75, 27, 0.5, "#d8d0bc"), wall(0, 7.7, 27, 0.5, "#d8d0bc"), wall(11.6, 0, 4.2, 9.4, "#6f8a92"), wall(11.4, 9.2, 4.6, 0.35, "#d8d0bc"), *(wall(11.8 + i * 0.8, 4.2, 0.7, 4.8, "#9fb8bd") for i in range(5))]
    for floor in (0.7, 4.5):
        for i in range(18):
            x = 0.5 + i * 1.25 if i < 9 else 5.1 + i * 1.25
            out += [wall(x - 0.06, floor - 0.06, 1.1, 2.7, "#e9e4d6"), wall(x, floor, 0.98, 1.5, "#51666e"), wall(x, floor + 1.56, 0.98, 0.98, "#39484f")]
            (ax, ay), (bx, by), s = cam.see((-13.5 + x, floor + 2.55, 22)), cam.see((-13.5 + x + 0.98, floor + 2.55, 22)), cam.scale(22)
            out += [poly([(ax, ay), (bx, by), (bx + 0.12 * s, by + 0.62 * s), (ax + 0.12 * s, ay + 0.62 * s)], "#dfeaea"), poly([(ax, ay), (ax + 0.12 * s, ay + 0.62 * s), (ax, ay + 0.9 * s)], "#2b383e", opacity=0.6), line([(ax + 0.12 * s, ay + 0.62 * s), (bx + 0.12 * s, by + 0.62 * s)], "#ffffff", 2)]
            if d.random() < 0.3:
                out.append(blob([(ax + 8, ay + 40), (ax + 20, ay + 40), (ax + 34, ay + 92), (ax + 18, ay + 86), (ax + 4, ay + 94)], "#e9d9a8", 0.5, opacity=0.9))
    doors = [wall(12.3, 0, 2.9, 2.8, "#2b3236"), cam.face([(-1.2, 0, 22), (-2.1, 0, 20.6), (-2.1, 2.7, 20.6), (-1.2, 2.7, 22)], "#c9a24c"), cam.face([(1.7, 0, 22), (2.6, 0, 20.6), (2.6, 2.7, 20.6), (1.7, 2.7, 22)], "#b08a3c")]
    chairs = [group(cam.post(x, 20.4, 0, 0.45, 0.05, "#3a4448"), cam.post(x + 0.4, 20.4, 0, 0.45, 0.05, "#3a4448"), cam.upright(x, 20.4, 0.42, 0.08, "#c9472f", 0.45), cam.upright(x, 20.5, 0.42, 0.36, "#c9472f", 0.55)) for x in (-2.5, 2.35)]
    ground = group(rect(0, 640, 1600, 430, c.linear([(0, "#a9aaa4"), (1, "#6f7270")])), *(cam.wire([(-8, 0, z), (8, 0, z)], 2.5, "#e9e4d0", opacity=0.7) for z in (14, 9.5)), ellipse(*cam.see((0, 0, 11.4)), 150, 26, "none", stroke="#e9e4d0", stroke_width=4, opacity=0.7))
    trees = [tree(d, x, 720, 260, "#8a8a50", "#4a4038", bare=True) for x in (60, 1540)]
    kids = [(-5.5, 15, WALK, 1), (-4.6, 12.6, STRIDE, 0), (-3.2, 13.4, RAISE, 0), (-1.4, 11.5, STRIDE, 0), (0.2, 12.2, STRIDE, 1), (1.4, 14.5, TALK, 1), (0.8, 14.6, LISTEN, 0), (3.0, 12, HIPS, 0), (4.2, 13.2, WALK, 1), (5.8, 15.5, WALK, 0), (-2.2, 16.5, STAND, 0), (2.2, 17, TALK, 0), (-1.6, 9.0, replace(STRIDE, lean=12), 0)]
    yard = [cam.stand(x, z, pose, Dress(coat=d.choice(("#f1ede0", "#dfe9ec", "#f1ede0", "#cfe0e6")), legs="#3a4450", skin=d.choice(SKINS), hair=d.choice(("#1d1815", "#5a3b26", "#8d6235", "#33231b")), head=d.choice(("short", "long", "bun", "scarf")), hem=0.49), stature=d.uniform(1.15, 1.45), left=bool(flip), filter=lit) for x, z, pose, flip in sorted(kids, key=lambda k: -k[1])]
    fence = group(*(cam.post(x, 5.0, 0, 1.35, 0.03, "#27343a") for x in [3.0 + i * 0.17 for i in range(12)] + [-4.6 + i * 0.17 for i in range(16)]), cam.wire([(3.0, 1.28, 5), (5.5, 1.28, 5)], 7, "#27343a"), cam.wire([(-4.8, 1.28, 5), (-1.9, 1.28, 5)], 7, "#27343a"), *(cam.box(x, 4.9, (0.4, 1.6, 0.4), "#8d5a44") for x in (2.6, -2.2)))
    adult = cam.stand(1.72, 4.7, replace(LISTEN, arm=(10, 70), other_arm=(14, 74)), Dress(coat="#4a3a52", legs="#2a2a30", skin=SKINS[1], hair="#5a3b26", head="beanie", accent="#d0a04c", hem=0.24), left=True, filter=lit)
    ball = ellipse(*cam.see((-0.7, 0.14, 11)), 17, 17, "#d97a34")
    c.add(sky(c, pal, 640), clouds(c, "#a3adae", "#dcdcd4", top=-80, bottom=520, cover=0.62, scale=1.3), ground, *trees, *out, *doors, *chairs, *yard, ball, fence, adult)


@picture("hospital-exterior")
def hospital_exterior(c: Canvas) -> None:
    """Brick and clock tower, white wing, one ambulance."""
    pal, cam, d = replace(GREY, sky=("#93a5b0", "#b3c0c4", "#ced3cd", "#dedbd0")), Camera(760, 770, 1010, 1.6), c.dice
    lit = round_light(c, "#fbf5e4", "#232a2e", -4, 2, rim=0.6, body=0.42)
    old = Facade("#94503e", "#3a464d", "#dccfb4", lit=0.16, storey=3.7, bay=2.3)
    main = group(old.paint(upright_wall(cam, -13, 26), 15, 12, d), *(cam.face([(x, 12, 26), (x + 1.9, 12, 26), (x + 0.95, 14, 26)], "#94503e") + cam.upright(x + 0.6, 25.98, 0.7, 0.9, "#3a464d", 12.2) for x in (-12, -8.6, -1.2)), cam.face([(-13.3, 12, 26), (2.2, 12, 26), (1.2, 13.2, 27), (-12.4, 13.2, 27)], "#4a4a50", opacity=0.9))
    tower = group(old.paint(upright_wall(cam, -5.6, 24.6), 3.4, 16.5, d), cam.upright(-5.9, 24.5, 4, 0.5, "#dccfb4", 16.3), cam.face([(-5.8, 16.8, 24.5), (-2.0, 16.8, 24.5), (-3.9, 21.5, 24.5)], "#5d7f74"), cam.upright(-5.1, 24.55, 2.4, 2.6, "#94503e", 13.4))
    tx, ty = cam.see((-3.9, 14.6, 24.4))
    clock = group(ellipse(tx, ty, 50, 50, "#f4ecd8", stroke="#dccfb4", stroke_width=9), *(line([(tx + 40 * sin(a * pi / 6), ty - 40 * cos(a * pi / 6)), (tx + 46 * sin(a * pi / 6), ty - 46 * cos(a * pi / 6))], "#2a2a2c", 4) for a in range(12)), line([(tx, ty), (tx + 16, ty - 22)], "#2a2a2c", 6), line([(tx, ty), (tx - 8, ty - 40)], "#2a2a2c", 4))
    wing = group(cam.upright(2, 23, 13, 11, "#eceae2"), *(cam.upright(2.4, 22.95, 12.4, 1.5, "#7f9aa4", 1.2 + i * 3.2) for i in range(3)), *(cam.upright(2.4 + j * 1.24, 22.9, 0.1, 9, "#eceae2", 1) for j in range(11)), cam.upright(1.8, 22.8, 13.4, 0.4, "#c9cdc8", 10.9), *(cam.upright(2.5 + d.randrange(10) * 1.24, 22.9, 1.0, 1.3, "#ffe6b0", 1.3 + d.randrange(3) * 3.2) for _ in range(7)))
    canopy = group(cam.box(3.2, 17, (6.4, 0.5, 4), "#c23f33", base=3.4), *(cam.post(x, 17, 0, 3.4, 0.14, "#5d6a6e") for x in (3.4, 6.3, 9.4)), cam.upright(3.4, 22.7, 6, 3, "#2f3d44"), cam.upright(4.2, 22.6, 3.4, 2.6, "#ffe9bd"))
    ambulance = group(cam.box(4.3, 14.6, (2.2, 2.5, 4.6), "#f6f3e8", base=0.35), cam.upright(4.3, 14.55, 2.2, 0.42, "#4f9a5c", 0.9), *(cam.upright(4.3 + i * 0.44, 14.5, 0.22, 0.42, "#f0d84a", 0.9) for i in range(5)), cam.upright(4.5, 14.5, 0.85, 1.1, "#33424a", 1.5), cam.upright(5.45, 14.5, 0.85, 1.1, "#33424a", 1.5), cam.upright(4.5, 14.5, 1.8, 0.2, "#3f7ac0", 2.85), *(ellipse(*cam.see((x, 0.32, 14.5)), 26, 28, "#1c2124") for x in (4.6, 6.2)), *(cam.upright(x, 14.45, 0.2, 0.22, "#c9402f", 0.5) for x in (4.35, 6.25)), filter=lit)
    ground = group(rect(0, 770, 1600, 300, c.linear([(0, "#a5a69f"), (1, "#6b6e6c")])), cam.face([(-14, 0, 20), (-1, 0, 20), (-3, 0, 8.6), (-16, 0, 8.6)], "#7f9160"), cam.face([(-16, 0.02, 7.2), (14, 0.02, 7.2), (14, 0.02, 6.9), (-16, 0.02, 6.9)], "#d8d4c6"))
    trees = [tree(d, x, yy, h, "#7d8448", "#5c5040") for x, yy, h in ((60, 862, 430), (330, 836, 280), (1530, 862, 400))]
    shelter = group(cam.box(-6.4, 8.6, (3.2, 0.14, 1.4), "#35484f", base=2.5), *(cam.post(x, z, 0, 2.5, 0.09, "#35484f") for x, z in ((-6.3, 10), (-3.3, 10), (-6.3, 8.6), (-3.3, 8.6))), cam.upright(-6.3, 10, 3.0, 1.9, "#dfe9ea", 0.4, opacity=0.5), cam.floor(-6.0, 9.5, 2.2, 0.4, "#8a5a34", 0.5))
    folk = [cam.stand(-5.3, 9.1, replace(TALK, lean=4, arm=(26, 74), other_arm=(30, 80), leg=(86, 2), other_leg=(82, 6)), anyone(d, head="scarf"), seat=0.5, filter=lit), cam.stand(-4.0, 8.7, LISTEN, anyone(d, head="cap", coat="#3c4f63"), left=True, filter=lit), cam.stand(2.4, 12, STRIDE, Dress(coat="#3f7f86", legs="#3f7f86", skin=SKINS[4], hair="#1d1815", head="bun", hem=0.46), filter=lit), cam.stand(0.4, 9.4, WALK, anyone(d, head="long"), left=True, filter=lit), cam.stand(-0.2, 9.2, WALK, anyone(d, head="hat", accent="#3a3330", hair="#b9a58c"), left=True, filter=lit)]
    c.add(sky(c, pal, 690), clouds(c, "#a9b3b5", "#e6e5dc", top=-60, bottom=520, cover=0.55, scale=1.1), ground, group(main, wing, filter=lit), group(tower, filter=lit), clock, canopy, ambulance, *trees, *folk[:1], shelter, *folk)
