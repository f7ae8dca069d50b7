"""Football, courts, parliaments, plots: people in numbers, and places made for them."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin

from broadsheet.demo.drawing.camera import Camera, upright_wall
from broadsheet.demo.drawing.gallery import picture
from broadsheet.demo.drawing.harbour import gantry_crane
from broadsheet.demo.drawing.light import (
    GOLDEN, GREY, NIGHT, STORM, Palette, blur, clouds, glow, mist, mix, rain, rough, round_light, sky, streaks)
from broadsheet.demo.drawing.people import (
    BACK, CROSSED, HAIRS, HIPS, LISTEN, RAISE, SIT, SKINS, STAND, STOOP, STRIDE, TALK, WALK, Dress, Pose, anyone, figure)
from broadsheet.demo.drawing.street import wet_ground
from broadsheet.demo.drawing.svg import Canvas, blob, ellipse, group, limb, line, poly, rect, stroke
from broadsheet.demo.drawing.town import row_of_houses, tree

AMBER = "#e3a02c"


@picture("ropewalk-floodlights")
def ropewalk_floodlights(c: Canvas) -> None:
    """Amber attack the Canal End."""
    cam, d = Camera(800, 300, 1720, 10.5), c.dice
    lit = round_light(c, "#f4f8e8", "#061008", -2, 2, rim=0.8, body=0.4)
    c.add(sky(c, NIGHT, 420), clouds(c, "#15233a", "#34485e", top=-60, bottom=380, cover=0.55), gantry_crane(1230, 300, 180, "#1a2a40", "#2a2a38", raised=True), gantry_crane(1330, 300, 210, "#1a2a40", "#2a2a38", raised=True),
          *(group(poly([(x, 300), (x + 5, 300 - h), (x + 25, 300 - h), (x + 32, 300)], "#1c2436"), rect(x + 1, 300 - h - 6, 28, 8, "#1c2436")) for x, h in ((180, 190), (260, 150), (1500, 170))), row_of_houses(d, -20, 1640, 300, 60, ["#16202f", "#1b2536"], "#101824", lamp="#ffd58c", lit=0.22, width=46))
    stand = group(rect(0, 390, 1600, 200, "#1a2426"), poly([(120, 236), (1480, 236), (1560, 258), (40, 258)], "#2a3444"), rect(40, 258, 1520, 330, "#141a24"), *(rect(x, 250, 8, 150, "#3a4656") for x in range(110, 1500, 170)))
    heads = group(*(ellipse(x + d.uniform(-4, 4), yy + d.uniform(-3, 3), 5.4, 6.4, mix(d.choice(SKINS), "#141a24", 0.3)) + rect(x - 7 + d.uniform(-3, 3), yy + 5, 14, 12, d.choice((AMBER, "#1c1c20", "#2c3442", AMBER, "#57503c", "#3a2c2c")), rx=4) for yy in range(270, 580, 15) for x in range(6, 1600, 14)))
    banners = group(*(poly([(x, yy), (x + w, yy - 6), (x + w, yy + 16), (x, yy + 22)], t) for x, yy, w, t in ((360, 300, 120, AMBER), (820, 330, 150, "#17181c"), (1120, 290, 110, AMBER))))
    flags = group(*(line([(x, yy), (x + 10, yy - 50)], "#8d949c", 2) + blob([(x + 10, yy - 50), (x + 40, yy - 56), (x + 64, yy - 42), (x + 60, yy - 24), (x + 34, yy - 32), (x + 8, yy - 26)], AMBER, 0.7) for x, yy in ((290, 330), (660, 350), (1010, 320), (1290, 350))))
    pitch = group(cam.face([(-60, 0, 61), (60, 0, 61), (40, 0, 12), (-40, 0, 12)], c.linear([(0, "#4f8a4a"), (1, "#2a5a34")], (0, 480), (0, 900), "px")), *(cam.face([(-60, 0, z), (60, 0, z), (60, 0, z + 3), (-60, 0, z + 3)], "#67a558", opacity=0.35) for z in (16, 22, 28, 34, 40, 46, 52)))
    marks = group(*(cam.wire(points, 3, "#eef4e6", opacity=0.85) for points in ([(-34, 0, 56), (34, 0, 56)], [(-14, 0, 56), (-14, 0, 41), (14, 0, 41), (14, 0, 56)], [(-6, 0, 56), (-6, 0, 51), (6, 0, 51), (6, 0, 56)])), ellipse(*cam.see((0, 0, 45)), 4, 2, "#eef4e6"))
    boards = group(*(cam.upright(-34 + i * 6.8, 60, 6.6, 1.1, ("#27406a", "#c9822c", "#e4e0d2", "#7a2f2a")[i % 4]) for i in range(10)))
    goal = group(cam.post(-3.7, 56, 0, 2.44, 0.16, "#ffffff"), cam.post(3.7, 56, 0, 2.44, 0.16, "#ffffff"), cam.wire([(-3.7, 2.44, 56), (3.7, 2.44, 56)], 4, "#ffffff"), *(cam.wire([(-3.7 + i * 0.4, 0, 57.5), (-3.7 + i * 0.4, 2.2, 57.2)], 0.8, "#ffffff", opacity=0.6) for i in range(19)), *(cam.wire([(-3.7, h, 57), (3.7, h, 57)], 0.8, "#ffffff", opacity=0.6) for h in (0.6, 1.2, 1.8)))
    c.add(rect(0, 296, 1600, 240, "#1b2a2c"), stand, heads, banners, flags, pitch, boards, marks, goal)
    kick = replace(STRIDE, lean=-10, leg=(58, 40), other_leg=(-14, -30), arm=(-60, -40), other_arm=(50, 80))
    players = [(-1.0, 27.5, kick, 0, 1), (1.8, 30, STRIDE, 1, 0), (-4.6, 33, STRIDE, 0, 1), (4.6, 36, STRIDE, 1, 1), (0.6, 40, WALK, 1, 0), (-7.5, 38, STRIDE, 1, 0), (8.0, 31, STRIDE, 0, 1), (-10.5, 29, STRIDE, 0, 1), (11, 41, WALK, 1, 0), (3.2, 46, STAND, 0, 1), (0.3, 54.5, RAISE, 2, 0), (-3.5, 47, STRIDE, 1, 0), (6.3, 25, WALK, 3, 0)]
    for x, z, pose, side, way in sorted(players, key=lambda row: -row[1]):
        shirt, legs = ((AMBER, "#17181c"), ("#f2f2ea", "#2c3f66"), ("#3fb06a", "#1f5a38"), ("#15161a", "#15161a"))[side]
        (px, py), s = cam.see((x, 0, z)), cam.scale(z)
        c.add(group(*(ellipse(px + dx * s, py, 0.9 * s, 0.16 * s, "#0b1f10", opacity=0.3, transform=f"rotate({a} {px:.0f} {py:.0f})") for dx, a in ((0.7, -8), (-0.7, 8)))), cam.stand(x, z, pose, Dress(coat=shirt, legs=legs, skin=d.choice(SKINS), hair=d.choice(HAIRS[:4]), hem=0.47, shoes="#e9e4d4"), stature=1.85, left=not way, filter=lit))
    c.add(ellipse(*cam.see((-2.2, 0.35, 27.3)), 6.5, 6.5, "#ffffff"), *(_pylon(c, x, base, h) for x, base, h in ((60, 420, 400), (330, 300, 190), (1290, 300, 190), (1546, 420, 400))), rain(c, "#e6f0f2", 460, lean=0.1, length=26, opacity=0.2), mist(c, "#bcd0c8", 400, 200, 0.22))


def _pylon(c: Canvas, x: float, base: float, height: float) -> str:
    """A lattice floodlight with its bank of lamps and their beam."""
    top, w = base - height, height * 0.05
    toward = 1 if x < 800 else -1
    bank = [ellipse(x + (i - 1.5) * w * 1.3, top + j * w * 1.1, w * 0.5, w * 0.42, "#fdfff2") for i in range(4) for j in range(3)]
    beam = poly([(x - w * 2, top), (x + w * 2, top + w * 3), (x + toward * 900, 900), (x + toward * 160, 900)], c.linear([(0, "#eef6ea", 0.3), (1, "#eef6ea", 0)], (x, top), (x + toward * 420, 820), "px"), style="mix-blend-mode:screen", filter=blur(c, 12))
    lattice = [line([(x + (w if k % 2 else -w) * (1 - k / 26), base - height * k / 14), (x + (-w if k % 2 else w) * (1 - (k + 1) / 26), base - height * (k + 1) / 14)], "#4a5868", 2) for k in range(14)]
    return group(beam, line([(x - w, base), (x - w * 0.5, top)], "#4a5868", 4), line([(x + w, base), (x + w * 0.5, top)], "#4a5868", 4), *lattice, rect(x - w * 2.9, top - w * 0.8, w * 5.8, w * 4, "#2a3442"), *bank, glow(c, x, top + w, height * 0.55, "#f2f8ea", 0.9))


@picture("terrace-scarves")
def terrace_scarves(c: Canvas) -> None:
    """From behind, before kick-off."""
    d = c.dice
    lit = round_light(c, "#f6f8e4", "#05080c", 0, 5, rim=0.95, body=0.35, soft=2)
    c.add(rect(0, 0, 1600, 1067, "#0d1626"), glow(c, 240, 60, 520, "#eef6e4", 0.8), glow(c, 1420, 40, 480, "#eef6e4", 0.8), rect(0, 250, 1600, 120, "#1a2230"), *(ellipse(d.uniform(0, 1600), d.uniform(262, 362), 4.5, 5.5, mix(d.choice((AMBER, "#e9dcc8", "#3a4456", "#8a6a5a")), "#1a2230", 0.35)) for _ in range(900)),
          rect(0, 200, 1600, 56, "#141c28"), rect(0, 362, 1600, 16, "#e4e0d2"), *(rect(i * 200, 362, 196, 16, ("#27406a", "#c9822c", "#e4e0d2", "#7a2f2a")[i % 4]) for i in range(8)), poly([(0, 378), (1600, 378), (1600, 640), (0, 640)], c.linear([(0, "#6fae5c"), (1, "#3c7a44")])), *(poly([(i * 230 - 60, 378), (i * 230 + 60, 378), (i * 300 - 200, 640), (i * 300 - 350, 640)], "#82bf68", opacity=0.4) for i in range(1, 8)),
          line([(0, 430), (1600, 430)], "#f4f8ea", 4), line([(700, 378), (640, 640)], "#f4f8ea", 4), *(figure(x, yy, 76, pose, Dress(coat=tone, legs="#22262c", skin=d.choice(SKINS), hair="#1d1815", hem=0.47), left=flip) for x, yy, pose, tone, flip in ((420, 520, STRIDE, AMBER, False), (560, 480, WALK, AMBER, False), (900, 500, STAND, "#f2f2ea", True), (1040, 540, STRIDE, AMBER, True), (1240, 470, WALK, "#f2f2ea", True))))
    rows = ((640, 0.62, 17), (760, 0.86, 12), (900, 1.16, 9), (1075, 1.5, 6))
    for r, (yy, size, count) in enumerate(rows):
        for i in range(count):
            x = (i + 0.5 + (0.28 if r % 2 else -0.1)) * 1600 / count + d.uniform(-16, 16)
            c.add(_supporter(c, x, yy + d.uniform(-12, 12), size, scarf=d.random() < (0.4, 0.45, 0.4, 0.34)[r], lit=lit))
        if r == 2:
            c.add(_on_shoulders(905, 925, 1.22, lit))
        c.add(*(ellipse(d.uniform(0, 1600), yy - 230 * size + d.uniform(-30, 40), d.uniform(30, 80) * size, d.uniform(14, 30) * size, "#e9f2f0", opacity=0.12, filter=blur(c, 12)) for _ in range(7)))


def _supporter(c: Canvas, x: float, y: float, size: float, *, scarf: bool, lit: str) -> str:
    """A back, a hat, and sometimes a scarf held high."""
    d = c.dice
    coat = d.choice(("#1f2733", "#2b2a2c", "#33404a", "#3a2f2a", "#24302c", "#46362a"))
    hat = d.choice(("beanie", "beanie", "hair", "cap"))
    cloth = AMBER if d.random() < 0.5 else d.choice(("#17181c", "#2f3846", "#5c3a2c"))
    head = blob([(-46, -168), (-50, -214), (-26, -250), (0, -256), (26, -250), (50, -214), (46, -168), (0, -150)], cloth if hat != "hair" else d.choice(HAIRS[:5]), 0.9)
    bobble = ellipse(0, -262, 17, 16, "#17181c" if cloth == AMBER else AMBER) if hat == "beanie" else ""
    band = rect(-47, -196, 94, 20, "#17181c" if cloth == AMBER else AMBER, rx=8) if hat == "beanie" else ""
    neck = rect(-60, -150, 120, 34, AMBER, rx=16) + "".join(rect(-54 + k * 34, -150, 15, 34, "#17181c") for k in range(3)) if d.random() < 0.5 else ellipse(0, -146, 30, 26, "#8a5f48")
    body = blob([(-120, 60), (-122, -60), (-92, -112), (-38, -138), (38, -138), (92, -112), (122, -60), (120, 60)], coat, 0.7)
    arms = ""
    if scarf:
        arms = limb([(-104, -90), (-136, -190), (-112, -300)], (50, 42, 34), coat) + limb([(104, -90), (136, -190), (112, -300)], (50, 42, 34), coat) + _scarf(-132, -322, 264, 46, d.uniform(-10, 12))
        arms += ellipse(-114, -304, 18, 18, "#a8775a") + ellipse(114, -304, 18, 18, "#a8775a")
    return group(body, neck, ellipse(0, -196, 45, 58, "#8a5f48"), head, band, bobble, arms, transform=f"translate({x:.0f} {y:.0f}) scale({size * 0.86:.2f})", filter=lit)


def _scarf(x: float, y: float, width: float, height: float, sag: float) -> str:
    """A striped scarf stretched between two hands."""
    out, n = [], 9
    for k in range(n):
        a, b = k / n, (k + 1) / n
        ya, yb = y + sag * sin(a * pi), y + sag * sin(b * pi)
        out.append(poly([(x + width * a, ya), (x + width * b, yb), (x + width * b, yb + height), (x + width * a, ya + height)], (AMBER, "#17181c")[k % 2]))
    out += [line([(x - 3 - k, y + 4 + k * 5), (x - 16, y + 6 + k * 5)], AMBER, 2) + line([(x + width + 3, y + 4 + k * 5), (x + width + 16, y + 6 + k * 5)], AMBER, 2) for k in range(8)]
    return group(*out)


def _on_shoulders(x: float, y: float, size: float, lit: str) -> str:
    """A child up high, on an adult's shoulders, scarf aloft."""
    adult = group(blob([(-128, 200), (-130, -50), (-96, -112), (-38, -138), (38, -138), (96, -112), (130, -50), (128, 200)], "#2a3a4a", 0.7), ellipse(0, -180, 44, 56, "#5a3b26"))
    child = group(limb([(-30, -210), (-56, -150), (-50, -80)], (48, 42, 34), "#2c3f66"), limb([(30, -210), (56, -150), (50, -80)], (48, 42, 34), "#2c3f66"), blob([(-62, -200), (-60, -290), (-40, -330), (40, -330), (60, -290), (62, -200), (0, -186)], AMBER, 0.7), rect(-30, -346, 60, 28, "#17181c", rx=12), ellipse(0, -384, 37, 44, "#8a5f48"),
                  blob([(-41, -376), (-40, -412), (-20, -436), (20, -436), (40, -412), (41, -376), (0, -362)], "#17181c", 0.9), rect(-40, -396, 80, 16, AMBER, rx=7), ellipse(0, -442, 14, 14, AMBER), limb([(-50, -306), (-92, -386), (-96, -470)], (38, 32, 26), AMBER), limb([(50, -306), (92, -386), (96, -470)], (38, 32, 26), AMBER), _scarf(-112, -500, 224, 38, 12), ellipse(-97, -478, 14, 14, "#a8775a"), ellipse(97, -478, 14, 14, "#a8775a"))
    return group(adult, child, transform=f"translate({x} {y}) scale({size * 0.86:.2f})", filter=lit)


