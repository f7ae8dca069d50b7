"""Hair, beards and headscarves for the portraits: what lies behind the head, and what lies over it."""

from __future__ import annotations

from math import cos, pi, sin
from random import Random

from broadsheet.demo.drawing.light import mix
from broadsheet.demo.drawing.svg import Point, blob, ellipse, group, limb, stroke

Layers = tuple[str, str]
"""Behind the head, and over it."""


def hair(style: str, colour: str, cloth: str) -> Layers:
    """The two layers of a hairstyle."""
    return {"crop": _crop, "parted": _parted, "bob": _bob, "long": _long, "curls": _curls, "afro": _afro, "bun": _bun,
            "receding": _receding, "locs": _locs, "ponytail": _ponytail, "tousled": _tousled,
            "waves": _waves, "plait": _plait, "fringe": _fringe, "swept": _swept, "silver": _silver, "tied": lambda _: _tied(colour, cloth),
            "two buns": _two_buns, "flat cap": lambda _: _flat_cap(colour, cloth), "shaved": _shaved, "headscarf": lambda _: _headscarf(cloth), "bald": lambda _: ("", ""), "beanie": lambda _: _beanie(cloth)}[style](colour)


def _sheen(colour: str, strands: list[list[Point]], width: float = 5) -> str:
    light, dark = mix(colour, "#ffe9c8", 0.28), mix(colour, "#000000", 0.4)
    return group(*(stroke(points, light if i % 2 else dark, width, opacity=0.45) for i, points in enumerate(strands)))


def _cap(hairline: list[Point], rise: float = 0) -> list[Point]:
    """Over the crown from ear to ear, then back along the hairline (right to left)."""
    return [(-166, 10), (-176, -90), (-140, -192 - rise), (-60, -244 - rise), (30, -252 - rise), (118, -216 - rise),
            (170, -120), (166, 10), *hairline]


def _crop(colour: str) -> Layers:
    line = [(148, -70), (122, -128), (60, -152), (-20, -150), (-96, -140), (-144, -80)]
    strands = [[(x, -150), (x + 8, -195), (x + 4, -232)] for x in range(-90, 110, 22)]
    return "", blob(_cap(line), colour, 0.8) + _sheen(colour, [[(a, b), (c, d), (e, f)] for (a, b), (c, d), (e, f) in strands])


def _parted(colour: str) -> Layers:
    line = [(150, -60), (134, -110), (80, -140), (0, -168), (-74, -196), (-112, -150), (-146, -80)]
    strands = [[(-70 + i * 10, -200 + i * 6), (20 + i * 14, -226 + i * 14), (120 + i * 5, -150 + i * 16)] for i in range(6)]
    return "", blob(_cap(line, 8), colour, 0.8) + _sheen(colour, strands)


def _tousled(colour: str) -> Layers:
    dice = Random(4)
    line = [(150, -60), (120, -118), (74, -96), (30, -134), (-24, -104), (-70, -132), (-120, -92), (-148, -60)]
    tufts = [limb([(x, -190), (x + dice.uniform(-20, 20), -240), (x + dice.uniform(-50, 50), -268)], (60, 36, 6), colour)
             for x in range(-110, 130, 34)]
    strands = [[(x, -120), (x + 14, -180), (x + dice.uniform(-10, 30), -238)] for x in range(-110, 120, 24)]
    return "", group(*tufts) + blob(_cap(line, 6), colour, 0.9) + _sheen(colour, strands)


def _bob(colour: str) -> Layers:
    back = [(-178, -60), (-196, 90), (-176, 206), (-100, 226), (100, 226), (176, 206), (196, 90), (178, -60), (0, -240)]
    left = [(-10, -250), (-120, -222), (-184, -110), (-198, 60), (-186, 196), (-136, 206), (-128, 90), (-142, -20),
            (-110, -110), (-30, -180)]
    right = [(-40, -246), (80, -244), (168, -160), (194, 0), (190, 190), (140, 208), (134, 90), (146, -30), (120, -110), (-20, -196)]
    strands = [[(-20, -220), (-130 - i * 12, -130), (-160 - i * 6, 120)] for i in range(3)] + [
        [(0, -230), (130 + i * 10, -130), (160 + i * 8, 120)] for i in range(3)]
    return blob(back, mix(colour, "#000000", 0.35)), blob(left, colour, 0.8) + blob(right, mix(colour, "#000000", 0.08), 0.8) + _sheen(
        colour, strands)


