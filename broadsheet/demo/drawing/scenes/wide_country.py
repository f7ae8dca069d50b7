"""Out of town: marsh, moor, barrier, hill, and the sky over them."""

from __future__ import annotations

from dataclasses import replace
from math import pi, sin

from broadsheet.demo.drawing.gallery import picture
from broadsheet.demo.drawing.harbour import gulls, jib_crane, trawler, water
from broadsheet.demo.drawing.light import (
    DAWN, FOG, GOLDEN, GREY, MORNING, NIGHT, STORM, blur, clouds, glow, mist, mix, rough, round_light, sky, streaks)
from broadsheet.demo.drawing.people import (
    BACK, CROSSED, HIPS, LISTEN, SKINS, STAND, STOOP, TALK, WALK, Dress, Pose, anyone, figure)
from broadsheet.demo.drawing.svg import Canvas, blob, ellipse, group, limb, line, poly, rect, stroke
from broadsheet.demo.drawing.town import ridge, row_of_houses, spire, tree


@picture("salt-marsh-geese")
def salt_marsh_geese(c: Canvas) -> None:
    """A skein over silver creeks."""
    pal, y, d = replace(DAWN, sky=("#6d7690", "#a79aab", "#e0b3ae", "#f6d3b4")), 470, c.dice
    c.add(sky(c, pal, y), glow(c, 420, y + 10, 620, "#ffdcb0", 0.8), clouds(c, "#9c92a6", "#ffd9c4", top=-60, bottom=420, cover=0.42, scale=1.6, opacity=0.7),
          ridge(d, 1600, y, 34, pal.far("#7c7a8a", 0.5), bumps=5), spire(1190, y - 6, 120, pal.far("#55566a", 0.35)), rect(0, y - 8, 1600, 14, pal.far("#5d5f6a", 0.3)), mist(c, "#f5d3c0", y, 90, 0.7))
    c.add(rect(0, y + 4, 1600, 430, c.linear([(0, "#8f8794"), (0.35, "#75746e"), (1, "#3b4238")])), *(streaks(c, t, across=0.006, down=0.05, amount=a, y=y + 6, height=430, opacity=o) for t, a, o in (("#8a5c78", 0.4, 0.5), ("#5f6f4c", 0.38, 0.55), ("#2f3a34", 0.3, 0.4))))
    silver = c.linear([(0, "#f8dcc4"), (0.5, "#d9c3c4"), (1, "#93a0b4")], (0, y), (0, 900), "px")
    creeks = [blob([(700, y + 14), (760, y + 14), (700, y + 40), (860, y + 70), (780, y + 110), (560, y + 150), (700, y + 210), (1010, y + 270), (900, y + 360), (620, 920), (180, 920), (520, y + 340), (620, y + 260), (380, y + 190), (330, y + 140), (610, y + 100), (680, y + 66), (600, y + 36)], silver, 0.9),
              blob([(1290, y + 12), (1340, y + 14), (1300, y + 44), (1440, y + 74), (1400, y + 120), (1640, y + 180), (1640, y + 250), (1330, y + 150), (1340, y + 90), (1230, y + 50)], silver, 0.9),
              blob([(120, y + 16), (180, y + 16), (150, y + 52), (240, y + 92), (120, y + 150), (-40, y + 190), (-40, y + 140), (90, y + 110), (60, y + 50)], silver, 0.9)]
    c.add(group(*creeks, filter=rough(c, 26, 0.012)), streaks(c, "#ffffff", across=0.01, down=0.14, amount=0.12, y=y, height=430, opacity=0.25))
    tufts = [stroke([(x, yy), (x + d.uniform(-6, 6), yy - h * 0.6), (x + d.uniform(-16, 16), yy - h)], mix("#2e3630", "#8a6a6c", d.random() * 0.7), 1 + h * 0.05) for x, yy, h in ((d.uniform(-10, 1610), yy, 8 + (yy - y) * 0.13) for yy in [y + 60 + 380 * d.random() ** 0.7 for _ in range(230)]) if not 420 < x < 980 or yy > 860]
    c.add(group(*tufts), group(*(_goose(x, yy, s, p, mix("#2a2d38", "#6d6a7a", f)) for x, yy, s, p, f in _skein(c))))


