"""Checkout on one page, paid on delivery: fees and days stand above the button that orders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.digits import parse_digits
from core.errors import DomainError
from orders.errors import NotForSale
from orders.models import Cart, Purchase
from orders.rules import KEEP_INVOICE_YEARS
from orders.selectors.carts import view_cart
from orders.selectors.orders import get_purchase, list_placed
from orders.services import cart as carts
from orders.services.place import Placement, find_placed, place_purchase
from web import unsent
from web.buyers import address, grants, late, links, own, steps, visitor
from web.buyers import bill as bills
from web.buyers.cart import SeeOther, read_id
from web.buyers.choices import Choices, read_choices
from web.buyers.delivery import Delivery, Typed, problems_of, typed
from web.buyers.frame import page, render
from web.buyers.old_address import LookUp, look_up
from web.buyers.saved import prefilled
from web.buyers.tokens import form_token

CHECKOUT, DONE = "/dat-hang", "/dat-hang/xong"
STEP, FEE_FIRST = "buoc", "xem-phi"
# Where on the page somebody goes on after a step, and the steps that don't end at the bill.
SPOTS = {"tinh": "#f-ward", "phi": "#bill", "cu": "#old"}
STEPS = {"province": "tinh", "old": "cu"}


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says first: on top, or beside the fields that are wrong."""

    told: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    begun: Typed | None = None  # what stands in the fields before anything was typed


NOTHING_SAID = Said()