def _long(colour: str) -> Layers:
    back = [(-180, -60), (-210, 160), (-226, 420), (-120, 480), (120, 480), (226, 420), (210, 160), (180, -60), (0, -244)]
    left = [(0, -252), (-120, -224), (-184, -110), (-200, 80), (-216, 300), (-204, 450), (-130, 420), (-142, 200), (-136, 40),
            (-148, -30), (-106, -120), (-4, -190)]
    right = [(-x, y) for x, y in left]
    strands = [[(k * 10, -220), (k * (150 + i * 10), -60), (k * (160 + i * 14), 330)] for k in (-1, 1) for i in range(4)]
    return blob(back, mix(colour, "#000000", 0.38)), blob(left, colour, 0.8) + blob(right, mix(colour, "#000000", 0.1), 0.8) + _sheen(
        colour, strands)


def _curls(colour: str) -> Layers:
    dice = Random(9)

    def ringlets(count: int, low: float, high: float, radius: float, spread: float) -> str:
        out = []
        for _ in range(count):
            angle = dice.uniform(low, high) * pi / 180
            x, y = cos(angle) * radius * dice.uniform(0.94, 1.08), -50 - sin(angle) * radius * dice.uniform(0.9, 1.06)
            r = dice.uniform(0.6, 1) * spread
            tone = mix(colour, "#ffe9c8" if x < 0 else "#000000", dice.uniform(0, 0.22))
            out.append(ellipse(x, y, r, r, tone) + stroke([(x - r * 0.5, y), (x, y - r * 0.5), (x + r * 0.5, y)],
                                                         mix(tone, "#000000", 0.35), 4, opacity=0.6))
        return group(*out)

    return blob([(-190, 120), (-220, -40), (-150, -220), (0, -262), (150, -220), (220, -40), (190, 120), (0, 60)],
                mix(colour, "#000000", 0.3)) + ringlets(60, -40, 220, 196, 44), ringlets(44, 38, 142, 182, 40)


def _afro(colour: str) -> Layers:
    dice = Random(5)
    rim = [(cos(a * pi / 18) * 250 * dice.uniform(0.97, 1.04), -90 - sin(a * pi / 18) * 236 * dice.uniform(0.97, 1.04))
           for a in range(-6, 25)]
    line = [(150, -40), (140, -110), (70, -158), (0, -164), (-70, -158), (-140, -110), (-150, -40)]
    top = [(-172, 0), (-190, -110), (-140, -220), (0, -270), (140, -220), (190, -110), (172, 0), *line]
    dots = [ellipse(dice.uniform(-190, 190), dice.uniform(-300, -170), 7, 6, mix(colour, "#ffe9c8", 0.25), opacity=0.3)
            for _ in range(90)]
    return blob(rim, mix(colour, "#000000", 0.15)), blob(top, colour, 0.8) + group(*dots)


def _bun(colour: str) -> Layers:
    line = [(150, -50), (126, -126), (50, -168), (0, -174), (-60, -166), (-128, -120), (-150, -50)]
    strands = [[(x, -160), (x * 0.7, -210), (x * 0.2, -250)] for x in range(-120, 121, 30)]
    return (ellipse(24, -292, 82, 70, mix(colour, "#000000", 0.12)) + _sheen(colour, [[(-30, -290), (20, -340), (80, -300)],
            [(-20, -270), (30, -310), (90, -270)]]), blob(_cap(line), colour, 0.8) + _sheen(colour, strands))


def _ponytail(colour: str) -> Layers:
    behind, over = _bun(colour)[1], _bun(colour)[1]
    tail = limb([(120, -150), (214, -60), (216, 120), (186, 300)], (70, 96, 84, 26), mix(colour, "#000000", 0.15))
    return tail + behind, over


def _receding(colour: str) -> Layers:
    line = [(150, -10), (150, -84), (138, -146), (98, -176), (52, -192), (20, -170), (-30, -178), (-66, -196), (-106, -172), (-142, -140), (-152, -80), (-150, -10)]
    strands = [[(x, -200 + abs(x) * 0.14), (x * 1.02 + 8, -218 + abs(x) * 0.2), (x + 14, -234 + abs(x) * 0.3)] for x in range(-110, 111, 22)]
    return "", blob(_cap(line, -6), colour, 0.7) + _sheen(colour, strands)


