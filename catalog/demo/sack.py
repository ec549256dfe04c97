"""Sacks: jute with a rolled rim and goods on top, and sewn export sacks."""

from catalog.demo.label import Box, label
from catalog.demo.look import Look
from catalog.demo.matter import Matter
from catalog.demo.pen import Pen, ellipse, line, n, path, rect
from catalog.demo.pouch import cloth
from catalog.demo.tint import darken, lighten

JUTES = ("#c6a26c", "#bb9560", "#d0b27f", "#b08b57")
BODY = (
    "M-214-392C-250-250-256-120-236-40-230-8-206 4-176 6-60 14 60 14 176 6 206 4 230-8 236-40"
    " 256-120 250-250 214-392Z"
)


def _weave(colour: str) -> str:
    rows = "".join(f"M-246 {y}Q0 {y + 14} 246 {y}" for y in range(-380, 0, 21))
    cols = "".join(
        f"M{n(x * 0.88)}-386Q{n(x * 1.1)}-190 {n(x * 0.93)} 2" for x in range(-230, 240, 23)
    )
    return line(rows, darken(colour, 0.4), 2, stroke_opacity=0.3) + line(
        cols, lighten(colour, 0.5), 2, stroke_opacity=0.26
    )


def sack(pen: Pen, look: Look, matter: Matter, *, size: float = 1.0) -> None:
    """An open jute sack, about 500 wide, heaped with its goods."""
    jute = JUTES[look.shape % len(JUTES)]
    pen.put(path(BODY, cloth(pen, jute, gloss=0.28)))
    with pen.inside(BODY):
        pen.put(
            _weave(jute),
            path("M-150-392C-190-260-176-140-206-20L-170-10C-140-140-160-260-130-392Z",
                 darken(jute, 0.4), fill_opacity=0.2),
            path("M150-392C196-240 150-140 190-10L150 0C120-140 160-260 128-392Z",
                 darken(jute, 0.4), fill_opacity=0.26),
            path("M-250-60Q0-10 250-60V20H-250Z", darken(jute, 0.5), fill_opacity=0.26),
        )  # fmt: skip
    _mouth(pen, jute, matter, size)
    label(pen, look, Box(0, -312, 300, 264))


def _mouth(pen: Pen, jute: str, matter: Matter, size: float) -> None:
    back = "M-232-412C-236-452-120-476 0-476 120-476 236-452 232-412Z"
    front = (
        "M-238-418C-240-380-226-356-196-350-70-328 70-328 196-350 226-356 240-380 238-418"
        "C200-386 90-372 0-372-90-372-200-386-238-418Z"
    )
    pen.put(
        path(back, darken(jute, 0.26)),
        ellipse(0, -418, 216, 46, darken(matter.bed, 0.3)),
    )
    matter.mound(pen, (0, -394, 410, 128), size)
    roll = pen.fade((0, lighten(jute, 0.36)), (0.5, jute), (1, darken(jute, 0.34)), to=(0, 1))
    ribs = "".join(
        f"M{x}-{n(373 + (x / 238) ** 2 * 36)}q4 14 {n(-x * 0.05)} 27" for x in range(-212, 230, 22)
    )
    pen.put(path(front, roll), line(ribs, darken(jute, 0.42), 2, stroke_opacity=0.32))


def sewn_sack(pen: Pen, look: Look, *, cream: str = "#eadfc4") -> None:
    """A full 50 kg sack, its mouth sewn shut, printed in one colour."""
    body = (
        "M-200-600C-226-560-240-470-238-300-238-170-246-90-232-36-226-8-204 6-172 6"
        "-60 14 60 14 172 6 204 6 226-8 232-36 246-90 238-170 238-300 240-470 226-560 200-600Z"
    )
    top = "M-196-640C-80-652 80-652 196-640L206-592C80-606-80-606-206-592Z"
    pen.put(path(body, cloth(pen, cream, gloss=0.3)))
    with pen.inside(body):
        pen.put(
            _weave(cream).replace("-392", "-600"),
            rect(-260, -560, 520, 34, look.accent, fill_opacity=0.85),
            rect(-260, -92, 520, 34, look.accent, fill_opacity=0.85),
            path("M-210-600C-150-520-160-430-200-380L-240-300V-600Z", darken(cream, 0.5),
                 fill_opacity=0.16),
            path("M210-600C150-520 170-430 200-380L240-300V-600Z", darken(cream, 0.5),
                 fill_opacity=0.2),
            path("M-240-40Q0 6 240-40V20H-240Z", darken(cream, 0.5), fill_opacity=0.24),
        )  # fmt: skip
    pen.put(
        path(top, cloth(pen, darken(cream, 0.1), gloss=0.2)),
        line("M-196-606C-80-620 80-620 196-606", "#a5482c", 4, stroke_dasharray="12 8"),
    )
    label(pen, look, Box(0, -490, 330, 330))