def _skein(c: Canvas) -> list[tuple[float, float, float, float, float]]:
    """Two ragged arms of a V, and stragglers."""
    d, out = c.dice, []
    for i in range(34):
        out.append((1330 - i * 30 + d.uniform(-6, 6), 300 - i * 5.5 + d.uniform(-6, 6) + 14 * sin(i * 0.7), 44 - i * 0.7, d.random(), i * 0.012))
    for i in range(24):
        out.append((1300 - i * 34 + d.uniform(-6, 6), 312 + i * 4.2 + d.uniform(-6, 6) - 10 * sin(i * 0.6), 42 - i * 0.8, d.random(), i * 0.016))
    return out + [(d.uniform(300, 700), d.uniform(200, 300), 20, d.random(), 0.5) for _ in range(5)]


def _goose(x: float, y: float, s: float, beat: float, colour: str) -> str:
    """A goose in flight to the right, wings at some point of their beat."""
    up = -0.55 + beat * 0.9
    return group(blob([(-0.42 * s, 0), (-0.1 * s, -0.1 * s), (0.24 * s, -0.06 * s), (0.56 * s, -0.11 * s), (0.66 * s, -0.08 * s), (0.56 * s, -0.04 * s), (0.2 * s, 0.07 * s), (-0.16 * s, 0.08 * s)], colour, 0.7),
                 blob([(0.12 * s, -0.02 * s), (-0.06 * s, up * 0.5 * s), (-0.3 * s, up * s), (-0.2 * s, up * 0.4 * s), (-0.12 * s, 0.02 * s)], colour, 0.6), blob([(0.16 * s, -0.02 * s), (0.12 * s, up * 0.42 * s), (0.02 * s, up * 0.9 * s), (-0.02 * s, up * 0.3 * s)], mix(colour, "#ffffff", 0.12), 0.6), transform=f"translate({x:.0f} {y:.0f}) rotate(-4)")


@picture("marsh-counters")
def marsh_counters(c: Canvas) -> None:
    """From left: three counters, one notebook, lunch."""
    pal, y, d = replace(MORNING, sky=("#8fb0bc", "#bfd0d0", "#e2ddca", "#f3e3c4")), 470, c.dice
    lit = round_light(c, "#fff3d4", "#232a2a", -5, 2, rim=0.8, body=0.45)
    c.add(sky(c, pal, y), clouds(c, "#b9c6c6", "#fbf3df", top=-40, bottom=430, cover=0.5, scale=1.1), ridge(d, 1600, y, 40, pal.far("#6d8084", 0.6), bumps=6), rect(0, y - 4, 1600, 620, c.linear([(0, "#c9c6b0"), (0.3, "#a8a284"), (1, "#6f7550")])),
          *(streaks(c, t, across=0.004, down=0.06, amount=a, y=y, height=420, opacity=o) for t, a, o in (("#e9e9de", 0.34, 0.7), ("#7f8a5c", 0.4, 0.6), ("#8a6f74", 0.26, 0.4))))
    flock = group(*(line([(x - s, yy - s * 0.4), (x, yy), (x + s, yy - s * 0.5)], "#4b565a", 1.6) for x, yy, s in ((d.gauss(1180, 120) + k * 0.4, d.gauss(300, 34) - k * 0.12, d.uniform(3, 8)) for k in range(170))))
    waders = group(*(ellipse(d.uniform(100, 1500), d.uniform(y + 20, y + 120), 4, 2, d.choice(("#4b4a44", "#f4f0e2", "#8a7a66"))) for _ in range(150)))
    c.add(flock, waders, blob([(-40, 1090), (-40, 850), (300, 818), (800, 806), (1300, 820), (1640, 850), (1640, 1090)], "#66704a", 0.7), blob([(-40, 850), (300, 818), (800, 806), (1300, 820), (1640, 850), (1640, 880), (800, 836), (-40, 884)], "#a8a67a", 0.7),
          *(stroke([(x, yy), (x + 4, yy - 16), (x + d.uniform(-12, 12), yy - 34)], mix("#4d5836", "#b9b27a", d.random()), 3) for x, yy in [(d.uniform(0, 1600), d.uniform(850, 1067)) for _ in range(170)]))
    wax = dict(legs="#3b4038", hem=0.4)
    people = ((215, 872, 430, replace(LISTEN, lean=14, arm=(52, 96), other_arm=(58, 104), head=6), Dress(coat="#4f5a3c", skin=SKINS[0], hair="#b9a58c", head="beanie", accent="#b4523b", **wax), False),
              (520, 868, 392, replace(LISTEN, arm=(16, 96), other_arm=(26, 84), head=14), Dress(coat="#6b5a3a", skin=SKINS[1], hair="#8d6235", head="beanie", accent="#35607a", **wax), False),
              (800, 872, 446, replace(LISTEN, lean=12, arm=(54, 98), other_arm=(60, 106), head=4), Dress(coat="#3c4a44", skin=SKINS[4], hair="#1d1815", head="beanie", accent="#d0a04c", **wax), False),
              (1075, 868, 404, replace(TALK, arm=(28, 150), other_arm=(-4, 4), head=-2), Dress(coat="#5c5340", skin=SKINS[0], hair="#d9d5cc", head="beanie", accent="#7a4a6a", **wax), False),
              (1320, 874, 420, replace(LISTEN, lean=2, arm=(30, 140), other_arm=(40, 132), head=-4), Dress(coat="#44523f", skin=SKINS[2], hair="#5a3b26", head="beanie", accent="#e4ddcc", **wax), False))
    for x, yy, h, pose, dress, flip in people:
        c.add(ellipse(x - 60, yy, 120, 10, "#2c3220", opacity=0.35, filter=blur(c, 6)), figure(x, yy, h, pose, dress, left=flip, filter=lit))
    for x, eye in ((330, 512), (920, 500)):
        c.add(_telescope(x, eye, 872, lit))
    c.add(_notebook(596, 640), _sandwich(1142, 505), group(ellipse(1405, 540, 18, 13, "#20262a"), ellipse(1428, 536, 16, 11, "#20262a"), line([(1392, 542), (1440, 534)], "#20262a", 12), filter=lit),
          group(rect(1150, 838, 54, 34, "#8a5c34", rx=5), rect(1160, 800, 26, 44, "#b9402f", rx=6), rect(1164, 790, 18, 14, "#d9d5cc")))


