"""Head-and-shoulder portraits: one construction, many people. Units are pixels round the bridge of the nose."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.demo.drawing.hair import beard, hair
from broadsheet.demo.drawing.light import blur, mix, rough, round_light
from broadsheet.demo.drawing.svg import Canvas, Point, blob, ellipse, group, limb, line, poly, rect, stroke


@dataclass(frozen=True)
class Face:
    """Someone's looks."""

    skin: str
    hair: str
    style: str
    """Of the hair: crop, parted, bob, long, curls, afro, bun, bald, receding, headscarf, locs, ponytail, tousled."""
    beard: str = ""
    """stubble, full, moustache, goatee or nothing."""
    glasses: str = ""
    """round, tortoise, square, rimless or nothing."""
    age: float = 0.3
    """0 twenty .. 1 seventy: the lines it draws."""
    jaw: float = 1.0
    length: float = 1.0
    brow: float = 1.0
    eye: str = "#4a3626"
    lids: float = 1.0
    """How open the eyes are."""
    nose: float = 1.0
    lips: float = 1.0
    lip: str = ""
    smile: float = 0.35
    turn: float = 0.5
    """-1 to the left .. 1 to the right."""
    wear: str = "jacket"
    """jacket, crew, rollneck, blouse, cardigan, oilskin, collar."""
    cloth: str = "#2f3f52"
    under: str = "#e8e2d4"
    scarf: str = "#b4523b"
    earrings: str = ""
    gaze: Point = (0, 0)
    """Where the eyes look: pixels right and down of straight ahead."""
    raised: float = 0
    """How far the brow on our right goes up, in pixels."""
    squint: float = 0
    """0..1: lower lids up, as in wind or laughter."""
    teeth: bool = False
    """An open, laughing mouth."""
    freckles: bool = False
    tan: str = ""
    """A flush of this colour over nose and cheeks."""
    extra: str = ""
    """Markup over everything, in the head's own units: a pencil, a strap, a headset."""

    @property
    def shade(self) -> str:
        """The skin's own shadow, warm and deep."""
        return mix(mix(self.skin, "#7a2f1e", 0.35), "#1a0f10", 0.3)


def head_outline(face: Face) -> list[Point]:
    """The skull and jaw, clockwise from the crown."""
    j, n, t = face.jaw, face.length, face.turn
    right = [(0, -218), (104, -192), (154, -92), (156 - 8 * max(0, t), 20), (136 * (0.5 + j / 2), 112 * n),
             (96 * j, 178 * n), (44 * j + 8 * t, 214 * n)]
    left = [(-x, y) for x, y in right[1:]]
    left[2] = (-156 - 8 * min(0, t), 20)
    left[-1] = (-44 * j + 8 * t, 214 * n)
    return [*right, (8 * t, 219 * n), *left[::-1]]


def portrait(canvas: Canvas, face: Face, *, x: float = 480, y: float = 520, scale: float = 1.12,
             light: str = "#fff0d2", shade: str = "#131a24") -> str:
    """The person, lit from the upper left."""
    soft = blur(canvas, 5)
    outline = head_outline(face)
    clip = canvas.clip(blob(outline, "#fff"))
    behind, front = hair(face.style, face.hair, face.scarf)
    head = group(
        _ears(face), blob(outline, face.skin),
        group(_planes(canvas, face, soft), clip_path=clip),
        _features(canvas, face), _marks(canvas, face), beard(face.beard, face.hair, face.jaw, face.length, face.turn * 14, soft), front,
        _glasses(face), face.extra,
    )
    tilt = f"rotate({face.turn * 2.2:.1f} 0 240)"
    figure = group(
        group(behind, transform=tilt), _bust(face, soft), group(head, transform=tilt),
        filter=round_light(canvas, light, shade, 4, 2, rim=0.55, body=0.5, soft=2.4))
    return group(group(figure, filter=rough(canvas, 3.2, 0.05, whole=False)), transform=f"translate({x} {y}) scale({scale})")


