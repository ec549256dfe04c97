"""Labels: paper cards, arches, bands and prints with the product's title and the vendor."""

from dataclasses import dataclass
from html import escape

from catalog.demo.emblems import EMBLEMS
from catalog.demo.lettering import LEADING, set_text
from catalog.demo.look import CREAM, INK, Look
from catalog.demo.pen import Pen, ellipse, line, n, path, rect
from catalog.demo.tint import darken, mix

FAMILY = {"serif": "Noto Serif", "sans": "Noto Sans", "bold": "Noto Sans"}
WEIGHT = {"serif": "700", "sans": "400", "bold": "700"}


@dataclass(frozen=True)
class Box:
    """A label's place: centre line, top, width, height."""

    cx: float
    y: float
    w: float
    h: float

    @property
    def x(self) -> float:
        """The left edge."""
        return self.cx - self.w / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h


def words(text: str, at: tuple[float, float], size: float, ink: str, face: str) -> str:
    """One centred line of text with its base line at the point."""
    return (
        f'<text x="{n(at[0])}" y="{n(at[1])}" text-anchor="middle" font-family="{FAMILY[face]}" '
        f'font-weight="{WEIGHT[face]}" font-size="{n(size)}" fill="{ink}">{escape(text)}</text>'
    )


def text_block(pen: Pen, look: Look, box: Box, *, ink: str, soft: str) -> None:
    """Title, hairline and vendor, centred in the box, as large as it allows."""
    vendor = set_text(
        look.vendor, face="sans", width=box.w, height=box.h * 0.26, largest=box.w * 0.085,
        smallest=11,
    )  # fmt: skip
    gap = box.h * 0.085
    title = set_text(
        look.title, face="serif", width=box.w, height=box.h - vendor.height - gap,
        largest=box.w * 0.17,
    )  # fmt: skip
    y = box.y + (box.h - title.height - gap - vendor.height) / 2
    for text in title.lines:
        pen.put(words(text, (box.cx, y + title.size * 1.02), title.size, ink, "serif"))
        y += title.size * LEADING
    y += gap * 0.5
    pen.put(line(f"M{n(box.cx - box.w * 0.11)} {n(y)}h{n(box.w * 0.22)}", soft, 2.4))
    y += gap * 0.5
    for text in vendor.lines:
        pen.put(words(text, (box.cx, y + vendor.size * 1.02), vendor.size, ink, "sans"))
        y += vendor.size * LEADING


def emblem(pen: Pen, look: Look, at: tuple[float, float], size: float, ink: str) -> None:
    """The family's emblem, `size` high."""
    with pen.at(at[0], at[1], size / 60):
        pen.put(EMBLEMS[look.family](ink))


def _card(pen: Pen, look: Look, box: Box) -> None:
    pen.put(
        rect(box.x, box.y, box.w, box.h, CREAM, rx=10),
        path(
            f"M{n(box.x)} {n(box.y + 16)}v-6q0-10 10-10h{n(box.w - 20)}q10 0 10 10v6Z", look.accent
        ),
    )
    emblem(pen, look, (box.cx, box.y + 52), 44, look.accent)
    inner = Box(box.cx, box.y + 80, box.w * 0.86, box.h - 98)
    text_block(pen, look, inner, ink=INK, soft=look.accent)


def _arch(pen: Pen, look: Look, box: Box) -> None:
    r = box.w / 2
    top = box.y + r * 0.42
    arch = (
        f"M{n(box.x)} {n(box.bottom)}V{n(top)}Q{n(box.x)} {n(box.y)} {n(box.cx)} {n(box.y)}"
        f"Q{n(box.x + box.w)} {n(box.y)} {n(box.x + box.w)} {n(top)}V{n(box.bottom)}Z"
    )
    pen.put(path(arch, CREAM))
    with pen.at(box.cx, box.y + box.h / 2, 0.945), pen.at(-box.cx, -box.y - box.h / 2):
        pen.put(line(arch, look.accent, 2.5))
    emblem(pen, look, (box.cx, box.y + 52), 46, look.accent)
    inner = Box(box.cx, box.y + 82, box.w * 0.82, box.h - 104)
    text_block(pen, look, inner, ink=INK, soft=look.accent)


