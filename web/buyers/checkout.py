"""Checkout on one page, paid on delivery: fees and days stand above the button that orders."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError
from orders.errors import NotForSale
from orders.models import Cart
from orders.selectors.orders import get_purchase, list_placed
from orders.services import cart as carts
from orders.services.place import Placement, find_placed, place_purchase
from web.buyers import address, grants, links, steps, visitor
from web.buyers.cart import SeeOther, priced, read_id
from web.buyers.delivery import Delivery, Typed, problems_of, typed
from web.buyers.frame import page, render
from web.buyers.saved import prefilled
from web.buyers.tokens import form_token

CHECKOUT, DONE = "/dat-hang", "/dat-hang/xong"
STEP, FEE_FIRST = "buoc", "xem-phi"
# Where on the page somebody goes on after a step.
SPOTS = {"tinh": "#f-ward", "phi": "#bill"}


@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """The form, or what its buttons do. A key already used leads to its purchase."""
    cart = visitor.find(request)
    if request.method == "POST":
        placed = _already_placed(request, cart)
        if placed is not None:
            return placed
    if cart is None:
        return SeeOther(links.here("/gio"))
    if request.method != "POST":
        return _opened(request, cart)
    step = request.POST.get("do", "place")
    if step != "place":
        return _in_between(request, cart, step)
    return _place(request, cart)


@require_GET
def bill(request: HttpRequest) -> HttpResponse:
    """Parcels, fees and total for a ward: the part that JavaScript exchanges."""
    cart = visitor.find(request)
    if cart is None:
        return HttpResponse(status=204)
    where = address.picked("", request.GET.get("xa", ""))
    html = render("buyers/bill.html", _bill_context(cart, where))
    return HttpResponse(html, headers={"Cache-Control": "no-store"})


@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """The confirmation, on the device that placed the purchase."""
    numbers = grants.granted(request)
    if not numbers:
        return SeeOther(links.here("/don-hang/"))
    purchase = get_purchase(numbers[0])
    context = {
        "purchase": purchase,
        "orders": list(list_placed(purchase)),
        "where": address.picked("", purchase.ward_code),
    }
    return page(request, "buyers/done.html", context)


def _already_placed(request: HttpRequest, cart: Cart | None) -> HttpResponse | None:
    """The second click, or the back button: the same purchase, never another one.

    Placing gives the cart a new key: a form with the present key wasn't placed when the cart was
    read, and `place_purchase` asks again for a twin that came in between.
    """
    key = _key(request)
    if key is None or (cart is not None and cart.checkout_key == key):
        return None
    purchase = find_placed(key)
    if purchase is None:
        return None
    response = SeeOther(links.here(DONE))
    grants.grant(request, response, purchase.number)
    return response


def _opened(request: HttpRequest, cart: Cart) -> HttpResponse:
    """The form: empty at first, with all that was typed after a step."""
    sent = steps.kept(cart) if STEP in request.GET else None
    if not sent:
        begun = prefilled(request, cart)
        return _form(request, cart, begun, where=begun.where)
    where = address.picked(sent.get("province", ""), sent.get("ward", ""))
    told = _look_at_fee(where) if request.GET[STEP] == FEE_FIRST and where.ward else ""
    return _form(request, cart, typed(sent), where=where, told=told)


def _on_to(
    request: HttpRequest, cart: Cart, where: address.Picked, *, step: str, told: str = ""
) -> HttpResponse:
    """The form's page with all that was typed: by a redirect, so that "back" sends nothing."""
    if steps.keep(cart, request.POST):
        return SeeOther(links.here(CHECKOUT, **{STEP: step}) + SPOTS.get(step, ""))
    return _form(request, cart, typed(request.POST), where=where, told=told)


def _look_at_fee(where: address.Picked) -> str:
    note = _("This is the fee to %(ward)s. Please check the total, then order.")
    return note % {"ward": where.name}