def _ears(face: Face) -> str:
    if face.style in ("headscarf", "long", "bob"):
        return ""
    out = [ellipse(k * 157 - 4 * face.turn, 22, 20, 40, mix(face.skin, face.shade, 0.2 if k < 0 else 0.5)) +
           ellipse(k * 157 - 4 * face.turn, 24, 9, 24, mix(face.skin, face.shade, 0.6)) for k in (-1, 1)]
    if face.earrings == "turquoise":
        out += [group(line([(k * 162, 60), (k * 164, 84)], "#c9a45c", 4), ellipse(k * 165 - 4 * face.turn, 122, 27, 40, "#2fa9a4"), ellipse(k * 165 - 6 - 4 * face.turn, 110, 8, 14, "#a5e6df", opacity=0.8)) for k in (-1, 1)]
    elif face.earrings:
        out += [ellipse(k * 160 - 4 * face.turn, 72, 8, 10, face.earrings) for k in (-1, 1)]
    return group(*out)


def _planes(canvas: Canvas, face: Face, soft: str) -> str:
    """The broad lights and shadows that turn a flat face into a head."""
    t = face.turn * 30
    lee = [(70, -240), (98, -110), (86 + t * 0.6, -20), (100 + t * 0.5, 40), (84 + t * 0.4, 96), (60 + t * 0.3, 160),
           (20 + t * 0.3, 240), (220, 260), (220, -240)]
    return group(
        blob(lee, face.shade, 0.8, opacity=0.4, filter=soft),
        *(ellipse(k * 68 + t, -6, 48, 30, face.shade, opacity=0.22, filter=soft) for k in (-1, 1)),
        ellipse(-70 + t, 78, 50, 34, mix(face.skin, "#d0402a", 0.5), opacity=0.22, filter=soft),
        ellipse(88 + t * 0.6, 78, 40, 30, mix(face.skin, "#c03a2a", 0.6), opacity=0.16, filter=soft),
        ellipse(-62 + t * 0.4, -122, 70, 52, mix(face.skin, "#fff4dd", 0.6), opacity=0.22, filter=blur(canvas, 16)),
        ellipse(t, 176 * face.length, 46, 16, face.shade, opacity=0.18, filter=soft),
        ellipse(-10 + t, 200 * face.length, 30, 12, "#fff4dd", opacity=0.12, filter=soft),
    )


def _features(canvas: Canvas, face: Face) -> str:
    t = face.turn * 30
    eyes = [_eye(canvas, face, k * 67 + t, k * (1 - 0.1 * (k * face.turn))) for k in (-1, 1)]
    lift = {-1: 0.0, 1: face.raised}
    brows = [limb([(k * 32 + t, -50 - lift[k] * 0.6), (k * 66 + t, -65 - lift[k]), (k * (108 - 8 * k * face.turn) + t, -50 - lift[k] * 0.8)],
                  (12 * face.brow, 15 * face.brow, 5), mix(face.hair, "#1a1412", 0.3), opacity=0.9) for k in (-1, 1)]
    return group(*eyes, *brows, _nose(face, t * 1.25), _mouth(face, t), _years(face, t))