def _telescope(x: float, y: float, base: float, lit: str) -> str:
    """A spotting scope on its tripod, pointing right, eyepiece at (x, y)."""
    return group(*(line([(x + 40, y + 22), (x + 40 + k, base)], "#23282a", 8) for k in (-64, 6, 70)), rect(x + 26, y + 10, 28, 24, "#23282a"), poly([(x, y - 9), (x + 60, y - 15), (x + 126, y - 21), (x + 126, y + 17), (x + 60, y + 11), (x, y + 8)], "#39453c"), rect(x + 124, y - 23, 14, 42, "#23282a"), ellipse(x + 138, y - 2, 4, 19, "#9fc0cc"), filter=lit)


def _notebook(x: float, y: float) -> str:
    return group(poly([(x, y), (x + 66, y - 18), (x + 74, y + 10), (x + 8, y + 26)], "#f6efda"), line([(x + 37, y - 10), (x + 42, y + 18)], "#b9a988", 2), *(line([(x + 6, y + 6 + i * 5), (x + 32, y - 1 + i * 5)], "#7f8a92", 1.4) for i in range(3)))


def _sandwich(x: float, y: float) -> str:
    return group(poly([(x, y), (x + 44, y - 10), (x + 40, y + 26)], "#e8cf9c"), line([(x + 4, y + 6), (x + 40, y + 6)], "#6d8a3a", 5), line([(x + 10, y + 11), (x + 40, y + 14)], "#c9573c", 4))


