"""Glass: jars and bottles with liquids, pastes and loose goods behind a label."""

from catalog.demo.label import Box, label
from catalog.demo.look import Look
from catalog.demo.matter import Matter
from catalog.demo.pen import Pen, ellipse, line, n, path, rect
from catalog.demo.tint import darken, lighten, mix

# The middle of the label, whatever its style: nothing is seen of what lies behind it.
BEHIND = (-128, -300, 256, 200)
LIDS = ("#c8a04a", "#2b2723", "#96371b", "#a97746", "#e8e0cf", "#3c5a48")
JAR = (
    "M-132-456C-186-446-196-416-196-372V-52Q-196-2-146 0C-60 8 60 8 146 0Q196-2 196-52V-372"
    "C196-416 186-446 132-456Z"
)
INNER = (
    "M-126-436C-172-428-180-402-180-366V-54Q-180-16-142-14C-60-6 60-6 142-14Q180-16 180-54V-366"
    "C180-402 172-428 126-436Z"
)


def lid(pen: Pen, look: Look, y: float, w: float, h: float) -> None:
    """A screw lid standing on y."""
    tone = LIDS[(look.shape + look.label) % len(LIDS)]
    ribs = "".join(
        f"M{n(-w / 2 + 8 + i * (w - 16) / 21)} {n(y - h + 20)}v{n(h - 30)}" for i in range(22)
    )
    body = pen.fade(
        (0, darken(tone, 0.35)), (0.16, lighten(tone, 0.5)), (0.3, lighten(tone, 0.12)),
        (0.7, tone), (0.92, darken(tone, 0.4)), (1, darken(tone, 0.26)),
    )  # fmt: skip
    pen.put(
        path(
            f"M{n(-w / 2)} {n(y - h + 12)}Q0 {n(y - h - 14)} {n(w / 2)} {n(y - h + 12)}V{n(y - 6)}"
            f"Q0 {n(y + 14)} {n(-w / 2)} {n(y - 6)}Z",
            body,
        ),
        line(ribs, "#000", 2, stroke_opacity=0.16),
        ellipse(0, y - h + 10, w / 2 - 4, 9, lighten(tone, 0.3), fill_opacity=0.7),
    )


def _shine(pen: Pen) -> None:
    pen.put(
        path("M-176-366C-176-400-164-420-138-428-156-400-158-370-158-330V-110Q-158-60-146-30"
             "-176-34-176-60Z", "#ffffff", fill_opacity=0.42),
        path("M-142-330V-150Q-142-110-138-90-132-110-132-150V-340Z", "#ffffff", fill_opacity=0.28),
        path("M166-380Q172-360 172-330V-80Q172-40 150-28 160-60 160-100V-330Z", "#ffffff",
             fill_opacity=0.3),
        path("M60-18Q120-16 158-36 140-10 60-10Z", "#ffffff", fill_opacity=0.3),
    )  # fmt: skip


def _glass(pen: Pen, tint: str) -> None:
    pen.put(
        path(JAR, tint, fill_opacity=0.5), line(JAR, darken(tint, 0.3), 2.5, stroke_opacity=0.4)
    )


def _finish(pen: Pen, look: Look, box: Box) -> None:
    label(pen, look, box)
    _shine(pen)
    pen.put(
        rect(-128, -478, 256, 28, "#ffffff", fill_opacity=0.35, rx=6),
        line("M-128-456H128", "#ffffff", 3, stroke_opacity=0.5),
    )
    lid(pen, look, -462, 284, 92)


def jar_of(pen: Pen, look: Look, matter: Matter, *, size: float = 1.0) -> None:
    """A clear jar full of loose goods."""
    _glass(pen, "#e9efe9")
    pen.put(path(INNER, matter.bed))
    with pen.inside(INNER):
        matter.pane(pen, (-190, -420, 380, 420), size * 1.14, BEHIND)
        dim = pen.fade((0, "#140b04", 0.3), (0.2, "#140b04", 0), (0.7, "#140b04", 0),
                       (1, "#140b04", 0.5))  # fmt: skip
        pen.put(rect(-190, -440, 380, 440, dim))
    _finish(pen, look, Box(0, -336, 276, 246))


