"""Figures with posture: a skeleton of a few angles, dressed in flat cloth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians, sin
from random import Random

from broadsheet.demo.drawing.light import mix
from broadsheet.demo.drawing.svg import Point, blob, ellipse, group, limb, stroke

SKINS = ("#f0c9a8", "#e0ab84", "#c98d63", "#a66b45", "#7c4a2f", "#57331f")
HAIRS = ("#1d1815", "#33231b", "#5a3b26", "#8d6235", "#b9a58c", "#a7a6a3", "#7a3b22")
COATS = ("#3c4f63", "#6b3d38", "#5c6650", "#8a6a45", "#2f3640", "#7d7466", "#94553c", "#41586b", "#58485f", "#b08b4e")


@dataclass(frozen=True)
class Pose:
    """Angles in degrees from hanging straight down; positive swings to the right of the picture."""

    lean: float = 0
    """Of the trunk; positive bends to the right."""
    arm: tuple[float, float] = (8, 12)
    """Upper arm and forearm nearest the viewer (or at the right, seen from the front)."""
    other_arm: tuple[float, float] = (-8, -10)
    leg: tuple[float, float] = (3, 2)
    """Thigh and shin."""
    other_leg: tuple[float, float] = (-3, -2)
    head: float = 0
    """Nod; positive looks down when facing right."""
    view: str = "side"
    """"front", "back" or "side" (facing right)."""


STAND = Pose(view="front", arm=(7, 5), other_arm=(-7, -5), leg=(3, 1), other_leg=(-3, -1))
BACK = replace(STAND, view="back")
WALK = Pose(lean=3, arm=(-24, -8), other_arm=(24, 42), leg=(24, 8), other_leg=(-17, -38))
STRIDE = Pose(lean=8, arm=(-34, -10), other_arm=(34, 60), leg=(32, 10), other_leg=(-24, -52))
TALK = Pose(lean=-1, arm=(22, 96), other_arm=(6, 14), leg=(4, 0), other_leg=(-5, -4))
LISTEN = Pose(lean=1, arm=(14, 100), other_arm=(-4, 8), leg=(3, 0), other_leg=(-4, -3), head=6)
POINT = Pose(lean=2, arm=(84, 88), other_arm=(-6, 4), leg=(6, 2), other_leg=(-9, -8))
STOOP = Pose(lean=48, arm=(22, 30), other_arm=(34, 44), leg=(10, -14), other_leg=(-6, -24), head=22)
SIT = Pose(lean=4, arm=(26, 74), other_arm=(30, 80), leg=(86, 2), other_leg=(82, 6), head=8)
RAISE = Pose(view="front", arm=(150, 172), other_arm=(-10, -6), leg=(4, 1), other_leg=(-4, -1))
CROSSED = Pose(view="front", arm=(14, -74), other_arm=(-14, 74), leg=(4, 1), other_leg=(-4, -2))
HIPS = Pose(view="front", arm=(38, -34), other_arm=(-9, -4), leg=(6, 3), other_leg=(-3, -1))
LEAN_OUT = Pose(lean=16, arm=(40, 62), other_arm=(46, 70), leg=(6, -2), other_leg=(-8, -6), head=4)


@dataclass(frozen=True)
class Dress:
    """What someone wears, and their colours."""

    coat: str = "#3c4f63"
    legs: str = "#2a2d33"
    skin: str = SKINS[1]
    hair: str = HAIRS[1]
    shoes: str = "#1c1a1a"
    hem: float = 0.44
    """Where the upper garment ends, as a share of stature above the ground: .5 jacket, .28 coat, .12 long dress."""
    head: str = "short"
    """short, long, bun, bald, cap, hat, hood, helmet, scarf, beanie."""
    accent: str | None = None
    """A scarf, a collar, or a hat's colour."""
    stout: float = 1.0


def anyone(dice: Random, **fixed: object) -> Dress:
    """A passer-by."""
    dress = Dress(
        coat=dice.choice(COATS), legs=dice.choice(("#25282e", "#39414c", "#4b4238", "#2d3440")),
        skin=dice.choice(SKINS), hair=dice.choice(HAIRS[:6]), hem=dice.choice((0.49, 0.46, 0.34, 0.28)),
        head=dice.choice(("short", "short", "long", "bun", "cap", "beanie", "scarf", "long")),
        accent=dice.choice((None, "#b4523b", "#d0a95c", "#e4ddcc", "#5f7d86")), stout=dice.uniform(0.92, 1.18))
    return replace(dress, **fixed)  # type: ignore[arg-type]


def _swing(start: Point, angle: float, length: float) -> Point:
    return start[0] + sin(radians(angle)) * length, start[1] + cos(radians(angle)) * length


