"""Colour and light: mixing, palettes by time of day, and the filters that make shapes round, rough or wet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.demo.drawing.svg import Canvas, Stop, ellipse, group, line, rect, tag


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` (0..1) of the way from first to second."""
    channels = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * max(0.0, min(1.0, share))):02x}" for a, b in channels)


@dataclass(frozen=True)
class Palette:
    """What a time of day does to colours. `sky` runs from the zenith to the horizon."""

    sky: tuple[str, ...]
    light: str
    """Of the sun, the moon or the lamps: rims and glints."""
    haze: str
    """What distance fades into."""
    shade: str
    """What shadow and nearness deepen into."""
    water: tuple[str, str]
    """Far and near."""

    def far(self, colour: str, distance: float) -> str:
        """A colour seen through `distance` (0 near .. 1 horizon) of this air."""
        return mix(colour, self.haze, distance)


DAWN = Palette(("#31486b", "#7f8aa6", "#e3b09a", "#f7cf9f"), "#ffd9a0", "#d9b3a4", "#1f2b40", ("#d9ab95", "#25364f"))
MORNING = Palette(("#7fb0c9", "#b8d3d8", "#ece6d2", "#f6e9cd"), "#fff1cf", "#cfdcd8", "#2c4250", ("#b4ccd0", "#3f6a78"))
DAY = Palette(("#4f93bd", "#8fbfd3", "#cfe2e0", "#eaf0e4"), "#fffbe8", "#c2d9de", "#24404f", ("#8fb9c4", "#2d6277"))
GREY = Palette(("#8b979d", "#aab3b4", "#c6cac5", "#d7d6cc"), "#eeeadd", "#bcc2c0", "#2e3a40", ("#aeb6b5", "#4c5d63"))
GOLDEN = Palette(("#5c7f98", "#b3b39c", "#f0c987", "#f8dca0"), "#ffdf9a", "#e5c79b", "#3a3230", ("#dcbf8f", "#4a4d4d"))
DUSK = Palette(("#1d2547", "#4b3f6b", "#b56472", "#f0a070"), "#ffb27a", "#96627a", "#141a30", ("#b56f75", "#171f3c"))
NIGHT = Palette(("#0a1224", "#101d37", "#1a2f4d", "#2b4560"), "#ffcf86", "#22384f", "#060b16", ("#22384f", "#0a1222"))
STORM = Palette(("#39434b", "#566067", "#7d8786", "#a5aaa0"), "#d9dcd0", "#7f8a8a", "#192126", ("#78837f", "#28353a"))
FOG = Palette(("#b9c3c6", "#c8d0d0", "#d6dad6", "#dfe0d8"), "#f4efdf", "#d3d8d4", "#4d5d66", ("#cad1cf", "#95a3a6"))


def sky(canvas: Canvas, palette: Palette, horizon: float) -> str:
    """The sky from the top edge to the horizon, brushed faintly sideways."""
    last = len(palette.sky) - 1
    stops: list[Stop] = [(i / last, colour) for i, colour in enumerate(palette.sky)]
    return rect(0, 0, canvas.width, horizon + 2, canvas.linear(stops, (0, 0), (0, horizon), "px"))


def glow(canvas: Canvas, x: float, y: float, radius: float, colour: str, strength: float = 0.8) -> str:
    """Light spreading from a point, added to what is behind it."""
    fill = canvas.radial([(0, colour, strength), (0.25, colour, strength * 0.45), (1, colour, 0)], (x, y), radius)
    return ellipse(x, y, radius, radius, fill, style="mix-blend-mode:screen")


def clouds(canvas: Canvas, colour: str, lit: str, *, top: float, bottom: float, cover: float = 0.5,
           scale: float = 1.0, soft: float = 3.2, opacity: float = 0.9, shift: tuple[float, float] = (0, -14)) -> str:
    """A bank of cloud between two heights; its lit side shows where a displaced copy peeps out behind it."""
    seed = canvas.dice.randint(1, 9999)
    noise = tag("feTurbulence", type="fractalNoise", baseFrequency=f"{0.0022 / scale:.5f} {0.0075 / scale:.5f}",
                numOctaves=5, seed=seed, result="n")

    def bank(tint: str, dx: float, dy: float) -> str:
        steps = (
            noise, tag("feOffset", dx=dx, dy=dy),
            tag("feColorMatrix", type="matrix", values="0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 1 0 0 0 0"),
            tag("feComponentTransfer", tag("feFuncA", type="linear", slope=soft * 2.4, intercept=-soft * 2.4 * (
                0.64 - cover * 0.28))),
            tag("feFlood", flood_color=tint, result="f"), tag("feComposite", in_="f", in2="a", operator="in"),
        )
        named = (*steps[:3], steps[3].replace("<feComponentTransfer", '<feComponentTransfer result="a"', 1), *steps[4:])
        return rect(0, 0, canvas.width, bottom, "#fff", filter=canvas.filter(*named, whole=True))

    fade = canvas.mask(rect(-200, top, canvas.width + 400, bottom - top, canvas.linear(
        [(0, "#fff", 0), (0.25, "#fff", 1), (0.75, "#fff", 0.9), (1, "#fff", 0)])))
    return group(bank(lit, *shift), bank(colour, 0, 0), mask=fade, opacity=opacity)