def _eye(canvas: Canvas, face: Face, x: float, k: float) -> str:
    """One eye; `k` is its side and its foreshortening."""
    open_, wide = 13 * face.lids, 33 * abs(k)
    low = open_ * (0.72 - 0.62 * face.squint)
    side = 1 if k > 0 else -1
    inner, outer = (x - side * wide, 3.0), (x + side * wide, -3.0)
    almond = [inner, (x - side * wide * 0.35, -open_), (x + side * wide * 0.3, -open_ * 1.02), outer,
              (x + side * wide * 0.25, low), (x - side * wide * 0.4, low)]
    ink, clip = mix(face.shade, "#100808", 0.65), canvas.clip(blob(almond, "#fff", 0.85))
    look, down = face.turn * 5 + face.gaze[0], face.gaze[1]
    return group(
        blob(almond, mix("#f4ede2", face.shade, 0.12), 0.85),
        group(ellipse(x + look, down - 1, 13, 13.5, face.eye), ellipse(x + look, down - 1, 6, 6, "#0d0a09"),
              ellipse(x + look - 5, down - 6, 3.4, 3.4, "#ffffff", opacity=0.9), clip_path=clip),
        limb([(inner[0], inner[1]), *almond[1:3], (outer[0] + side * 4, outer[1] - 1)], (3, 7, 8, 5), ink),
        stroke([(inner[0], -open_ * 0.9), (x, -open_ * 1.75), (outer[0], -open_ * 1.2)], face.shade, 3, opacity=0.5),
        stroke(almond[3:] + [inner], face.shade, 2.2, opacity=0.6),
        stroke([(inner[0] + side * 6, open_ + 11), (x, open_ + 17), (outer[0] - side * 8, open_ + 10)], face.shade, 3,
               opacity=0.12 + 0.3 * face.age),
    )


def _nose(face: Face, t: float) -> str:
    w = 30 * face.nose
    return group(
        blob([(t * 0.5 + 12, -40), (t * 0.7 + 14, 20), (t + w * 0.75, 66), (t + w, 84), (t + w * 0.4, 96), (t + 6, 94),
              (t * 0.8 + 6, 40)], face.shade, 0.8, opacity=0.34),
        limb([(t * 0.6 - 6, -20), (t * 0.9 - 5, 40), (t - 3, 74)], (5, 8, 14), "#fff4dd", opacity=0.26),
        blob([(t - w * 0.95, 88), (t - w * 0.4, 94), (t, 102), (t + w * 0.4, 94), (t + w * 0.95, 88), (t + w * 0.4, 106),
              (t, 108), (t - w * 0.4, 106)], face.shade, 0.8, opacity=0.6),
        *(ellipse(t + k * w * 0.46, 97, 7 * face.nose, 4, mix(face.shade, "#120808", 0.5), opacity=0.75) for k in (-1, 1)),
        *(stroke([(t + k * w * 0.98, 72), (t + k * w * 1.1, 86), (t + k * w * 0.8, 98)], face.shade, 3, opacity=0.5)
          for k in (-1, 1)),
    )


def _mouth(face: Face, t: float) -> str:
    s, w, y = face.smile, 54 + 10 * face.smile, 146 * face.length
    colour = face.lip or mix(face.skin, "#8c2f2c", 0.48)
    left, right = (t - w, y - 17 * s), (t + w * (1 - 0.08 * face.turn), y - 17 * s)
    full = 12 * face.lips
    if face.teeth:
        return _laugh(face, t, y, w, colour)
    middle = [(t - w * 0.4, y + 3 * s), (t, y + 4 + 4 * s), (t + w * 0.4, y + 3 * s)]
    return group(
        blob([left, (t - w * 0.3, y - full), (t, y - full * 0.66), (t + w * 0.3, y - full), right, *middle[::-1]],
             mix(colour, face.shade, 0.35), 0.7),
        blob([left, *middle, right, (t + w * 0.42, y + full * 1.35 + 4 * s), (t, y + full * 1.75 + 5 * s),
              (t - w * 0.42, y + full * 1.35 + 4 * s)], colour, 0.8),
        ellipse(t - 8, y + full * 1.0 + 6 * s, 18, 4, "#fff0e0", opacity=0.22),
        stroke([left, *middle, right], mix(face.shade, "#140808", 0.6), 4),
        *(stroke([(px - k * 2, y - 17 * s - 7), (px + k * 5, y - 17 * s), (px + k * 2, y - 17 * s + 8)], face.shade, 3, opacity=0.45)
          for k, (px, _) in ((-1, left), (1, right))),
        stroke([(t - 26, y + full * 2.3 + 8), (t, y + full * 2.6 + 9), (t + 26, y + full * 2.3 + 8)], face.shade, 4, opacity=0.3),
    )