@picture("court-house")
def court_house(c: Canvas) -> None:
    """From below: four columns, and scales with one pan."""
    pal, d = replace(GREY, sky=("#7d8a93", "#a0aaae", "#c0c4c2", "#d6d4cb")), c.dice
    stone, dark = "#c2bcae", "#4e4c4a"
    lit = round_light(c, "#fbf7ea", "#25272a", -4, 2, rim=0.6, body=0.5)
    c.add(sky(c, pal, 900), clouds(c, "#8d979c", "#dcdcd4", top=-60, bottom=560, cover=0.6, scale=0.9))
    c.add(poly([(60, 1000), (110, 330), (850, 330), (900, 1000)], mix(stone, dark, 0.62)), poly([(410, 960), (424, 600), (536, 600), (550, 960)], "#2c221c"), poly([(424, 956), (436, 616), (476, 616), (474, 956)], "#5c3f2a"), poly([(486, 956), (484, 616), (524, 616), (536, 956)], "#523826"), *(ellipse(x, 640 + k * 52, 4, 4, "#c9a45c") for x in (447, 465, 495, 513) for k in range(6)),
          *(poly([(x, 900), (x + 6, 660), (x + 64, 660), (x + 70, 900)], "#2f3638") for x in (236, 654)))
    for x0, x1 in ((120, 160), (318, 338), (522, 542), (726, 720)):
        c.add(_column(c, x0 + 50, x1 + 50, stone, dark, lit))
    c.add(group(poly([(70, 390), (90, 318), (870, 318), (890, 390)], stone), poly([(84, 392), (876, 392), (868, 412), (92, 412)], mix(stone, dark, 0.5)), *(rect(112 + i * 31, 340, 16, 26, mix(stone, dark, 0.22)) for i in range(24)), poly([(60, 320), (480, 150), (900, 320)], stone), poly([(150, 306), (480, 176), (810, 306)], mix(stone, dark, 0.42)), poly([(60, 322), (900, 322), (900, 304), (60, 304)], mix(stone, "#ffffff", 0.3)), filter=lit))
    c.add(_garland(480, 268, stone, dark), _justice(480, 156, stone, dark, lit))
    for k in range(9):
        yy, spread = 960 + k * 28, k * 30
        c.add(poly([(70 - spread, yy), (890 + spread, yy), (896 + spread, yy + 10), (64 - spread, yy + 10)], mix(stone, "#ffffff", 0.2)), poly([(64 - spread, yy + 10), (896 + spread, yy + 10), (896 + spread, yy + 29), (64 - spread, yy + 29)], mix(stone, dark, 0.34 + 0.02 * k)))
    folk = ((330, 986, 128, WALK, Dress(coat="#23262c", legs="#1c1f24", skin=SKINS[4], head="bun", hair="#15100e", hem=0.36), False), (560, 1016, 144, TALK, Dress(coat="#2b2f3a", legs="#22252c", skin=SKINS[0], head="short", hair="#a7a6a3", hem=0.45), True), (500, 1018, 140, LISTEN, Dress(coat="#5c3a34", legs="#2a2a2e", skin=SKINS[2], head="long", hair="#33231b", hem=0.3), False), (742, 1126, 190, STRIDE, Dress(coat="#1f242c", legs="#1c1f26", skin=SKINS[3], head="bald", hem=0.36), True), (196, 1080, 168, WALK, Dress(coat="#39404a", legs="#2a2d33", skin=SKINS[1], head="hat", accent="#22262c", hem=0.28), False))
    for x, yy, h, pose, dress, flip in folk:
        c.add(ellipse(x + 20, yy, h * 0.24, 6, "#22242a", opacity=0.4, filter=blur(c, 3)), figure(x, yy, h, pose, dress, left=flip, filter=lit))
    c.add(*(rect(x, yy, w, w * 0.7, "#3c2618", rx=2) for x, yy, w in ((346, 930, 20), (708, 1040, 30), (214, 1006, 26))))


