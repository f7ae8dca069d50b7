"""The river, the harbour mouth and the light at sea."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.demo.drawing.gallery import picture
from broadsheet.demo.drawing.harbour import (
    afloat, containers, ferry, gantry_crane, glitter, gull, gulls, jib_crane, ship_hull, trawler, water)
from broadsheet.demo.drawing.light import (
    DAWN, DAY, DUSK, GOLDEN, NIGHT, blur, clouds, glow, mist, mix, rough, round_light, sky, stars, streaks)
from broadsheet.demo.drawing.people import LISTEN, SKINS, STAND, TALK, Dress, anyone, figure
from broadsheet.demo.drawing.svg import Canvas, blob, ellipse, group, limb, line, poly, rect, stroke
from broadsheet.demo.drawing.town import dome, lighthouse, ridge, row_of_houses, spire


@picture("eastmere-skyline")
def eastmere_skyline(c: Canvas) -> None:
    """The city from the south bank, late afternoon."""
    pal, y, d = GOLDEN, 520, c.dice
    lit = round_light(c, "#ffe3a6", "#2c2a33", -4, 1, rim=0.85, body=0.35)
    bricks = [pal.far(tone, 0.22) for tone in ("#8a4f3a", "#9c6244", "#74463a", "#a5764e", "#6d5348")]
    sun = (1330, y - 96)
    far = group(
        ridge(d, 1600, y, 90, pal.far("#6b7f80", 0.7)),
        *(jib_crane(x, y - 4, h, pal.far("#4a5a66", 0.6), a) for x, h, a in ((70, 210, 52), (180, 240, 40), (300, 190, 62))),
        row_of_houses(d, 380, 1640, y - 22, 84, [pal.far(tone, 0.5) for tone in ("#8a5c48", "#9a7a5c", "#6f6a66")],
                      pal.far("#4a4444", 0.5), width=38))
    near = group(
        spire(712, y, 372, pal.far("#5d5552", 0.25)), spire(1108, y, 262, pal.far("#63564e", 0.28)),
        dome(908, y, 236, pal.far("#b09a78", 0.2), pal.far("#5f8478", 0.2)),
        row_of_houses(d, 430, 780, y, 118, bricks, "#4b3a36", lamp="#ffdf9c", lit=0.12, width=66),
        row_of_houses(d, 1030, 1640, y, 128, bricks, "#4b3a36", lamp="#ffdf9c", lit=0.12, width=72), filter=lit)
    quay = rect(330, y - 6, 1300, 9, "#5b4c42")
    world = group(far, near, quay)
    heaven = group(sky(c, pal, y), glow(c, *sun, 620, "#ffdf9a", 0.95))
    c.add(heaven, clouds(c, "#a5978a", "#ffe9bd", top=-40, bottom=420, cover=0.46, scale=1.2), ellipse(*sun, 26, 26, "#fff6d8"),
          world, mist(c, "#f5d6a0", y, 130, 0.6), water(c, pal, y + 2, group(heaven, world), calm=0.6, glints=0.22),
          glitter(c, sun[0], y + 8, 900, 120, "#ffe7b0", 260))
    boat = trawler(460, 690, 190, "#5c2f2a", "#d9cdb2", "#39444c")
    c.add(afloat(c, group(boat, filter=lit), 692), gulls(d, 5, (180, 150, 420, 190), (30, 64), "#f6ecd8"))
    reeds = [stroke([(x, 910), (x + d.uniform(-6, 20), 850), (x + d.uniform(4, 50), d.uniform(740, 850))], mix("#3a3a2c", "#7b6a3c", d.random()),
                    d.uniform(2, 5)) for x in [d.uniform(-20, 330) for _ in range(70)]]
    c.add(blob([(-40, 940), (-40, 842), (140, 850), (330, 890), (420, 940)], "#35342c"), group(*reeds))


@picture("harbour-dawn-cranes")
def harbour_dawn_cranes(c: Canvas) -> None:
    """Booms up, lamps lit, nothing moving."""
    pal, y, d = replace(DAWN, sky=("#26354f", "#53617c", "#a8837f", "#f2a566"), water=("#c28a6c", "#1f2d44")), 690, c.dice
    lit = round_light(c, "#ffbe7a", "#0c1220", 4, 1, rim=0.9, body=0.3)
    dark = "#18202f"
    ship = group(ship_hull(-120, y + 6, 620, 84, "#1d2433", "#47302f"), rect(-20, y - 250, 92, 176, "#2c3344"),
                 *(rect(-8, y - 236 + i * 26, 70, 9, "#ffd58c", opacity=0.85) for i in range(5)), rect(-34, y - 264, 120, 16, "#222a3b"),
                 containers(d, 96, y - 76, 6, 5, (58, 24), [mix(t, "#1c2333", 0.45) for t in ("#8a4a3c", "#3d5a70", "#6b6a58", "#9a7a48")]))
    cranes = group(*(gantry_crane(x, y, h, tone, mix("#8b3f30", "#1b2232", k), raised=True) for x, h, tone, k in
                     ((670, 430, mix(dark, "#5b5564", 0.35), 0.5), (980, 480, mix(dark, "#454458", 0.2), 0.4), (1330, 540, dark, 0.35))), filter=lit)
    quay = group(rect(-20, y - 8, 1660, 14, "#121826"), row_of_houses(d, 470, 1620, y - 6, 34, ["#39394a", "#43404e"], "#2a2c3a", width=80))
    lamps = [(x, y - 78) for x in (560, 830, 1170, 1520)]
    posts = group(*(line([(x, y), (x, py)], "#121826", 4) + ellipse(x, py, 6, 5, "#fff0c8") + glow(c, x, py, 84, "#ffc676", 0.95)
                    for x, py in lamps))
    world = group(quay, cranes, group(ship, filter=lit), posts)
    heaven = group(sky(c, pal, y), glow(c, 900, y + 20, 760, "#ffb469", 0.85))
    bank = clouds(c, "#3c4962", "#e09a78", top=-80, bottom=470, cover=0.66, scale=1.5, soft=2.4)
    c.add(heaven, bank, clouds(c, "#7a6674", "#ffc78e", top=380, bottom=690, cover=0.4, scale=0.8), world,
          mist(c, "#e8a070", y - 6, 90, 0.5), water(c, pal, y + 5, group(heaven, world), calm=0.72, glints=0.16),
          *(glitter(c, x, y + 10, 960, 26, "#ffd08a", 46) for x, _ in lamps))
    c.add(gulls(d, 4, (420, 260, 380, 160), (24, 44), "#222b3d"))
    c.add(group(*(rect(x, 1000, 34, 80, "#0c111c") + ellipse(x + 17, 1000, 26, 10, "#2c3446") for x in (210, 1280)),
                rect(-10, 1040, 1620, 40, "#0c111c")))


@picture("ferry-vesterey")
def ferry_vesterey(c: Canvas) -> None:
    """Out between the pier heads, into a breeze."""
    pal, y, d = DAY, 560, c.dice
    lit = round_light(c, "#fffdf0", "#1f3440", -4, 2, rim=0.8, body=0.4)
    boat = group(ferry(330, 690, 900, "#1f4f42", "#f2eee2", "#32505c", "#d9b06a"), filter=lit)
    deck = [figure(430 + i * 58 + d.uniform(-14, 14), 562, 38, d.choice((STAND, TALK, LISTEN)), anyone(d)) for i in range(11)]
    people = [figure(455 + i * 70 + d.uniform(-20, 20), 500, 34, d.choice((STAND, LISTEN)), anyone(d)) for i in range(5)]
    pier = group(
        poly([(-20, 1080), (-20, 640), (300, 660), (340, 760), (400, 1080)], "#7d786c"), poly([(-20, 640), (300, 660), (340, 690), (-20, 676)], "#b3ac9a"),
        *(line([(-20, 720 + i * 58), (346 + i * 12, 736 + i * 56)], "#5d594f", 3, opacity=0.6) for i in range(7)),
        lighthouse(200, 662, 210, "#efe9da", "#3c7a4e", "#d7f5c8"), filter=lit)
    far_pier = group(poly([(1320, 628), (1640, 612), (1640, 700), (1300, 690)], "#8a877c"), lighthouse(1372, 628, 130, "#efe9da", "#b1402f", "#ffd9c8"))
    coast = ridge(d, 700, y, 60, pal.far("#4f7a72", 0.6), x=900)
    heaven = sky(c, pal, y)
    c.add(heaven, clouds(c, "#c3d3d8", "#ffffff", top=-60, bottom=420, cover=0.48, scale=0.9), coast,
          water(c, pal, y, group(heaven, coast), calm=0.1, glints=0.36, strength=0.5))
    c.add(*(streaks(c, tone, across=fx, down=fy, amount=a, y=y, height=c.height - y, opacity=o) for tone, fx, fy, a, o in
            (("#1f5468", 0.008, 0.03, 0.42, 0.5), ("#e9f5f2", 0.012, 0.05, 0.2, 0.75))))
    wake = [blob([(x, 694), (x + 60, 684 - d.uniform(0, 16)), (x + 130, 692), (x + 70, 704)], "#f6fbf6", 1, opacity=0.8) for x in range(230, 1130, 66)]
    bow = blob([(1120, 700), (1170, 668), (1216, 640), (1236, 690), (1330, 706), (1200, 716)], "#fbfefa")
    c.add(far_pier, afloat(c, group(*people, *deck, boat), 696, break_up=60, opacity=0.35),
          group(*wake, bow, filter=rough(c, 22, 0.03)), pier,
          stroke([(560, 420), (420, 380), (250, 392), (90, 350)], "#8d9aa0", 24, opacity=0.22, filter=blur(c, 14)))
    c.add(*(gull(x, py, s, "#ffffff", b) for x, py, s, b in ((980, 250, 120, -12), (1180, 360, 84, 14), (760, 190, 66, 4), (1330, 210, 150, 18), (1240, 470, 54, -8))))


@picture("pilot-boat-night")
def pilot_boat_night(c: Canvas) -> None:
    """A lit launch under the dark side of a ship."""
    pal, y, d = NIGHT, 800, c.dice
    lit = round_light(c, "#ffcf8a", "#04070d", -3, 1, rim=0.9, body=0.5)
    wall = c.linear([(0, "#2a3242"), (0.5, "#1a2231"), (1, "#0b101a")], (0, 0), (1, 0.5))
    hull = group(poly([(560, -20), (1640, -20), (1640, y + 20), (650, y + 20), (600, 520)], wall),
                 *(line([(x, -20), (x + 40, y)], "#0b111b", 2, opacity=0.6) for x in range(700, 1640, 150)),
                 *(line([(570, yy), (1640, yy + 14)], "#0b111b", 2, opacity=0.6) for yy in range(80, 760, 130)),
                 poly([(644, 720), (1640, 700), (1640, y + 20), (650, y + 20)], "#4a1f1e", opacity=0.7),
                 *(line([(1500, 440 + i * 46), (1526, 440 + i * 46)], "#b9bcb2", 5, opacity=0.7) for i in range(7)))
    ladder = group(*(line([(x, -10), (x + 8, 640)], "#d8b98a", 4) for x in (1010, 1062)),
                   *(line([(1011 + i * 0.3, 20 + i * 30), (1063 + i * 0.3, 20 + i * 30)], "#b58e5e", 6) for i in range(21)))
    n = 760
    x0, base = 520, 850
    launch = group(
        blob([(x0, base - 64), (x0 + 14, base), (x0 + n * 0.84, base + 4), (x0 + n * 0.96, base - 50), (x0 + n, base - 104), (x0 + n * 0.7, base - 80)], "#26384c", 0.3),
        stroke([(x0, base - 58), (x0 + n * 0.6, base - 66), (x0 + n * 0.99, base - 98)], "#d77f3a", 9),
        poly([(x0 + 120, base - 66), (x0 + 150, base - 210), (x0 + 390, base - 210), (x0 + 460, base - 66)], "#c8bfa8"),
        *(poly([(x0 + 166 + i * 74, base - 190), (x0 + 228 + i * 74, base - 190), (x0 + 234 + i * 76, base - 128), (x0 + 160 + i * 76, base - 128)], "#ffc766") for i in range(3)),
        rect(x0 + 134, base - 224, 280, 16, "#5a5348"), line([(x0 + 250, base - 220), (x0 + 250, base - 350)], "#8d8472", 6),
        line([(x0 + 220, base - 300), (x0 + 280, base - 300)], "#8d8472", 4), ellipse(x0 + 290, base - 180, 14, 22, "#5b3a1c"),
        *(line([(x0 + 480 + i * 56, base - 72 - i * 4), (x0 + 480 + i * 56, base - 124 - i * 4)], "#b9ae96", 4) for i in range(4)),
        stroke([(x0 + 478, base - 122), (x0 + 600, base - 130), (x0 + 700, base - 140)], "#b9ae96", 4), filter=lit)
    pilot = figure(1005, base - 76, 250, replace(LISTEN, head=-26, lean=-4, arm=(96, 132)), Dress(coat="#d9682c", legs="#1b2432", skin=SKINS[1], head="cap", accent="#1c2735", hem=0.47), filter=lit)
    c.add(sky(c, pal, y), clouds(c, "#14233a", "#2c435e", top=-40, bottom=640, cover=0.5), stars(c, 500, 70), ridge(d, 640, y, 60, "#101c2d"),
          *(ellipse(x, y - d.uniform(4, 40), 3, 3, d.choice(("#ffd58c", "#fff0cc", "#ff9d6a"))) for x in [d.uniform(0, 560) for _ in range(30)]), hull, ladder,
          glow(c, 1010, 620, 420, "#ffcf8a", 0.35))
    mirror = group(sky(c, pal, y), hull, *(glow(c, x, y - 30, 120, tone, 0.9) for x, tone in ((120, "#ffcf8a"), (330, "#ffb070"), (470, "#fff0cc"))))
    c.add(water(c, pal, y, mirror, calm=0.35, glints=0.12, strength=0.8), afloat(c, launch, base, break_up=54), pilot)
    for x, py, tone in ((x0 + 252, base - 352, "#ffffff"), (x0 + 700, base - 110, "#5fe08a"), (x0 + 16, base - 84, "#ff5a48")):
        c.add(ellipse(x, py, 7, 7, tone), glow(c, x, py, 130, tone, 0.9), glitter(c, x, base + 30, 1050, 34, tone, 46))
    c.add(glow(c, x0 + 290, base - 160, 330, "#ffc066", 0.75), glitter(c, x0 + 270, base + 16, 1060, 150, "#ffc066", 120))
    foam = [blob([(x, base + 4), (x + 50, base - d.uniform(4, 16)), (x + 110, base + 2), (x + 50, base + 12)], "#b9c9d4", 1, opacity=0.6) for x in range(470, 1270, 62)]
    c.add(group(*foam, filter=rough(c, 18, 0.04)))


@picture("lighthouse-skerry")
def lighthouse_skerry(c: Canvas) -> None:
    """Scar Light at dusk in a swell."""
    pal, y, d = replace(DUSK, sky=("#232d4c", "#4f557a", "#a3798a", "#e9b38e")), 800, c.dice
    lit = round_light(c, "#ffd0a0", "#10182a", 4, 1, rim=0.7, body=0.55)
    lamp = (456, 296)
    beam = poly([lamp, (1000, 150), (1000, 330)], c.linear([(0, "#fff2c8", 0.85), (1, "#fff2c8", 0)], lamp, (1000, 250), "px"), filter=blur(c, 6))
    rock = blob([(-20, 900), (90, 850), (180, 800), (250, 810), (330, 752), (470, 742), (600, 770), (700, 846), (820, 880), (900, 960), (500, 1040), (60, 1010)], "#171b29", 0.5)
    ledges = group(*(stroke([(x, yy), (x + 70, yy - 16), (x + 150, yy + 10)], "#4a4a60", 6, opacity=0.7) for x, yy in
                     ((200, 850), (360, 800), (520, 830), (640, 884), (300, 910), (460, 930))), filter=rough(c, 14, 0.05))
    stage = group(*(line([(x, 812), (x, 930)], "#2a2530", 7) for x in (660, 720, 780)), rect(640, 806, 170, 9, "#3a3440"),
                  line([(640, 770), (810, 770)], "#3a3440", 4), *(line([(x, 770), (x, 808)], "#3a3440", 3) for x in (650, 700, 750, 800)),
                  *(line([(786, 830 + i * 18), (812, 830 + i * 18)], "#3a3440", 4) for i in range(7)), line([(786, 815), (786, 950)], "#3a3440", 4), line([(812, 815), (812, 950)], "#3a3440", 4))
    tower = group(poly([(392, 760), (524, 760), (502, 352), (412, 352)], "#ece3d6"), poly([(400, 610), (516, 610), (509, 490), (406, 490)], "#a83a2e"),
                  rect(396, 340, 122, 16, "#2b2a38"), *(line([(400 + i * 19, 340), (400 + i * 19, 312)], "#2b2a38", 3) for i in range(7)), line([(398, 312), (516, 312)], "#2b2a38", 3),
                  rect(428, 268, 58, 72, "#fff0bd"), *(rect(x, 268, 3, 72, "#3a3440") for x in (428, 446, 465, 484)),
                  blob([(416, 270), (457, 222), (498, 270)], "#8a2f28", 0.6), ellipse(457, 224, 5, 9, "#2b2a38"),
                  *(rect(450, yy, 15, 26, "#3a3a4a") for yy in (400, 460, 660)), rect(446, 716, 24, 44, "#3a2f33"), filter=lit)
    c.add(sky(c, pal, y), glow(c, 180, 780, 520, "#ffb98a", 0.7), clouds(c, "#3d4468", "#d99a92", top=-60, bottom=620, cover=0.56, scale=1.1),
          beam, glow(c, *lamp, 240, "#ffe9ac", 1))
    c.add(water(c, pal, y, sky(c, pal, y), calm=0.1, glints=0.2, strength=0.55))
    for i, base in enumerate((850, 920)):
        c.add(_swell(c, base, ("#5d5878", "#3e4468")[i], "#c9a9a8"))
    c.add(_spray(c, 150, 870, "#f1e4de"), group(rock, filter=lit), ledges, tower, stage)
    for i, base in enumerate((1000, 1090, 1170)):
        c.add(_swell(c, base, ("#30385c", "#232b4b", "#171d36")[i], "#9d90a4"))
    c.add(gulls(d, 4, (600, 420, 280, 200), (26, 48), "#e9dcd6"))


def _swell(c: Canvas, base: float, colour: str, crest: str) -> str:
    """One long wave across the picture."""
    top = [(x, base + c.dice.uniform(-34, 26)) for x in range(-60, c.width + 80, 120)]
    return group(blob([(-80, c.height + 60), *top, (c.width + 80, c.height + 60)], colour, 1), stroke(top, crest, 4, opacity=0.5),
                 filter=rough(c, 16, 0.03))


def _spray(c: Canvas, x: float, y: float, colour: str) -> str:
    """A breaker thrown up against rock: plumes that fan out, mist round them, drops above."""
    d, plumes, drops = c.dice, [], []
    for i in range(15):
        lean = (i - 7) * 0.11 + d.uniform(-0.04, 0.04)
        reach = d.uniform(170, 330) * (1 - abs(i - 7) * 0.07)
        end = (x + lean * reach + 30, y + 50 - reach)
        plumes.append(limb([(x + (i - 7) * 13, y + 50), (x + lean * reach * 0.55 + 8, y + 50 - reach * 0.6), end], (46, 34, 5), colour, opacity=0.42))
        drops += [ellipse(end[0] + d.gauss(0, 26), end[1] + d.gauss(0, 44), r := d.uniform(0.8, 3.4), r, colour, opacity=0.8) for _ in range(9)]
    haze = ellipse(x + 10, y - 40, 170, 140, colour, opacity=0.3, filter=blur(c, 44, whole=True))
    return group(haze, group(*plumes, filter=rough(c, 38, 0.035)), *drops)