def _dark(pen: Pen, look: Look, box: Box) -> None:
    ground = darken(look.accent, 0.12)
    pen.put(
        rect(box.x, box.y, box.w, box.h, ground, rx=6),
        rect(box.x + 9, box.y + 9, box.w - 18, box.h - 18, "none", rx=3, stroke="#f0d9a4",
             stroke_width=2),
    )  # fmt: skip
    emblem(pen, look, (box.cx, box.y + 50), 42, "#f0d9a4")
    inner = Box(box.cx, box.y + 78, box.w * 0.84, box.h - 98)
    text_block(pen, look, inner, ink=CREAM, soft="#f0d9a4")


def _ticket(pen: Pen, look: Look, box: Box) -> None:
    c = 22
    shape = (
        f"M{n(box.x + c)} {n(box.y)}h{n(box.w - 2 * c)}a{c} {c} 0 0 0 {c} {c}v{n(box.h - 2 * c)}"
        f"a{c} {c} 0 0 0-{c} {c}h-{n(box.w - 2 * c)}a{c} {c} 0 0 0-{c}-{c}v-{n(box.h - 2 * c)}"
        f"a{c} {c} 0 0 0 {c}-{c}Z"
    )
    pen.put(path(shape, "#f7ecd2"), line(shape, look.accent, 2.5, transform=_inset(box, 0.94)))
    emblem(pen, look, (box.cx, box.y + 50), 42, look.accent)
    inner = Box(box.cx, box.y + 76, box.w * 0.82, box.h - 98)
    text_block(pen, look, inner, ink=INK, soft=look.accent)


def _inset(box: Box, scale: float) -> str:
    cy = box.y + box.h / 2
    back = f"translate({n(-box.cx)} {n(-cy)})"
    return f"translate({n(box.cx)} {n(cy)}) scale({scale}) {back}"


def _split(pen: Pen, look: Look, box: Box) -> None:
    pen.put(
        rect(box.x, box.y, box.w, box.h, CREAM, rx=8),
        path(
            f"M{n(box.x)} {n(box.y + 92)}V{n(box.y + 8)}q0-8 8-8h{n(box.w - 16)}q8 0 8 8v84"
            f"Q{n(box.cx)} {n(box.y + 62)} {n(box.x)} {n(box.y + 92)}Z",
            look.accent,
        ),
    )
    emblem(pen, look, (box.cx, box.y + 40), 46, CREAM)
    inner = Box(box.cx, box.y + 88, box.w * 0.86, box.h - 104)
    text_block(pen, look, inner, ink=INK, soft=look.accent)


def _oval_top(pen: Pen, look: Look, box: Box) -> None:
    pen.put(
        ellipse(box.cx, box.y + 34, 58, 58, CREAM),
        rect(box.x, box.y + 34, box.w, box.h - 34, CREAM, rx=14),
        rect(box.x, box.bottom - 20, box.w, 8, mix(look.accent, CREAM, 0.2)),
        ellipse(box.cx, box.y + 36, 44, 44, look.accent),
    )
    emblem(pen, look, (box.cx, box.y + 36), 50, CREAM)
    inner = Box(box.cx, box.y + 88, box.w * 0.86, box.h - 118)
    text_block(pen, look, inner, ink=INK, soft=look.accent)


STYLES = (_card, _arch, _dark, _ticket, _split, _oval_top)


def label(pen: Pen, look: Look, box: Box) -> None:
    """The product's label in the style that its seed chose, with a soft edge below."""
    pen.put(rect(box.x + 3, box.y + 44, box.w - 2, box.h - 39, "#000", rx=10, fill_opacity=0.16))
    STYLES[look.label % len(STYLES)](pen, look, box)


def print_on(pen: Pen, look: Look, box: Box, *, ink: str) -> None:
    """Title and vendor printed straight on the pack."""
    emblem(pen, look, (box.cx, box.y + 26), 48, ink)
    inner = Box(box.cx, box.y + 58, box.w, box.h - 58)
    text_block(pen, look, inner, ink=ink, soft=mix(ink, look.body, 0.35))


def tag(pen: Pen, look: Look, box: Box) -> None:
    """A small paper card for goods that carry no label of their own."""
    pen.put(
        rect(box.x + 4, box.y + 6, box.w, box.h, "#000", rx=8, fill_opacity=0.16),
        rect(box.x, box.y, box.w, box.h, "#fdf6e4", rx=8),
        rect(box.x, box.y, 10, box.h, look.accent, rx=4),
    )
    inner = Box(box.cx + 5, box.y + 12, box.w - 44, box.h - 24)
    text_block(pen, look, inner, ink=INK, soft=look.accent)
