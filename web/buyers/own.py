"""Whose order is it: the account that placed it, or a device that proved it with a code.

A missing order and somebody else's lead to the same form for number and code.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from accounts.models import User
from core import audit
from orders.models import Order, Purchase
from orders.selectors.orders import find_followed
from orders.services.people import Guest
from vietnam.number import normalise_number
from web import unsent
from web.buyers import grants, late, links, visitor
from web.buyers.cart import SeeOther

Page = Callable[..., HttpResponseBase]


def allowed(request: HttpRequest, number: str) -> Purchase | None:
    """The purchase, if this device proved it or this account placed it."""
    purchase = find_followed(number)
    if purchase is None:
        return None
    if purchase.number in grants.granted(request):
        return purchase
    account = visitor.user_id(request)
    return purchase if account is not None and purchase.buyer_id == account else None


def to_proof(number: str) -> HttpResponse:
    """To the form that asks for number and phone."""
    return SeeOther(links.here("/don-hang/", so=normalise_number(number)[:20]))


def purchase_page(*methods: str) -> Callable[[Page], Page]:
    """For `(request, purchase, …)`; the address holds the `number` of purchase or order."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponseBase:
            purchase = allowed(request, number)
            if purchase is None:
                return _prove_first(request, number, methods)
            return _answer(request, methods, lambda: page(request, purchase, **kwargs))

        return guarded

    return decorate


def order_page(*methods: str) -> Callable[[Page], Page]:
    """For `(request, order, …)`; the address holds the order's own `number`."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponseBase:
            purchase = allowed(request, number)
            order = _order_of(purchase, number) if purchase else None
            if order is None:
                return _prove_first(request, number, methods)
            return _answer(request, methods, lambda: page(request, order, **kwargs))

        return guarded

    return decorate


def actor(request: HttpRequest, purchase: Purchase) -> audit.Actor:
    """Who acts: the signed-in buyer, or the guest of this purchase."""
    user = request.user if visitor.user_id(request) is not None else None
    if isinstance(user, User) and purchase.buyer_id == user.pk:
        return user
    return Guest(purchase.number)


def form_key(request: HttpRequest) -> UUID:
    """What makes a form count once; a fresh one where none or nonsense was sent."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _prove_first(request: HttpRequest, number: str, methods: tuple[str, ...]) -> HttpResponseBase:
    """To sign-in when an account's session ended over a form, else to number and phone; what was
    typed waits there."""
    if not late.is_late(request):
        return to_proof(number)
    has_words = "GET" in methods and "text" in request.POST
    page = request.path if has_words else links.here(f"/don-hang/{number}")
    if late.is_of_account(request):
        return unsent.to_sign_in(request, page, keeps=has_words)
    response = to_proof(number)
    if has_words:
        unsent.keep(request, response, page)
    return response


def _order_of(purchase: Purchase, number: str) -> Order | None:
    found = purchase.orders.select_related("vendor", "purchase", "parcel")
    return found.filter(number=normalise_number(number)).first()


def _answer(
    request: HttpRequest, methods: tuple[str, ...], page: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    allowed_ones = (*methods, "HEAD") if "GET" in methods else methods
    response = page() if request.method in allowed_ones else HttpResponseNotAllowed(allowed_ones)
    late.forget(request, response)
    response.headers["Cache-Control"] = "no-store"
    return response
