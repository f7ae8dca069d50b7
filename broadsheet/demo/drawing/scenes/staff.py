"""The people of the paper, drawn in one manner on plain tinted grounds."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.demo.drawing.faces import Face, backdrop, portrait
from broadsheet.demo.drawing.gallery import picture
from broadsheet.demo.drawing.light import glow, mix
from broadsheet.demo.drawing.people import SKINS
from broadsheet.demo.drawing.svg import Canvas, blob, ellipse, group, limb, line, poly, rect, stroke

PENCIL = group(poly([(-196, -96), (-188, -108), (-96, -44), (-104, -32)], "#d9a02c"), poly([(-96, -44), (-104, -32), (-82, -30)], "#e9d0a0"), poly([(-196, -96), (-188, -108), (-204, -116), (-212, -104)], "#b4523b"))
STRAP = group(stroke([(-150, 300), (-120, 470), (-40, 720)], "#1c1a1a", 34), stroke([(-150, 300), (-120, 470), (-40, 720)], "#c9822c", 5))
BINOCULARS = group(stroke([(-96, 276), (-84, 350), (-60, 400)], "#1c1f1c", 11), stroke([(96, 276), (84, 350), (60, 400)], "#1c1f1c", 11), *(rect(x, 392, 84, 120, "#232824", rx=20) + ellipse(x + 42, 504, 44, 16, "#39443c") + ellipse(x + 42, 504, 32, 10, "#8fb0b4") for x in (-96, 12)), rect(-20, 420, 40, 40, "#2f3630", rx=8))
STRIPES = group(blob([(-150, 218), (-178, 290), (-120, 350), (0, 376), (120, 350), (178, 290), (150, 218), (60, 268), (-60, 268)], "#e3a02c", 0.8), *(limb([(x, 236 + abs(x) * -0.12 + 30), (x * 1.1, 346 - abs(x) * 0.24)], (30, 32), "#1a1a1c") for x in (-120, -56, 8, 72, 130)), poly([(60, 330), (150, 320), (190, 640), (96, 650)], "#e3a02c"), *(poly([(64 + k * 11, 372 + k * 72), (156 + k * 9, 364 + k * 72), (162 + k * 9, 400 + k * 72), (70 + k * 11, 408 + k * 72)], "#1a1a1c") for k in range(4)))
HEADSET = group(stroke([(-176, 20), (-186, -130), (-90, -244), (30, -262), (140, -216), (178, -120)], "#1b1e24", 20), ellipse(-176, 26, 40, 58, "#1b1e24"), ellipse(-182, 26, 24, 40, "#3a4250"), stroke([(-176, 70), (-150, 150), (-70, 176)], "#1b1e24", 8), ellipse(-64, 177, 18, 13, "#1b1e24"), ellipse(180, -104, 24, 34, "#1b1e24"))
COLLAR_UP = group(blob([(-150, 130), (-210, 240), (-190, 360), (-60, 420), (-96, 300), (-112, 200)], "#6d808c", 0.6), blob([(150, 130), (210, 240), (190, 360), (60, 420), (96, 300), (112, 200)], "#46565f", 0.6))
SHIRT_COLLAR = group(blob([(-92, 240), (-122, 296), (-62, 366), (0, 326), (-52, 290)], "#e9edf0", 0.25), blob([(92, 240), (122, 296), (62, 366), (0, 326), (52, 290)], "#b9c3cb", 0.25))
PAINT = group(*(ellipse(x, y, rx, ry, tone) for x, y, rx, ry, tone in ((-230, 470, 12, 9, "#d9a02c"), (-190, 540, 7, 7, "#c9472f"), (210, 500, 10, 7, "#f2ead8"), (250, 580, 14, 9, "#3f8a86"), (160, 600, 6, 8, "#d9a02c"), (-260, 600, 8, 11, "#f2ead8"), (-140, 620, 9, 6, "#3f8a86"))))
MUD = group(limb([(-124, 66), (-100, 52), (-70, 58)], (10, 22, 8), "#5c3f26", opacity=0.62), ellipse(-60, 74, 5, 4, "#5c3f26", opacity=0.6), ellipse(-112, 84, 4, 3, "#5c3f26", opacity=0.6))
WAISTCOAT = group(*(line([(-150 + i * 40, 300), (-150 + i * 40, 760)], "#a8493c", 4, opacity=0.6) for i in range(8)), *(line([(-150, 340 + i * 44), (150, 340 + i * 44)], "#a8493c", 4, opacity=0.6) for i in range(10)),
                  blob([(-112, 290), (-250, 330), (-270, 760), (-8, 760), (-8, 560), (-60, 440)], "#7d6a48", 0.3), blob([(112, 290), (250, 330), (270, 760), (8, 760), (8, 560), (60, 440)], "#67563a", 0.3), *(ellipse(16, 590 + i * 70, 9, 9, "#3a2f20") for i in range(3)), *(line([(-240 + i * 26, 360 + i * 6), (-230 + i * 22, 760)], "#5c4d34", 2, opacity=0.6) for i in range(9)))


@dataclass(frozen=True)
class Sitter:
    """A portrait: who, on what ground."""

    face: Face
    ground: tuple[str, str]
    """The wall and where light falls on it."""


SITTERS = {
    "imogen-thackray": Sitter(Face(SKINS[0], "#c3c5c7", "silver", glasses="tortoise", age=0.62, turn=0.35, smile=0.42, raised=7, wear="jacket", cloth="#2c4a3c", under="#f1ede2", eye="#5f7468", jaw=0.9, brow=0.8, lip="#b0605a"), ("#a9b8a2", "#d5ddcd")),
    "tobias-renn": Sitter(Face(SKINS[3], "#17120f", "crop", beard="full", age=0.18, turn=-0.35, smile=0.12, brow=1.15, wear="crew", cloth="#24344e", nose=1.1, lips=1.15, raised=3, extra=SHIRT_COLLAR + PENCIL), ("#a7bccb", "#d3e0e8")),
    "ines-okafor": Sitter(Face(SKINS[4], "#1b1412", "tied", age=0.32, turn=0.4, smile=0.9, teeth=True, squint=0.55, wear="collar", cloth="#4f6d8c", scarf="#cf952f", nose=1.2, lips=1.3, lip="#8c3b38", extra=PAINT + STRAP), ("#d3b778", "#ecdcb2")),
    "salma-darwazeh": Sitter(Face("#d3a47c", "#3a2419", "waves", age=0.26, turn=-0.85, gaze=(-6, 1), smile=0.1, wear="rollneck", cloth="#6d2436", earrings="#d9ac4e", jaw=0.88, brow=1.05, lips=1.1, lip="#a5504c", lids=0.95), ("#cfa7a2", "#ead2cc")),
    "dominic-achterberg": Sitter(Face("#e9b798", "#b98f56", "receding", age=0.58, turn=0.5, smile=0.12, squint=0.75, lids=0.72, brow=1.75, wear="crew", cloth="#5c6f7c", jaw=1.12, nose=1.2, eye="#5f7d92", tan="#c9442f", extra=COLLAR_UP), ("#b3b8ba", "#dbdedd")),
    "wren-pallister": Sitter(Face("#f4d6bf", "#b0532a", "plait", age=0.1, turn=0.45, gaze=(3, -5), smile=0.25, freckles=True, lids=1.2, wear="collar", cloth="#56643f", jaw=0.86, brow=0.75, eye="#5d8064", lip="#c0706a", extra=BINOCULARS), ("#aebba6", "#d8dfd0")),
    "joaquim-teles": Sitter(Face("#cf9668", "#5d5450", "curls", beard="moustache", age=0.5, turn=-0.4, smile=0.3, raised=9, wear="jacket", cloth="#7a5a3a", under="#e6dcc8", brow=1.3, nose=1.15, extra=STRIPES), ("#d8b06c", "#efd9a6")),
    "beatrix-nwosu": Sitter(Face(SKINS[5], "#120e0d", "shaved", age=0.34, turn=0.3, smile=0.22, raised=20, wear="rollneck", cloth="#1b1b1f", earrings="turquoise", nose=1.15, lips=1.3, lip="#7a2f38", jaw=0.9, lids=0.98), ("#8fc0bf", "#c9e3e0")),
    "henryk-sobol": Sitter(Face("#efcdb4", "#e4e3df", "swept", glasses="rimless", age=0.85, turn=-0.3, smile=0.1, wear="tie", cloth="#3a3c42", under="#eceae4", scarf="#5c6478", jaw=0.78, length=1.06, brow=1.0, eye="#65788a"), ("#b5adbd", "#dad5df")),
    "aoife-tran": Sitter(Face("#eec39a", "#15120f", "fringe", glasses="square", age=0.12, turn=0.4, smile=0.8, teeth=True, squint=0.35, wear="cardigan", cloth="#cf9a2b", under="#f3efe4", jaw=0.92, nose=0.92, brow=0.9, lip="#c0625a", lids=0.82), ("#d9cf86", "#f1ebbb")),
    "gideon-pell": Sitter(Face("#f0bfa4", "#eeeae2", "flat cap", beard="full", age=0.8, turn=-0.35, smile=0.95, squint=0.6, teeth=True, wear="jacket", cloth="#7d6a48", under="#f3ede0", scarf="#7d7459", jaw=1.15, nose=1.3, tan="#d2503a", eye="#6d8aa0", brow=1.35, extra=WAISTCOAT + MUD), ("#cdbd88", "#e9dfb6")),
    "fenella-strand": Sitter(Face("#c9935f", "#1d1512", "two buns", age=0.06, turn=0.35, smile=0.3, lids=1.25, raised=4, wear="crew", cloth="#5a2f55", jaw=0.88, nose=1.05, lips=1.15, lip="#a34f4c", extra=HEADSET), ("#6d7b88", "#9fb2c0")),
}


def _draw(name: str) -> None:
    """Register one sitter's portrait."""
    sitter = SITTERS[name]

    @picture(f"portrait-{name}")
    def sit(c: Canvas) -> None:
        cold = name == "fenella-strand"
        c.add(backdrop(c, *sitter.ground), portrait(c, sitter.face, x=500, y=452, scale=1.07, light="#bfe0ff" if cold else "#fff0d2"))
        if cold:
            c.add(glow(c, 40, 560, 620, "#7fb6ff", 0.55), rect(0, 0, 1000, 1000, c.linear([(0, "#2f6bd0", 0.34), (0.5, "#2f6bd0", 0)], (0, 0), (1, 0)), style="mix-blend-mode:screen"))


for _name in SITTERS:
    _draw(_name)
