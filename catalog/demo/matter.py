"""What comes out of a pack: loose pieces, powder, or something that flows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from catalog.demo.forms import Point
from catalog.demo.goods import Good, dome, fill, heap, scatter
from catalog.demo.pen import Pen, circle, ellipse, line, n, path, rect
from catalog.demo.rng import Rng
from catalog.demo.tint import darken, lighten, mix

Place = tuple[float, float, float, float]


class Matter(Protocol):
    """Anything that can be heaped, strewn, shown through a window, or seen from close by."""

    @property
    def bed(self) -> str:
        """The tone of its depths."""

    def mound(self, pen: Pen, place: Place, size: float) -> None:
        """A heap; place is (centre, base line, width, height)."""

    def strew(self, pen: Pen, spots: Sequence[Point], size: float) -> None:
        """Pieces or crumbs lying about."""

    def pane(self, pen: Pen, box: Place, size: float, hidden: Place | None = None) -> None:
        """Cover the box (left, top, width, height), but for the part that a label hides."""

    def macro(self, pen: Pen) -> None:
        """Fill the whole picture, seen from close by."""


@dataclass(frozen=True)
class Loose:
    """Nuts, corns, beans, slices."""

    name: str
    good: Good

    @property
    def bed(self) -> str:
        """The tone between the pieces."""
        return self.good.bed

    def mound(self, pen: Pen, place: Place, size: float) -> None:
        """A poured heap."""
        heap(pen, self.name, self.good, place, size)

    def strew(self, pen: Pen, spots: Sequence[Point], size: float) -> None:
        """Single pieces."""
        scatter(pen, self.name, self.good, spots, size)

    def pane(self, pen: Pen, box: Place, size: float, hidden: Place | None = None) -> None:
        """Pieces side by side."""
        fill(pen, self.name, self.good, box, size, hidden)

    def macro(self, pen: Pen) -> None:
        """Pieces as large as a hand."""
        pen.put(rect(0, 0, 800, 1000, self.bed))
        fill(pen, self.name, self.good, (-40, 10, 880, 1010), 84 / self.good.reach)
        dark = pen.fade((0, self.bed, 0.55), (1, self.bed, 0), to=(0, 1))
        pen.put(rect(0, 0, 800, 300, dark))


@dataclass(frozen=True)
class Powder:
    """Ground goods of one colour, with coarser grains of another."""

    colour: str
    grains: str

    @property
    def bed(self) -> str:
        """The colour in shade."""
        return darken(self.colour, 0.45)

    def mound(self, pen: Pen, place: Place, size: float) -> None:
        """A soft cone with a lit flank."""
        cx, base, w, h = place
        tone = pen.fade(
            (0, lighten(self.colour, 0.28)), (0.4, self.colour), (1, darken(self.colour, 0.42))
        )
        with pen.at(cx, base):
            pen.put(path(dome(w, h), tone), _dust(Rng(w, h), (w, h), self.grains, 2.2 * size))
            bend = f"Q{n(-w * 0.12)} {n(-h * 0.9)} {n(w * 0.02)} {n(-h * 0.94)}"
            ridge = f"M{n(-w * 0.3)} {n(-h * 0.3)}{bend}"
            pen.put(line(ridge, lighten(self.colour, 0.4), 5, stroke_opacity=0.5))

    def strew(self, pen: Pen, spots: Sequence[Point], size: float) -> None:
        """A dusting around each second spot."""
        for x, y in spots[:2]:
            pen.put(ellipse(x + 6, y + 5, 40 * size, 8 * size, "#000", fill_opacity=0.16))
            self.mound(pen, (x, y + 5, 66 * size, 20 * size), 1)

    def pane(self, pen: Pen, box: Place, size: float, hidden: Place | None = None) -> None:
        """An even face of powder with its grain."""
        x, y, w, h = box
        pen.put(rect(x, y, w, h, self.colour))
        with pen.at(x + w / 2, y + h):
            pen.put(_dust(Rng(w, h, 2), (w * 1.6, h), self.grains, 2.4 * size))

    def macro(self, pen: Pen) -> None:
        """Dunes with a wooden spoon's furrow."""
        pen.bands((0, 0, 800, 1000), darken(self.colour, 0.3), self.colour)
        tops = ((180, 0.2, 70), (380, 0.1, -80), (590, 0.04, 60), (790, 0.0, -50))
        for i, (y, shade, bend) in enumerate(tops):
            hue = mix(darken(self.colour, shade), lighten(self.colour, 0.2), i * 0.18)
            d = f"M-10 {y + bend}C200 {y - 110} 420 {y + 120} 810 {y - bend}V1010H-10Z"
            pen.put(path(d, pen.fade((0, lighten(hue, 0.22)), (0.5, hue), (1, darken(hue, 0.2)))))
        for i, (x, y) in enumerate(((400, 420), (300, 700), (480, 960))):
            with pen.at(x, y):
                pen.put(_dust(Rng(i, "macro"), (1000, 330), self.grains, 5))


