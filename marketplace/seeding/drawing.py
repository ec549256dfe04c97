"""Draws the first, small picture of each product: in child processes, without a database."""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from catalog.demo.motifs import draw
from catalog.demo.raster import render_png
from core.images import encode

WIDTH = 480
WATCH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a drawing is made from; the same recipe gives the same picture."""

    motif: str
    title: str
    vendor: str
    seed: int


@dataclass(frozen=True, slots=True)
class Small:
    """A drawn picture as WebP."""

    data: bytes
    width: int
    height: int


def draw_small(recipe: Recipe) -> Small:
    svg = draw(motif=recipe.motif, title=recipe.title, vendor=recipe.vendor, seed=recipe.seed)
    return Small(*encode(render_png(svg, width=WIDTH), WIDTH, "webp"))


@contextmanager
def drawing(recipes: list[Recipe]) -> Iterator[list["Future[Small]"]]:
    """Draws on all processors while the block runs; the futures are in the recipes' order."""
    pool = ProcessPoolExecutor(
        max_workers=os.cpu_count() or 1,
        mp_context=get_context("spawn"),
        initializer=_leave_with,
        initargs=(os.getpid(),),
    )
    try:
        yield [pool.submit(draw_small, recipe) for recipe in recipes]
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_with(parent: int) -> None:
    """A worker whose parent was killed would wait for work for ever."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
