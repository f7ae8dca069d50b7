"""Night shifts and workshops: bakery, boatyard, depot, clinic, the sailors' reading room."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin
from random import Random

from broadsheet.demo.drawing.camera import Camera, Facade, upright_wall
from broadsheet.demo.drawing.gallery import picture
from broadsheet.demo.drawing.light import NIGHT, blur, glow, mix, rough, round_light
from broadsheet.demo.drawing.people import LISTEN, SIT, SKINS, STAND, STOOP, TALK, WALK, Dress, Pose, figure
from broadsheet.demo.drawing.room import Room, books, pendant, shaft, table
from broadsheet.demo.drawing.street import bicycle, tram, wet_ground
from broadsheet.demo.drawing.svg import Canvas, blob, ellipse, group, limb, line, poly, rect, stroke


@picture("bakery-night")
def bakery_night(c: Canvas) -> None:
    """Ten to four: three bakers, one oven door open."""
    cam, d = Camera(760, 500, 1230, 1.75), c.dice
    lit = round_light(c, "#ffcf86", "#1a0d08", -5, 2, rim=0.85, body=0.5)
    room = Room(-4.6, 4.6, 1.8, 6.6, 3.1, "#8a6a50", "#b08a66", "#8a7058", dark="#1c100a")
    tiles = [cam.wire([(-4.6, h, 6.59), (4.6, h, 6.59)], 1.2, "#7a5a40", opacity=0.6) for h in [i * 0.2 for i in range(11)]]
    oven = group(cam.upright(-4.3, 6.5, 3.1, 2.5, "#4a4240"), cam.upright(-4.3, 6.49, 3.1, 0.12, "#2b2524", 2.4), *(cam.upright(-4.05, 6.45, 2.6, 0.46, "#2b2322", 0.5 + i * 0.62) + cam.upright(-3.3, 6.44, 1.1, 0.05, "#b8a890", 0.86 + i * 0.62) for i in (0, 2)))
    mouth = group(cam.upright(-4.05, 6.44, 2.6, 0.48, "#ffb648", 1.1), cam.upright(-3.95, 6.43, 2.4, 0.2, "#ffe3a0", 1.12), *(ellipse(*cam.see((-3.75 + i * 0.42, 1.2, 6.4)), 34, 20, "#c47a32") for i in range(6)), cam.face([(-4.05, 1.1, 6.44), (-1.45, 1.1, 6.44), (-1.45, 0.98, 5.9), (-4.05, 0.98, 5.9)], "#5b4f4a"))
    fire = [glow(c, *cam.see((-2.7, 1.35, 6.3)), 560, "#ff9d3c", 0.85), shaft(c, [cam.see((-4, 1.1, 6.4)), cam.see((-1.5, 1.1, 6.4)), (900, 1067), (-200, 1067)], "#ff9d3c", 0.4, 20)]
    racks = []
    for x in (2.0, 3.25):
        racks += [cam.post(px, 6.1, 0, 2.3, 0.05, "#5d544c") for px in (x, x + 1.1)]
        for row in range(6):
            up = 0.25 + row * 0.36
            racks.append(cam.upright(x, 6.1, 1.1, 0.04, "#5d544c", up))
            racks += [blob([(px - 26, py), (px - 22, py - 22), (px, py - 30), (px + 22, py - 22), (px + 26, py)], mix("#a8622a", "#e0a860", d.random()), 0.8) + stroke([(px - 10, py - 20), (px + 8, py - 12)], "#f3d9a8", 2.5) for px, py in (cam.see((x + 0.16 + j * 0.26, up + 0.04, 6.08)) for j in range(4))]
    px, py = cam.see((0.35, 2.35, 6.5))
    clock = group(ellipse(px, py, 46, 46, "#f4ead2", stroke="#3a2a20", stroke_width=7), *(line([(px + 36 * sin(a * pi / 6), py - 36 * cos(a * pi / 6)), (px + 40 * sin(a * pi / 6), py - 40 * cos(a * pi / 6))], "#3a2a20", 3) for a in range(12)),
                  line([(px, py), (px + 24 * sin(1.917 * 2 * pi / 6), py - 24 * cos(1.917 * 2 * pi / 6))], "#2a1c14", 6), line([(px, py), (px + 35 * sin(50 * pi / 30), py - 35 * cos(50 * pi / 30))], "#2a1c14", 4))
    white = "#f2ebdc"
    looks = ((-1.9, SKINS[4], "#1d1815", LISTEN, False, 1.68), (-0.1, SKINS[0], "#8d6235", replace(LISTEN, lean=6), False, 1.84), (1.7, SKINS[2], "#1d1815", LISTEN, True, 1.74))
    bakers = [cam.stand(x, 4.25, replace(pose, lean=10, arm=(24, 62), other_arm=(34, 70), head=16), Dress(coat=white, legs="#3c4650", skin=skin, hair=hair, head="beanie", accent="#fbf7ec", hem=0.44), left=flip, stature=tall, filter=lit) for x, skin, hair, pose, flip, tall in looks]
    top = group(cam.floor(-3.4, 2.7, 6.8, 1.2, c.linear([(0, "#d9b27c"), (1, "#a87848")]), 0.9), cam.upright(-3.4, 2.7, 6.8, 0.16, "#7a5230", 0.74), cam.upright(-3.4, 2.69, 6.8, 0.76, "#2a1912", 0))
    flour = group(*(ellipse(*cam.see((d.uniform(-3.2, 3.2), 0.905, d.uniform(2.75, 3.8))), d.uniform(8, 60), d.uniform(3, 12), "#fbf4e4", opacity=d.uniform(0.2, 0.7)) for _ in range(46)), filter=rough(c, 20, 0.05))
    loaves = [_dough(cam.see((x, 0.93, z)), cam.scale(z)) for z in (3.5, 3.1, 2.85) for x in [i * 0.52 - 2.9 + (0.2 if z == 3.1 else 0) for i in range(12)] if d.random() < 0.62]
    dust = group(*(ellipse(d.uniform(300, 1300), d.uniform(380, 720), r := d.uniform(0.8, 2.4), r, "#fff0d0", opacity=d.uniform(0.2, 0.7)) for _ in range(90)))
    c.add(room.paint(c, cam), *tiles, oven, *racks, clock, fire[0], mouth, *bakers, fire[1], top, flour, *loaves, pendant(c, cam, 0.2, 3.6, 2.35, 3.1, "#3a4a44", "#ffe6b0", reach=1.7), dust)


def _dough(at: tuple[float, float], s: float) -> str:
    (x, y), r = at, 0.13 * s
    return group(ellipse(x, y + r * 0.3, r * 1.1, r * 0.3, "#7a5230", opacity=0.4), blob([(x - r, y + r * 0.3), (x - r * 0.9, y - r * 0.5), (x, y - r * 0.85), (x + r * 0.9, y - r * 0.5), (x + r, y + r * 0.3)], "#f3dfb6", 0.9),
                 blob([(x + r * 0.2, y + r * 0.3), (x + r * 0.6, y - r * 0.5), (x + r * 0.9, y - r * 0.4), (x + r, y + r * 0.3)], "#d9b784", 0.9, opacity=0.7), stroke([(x - r * 0.4, y - r * 0.4), (x + r * 0.2, y - r * 0.2)], "#c9a070", 3))


@picture("boatyard-kettlewell")
def boatyard_kettlewell(c: Canvas) -> None:
    """The boat as its builder left it."""
    cam, d = Camera(1010, 470, 1150, 1.6), c.dice
    lit = round_light(c, "#ffe9bd", "#1c120b", 5, -1, rim=0.75, body=0.45)
    room = Room(-6, 4.4, 1.6, 15, 6, "#8f7550", "#75583a", "#4a3524", dark="#150d08")
    planks = [cam.wire([(-6, h, 1.6), (-6, h, 15)], 1.5, "#3a2818", opacity=0.6) for h in [i * 0.35 for i in range(18)]] + [cam.wire([(4.4, h, 1.6), (4.4, h, 15)], 1.5, "#3a2818", opacity=0.6) for h in [i * 0.35 for i in range(18)]]
    doors = group(cam.upright(-3.6, 14.98, 5.6, 4.6, "#dfe9e2"), cam.upright(-3.6, 14.97, 5.6, 1.2, "#a7c4c4", 0.5), cam.upright(-3.6, 14.96, 5.6, 0.55, "#c9b48c"), *(cam.upright(x, 14.95, 0.5, h, "#8fa6a0", 1.65) for x, h in ((-3.2, 0.5), (-2.2, 0.8), (-1.0, 0.4), (0.3, 0.7), (1.2, 0.5))), cam.upright(-3.6, 14.94, 5.6, 0.06, "#ffffff", 0.95, opacity=0.8),
                  cam.flank(-3.7, 13.6, 1.4, 4.5, "#5c4228"), cam.flank(2.1, 13.6, 1.4, 4.5, "#5c4228"))
    trusses = [group(cam.wire([(-6, 5.2, z), (-0.8, 7.4, z), (4.4, 5.2, z)], 260 / z, "#3a2818"), cam.wire([(-6, 5.2, z), (4.4, 5.2, z)], 200 / z, "#3a2818"), cam.wire([(-0.8, 5.2, z), (-0.8, 7.4, z)], 150 / z, "#3a2818")) for z in (14, 11, 8.5, 6.4)]
    light = [shaft(c, [cam.see((-3.6, 4.6, 14.9)), cam.see((2, 4.6, 14.9)), (1500, 1067), (240, 1067)], "#fff0cc", 0.42, 16), glow(c, *cam.see((-0.8, 2.2, 14.9)), 520, "#fff3d4", 0.75)]
    shavings = group(*(stroke([(x, y), (x + d.uniform(8, 20), y - d.uniform(6, 16)), (x + d.uniform(20, 34), y), (x + d.uniform(12, 24), y + 6)], mix("#d8b070", "#f6e0b0", d.random()), d.uniform(2, 5)) for x, y in (cam.see((d.gauss(-0.6, 2.2), 0, d.uniform(2.6, 10))) for _ in range(170))))
    c.add(room.paint(c, cam), *planks, room.boards(cam, 0.34, 0.3), doors, *trusses, light[1], _hull(c, cam, lit), light[0], shavings, _bench(c, cam, d, lit))


def _hull(c: Canvas, cam: Camera, lit: str) -> str:
    """A carvel hull in frame, stem towards us, planked to the turn of the bilge."""
    def station(t: float, u: float, side: int) -> tuple[float, float, float]:
        beam = 1.75 * (sin(pi * min(1, t * 0.92 + 0.06)) ** 0.62) * (u ** 0.5)
        sheer = 1.75 + 0.75 * (1 - t) ** 2 + 0.25 * t * t
        return -1.3 + side * beam, 0.55 + u * (sheer - 0.55 + 0.6), 4.6 + t * 6.6

    out = []
    ts = [i / 16 for i in range(17)]
    out += [cam.wire([station(t, u / 8, -1) for u in range(9)], 70 / (4.6 + t * 6.6), "#6e4c2a") for t in ts[::-1]]
    for u0, u1, tone in ((0.0, 0.2, "#8a5c30"), (0.2, 0.4, "#99683a"), (0.4, 0.55, "#a87544")):
        for side in (-1, 1):
            for t0, t1 in zip(ts[::-1][1:], ts[::-1][:-1]):
                out.append(cam.face([station(t0, u0, side), station(t1, u0, side), station(t1, u1, side), station(t0, u1, side)], mix(tone, "#1c120b", 0.32 if side > 0 else 0.05)))
            out += [cam.wire([station(t, u, side) for t in ts], 2, "#3a2414") for u in (u0 + (u1 - u0) * 0.5, u1)]
    out += [cam.wire([station(t, u / 8, 1) for u in range(9)], 84 / (4.6 + t * 6.6), "#a87848") for t in ts[::-1]]
    for side in (-1, 1):
        out += [cam.wire([station(t, 1.0, side) for t in ts], 9, "#c08c54"), cam.wire([station(t, 0.78, side) for t in ts], 4, "#c9a06a")]
    stem = [cam.see(p) for p in ((-1.3, 0.4, 4.75), (-1.3, 0.7, 4.6), (-1.3, 1.6, 4.5), (-1.3, 3.25, 4.3))]
    out += [limb(stem, (34, 36, 34, 26), "#7a5028"), cam.box(-1.5, 4.6, (0.4, 0.5, 6.4), "#5c3e24", base=0.05)]
    out += [limb([cam.see((-1.3 + s * 2.3, 0, z)), cam.see((-1.3 + s * 1.25, 1.35, z))], (150 / z, 120 / z), "#4a3220") for s in (-1, 1) for z in (9, 6.2)]
    return group(*out, filter=lit)


def _bench(c: Canvas, cam: Camera, d: Random, lit: str) -> str:
    """The bench across the front: planes, clamps, a pair of spectacles."""
    top = group(poly([(640, 1067), (760, 880), (1640, 850), (1640, 1067)], c.linear([(0, "#c08f58"), (1, "#7a5530")])), *(line([(660 + i * 60, 1067), (780 + i * 44, 880 - i * 1.4)], "#6b4826", 1.5, opacity=0.5) for i in range(0, 18)))
    plane = group(blob([(0, 0), (4, -34), (40, -44), (90, -40), (130, -78), (156, -74), (150, -36), (236, -32), (262, -44), (274, -26), (276, 0)], "#8a5a2c", 0.35), poly([(104, -40), (124, -96), (136, -92), (122, -40)], "#b9bdbd"), rect(0, -6, 276, 10, "#5c3a1c"), transform="translate(1180 930) rotate(-2)", filter=lit)
    clamp = group(line([(0, 0), (0, -90), (110, -90), (110, -56)], "#454b50", 15), line([(110, -110), (110, -40)], "#8d9498", 7), line([(88, -112), (132, -112)], "#6b4a2c", 10), transform="translate(1480 910)", filter=lit)
    glasses = group(*(ellipse(x, 0, 40, 26, "#ffffff", fill_opacity=0.25, stroke="#241a14", stroke_width=6) for x in (-50, 50)), stroke([(-12, -6), (0, -14), (12, -6)], "#241a14", 6), stroke([(-90, -4), (-70, -52), (-10, -66)], "#241a14", 5), stroke([(90, -4), (104, -50), (60, -72)], "#241a14", 5),
                    poly([(-66, 12), (-46, -16), (-34, -16), (-54, 14)], "#ffffff", opacity=0.7), transform="translate(960 960) rotate(-6)")
    soft = ellipse(966, 984, 120, 14, "#2a1a0e", opacity=0.4, filter=blur(c, 6))
    curls = group(*(stroke([(x, y), (x + 14, y - 18), (x + 34, y - 8), (x + 26, y + 8), (x + 12, y)], "#f0d9a4", 5) for x, y in [(d.uniform(1100, 1560), d.uniform(960, 1040)) for _ in range(9)]))
    pencil = line([(790, 1020), (900, 1000)], "#b1472c", 9)
    return group(top, soft, plane, clamp, glasses, curls, pencil)


@picture("tram-depot-night")
def tram_depot_night(c: Canvas) -> None:
    """Three trams asleep, one being mopped."""
    cam, d = Camera(800, 560, 1120, 1.75), c.dice
    lit = round_light(c, "#ffe0a4", "#0a0d12", -3, 2, rim=0.7, body=0.4)
    room = Room(-9.4, 9.4, 2, 30, 6.4, "#3c444a", "#55606a", "#39434c", dark="#080b10")
    beams = [group(cam.upright(-9.4, z, 18.8, 0.35, "#232b33", 5.6), *(cam.wire([(x, 5.9, z), (x + 1.2, 6.4, z), (x + 2.4, 5.9, z)], 90 / z, "#232b33") for x in (-9, -6, -3, 0, 3, 6))) for z in (26, 19, 14, 10, 7)]
    lamps = [pendant(c, cam, x, z, 4.9, 6.4, "#1c2429", "#fff0c8", reach=3.0) for z in (22, 15, 10, 6.6) for x in (-2.35, 2.35)]
    coats = (("#7a2f2a", "#e3d4b2"), ("#24406b", "#efe3c4"), ("#2f5d50", "#e6dcc0"))

    def world(k: Camera) -> str:
        sides = (tram(k, -6.6, 7.4, livery=coats[0][0], cream=coats[0][1], glass="#39444c", length=16), tram(k, 4.2, 7.4, livery=coats[2][0], cream=coats[2][1], glass="#39444c", length=16))
        middle = tram(k, -1.2, 6.4, livery=coats[1][0], cream=coats[1][1], lit="#ffe2a2", length=14)
        return group(*sides, middle)

    floor = wet_ground(c, cam, world, "#39414a", NIGHT, strength=0.55, puddles=0.5)
    pits = group(*(cam.face([(x, 0, 2.4), (x + 1.1, 0, 2.4), (x + 1.1, 0, 7), (x, 0, 7)], "#0a0d11") + cam.flank(x if x > 0 else x + 1.1, 2.4, 4.6, 0.9, "#2a3036", -0.9) + cam.wire([(x, 0, 2.2), (x, 0, 7)], 6, "#c9a63c") + cam.wire([(x + 1.1, 0, 2.2), (x + 1.1, 0, 7)], 6, "#c9a63c") for x in (-5.95, -0.55, 4.85)))
    (wx, wy), s = cam.see((-1.2, 1.5, 6.4)), cam.scale(6.4)
    pane = c.clip(rect(wx + 0.28 * s, wy - 1.15 * s, 1.84 * s, 1.15 * s, "#fff"))
    cleaner = figure(wx + 1.42 * s, wy + 0.62 * s, 1.66 * s, replace(LISTEN, lean=12, arm=(34, 60), other_arm=(46, 70), head=14), Dress(coat="#c9822e", legs="#2a2f36", skin=SKINS[3], head="bun", hair="#1d1815", hem=0.48), left=True, filter=lit)
    inside = group(rect(wx + 0.28 * s, wy - 1.15 * s, 1.84 * s, 1.15 * s, c.linear([(0, "#ffedc0"), (1, "#e0b870")])), *(rect(wx + x * s, wy - 0.36 * s, 0.3 * s, 0.4 * s, "#8a4a34") for x in (0.34, 1.76)), *(line([(wx + x * s, wy - 1.15 * s), (wx + x * s, wy)], "#b98d4a", 5) for x in (0.72, 1.68)), line([(wx + 0.3 * s, wy - 0.95 * s), (wx + 2.1 * s, wy - 0.95 * s)], "#b98d4a", 4),
                   cleaner, line([(wx + 1.36 * s, wy - 0.7 * s), (wx + 0.72 * s, wy + 0.2 * s)], "#7a5530", 6), clip_path=pane)
    glare = [poly([(wx + 0.32 * s, wy - 0.1 * s), (wx + 0.62 * s, wy - 1.1 * s), (wx + 0.74 * s, wy - 1.1 * s), (wx + 0.42 * s, wy - 0.1 * s)], "#ffffff", opacity=0.22)]
    for x, z in ((-6.6, 7.4), (4.2, 7.4)):
        (px, py), q = cam.see((x, 2.4, z)), cam.scale(z)
        glare += [ellipse(px + f * q, py + 0.1 * q, 0.13 * q, 0.05 * q, "#fff3cf", opacity=0.8) for f in (0.8, 1.6)] + [glow(c, px + 1.2 * q, py + 0.1 * q, 0.9 * q, "#ffe9bc", 0.5)]
    cat = group(blob([(0, 0), (-4, -30), (6, -52), (22, -60), (36, -46), (42, -16), (40, 0)], "#15171a", 0.8), ellipse(12, -66, 17, 15, "#15171a"), poly([(-2, -72), (0, -92), (10, -78)], "#15171a"), poly([(14, -78), (24, -92), (26, -72)], "#15171a"), stroke([(40, -4), (70, -6), (82, -28)], "#15171a", 8), ellipse(7, -67, 2.4, 3, "#f2c94c"), ellipse(17, -67, 2.4, 3, "#f2c94c"), transform="translate(1150 1010)")
    c.add(room.paint(c, cam), floor, *beams, pits, *lamps, world(cam), inside, *glare, cat)


@picture("seamens-mission")
def seamens_mission(c: Canvas) -> None:
    """A warm window on a wet quay."""
    cam, d = Camera(760, 690, 1480, 1.65), c.dice
    lit = round_light(c, "#ffe0a0", "#160d0a", 4, 3, rim=0.85, body=0.45)

    def world(k: Camera) -> str:
        dice, wall = Random(2), upright_wall(k, -5, 6.4)
        blocks = [wall(x + (0.45 if row % 2 else 0), row * 0.42, 0.86, 0.39, mix("#2b3442", "#3a4250", dice.random())) for row in range(12) for x in [i * 0.9 - 0.6 for i in range(13)]]
        return group(wall(-3, 0, 16, 6, "#1d2531"), *blocks, k.upright(-3.1, 6.35, 6.2, 2.7, "#6b4428", 0.55), k.upright(-2.95, 6.34, 5.9, 2.4, c.linear([(0, "#ffdf9a"), (1, "#c98a44")]), 0.7), wall(8.4, 0, 1.2, 2.6, "#3f2a1c"), wall(8.6, 1.3, 0.8, 1.1, "#e8b462"))

    shelf = [cam.upright(-2.8, 6.33, 2.2, 0.05, "#6b4428", h) + books(cam, d, -2.75, 6.32, 2.1, h + 0.05, ("#7a3328", "#2f5058", "#8a6a3a", "#4a4a6a", "#c9a86a", "#5d6a3c"), height=0.34) for h in (1.75, 2.2, 2.62)]
    globe = group(cam.wire([(1.1, 3.1, 6.3), (1.1, 2.65, 6.3)], 4, "#5c3a1e"), ellipse(*cam.see((1.1, 2.5, 6.3)), 40, 40, "#fff4d4"), glow(c, *cam.see((1.1, 2.5, 6.3)), 420, "#ffe6a8", 0.9))
    chart = group(cam.upright(1.75, 6.32, 1.05, 0.8, "#efe2bd", 1.75), stroke([cam.see((1.85 + i * 0.2, 2.1 + (0.2 if i % 2 else -0.1), 6.31)) for i in range(5)], "#7a9a94", 3))
    table_top = group(cam.upright(-2.6, 6.2, 5.2, 0.09, "#8a5a30", 1.02), cam.upright(-2.6, 6.19, 5.2, 0.4, "#5c3a20", 0.7))
    sailors = ((-2.0, SKINS[2], "short", "#2f5d6b", "#1d1815", False, (30, 150)), (-0.75, SKINS[5], "beanie", "#b4523b", "#1d1815", False, (20, 96)), (0.75, SKINS[1], "cap", "#44563c", "#5a3b26", True, (24, 110)), (2.0, SKINS[0], "short", "#d0a04c", "#b9a58c", True, (22, 100)))
    men = []
    for x, skin, head, coat, hair, flip, arm in sailors:
        men.append(cam.stand(x, 6.28, replace(SIT, lean=5, arm=arm, other_arm=(30, 86), leg=(0, 0), other_leg=(0, 0), head=6), Dress(coat=coat, skin=skin, hair=hair, head=head, accent="#2a3340"), base=0.42, seat=0.5, half=True, left=flip, filter=lit))
    px, py = cam.see((-1.86, 1.73, 6.27))
    phone = rect(px - 4, py - 10, 9, 24, "#10151c", rx=2, transform=f"rotate(12 {px:.0f} {py:.0f})")
    mugs = [group(rect(mx - 11, my - 26, 22, 26, tone, rx=3), stroke([(mx + 11, my - 20), (mx + 20, my - 14), (mx + 11, my - 7)], tone, 4), stroke([(mx - 4, my - 32), (mx + 4, my - 44), (mx - 2, my - 58)], "#fff4d8", 3, opacity=0.5)) for tone, (mx, my) in zip(("#efe6d2", "#5f8aa0", "#efe6d2", "#a8432f"), (cam.see((x, 1.11, 6.18)) for x in (-1.35, -0.3, 0.35, 1.45)))]
    clipper = c.clip(cam.upright(-2.95, 6.3, 5.9, 2.4, "#fff", 0.7))
    bars = group(*(cam.upright(-2.95 + i * 1.475 - 0.03, 6.1, 0.07, 2.4, "#6b4428", 0.7) for i in range(5)), cam.upright(-2.95, 6.1, 5.9, 0.06, "#6b4428", 2.55), cam.upright(-3.25, 6.05, 6.5, 0.14, "#7a5030", 0.52))
    sign = group(cam.wire([(3.6, 3.55, 6.2), (3.6, 4.1, 6.2)], 5, "#0f141b"), ellipse(*cam.see((3.6, 3.2, 6.2)), 54, 54, "#27415a", stroke="#d8ab5c", stroke_width=5), _anchor(*cam.see((3.6, 3.2, 6.2)), 34, "#d8ab5c"))
    spill = [shaft(c, [cam.see((-2.9, 0.6, 6.3)), cam.see((2.9, 0.6, 6.3)), (1620, 1067), (-60, 1067)], "#ffc876", 0.55, 18), glow(c, *cam.see((0, 1.9, 6.2)), 620, "#ffc876", 0.35)]
    c.add(rect(0, 0, 1600, 1067, "#0b111a"), wet_ground(c, cam, world, "#1a222d", NIGHT, strength=0.95, puddles=0.55, top=cam.see((0, 0, 6.4))[1]), world(cam), group(*shelf, globe, chart, *men, phone, table_top, *mugs, clip_path=clipper), bars, sign, *spill,
          bicycle(250, 1052, 66, "#0b0f15"), group(cam.stand(-3.7, 5.2, replace(LISTEN, head=4), Dress(coat="#1a2230", legs="#10151e", skin="#5d4334", head="hat", accent="#141a24", hem=0.3), filter=lit)))


def _anchor(x: float, y: float, r: float, colour: str) -> str:
    return group(line([(x, y - r * 0.6), (x, y + r * 0.8)], colour, r * 0.16), line([(x - r * 0.4, y - r * 0.25), (x + r * 0.4, y - r * 0.25)], colour, r * 0.14), ellipse(x, y - r * 0.75, r * 0.17, r * 0.17, "none", stroke=colour, stroke_width=r * 0.12),
                 stroke([(x - r * 0.7, y + r * 0.3), (x - r * 0.4, y + r * 0.72), (x, y + r * 0.82), (x + r * 0.4, y + r * 0.72), (x + r * 0.7, y + r * 0.3)], colour, r * 0.15))


@picture("night-clinic-door")
def night_clinic_door(c: Canvas) -> None:
    """Ten to two: a shop front, a green cross, a sleeping child."""
    cam, d = Camera(700, 590, 1450, 1.6), c.dice
    lit = round_light(c, "#eafff0", "#0b1216", 4, 2, rim=0.8, body=0.45)

    def world(k: Camera) -> str:
        wall = upright_wall(k, -7.5, 7.6)
        upper = upright_wall(k, -7.5, 7.6)
        houses = group(upright_wall(k, -7.5, 7.6)(0, 0, 18, 9, "#26222c"), *(upper(0.9 + i * 2.4, 4.2, 1.2, 1.9, "#ffcf86" if i == 4 else "#14151f") + upper(0.8 + i * 2.4, 4.05, 1.4, 0.14, "#3a3540") for i in range(7)))
        shop = group(wall(4.3, 0, 6.4, 3.5, "#2f5a50"), wall(4.5, 2.95, 6.0, 0.45, "#e9e4d2"), wall(4.5, 0.5, 3.9, 2.3, c.linear([(0, "#f6f7e4"), (1, "#d7e3c8")])), wall(8.7, 0.06, 1.4, 2.75, c.linear([(0, "#f6f7e4"), (1, "#d0ddc2")])), wall(0.6, 0.4, 3.2, 2.5, "#17181f"), wall(0.4, 2.95, 3.6, 0.5, "#4a3038"), wall(11.4, 0.4, 3.4, 2.5, "#15181f"), wall(11.2, 2.95, 3.8, 0.5, "#39404a"))
        return group(houses, shop)

    inside_clip = c.clip(cam.upright(-3.0, 7.5, 3.9, 2.3, "#fff", 0.5) + cam.upright(1.2, 7.5, 1.4, 2.75, "#fff", 0.06))
    nurse = cam.stand(-1.75, 7.9, Pose(view="front", arm=(22, -54), other_arm=(-22, 54)), Dress(coat="#3f7f86", skin=SKINS[4], hair="#1d1815", head="bun", accent="#e9f2ee"), base=-0.1, half=True, filter=lit)
    desk = group(cam.upright(-2.7, 7.58, 2.0, 0.62, "#c9a878", 0.5), cam.upright(-2.8, 7.57, 2.2, 0.07, "#8d6a42", 1.08), cam.upright(-2.5, 7.56, 0.5, 0.38, "#2b343a", 1.12), ellipse(*cam.see((-1.0, 1.28, 7.56)), 26, 32, "#3f8a4e"), ellipse(*cam.see((-1.0, 1.15, 7.55)), 14, 12, "#b4623b"))
    father = cam.stand(-0.1, 7.75, replace(STAND, view="side", arm=(30, 128), other_arm=(40, 116), lean=-4), Dress(coat="#7a4a38", legs="#2d3440", skin=SKINS[2], hair="#1d1815", hem=0.46), left=True, filter=lit)
    (hx, hy), s = cam.see((-0.32, 1.42, 7.7)), cam.scale(7.7)
    child = group(blob([(hx - 0.12 * s, hy + 0.42 * s), (hx - 0.14 * s, hy + 0.1 * s), (hx + 0.06 * s, hy + 0.02 * s), (hx + 0.16 * s, hy + 0.36 * s)], "#d9a441", 0.8), ellipse(hx + 0.06 * s, hy - 0.04 * s, 0.11 * s, 0.12 * s, SKINS[2]), blob([(hx - 0.05 * s, hy - 0.02 * s), (hx - 0.02 * s, hy - 0.16 * s), (hx + 0.1 * s, hy - 0.18 * s), (hx + 0.18 * s, hy - 0.06 * s), (hx + 0.08 * s, hy - 0.1 * s)], "#1d1815"), limb([(hx + 0.02 * s, hy + 0.4 * s), (hx - 0.1 * s, hy + 0.62 * s)], (24, 18), "#3a4a6a"))
    poster = group(cam.upright(0.15, 7.95, 0.55, 0.75, "#ffffff", 1.7), cam.upright(0.22, 7.94, 0.41, 0.3, "#7fb8a4", 2.05))
    frames = group(*(cam.upright(x, 7.45, 0.07, 2.3, "#24463e", 0.5) for x in (-3.0, -1.05, 0.83)), cam.upright(-3.0, 7.45, 3.9, 0.08, "#24463e", 2.3), cam.upright(1.2, 7.45, 0.08, 2.75, "#24463e", 0.06), cam.upright(2.52, 7.45, 0.08, 2.75, "#24463e", 0.06), cam.upright(1.2, 7.45, 1.4, 0.7, "#2f5a50", 0.06), ellipse(*cam.see((2.38, 1.2, 7.4)), 6, 10, "#e0c070"))
    gx, gy = cam.see((3.05, 3.7, 7.1))
    cross = group(rect(gx - 16, gy - 50, 32, 100, "#4be08a"), rect(gx - 50, gy - 16, 100, 32, "#4be08a"), rect(gx - 7, gy - 40, 14, 80, "#c9ffdd"), rect(gx - 40, gy - 7, 80, 14, "#c9ffdd"), glow(c, gx, gy, 330, "#4be08a", 0.75))
    spill = [shaft(c, [cam.see((-3, 0.1, 7.5)), cam.see((2.6, 0.1, 7.5)), (1320, 1067), (-160, 1067)], "#eef8d8", 0.6, 16), glow(c, *cam.see((-0.4, 1.6, 7.4)), 520, "#eef8d8", 0.3)]
    pram = group(stroke([(0, -120), (10, -60), (60, -40), (150, -44), (186, -110)], "#3b5368", 10), blob([(0, -124), (6, -66), (50, -40), (140, -42), (178, -84), (184, -118)], "#33485e", 0.6), blob([(0, -124), (10, -190), (60, -216), (104, -196), (104, -122)], "#2a3b4e", 0.7), line([(184, -116), (236, -168), (252, -164)], "#9aa2a6", 7), *(ellipse(x, -20, 24, 24, "none", stroke="#0d1218", stroke_width=6) + ellipse(x, -20, 5, 5, "#9aa2a6") for x in (42, 146)), transform="translate(1290 960) scale(1.1)", filter=lit)
    c.add(rect(0, 0, 1600, 1067, "#0c0f16"), wet_ground(c, cam, world, "#1b2129", NIGHT, strength=0.95, puddles=0.55, top=cam.see((0, 0, 7.6))[1]), world(cam), group(nurse, desk, poster, father, child, clip_path=inside_clip), frames, cross, *spill, bicycle(150, 990, 84, "#0b0f14"), pram)
