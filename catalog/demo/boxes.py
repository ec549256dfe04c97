"""Paper packs: export cartons, upright boxes, gable cartons, gift boxes."""

from catalog.demo.label import Box, label, print_on
from catalog.demo.look import Look
from catalog.demo.matter import Matter
from catalog.demo.pen import Pen, circle, ellipse, line, path, rect
from catalog.demo.pouch import cloth
from catalog.demo.tint import darken, lighten, mix

KRAFT = "#c59a66"


def _faces(pen: Pen, colour: str, front: str, side: str, top: str) -> None:
    pen.put(
        path(top, pen.fade((0, lighten(colour, 0.34)), (1, lighten(colour, 0.12)))),
        path(side, pen.fade((0, darken(colour, 0.24)), (1, darken(colour, 0.4)))),
        path(front, pen.fade((0, lighten(colour, 0.14)), (1, darken(colour, 0.06)))),
    )


def export_box(pen: Pen, look: Look) -> None:
    """A taped carton of vacuum-packed kernels, 560 wide."""
    front, side = "M-280-330L130-300V4L-280-30Z", "M130-300L280-372V-74L130 4Z"
    _faces(pen, KRAFT, front, side, "M-280-330L-120-398L280-372L130-300Z")
    tape = "#e4cf9f"
    pen.put(
        path("M-96-316L54-388L92-385L-56-313Z", tape, fill_opacity=0.85),
        path("M-96-316L-56-313V-236L-96-239Z", tape, fill_opacity=0.85),
        line("M-280-330L130-300L280-372", darken(KRAFT, 0.4), 3, stroke_opacity=0.4),
        line("M130-300V4", darken(KRAFT, 0.4), 3, stroke_opacity=0.5),
        line("M-270-250V-60M-262-250V-60M120-250V-40", darken(KRAFT, 0.3), 1.4,
             stroke_opacity=0.25),
        ellipse(205, -230, 30, 13, darken(KRAFT, 0.6), transform="rotate(-26 205 -230)"),
        path("M160-130L250-173V-126L160-82Z", look.accent, fill_opacity=0.85),
        line("M174-112l60-29M174-98l44-21", "#fff6e0", 4),
        line("M-248-44h18m-9 0v-22m-8 8l8-9 8 9M-212-42h18m-9 0v-22m-8 8l8-9 8 9", "#5a3a1c", 3),
    )  # fmt: skip
    pen.put('<g transform="matrix(1 .073 0 1 -76 0)">')
    label(pen, look, Box(0, -296, 300, 246))
    pen.put("</g>")


def upright(pen: Pen, look: Look, matter: Matter | None, *, sachet: str = "") -> None:
    """A standing folding box, 400 wide, with a die-cut window or sachets before it."""
    colour = look.body
    front, side = "M-200-520L120-520V0H-200Z", "M120-520L200-566V-44L120 0Z"
    _faces(pen, colour, front, side, "M-200-520L-124-566H200L120-520Z")
    band = mix(look.accent, colour, 0.1)
    pen.put(
        rect(-200, -66, 320, 66, band, fill_opacity=0.9),
        path("M120-66L200-110V-44L120 0Z", darken(band, 0.3), fill_opacity=0.9),
        line("M-200-520H120V0M120-520L200-566", lighten(colour, 0.5), 2, stroke_opacity=0.5),
        line("M-200-74H120L200-118", "#f0d9a4", 3, stroke_opacity=0.8),
    )
    with pen.at(-40, 0):
        if matter is not None:
            window = (
                "M-120-226H120Q134-226 134-212V-108Q134-94 120-94H-120Q-134-94-134-108V-212"
                "Q-134-226-120-226Z"
            )
            pen.put(path(window, matter.bed))
            with pen.inside(window):
                matter.pane(pen, (-140, -230, 280, 140), 0.9)
                pen.put(path("M-20-240H60L-40-80H-120Z", "#ffffff", fill_opacity=0.14))
        box = Box(0, -496, 272, 250 if matter else 380)
        if look.shape >= 7:
            print_on(pen, look, box, ink=look.ink)
        else:
            label(pen, look, box)
    if sachet:
        _sachets(pen, look, sachet)