def _laugh(face: Face, t: float, y: float, w: float, colour: str) -> str:
    """An open mouth: teeth, shadow, lips."""
    left, right, ink = (t - w, y - 16), (t + w, y - 16), mix(face.shade, "#140608", 0.75)
    return group(
        blob([left, (t - w * 0.4, y - 9), (t, y - 7), (t + w * 0.4, y - 9), right, (t + w * 0.5, y + 24), (t, y + 36), (t - w * 0.5, y + 24)], ink, 0.8),
        blob([(t - w * 0.84, y - 9), (t - w * 0.3, y - 5), (t, y - 4), (t + w * 0.3, y - 5), (t + w * 0.84, y - 9), (t + w * 0.44, y + 10), (t, y + 15), (t - w * 0.44, y + 10)], "#f8f3ea", 0.7),
        limb([left, (t - w * 0.35, y - 12), (t, y - 9), (t + w * 0.35, y - 12), right], (4, 10, 8, 10, 4), mix(colour, face.shade, 0.3)),
        limb([left, (t - w * 0.5, y + 25), (t, y + 37), (t + w * 0.5, y + 25), right], (3, 11, 15, 11, 3), colour),
        *(stroke([(px - k * 2, y - 26), (px + k * 8, y - 16), (px + k * 4, y - 4)], face.shade, 4, opacity=0.5) for k, px in ((-1, left[0]), (1, right[0]))))


def _marks(canvas: Canvas, face: Face) -> str:
    """Freckles, wind and sun."""
    t, dice, out = face.turn * 30, canvas.dice, []
    if face.tan:
        out += [ellipse(t + x, y, rx, 30, face.tan, opacity=0.26, filter=blur(canvas, 9)) for x, y, rx in ((-76, 70, 54), (84, 70, 46), (2, 70, 34))]
    if face.freckles:
        out += [ellipse(t + dice.gauss(0, 62), 56 + dice.gauss(0, 24), r := dice.uniform(1.6, 3.2), r, face.shade, opacity=0.4) for _ in range(80)]
    return group(*out)


def _years(face: Face, t: float) -> str:
    """Laughter lines, crow's feet, a forehead that has wondered."""
    a, out = face.age, []
    for k in (-1, 1):
        out.append(stroke([(t + k * 40, 84), (t + k * 70, 120), (t + k * 76, 152)], face.shade, 4, opacity=0.1 + 0.4 * a))
        if a > 0.35:
            out += [stroke([(t * 0.8 + k * 112, 0 + d), (t * 0.8 + k * 130, d * 2.2)], face.shade, 2.6, opacity=0.5 * a)
                    for d in (-7, 2, 10)]
    if a > 0.45:
        out += [stroke([(t * 0.6 - 70, -110 - d), (t * 0.6, -116 - d), (t * 0.6 + 66, -109 - d)], face.shade, 3, opacity=0.42 * a)
                for d in (0, 24)]
        out.append(stroke([(t - 12, -62), (t - 9, -44)], face.shade, 3, opacity=0.5 * a))
    return group(*out)


def _glasses(face: Face) -> str:
    if not face.glasses:
        return ""
    t, ink = face.turn * 30, {"tortoise": "#6b4324", "rimless": "#8d9296"}.get(face.glasses, "#1b1a1c")
    weight = 2.5 if face.glasses == "rimless" else 7
    lenses = []
    for k in (-1, 1):
        x, wide = k * 67 + t, 50 * (1 - 0.07 * k * face.turn)
        if face.glasses in ("round", "tortoise"):
            lenses.append(ellipse(x, 2, wide, 46, "#ffffff", fill_opacity=0.1, stroke=ink, stroke_width=weight + 2 * (face.glasses == "tortoise")))
        else:
            lenses.append(rect(x - wide, -34, wide * 2, 68, "#ffffff", fill_opacity=0.1, stroke=ink, stroke_width=weight + 1, rx=16))
        lenses.append(poly([(x - wide * 0.5, 26), (x - wide * 0.1, -28), (x + wide * 0.2, -28), (x - wide * 0.2, 26)], "#ffffff",
                           opacity=0.13))
        lenses.append(line([(x + k * wide, -8), (k * 158 - 4 * face.turn, -2)], ink, weight * 0.85))
    return group(*lenses, stroke([(t - 18, -4), (t, -12), (t + 18, -4)], ink, weight))