def _column(c: Canvas, low: float, high: float, stone: str, dark: str, lit: str) -> str:
    """A fluted shaft, a little smaller and nearer the middle at the top."""
    shaft_fill = c.linear([(0, mix(stone, "#ffffff", 0.3)), (0.45, stone), (1, mix(stone, dark, 0.65))], (0, 0), (1, 0))
    w0, w1 = 52, 40
    flutes = [line([(low + f * w0, 940), (high + f * w1, 430)], mix(stone, dark, 0.45), 3, opacity=0.6) for f in (-0.7, -0.35, 0, 0.35, 0.7)]
    return group(poly([(low - w0, 946), (low + w0, 946), (high + w1, 424), (high - w1, 424)], shaft_fill), *flutes, poly([(low - w0 - 14, 966), (low + w0 + 14, 966), (low + w0 + 4, 938), (low - w0 - 4, 938)], stone), poly([(high - w1 - 16, 408), (high + w1 + 16, 408), (high + w1 + 2, 436), (high - w1 - 2, 436)], stone), filter=lit)


def _garland(x: float, y: float, stone: str, dark: str) -> str:
    return group(ellipse(x, y, 46, 34, mix(stone, dark, 0.2)), ellipse(x, y, 34, 24, mix(stone, dark, 0.42)), *(stroke([(x + k * 60, y + 6), (x + k * 130, y + 26), (x + k * 210, y + 20)], mix(stone, dark, 0.1), 9) for k in (-1, 1)))