def _sachets(pen: Pen, look: Look, tone: str) -> None:
    for x, turn in ((150, 9), (212, 20)):
        with pen.at(x, 6, 1, turn):
            pen.put(
                rect(-56, -190, 112, 190, cloth(pen, tone, gloss=0.3), rx=5),
                line("M-52-178H52M-52-172H52M-52-12H52M-52-18H52", darken(tone, 0.3), 1.6,
                     stroke_opacity=0.5),
                circle(0, -104, 32, look.accent),
                line("M-26-50H26M-18-40H18", darken(tone, 0.5), 4, stroke_opacity=0.6),
                path("M-14-112q14-14 28 0l-4 18q-10 8-20 0Z", "#fff6e0"),
            )  # fmt: skip


def gable(pen: Pen, look: Look) -> None:
    """A one-litre gable-top carton of cashew milk, 340 wide."""
    paper = "#f6efdf"
    front, side = "M-170-470H90V0H-170Z", "M90-470L170-510V-40L90 0Z"
    _faces(pen, paper, front, side, "M-170-470L-90-510H170L90-470Z")
    pen.put(
        path("M-170-470L-130-574H50L90-470Z", cloth(pen, look.body, gloss=0.2)),
        path("M90-470L50-574L150-596L170-510Z", darken(look.body, 0.34)),
        path("M-134-636H54V-570H-134Z", darken(look.body, 0.12)),
        path("M54-636L150-656V-592L54-570Z", darken(look.body, 0.4)),
        line("M-134-628H54M-134-620H54", lighten(look.body, 0.4), 2, stroke_opacity=0.5),
        ellipse(-40, -520, 40, 34, "#fffdf6"),
        ellipse(-40, -526, 34, 28, look.accent),
        line("M-64-534Q-40-548-16-534", lighten(look.accent, 0.4), 4),
        path("M-170-96C-110-150-60-60 0-104 40-130 70-96 90-110V0H-170Z", look.body),
        path("M90-110C120-130 150-150 170-140V-40L90 0Z", darken(look.body, 0.34)),
        path("M-170-72C-110-120-60-36 0-76 40-104 70-70 90-84V-110C70-96 40-130 0-104-60-60"
             "-110-150-170-96Z", "#ffffff", fill_opacity=0.6),
    )  # fmt: skip
    with pen.at(-40, 0):
        print_on(pen, look, Box(0, -462, 226, 318), ink="#2a231b")


def gift_box(pen: Pen, look: Look) -> None:
    """A closed gift box with a broad ribbon and a bow, 520 wide."""
    colour = look.body
    gold = "#e0b560" if look.accent != "#c98412" else "#f0e2c0"
    pen.put(
        path("M-240-300H240V-8Q240 0 232 0H-232Q-240 0-240-8Z", cloth(pen, colour, gloss=0.14)),
        path("M-260-392H260V-290Q260-282 252-282H-252Q-260-282-260-290Z",
             cloth(pen, lighten(colour, 0.07), gloss=0.2)),
        rect(-260, -296, 520, 14, darken(colour, 0.4), fill_opacity=0.5),
        rect(-240, -282, 480, 22, "#000", fill_opacity=0.18),
        path("M-260-392L-226-424H226L260-392Z", lighten(colour, 0.24)),
        rect(-190, -424, 62, 424, gold),
        rect(-190, -424, 16, 424, lighten(gold, 0.5), fill_opacity=0.6),
        rect(-190, -296, 62, 30, darken(gold, 0.4), fill_opacity=0.5),
    )  # fmt: skip
    _bow(pen, gold)
    with pen.at(50, 0):
        label(pen, look, Box(0, -254, 300, 230))


def _bow(pen: Pen, gold: str) -> None:
    deep, lit = darken(gold, 0.3), lighten(gold, 0.45)
    pen.put(
        path(
            "M-160-420C-190-380-236-366-262-330L-224-326L-212-300C-190-340-160-372-150-420Z", deep
        ),
        path("M-156-420C-130-372-92-360-64-330L-92-322L-98-296C-130-330-160-360-168-420Z", gold),
        path("M-159-424C-240-520-310-506-306-450-302-404-220-396-159-424Z", gold),
        path("M-159-424C-226-470-272-470-278-448-276-420-214-412-159-424Z", deep),
        path("M-159-424C-84-520-10-506-14-450-18-404-98-396-159-424Z", gold),
        path("M-159-424C-92-470-46-470-40-448-42-420-104-412-159-424Z", deep),
        line("M-292-468Q-250-494-190-448M-30-468Q-70-494-128-448", lit, 6, stroke_opacity=0.8),
        rect(-182, -446, 46, 44, gold, rx=12),
        line("M-172-436Q-160-442-148-436", lit, 5),
    )