def _locs(colour: str) -> Layers:
    dice = Random(12)

    def strand(x: float, end: float) -> str:
        sway = dice.uniform(-16, 16)
        tone = mix(colour, "#ffdca8", dice.uniform(0, 0.2))
        return limb([(x * 0.45, -226), (x * 1.02, -110), (x * 1.12 + sway, end * 0.5), (x * 1.08 + sway, end)],
                    (26, 30, 28, 16), tone)

    behind = group(*(strand(x, dice.uniform(250, 380)) for x in range(-196, 197, 26)))
    line = [(148, -40), (120, -130), (40, -172), (-40, -172), (-120, -130), (-148, -40)]
    over = blob(_cap(line, 6), mix(colour, "#000000", 0.1), 0.8) + group(
        *(strand(x, dice.uniform(220, 330)) for x in (-190, -172, 172, 190)),
        *(limb([(x * 0.2, -236), (x, -150)], (26, 24), mix(colour, "#ffdca8", dice.uniform(0, 0.2))) for x in range(-110, 111, 27)))
    return behind, over


def _headscarf(cloth: str) -> Layers:
    dark, light = mix(cloth, "#0c1016", 0.3), mix(cloth, "#ffffff", 0.14)
    back = [(-190, -80), (-204, 120), (-180, 320), (180, 320), (204, 120), (190, -80), (0, -262)]
    ring = [(-186, 60), (-192, -80), (-140, -216), (0, -262), (140, -216), (192, -80), (186, 60), (160, 200), (60, 260), (0, 268),
            (-60, 260), (-160, 200), (-146, 90), (-136, 150), (-70, 222), (0, 236), (70, 222), (136, 150), (150, 40), (144, -60), (104, -142),
            (0, -176), (-104, -142), (-144, -60), (-150, 40), (-146, 90)]
    drape = [(-170, 170), (-60, 250), (80, 244), (172, 160), (220, 330), (120, 430), (-80, 440), (-240, 350)]
    folds = [[(-150, 230), (-20, 300), (150, 240)], [(-180, 300), (-20, 372), (180, 300)], [(-170, -60), (-120, -190), (0, -226)],
             [(176, -20), (150, -160), (60, -226)]]
    return blob(back, dark), blob(drape, cloth, 0.7) + blob(ring, cloth, 0.6) + group(
        *(stroke(points, dark if i < 3 else light, 7, opacity=0.5) for i, points in enumerate(folds)))


def _beanie(cloth: str) -> Layers:
    dark = mix(cloth, "#0c1016", 0.28)
    dome = [(-172, -90), (-166, -190), (-90, -272), (20, -288), (120, -252), (172, -170), (172, -90), (0, -120)]
    ribs = [[(x, -92 - 12 * cos(x / 110)), (x, -140 - 10 * cos(x / 110))] for x in range(-150, 151, 20)]
    brim = [(-176, -80), (-174, -142), (0, -172), (174, -142), (176, -80), (0, -108)]
    return "", blob(dome, cloth, 0.8) + blob(brim, mix(cloth, "#ffffff", 0.08), 0.6) + group(
        *(stroke(points, dark, 5, opacity=0.6) for points in ribs))


def beard(kind: str, colour: str, jaw: float, length: float, shift: float, soft: str) -> str:
    """A beard or a moustache; `shift` follows the turned head, `soft` is a blur filter."""
    if not kind:
        return ""
    j, n, t = jaw, length, shift * 2
    whisker = blob([(t - 62, 124 * n), (t - 24, 114 * n), (t, 118 * n), (t + 24, 114 * n), (t + 62, 124 * n), (t + 70, 142 * n), (t + 30, 134 * n), (t, 132 * n),
                    (t - 30, 134 * n), (t - 70, 142 * n)], colour, 0.8)
    full = [(-154, 30), (-140 * j, 120 * n), (-100 * j, 194 * n), (0, 244 * n), (100 * j, 194 * n), (140 * j, 120 * n), (154, 30), (132, 60),
            (104 + t * 0.4, 112 * n), (t + 74, 122 * n), (t + 78, 158 * n), (t + 40, 186 * n), (t, 184 * n), (t - 40, 186 * n), (t - 78, 158 * n), (t - 74, 122 * n), (-104 + t * 0.4, 112 * n), (-132, 60)]
    chin = [(t - 44, 186 * n), (t, 176 * n), (t + 44, 186 * n), (t + 30, 226 * n), (t, 240 * n), (t - 30, 226 * n)]
    if kind == "stubble":
        return blob(full, mix(colour, "#2a2426", 0.3), 0.7, opacity=0.28, filter=soft) + group(whisker, opacity=0.25, filter=soft)
    if kind == "moustache":
        return whisker
    if kind == "goatee":
        return whisker + blob(chin, colour, 0.8)
    strands = [[(x, 150 * n + abs(x) * -0.2 + 44), (x * 0.9, 222 * n - abs(x) * 0.3)] for x in range(-90, 91, 20)]
    return blob(full, colour, 0.6) + whisker + _sheen(colour, [[(a, b), (a * 0.97, (b + d) / 2), (c, d)] for (a, b), (c, d) in strands], 4)