def _justice(x: float, y: float, stone: str, dark: str, lit: str) -> str:
    """Justice, robed, a sword in one hand; her scales have one pan, and a chain where the other was."""
    tone = mix(stone, dark, 0.16)
    robe = blob([(x - 34, y + 6), (x - 30, y - 52), (x - 18, y - 88), (x - 20, y - 108), (x + 20, y - 108), (x + 18, y - 88), (x + 30, y - 52), (x + 36, y + 6)], tone, 0.6)
    folds = [stroke([(x + k, y - 80), (x + k * 1.5, y - 40), (x + k * 1.8, y + 2)], mix(tone, dark, 0.4), 3) for k in (-12, -3, 6, 14)]
    left_hand, beam_y = (x - 62, y - 128), y - 128
    scales = [line([(x - 110, beam_y - 4), (x - 14, beam_y - 14)], mix(tone, dark, 0.3), 4), line([(x - 108, beam_y - 4), (x - 116, beam_y + 34)], mix(tone, dark, 0.3), 2), line([(x - 20, beam_y - 13), (x - 36, beam_y + 26)], mix(tone, dark, 0.3), 2), line([(x - 20, beam_y - 13), (x - 6, beam_y + 26)], mix(tone, dark, 0.3), 2), blob([(x - 40, beam_y + 26), (x - 21, beam_y + 38), (x - 2, beam_y + 26)], mix(tone, dark, 0.3), 0.6)]
    return group(rect(x - 44, y, 88, 14, stone), robe, *folds, limb([(x - 17, y - 100), (x - 44, y - 104), left_hand], (18, 15, 11), tone), limb([(x + 17, y - 100), (x + 40, y - 82), (x + 44, y - 56)], (18, 15, 11), tone), line([(x + 45, y - 64), (x + 52, y + 6)], mix(tone, dark, 0.3), 5), line([(x + 36, y - 54), (x + 56, y - 56)], mix(tone, dark, 0.3), 5), ellipse(x, y - 124, 14, 17, tone), rect(x - 15, y - 130, 30, 8, mix(stone, "#ffffff", 0.4)), *scales, filter=lit)