def figure(x: float, y: float, height: float, pose: Pose = STAND, dress: Dress | None = None, *, left: bool = False,
           seat: float | None = None, half: bool = False, **attributes: object) -> str:
    """Someone `height` pixels tall standing at (x, y); `left` turns them round; `seat` is a chair's height in pixels.

    Seated figures are placed by the ground under the hip; `half` leaves out legs that a desk or a wall hides.
    """
    wear = dress or Dress()
    spread = 0.35 if pose.view == "side" else 1.0
    reach = max(_leg_drop(pose.leg), _leg_drop(pose.other_leg))
    hip = (0.0, -(seat / height) - 0.04 if seat is not None else -reach)
    neck = (hip[0] + sin(radians(pose.lean)) * 0.33, hip[1] - cos(radians(pose.lean)) * 0.33)
    side = 0.105 * spread * wear.stout
    near, far = (neck[0] + side, neck[1] + 0.058), (neck[0] - side, neck[1] + 0.058)
    parts = [
        _arm(far, pose.other_arm, wear, 0.18),
        "" if half else _leg((hip[0] - 0.045 * spread, hip[1]), pose.other_leg, wear, 0.16, pose),
        "" if half else _leg((hip[0] + 0.045 * spread, hip[1]), pose.leg, wear, 0, pose), _trunk(hip, neck, pose, wear, seat is not None),
        _head(neck, pose, wear), _arm(near, pose.arm, wear, 0 if pose.view != "side" else -0.06),
    ]
    flip = -1 if left else 1
    return group(*parts, transform=f"translate({x:.1f} {y:.1f}) scale({height * flip / 1000:.4f} {height / 1000:.4f})",
                 **attributes)


def _leg_drop(leg: tuple[float, float]) -> float:
    return cos(radians(leg[0])) * 0.245 + cos(radians(leg[1])) * 0.235 + 0.035


def _k(*points: Point) -> list[Point]:
    """Statures to the thousandths a figure is drawn in."""
    return [(x * 1000, y * 1000) for x, y in points]


def _arm(shoulder: Point, angles: tuple[float, float], wear: Dress, shade: float) -> str:
    elbow = _swing(shoulder, angles[0], 0.165)
    wrist = _swing(elbow, angles[1], 0.14)
    hand = _swing(wrist, angles[1], 0.035)
    colour = mix(wear.coat, "#0c1118" if shade >= 0 else "#ffffff", abs(shade))
    (hx, hy), = _k(hand)
    return group(ellipse(hx, hy, 17, 19, mix(wear.skin, "#0c1118", max(0, shade))),
                 limb(_k(shoulder, elbow, wrist), (60 * wear.stout, 52, 42), colour))


def _leg(hip: Point, angles: tuple[float, float], wear: Dress, shade: float, pose: Pose) -> str:
    knee = _swing(hip, angles[0], 0.245)
    ankle = _swing(knee, angles[1], 0.235)
    colour = mix(wear.legs, "#0a0d12", shade)
    (ax, ay), = _k(ankle)
    if pose.view == "side":
        tilt = max(-40.0, min(10.0, -angles[1] * 0.6 if angles[1] > 0 else -angles[1] * 0.8))
        shoe = blob([(ax - 24, ay + 4), (ax + 10, ay - 14), (ax + 70, ay + 18), (ax + 74, ay + 33), (ax - 26, ay + 33)],
                    wear.shoes, 0.6, transform=f"rotate({tilt:.0f} {ax:.0f} {ay:.0f})")
    else:
        shoe = ellipse(ax + (6 if angles[0] > 0 else -6), ay + 20, 28, 16, wear.shoes)
    return group(shoe, limb(_k(hip, knee, ankle), (98 * wear.stout, 70, 46), colour))


def _trunk(hip: Point, neck: Point, pose: Pose, wear: Dress, seated: bool) -> str:
    side = pose.view == "side"
    wide = wear.stout
    shoulder, waist, hips = (0.066, 0.068, 0.072) if side else (0.122, 0.088, 0.092)
    dx, dy = hip[0] - neck[0], hip[1] - neck[1]

    def along(share: float, across: float) -> Point:
        length = (dx * dx + dy * dy) ** 0.5
        return neck[0] + dx * share + dy / length * across, neck[1] + dy * share - dx / length * across

    drop = 0.0 if seated else max(0.0, -hip[1] - wear.hem)
    flare = hips + drop * (0.1 if wear.hem > 0.2 else 0.24)
    spread = abs(sin(radians(pose.leg[0])) - sin(radians(pose.other_leg[0]))) * drop * 0.5
    sway = 0 if side is False else (sin(radians(pose.leg[0])) + sin(radians(pose.other_leg[0]))) * drop * 0.4
    hem_y = hip[1] + drop
    right = [along(0.0, 0.03), along(0.1, shoulder * wide * 0.86), along(0.2, shoulder * wide),
             along(0.6, waist * wide), along(0.98, hips * wide), (hip[0] + (flare + spread) * wide + sway, hem_y)]
    left = [(hip[0] - (flare + spread) * wide + sway, hem_y), along(0.98, -hips * wide), along(0.6, -waist * wide),
            along(0.2, -shoulder * wide), along(0.1, -shoulder * wide * 0.86), along(0.0, -0.03)]
    out = [blob(_k(*right, *left), wear.coat, 0.55)]
    dark = mix(wear.coat, "#0c1118", 0.28)
    if pose.view == "front":
        out.append(stroke(_k(along(0.1, 0), along(0.6, 0.004), (hip[0] + sway, hem_y)), dark, 5))
        out.append(blob(_k(along(0.0, 0.035), along(0.2, 0.0), along(0.0, -0.035)),
                        wear.accent or mix(wear.coat, "#ffffff", 0.55), 0.1))
    elif side and drop > 0.02:
        out.append(stroke(_k(along(0.7, 0.0), (hip[0] + sway * 0.6, hem_y)), dark, 4))
    if wear.accent and wear.head in ("scarf", "long", "beanie"):
        out.append(ellipse(*_k(along(0.0, 0.0))[0], 52 if side else 60, 26, wear.accent))
    return group(*out)


