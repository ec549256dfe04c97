"""Natural rubber: bales in film, ribbed smoked sheets, cup lump."""

from catalog.demo.label import Box, label, tag
from catalog.demo.look import Look
from catalog.demo.matter import Matter
from catalog.demo.pen import Pen, ellipse, line, n, path, rect
from catalog.demo.rng import Rng
from catalog.demo.tint import darken, lighten


def _crumb(rng: Rng, box: tuple[float, float, float, float], colour: str) -> str:
    """The crumb texture of pressed rubber."""
    x, y, w, h = box
    marks = "".join(
        f"M{n(x + rng.unit() * w)} {n(y + rng.unit() * h)}q{n(rng.uniform(3, 12))} "
        f"{n(rng.uniform(-6, 6))} {n(rng.uniform(8, 18))} 0"
        for _ in range(46)
    )
    return line(marks, colour, 2.4, stroke_opacity=0.4)


def _bale(pen: Pen, rng: Rng, at: tuple[float, float], tone: str) -> None:
    """One pressed bale in clear film, 460 wide, 170 high."""
    lit, deep = lighten(tone, 0.3), darken(tone, 0.3)
    with pen.at(at[0], at[1]):
        pen.put(
            path("M-230-124L-140-188Q-134-192-126-192H218Q230-192 226-184L150-124Z",
                 pen.fade((0, lit), (1, lighten(tone, 0.1)))),
            path("M150-124L226-186Q232-190 232-180V-62Q232-56 228-52L150 0Z",
                 pen.fade((0, deep), (1, darken(tone, 0.46)))),
            path("M-230-124H150V0H-222Q-230 0-230-8Z",
                 pen.fade((0, lighten(tone, 0.14)), (1, darken(tone, 0.08)))),
            _crumb(rng, (-222, -116, 350, 106), deep),
            _crumb(rng, (-130, -184, 300, 54), deep),
            path("M-214-112L-150-112L-196-8L-222-8Z", "#ffffff", fill_opacity=0.3),
            path("M10-116H44L-6-6H-30Z", "#ffffff", fill_opacity=0.22),
            path("M-120-186L-20-188L-90-130L-180-130Z", "#ffffff", fill_opacity=0.3),
            line("M-230-124H150L226-188M150-124V0", "#ffffff", 3, stroke_opacity=0.6),
            line("M-40-124V0M-40-124L50-190", "#ffffff", 7, stroke_opacity=0.35),
        )  # fmt: skip


def bales(pen: Pen, look: Look, tone: str) -> None:
    """A stack of three bales on a pallet, 520 wide."""
    rng = Rng("bale", look.shape)
    wood = "#a97f50"
    pen.put(
        path("M-262-30L-176-74H262L196-30Z", lighten(wood, 0.2)),
        rect(-262, -30, 458, 14, wood),
        path("M196-30L262-74V-58L196-14Z", darken(wood, 0.35)),
        *(rect(x, -18, 62, 20, darken(wood, 0.25)) for x in (-250, -66, 120)),
    )
    for index in range(3):
        _bale(pen, rng, (-24 + (0, 8, -4)[index], -34 - index * 128), tone)
    pen.put('<g transform="translate(-62 0)">')
    label(pen, look, Box(0, -396, 270, 226))
    pen.put("</g>")


def sheets(pen: Pen, look: Look) -> None:
    """Ribbed smoked sheets: a folded stack with sheets hung over a pole, 520 wide."""
    amber = "#b8742a"
    pole = "#7a5836"
    pen.put(
        rect(-262, -566, 524, 18, pole, rx=9), rect(-262, -566, 524, 6, lighten(pole, 0.3), rx=3)
    )
    for x, low, hue in ((-166, -150, 0.0), (-4, -110, 0.12), (158, -160, 0.05)):
        colour = lighten(amber, hue)
        sheet = pen.fade(
            (0, darken(colour, 0.2)), (0.3, lighten(colour, 0.34)), (1, darken(colour, 0.16))
        )
        ribs = "".join(
            f"M{x - 70} {y}Q{x} {y + 10} {x + 70} {y}" for y in range(-540, low - 12, 22)
        )
        slant = "".join(f"M{x - 70} {y}L{x + 70} {y - 60}" for y in range(-470, low - 12, 44))
        pen.put(
            path(f"M{x - 74}-572Q{x}-580 {x + 74}-572V{low}Q{x} {low + 20} {x - 74} {low}Z", sheet),
            line(ribs, darken(colour, 0.4), 2.4, stroke_opacity=0.45),
            line(slant, lighten(colour, 0.5), 2, stroke_opacity=0.35),
            path(f"M{x - 60}-566h24V{low - 10}h-24Z", "#ffffff", fill_opacity=0.16),
        )
    for i, y in enumerate(range(-10, -150, -20)):
        shift = (0, 10, -6, 6, -10, 4, -2)[i]
        colour = lighten(amber, (i % 3) * 0.07)
        pen.put(
            path(f"M{-240 + shift} {y - 12}Q0 {y - 22} {240 + shift} {y - 12}V{y + 2}"
                 f"Q0 {y + 14} {-240 + shift} {y + 2}Z",
                 pen.fade((0, lighten(colour, 0.2)), (0.4, colour), (1, darken(colour, 0.4)))),
            line(f"M{-236 + shift} {y + 3}Q0 {y + 14} {236 + shift} {y + 3}",
                 darken(colour, 0.5), 2, stroke_opacity=0.6),
        )  # fmt: skip
    label(pen, look, Box(0, -330, 276, 232))


def cup_lump(pen: Pen, look: Look, matter: Matter) -> None:
    """A heap of lumps with a tapping cup before it, 560 wide."""
    matter.mound(pen, (0, -20, 560, 400), 2.3)
    with pen.at(-176, 6):
        clay = "#5d4334"
        pen.put(
            ellipse(0, -104, 92, 24, darken(clay, 0.2)),
            ellipse(0, -102, 80, 18, "#f3efe4"),
            ellipse(-20, -106, 30, 6, "#ffffff"),
            path("M-92-104C-88-50-66-8-50-2Q0 10 50-2C66-8 88-50 92-104A92 24 0 0 1-92-104Z",
                 pen.fade((0, darken(clay, 0.2)), (0.3, lighten(clay, 0.35)),
                          (1, darken(clay, 0.4)))),
            line("M-92-104A92 24 0 0 0 92-104", lighten(clay, 0.5), 4),
            path("M60-92q10 40-2 56-10-16-4-54Z", "#f8f4ea"),
        )  # fmt: skip
    tag(pen, look, Box(120, -150, 290, 156))
