"""Every motif by name, and the one function that draws it."""

from catalog.demo.look import make_look
from catalog.demo.packed import PACKED
from catalog.demo.pen import Pen
from catalog.demo.rng import Rng
from catalog.demo.stage import HEIGHT, WIDTH
from catalog.demo.views import VIEWS

MOTIFS: tuple[str, ...] = tuple(PACKED)


def draw(*, motif: str, title: str, vendor: str, seed: int, view: str = "front") -> str:
    """The motif as SVG, 800 by 1000; the same arguments give the same text."""
    kind = PACKED[motif]
    look = make_look(motif=motif, family=kind.family, words=(title, vendor), seed=seed)
    pen = Pen(Rng("draw", motif, seed, view))
    VIEWS[view](pen, look, kind)
    return pen.svg(WIDTH, HEIGHT)
