"""Whose is it: at the seller's desk every object is looked up among the signed-in person's vendors.

A page is a function `(request, desk, …)`. The decorators find the object first and only then look
at the method, so that somebody else's object answers exactly like a missing one, to every verb.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control

from accounts.models import User
from catalog.models import Product, Variant
from catalog.states import ProductState
from orders.models import Order
from vendors.models import Paper, Vendor
from vendors.states import VendorState
from web import unsent

VENDOR_KEY = "seller_vendor"
Page = Callable[..., HttpResponseBase]
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits at the desk, and for whom."""

    user: User
    vendor: Vendor


def vendors_of(user: User) -> QuerySet[Vendor]:
    """The vendors that this person works for, oldest first."""
    return Vendor.objects.for_member(user.pk).exclude(state=VendorState.CLOSED).order_by("pk")


def person_page(*methods: str) -> Callable[[Page], Page]:
    """For `(request, user)`: only a signed-in person is needed."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User):
                return unsent.lead_to_sign_in(request, methods=methods, home="sellers:home")
            return _answer(request, methods, lambda: page(request, user, **kwargs))

        return guarded

    return decorate


def desk_page(*methods: str) -> Callable[[Page], Page]:
    """For `(request, desk)`: somebody without a vendor is led to registering one."""

    def decorate(page: Page) -> Page:
        @person_page(*methods)
        @wraps(page)
        def guarded(request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase:
            vendor = chosen_vendor(request, user)
            if vendor is None:
                return redirect("sellers:apply")
            return page(request, Desk(user, vendor), **kwargs)

        return guarded

    return decorate


def product_page(*methods: str) -> Callable[[Page], Page]:
    """For `(request, desk, product)`; the address holds `product_id`."""

    def find(vendors: QuerySet[Vendor], keys: dict[str, Any]) -> Product | None:
        goods = Product.objects.filter(vendor__in=vendors).select_related("vendor", "category")
        return goods.exclude(state=ProductState.ARCHIVED).filter(pk=keys.pop("product_id")).first()

    return object_page(find, lambda product: product.vendor, methods)


def variant_page(*methods: str) -> Callable[[Page], Page]:
    """For `(request, desk, variant)`; the address holds `variant_id`."""

    def find(vendors: QuerySet[Vendor], keys: dict[str, Any]) -> Variant | None:
        units = Variant.objects.select_related("product__vendor", "product__category", "stock")
        units = units.filter(product__vendor__in=vendors, archived_at__isnull=True)
        units = units.exclude(product__state=ProductState.ARCHIVED)
        return units.filter(pk=keys.pop("variant_id")).first()

    return object_page(find, lambda variant: variant.product.vendor, methods)


def order_page(*methods: str) -> Callable[[Page], Page]:
    """For `(request, desk, order)`; the address holds the order's `number`."""

    def find(vendors: QuerySet[Vendor], keys: dict[str, Any]) -> Order | None:
        orders = Order.objects.filter(vendor__in=vendors).select_related("vendor", "purchase")
        return orders.filter(number=keys.pop("number")).first()

    return object_page(find, lambda order: order.vendor, methods)


def paper_page(*methods: str) -> Callable[[Page], Page]:
    """For `(request, desk, paper)`; the address holds `paper_id`."""

    def find(vendors: QuerySet[Vendor], keys: dict[str, Any]) -> Paper | None:
        papers = Paper.objects.filter(vendor__in=vendors, archived_at__isnull=True)
        return papers.select_related("vendor", "file").filter(pk=keys.pop("paper_id")).first()

    return object_page(find, lambda paper: paper.vendor, methods)


def chosen_vendor(request: HttpRequest, user: User) -> Vendor | None:
    """The vendor this person last chose, else the first one; None for a person without any."""
    mine = vendors_of(user)
    wanted = request.session.get(VENDOR_KEY)
    chosen = mine.filter(pk=wanted).first() if wanted else None
    return chosen or mine.first()


def object_page(
    find: Callable[[QuerySet[Vendor], dict[str, Any]], M | None],
    owner: Callable[[M], Vendor],
    methods: tuple[str, ...],
) -> Callable[[Page], Page]:
    """`find` looks among these vendors only, and takes its keys out of the address's."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User):
                return unsent.lead_to_sign_in(request, methods=methods, home="sellers:home")
            found = find(vendors_of(user), kwargs)
            if found is None:
                raise Http404
            desk = Desk(user, owner(found))
            return _answer(request, methods, lambda: page(request, desk, found, **kwargs))

        return guarded

    return decorate


def _answer(
    request: HttpRequest, methods: tuple[str, ...], page: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The page for an allowed method; never kept by any cache, because it is one person's."""
    allowed = (*methods, "HEAD") if "GET" in methods else methods
    response = page() if request.method in allowed else HttpResponseNotAllowed(allowed)
    unsent.forget_sent(request, response)
    patch_cache_control(response, private=True, no_store=True)
    return response