def _bust(face: Face, soft: str) -> str:
    """Neck, shoulders and clothes."""
    cloth, dark = face.cloth, mix(face.cloth, "#0c1016", 0.38)
    neck = [(-78, 110), (-82, 230), (-120, 300), (0, 400), (120, 300), (82, 230), (78, 110)]
    shoulders = [(-96, 262), (-190, 312), (-318, 356), (-384, 450), (-410, 760), (410, 760), (384, 450), (318, 356),
                 (190, 312), (96, 262), (0, 330)]
    skin = group(blob(neck, face.skin, 0.5), blob([(-80, 130), (-60, 236), (10, 262), (100, 292), (110, 120)], face.shade, 0.7,
                                                  opacity=0.55, filter=soft))
    folds = group(*(stroke([(k * 250, 420), (k * 222, 560), (k * 236, 740)], dark, 6, opacity=0.6) for k in (-1, 1)))
    coat = blob(shoulders, cloth, 0.6)
    kinds = {
        "crew": group(skin, coat, stroke([(-98, 266), (-60, 318), (0, 338), (60, 318), (98, 266)], dark, 16), folds),
        "rollneck": group(skin, coat, blob([(-92, 196), (-104, 290), (0, 332), (104, 290), (92, 196), (0, 228)], cloth, 0.7),
                          stroke([(-98, 246), (0, 284), (98, 246)], dark, 5, opacity=0.7), folds),
        "blouse": group(skin, blob([*shoulders[:-1], (60, 350), (0, 452), (-60, 350)], cloth, 0.5), folds,
                        blob([(-98, 258), (-150, 330), (-60, 420), (0, 456), (-52, 350)], mix(cloth, "#ffffff", 0.14), 0.4),
                        blob([(98, 258), (150, 330), (60, 420), (0, 456), (52, 350)], mix(cloth, "#000000", 0.12), 0.4)),
        "collar": group(skin, coat, folds, _collar(cloth, 0.2), line([(0, 360), (0, 740)], dark, 4),
                        *(ellipse(0, 420 + i * 110, 7, 7, dark) for i in range(3))),
    }
    kinds["jacket"] = group(skin, blob([(px * 0.8, py) for px, py in shoulders], face.under, 0.6), _collar(face.under, 0.3), _lapels(cloth, dark), folds)
    kinds["tie"] = group(skin, blob([(px * 0.8, py) for px, py in shoulders], face.under, 0.6), _tie(face.scarf), _collar(face.under, 0.3), _lapels(cloth, dark), folds)
    kinds["cardigan"] = group(skin, blob([(px * 0.8, py) for px, py in shoulders], face.under, 0.6),
                              stroke([(-98, 266), (-50, 324), (0, 340), (50, 324), (98, 266)], mix(face.under, "#30302c", 0.3), 8),
                              _opened(cloth), stroke([(-128, 290), (-84, 480), (-60, 760)], dark, 12),
                              stroke([(128, 290), (84, 480), (60, 760)], dark, 12), folds)
    kinds["oilskin"] = group(skin, coat, folds, blob([(-104, 226), (-178, 300), (-120, 372), (0, 392), (-40, 320)], mix(cloth, "#ffffff", 0.12), 0.6),
                             blob([(104, 226), (178, 300), (120, 372), (0, 392), (40, 320)], mix(cloth, "#000000", 0.14), 0.6),
                             line([(0, 392), (0, 760)], dark, 8), *(rect(-34, 430 + i * 110, 68, 14, dark, rx=7) for i in range(3)))
    return kinds.get(face.wear, kinds["jacket"])