@picture("aster-barrier")
def aster_barrier(c: Canvas) -> None:
    """One and Two shut; Three and Four not."""
    pal, y, d = replace(STORM, sky=("#2f3a44", "#4a565e", "#7f8479", "#d8bd78"), water=("#8a8a74", "#2a383e"), light="#f2d98e"), 560, c.dice
    lit = round_light(c, "#ffe39a", "#10171b", -5, 2, rim=0.8, body=0.5)
    heaven = group(sky(c, pal, y), glow(c, 1180, y - 30, 560, "#ffdc7c", 0.75))
    shore = group(ridge(d, 1600, y, 40, pal.far("#3b463f", 0.35), bumps=8), row_of_houses(d, 1240, 1640, y, 46, ["#4b4a48", "#55524c"], "#333436", lamp="#ffd58c", lit=0.25, width=48))
    parts, xs = [], (180, 560, 940, 1320)
    for i, x in enumerate(xs[:-1] + (1320,)):
        if i < 4 and x < 1320 or i == 3:
            left = x + 70
            if i < 2:
                parts.append(group(blob([(left, y + 26), (left, y - 96), (left + 30, y - 128), (left + 210, y - 128), (left + 240, y - 96), (left + 240, y + 26)], c.linear([(0, "#9fb0ae"), (0.5, "#6b7d7f"), (1, "#3c4b50")]), 0.4), *(line([(left + 6, y - 96 + k * 30), (left + 234, y - 96 + k * 30)], "#2f3c42", 3) for k in range(5)), *(line([(left + 30 + k * 45, y - 126), (left + 30 + k * 45, y + 24)], "#2f3c42", 2) for k in range(5)), filter=lit))
            else:
                parts.append(group(poly([(left, y - 20), (left + 240, y - 20), (left + 240, y - 4), (left, y - 4)], "#2c3a40"), *(rect(left + 8 + k * 30, y - 26, 14, 8, "#4c5d62") for k in range(8))))
    for i, x in enumerate(xs):
        parts.append(group(
            blob([(x - 62, y + 50), (x - 70, y - 30), (x - 60, y - 170), (x + 60, y - 170), (x + 70, y - 30), (x + 62, y + 50)], c.linear([(0, "#b9b5a2"), (1, "#6d6b62")]), 0.25), *(line([(x - 64, y - 130 + k * 40), (x + 64, y - 130 + k * 40)], "#57564e", 2, opacity=0.7) for k in range(5)),
            blob([(x - 78, y - 168), (x - 60, y - 216), (x - 8, y - 262), (x + 44, y - 236), (x + 80, y - 168)], c.linear([(0, "#dfe3da"), (1, "#7f8d8c")]), 0.75), *(stroke([(x - 60 + k * 28, y - 170), (x - 50 + k * 26, y - 214), (x - 18 + k * 12, y - 250)], "#5d6c6d", 2) for k in range(5)),
            ellipse(x, y - 126, 17, 17, "#3a3f3e"), ellipse(x, y - 126, 12, 12, "#ff5a40" if i < 2 else "#57d987"), glow(c, x, y - 126, 66, "#ff5a40" if i < 2 else "#57d987", 0.8), filter=lit))
    tower = group(rect(40, y - 250, 60, 300, "#8d897a"), poly([(14, y - 320), (130, y - 320), (120, y - 246), (26, y - 246)], "#4a565a"), rect(28, y - 306, 92, 34, "#ffdb8c"), *(rect(46 + k * 24, y - 306, 4, 34, "#39444a") for k in range(3)), rect(10, y - 332, 124, 14, "#2f393e"), line([(72, y - 332), (72, y - 420)], "#2f393e", 4), glow(c, 74, y - 290, 150, "#ffdb8c", 0.7), filter=lit)
    catwalk = group(line([(20, y - 178), (1400, y - 178)], "#39444a", 7), *(line([(x, y - 178), (x, y - 200)], "#39444a", 2.4) for x in range(40, 1400, 22)), line([(20, y - 200), (1400, y - 200)], "#39444a", 3))
    world = group(shore, catwalk, *parts, tower)
    c.add(heaven, clouds(c, "#333d45", "#8f8f80", top=-120, bottom=400, cover=0.78, scale=1.5, soft=2.2), clouds(c, "#4f5a5e", "#e9cf86", top=190, bottom=540, cover=0.42, scale=0.8), world, water(c, pal, y + 26, group(heaven, world), calm=0.25, glints=0.22, strength=0.6))
    foam = [stroke([(x + k * 36, y + 40 + r * 34 + 10 * sin(k + r)) for k in range(7)], "#eee6c8", d.uniform(3, 8), opacity=0.7) for r in range(5) for x in (1020 + d.uniform(-30, 40), 1400 + d.uniform(-40, 20))]
    swirl = [stroke([(cx + (20 + a * 9) * 1.9 * sin(a * 0.9), cy + (20 + a * 9) * 0.32 * sin(a * 0.9 + pi / 2)) for a in range(8)], "#dcd4b4", 3, opacity=0.5) for cx, cy in ((1110, 720), (1420, 690), (960, 800))]
    c.add(group(*foam, filter=rough(c, 24, 0.03)), *swirl, *(group(ellipse(x, y + 52, 96, 9, "#f3ecd0", opacity=0.6), filter=rough(c, 20, 0.05)) for x in xs), gulls(d, 6, (700, 330, 600, 150), (22, 44), "#f4eeda"))


