"""Parcels, ways of delivery, vouchers, total: the part of checkout that changes with a choice."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, QueryDict

from core import limits
from core.errors import DomainError, TooMany
from orders.models import Cart
from orders.selectors.carts import CartView, Group, Wishes, view_cart
from promotions.selectors import Who
from shipping.models import Service
from shipping.quotes import Quote
from vietnam import places
from vietnam.phone import InvalidPhone, parse_phone
from web.buyers import address, links, visitor
from web.buyers.choices import Choices

# Codes are short: nobody shall try them all.
TRIES, TRIES_PER_ADDRESS, TEN_MINUTES = 60, 600, 600


@dataclass(frozen=True, slots=True)
class Way:
    """One service that may be chosen; `place` is where the goods are fetched."""

    quote: Quote
    words: str
    place: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Parcel:
    """One vendor's part of the bill."""

    group: Group
    note: str
    place: str
    ways: tuple[Way, ...] = field(default=())


def bill(
    request: HttpRequest, cart: Cart, where: address.Picked, choices: Choices, sent: QueryDict
) -> dict[str, Any]:
    """What the bill's template shows, for these choices."""
    refused: tuple[DomainError, ...] = ()
    if choices.vouchers:
        try:
            _count_try(request, cart)
        except TooMany as error:
            choices, refused = replace(choices, vouchers=()), (error,)
    cart.ward_code = where.ward  # only in this object: the form's ward counts, even none
    wishes = Wishes(choices.services, choices.vouchers, _who(request, sent))
    view = view_cart(cart, ward_code=where.ward, wishes=wishes)
    return {
        "cart": view,
        "where": where,
        "parcels": list(_parcels(view, choices)),
        "refused": refused + view.applied.refused,
        "shown_ward": where.ward,
    }


def _count_try(request: HttpRequest, cart: Cart) -> None:
    limits.check("voucher", cart.checkout_key, limit=TRIES, per_seconds=TEN_MINUTES)
    where = limits.client_address(request)
    limits.check("voucher-address", where, limit=TRIES_PER_ADDRESS, per_seconds=TEN_MINUTES)


def _who(request: HttpRequest, sent: QueryDict) -> Who:
    """The buyer as far as the form says: a voucher used up by this phone is told early."""
    try:
        phone = parse_phone(sent.get("phone", ""))
    except InvalidPhone:
        phone = ""
    return Who(visitor.user_id(request), phone)


def _parcels(view: CartView, choices: Choices) -> Iterator[Parcel]:
    for group in view.groups:
        place = _place(group)
        yield Parcel(
            group,
            choices.notes.get(group.vendor_id, ""),
            place,
            tuple(_way(quote, group, place) for quote in group.offers or ()),
        )


def _way(quote: Quote, group: Group, place: str) -> Way:
    words = str(Service(quote.service).label)
    is_fetched = quote.service == Service.PICKUP
    return Way(quote, words, place if is_fetched else "", quote == group.quote)


def _place(group: Group) -> str:
    ward = places.find_ward(group.vendor_ward)
    return places.full_name(ward, links.language()) if ward else group.vendor_label