def jar_with(pen: Pen, look: Look, liquid: str, *, clear: bool = True) -> None:
    """A jar of honey, paste or powder."""
    _glass(pen, mix(liquid, "#ffffff", 0.7))
    deep, lit = darken(liquid, 0.34), lighten(liquid, 0.35)
    if clear:
        body = pen.fade((0, deep), (0.16, liquid), (0.34, lit), (0.62, liquid), (1, deep))
    else:
        body = pen.fade((0, darken(liquid, 0.2)), (0.25, lighten(liquid, 0.16)), (0.6, liquid),
                        (1, darken(liquid, 0.3)))  # fmt: skip
    pen.put(path(INNER, body))
    if clear:
        pen.put(
            ellipse(0, -418, 140, 12, lit, fill_opacity=0.8),
            path("M-120-60Q0-20 130-64 110-20 0-16-96-18-120-60Z", lit, fill_opacity=0.5),
            *(
                ellipse(x, y, r, r, "#fff6d8", fill_opacity=0.5)
                for x, y, r in ((-150, -380, 5), (148, -330, 4), (-160, -70, 4), (150, -60, 6))
            ),
        )
    else:
        pen.put(path("M-170-402Q-60-428 20-406T172-404V-440H-172Z", lighten(liquid, 0.3)))
    _finish(pen, look, Box(0, -336, 276, 246))


def brine_jar(pen: Pen, look: Look, matter: Matter) -> None:
    """Green pepper in brine, the level seen under the lid."""
    _glass(pen, "#dfe9c9")
    pen.put(path(INNER, "#a9b96b"))
    with pen.inside(INNER):
        matter.pane(pen, (-186, -388, 372, 380), 1.16, BEHIND)
        murk = pen.fade((0, "#5b6e28", 0.5), (0.2, "#a9bd62", 0.14), (0.75, "#5b6e28", 0.1),
                        (1, "#2f3d12", 0.55))  # fmt: skip
        pen.put(
            rect(-190, -440, 380, 440, murk), ellipse(0, -408, 176, 12, "#e9f0c4", fill_opacity=0.8)
        )
    _finish(pen, look, Box(0, -336, 276, 246))


BOTTLE = (
    "M-52-560V-500C-52-440-128-410-132-330V-44Q-132-4-96-2C-40 6 40 6 96-2Q132-4 132-44V-330"
    "C128-410 52-440 52-500V-560Z"
)


def bottle(pen: Pen, look: Look, liquid: str) -> None:
    """A tall honey bottle with a cork or a cap."""
    deep, lit = darken(liquid, 0.42), lighten(liquid, 0.4)
    body = pen.fade((0, deep), (0.14, liquid), (0.32, lit), (0.6, liquid), (1, deep))
    pen.put(
        path(BOTTLE, body),
        path("M-52-560V-520Q0-508 52-520V-560Z", mix(liquid, "#fff6dc", 0.6), fill_opacity=0.8),
        line(BOTTLE, deep, 2.5, stroke_opacity=0.5),
    )
    label(pen, look, Box(0, -306, 248, 250))
    pen.put(
        path("M-112-340C-108-396-42-430-38-500V-552H-24V-500C-24-430-92-400-98-330V-80"
             "Q-98-40-90-24-114-30-114-60Z", "#ffffff", fill_opacity=0.4),
        path("M110-330V-70Q110-40 96-26 116-30 118-60V-330Z", "#ffffff", fill_opacity=0.3),
        rect(-58, -572, 116, 22, mix(liquid, "#ffffff", 0.5), rx=6),
    )  # fmt: skip
    with pen.at(0, -100):
        lid(pen, look, -462, 112, 84)