@picture("night-sky-observatory")
def night_sky_observatory(c: Canvas) -> None:
    """The queue was for Saturn."""
    pal, d = replace(NIGHT, sky=("#050a1a", "#0b1731", "#16294a", "#3a4a66")), c.dice
    lit = round_light(c, "#ff9a86", "#03060c", 3, 1, rim=0.8, body=0.4)
    way = group(*(ellipse(t * 1300 - 160 + d.gauss(0, 1) * (54 + 40 * d.random()), 1040 - t * 1250 + d.gauss(0, 62), r := abs(d.gauss(0, 0.8)) + 0.35, r, d.choice(("#ffffff", "#ffe9cc", "#cfe0ff")), opacity=d.uniform(0.2, 0.9)) for t in [d.random() for _ in range(2400)]))
    dust = group(*(limb([(-160 + k * 20, 1040 + k * 30), (280 + k * 10, 600 + k * 26), (700, 220 + k * 30), (1140, -210 + k * 40)], (190, 250, 230, 160), tone, opacity=o) for k, tone, o in ((0, "#7a86b8", 0.26), (-3, "#b59ac0", 0.16), (2, "#e0cdbf", 0.14))), filter=blur(c, 60, whole=True), style="mix-blend-mode:screen")
    rift = group(limb([(-100, 1000), (250, 660), (520, 410), (760, 150), (1080, -180)], (60, 90, 60, 90, 40), "#0a1022", opacity=0.42), filter=c.filter('<feTurbulence type="fractalNoise" baseFrequency="0.008" numOctaves="4" seed="8"/><feDisplacementMap in="SourceGraphic" scale="210" xChannelSelector="R" yChannelSelector="G"/><feGaussianBlur stdDeviation="24"/>', whole=True))
    field = group(*(ellipse(d.uniform(0, 960), d.uniform(0, 980), r := d.choice((0.5, 0.6, 0.8, 1.1, 1.7)), r, d.choice(("#ffffff", "#ffdfc0", "#cfe0ff")), opacity=d.uniform(0.3, 1)) for _ in range(620)))
    bright = [glow(c, x, yy, 30, "#e6f0ff", 0.8) + ellipse(x, yy, 2.6, 2.6, "#fff") for x, yy in ((180, 190), (820, 640), (610, 90), (330, 420), (90, 560))] + [glow(c, 760, 330, 44, "#ffe3b0", 0.9) + ellipse(760, 330, 4, 4, "#fff2d0")]
    c.add(sky(c, pal, 1010), glow(c, 930, 1030, 420, "#e8a86c", 0.55), dust, way, rift, field, *bright)
    c.add(blob([(-40, 1240), (-40, 1010), (180, 968), (430, 940), (700, 962), (1000, 1030), (1000, 1240)], "#080d16", 0.7), *(ellipse(d.uniform(780, 960), d.uniform(1000, 1022), 1.8, 1.4, "#ffc98a", opacity=0.8) for _ in range(40)))
    dome = group(rect(250, 836, 240, 120, c.linear([(0, "#aeb9cc"), (1, "#4a566e")], (0, 0), (1, 0))), rect(240, 826, 260, 14, "#6d7a92"), blob([(246, 828), (256, 750), (300, 690), (370, 664), (440, 690), (484, 750), (494, 828)], c.linear([(0, "#dfe6f0"), (0.55, "#8c98b0"), (1, "#3c4860")], (0, 0), (1, 0)), 0.6), poly([(384, 830), (392, 664), (436, 686), (440, 830)], "#4a1414"), poly([(392, 826), (398, 676), (428, 692), (432, 826)], "#b02e22"), line([(404, 800), (432, 690)], "#1a0a0c", 15), *(stroke([(x, 828), (x + (370 - x) * 0.35, 730), (370, 666)], "#5c6880", 1.6, opacity=0.7) for x in (280, 320)),
                 rect(300, 876, 44, 80, "#2a1216"), rect(306, 882, 32, 74, "#7a2018"), filter=round_light(c, "#e9f0ff", "#04070e", 3, 1, rim=0.6, body=0.4))
    c.add(dome, glow(c, 412, 760, 190, "#e0402c", 0.55), glow(c, 322, 930, 150, "#e0402c", 0.6))
    queue = ((520, 968, 118, STAND, Dress(coat="#1c2536", legs="#10151f", skin="#7a5644", head="beanie", accent="#3a2a36", hem=0.4), True), (588, 972, 124, replace(LISTEN, head=-24, arm=(20, 120)), Dress(coat="#2a2433", legs="#10151f", skin="#5c3f30", head="long", hair="#15100e", hem=0.32), True), (640, 978, 76, replace(STAND, view="side", head=-26, arm=(30, 60)), Dress(coat="#3a2a24", legs="#10151f", skin="#7a5644", head="hood", hem=0.42), True), (700, 980, 128, replace(TALK, arm=(24, 100)), Dress(coat="#1e2c30", legs="#10151f", skin="#6b4a3a", head="hat", accent="#151a22", hem=0.3), True))
    c.add(*(figure(x, yy, h, pose, dress, left=flip, filter=lit) for x, yy, h, pose, dress, flip in queue), rect(668, 924, 8, 20, "#8a93a0", rx=2), *(stroke([(d.uniform(0, 960), 1220), (d.uniform(0, 960), 1150), (d.uniform(0, 960), 1130)], "#0d1420", 3) for _ in range(2)))


