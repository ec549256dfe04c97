"""The demo's pictures: small first drawings are replaced by full ones in all views.

One product at a time, at low priority. A real market has no such pictures and finds nothing to do.
"""

from dataclasses import dataclass

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import ProtectedError

from catalog.demo.motifs import VIEWS, draw
from catalog.demo.raster import render_png
from catalog.models import Product, ProductPicture, ReviewPhoto
from catalog.services.indexing import index_product
from core import pictures
from core.models import Picture, StoredFile

FOLDER = "drawing"
WIDTH = 960
FIRST_WIDTHS = (480, 960)


@dataclass(frozen=True, slots=True)
class _Waiting:
    picture: Picture
    motif: str
    seed: int
    title: str


def recipe_name(*, motif: str, seed: int, title: str) -> str:
    """How a small drawing's file remembers what it shows."""
    return f"{motif}|{seed}|{title}"[:120]


def draw_next() -> bool:
    """Replace one small drawing; False when none is left.

    Draws before it locks; the swap of rows is one transaction, and files go after it. A drawing
    that another worker has locked is left to it; one that fails again and again is given up.
    """
    waiting = _find()
    if waiting is None:
        return False
    products = list(
        Product.objects.filter(pictures__picture=waiting.picture).select_related("vendor")
    )
    label = products[0].vendor.label if products else ""
    drawn = [
        render_png(
            draw(
                motif=waiting.motif, title=waiting.title, vendor=label, seed=waiting.seed, view=view
            ),
            width=WIDTH,
        )
        for view in VIEWS
    ]
    with transaction.atomic():
        old = Picture.objects.select_for_update(skip_locked=True).filter(pk=waiting.picture.pk)
        if old.first() is not None:
            made = [_keep(data, waiting.title) for data in drawn]
            _swap(waiting.picture, made, products)
    return True


def _find() -> _Waiting | None:
    small = Picture.objects.filter(original__key__startswith=f"{FOLDER}/")
    picture = pictures.begin(small.select_related("original"))
    if picture is None:
        return None
    motif, seed, title = picture.original.original_name.split("|", 2)
    return _Waiting(picture, motif, int(seed), title)


def _keep(data: bytes, title: str) -> Picture:
    picture = pictures.from_bytes(data, name=title, wake_worker=False)
    pictures.render_now(picture, widths=FIRST_WIDTHS)
    return picture


def _swap(old: Picture, made: list[Picture], products: list[Product]) -> None:
    names = [pictures.path(old.token, one.width, one.format) for one in old.renditions.all()]
    stored = old.original
    ProductPicture.objects.filter(picture=old).delete()
    for product in products:
        ProductPicture.objects.bulk_create(
            ProductPicture(product=product, picture=picture, position=position)
            for position, picture in enumerate(made)
        )
        index_product(product.pk)
    ReviewPhoto.objects.filter(picture=old).update(picture=made[0])
    old.delete()
    is_free = _is_gone(stored)
    transaction.on_commit(lambda: _remove_files(names, stored.key if is_free else ""))


def _is_gone(stored: StoredFile) -> bool:
    """Deletes the small drawing, unless somebody else still shows it, as a complaint its photo."""
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return False
    return True


def _remove_files(names: list[str], key: str) -> None:
    for name in names:
        storages["default"].delete(name)
    if key:
        storages["private"].delete(key)