def _waves(colour: str) -> Layers:
    back = [(-178, -70), (-204, 60), (-178, 150), (-206, 240), (-120, 290), (120, 290), (206, 240), (178, 150), (204, 60), (178, -70), (0, -246)]
    left = [(-6, -252), (-120, -226), (-186, -112), (-178, -20), (-204, 60), (-176, 140), (-202, 230), (-160, 282), (-118, 240), (-138, 150), (-120, 90), (-148, 10), (-118, -110), (-20, -188)]
    right = [(-34, -246), (90, -240), (176, -150), (178, -30), (206, 50), (176, 140), (204, 226), (162, 282), (118, 240), (142, 150), (124, 80), (150, 0), (116, -120), (-24, -196)]
    strands = [[(k * 14, -230), (k * (140 + i * 10), -120), (k * (150 + i * 12), 0), (k * (140 + i * 12), 110), (k * (158 + i * 8), 230)] for k in (-1, 1) for i in range(4)]
    return blob(back, mix(colour, "#000000", 0.38)), blob(left, colour, 0.9) + blob(right, mix(colour, "#000000", 0.1), 0.9) + _sheen(colour, strands)


def _plait(colour: str) -> Layers:
    """Drawn back, a long plait coming forward over one shoulder."""
    line = [(150, -40), (136, -112), (70, -160), (0, -182), (-60, -164), (-130, -112), (-150, -40)]
    strands = [[(x * 0.4, -246), (x * 0.8, -216), (x * 1.08, -178 + abs(x) * 0.38)] for x in range(-138, 139, 23)]
    knots = [blob([(x - 42, y), (x - 6, y - 34), (x + 40, y - 6), (x + 36, y + 34), (x, y + 56), (x - 38, y + 34)], mix(colour, "#000000" if i % 2 else "#ffe0b0", 0.12), 0.9) + stroke([(x - 30, y + 4), (x, y + 26), (x + 28, y + 6)], mix(colour, "#000000", 0.4), 5, opacity=0.6)
             for i, (x, y) in enumerate((166 + 16 * sin(k * 0.5) - k * 5, 150 + k * 52) for k in range(9))]
    back = [(-170, -60), (-176, 60), (-120, 120), (150, 170), (186, 60), (172, -60), (0, -240)]
    braid = group(*knots, limb([(128, 618), (122, 670), (130, 706)], (34, 40, 6), colour), stroke([(106, 620), (150, 616)], "#4f6a48", 13))
    return blob(back, mix(colour, "#000000", 0.3)), blob(_cap(line, 2), colour, 0.8) + _sheen(colour, strands) + braid


def _fringe(colour: str) -> Layers:
    behind, over = _bob(colour)
    fringe = [(-150, -20), (-158, -130), (-90, -232), (20, -250), (110, -226), (160, -130), (150, -20), (128, -72), (60, -84), (0, -80), (-60, -86), (-126, -72)]
    strands = [[(x * 0.6, -226), (x * 0.95, -160), (x, -92)] for x in range(-120, 121, 24)]
    return behind, over + blob(fringe, colour, 0.7) + _sheen(colour, strands)


def _swept(colour: str) -> Layers:
    line = [(150, -30), (146, -100), (110, -164), (40, -190), (-40, -192), (-112, -162), (-148, -96), (-150, -30)]
    strands = [[(x, -200 + abs(x) * 0.32), (x * 1.04 + 6, -222 + abs(x) * 0.3), (x * 1.02 + 16, -240 + abs(x) * 0.36)] for x in range(-126, 127, 21)]
    return blob([(-176, 20), (-170, -120), (0, -240), (170, -120), (176, 20), (150, 110), (-150, 110)], mix(colour, "#3a3a40", 0.3)), blob(_cap(line, 16), colour, 0.9) + _sheen(colour, strands)