def _head(neck: Point, pose: Pose, wear: Dress) -> str:
    lean = pose.lean * 0.5
    (x, y), = _k(_swing(neck, 180 - lean, 0.08))
    (nx, ny), = _k(neck)
    shade = mix(wear.skin, "#301810", 0.3)
    out = [limb([(nx, ny + 12), (x, y)], (52, 46), shade)]
    front, back = pose.view == "front", pose.view == "back"
    if wear.head == "long":
        out.append(blob([(x - 58, y - 30), (x - 40, y + 80), (x, y + 96), (x + (40 if not pose.view == "side" else 0),
                        y + 80), (x + (58 if not pose.view == "side" else 20), y - 30), (x, y - 70)], wear.hair))
    out.append(ellipse(x + (4 if pose.view == "side" else 0), y, 46, 61, wear.skin if not back else wear.hair))
    if pose.view == "side":
        out.append(blob([(x + 42, y - 18), (x + 62, y + 14), (x + 42, y + 22)], wear.skin, 0.5))
        out.append(ellipse(x - 8, y + 6, 9, 14, shade))
    if front:
        out.append(blob([(x + 4, y - 58), (x + 46, y - 20), (x + 40, y + 34), (x + 6, y + 60), (x + 14, y)], shade,
                        opacity=0.45))
    out.append(_crown(x, y, pose, wear))
    return group(*out, transform=f"rotate({pose.head + pose.lean * 0.3:.0f} {nx:.0f} {ny:.0f})")


def _crown(x: float, y: float, pose: Pose, wear: Dress) -> str:
    """Hair or what covers it."""
    side, back, cloth = pose.view == "side", pose.view == "back", wear.accent or "#39434d"
    low = 40 if back else 4
    hair = [(x - 50, y + low), (x - 54, y - 24), (x - 30, y - 66), (x + 12, y - 72), (x + 48, y - 42),
            (x + (44 if side else 50), y + (-26 if side else low)), (x + 20, y - 30 + (60 if back else 0)),
            (x - 18 if not side else x - 6, y - 26 + (70 if back else 0))]
    shapes = {
        "bald": "", "short": blob(hair, wear.hair), "long": blob(hair, wear.hair),
        "bun": blob(hair, wear.hair) + ellipse(x - (52 if side else 0), y - (40 if side else 76), 26, 24, wear.hair),
        "cap": blob([(x - 50, y - 14), (x - 46, y - 54), (x, y - 74), (x + 46, y - 50), (x + 50, y - 22),
                     (x + (92 if side else 52), y - 14)], cloth, 0.5),
        "beanie": blob([(x - 52, y - 6), (x - 50, y - 50), (x, y - 82), (x + 50, y - 46), (x + 52, y - 20)], cloth, 0.7),
        "hat": blob([(x - 82, y - 22), (x - 44, y - 36), (x - 40, y - 84), (x + 38, y - 84), (x + 44, y - 36),
                     (x + 84, y - 22), (x, y - 14)], cloth, 0.4),
        "helmet": blob([(x - 60, y - 12), (x - 52, y - 58), (x, y - 88), (x + 52, y - 56), (x + 72, y - 14)], cloth, 0.7),
        "hood": blob([(x - 66, y + 66), (x - 66, y - 36), (x - 10, y - 84), (x + 44, y - 56), (x + 34, y - 34),
                      (x + 4, y - 24), (x, y + 40), (x + 10, y + 74)] if side else
                     [(x - 62, y + 70), (x - 66, y - 30), (x, y - 86), (x + 66, y - 30), (x + 62, y + 70), (x + 40, y + 40),
                      (x + 40, y - 20), (x, y - 42), (x - 40, y - 20), (x - 40, y + 40)], mix(wear.coat, "#0c1118", 0.12)),
        "scarf": blob([(x - 60, y + 80), (x - 62, y - 20), (x - 20, y - 74), (x + 30, y - 68), (x + 40, y - 34),
                       (x + 14, y - 20), (x + 12, y + 46), (x + 30, y + 78)] if side else
                      [(x - 58, y + 84), (x - 60, y - 24), (x, y - 78), (x + 60, y - 24), (x + 58, y + 84), (x + 34, y + 46),
                       (x + 36, y - 16), (x, y - 38), (x - 36, y - 16), (x - 34, y + 46)], cloth),
    }
    return shapes.get(wear.head, shapes["short"])