def _dust(rng: Rng, size: tuple[float, float], colour: str, reach: float) -> str:
    w, h = size
    marks = []
    for _ in range(90):
        y = rng.unit()
        x = rng.uniform(-0.5, 0.5) * w * (1 - y * 0.8) * 0.88
        marks.append(f"M{n(x)} {n(-y * h * 0.88)}l{n(rng.uniform(0.4, 1) * reach)} 1")
    return line("".join(marks), colour, reach, stroke_opacity=0.5)


@dataclass(frozen=True)
class Fluid:
    """Honey, milk, latex, paste: fills a vessel to a level and drips."""

    colour: str
    clear: bool = True

    @property
    def bed(self) -> str:
        """The colour in depth."""
        return darken(self.colour, 0.4 if self.clear else 0.25)

    def mound(self, pen: Pen, place: Place, size: float) -> None:
        """A level surface with a gleam and a ring."""
        cx, base, w, h = place
        y, ry = base - h * 0.14, max(10.0, w * 0.1)
        tone = pen.fade((0, lighten(self.colour, 0.3)), (1, darken(self.colour, 0.2)))
        pen.put(
            ellipse(cx, y, w * 0.5, ry, tone),
            ellipse(cx, y, w * 0.3, ry * 0.6, "none", stroke=lighten(self.colour, 0.4),
                    stroke_width=3, stroke_opacity=0.6),
            ellipse(cx - w * 0.2, y - ry * 0.36, w * 0.13, ry * 0.2, lighten(self.colour, 0.8),
                    fill_opacity=0.85),
        )  # fmt: skip

    def strew(self, pen: Pen, spots: Sequence[Point], size: float) -> None:
        """A few drops."""
        for i, (x, y) in enumerate(spots[:3]):
            r = (17, 10, 13)[i] * size
            pen.put(
                ellipse(x + 3, y + 4, r * 1.2, r * 0.5, darken(self.colour, 0.5), fill_opacity=0.4),
                ellipse(x, y, r * 1.15, r * 0.5, self.colour),
                ellipse(x - r * 0.3, y - r * 0.16, r * 0.4, r * 0.12, lighten(self.colour, 0.8)),
            )

    def pane(self, pen: Pen, box: Place, size: float, hidden: Place | None = None) -> None:
        """A lit face of the fluid."""
        x, y, w, h = box
        tone = pen.fade((0, self.bed), (0.3, lighten(self.colour, 0.3)), (1, self.bed))
        pen.put(rect(x, y, w, h, tone))

    def macro(self, pen: Pen) -> None:
        """A thread poured into a pool, folding where it lands."""
        deep, lit = darken(self.colour, 0.34), lighten(self.colour, 0.36)
        pen.bands((0, 0, 800, 560), lighten(self.colour, 0.72), lighten(self.colour, 0.44))
        pen.bands((0, 520, 800, 480), mix(self.colour, lit, 0.3), deep)
        pen.put(ellipse(400, 560, 560, 90, mix(self.colour, lit, 0.55)))
        for i, w in enumerate((420, 340, 270, 205, 150, 104)):
            y = 640 - i * 27
            tone = pen.fade((0, self.colour), (0.3, lit), (0.62, self.colour), (1, deep))
            pen.put(
                ellipse(404, y + 12, w, w * 0.2, deep, fill_opacity=0.35),
                ellipse(400, y, w, w * 0.19, tone),
                ellipse(400 - w * 0.36, y - w * 0.06, w * 0.28, w * 0.035, "#ffffff",
                        fill_opacity=0.55),
            )  # fmt: skip
        thread = pen.fade((0, deep), (0.3, lit), (0.6, self.colour), (1, deep))
        pen.put(
            path("M368 0C372 200 378 380 330 500Q400 536 470 500C424 380 430 200 436 0Z", thread),
            path("M384 0C386 190 392 340 372 470L386 474C404 340 398 190 396 0Z", "#ffffff",
                 fill_opacity=0.5),
            *(circle(x, y, r, lit, fill_opacity=0.6)
              for x, y, r in ((120, 800, 14), (660, 740, 20), (240, 900, 10), (560, 880, 12))),
        )  # fmt: skip
