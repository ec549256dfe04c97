"""Typed makers of test data: small, direct, and each says what it makes."""

import itertools
import uuid
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from catalog.models import Category, Product, Question, Stock, Variant
from catalog.states import ProductState
from core import clock
from orders.models import Cart, CartLine, Purchase
from orders.selectors.carts import Wishes, view_cart
from orders.services.place import Placement, place_purchase
from shipping.models import ShippingRate, Zone
from vendors.models import Member, Vendor, VendorKind
from vendors.states import VendorState

_count = itertools.count(1)

BU_DANG = "25396"
BEN_THANH = "26743"


def make_user(**changes: Any) -> User:
    """A person with the phone 09000000NN and the password `mat-khau-rieng`."""
    n = next(_count)
    fields: dict[str, Any] = {"phone": f"+849{n:08d}", "full_name": f"Người {n}"}
    return User.objects.create_user(password="mat-khau-rieng", **(fields | changes))


def make_vendor(*, owner: User | None = None, **changes: Any) -> Vendor:
    """An approved cooperative in Bù Đăng; `owner` becomes its member."""
    n = next(_count)
    fields: dict[str, Any] = {
        "kind": VendorKind.COOPERATIVE,
        "name": f"Hợp tác xã số {n}",
        "slug": f"hop-tac-xa-so-{n}",
        "ward_code": BU_DANG,
        "state": VendorState.APPROVED,
    }
    vendor = Vendor.objects.create(**(fields | changes))
    if owner is not None:
        Member.objects.create(vendor=vendor, user=owner)
    return vendor


def make_category(**changes: Any) -> Category:
    """A root category."""
    n = next(_count)
    fields: dict[str, Any] = {
        "path": f"new-{n}/",
        "slug": f"nganh-{n}",
        "name_vi": f"Ngành {n}",
        "name_en": f"Category {n}",
    }
    category = Category.objects.create(**(fields | changes))
    category.path = f"{category.pk:04d}/"
    category.save()
    return category


def make_product(vendor: Vendor, **changes: Any) -> Product:
    """A live product without variants; its search entry is not written."""
    n = next(_count)
    fields: dict[str, Any] = {
        "slug": f"hang-{n}",
        "name_vi": f"Hạt điều số {n}",
        "name_en": f"Cashew no. {n}",
        "state": ProductState.LIVE,
    }
    if "category" not in changes:
        changes["category"] = make_category()
    return Product.objects.create(vendor=vendor, **(fields | changes))


def make_variant(
    vendor: Vendor, *, price_vnd: int = 100_000, on_hand: int = 10, **changes: Any
) -> Variant:
    """A pack of 500 g of a live product of this vendor, with stock."""
    n = next(_count)
    product = changes.pop("product", None) or make_product(vendor)
    fields: dict[str, Any] = {
        "name_vi": "Gói 500 g",
        "name_en": "500 g pack",
        "sku": f"SKU-{n}",
        "net_grams": 500,
        "gross_grams": 550,
        "price_vnd": price_vnd,
    }
    variant = Variant.objects.create(product=product, **(fields | changes))
    Stock.objects.create(variant=variant, on_hand=on_hand)
    variant.movements.create(kind="receive", on_hand_change=on_hand)
    return variant


def make_question(product: Product, *, author: User | None = None, **changes: Any) -> Question:
    """Somebody's question that waits for its answer."""
    now = clock.now()
    fields: dict[str, Any] = {
        "author_name": "Chi",
        "text": "Hạt có rang muối không?",
        "asked_at": now,
        "public_from": now + timedelta(days=3),
    }
    return Question.objects.create(
        product=product, author=author or make_user(), **(fields | changes)
    )


def make_rates(fee_vnd: int = 22_000) -> None:
    """One market-wide fee for every zone, up to 100 kg, in 2 to 4 days."""
    ShippingRate.objects.bulk_create(
        ShippingRate(
            zone=zone,
            up_to_grams=100_000,
            fee_vnd=fee_vnd,
            days_min=2,
            days_max=4,
            valid_from=date(2020, 1, 1),
        )
        for zone in Zone
    )


def make_cart(lines: dict[Variant, int]) -> Cart:
    """A guest's cart with these goods, seen at today's prices."""
    n = next(_count)
    cart = Cart.objects.create(token_hash=f"{n:064d}", checkout_key=uuid.uuid4())
    CartLine.objects.bulk_create(
        CartLine(cart=cart, variant=variant, quantity=quantity, seen_price_vnd=variant.price_vnd)
        for variant, quantity in lines.items()
    )
    return cart


def make_placement(cart: Cart, **changes: Any) -> Placement:
    """Chi's checkout of this cart, delivered to Bến Thành, as its page shows it now."""
    ward = changes.get("ward_code", BEN_THANH)
    fields: dict[str, Any] = {
        "cart_id": cart.pk,
        "checkout_key": cart.checkout_key,
        "name": "Chi",
        "phone": "0912 345 678",
        "ward_code": ward,
        "street": "12 Lê Lợi",
    }
    if not {"shown_total_vnd", "shown_goods"} <= changes.keys():
        chosen = Wishes(changes.get("services", {}), changes.get("vouchers", ()))
        view = view_cart(cart, ward_code=ward, wishes=chosen)
        fields |= {"shown_total_vnd": view.total_vnd, "shown_goods": view.digest}
    return Placement(**(fields | changes))


def make_purchase(lines: dict[Variant, int], **changes: Any) -> Purchase:
    """A placed purchase of these goods."""
    return place_purchase(make_placement(make_cart(lines), **changes))
