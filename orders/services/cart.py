"""Put goods aside. A cart promises nothing: stock is taken when the purchase is placed."""

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction

from catalog.errors import BadQuantity, OutOfStock
from catalog.models import Stock
from catalog.states import ProductState
from core import clock
from core.numbers import grouped
from orders.errors import NotForSale, NotInCart
from orders.locks import find_locked_cart
from orders.models import Cart, CartLine
from orders.models.cart import MAX_QUANTITY
from vendors.states import VendorState

TOLD_FOR = timedelta(minutes=10)

ADD = """
INSERT INTO orders_cartline (cart_id, variant_id, quantity, seen_price_vnd, added_at)
SELECT %(cart)s, variant.id, %(quantity)s, variant.price_vnd, now()
FROM catalog_variant variant
JOIN catalog_product product ON product.id = variant.product_id
JOIN vendors_vendor vendor ON vendor.id = product.vendor_id
JOIN catalog_stock stock ON stock.variant_id = variant.id
WHERE variant.id = %(variant)s AND variant.archived_at IS NULL
  AND product.state = %(live)s AND vendor.state = %(approved)s
  AND stock.on_hand - stock.held >= %(quantity)s
ON CONFLICT (cart_id, variant_id) DO UPDATE
SET quantity = LEAST(orders_cartline.quantity + excluded.quantity, %(most)s), set_aside = false
"""

# Plain SQL: every page of a visitor with a cart begins with it.
COLUMNS = (
    "id", "token_hash", "user_id", "ward_code", "checkout_key", "joined_at", "updated_at",
)  # fmt: skip
OF_DEVICE = f"SELECT {', '.join(COLUMNS)} FROM orders_cart WHERE token_hash = %s"  # noqa: S608

# What stands in both carts is wanted together, up to what is left.
JOIN = """
INSERT INTO orders_cartline (cart_id, variant_id, quantity, seen_price_vnd, set_aside, added_at)
SELECT %(own)s, variant_id, quantity, seen_price_vnd, set_aside, added_at
FROM orders_cartline WHERE cart_id = %(guest)s
ON CONFLICT (cart_id, variant_id) DO UPDATE
SET set_aside = orders_cartline.set_aside AND excluded.set_aside,
    quantity = LEAST(
      orders_cartline.quantity + excluded.quantity, %(most)s,
      GREATEST(orders_cartline.quantity, excluded.quantity,
        (SELECT on_hand - held FROM catalog_stock WHERE variant_id = excluded.variant_id)))
"""


def open_cart(*, token: str | None, user_id: int | None) -> tuple[Cart, str]:
    """This visitor's cart, made when there is none, and the token for its cookie.

    The token has 128 random bits; only its hash is stored. A signed-in buyer's goods from this
    device join the cart of the account.
    """
    cart = find_cart(token=token, user_id=user_id)
    if cart is not None:
        return cart, token or ""
    token = secrets.token_urlsafe(16)
    fields: dict[str, object] = {"token_hash": _hash(token), "checkout_key": uuid.uuid4()}
    if user_id is None:
        return Cart.objects.create(**fields), token
    cart, is_new = Cart.objects.get_or_create(user_id=user_id, defaults=fields)
    return cart, token if is_new else ""


def find_cart(*, token: str | None, user_id: int | None) -> Cart | None:
    """This visitor's cart, if there is one. Nobody else's token or account opens it."""
    by_token = _of_device(token) if token else None
    if user_id is None:
        return by_token if by_token is None or by_token.user_id is None else None
    if by_token is None or by_token.user_id is not None:
        return Cart.objects.filter(user_id=user_id).first()
    return _join(guest=by_token, user_id=user_id)


def is_of_account(*, token: str) -> bool:
    """Whether a device's token is that of an account's cart: to be seen after signing in."""
    found = _of_device(token)
    return found is not None and found.user_id is not None