@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponseBase:
    """The form, or what its buttons do. A key already used leads to its purchase."""
    cart = visitor.find(request)
    if request.method == "POST":
        placed = _already_placed(request, cart)
        if placed is not None:
            return placed
        if late.is_late(request):
            return unsent.to_sign_in(request, links.here(CHECKOUT))
    if cart is None:
        return SeeOther(links.here("/gio"))
    if request.method != "POST":
        return _opened(request, cart)
    step = request.POST.get("do", "place")
    response = _place(request, cart) if step == "place" else _in_between(request, cart, step)
    late.forget(request, response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def bill(request: HttpRequest) -> HttpResponse:
    """Parcels, fees and total for a ward and all choices: the part that JavaScript exchanges."""
    cart = visitor.find(request)
    if cart is None:
        return HttpResponse(status=204)
    sent = request.POST
    code = sent.get("ward", "") if request.method == "POST" else request.GET.get("xa", "")
    where = address.picked(sent.get("province", ""), code)
    html = render("buyers/bill.html", bills.bill(request, cart, where, read_choices(sent), sent))
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
    return None if purchase is None else _to_done(request, purchase)


def _to_done(request: HttpRequest, purchase: Purchase) -> HttpResponse:
    """To the confirmation; an account's purchase is never opened for somebody else by its key,
    which an old page on a shared phone still holds."""
    if purchase.buyer_id not in {None, visitor.user_id(request)}:
        return own.to_proof(purchase.number)
    response = SeeOther(links.here(DONE))
    grants.grant(request, response, purchase.number)
    return response


def _opened(request: HttpRequest, cart: Cart) -> HttpResponse:
    """The form: empty at first, with all that was typed after a step."""
    sent = steps.kept(cart) if STEP in request.GET else None
    said = late.said(request)
    if not sent and said.is_back:
        where = address.picked(said.typed.get("province", ""), said.typed.get("ward", ""))
        return _form(request, cart, said.typed, where, Said(late.back_words()))
    if not sent:
        begun = prefilled(request, cart)
        return _form(request, cart, QueryDict(), begun.where, Said(begun=begun))
    where = address.picked(sent.get("province", ""), sent.get("ward", ""))
    told = _look_at_fee(where) if request.GET[STEP] == FEE_FIRST and where.ward else ""
    return _form(request, cart, sent, where, Said(told))


def _on_to(
    request: HttpRequest, cart: Cart, sent: QueryDict, *, step: str, told: str = ""
) -> HttpResponse:
    """The form's page with all that was typed: by a redirect, so that "back" sends nothing."""
    if steps.keep(cart, sent):
        return SeeOther(links.here(CHECKOUT, **{STEP: step}) + SPOTS.get(step, ""))
    where = address.picked(sent.get("province", ""), sent.get("ward", ""))
    return _form(request, cart, sent, where, Said(told))


def _look_at_fee(where: address.Picked) -> str:
    note = _("This is the fee to %(ward)s. Please check the total, then order.")
    return note % {"ward": where.name}


def _in_between(request: HttpRequest, cart: Cart, step: str) -> HttpResponse:
    """A button inside the form: choose the ward, a way, a voucher; mend what stops the order."""
    name, _dash, raw = step.partition("-")
    sent = request.POST.copy()
    sent.setlist("voucher", list(read_choices(request.POST).vouchers))
    sent.pop("new_voucher", None)
    if name in {"out", "less"}:
        _mend_line(cart, read_id(raw), lower=name == "less")
    elif name in {"later", "rest"}:
        _leave_for_later(cart, sent.get("ward", ""), read_id(raw) if raw else None)
    elif name == "ward" and raw:
        _move_to(sent, raw)
        sent.pop("old", None)
    elif name == "old":
        _move_to(sent, look_up(sent.get("old", "")).ward)
    if not cart.lines.filter(set_aside=False).exists():
        return SeeOther(links.here("/gio"))
    where = address.picked(sent.get("province", ""), sent.get("ward", ""))
    if where.ward:
        carts.set_ward(cart=cart, ward_code=where.ward)
    return _on_to(request, cart, sent, step=STEPS.get(name, "phi"))


def _move_to(sent: QueryDict, code: str) -> None:
    """Put a ward of today into the form."""
    where = address.picked("", code)
    if where.ward:
        sent["province"], sent["ward"] = where.province, where.ward


def _leave_for_later(cart: Cart, ward_code: str, vendor_id: int | None) -> None:
    """What stops the order stays in the cart, set aside: all of it, or one vendor's goods."""
    view = view_cart(cart, ward_code=address.picked("", ward_code).ward)
    stopped = [
        line.variant_id
        for group in view.groups
        if group.vendor_id == vendor_id
        for line in group.lines
    ]
    carts.set_aside(cart=cart, variant_ids=view.stopped if vendor_id is None else stopped)


def _mend_line(cart: Cart, variant_id: int, *, lower: bool) -> None:
    if not lower:
        carts.remove_line(cart=cart, variant_id=variant_id)
        return
    lines = [line for group in view_cart(cart).groups for line in group.lines]
    line = next((line for line in lines if line.variant_id == variant_id), None)
    if line is None:
        raise NotForSale()
    if line.available:
        carts.set_quantity(cart=cart, variant_id=variant_id, quantity=line.available)


def _place(request: HttpRequest, cart: Cart) -> HttpResponse:
    form, sent = Delivery(request.POST), request.POST
    where = address.picked(sent.get("province", ""), sent.get("ward", ""))
    choices = read_choices(sent)
    if choices.new_voucher or (sent.get("old") and not where.ward):
        return _in_between(request, cart, "voucher" if choices.new_voucher else "old")
    if not form.is_valid():
        return _form(request, cart, sent, where, Said(wrong=problems_of(form), status=400))
    if sent.get("shown_ward") != where.ward:
        carts.set_ward(cart=cart, ward_code=where.ward)
        return _on_to(request, cart, sent, step=FEE_FIRST, told=_look_at_fee(where))
    try:
        purchase = place_purchase(_placement(request, cart, form.cleaned_data, choices))
    except DomainError as error:
        carts.set_ward(cart=cart, ward_code=where.ward)
        return _refused(request, cart, error, where)
    return _to_done(request, purchase)


def _placement(
    request: HttpRequest, cart: Cart, clean: dict[str, Any], choices: Choices
) -> Placement:
    shown = parse_digits(request.POST.get("shown_total", ""))
    return Placement(
        cart_id=cart.pk,
        checkout_key=_key(request) or cart.checkout_key,
        name=clean["name"],
        phone=clean["phone"],
        ward_code=clean["ward"],
        street=clean["street"],
        shown_total_vnd=-1 if shown is None else shown,
        shown_goods=request.POST.get("shown_goods", ""),
        email=clean["email"],
        note=clean["note"],
        language=links.language(),
        buyer_id=visitor.user_id(request),
        services=choices.services,
        notes=choices.notes,
        vouchers=choices.vouchers,
        invoice=clean["invoice"],
    )


def _refused(
    request: HttpRequest, cart: Cart, error: DomainError, where: address.Picked
) -> HttpResponse:
    """Nothing was ordered: the sentence on top or at its field, and the page priced again."""
    name = error.field if error.field in Delivery.order else None
    wrong = {name: str(error)} if name else {}
    said = Said("" if name else str(error), wrong, error.status)
    return _form(request, cart, request.POST, where, said)


def _form(
    request: HttpRequest,
    cart: Cart,
    sent: QueryDict,
    where: address.Picked,
    said: Said = NOTHING_SAID,
) -> HttpResponse:
    parcels = bills.bill(request, cart, where, read_choices(sent), sent)
    if not parcels["cart"].groups:
        return SeeOther(links.here("/gio"))
    context = {
        "fields": said.begun or typed(sent, dict(said.wrong)),
        "told": said.told,
        "is_error": said.status != 200,
        "old": _old_address(sent, where),
        "invoice_years": KEEP_INVOICE_YEARS.value(),
        "key": cart.checkout_key,
        "form_token": form_token(request),
        "whose": late.mark(request),
        **parcels,
    }
    return page(request, "buyers/checkout.html", context, status=said.status)


def _old_address(sent: QueryDict, where: address.Picked) -> LookUp | None:
    """What an old address is called now: one typed for that, or into the line of the street."""
    typed_old, street = sent.get("old", ""), sent.get("street", "")
    if typed_old:
        return look_up(typed_old)
    guess = look_up(street) if "," in street and not where.ward else None
    return guess if guess and guess.found else None


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