@picture("vesterey-peat-fire")
def vesterey_peat_fire(c: Canvas) -> None:
    """A line of fire along a ridge, a harbour below."""
    pal, y, d = replace(GREY, sky=("#7f878a", "#a39f98", "#c9b9a2", "#dcc6a4"), water=("#9aa3a2", "#6a7a80")), 430, c.dice
    lit = round_light(c, "#ffb265", "#120d0b", 4, 2, rim=0.95, body=0.4)
    c.add(sky(c, pal, y), clouds(c, "#8f8a84", "#d9c8ac", top=-60, bottom=420, cover=0.6, scale=1.3), rect(0, y, 1600, 400, c.linear([(0, "#b4b8b2"), (1, "#76858a")])), streaks(c, "#eceae0", across=0.006, down=0.09, amount=0.2, y=y, height=330, opacity=0.5), ridge(d, 500, y, 40, pal.far("#5d6460", 0.6), x=-60, bumps=5))
    village = group(blob([(-40, 760), (-40, 560), (160, 556), (330, 590), (470, 640), (380, 760)], "#6d6f56", 0.8), *(group(rect(x, yy - h, w, h, "#f3eee0"), poly([(x - 3, yy - h), (x + w / 2, yy - h - w * 0.42), (x + w + 3, yy - h)], "#5a5f66"), rect(x + w * 0.2, yy - h * 0.6, w * 0.16, h * 0.3, "#4d5860"), rect(x + w * 0.6, yy - h * 0.6, w * 0.16, h * 0.3, "#4d5860")) for x, yy, w, h in ((30, 590, 44, 26), (84, 596, 36, 22), (134, 590, 46, 28), (196, 604, 40, 24), (60, 624, 46, 26), (150, 630, 44, 26), (220, 640, 40, 22), (262, 618, 36, 24))),
                    stroke([(330, 590), (430, 572), (490, 590), (480, 612)], "#8a8678", 10), spire(112, 590, 70, "#e9e3d2"))
    boats = group(trawler(360, 604, 34, "#3a4a54", "#e9e3d2", "#333"), trawler(410, 616, 30, "#7a3a32", "#e9e3d2", "#333"))
    moor = blob([(-60, 1100), (-60, 800), (200, 770), (520, 690), (820, 560), (1120, 470), (1400, 430), (1680, 410), (1680, 1100)], c.linear([(0, "#5b4a36"), (1, "#2a231c")]), 0.7)
    crest = [(470, 704), (640, 640), (820, 562), (960, 512), (1120, 470), (1260, 448), (1400, 430), (1560, 418)]
    smoke = group(*(blob([(x, yy), (x + 60 * k, yy - 110 * k), (x + 220 * k, yy - 210 * k), (x + 460 * k, yy - 270 * k), (x + 620 * k, yy - 180 * k), (x + 360 * k, yy - 110 * k), (x + 150 * k, yy - 30 * k)], tone, 1, opacity=0.34) for (x, yy), k, tone in ((p, d.uniform(0.7, 1.25), d.choice(("#5c5652", "#8a8078", "#b3a694", "#4a4542"))) for p in crest for _ in range(3))), filter=c.filter('<feTurbulence type="fractalNoise" baseFrequency="0.006 0.009" numOctaves="4" seed="21"/><feDisplacementMap in="SourceGraphic" scale="150" xChannelSelector="R" yChannelSelector="G"/><feGaussianBlur stdDeviation="10"/>', whole=True))
    c.add(village, boats, smoke, *(glow(c, x, yy, 190, "#ff8a2e", 0.5) for x, yy in crest[1:]), moor)
    flames = []
    for (x0, y0), (x1, y1) in zip(crest, crest[1:]):
        for k in range(9):
            t, h = k / 9, d.uniform(14, 58)
            x, yy = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t + 12
            flames += [blob([(x - 13, yy), (x - 8, yy - h * 0.5), (x + h * 0.3, yy - h), (x + 9, yy - h * 0.35), (x + 14, yy)], d.choice(("#f26a1e", "#f58f2e", "#ffb648")), 0.8), ellipse(x, yy - 4, 7, 9, "#ffe08a")]
    sparks = [ellipse(x + d.uniform(0, 260), yy - d.uniform(20, 220), r := d.uniform(0.8, 2.6), r, "#ffc27a", opacity=d.uniform(0.3, 0.9)) for x, yy in crest for _ in range(12)]
    c.add(group(*flames), *sparks, *(streaks(c, t, across=0.02, down=0.06, amount=a, y=600, height=470, opacity=0.35, mask=c.mask(blob([(-60, 1100), (-60, 830), (520, 730), (1120, 520), (1680, 460), (1680, 1100)], "#fff", 0.7))) for t, a in (("#8a6a44", 0.34), ("#15110d", 0.36))))
    swing = replace(STOOP, lean=24, arm=(62, 72), other_arm=(70, 82), leg=(16, -6), other_leg=(-12, -22), head=10)
    crew = ((690, 700, 210, swing, True), (930, 640, 190, replace(LISTEN, lean=8, arm=(40, 78), other_arm=(48, 82)), True), (1180, 620, 220, swing, True), (1400, 640, 240, replace(STAND, view="side", lean=12, arm=(46, 76), other_arm=(50, 84), leg=(14, 2), other_leg=(-14, -16)), True))
    for x, yy, h, pose, flip in crew:
        c.add(figure(x, yy, h, pose, Dress(coat="#2a2622", legs="#1c1917", skin="#5c3f2e", head="helmet", accent="#c9a23c", hem=0.42), left=flip, filter=lit))
        tip = (x - h * 0.52, yy - h * (0.2 if pose is swing else 0.5))
        c.add(line([(x - h * 0.16, yy - h * 0.62), tip], "#1c1512", 5), rect(tip[0] - 20, tip[1] - 6, 34, 22, "#1c1512") if pose is swing else stroke([(x + 10, yy - h * 0.5), (x + 90, yy - 10), (x + 260, yy + 60), (x + 420, yy + 50)], "#3a2f28", 8))