def _in_between(request: HttpRequest, cart: Cart, step: str) -> HttpResponse:
    """A button inside the form: choose the province or ward, take a line out, lower it."""
    name, _dash, raw = step.partition("-")
    if name in {"out", "less"}:
        _mend_line(cart, read_id(raw), lower=name == "less")
        if not cart.lines.exists():
            return SeeOther(links.here("/gio"))
    where = address.picked(request.POST.get("province", ""), request.POST.get("ward", ""))
    if where.ward:
        carts.set_ward(cart=cart, ward_code=where.ward)
    return _on_to(request, cart, where, step="tinh" if step == "province" else "phi")


def _mend_line(cart: Cart, variant_id: int, *, lower: bool) -> None:
    if not lower:
        carts.remove_line(cart=cart, variant_id=variant_id)
        return
    view, _no_delivery = priced(cart)
    lines = [line for group in view.groups for line in group.lines]
    line = next((line for line in lines if line.variant_id == variant_id), None)
    if line is None:
        raise NotForSale()
    if line.available:
        carts.set_quantity(cart=cart, variant_id=variant_id, quantity=line.available)


def _place(request: HttpRequest, cart: Cart) -> HttpResponse:
    form = Delivery(request.POST)
    where = address.picked(request.POST.get("province", ""), request.POST.get("ward", ""))
    if not form.is_valid():
        content = typed(request.POST, problems_of(form))
        return _form(request, cart, content, where=where, status=400)
    carts.set_ward(cart=cart, ward_code=where.ward)
    if request.POST.get("shown_ward") != where.ward:
        return _on_to(request, cart, where, step=FEE_FIRST, told=_look_at_fee(where))
    try:
        purchase = place_purchase(_placement(request, cart, form.cleaned_data))
    except DomainError as error:
        return _refused(request, cart, error, where)
    response = SeeOther(links.here(DONE))
    grants.grant(request, response, purchase.number)
    return response


def _placement(request: HttpRequest, cart: Cart, clean: dict[str, Any]) -> Placement:
    shown = request.POST.get("shown_total", "")
    return Placement(
        cart_id=cart.pk,
        checkout_key=_key(request) or cart.checkout_key,
        name=clean["name"],
        phone=clean["phone"],
        ward_code=clean["ward"],
        street=clean["street"],
        shown_total_vnd=int(shown) if shown.isascii() and shown.isdigit() else -1,
        email=clean["email"],
        note=clean["note"],
        language=links.language(),
        buyer_id=visitor.user_id(request),
    )


def _refused(
    request: HttpRequest, cart: Cart, error: DomainError, where: address.Picked
) -> HttpResponse:
    """Nothing was ordered: the sentence on top or at its field, and the page priced again."""
    field = error.field if error.field in Delivery.order else None
    content = typed(request.POST, {field: str(error)} if field else None)
    told = "" if field else str(error)
    return _form(request, cart, content, where=where, told=told, status=error.status)


def _form(
    request: HttpRequest,
    cart: Cart,
    content: Typed,
    *,
    where: address.Picked | None = None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    where = where or address.picked("", cart.ward_code)
    parcels = _bill_context(cart, where)
    if not parcels["cart"].groups:
        return SeeOther(links.here("/gio"))
    context = {
        "fields": content,
        "told": told,
        "is_error": status != 200,
        "where": where,
        "key": cart.checkout_key,
        "form_token": form_token(request),
        **parcels,
    }
    return page(request, "buyers/checkout.html", context, status=status)


def _bill_context(cart: Cart, where: address.Picked) -> dict[str, Any]:
    cart.ward_code = where.ward
    view, no_delivery = priced(cart, where.ward)
    return {
        "cart": view,
        "where": where,
        "no_delivery": no_delivery,
        "can_place": view.can_order and no_delivery is None,
        "shown_ward": where.ward if no_delivery is None else "",
    }


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
