"""Photos of goods: taken in, shown before the worker has made them small, put in order."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from catalog.models import Product
from catalog.services.texts import MOST_PICTURES
from core import audit, files, pictures
from core.errors import InvalidInput
from core.models import Picture, PictureState
from vendors.models import Vendor
from web.sellers.access import Desk, object_page

SMALL, LARGE = 320, 960


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo for a page of the desk; `is_refused` when the worker couldn't unpack it."""

    pk: int
    url: str
    is_refused: bool = False


def shot(picture: Picture) -> Shot:
    """The smallest rendition there is; the private original until the worker was here."""
    if picture.state == PictureState.REFUSED:
        return Shot(picture.pk, "", is_refused=True)
    if picture.complete_at:
        return Shot(picture.pk, pictures.url(picture.token, SMALL))
    if picture.state == PictureState.READY:
        return Shot(picture.pk, pictures.url(picture.token, pictures.FIRST_WIDTH))
    return Shot(picture.pk, reverse("sellers:picture", kwargs={"token": picture.token}))


def shots_of(product: Product) -> list[Shot]:
    """The product's photos in order."""
    return [shot(each.picture) for each in product.pictures.select_related("picture")]


def shots_by_id(ids: Iterable[int]) -> list[Shot]:
    """Photos in the order of their ids (those of a revision)."""
    wanted = list(ids)
    found: Mapping[int, Picture] = Picture.objects.in_bulk(wanted)
    return [shot(found[pk]) for pk in wanted if pk in found]


def picture_ids(product: Product) -> list[int]:
    return list(product.pictures.values_list("picture_id", flat=True))


def take_photos(
    uploads: Iterable["UploadedFile[bytes]"], *, known: list[int], actor: audit.Actor
) -> list[int]:
    """The ids in `known` and after them those of the new photos; the same photo twice is one.

    All or nothing. Raises InvalidInput for the field `pictures`.
    """
    shas = dict(Picture.objects.filter(pk__in=known).values_list("original__sha256", "pk"))
    ids = list(known)
    with transaction.atomic():
        for upload in uploads:
            sent = files.read_upload(upload, purpose="photo")
            digest = hashlib.sha256(sent.content).hexdigest()
            if digest not in shas:
                if len(ids) >= MOST_PICTURES:
                    break
                shas[digest] = _take(sent, actor).pk
                ids.append(shas[digest])
    return ids


def find_product(vendors: QuerySet[Vendor], keys: dict[str, Any]) -> Product | None:
    """The product that shows this photo, or asks to; the token stays for the page."""
    picture = Picture.objects.filter(token=keys["token"]).first()
    if picture is None:
        return None
    goods = Product.objects.filter(vendor__in=vendors).select_related("vendor")
    asked = Q(revisions__state="waiting", revisions__changes__pictures__contains=picture.pk)
    return goods.filter(Q(pictures__picture=picture) | asked).first()


@object_page(find_product, lambda product: product.vendor, ("GET",))
def picture(request: HttpRequest, desk: Desk, product: Product, token: str) -> HttpResponse:
    """A photo that isn't public yet, to people of its vendor."""
    original = Picture.objects.select_related("original").get(token=token).original
    return HttpResponse(files.read(original), content_type=original.content_type)


def _take(sent: files.Upload, actor: audit.Actor) -> Picture:
    stored = files.store_upload(sent, purpose="photo", field="pictures", actor=actor)
    try:
        return pictures.take(stored)
    except InvalidInput as error:
        error.field = "pictures"
        raise