@picture("aldmoor-parliament")
def aldmoor_parliament(c: Canvas) -> None:
    """Steady rain, umbrellas, two camera crews."""
    pal, cam, d = replace(STORM, sky=("#66727a", "#869096", "#a5aaa6", "#bcbcb2")), Camera(700, 560, 1300, 1.7), c.dice
    lit = round_light(c, "#eef0e6", "#14191c", -3, 3, rim=0.6, body=0.45)
    stone = "#c6bfa8"

    def world(k: Camera) -> str:
        wall = upright_wall(k, -26, 44)
        parts = [wall(0, 0, 56, 9, mix(stone, "#4b4a48", 0.35)), k.face([(-27, 10.4, 43), (31, 10.4, 43), (27, 14.6, 50), (-23, 14.6, 50)], "#6f9a86"), wall(-0.5, 9, 57, 1.5, stone), *(wall(1.2 + i * 2.25, 2.2, 1.0, 5.4, "#ffe1a0" if i in (6, 7, 15, 18) else "#3a4246") for i in range(24)), *(k.upright(-26 + i * 2.25, 42.5, 0.8, 9, mix(stone, "#ffffff", 0.1)) + k.upright(-26 + i * 2.25 + 0.5, 42.4, 0.3, 9, mix(stone, "#4b4a48", 0.4)) for i in range(26)), k.upright(-27, 42, 58, 0.7, stone, 0)]
        pediment = [k.upright(-4, 41, 12, 10, stone), *(k.upright(-3.4 + i * 2.1, 40.5, 1.0, 9.4, mix(stone, "#ffffff", 0.2)) for i in range(6)), *(k.upright(-2.3 + i * 2.1, 40.8, 1.0, 8.6, "#4a4844") for i in range(5)), k.face([(-5, 10, 40.4), (9, 10, 40.4), (2, 13.6, 40.4)], stone), k.face([(-3, 10.4, 40.3), (7, 10.4, 40.3), (2, 12.8, 40.3)], mix(stone, "#4b4a48", 0.3)), k.post(2, 40.3, 13.4, 19, 0.14, "#3a4246"), k.face([(2.1, 18.8, 40.2), (5.2, 18.4, 40.2), (5.1, 16.9, 40.2), (2.1, 17.2, 40.2)], "#2f5a7a")]
        fountain = [k.upright(3.0, 24, 7, 0.7, "#9c978a"), k.upright(2.8, 23.9, 7.4, 0.16, "#b9b4a4", 0.7), k.post(6.5, 25, 0.5, 2.6, 0.5, "#9c978a"), *(k.wire([(6.5, 2.9, 25), (6.5 + s * 0.8, 3.7, 25), (6.5 + s * 1.8, 2.6, 25), (6.5 + s * 2.4, 0.8, 25)], 3, "#eef4f2", opacity=0.7) for s in (-1, -0.5, 0.5, 1))]
        return group(*parts, *pediment, *fountain)

    c.add(sky(c, pal, 560), clouds(c, "#6b757a", "#b9bbb2", top=-100, bottom=460, cover=0.72, scale=1.4, soft=2), wet_ground(c, cam, world, "#6d7270", pal, strength=0.8, puddles=0.55), world(cam))
    crowd = [(-4.4, 11, TALK, "#1f2a38"), (-3.2, 12, LISTEN, "#8a2f2c"), (-2.0, 10.6, STAND, "#22262a"), (-0.9, 13, BACK, "#2f5a50"), (0.3, 11.6, CROSSED, "#c9963c"), (1.4, 13.5, LISTEN, "#22262a"), (-5.6, 13.6, BACK, "#39507a"), (2.6, 12.6, STAND, "#5a3f5c"), (-0.2, 16.5, BACK, "#22262a"), (4.4, 15, WALK, "#7a4a34")]
    for x, z, pose, tone in sorted(crowd, key=lambda row: -row[1]):
        c.add(cam.stand(x, z, pose, anyone(d, coat=d.choice(("#2c3440", "#4a4038", "#39454a", "#5c4a3a")), legs="#23262b"), filter=lit), _umbrella(cam, x + 0.1, z, tone, lit))
    c.add(_camera_crew(cam, -2.6, 7.2, lit, SKINS[3]), cam.stand(-1.2, 7.0, replace(TALK, arm=(26, 128), head=0), Dress(coat="#a8352c", legs="#23262b", skin=SKINS[1], head="long", hair="#5a3b26", hem=0.3), left=True, filter=lit), _umbrella(cam, -1.1, 7.0, "#1d2126", lit), _camera_crew(cam, 2.1, 8.6, lit, SKINS[0]), rain(c, "#eef2f0", 720, lean=0.14, length=60, opacity=0.26))


def _umbrella(cam: Camera, x: float, z: float, tone: str, lit: str) -> str:
    """An open umbrella over someone at a place."""
    (px, py), s = cam.see((x, 2.06, z)), cam.scale(z)
    canopy = [(px - 0.62 * s, py + 0.12 * s), (px - 0.46 * s, py - 0.16 * s), (px, py - 0.3 * s), (px + 0.46 * s, py - 0.16 * s), (px + 0.62 * s, py + 0.12 * s), (px + 0.32 * s, py + 0.05 * s), (px, py + 0.11 * s), (px - 0.32 * s, py + 0.05 * s)]
    return group(cam.wire([(x, 1.05, z), (x, 2.3, z)], max(1.5, 0.02 * s), "#22262a"), blob(canopy, tone, 0.6, filter=lit), *(stroke([(px, py - 0.3 * s), (px + k * 0.2 * s, py - 0.12 * s), (px + k * 0.32 * s, py + 0.05 * s)], mix(tone, "#000000", 0.35), 1.6) for k in (-1, 1)))


def _camera_crew(cam: Camera, x: float, z: float, lit: str, skin: str) -> str:
    """Somebody behind a television camera on its legs, under a rain cover."""
    (px, py), s = cam.see((x + 0.55, 1.45, z)), cam.scale(z)
    kit = group(*(line([(px, py + 0.1 * s), (px + k * s, py + 1.42 * s)], "#1c1f22", 0.04 * s) for k in (-0.38, 0.06, 0.42)), rect(px - 0.3 * s, py - 0.16 * s, 0.52 * s, 0.26 * s, "#23272b", rx=4), rect(px + 0.2 * s, py - 0.11 * s, 0.26 * s, 0.17 * s, "#14171a"), ellipse(px + 0.46 * s, py - 0.03 * s, 0.03 * s, 0.1 * s, "#7f9aa8"), blob([(px - 0.36 * s, py + 0.06 * s), (px - 0.34 * s, py - 0.2 * s), (px, py - 0.26 * s), (px + 0.28 * s, py - 0.2 * s), (px + 0.26 * s, py)], "#dfe6e6", 0.5, opacity=0.55), filter=lit)
    return group(cam.stand(x, z, replace(LISTEN, lean=8, arm=(44, 96), other_arm=(50, 100), head=4), Dress(coat="#2c3a44", legs="#1f2226", skin=skin, head="hood", hem=0.44), filter=lit), kit)