@picture("flood-wall-works")
def flood_wall_works(c: Canvas) -> None:
    """Three-hour windows, twice a day."""
    pal, y, d = replace(MORNING, water=("#b3bdb4", "#566a66")), 600, c.dice
    lit = round_light(c, "#fff4d6", "#20282a", -4, 2, rim=0.7, body=0.45)
    far = group(row_of_houses(d, 620, 1640, y, 96, [pal.far(t, 0.5) for t in ("#8a5a48", "#a07a5c", "#75706a")], pal.far("#4b4644", 0.5), width=52), spire(1290, y, 230, pal.far("#6a6a66", 0.5)), ridge(d, 700, y, 40, pal.far("#6d8078", 0.6), x=400, bumps=4))
    heaven = group(sky(c, pal, y), clouds(c, "#b9c8c8", "#fdf6e4", top=-40, bottom=520, cover=0.5, scale=0.9))
    c.add(heaven, far, water(c, pal, y, group(heaven, far), calm=0.4, glints=0.28))
    piles = []
    for i in range(26):
        t = i / 25
        left, wide = 470 + t * 1150, 34 + t * 26
        top, low = 616 - 46 * t + (14 if i in (3, 7, 8) else 0), 720 + 190 * t
        tone = ("#7d5a44", "#5f4436")[i % 2]
        piles += [poly([(left, top), (left + wide, top - 2), (left + wide, low + 6), (left, low)], tone), line([(left + wide * 0.5, top), (left + wide * 0.5, low)], mix(tone, "#1a1412", 0.35), 3), poly([(left, low - 50 - 40 * t), (left + wide, low - 54 - 40 * t), (left + wide, low + 6), (left, low)], "#2f2a26", opacity=0.45)]
    bank = group(blob([(-40, 1100), (-40, 640), (240, 650), (470, 700), (800, 800), (1200, 900), (1660, 1000), (1660, 1100)], "#8a7a5c", 0.6), blob([(-40, 1100), (-40, 760), (300, 800), (760, 920), (1240, 1040), (1300, 1100)], "#a5946e", 0.6), streaks(c, "#5c4e38", across=0.012, down=0.03, amount=0.36, y=700, height=367, opacity=0.3, mask=c.mask(blob([(-40, 1100), (-40, 660), (240, 670), (470, 720), (1200, 920), (1660, 1020), (1660, 1100)], "#fff", 0.6))))
    rig = group(poly([(150, 690), (400, 690), (420, 730), (400, 764), (150, 764), (130, 730)], "#2a2c2c"), *(ellipse(170 + k * 42, 727, 24, 24, "#4a4a46") for k in range(6)), rect(160, 560, 190, 126, "#e0a52c"), rect(300, 500, 90, 186, "#e8b23c"), rect(312, 516, 62, 70, "#33424a"), rect(150, 600, 60, 86, "#8a8478"), poly([(388, 690), (420, 690), (450, 60), (424, 60)], "#c9922a"), *(line([(392 + k * 2, 670 - k * 40), (446 - k * 0.2, 640 - k * 40)], "#7a5a1c", 4) for k in range(15)), line([(240, 560), (430, 140)], "#5c4a24", 8), rect(446, 210, 46, 150, "#3a4044"), rect(452, 340, 34, 24, "#c9402f"), line([(469, 60), (469, 210)], "#2b2b2b", 4), poly([(456, 360), (484, 360), (486, 650), (458, 650)], "#6d4c3a"), filter=lit)
    digger = group(poly([(930, 880), (1150, 880), (1170, 910), (1150, 938), (930, 938), (912, 910)], "#2a2c2c"), rect(950, 800, 190, 78, "#d9962c"), rect(1050, 730, 84, 90, "#e3a53a"), rect(1062, 742, 56, 52, "#33424a"), limb([(960, 810), (860, 690), (760, 740)], (34, 30, 24), "#d9962c"), limb([(760, 740), (740, 830)], (26, 20), "#c98a24"), blob([(720, 820), (770, 826), (766, 870), (726, 880), (706, 850)], "#3a3a38", 0.4), filter=lit)
    workers = [figure(px, py, h, pose, Dress(coat="#e0662a", legs="#27343a", head="helmet", accent="#f3efe2", skin=skin, hem=0.46), left=flip, filter=lit) for px, py, h, pose, skin, flip in ((580, 800, 150, POINT_UP, SKINS[2], True), (650, 816, 154, LISTEN, SKINS[0], True), (830, 900, 176, STOOP, SKINS[4], False))]
    path = group(poly([(-40, 1100), (-40, 980), (700, 1067), (680, 1100)], "#c9b98f"), *(line([(px, 936 + px * 0.115), (px, 850 + px * 0.115)], "#8d9496", 5) for px in range(-20, 1000, 96)), *(line([(-40, 846 + k * 15), (1000, 966 + k * 15)], "#9aa2a4", 1.4, opacity=0.8) for k in range(7)), *(line([(px, 850 + px * 0.115), (px + 40, 940 + px * 0.115)], "#9aa2a4", 1, opacity=0.6) for px in range(-40, 1000, 16)))
    walkers = [figure(170, 1040, 300, WALK, Dress(coat="#35607a", legs="#2b3238", skin=SKINS[1], hair="#5a3b26", head="long", accent="#d0a04c", hem=0.32), filter=lit), figure(290, 1056, 318, WALK, Dress(coat="#5c4a3a", legs="#23282c", skin=SKINS[3], head="cap", accent="#2f3a3a", hem=0.46), filter=lit), _dog(470, 1066, 96, "#5a3a24")]
    c.add(*piles, bank, rig, digger, *workers, path, *walkers, line([(352, 916), (430, 1010)], "#a33d30", 2.5), gulls(d, 4, (800, 200, 500, 200), (26, 50), "#ffffff"))


