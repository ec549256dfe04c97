"""Soft packs: stand-up pouches and flat-bottom bags, drawn around (0, 0) at the foot's middle."""

from catalog.demo.label import Box, label, print_on
from catalog.demo.look import Look
from catalog.demo.matter import Matter
from catalog.demo.pen import Pen, circle, ellipse, line, path, rect
from catalog.demo.tint import darken, lighten, luminance

BODY = (
    "M-186-640H186L196-560C208-410 214-200 207-44Q205-8 176-2C90 12-90 12-176-2Q-205-8-207-44"
    "C-214-200-208-410-196-560Z"
)
WINDOWS = (
    "M-120-236H120Q146-236 146-210V-86Q146-60 120-60H-120Q-146-60-146-86V-210Q-146-236-120-236Z",
    "M-150-52V-150A150 106 0 0 1 150-150V-52Q0-36-150-52Z",
    "M-142-150A142 94 0 1 1 142-150A142 94 0 1 1-142-150Z",
    "M-128-92C-176-196-92-262 0-258 104-254 172-190 138-120 120-84 70-96 40-74-10-44-96-34-128-92Z",
)


def cloth(pen: Pen, colour: str, *, gloss: float = 0.2) -> str:
    """Fill of a bulging pack lit from the left."""
    return pen.fade(
        (0, darken(colour, 0.22)), (0.07, lighten(colour, gloss * 0.4)),
        (0.2, lighten(colour, gloss)), (0.4, colour), (0.74, darken(colour, 0.07)),
        (0.93, darken(colour, 0.26)), (1, darken(colour, 0.36)),
    )  # fmt: skip


def _window(pen: Pen, kind: Matter, shape: str, size: float) -> None:
    pen.put(path(shape, kind.bed))
    with pen.inside(shape):
        kind.pane(pen, (-160, -262, 320, 224), size)
        pen.put(
            path("M-170-270H170V-228Q0-196-170-228Z", "#160c04", fill_opacity=0.25),
            path("M-60-280L20-280L-70-20L-150-20Z", "#ffffff", fill_opacity=0.12),
        )
    pen.put(line(shape, "#000", 3, stroke_opacity=0.28))


def _folds(pen: Pen, colour: str) -> None:
    dark, light = darken(colour, 0.32), lighten(colour, 0.4)
    pen.put(
        path("M-190-590C-150-560-138-520-176-430C-186-490-192-540-194-568Z", dark,
             fill_opacity=0.22),
        path("M190-590C150-560 142-520 180-420C190-490 194-540 196-568Z", dark, fill_opacity=0.3),
        path("M-196-46C-120-72 120-72 196-46Q204-10 176-2C90 12-90 12-176-2Q-204-10-196-46Z",
             dark, fill_opacity=0.34),
        line("M-198-50C-110-76 110-76 198-50", light, 2, stroke_opacity=0.35),
        path("M-178-540C-190-400-192-200-186-70L-168-66C-174-200-170-400-160-540Z", "#fff",
             fill_opacity=0.16),
    )  # fmt: skip


def pouch(pen: Pen, look: Look, kind: Matter, *, size: float = 1.0) -> None:
    """A stand-up pouch with crimped seal, zipper, label and a window on its goods."""
    colour = look.body
    dark = darken(colour, 0.3)
    pen.put(path(BODY, cloth(pen, colour)))
    _folds(pen, colour)
    pen.put(
        rect(-187, -642, 374, 44, darken(colour, 0.12), rx=4),
        line("M-184-632H184M-185-622H185M-186-612H186", lighten(colour, 0.3), 2,
             stroke_opacity=0.4),
        line("M-187-597H187", dark, 2, stroke_opacity=0.6),
        line("M-186-566H186M-187-558H187", dark, 2, stroke_opacity=0.35),
        ellipse(0, -618, 24, 9, look.ground.wall[1], stroke=dark, stroke_width=1.5),
    )  # fmt: skip
    window = WINDOWS[look.shape % len(WINDOWS)]
    box = Box(0, -540, 308, 276) if look.label != 1 else Box(0, -546, 300, 284)
    if look.shape >= 8:
        print_on(pen, look, Box(0, -540, 322, 268), ink=look.ink)
    else:
        label(pen, look, box)
    _window(pen, kind, window, size)


def bag(pen: Pen, look: Look, kind: Matter | None = None, *, size: float = 1.0) -> None:
    """A flat-bottom side-gusset bag with folded top and tin tie, as coffee comes in."""
    colour = look.body
    front = "M-178-560L150-560L160-6Q158 2 150 2L-172 2Q-180 2-180-6Z"
    side = "M150-560L206-584L214-46L160-4Q154-280 150-560Z"
    pen.put(
        path(side, pen.fade((0, darken(colour, 0.3)), (0.5, darken(colour, 0.42)),
                            (1, darken(colour, 0.5)))),
        line("M180-570Q170-300 186-26", darken(colour, 0.6), 3, stroke_opacity=0.5),
        path(front, cloth(pen, colour, gloss=0.14)),
        path("M-178-560L-172-660Q-170-668-162-668L184-690Q194-690 195-682L206-584L150-560Z",
             darken(colour, 0.14)),
        path("M-178-560L-172-660Q-170-668-162-668L140-668L150-560Z",
             cloth(pen, lighten(colour, 0.08), gloss=0.2)),
        line("M-178-560L150-560", darken(colour, 0.45), 2.5, stroke_opacity=0.5),
        rect(-190, -628, 352, 22, _tie(look), rx=5),
        path("M162-628L206-646Q212-646 212-640L210-626Q208-624 204-622L162-606Z",
             darken(_tie(look), 0.3)),
        line("M-184-620H156", lighten(_tie(look), 0.5), 2, stroke_opacity=0.5),
        circle(0, -520, 9, darken(colour, 0.35)),
        circle(-1, -521, 4, lighten(colour, 0.2)),
    )  # fmt: skip
    with pen.at(-12, 0):
        if kind is None:
            _face(pen, look, Box(0, -476, 290, 330))
            band = darken(look.accent, 0.05)
            pen.put(path("M-168-96H171L172-52H-168Z", band, fill_opacity=0.9))
        else:
            _face(pen, look, Box(0, -494, 288, 262))
            with pen.at(0, 12, 0.94):
                _window(pen, kind, WINDOWS[look.shape % len(WINDOWS)], size)


def _face(pen: Pen, look: Look, box: Box) -> None:
    if look.shape >= 8:
        print_on(pen, look, box, ink=look.ink)
    else:
        label(pen, look, box)


def _tie(look: Look) -> str:
    return "#2c2620" if luminance(look.body) > 0.4 else "#c9a35a"