@picture("allotments-kiln-lane")
def allotments_kiln_lane(c: Canvas) -> None:
    """Plots, sheds, a scarecrow called to the bar."""
    pal, d, y = GOLDEN, c.dice, 400
    lit = round_light(c, "#ffe2a2", "#2a2016", -5, 2, rim=0.9, body=0.45)
    c.add(sky(c, pal, y), glow(c, 170, 330, 620, "#ffe2a0", 0.85), clouds(c, "#b3a58f", "#ffeec4", top=-40, bottom=360, cover=0.4), group(poly([(1080, 410), (1092, 90), (1128, 90), (1142, 410)], pal.far("#8a4f3c", 0.3)), rect(1086, 82, 50, 14, pal.far("#5c3a30", 0.3)), *(rect(1090 - k, 120 + k * 46, 42 + 2 * k, 5, pal.far("#5c3a30", 0.3)) for k in range(6))), row_of_houses(d, -20, 1640, 416, 92, [pal.far(t, 0.32) for t in ("#9a5c42", "#a87650", "#84604e")], pal.far("#5c423a", 0.3), lamp="#ffe2a2", lit=0.08, width=56), *(tree(d, x, 430, h, pal.far("#77763c", 0.25), pal.far("#4a3a2c", 0.25)) for x, h in ((90, 130), (420, 100), (770, 120), (1370, 140))))
    c.add(poly([(-20, 400), (1620, 410), (1620, 1080), (-20, 1080)], c.linear([(0, "#a39a58"), (1, "#5a5a34")])))
    greens = ("#6f8a3c", "#8a9a44", "#4f7040", "#a3a24c", "#5c6a3c", "#7d5a4c")
    for row, (y0, y1) in enumerate(((418, 478), (488, 570), (584, 700), (722, 880), (910, 1090))):
        n = 6 - row // 2
        for i in range(n):
            x0, x1 = 1600 * i / n + 8, 1600 * (i + 1) / n - 8
            skew0, skew1 = (800 - x0) * 0.06, (800 - x1) * 0.06
            soil = d.choice(("#6b4e34", "#5a422e", "#7a5a3c"))
            c.add(poly([(x0 + skew0, y0), (x1 + skew1, y0), (x1 - skew1, y1), (x0 - skew0, y1)], soil), _rows_of_plants(x0, x1, y0, y1, d.choice(greens)))
    sheds = ((120, 498, 110, "#6f8a84", "#b4523b"), (520, 486, 90, "#8a6a48", "#3f6a7a"), (980, 500, 120, "#94553c", "#d9b45c"), (1400, 494, 100, "#5c6a5a", "#7a3f4a"), (1240, 726, 210, "#7d6448", "#4f7a68"))
    c.add(*(group(_shed(x, yy, w, t, door), filter=lit) for x, yy, w, t, door in sheds), *(_bean_poles(x, yy, w, h) for x, yy, w, h in ((250, 590, 150, 96), (690, 716, 220, 140), (1040, 606, 130, 90))))
    c.add(_scarecrow(430, 880, 330, lit), ellipse(820, 962, 150, 14, "#2a2016", opacity=0.4, filter=blur(c, 6)), line([(905, 760), (968, 958)], "#8a6a44", 9), *(line([(950 + k * 12, 930), (962 + k * 12, 982)], "#4a4a48", 4) for k in range(3)), figure(800, 960, 370, replace(STOOP, lean=34, arm=(40, 30), other_arm=(54, 48), head=10), Dress(coat="#a8553c", legs="#4a4f3a", shoes="#2f4a38", skin=SKINS[3], hair="#a7a6a3", head="scarf", accent="#d9b45c", hem=0.46), filter=lit))
    c.add(*(_cabbage(x, yy, r) for x, yy, r in [(60 + i * 118 + d.uniform(-14, 14), 1028 + d.uniform(-8, 8), 52) for i in range(6)] + [(1090 + i * 112, 1034 + d.uniform(-8, 8), 50) for i in range(5)]), group(poly([(1180, 900), (1270, 900), (1252, 956), (1200, 956)], "#8d9496"), ellipse(1225, 900, 46, 9, "#5d6668"), filter=lit))


def _rows_of_plants(x0: float, x1: float, y0: float, y1: float, leaf: str) -> str:
    rows = 4
    return group(*(streak for k in range(rows) for streak in (line([(x0 + 10, y0 + (y1 - y0) * (k + 0.6) / rows), (x1 - 10, y0 + (y1 - y0) * (k + 0.6) / rows)], mix(leaf, "#22260f", 0.35), (y1 - y0) / rows * 0.42, stroke_dasharray=f"{(y1 - y0) * 0.07:.0f} {(y1 - y0) * 0.09:.0f}"), line([(x0 + 10, y0 + (y1 - y0) * (k + 0.5) / rows), (x1 - 10, y0 + (y1 - y0) * (k + 0.5) / rows)], leaf, (y1 - y0) / rows * 0.34, stroke_dasharray=f"{(y1 - y0) * 0.07:.0f} {(y1 - y0) * 0.09:.0f}"))))


def _shed(x: float, y: float, w: float, wall: str, door: str) -> str:
    h = w * 0.9
    return group(rect(x, y - h, w, h, wall), *(line([(x + k * w / 8, y - h), (x + k * w / 8, y)], mix(wall, "#1c1610", 0.3), 1.5) for k in range(1, 8)), poly([(x - w * 0.08, y - h), (x + w * 0.3, y - h * 1.28), (x + w * 1.08, y - h)], "#4a4440"), rect(x + w * 0.14, y - h * 0.78, w * 0.32, h * 0.78, door), rect(x + w * 0.62, y - h * 0.7, w * 0.26, h * 0.3, "#e9d9a4"), line([(x + w * 0.75, y - h * 0.7), (x + w * 0.75, y - h * 0.4)], wall, 3), rect(x + w * 1.02, y - h * 0.4, w * 0.2, h * 0.4, "#3f5a66", rx=4))