POINT_UP = replace(TALK, arm=(104, 112), other_arm=(-8, -4))


def _dog(x: float, base: float, size: float, colour: str) -> str:
    """A spaniel trotting right."""
    s = size
    return group(*(limb([(px * s, -0.42 * s), ((px + k) * s, -0.2 * s), ((px + k * 1.6) * s, -0.02 * s)], (0.14 * s, 0.09 * s, 0.07 * s), mix(colour, "#000000", sh)) for px, k, sh in ((-0.34, -0.1, 0.3), (0.3, 0.1, 0.3), (-0.26, 0.1, 0), (0.36, -0.08, 0))), blob([(-0.46 * s, -0.6 * s), (-0.1 * s, -0.66 * s), (0.3 * s, -0.68 * s), (0.5 * s, -0.5 * s), (0.3 * s, -0.34 * s), (-0.1 * s, -0.38 * s), (-0.44 * s, -0.36 * s)], colour, 0.8),
                 blob([(0.34 * s, -0.64 * s), (0.46 * s, -0.9 * s), (0.66 * s, -0.92 * s), (0.86 * s, -0.76 * s), (0.7 * s, -0.66 * s), (0.52 * s, -0.54 * s)], colour, 0.7), blob([(0.46 * s, -0.88 * s), (0.38 * s, -0.7 * s), (0.44 * s, -0.58 * s), (0.54 * s, -0.74 * s)], mix(colour, "#000000", 0.35), 0.8), stroke([(-0.44 * s, -0.56 * s), (-0.62 * s, -0.7 * s), (-0.66 * s, -0.88 * s)], colour, 0.08 * s), ellipse(0.84 * s, -0.77 * s, 0.035 * s, 0.03 * s, "#15100e"), transform=f"translate({x} {base})")
