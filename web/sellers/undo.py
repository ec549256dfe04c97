"""Undo instead of "are you sure?": for ten seconds on the page, a little longer on the server.

The way back is signed and names its person, so that it can be neither changed nor handed on.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Product, Variant
from catalog.services import listing, pricing
from catalog.services import stock as stock_services
from core.errors import DomainError
from web.sellers.access import Desk, person_page, vendors_of
from web.sellers.pages import UNDO_KEY

SALT = "sellers.undo"
SECONDS = 120
Way = dict[str, Any]


def offer_undo(
    request: HttpRequest, desk: Desk, text: str, what: str, pk: int, **values: object
) -> None:
    """Show `text` with an undo button on the next page."""
    way = {"user": desk.user.pk, "what": what, "pk": pk, "values": values}
    request.session[UNDO_KEY] = {"text": text, "token": signing.dumps(way, salt=SALT)}


@person_page("POST")
def undo(request: HttpRequest, user: User) -> HttpResponse:
    """Put back what the token says, if it is this person's and not too old."""
    back = request.POST.get("back", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
    target = back if is_ours else "sellers:products"
    try:
        way: Way = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        messages.error(request, _("It is too late to undo this."))
        return redirect(target)
    if way["user"] != user.pk or way["what"] not in WAYS:
        raise Http404
    try:
        WAYS[way["what"]](user, way["pk"], way["values"])
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Undone. It is as before."))
    return redirect(target)


def _price(user: User, pk: int, values: Way) -> None:
    variant = _variant(user, pk)
    _check_unchanged(variant.price_vnd, values["after"])
    pricing.set_price(variant=variant, price_vnd=values["before"], actor=user)


def _stock(user: User, pk: int, values: Way) -> None:
    variant = _variant(user, pk)
    _check_unchanged(variant.stock.on_hand, values["after"])
    stock_services.set_on_hand(variant=variant, on_hand=values["before"], actor_id=user.pk)


def _unit(user: User, pk: int, values: Way) -> None:
    gone = _variant(user, pk)
    if gone.archived_at is not None:
        unit = pricing.Unit(
            name_vi=gone.name_vi,
            name_en=gone.name_en,
            sku=gone.sku,
            net_grams=gone.net_grams,
            gross_grams=gone.gross_grams,
            price_vnd=gone.price_vnd,
        )
        on_hand = values["on_hand"]
        pricing.add_variant(product=gone.product, unit=unit, on_hand=on_hand, actor=user)


def _photos(user: User, pk: int, values: Way) -> None:
    fields = {"pictures": values["before"]}
    listing.edit_product(product=_product(user, pk), fields=fields, actor=user)


def _pause(user: User, pk: int, values: Way) -> None:
    listing.resume_product(product=_product(user, pk), actor=user)


def _resume(user: User, pk: int, values: Way) -> None:
    listing.pause_product(product=_product(user, pk), actor=user)


WAYS: dict[str, Callable[[User, int, Way], None]] = {
    "price": _price,
    "stock": _stock,
    "unit": _unit,
    "photos": _photos,
    "pause": _pause,
    "resume": _resume,
}


def _check_unchanged(now: int, after: int) -> None:
    """A sale or a colleague may have come between: then the newer value stays."""
    if now != after:
        raise DomainError("changed_since", _("It has changed again since. Look at it once more."))


def _variant(user: User, pk: int) -> Variant:
    mine = Variant.objects.filter(product__vendor__in=vendors_of(user))
    found = mine.select_related("product").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _product(user: User, pk: int) -> Product:
    found = Product.objects.filter(vendor__in=vendors_of(user), pk=pk).first()
    if found is None:
        raise Http404
    return found