def _bean_poles(x: float, y: float, w: float, h: float) -> str:
    out = []
    for k in range(6):
        px = x + w * k / 5
        out += [line([(px - 14, y), (px + 6, y - h)], "#8a6a44", 3), line([(px + 20, y), (px, y - h)], "#8a6a44", 3), *(ellipse(px + (j % 3 - 1) * 9, y - h * (0.15 + j * 0.085), 10, 8, mix("#56753a", "#a8b85a", (j * k % 5) / 6)) for j in range(10))]
    return group(*out, line([(x, y - h), (x + w, y - h)], "#8a6a44", 3))


def _scarecrow(x: float, y: float, h: float, lit: str) -> str:
    """A gown, white bands, a turnip head."""
    return group(line([(x, y), (x, y - h)], "#6b4e30", 12), line([(x - h * 0.4, y - h * 0.7), (x + h * 0.42, y - h * 0.74)], "#6b4e30", 11), blob([(x - h * 0.42, y - h * 0.72), (x - h * 0.1, y - h * 0.82), (x + h * 0.1, y - h * 0.83), (x + h * 0.43, y - h * 0.77), (x + h * 0.44, y - h * 0.5), (x + h * 0.3, y - h * 0.56), (x + h * 0.16, y - h * 0.54), (x + h * 0.22, y - h * 0.16), (x + h * 0.1, y - h * 0.2), (x, y - h * 0.12), (x - h * 0.1, y - h * 0.19), (x - h * 0.2, y - h * 0.14), (x - h * 0.15, y - h * 0.52), (x - h * 0.3, y - h * 0.5), (x - h * 0.44, y - h * 0.46)], "#1d1b20", 0.55),
                 poly([(x - 10, y - h * 0.8), (x - 2, y - h * 0.8), (x - 7, y - h * 0.62), (x - 18, y - h * 0.63)], "#f4efe2"), poly([(x + 10, y - h * 0.8), (x + 2, y - h * 0.8), (x + 7, y - h * 0.62), (x + 18, y - h * 0.63)], "#f4efe2"), ellipse(x, y - h * 0.92, h * 0.09, h * 0.1, "#d9c19a"), ellipse(x - 10, y - h * 0.94, 3.5, 4, "#2a2016"), ellipse(x + 10, y - h * 0.94, 3.5, 4, "#2a2016"), stroke([(x - 12, y - h * 0.88), (x, y - h * 0.865), (x + 13, y - h * 0.885)], "#2a2016", 3),
                 blob([(x - h * 0.12, y - h * 0.93), (x - h * 0.11, y - h * 1.02), (x, y - h * 1.06), (x + h * 0.11, y - h * 1.02), (x + h * 0.13, y - h * 0.9), (x + h * 0.07, y - h * 0.98), (x - h * 0.07, y - h * 0.98)], "#e4dccb", 0.8), *(line([(x + k * h * 0.42, y - h * 0.73), (x + k * h * (0.46 + j * 0.02), y - h * (0.68 + j * 0.03))], "#d9b45c", 3) for k in (-1, 1) for j in range(4)), filter=lit)


def _cabbage(x: float, y: float, r: float) -> str:
    return group(*(ellipse(x + cos(a) * r * 0.62, y + sin(a) * r * 0.34, r * 0.56, r * 0.4, mix("#5d7f56", "#a9c08a", k / 8)) for k, a in enumerate(i * pi / 4 for i in range(8))), ellipse(x, y - r * 0.1, r * 0.46, r * 0.38, "#b9cc98"), stroke([(x - r * 0.3, y - r * 0.2), (x, y - r * 0.34), (x + r * 0.3, y - r * 0.1)], "#7d9a68", 3))


@picture("classroom-thermometer")
def classroom_thermometer(c: Canvas) -> None:
    """Far into the red."""
    d = c.dice
    c.add(rect(0, 0, 960, 1200, c.linear([(0, "#efe3c8"), (1, "#d9c39c")], (0, 0), (1, 1))))
    desks = group(poly([(520, 1200), (560, 860), (960, 800), (960, 1200)], "#c9a878"), *(group(poly([(x, yy), (x + 190, yy - 14), (x + 230, yy + 40), (x + 20, yy + 58)], "#b5773f"), line([(x + 26, yy + 58), (x + 30, yy + 190)], "#5d6a6e", 12), line([(x + 214, yy + 44), (x + 218, yy + 170)], "#5d6a6e", 12), rect(x + 60, yy + 60, 90, 120, "#3f7a86", rx=14)) for x, yy in ((600, 900), (820, 860), (700, 1030))), rect(610, 700, 380, 150, "#f9f2dc"), filter=blur(c, 11, whole=True))
    sun = group(*(poly([(x, -20), (x + 120, -20), (x + 620, 1220), (x + 420, 1220)], "#fff6d6", opacity=0.4) for x in (-260, 20, 300, 560)), filter=blur(c, 16, whole=True), style="mix-blend-mode:soft-light")
    c.add(rect(0, 0, 960, 26, "#b9a27a"), desks)
    c.add(_painting(c, 70, 660, 330, 250, "sea"), _painting(c, 60, 70, 250, 320, "house"), _painting(c, 620, 480, 280, 210, "sun"), _fan(c, 790, 320))
    x, y, r = 470, 500, 262
    shadow = ellipse(x + 22, y + 34, r, r, "#4a3420", opacity=0.45, filter=blur(c, 16, whole=True))
    def angle(value: float) -> float:
        return (-220 + value / 50 * 260) * pi / 180
    arcs = []
    for low, high, tone in ((0, 18, "#7fa8b5"), (18, 26, "#8fb07a"), (26, 34, "#e3a94a"), (34, 50, "#cf3d2b")):
        outer = [(x + cos(angle(low + (high - low) * i / 16)) * r * 0.84, y + sin(angle(low + (high - low) * i / 16)) * r * 0.84) for i in range(17)]
        inner = [(x + cos(angle(high - (high - low) * i / 16)) * r * 0.66, y + sin(angle(high - (high - low) * i / 16)) * r * 0.66) for i in range(17)]
        arcs.append(poly(outer + inner, tone))
    ticks = [line([(x + cos(angle(v)) * r * 0.64, y + sin(angle(v)) * r * 0.64), (x + cos(angle(v)) * r * (0.55 if v % 10 == 0 else 0.6), y + sin(angle(v)) * r * (0.55 if v % 10 == 0 else 0.6))], "#2b2724", 7 if v % 10 == 0 else 3) for v in range(0, 51, 2)]
    tip, tail = (x + cos(angle(44)) * r * 0.76, y + sin(angle(44)) * r * 0.76), (x - cos(angle(44)) * r * 0.2, y - sin(angle(44)) * r * 0.2)
    nx, ny = -sin(angle(44)) * 11, cos(angle(44)) * 11
    needle = poly([tip, (x + nx, y + ny), tail, (x - nx, y - ny)], "#2a1a18")
    dial = group(ellipse(x, y, r, r, c.linear([(0, "#d9b06a"), (0.5, "#8a5f2c"), (1, "#5c3c1a")], (0, 0), (1, 1))), ellipse(x, y, r * 0.93, r * 0.93, "#5c3c1a"), ellipse(x, y, r * 0.9, r * 0.9, c.radial([(0, "#fdf8ea"), (1, "#ecdfc2")], (x - 60, y - 80), r)))
    c.add(shadow, dial, *arcs, *ticks, group(poly([(p[0] + 8, p[1] + 12) for p in (tip, (x + nx, y + ny), tail, (x - nx, y - ny))], "#4a3420", opacity=0.3, filter=blur(c, 4))), needle, ellipse(x, y, 24, 24, "#b98a44"), ellipse(x - 5, y - 6, 10, 9, "#f3dba4"), stroke([(x - r * 0.74, y - r * 0.36), (x - r * 0.48, y - r * 0.68), (x - r * 0.06, y - r * 0.82)], "#ffffff", 20, opacity=0.5, filter=blur(c, 5)), sun)
    c.add(*(ellipse(d.uniform(0, 960), d.uniform(0, 1200), rr := d.uniform(1, 3), rr, "#fff8e0", opacity=d.uniform(0.3, 0.8)) for _ in range(70)))


