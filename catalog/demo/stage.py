"""The studio: wall, table and soft shadows that a product stands in."""

from catalog.demo.look import Look
from catalog.demo.pen import Pen, circle, ellipse, line, path
from catalog.demo.tint import darken, lighten, mix

WIDTH, HEIGHT = 800, 1000


def shadow(pen: Pen, look: Look, at: tuple[float, float], w: float, h: float = 0) -> None:
    """A contact shadow: wide and soft towards the right, dark and tight under the thing."""
    x, y = at
    h = h or w * 0.13
    tone = look.shadow
    soft = pen.glow((0, tone, 0.42), (0.55, tone, 0.2), (1, tone, 0))
    pen.put(
        ellipse(x + w * 0.1, y + h * 0.1, w * 0.72, h, soft),
        ellipse(x + w * 0.015, y - h * 0.06, w * 0.5, h * 0.34, tone, fill_opacity=0.42),
    )


def studio(pen: Pen, look: Look) -> None:
    """Wall and table; the setting decides what the wall carries."""
    wall, table = look.ground.wall, look.ground.table
    pen.bands((0, 0, WIDTH, 790), wall[0], wall[1])
    (_plain, _sun, _niche, _window, _shelf, _plain)[look.setting](pen, look)
    if look.setting in (0, 1, 5):
        pen.put(path("M0 792Q400 690 800 792V1000H0Z", table[0]))
        pen.put(path("M0 838Q400 752 800 838V1000H0Z", mix(table[0], table[1], 0.35)))
        pen.put(path("M0 900Q400 832 800 900V1000H0Z", mix(table[0], table[1], 0.7)))
    else:
        pen.bands((0, 770, WIDTH, 230), table[0], table[1])
        pen.put(line("M-5 770H805", lighten(table[0], 0.4), 3))


def _plain(_pen: Pen, _look: Look) -> None:
    """A bare wall."""


def _sun(pen: Pen, look: Look) -> None:
    tone = look.ground.wall[1]
    x = 400 + 70 * look.flip
    for radius, share in ((350, 0.25), (305, 0.5), (262, 0.8)):
        pen.put(circle(x, 400, radius, mix(look.ground.wall[0], lighten(tone, 0.35), share)))


def _niche(pen: Pen, look: Look) -> None:
    deep = darken(look.ground.wall[1], 0.1)
    pen.put(
        path("M120 770V400A280 280 0 0 1 680 400V770Z", deep),
        path("M146 770V408A266 266 0 0 1 678 408V770Z", mix(look.ground.wall[1], deep, 0.35)),
    )


def _window(pen: Pen, look: Look) -> None:
    """Sunlight through a window, thrown aslant on the wall."""
    glow = lighten(look.ground.wall[0], 0.55)
    with pen.at(400, 0, flip=look.flip):
        pen.put(
            path("M-330 60L-120 20L-20 420L-230 470Z", glow, fill_opacity=0.6),
            path("M-100 16L90 -20L190 370L0 415Z", glow, fill_opacity=0.6),
            path("M-220 500L-10 450L62 740L-148 770L-152 770Z", glow, fill_opacity=0.5),
            path("M10 445L200 400L292 770H92Z", glow, fill_opacity=0.5),
        )


def _shelf(pen: Pen, look: Look) -> None:
    """Broad soft stripes of limewash."""
    tone = mix(look.ground.wall[0], look.ground.wall[1], 0.85)
    for x in range(-40, 800, 178):
        pen.put(path(f"M{x} 0h92l-18 770h-92Z", tone, fill_opacity=0.45))


def plinth(pen: Pen, look: Look, y: float, w: float) -> None:
    """A low round stand under the goods."""
    top = lighten(look.ground.table[0], 0.28)
    side = pen.fade((0, top), (0.5, look.ground.table[0]), (1, darken(look.ground.table[1], 0.22)))
    shadow(pen, look, (400, y + 66), w * 1.04, 60)
    pen.put(
        path(
            f"M{400 - w / 2} {y}V{y + 48}A{w / 2} 34 0 0 0 {400 + w / 2} {y + 48}V{y}Z",
            side,
        ),
        ellipse(400, y, w / 2, 34, top),
    )
