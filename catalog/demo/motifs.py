"""Every motif by name, and the one function that draws it."""

from catalog.demo.fresh import FRESH
from catalog.demo.look import make_look
from catalog.demo.packed import PACKED
from catalog.demo.pen import Pen
from catalog.demo.rng import Rng
from catalog.demo.stage import HEIGHT, WIDTH
from catalog.demo.views import VIEWS as PACKED_VIEWS
from catalog.demo.views_fresh import FRESH_VIEWS

MOTIFS: tuple[str, ...] = (*PACKED, *FRESH)
VIEWS: tuple[str, ...] = ("front", "open", "scene", "detail")


def draw(*, motif: str, title: str, vendor: str, seed: int, view: str = "front") -> str:
    """The motif as SVG, 800 by 1000; the same arguments give the same text.

    Raises KeyError for an unknown motif or view.
    """
    packed = PACKED.get(motif)
    kind = packed or FRESH[motif]
    look = make_look(motif=motif, family=kind.family, words=(title, vendor), seed=seed)
    pen = Pen(Rng("draw", motif, seed, view))
    if packed:
        PACKED_VIEWS[view](pen, look, packed)
    else:
        FRESH_VIEWS[view](pen, look, FRESH[motif])
    return pen.svg(WIDTH, HEIGHT)
