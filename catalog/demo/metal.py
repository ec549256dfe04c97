"""Tins, drums and pepper mills."""

from catalog.demo.label import Box, label, print_on
from catalog.demo.look import Look
from catalog.demo.matter import Matter
from catalog.demo.pen import Pen, ellipse, line, path, rect
from catalog.demo.tint import darken, lighten


def _cylinder(pen: Pen, colour: str) -> str:
    return pen.fade(
        (0, darken(colour, 0.4)), (0.1, darken(colour, 0.08)), (0.2, lighten(colour, 0.42)),
        (0.32, lighten(colour, 0.08)), (0.6, colour), (0.86, darken(colour, 0.34)),
        (0.94, darken(colour, 0.22)), (1, darken(colour, 0.44)),
    )  # fmt: skip


def tin(pen: Pen, look: Look) -> None:
    """A round tin with a printed body and a bright lid, 380 wide."""
    steel = "#d9d4c6"
    pen.put(
        path("M-184-470V-20A184 40 0 0 0 184-20V-470Z", _cylinder(pen, look.body)),
        path("M-190-34A190 41 0 0 0 190-34V-16A190 41 0 0 1-190-16Z", _cylinder(pen, steel)),
        path("M-192-536V-464A192 40 0 0 0 192-464V-536Z", _cylinder(pen, steel)),
        line("M-192-520A192 40 0 0 0 192-520M-192-478A192 40 0 0 0 192-478", "#6d685c", 2,
             stroke_opacity=0.45),
        ellipse(0, -536, 192, 40, lighten(steel, 0.3)),
        ellipse(0, -536, 172, 34, pen.fade((0, darken(steel, 0.1)), (0.5, "#fbf9f2"),
                                           (1, darken(steel, 0.2)), to=(1, 1))),
        path("M-184-420A184 40 0 0 0 184-420V-406A184 40 0 0 1-184-406Z", "#f0d9a4",
             fill_opacity=0.8),
        path("M-184-84A184 40 0 0 0 184-84V-72A184 40 0 0 1-184-72Z", "#f0d9a4",
             fill_opacity=0.8),
    )  # fmt: skip
    if look.shape >= 6:
        print_on(pen, look, Box(0, -356, 290, 280), ink=look.ink)
    else:
        label(pen, look, Box(0, -360, 284, 272))
    pen.put(path("M-150-462Q-132-456-116-452V-50Q-132-54-150-60Z", "#ffffff", fill_opacity=0.16))


def grinder(pen: Pen, look: Look, matter: Matter) -> None:
    """A glass pepper mill with a turned head, 250 wide."""
    head = "#2a2622" if look.shape % 2 else "#8a5c34"
    glass = (
        "M-104-360C-122-300-124-120-116-24Q-112 0-84 2C-20 8 20 8 84 2Q112 0 116-24"
        "C124-120 122-300 104-360Z"
    )
    pen.put(path(glass, "#e7ebe6"))
    inner = (
        "M-96-352C-112-296-112-120-106-32Q-102-14-80-12C-20-6 20-6 80-12Q102-14 106-32"
        "C112-120 112-296 96-352Z"
    )
    pen.put(path(inner, matter.bed))
    with pen.inside(inner):
        matter.pane(pen, (-116, -330, 232, 330), 1.05, (-84, -258, 168, 170))
        dim = pen.fade((0, "#140b04", 0.4), (0.24, "#140b04", 0), (0.7, "#140b04", 0),
                       (1, "#140b04", 0.5))  # fmt: skip
        pen.put(rect(-120, -360, 240, 370, dim))
    body = _cylinder(pen, head)
    pen.put(
        path("M-112-430Q0-414 112-430L116-352Q0-334-116-352Z", body),
        path("M-96-560C-126-520-116-450-104-432Q0-416 104-432C116-450 126-520 96-560"
             "C60-600-60-600-96-560Z", body),
        path("M-40-600C-50-640-22-656 0-656S50-640 40-600Q0-586-40-600Z", body),
        line("M-108-440Q0-424 108-440M-114-366Q0-348 114-366", lighten(head, 0.4), 3,
             stroke_opacity=0.6),
        ellipse(-14, -636, 10, 6, lighten(head, 0.6), fill_opacity=0.7),
    )  # fmt: skip
    label(pen, look, Box(0, -290, 190, 210))
    pen.put(path("M-92-330C-104-280-104-120-98-50L-84-46C-90-120-90-280-80-330Z", "#ffffff",
                 fill_opacity=0.5))  # fmt: skip


def drum(pen: Pen, look: Look) -> None:
    """A 200 litre drum with two hoops, 460 wide."""
    colour = look.body
    body = _cylinder(pen, colour)
    pen.put(
        path("M-210-590V-30A210 46 0 0 0 210-30V-590Z", body),
        *(
            path(f"M-222 {y}A222 47 0 0 0 222 {y}V{y + 26}A222 47 0 0 1-222 {y + 26}Z", body)
            + line(f"M-222 {y + 26}A222 47 0 0 0 222 {y + 26}", "#000", 3, stroke_opacity=0.3)
            for y in (-420, -214, -46)
        ),
        path("M-218-610V-582A218 46 0 0 0 218-582V-610Z", body),
        ellipse(0, -610, 218, 46, lighten(colour, 0.2)),
        ellipse(0, -606, 196, 38, darken(colour, 0.12)),
        ellipse(-84, -606, 34, 10, lighten(colour, 0.4)),
        ellipse(-84, -610, 30, 8, darken(colour, 0.3)),
        ellipse(110, -600, 16, 5, darken(colour, 0.5)),
    )
    label(pen, look, Box(0, -392, 300, 256))
    pen.put(path("M-174-570Q-150-562-132-558V-20Q-150-24-174-30Z", "#ffffff", fill_opacity=0.14))