def round_light(canvas: Canvas, light: str, shade: str, dx: float, dy: float, *, rim: float = 0.8,
                body: float = 0.45, soft: float = 1.2) -> str:
    """A filter that lights a shape from (-dx, -dy): a bright rim towards the light, a soft shade away from it."""
    return canvas.filter(
        tag("feOffset", in_="SourceAlpha", dx=dx, dy=dy, result="o"),
        tag("feComposite", in_="SourceAlpha", in2="o", operator="out"),
        tag("feGaussianBlur", stdDeviation=soft),
        tag("feComposite", in2="SourceAlpha", operator="in", result="rimShape"),
        tag("feFlood", flood_color=light, flood_opacity=rim),
        tag("feComposite", in2="rimShape", operator="in", result="rim"),
        tag("feOffset", in_="SourceAlpha", dx=-dx * 4, dy=-dy * 4),
        tag("feGaussianBlur", stdDeviation=soft * 4, result="lee"),
        tag("feComposite", in_="SourceAlpha", in2="lee", operator="out", result="shadeShape"),
        tag("feFlood", flood_color=shade, flood_opacity=body),
        tag("feComposite", in2="shadeShape", operator="in", result="shade"),
        tag("feMerge", tag("feMergeNode", in_="SourceGraphic"), tag("feMergeNode", in_="shade"),
            tag("feMergeNode", in_="rim")),
    )


def rough(canvas: Canvas, scale: float = 4, frequency: float = 0.04, whole: bool = True) -> str:
    """A filter that makes edges look cut and painted by hand."""
    return canvas.filter(
        tag("feTurbulence", type="fractalNoise", baseFrequency=frequency, numOctaves=2, seed=canvas.dice.randint(1, 99)),
        tag("feDisplacementMap", in_="SourceGraphic", scale=scale, xChannelSelector="R", yChannelSelector="G"),
        whole=whole)


def blur(canvas: Canvas, x: float, y: float | None = None, whole: bool = False) -> str:
    """A Gaussian blur filter, in pixels."""
    return canvas.filter(tag("feGaussianBlur", stdDeviation=f"{x} {x if y is None else y}"), whole=whole)


def ripple(canvas: Canvas, scale: float, across: float, down: float, soft: float = 0.6) -> str:
    """A filter that breaks a mirrored picture as waves do; frequencies per pixel."""
    return canvas.filter(
        tag("feTurbulence", type="fractalNoise", baseFrequency=f"{across} {down}", numOctaves=3,
            seed=canvas.dice.randint(1, 999), result="n"),
        tag("feDisplacementMap", in_="SourceGraphic", in2="n", scale=scale, xChannelSelector="R",
            yChannelSelector="G"),
        tag("feGaussianBlur", stdDeviation=f"{soft * 2} {soft}"),
        whole=True)


def streaks(canvas: Canvas, colour: str, *, across: float, down: float, amount: float, x: float = 0, y: float = 0,
            width: float | None = None, height: float | None = None, mask: str | None = None,
            opacity: float = 1, blend: str = "normal") -> str:
    """Noise drawn out into strokes: glints on water, brushwork, puddles. `amount` is the share covered."""
    steps = (
        tag("feTurbulence", type="fractalNoise", baseFrequency=f"{across} {down}", numOctaves=3,
            seed=canvas.dice.randint(1, 999)),
        tag("feColorMatrix", type="matrix",
            values=f"0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 9 0 0 0 {-9 * (0.72 - 0.44 * amount):.3f}", result="a"),
        tag("feFlood", flood_color=colour), tag("feComposite", in2="a", operator="in"),
        tag("feComposite", in2="SourceAlpha", operator="in"),
    )
    shape = rect(x, y, width or canvas.width, height or canvas.height, "#fff", filter=canvas.filter(*steps, whole=True))
    return group(shape, mask=mask, opacity=opacity, style=f"mix-blend-mode:{blend}")


def rain(canvas: Canvas, colour: str, drops: int = 500, lean: float = 0.18, length: float = 46,
         opacity: float = 0.28) -> str:
    """Slanting rain, in three depths."""
    dice, out = canvas.dice, []
    for _ in range(drops):
        x, y, depth = dice.uniform(-80, canvas.width), dice.uniform(-60, canvas.height), dice.choice((0.45, 0.7, 1.0))
        run = length * depth * dice.uniform(0.6, 1.2)
        out.append(line([(x, y), (x - run * lean, y + run)], colour, 1.6 * depth, opacity=opacity * depth))
    return group(*out)


def mist(canvas: Canvas, colour: str, y: float, height: float, strength: float = 0.8) -> str:
    """A bank of mist: nothing at its edges, thickest in the middle."""
    fill = canvas.linear([(0, colour, 0), (0.5, colour, strength), (1, colour, 0)])
    return rect(0, y - height / 2, canvas.width, height, fill)


def shadow(x: float, y: float, rx: float, ry: float, colour: str, opacity: float, soft: str) -> str:
    """What a thing leaves on the ground where it stands; `soft` is a blur filter."""
    return ellipse(x, y, rx, ry, colour, opacity=opacity, filter=soft)


def stars(canvas: Canvas, bottom: float, count: int = 120) -> str:
    """A clear night's stars."""
    dice = canvas.dice
    return group(*(ellipse(dice.uniform(0, canvas.width), dice.uniform(0, bottom), r := dice.uniform(0.5, 1.5), r,
                           "#fff", opacity=dice.uniform(0.2, 0.8)) for _ in range(count)))


def bokeh(canvas: Canvas, colours: Sequence[str], box: tuple[float, float, float, float], count: int,
          radius: tuple[float, float] = (6, 22), opacity: float = 0.5) -> str:
    """Lights out of focus in a box (x, y, width, height)."""
    dice, (x, y, width, height) = canvas.dice, box
    out = []
    for _ in range(count):
        size = dice.uniform(*radius)
        out.append(ellipse(x + dice.random() * width, y + dice.random() * height, size, size, dice.choice(colours),
                           opacity=opacity * dice.uniform(0.3, 1)))
    return group(*out, style="mix-blend-mode:screen", filter=blur(canvas, 1.5, whole=True))
