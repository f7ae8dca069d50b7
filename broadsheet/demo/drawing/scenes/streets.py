"""Streets, quays and gates, on foot."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from broadsheet.demo.drawing.camera import Camera, Facade, upright_wall
from broadsheet.demo.drawing.gallery import picture
from broadsheet.demo.drawing.light import (
    DAY, DUSK, GOLDEN, GREY, NIGHT, blur, clouds, glow, mix, ripple, rough, round_light, sky, streaks)
from broadsheet.demo.drawing.people import (
    BACK, CROSSED, HIPS, LEAN_OUT, LISTEN, SIT, SKINS, STAND, STOOP, TALK, WALK, Dress, anyone)
from broadsheet.demo.drawing.street import bicycle, house_row, overhead, street_lamp, tram, tram_line, wet_ground
from broadsheet.demo.drawing.svg import Canvas, blob, ellipse, group, line, limb, poly, rect, stroke
from broadsheet.demo.drawing.town import dome, ridge, row_of_houses, spire, tree

BRICK = Facade("#7d4b3a", "#2b3238", "#cbb697", lit=0.1)
STONE = Facade("#9a8d78", "#323a40", "#d8cdb6", lit=0.1)


@picture("picket-gate-four")
def picket_gate_four(c: Canvas) -> None:
    """A ring of people round a fire, a lorry behind the barrier."""
    pal, cam, d = replace(DUSK, sky=("#1a2744", "#33466a", "#5f6f8c", "#a58f90")), Camera(900, 520, 1620, 1.55), c.dice
    cold, warm = round_light(c, "#ffb46a", "#0a101c", -4, 0, rim=0.95, body=0.5), round_light(c, "#ffb46a", "#0a101c", 4, 0, rim=0.95, body=0.5)

    def world(k: Camera) -> str:
        s = k.scale(13)
        lorry = group(k.box(0.2, 13, (2.5, 3.4, 8), "#38465e", base=0.5), k.upright(0.2, 12.9, 2.5, 2.5, "#8c4436", 0.5), k.upright(0.4, 12.85, 2.1, 0.95, "#182032", 1.9),
                      k.upright(0.2, 12.85, 2.5, 0.36, "#20283a", 0.5), *(ellipse(*k.see((x, 1.0, 12.8)), 0.17 * s, 0.17 * s, "#fff4d2") + glow(c, *k.see((x, 1.0, 12.8)), 250, "#ffeebf", 0.9) for x in (0.55, 2.35)))
        hut = group(k.box(3.6, 11, (2.2, 2.5, 2), "#4b5468"), k.upright(3.9, 10.95, 1.5, 0.9, "#ffcf7a", 1.2), k.upright(3.4, 10.9, 2.6, 0.18, "#2b3242", 2.5))
        fence = group(*(k.post(x, 14.5, 0, 3, 0.06, "#232d42") for x in [i * 0.9 - 12 for i in range(13)] + [6.4 + i * 0.9 for i in range(9)]),
                      *(k.wire([(-12, h, 14.5), (-1.2, h, 14.5)], 2, "#232d42") + k.wire([(6.2, h, 14.5), (15, h, 14.5)], 2, "#232d42") for h in (0.3, 1.2, 2.1, 2.9)))
        bar = group(k.box(3.3, 10.4, (0.35, 1.15, 0.35), "#c9b9a0"), *(k.upright(-1.6 + i * 0.7, 10.3, 0.7, 0.13, ("#e8e2d2", "#b1382c")[i % 2], 0.98) for i in range(7)))
        return group(fence, hut, lorry, bar)

    cranes = group(*(line([(x, 520), (x + 10, 520 - h), (x + h * 0.5, 520 - h * 1.35)], "#2b3a58", 8) + line([(x + 40, 520), (x + 10, 520 - h)], "#2b3a58", 6) for x, h in ((140, 220), (1350, 260))))
    ground = wet_ground(c, cam, world, "#232c40", pal, strength=0.5, puddles=0.4)
    fire = cam.see((-1.3, 0, 7.2))
    crowd = [(-3.6, 7.6, STAND, "side", 0), (-2.9, 8.5, LISTEN, "", 0), (-2.2, 8.9, STAND, "", 0), (-1.2, 9.2, CROSSED, "", 0), (-0.3, 8.8, TALK, "", 1), (0.35, 8.2, LISTEN, "", 1),
             (-3.0, 6.3, TALK, "", 0), (0.75, 6.6, replace(TALK, arm=(30, 118)), "", 1), (-0.6, 5.9, BACK, "", 0), (-4.6, 6.9, LEAN_OUT, "", 0)]
    people = []
    for x, z, pose, _, left in sorted(crowd, key=lambda row: -row[1]):
        vest = d.random() < 0.45
        dress = anyone(d, coat="#c9822e" if vest else d.choice(("#2c3a50", "#3d4652", "#4a3b3a", "#31453f")), hem=0.44, head=d.choice(("beanie", "cap", "hood", "short", "beanie", "long")), accent=d.choice(("#3a4254", "#7a3a32", "#8a8270")))
        people.append(cam.stand(x, z, pose, dress, left=bool(left), filter=warm if x > -1.3 else cold))
    scale = cam.scale(7.2)
    drum = group(rect(fire[0] - 0.3 * scale, fire[1] - 0.88 * scale, 0.6 * scale, 0.88 * scale, "#2a1c18", rx=6),
                 *(ellipse(fire[0] + x * scale, fire[1] - y * scale, 6, 8, "#ffb04a") for x in (-0.18, 0, 0.18) for y in (0.25, 0.5)),
                 *(line([(fire[0] - 0.3 * scale, fire[1] - h * scale), (fire[0] + 0.3 * scale, fire[1] - h * scale)], "#4c2f22", 4) for h in (0.12, 0.38, 0.64)),
                 ellipse(fire[0], fire[1] - 0.88 * scale, 0.3 * scale, 9, "#ffc765"),
                 *(blob([(fire[0] + dx * scale, fire[1] - 0.86 * scale), (fire[0] + (dx - 0.1) * scale, fire[1] - 1.05 * scale), (fire[0] + (dx + 0.04) * scale, fire[1] - h * scale), (fire[0] + (dx + 0.12) * scale, fire[1] - 1.0 * scale)], t, 0.8)
                   for dx, h, t in ((-0.14, 1.36, "#f58a2e"), (0.08, 1.5, "#f79a38"), (-0.02, 1.28, "#ffd878"), (0.18, 1.22, "#f0742a"))))
    sparks = group(*(ellipse(fire[0] + d.gauss(10, 34) * (1 + t), fire[1] - scale * (0.9 + t * 2), r := d.uniform(1, 3), r, "#ffc270", opacity=1 - t * 0.8) for t in [d.random() for _ in range(70)]))
    banner = limb([cam.see((-4.2, 0.05, 6.8)), cam.see((-4.05, 2.2, 6.8))], (20, 20), "#a33d30")
    far_people, near_people = people[:-4], people[-4:]
    c.add(sky(c, pal, 520), clouds(c, "#31405f", "#8f8598", top=-60, bottom=520, cover=0.55), cranes, row_of_houses(d, -20, 1620, 522, 44, ["#2c3852", "#34405a"], "#222c42", lamp="#ffd58c", lit=0.2, width=90),
          ground, world(cam), glow(c, *fire, 620, "#ff9a45", 0.55), *far_people, glow(c, fire[0], fire[1] - 90, 420, "#ff9a45", 0.7), drum, sparks, banner, *near_people,
          blob([cam.see((0.98, 1.32, 6.6)), cam.see((1.06, 1.36, 6.6)), cam.see((1.08, 1.1, 6.6)), cam.see((1.0, 1.08, 6.6))], "#b8bcc0", 0.3))


@picture("container-stacks-idle")
def container_stacks_idle(c: Canvas) -> None:
    """A canyon of boxes under a flat sky."""
    pal, cam = GREY, Camera(760, 640, 1150, 1.7)
    tones = ("#9a5237", "#2f6a6a", "#b58a3c", "#31425c", "#7a3c34", "#51707a", "#8a7f6a")

    def stack(k: Camera, d: Random, x: float, side: float) -> str:
        out = []
        for i in range(6, -1, -1):
            z, rows = 6 + i * 6.9, d.choice((4, 5, 5, 4))
            for row in range(rows):
                tone, fade = d.choice(tones), min(0.72, i / 8)
                base, dark = row * 2.6, mix(mix(tone, "#141c20", 0.3), pal.haze, fade)
                out.append(k.flank(x, z, 6.1, 2.52, dark, base))
                out += [k.flank(x, z + j * 0.36, 0.1, 2.2, mix(dark, "#0c1114", 0.28), base + 0.16) for j in range(1, 17)]
                out.append(k.upright(min(x, x + side), z, abs(side), 2.52, mix(mix(tone, "#ffffff", 0.06), pal.haze, fade), base))
                out += [k.upright(x + side * s, z, 0.05, 2.3, mix(mix(tone, "#10161a", 0.35), pal.haze, fade), base + 0.1) for s in (0.22, 0.42, 0.58, 0.78)]
        return group(*out)

    def world(k: Camera) -> str:
        carrier = []
        for z, fade in ((21.0, 0.3), (15.0, 0.1)):
            tone = mix("#d9a422", pal.haze, fade)
            carrier += [k.box(x, z, (0.42, 7.2, 0.5), tone) for x in (-2.2, 1.9)]
            carrier += [k.upright(-2.2, z, 4.52, 0.5, tone, 7.0), *(ellipse(*k.see((x + 0.2, 0.55, z)), 0.55 * k.scale(z) * 0.55, 0.55 * k.scale(z), "#1d2224") for x in (-2.2, 1.9))]
        carrier += [k.flank(-1.78, 15, 6, 0.5, "#a87c18", 7.0), k.box(1.0, 15.2, (1.3, 1.7, 1.6), "#d9a422", base=5.2), k.upright(1.15, 15.15, 1.0, 0.9, "#2a363c", 5.7),
                    k.upright(-1.5, 15.1, 3.2, 0.3, "#22292c", 5.2), *(k.wire([(x, 5.5, 15.1), (x, 7.0, 15.1)], 3, "#22292c") for x in (-1.2, 1.4))]
        return group(stack(k, Random(3), -4.6, -6), stack(k, Random(8), 4.4, 6), *carrier)

    haze = group(sky(c, pal, 640), clouds(c, "#9aa4a6", "#d5d6cf", top=-80, bottom=560, cover=0.6, scale=1.4))
    c.add(haze, wet_ground(c, cam, world, "#6c7171", pal, strength=0.85, puddles=0.42), world(cam))
    lines = [cam.face([(x, 0, 2), (x + 0.14, 0, 2), (x + 0.14, 0, 60), (x, 0, 60)], "#d8b648", opacity=0.5) for x in (-3.6, 3.4)]
    c.add(*lines, *(ellipse(*cam.see((x, 0, z)), 5, 3, "#2b3234") for x, z in ((-1.8, 8), (-1.5, 8.1), (1.2, 11))),
          cam.stand(-0.6, 13, WALK, Dress(coat="#d07a2c", legs="#2b3238", head="helmet", accent="#e9e4d4", hem=0.46)))
    c.add(*(blob([(x, y), (x + 14, y - 12), (x + 34, y - 10), (x + 40, y), (x + 20, y + 8)], "#f2efe6", 0.9) for x, y in ((520, 860), (600, 880))),
          *(line([(x + 20, y + 6), (x + 20, y + 18)], "#c98a3c", 3) for x, y in ((520, 860), (600, 880))), *(ellipse(x + 42, y - 12, 8, 7, "#f2efe6") for x, y in ((520, 860), (600, 880))))


@picture("custom-house-polling")
def custom_house_polling(c: Canvas) -> None:
    """A queue up the steps, wind in the coats."""
    pal, cam, d = DAY, Camera(700, 730, 1330, 1.6), c.dice
    lit = round_light(c, "#fffbe6", "#22323a", 4, 2, rim=0.6, body=0.4)
    stone, shade, z = "#d8c9a8", "#8b7f70", 26.0
    wall = upright_wall(cam, -11, z)
    parts = [wall(0, 0, 24, 8.2, stone), wall(0, 0, 24, 1.2, mix(stone, shade, 0.35)), wall(-0.4, 8.2, 24.8, 0.7, mix(stone, "#ffffff", 0.25)), wall(-0.4, 8.9, 24.8, 0.9, mix(stone, shade, 0.15))]
    for i in range(10):
        if 3 <= i <= 6:
            continue
        for up, tall in ((2.0, 2.6), (5.4, 2.0)):
            parts += [wall(0.9 + i * 2.35 - 0.15, up - 0.15, 1.3, tall + 0.3, mix(stone, "#ffffff", 0.3)), wall(0.9 + i * 2.35, up, 1.0, tall, "#4a5c66"), wall(1.37 + i * 2.35, up, 0.06, tall, stone)]
    portico = upright_wall(cam, -4.2, 24.2)
    parts += [portico(0, 1.4, 10.4, 6.6, "#5b5348"), portico(4.2, 1.4, 2.0, 4.2, "#38302a"), portico(4.4, 1.4, 0.75, 3.6, "#7a4a2e"), *(portico(0.25 + i * 1.98, 1.4, 0.95, 6.2, mix(stone, "#ffffff", 0.12)) + portico(0.85 + i * 1.98, 1.4, 0.35, 6.2, mix(stone, shade, 0.55)) + portico(0.05 + i * 1.98, 7.3, 1.35, 0.4, stone) + portico(0.1 + i * 1.98, 1.3, 1.25, 0.3, stone) for i in range(6)),
              portico(-0.5, 7.7, 11.4, 0.8, stone), cam.face([(-4.9, 8.5, 24.2), (6.9, 8.5, 24.2), (1.0, 11.2, 24.2)], stone), cam.face([(-3.6, 8.75, 24.15), (5.6, 8.75, 24.15), (1.0, 10.7, 24.15)], mix(stone, shade, 0.4)),
              *(cam.upright(-5.2 - i * 0.25, 24 - i * 0.45, 12.4 + i * 0.5, 0.22, mix(stone, shade, 0.12 * (i % 2) + 0.1), 1.2 - i * 0.22) for i in range(7))]
    cx, cy = cam.see((1, 11, 27))
    top = group(dome(cx, cy + 110, 330, mix(stone, shade, 0.1), "#6f9a8c"), line([(cx, cy - 230), (cx, cy - 300)], "#5d5b52", 4), blob([(cx, cy - 300), (cx + 40, cy - 308), (cx + 78, cy - 290), (cx + 76, cy - 266), (cx + 38, cy - 278), (cx, cy - 268)], "#a83a2e", 0.7))
    cobbles = rect(0, 730, 1600, 340, c.linear([(0, "#b9b3a2"), (1, "#7f7a70")]))
    setts = streaks(c, "#5f5b54", across=0.03, down=0.1, amount=0.4, y=720, height=347, opacity=0.25)
    sun = poly([cam.see((-14, 0, 22)), cam.see((14, 0, 22)), cam.see((9, 0, 4)), cam.see((-20, 0, 9))], "#f6edcf", opacity=0.28)
    c.add(sky(c, pal, 700), clouds(c, "#cfdde0", "#ffffff", top=20, bottom=560, cover=0.4, scale=0.6), row_of_houses(d, 1180, 1640, 720, 210, ["#a7795c", "#b79a78", "#8d8a80"], "#5c4a44", width=92),
          cobbles, setts, group(top, filter=lit), group(*parts, filter=lit), sun)
    queue = [(0.6 + 0.1 * i + (0.35 if i % 2 else 0), 23.2 - i * 1.05, max(0.0, 1.1 - i * 0.26)) for i in range(13)]
    for i, (x, z2, base) in enumerate(queue):
        c.add(cam.stand(x + i * 0.18, z2, (BACK, WALK, LISTEN, TALK, BACK, STAND)[i % 6], anyone(d), base=base, stature=d.uniform(1.55, 1.85), left=i % 2 == 0, filter=lit))
    table = group(cam.upright(-3.4, 12, 2.2, 0.5, "#e7e0cc", 0.26), cam.floor(-3.5, 12, 2.4, 0.8, "#f2ecdb", 0.76), *(cam.post(x, 12, 0, 0.4, 0.05, "#5c4a3a") for x in (-3.3, -1.3)))
    board = group(cam.face([(-4.9, 0, 10.5), (-4.2, 0, 10.5), (-4.25, 1.15, 10.7), (-4.85, 1.15, 10.7)], "#2f3f48"), cam.face([(-4.8, 0.2, 10.48), (-4.3, 0.2, 10.48), (-4.34, 1.05, 10.66), (-4.78, 1.05, 10.66)], "#efe8d6"))
    clerk = [cam.stand(x, 12.9, TALK, anyone(d, head=h), left=flip, filter=lit) for x, h, flip in ((-2.9, "long", False), (-1.7, "bald", True))]
    rail = group(*(cam.post(7 + i * 0.32, 16 - i * 0.62, 0, 1.05, 0.035, "#26343a") for i in range(17)), cam.wire([(7, 1.05, 16), (12.4, 1.05, 5.7)], 5, "#26343a"), cam.wire([(7, 0.25, 16), (12.4, 0.25, 5.7)], 4, "#26343a"))
    bikes = [bicycle(*cam.see((x, 0, z2)), 0.34 * cam.scale(z2), tone, left=flip) for x, z2, tone, flip in ((4.6, 12.2, "#3a5a4c", False), (5.4, 10.4, "#7a3a30", True))]
    c.add(*clerk, table, board, rail, *bikes, cam.stand(-1.9, 6.0, WALK, Dress(coat="#31576a", legs="#2a2e33", skin=SKINS[3], head="hat", accent="#3a3330", hem=0.3), filter=lit),
          cam.stand(-2.7, 6.3, WALK, Dress(coat="#a8553c", legs="#39302c", head="long", skin=SKINS[4], hair="#1d1815", accent="#e6d6b0", hem=0.28), filter=lit))


@picture("tram-line-three")
def tram_line_three(c: Canvas) -> None:
    """Where the rails stop."""
    pal, cam, d = GOLDEN, Camera(640, 590, 1350, 1.6), c.dice
    lit = round_light(c, "#ffe3ac", "#2b2a30", -4, 1, rim=0.8, body=0.45)
    hill = group(blob([(500, 640), (700, 520), (980, 380), (1300, 300), (1660, 270), (1660, 660)], pal.far("#7c8058", 0.25), 0.8),
                 *(row_of_houses(Random(i), x, x + w, y, 62, [pal.far(t, 0.25) for t in ("#9a5c42", "#b08058", "#8d7763")], pal.far("#57423a", 0.2), lamp="#ffdf9c", lit=0.08, width=44) for i, (x, w, y) in enumerate(((1120, 220, 352), (1340, 300, 310), (1010, 150, 424), (1240, 330, 398)))),
                 *(tree(d, x, y, h, pal.far("#6d6b35", 0.2), "#4a3a2c") for x, y, h in ((940, 452, 80), (1190, 430, 70), (1530, 400, 90), (880, 500, 70))))
    road = blob([(690, 640), (800, 560), (980, 470), (1120, 420), (1170, 410), (1140, 440), (1040, 500), (960, 580), (940, 640)], pal.far("#a59a8c", 0.2), 0.8)
    ground = group(rect(0, 600, 1600, 467, c.linear([(0, "#b8a587"), (1, "#6f6353")])), streaks(c, "#57493a", across=0.01, down=0.06, amount=0.4, y=610, height=457, opacity=0.22))
    body = group(tram(cam, -3.4, 14.5, livery="#24406b", cream="#efe3c4", glass="#3a4852", length=15), tram(cam, -3.4, 6.6, livery="#24406b", cream="#efe3c4", glass="#3a4852", length=7.4), filter=lit)
    gravel = blob([cam.see((-4.8, 0, 5.3)), cam.see((-4.4, 0.7, 4.6)), cam.see((-2.2, 0.85, 4.3)), cam.see((-0.2, 0.7, 4.5)), cam.see((0.3, 0, 5.1)), cam.see((-0.8, 0, 3.9)), cam.see((-3.8, 0, 3.8))], "#8f806a", 0.7, filter=rough(c, 12, 0.06))
    stones = group(*(ellipse(*cam.see((d.uniform(-4.4, 0), d.uniform(0, 0.75), 4.3)), d.uniform(4, 11), d.uniform(3, 8), mix("#6f6352", "#c7b594", d.random())) for _ in range(90)))
    buffer = group(cam.box(-3.2, 5.7, (2.0, 0.28, 0.3), "#b1382c", base=0.7), *(cam.box(x, 5.7, (0.2, 0.7, 0.3), "#3a3633") for x in (-3.0, -1.6)), *(cam.upright(-3.2 + i * 0.5, 5.68, 0.25, 0.28, "#efe8d6", 0.7) for i in range(4)))
    shelter = group(cam.box(3.3, 11, (3.0, 0.12, 1.6), "#3c4a44", base=2.5), *(cam.post(x, z, 0, 2.5, 0.08, "#3c4a44") for x, z in ((3.4, 11), (6.2, 11), (3.4, 12.5), (6.2, 12.5))), cam.upright(3.4, 12.5, 2.8, 1.9, "#cfd8cf", 0.4, opacity=0.45), cam.floor(3.8, 12, 2.2, 0.4, "#6b4c34", 0.48))
    folk = [(-0.2, 9.6, WALK, 0), (0.5, 7.4, WALK, 0), (1.5, 10.6, TALK, 1), (1.0, 12.4, WALK, 0), (4.6, 11.9, SIT, 0), (2.5, 6.3, STOOP, 1)]
    people = [cam.stand(x, z, pose, anyone(d), left=bool(flip), seat=0.48 if pose is SIT else None, filter=lit) for x, z, pose, flip in folk]
    shadows = group(*(poly([cam.see((x - 0.2, 0, z)), cam.see((x + 0.2, 0, z)), cam.see((x - 2.4, 0, z - 0.5)), cam.see((x - 2.8, 0, z - 0.45))], "#3a2f2a", opacity=0.32) for x, z, _, _ in folk), filter=blur(c, 2, whole=True))
    bags = group(*(rect(px - 9, py - 26, 20, 26, tone, rx=3) for (px, py), tone in ((cam.see((0.05, 0.35, 9.6)), "#b4523b"), (cam.see((0.8, 0.35, 7.4)), "#4f6b58"), (cam.see((1.95, 0, 6.2)), "#5a4634"))))
    c.add(sky(c, pal, 600), glow(c, 1500, 210, 560, "#ffe2a0", 0.7), clouds(c, "#a9a49a", "#fff0cc", top=-60, bottom=420, cover=0.42), ridge(d, 900, 604, 80, pal.far("#8a8a70", 0.55), x=-60), hill, road, ground,
          tram_line(cam, -2.92, "#7a6e60", near=5.9), body, shelter, shadows, *people, bags, buffer, gravel, stones,
          street_lamp(c, cam, -4.7, 5.4, "#2c2f2e", "#fff0c8", lit=False, height=4.6), overhead(cam, -2.2, "#4a4540", half=5))


@picture("flood-saltergate")
def flood_saltergate(c: Canvas) -> None:
    """Knee-deep in a shopping street: a board, an old woman, a birdcage."""
    pal, cam = replace(GREY, water=("#a89b82", "#5d5140"), light="#f3e6c6"), Camera(860, 470, 1180, 1.7)
    lit = round_light(c, "#f4ecd6", "#2b2620", -4, 2, rim=0.6, body=0.45)
    rows = [replace(BRICK, shop="#51463a"), replace(STONE, shop="#46514c"), replace(BRICK, wall="#8a6a55", shop="#5a3f38"), replace(STONE, wall="#77807a", shop="#404a50", lit=0.2)]

    def world(k: Camera) -> str:
        d = Random(5)
        houses = house_row(k, d, -6.0, 3.4, 64, rows, pal.haze, reach=70, height=(8, 12)) + house_row(k, d, 6.6, 4, 64, rows, pal.haze, reach=70, height=(8, 12))
        bags = [blob([k.see((x, 0.0, z)), k.see((x, 0.62, z + 0.1)), k.see((x, 0.66, z + 0.9)), k.see((x, 0, z + 1))], mix("#b29c72", "#4a3f30", d.random() * 0.4), 0.6) for x in (-5.85, 6.45) for z in [4 + i * 1.0 for i in range(14)]]
        lamps = [street_lamp(c, k, x, z, "#2b3032", "#ffdc96", reach=0.9) for x, z in ((-4.4, 30), (5, 24), (-4.4, 17), (5, 12))]
        return group(houses, *bags, *lamps)

    c.add(sky(c, pal, 470), spire(850, 476, 250, pal.far("#5c625f", 0.6)))
    mirror = group(world(cam.reflection()), filter=ripple(c, 46, 0.006, 0.05, 1))
    c.add(group(rect(0, 470, 1600, 597, c.linear([(0, "#b5aa92"), (0.4, "#8b7d64"), (1, "#4f4435")])), group(mirror, opacity=0.62),
                streaks(c, "#e9dcc0", across=0.006, down=0.07, amount=0.24, y=480, height=587, opacity=0.3), streaks(c, "#3b3226", across=0.004, down=0.05, amount=0.4, y=480, height=587, opacity=0.3),
                clip_path=c.clip(rect(0, 470, 1600, 597, "#fff"))), world(cam))
    bike = bicycle(0, 0, 64, "#2b302e")
    line_y = cam.see((0, 0, 6.2))[1]
    c.add(group(group(bike, transform=f"translate({cam.see((-2.6, 0, 6))[0]:.0f} {line_y + 66:.0f}) rotate(-9)"), clip_path=c.clip(rect(0, 0, 1600, line_y, "#fff"))))
    z, base = 4.7, -0.48
    py = cam.see((0, 0, z))[1]
    dry = c.clip(rect(0, 0, 1600, py + 2, "#fff"))
    push = replace(LEAN_OUT, leg=(16, -4), other_leg=(-14, -18))
    helper = cam.stand(-1.3, z, push, Dress(coat="#c7482f", legs="#20262c", head="helmet", accent="#e8e2d2", skin=SKINS[3], hem=0.45), base=base, filter=lit)
    guide = cam.stand(2.35, z - 0.1, replace(WALK, arm=(-50, -62), other_arm=(16, 30)), Dress(coat="#c7482f", legs="#20262c", head="helmet", accent="#e8e2d2", skin=SKINS[0], hem=0.45), base=base, filter=lit)
    s = cam.scale(z)
    bx, by = cam.see((-0.75, 0.12, z))
    board = group(blob([(bx, by), (bx + 0.2 * s, by - 0.16 * s), (bx + 2.1 * s, by - 0.16 * s), (bx + 2.5 * s, by - 0.04 * s), (bx + 2.1 * s, by + 0.12 * s), (bx + 0.1 * s, by + 0.12 * s)], "#e0a63a", 0.5), line([(bx + 0.1 * s, by + 0.03 * s), (bx + 2.4 * s, by + 0.01 * s)], "#8d5f1c", 5))
    lady = cam.stand(0.05, z - 0.05, replace(SIT, lean=-6, arm=(34, 84), leg=(84, 86), other_leg=(80, 84)), Dress(coat="#5a4a6a", legs="#4b4038", head="bun", hair="#d9d5cc", skin=SKINS[0], accent="#b0a4c0", stout=1.1), stature=1.55, seat=0.1, base=0.16, filter=lit)
    cx, cy = cam.see((1.22, 0.2, z - 0.05))
    cage = group(line([(cx, cy - 0.52 * s), (cx, cy - 0.6 * s)], "#6b5a2c", 4), blob([(cx - 0.15 * s, cy), (cx - 0.16 * s, cy - 0.3 * s), (cx, cy - 0.52 * s), (cx + 0.16 * s, cy - 0.3 * s), (cx + 0.15 * s, cy)], "#f6efd8", 0.6, opacity=0.35),
                 *(stroke([(cx + i * 0.05 * s, cy), (cx + i * 0.053 * s, cy - 0.3 * s), (cx + i * 0.01 * s, cy - 0.52 * s)], "#6b5a2c", 2.4) for i in range(-3, 4)), rect(cx - 0.17 * s, cy - 0.02 * s, 0.34 * s, 0.07 * s, "#6b5a2c"), ellipse(cx + 4, cy - 0.16 * s, 0.06 * s, 0.045 * s, "#f2c230"), ellipse(cx + 14, cy - 0.21 * s, 0.034 * s, 0.032 * s, "#f2c230"))
    rings = [ellipse(cam.see((x, 0, z))[0], py + 4, r, r * 0.13, "none", stroke="#f3e9cf", stroke_width=2, opacity=38 / r) for x in (-1.25, 2.35) for r in (52, 86, 126)]
    shades = group(*(blob([(cam.see((x, 0, z))[0] - w, py + 4), (cam.see((x, 0, z))[0] + w, py + 4), (cam.see((x, 0, z))[0] + w * 0.7, py + h), (cam.see((x, 0, z))[0] - w * 0.7, py + h)], t, 0.7) for x, w, h, t in ((-1.15, 70, 260, "#7a3524"), (2.3, 70, 260, "#7a3524"), (0.4, 190, 170, "#5b4b50"))), filter=ripple(c, 40, 0.01, 0.06, 3), opacity=0.5)
    c.add(shades, group(helper, clip_path=dry), board, lady, cage, group(guide, clip_path=dry), *rings)