def add_line(*, cart: Cart, variant_id: int, quantity: int) -> None:
    """Put `quantity` (1 … 9,999) more units into the cart, in one statement.

    Raises BadQuantity, NotForSale, OutOfStock.
    """
    _check(quantity)
    values: dict[str, int | str] = {
        "cart": cart.pk,
        "variant": variant_id,
        "quantity": quantity,
        "most": MAX_QUANTITY,
        "live": ProductState.LIVE,
        "approved": VendorState.APPROVED,
    }
    with connection.cursor() as cursor:
        cursor.execute(ADD, values)
        if cursor.rowcount == 0:
            raise _why_not(variant_id)


def set_quantity(*, cart: Cart, variant_id: int, quantity: int) -> None:
    """Set a line to `quantity`; the same value twice is a no-op. Raises BadQuantity, NotInCart.

    While the cart's purchase is being placed: what goes beyond the bought units stays in the cart.
    """
    _check(quantity)
    changed = CartLine.objects.filter(cart=cart, variant_id=variant_id).update(quantity=quantity)
    if not changed:
        raise NotInCart()


def remove_line(*, cart: Cart, variant_id: int) -> None:
    """Take a line out; it may be gone already."""
    CartLine.objects.filter(cart=cart, variant_id=variant_id).delete()


def set_aside(*, cart: Cart, variant_ids: Iterable[int]) -> None:
    """Leave these lines for later: they stay in the cart while the others are ordered. Locks the
    cart: several lines at once could meet those of a purchase in another order."""
    with transaction.atomic():
        find_locked_cart(cart.pk)
        CartLine.objects.filter(cart=cart, variant_id__in=list(variant_ids)).update(set_aside=True)


def take_up(*, cart: Cart, variant_id: int) -> None:
    """A line set aside is wanted again."""
    CartLine.objects.filter(cart=cart, variant_id=variant_id).update(set_aside=False)


def has_just_joined(cart: Cart) -> bool:
    """Whether another device's goods came in a moment ago, so that the buyer is told."""
    return cart.joined_at is not None and clock.now() - cart.joined_at < TOLD_FOR


def set_ward(*, cart: Cart, ward_code: str) -> None:
    """Remember where to deliver, for fees and days."""
    if cart.ward_code != ward_code:
        Cart.objects.filter(pk=cart.pk).update(ward_code=ward_code)
        cart.ward_code = ward_code


def _check(quantity: int) -> None:
    if not 1 <= quantity <= MAX_QUANTITY:
        raise BadQuantity(field="quantity", low=1, high=grouped(MAX_QUANTITY))


def _why_not(variant_id: int) -> NotForSale | OutOfStock:
    stock = (
        Stock.objects.filter(
            variant_id=variant_id,
            variant__archived_at__isnull=True,
            variant__product__state=ProductState.LIVE,
            variant__product__vendor__state=VendorState.APPROVED,
        )
        .select_related("variant__product")
        .first()
    )
    if stock is None:
        return NotForSale()
    name = stock.variant.product.spoken_name
    return OutOfStock(field="quantity", available=stock.available, name=name)


def _of_device(token: str) -> Cart | None:
    with connection.cursor() as cursor:
        cursor.execute(OF_DEVICE, [_hash(token)])
        row = cursor.fetchone()
    return Cart.from_db(connection.alias, COLUMNS, row) if row else None


def _join(*, guest: Cart, user_id: int) -> Cart | None:
    """The device's lines join the account's cart; where it held some already, the buyer is told.
    Right after signing in a browser asks several times at once: whoever comes second finds the
    lines there. Locks the device's cart, then the account's: its purchase may be on its way."""
    with transaction.atomic():
        left = Cart.objects.select_for_update(of=("self",)).filter(pk=guest.pk)
        if left.first() is None:
            return Cart.objects.filter(user_id=user_id).first()
        fields = {"token_hash": _hash(secrets.token_urlsafe(16)), "checkout_key": uuid.uuid4()}
        own, _ = Cart.objects.get_or_create(
            user_id=user_id, defaults=fields | {"ward_code": guest.ward_code}
        )
        find_locked_cart(own.pk)
        had_some = own.lines.exists()
        with connection.cursor() as cursor:
            cursor.execute(JOIN, {"own": own.pk, "guest": guest.pk, "most": MAX_QUANTITY})
            if had_some and cursor.rowcount:
                own.joined_at = clock.now()
                own.save(update_fields=["joined_at"])
        guest.delete()
        return own


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
