"""A small demo market for tests, without drawing: every picture is the same dot."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from io import BytesIO

from PIL import Image

from marketplace.seeding.drawing import Recipe, Small
from marketplace.seeding.market import Size, make_market

SMALL = Size(vendors=99, products=120, orders=300, seed=7)


def make_small_market(size: Size = SMALL) -> None:
    """Fill the test's database."""
    make_market(size, lambda vi, en: None, draw=_dots)


@contextmanager
def _dots(recipes: list[Recipe]) -> Iterator[list["Future[Small]"]]:
    out = BytesIO()
    Image.new("RGB", (4, 5), "#96371b").save(out, format="WEBP")
    done: Future[Small] = Future()
    done.set_result(Small(out.getvalue(), 4, 5))
    yield [done] * len(recipes)