def _silver(colour: str) -> Layers:
    """Short, cropped close at the sides, swept across the forehead."""
    line = [(152, -20), (140, -90), (112, -122), (40, -104), (-30, -134), (-90, -166), (-132, -110), (-150, -30)]
    strands = [[(-96 + i * 20, -196 - i * 4), (-10 + i * 20, -214 + i * 4), (80 + i * 11, -176 + i * 7)] for i in range(5)]
    return blob([(-172, 40), (-176, -100), (0, -244), (176, -100), (172, 40), (150, 70), (-150, 70)], mix(colour, "#2a2a30", 0.35)), blob(_cap(line, 14), colour, 0.9) + _sheen(colour, strands)


def _tied(colour: str, cloth: str) -> Layers:
    """Natural hair gathered high and tied round with a scarf."""
    dice = Random(3)
    puff = [(cos(a * pi / 12) * 164 * dice.uniform(0.95, 1.05), -286 - sin(a * pi / 12) * 120 * dice.uniform(0.94, 1.06)) for a in range(24)]
    curls = [stroke([(x, y), (x + 9, y - 9), (x + 18, y)], mix(colour, "#ffe9c8", 0.3), 4, opacity=0.5) for x, y in ((dice.uniform(-110, 110), -300 + dice.uniform(-66, 60)) for _ in range(60))]
    line = [(150, -30), (134, -112), (60, -158), (0, -166), (-60, -158), (-134, -112), (-150, -30)]
    band = [(-170, -70), (-174, -150), (-110, -226), (0, -252), (110, -226), (174, -150), (170, -70), (120, -148), (0, -186), (-120, -148)]
    knot = group(limb([(64, -240), (128, -300), (176, -286)], (40, 48, 12), cloth), limb([(64, -240), (140, -230), (192, -196)], (36, 42, 10), mix(cloth, "#000000", 0.14)), ellipse(62, -238, 32, 28, mix(cloth, "#ffffff", 0.1)))
    folds = [stroke([(-150, -100), (-80, -190), (30, -214), (120, -180)], mix(cloth, "#000000", 0.3), 6, opacity=0.6), stroke([(-160, -136), (-70, -216), (40, -232)], mix(cloth, "#ffffff", 0.3), 5, opacity=0.6)]
    return blob(puff, colour) + group(*curls), blob(_cap(line), colour, 0.8) + blob(band, cloth, 0.8) + group(*folds) + knot


def _two_buns(colour: str) -> Layers:
    line = [(150, -40), (130, -122), (60, -160), (4, -196), (-60, -160), (-130, -122), (-150, -40)]
    buns = group(*(ellipse(k * 118, -244, 66, 58, mix(colour, "#000000", 0.06 if k < 0 else 0.2)) + _sheen(colour, [[(k * 118 - 44, -240), (k * 118, -286), (k * 118 + 44, -246)], [(k * 118 - 30, -222), (k * 118, -256), (k * 118 + 32, -226)]]) for k in (-1, 1)))
    strands = [[(x * 0.2, -240), (x * 0.75, -214), (x * 1.1, -176 + abs(x) * 0.36)] for x in range(-138, 139, 23)] + [[(0, -206), (2, -226), (0, -250)]]
    return buns, blob(_cap(line), colour, 0.8) + _sheen(colour, strands)


def _flat_cap(colour: str, cloth: str) -> Layers:
    dark = mix(cloth, "#0c1016", 0.32)
    sides = group(*(blob([(k * 148, -100), (k * 172, -60), (k * 168, 40), (k * 148, 60), (k * 146, -30)], colour, 0.7) for k in (-1, 1)))
    crown = [(-186, -96), (-204, -170), (-130, -246), (10, -266), (140, -240), (206, -166), (186, -96), (0, -150)]
    peak = [(-150, -118), (0, -164), (150, -118), (168, -92), (90, -104), (0, -110), (-90, -104), (-168, -92)]
    checks = [stroke([(-180 + i * 40, -120), (-150 + i * 36, -190), (-90 + i * 26, -246)], dark, 3, opacity=0.4) for i in range(9)] + [stroke([(-196, -140 - i * 34), (0, -190 - i * 28), (196, -140 - i * 34)], dark, 3, opacity=0.4) for i in range(3)]
    return "", sides + blob(crown, cloth, 0.8) + group(*checks) + blob(peak, dark, 0.7)


def _shaved(colour: str) -> Layers:
    line = [(140, -96), (100, -158), (40, -176), (-40, -176), (-100, -158), (-140, -96)]
    shadow = [(-156, -40), (-156, -110), (-104, -194), (0, -218), (104, -194), (156, -110), (156, -40), *line]
    return "", blob(shadow, colour, 0.8, opacity=0.22)
