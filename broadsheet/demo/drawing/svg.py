"""SVG by hand: elements as strings, smooth outlines, and the canvas that collects them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

Point = tuple[float, float]
Stop = tuple[float, str] | tuple[float, str, float]


def tag(name: str, *content: str, **attributes: object) -> str:
    """One element; `fill_opacity=.5` becomes `fill-opacity="0.5"`, and None leaves an attribute out."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{pairs}>{''.join(content)}</{name}>" if content else f"<{name}{pairs}/>"


def _value(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def rect(x: float, y: float, width: float, height: float, fill: str, **attributes: object) -> str:
    """A rectangle."""
    return tag("rect", x=float(x), y=float(y), width=float(max(0, width)), height=float(max(0, height)), fill=fill,
               **attributes)


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **attributes: object) -> str:
    """An ellipse round (x, y)."""
    return tag("ellipse", cx=float(x), cy=float(y), rx=float(rx), ry=float(ry), fill=fill, **attributes)


def poly(points: Iterable[Point], fill: str, **attributes: object) -> str:
    """A closed polygon with straight edges."""
    return tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), fill=fill, **attributes)


def line(points: Sequence[Point], stroke: str, width: float, **attributes: object) -> str:
    """An open polyline with round joins."""
    return tag("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), fill="none", stroke=stroke,
               stroke_width=float(width), stroke_linejoin="round",
               **({"stroke_linecap": "round"} | attributes))


def group(*content: str, **attributes: object) -> str:
    """A group; the attributes carry transform, filter, opacity, mask."""
    return tag("g", *content, **attributes) if content else ""


def curve(points: Sequence[Point], closed: bool = True, tension: float = 1.0) -> str:
    """Path data of a Catmull-Rom curve through the points; tension 0 gives straight edges."""
    count = len(points)
    if count < 3:
        return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    at = (lambda i: points[i % count]) if closed else (lambda i: points[max(0, min(count - 1, i))])
    parts = [f"M{points[0][0]:.1f},{points[0][1]:.1f}"]
    for i in range(count if closed else count - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(i - 1), at(i), at(i + 1), at(i + 2)
        pull = tension / 6
        parts.append(
            f"C{x1 + (x2 - x0) * pull:.1f},{y1 + (y2 - y0) * pull:.1f}"
            f" {x2 - (x3 - x1) * pull:.1f},{y2 - (y3 - y1) * pull:.1f} {x2:.1f},{y2:.1f}"
        )
    return "".join(parts) + ("Z" if closed else "")


def blob(points: Sequence[Point], fill: str, tension: float = 1.0, **attributes: object) -> str:
    """A closed smooth shape through the points."""
    return tag("path", d=curve(points, True, tension), fill=fill, **attributes)


def stroke(points: Sequence[Point], colour: str, width: float, **attributes: object) -> str:
    """An open smooth line through the points."""
    return tag("path", d=curve(points, False), fill="none", stroke=colour, stroke_width=float(width),
               **({"stroke_linecap": "round"} | attributes))


def limb(points: Sequence[Point], widths: Sequence[float], fill: str, **attributes: object) -> str:
    """A tapered, rounded shape along a bent line: an arm, a branch, a rope's shadow."""
    left: list[Point] = []
    right: list[Point] = []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(0, i - 1)], points[min(last, i + 1)]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1.0
        nx, ny = -(by - ay) / length * widths[i] / 2, (bx - ax) / length * widths[i] / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    (x0, y0), (x1, y1) = points[0], points[-1]
    return group(
        blob(left + right[::-1], fill, 0.8),
        ellipse(x0, y0, widths[0] / 2, widths[0] / 2, fill),
        ellipse(x1, y1, widths[-1] / 2, widths[-1] / 2, fill),
        **attributes,
    )


class Canvas:
    """A picture being drawn: its size, its definitions, its layers from back to front, and its own dice."""

    def __init__(self, width: int, height: int, seed: int) -> None:
        self.width, self.height = width, height
        self.dice = Random(seed)
        self._definitions: list[str] = []
        self._layers: list[str] = []
        self._known: dict[str, str] = {}

    def add(self, *layers: str) -> None:
        """Put layers in front of what is there."""
        self._layers.extend(layers)

    def define(self, kind: str, *content: str, **attributes: object) -> str:
        """Keep a definition once and return its id."""
        text = tag(kind, *content, id="ID", **attributes)
        if text not in self._known:
            self._known[text] = f"d{len(self._known)}"
            self._definitions.append(text.replace('id="ID"', f'id="{self._known[text]}"', 1))
        return self._known[text]

    def linear(self, stops: Sequence[Stop], start: Point = (0, 0), end: Point = (0, 1), units: str = "") -> str:
        """A gradient over the shape's own box (0..1), or over the picture when `units` is "px"."""
        return "url(#%s)" % self.define(
            "linearGradient", *_stops(stops), x1=float(start[0]), y1=float(start[1]), x2=float(end[0]),
            y2=float(end[1]), gradientUnits="userSpaceOnUse" if units else None)

    def radial(self, stops: Sequence[Stop], centre: Point, radius: float) -> str:
        """A round gradient in the picture's pixels."""
        return "url(#%s)" % self.define(
            "radialGradient", *_stops(stops), cx=float(centre[0]), cy=float(centre[1]), r=float(radius),
            gradientUnits="userSpaceOnUse")

    def mask(self, *content: str) -> str:
        """A mask: white shows, black hides."""
        return "url(#%s)" % self.define("mask", *content, maskUnits="userSpaceOnUse", x=-200, y=-200,
                                        width=self.width + 400, height=self.height + 400)

    def clip(self, *content: str) -> str:
        """A clipping outline."""
        return "url(#%s)" % self.define("clipPath", *content)

    def filter(self, *steps: str, whole: bool = False) -> str:
        """A filter; `whole` computes it over the whole picture, else over the shape with a margin."""
        box: dict[str, object] = (
            {"filterUnits": "userSpaceOnUse", "x": -100, "y": -100, "width": self.width + 200,
             "height": self.height + 200}
            if whole else {"x": "-0.25", "y": "-0.25", "width": "1.5", "height": "1.5"}
        )
        return "url(#%s)" % self.define("filter", *steps, color_interpolation_filters="sRGB", **box)

    def markup(self) -> str:
        """The whole picture as SVG text."""
        return tag(
            "svg", tag("defs", *self._definitions), *self._layers, xmlns="http://www.w3.org/2000/svg",
            width=self.width, height=self.height, viewBox=f"0 0 {self.width} {self.height}")


def _stops(stops: Sequence[Stop]) -> list[str]:
    return [
        tag("stop", offset=float(stop[0]), stop_color=stop[1], stop_opacity=float(stop[2]) if len(stop) == 3 else None)
        for stop in stops
    ]