def _painting(c: Canvas, x: float, y: float, w: float, h: float, what: str) -> str:
    """A child's painting on sugar paper, its lower corners curling."""
    sheet = [(x, y), (x + w, y + 6), (x + w * 0.99, y + h * 0.8), (x + w * 0.84, y + h), (x + w * 0.3, y + h * 1.01), (x + w * 0.02, y + h * 0.86)]
    art = {"sea": group(rect(x + 16, y + 18, w - 36, h * 0.46, "#9fcbd6"), stroke([(x + 20 + i * (w - 50) / 7, y + h * 0.6 + (10 if i % 2 else -10)) for i in range(8)], "#2f6fa0", 26), blob([(x + w * 0.3, y + h * 0.46), (x + w * 0.72, y + h * 0.46), (x + w * 0.62, y + h * 0.62), (x + w * 0.38, y + h * 0.62)], "#c9402f", 0.3), line([(x + w * 0.5, y + h * 0.46), (x + w * 0.5, y + h * 0.16)], "#5c3a20", 7), poly([(x + w * 0.52, y + h * 0.18), (x + w * 0.7, y + h * 0.4), (x + w * 0.52, y + h * 0.42)], "#f2d24a")),
           "house": group(poly([(x + 40, y + h * 0.45), (x + w * 0.5, y + h * 0.18), (x + w - 40, y + h * 0.45)], "#b4402f"), rect(x + 58, y + h * 0.45, w - 116, h * 0.34, "#e8b04a"), rect(x + w * 0.43, y + h * 0.58, 36, h * 0.21, "#3a5a8a"), rect(x + 76, y + h * 0.5, 34, 34, "#9fcbd6"), rect(x + w - 112, y + h * 0.5, 34, 34, "#9fcbd6"), line([(x + 16, y + h * 0.82), (x + w - 22, y + h * 0.82)], "#5f9a4a", 22)),
           "sun": group(ellipse(x + w * 0.5, y + h * 0.48, 50, 48, "#f2b632"), *(line([(x + w * 0.5 + cos(a * pi / 6) * 62, y + h * 0.48 + sin(a * pi / 6) * 58), (x + w * 0.5 + cos(a * pi / 6) * 94, y + h * 0.48 + sin(a * pi / 6) * 84)], "#e8742c", 9) for a in range(12)), ellipse(x + w * 0.44, y + h * 0.44, 5, 6, "#3a2414"), ellipse(x + w * 0.56, y + h * 0.44, 5, 6, "#3a2414"), stroke([(x + w * 0.42, y + h * 0.54), (x + w * 0.5, y + h * 0.6), (x + w * 0.58, y + h * 0.54)], "#3a2414", 5))}[what]
    return group(blob([(px + 10, py + 16) for px, py in sheet], "#4a3420", 0.2, opacity=0.35, filter=blur(c, 8, whole=True)), blob(sheet, "#f8f2e2", 0.15), group(art, filter=rough(c, 9, 0.05)), poly([(x + w * 0.99, y + h * 0.8), (x + w * 0.84, y + h), (x + w * 0.82, y + h * 0.84)], "#d9c8a2"), poly([(x + w * 0.02, y + h * 0.86), (x + w * 0.3, y + h * 1.01), (x + w * 0.24, y + h * 0.87)], "#d9c8a2"), ellipse(x + w * 0.5, y + 12, 10, 10, "#3f7ab0"), ellipse(x + w * 0.5 - 3, y + 9, 3, 3, "#dff0ff"))


def _fan(c: Canvas, x: float, y: float) -> str:
    """A pleated paper fan, pinned."""
    ribs = [(-100 + i * 12.5) * pi / 180 - pi / 2 for i in range(17)]
    out = []
    for i, (a, b) in enumerate(zip(ribs, ribs[1:])):
        out.append(poly([(x + cos(a) * 16, y + sin(a) * 16), (x + cos(a) * 120, y + sin(a) * 120), (x + cos(b) * 112, y + sin(b) * 112), (x + cos(b) * 16, y + sin(b) * 16)], ("#e9785a", "#f2a27a")[i % 2]))
    return group(ellipse(x + 8, y - 28, 112, 92, "#4a3420", opacity=0.25, filter=blur(c, 10)), *out, ellipse(x, y, 12, 12, "#3f7ab0"))