def _collar(colour: str, depth: float) -> str:
    return group(
        blob([(-90, 236), (-118, 296), (-70, 372), (0, 332), (-56, 290)], mix(colour, "#ffffff", depth), 0.25),
        blob([(90, 236), (118, 296), (70, 372), (0, 332), (56, 290)], mix(colour, "#1c2530", 0.2), 0.25))


def _tie(colour: str) -> str:
    return group(poly([(-26, 326), (26, 326), (16, 372), (-16, 372)], mix(colour, "#000000", 0.15)),
                 poly([(-16, 372), (16, 372), (38, 680), (-38, 680)], colour))


def _opened(cloth: str) -> str:
    left = [(-104, 262), (-190, 312), (-318, 356), (-384, 450), (-410, 760), (-60, 760), (-84, 480), (-126, 300)]
    return blob(left, cloth, 0.4) + blob([(-x, y) for x, y in left], mix(cloth, "#0c1016", 0.1), 0.4)


def _lapels(cloth: str, dark: str) -> str:
    lapel = [(-106, 256), (-176, 330), (-196, 420), (-150, 430), (-24, 660), (-84, 440)]
    return group(_opened(cloth), poly([(-60, 560), (0, 640), (60, 560), (70, 760), (-70, 760)], cloth),
                 blob(lapel, mix(cloth, "#ffffff", 0.1), 0.15, stroke=dark, stroke_width=3),
                 blob([(-x, y) for x, y in lapel], mix(cloth, "#0c1016", 0.22), 0.15, stroke=dark, stroke_width=3))


def backdrop(canvas: Canvas, wall: str, lit: str, *, kind: str = "plain") -> str:
    """What stands out of focus behind a sitter: a plain wall, a window, shelves, the harbour."""
    width, height = canvas.width, canvas.height
    out = [rect(0, 0, width, height, canvas.radial([(0, lit), (1, wall)], (width * 0.28, height * 0.25), height * 0.95))]
    soft, dice = blur(canvas, 16, whole=True), canvas.dice
    shapes: list[str] = []
    if kind == "window":
        shapes = [rect(60, 40, 300, 620, mix(lit, "#ffffff", 0.55)), rect(200, 40, 16, 620, wall), rect(60, 330, 300, 14, wall)]
    elif kind == "shelves":
        for row in range(5):
            x = 560.0
            while x < width:
                w = dice.uniform(18, 46)
                shapes.append(rect(x, 60 + row * 210 + dice.uniform(0, 50), w, 170, mix(wall, dice.choice(
                    ("#8a4a3c", "#40566a", "#a98a52", "#e0d6c0", "#4c5a48")), 0.6)))
                x += w + 3
            shapes.append(rect(540, 234 + row * 210, 500, 14, mix(wall, "#000000", 0.3)))
    elif kind == "harbour":
        shapes = [rect(0, 640, width, 600, mix(wall, "#1c3344", 0.45)),
                  *(rect(i * 92 + 10, 640 - (h := dice.uniform(60, 170)), 78, h, mix(wall, "#3a4656", 0.45)) for i in range(11)),
                  line([(760, 640), (820, 300), (940, 250)], mix(wall, "#2a3340", 0.6), 14)]
    elif kind == "lights":
        shapes = [ellipse(dice.uniform(0, width), dice.uniform(0, 760), r := dice.uniform(14, 46), r, mix(lit, "#ffd58c", 0.7),
                          opacity=dice.uniform(0.15, 0.5)) for _ in range(26)]
    out.append(group(*shapes, filter=soft, opacity=0.8))
    return group(*out)
