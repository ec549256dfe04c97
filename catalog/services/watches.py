"""Tell people once when a pack that had sold out is back."""

import secrets
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.errors import AlreadyInStock
from catalog.models import Product, Stock, StockWatch
from catalog.rules import MOST_WATCHES
from core import clock, outbox
from core.errors import NotFound, TooMany


def watch_stock(*, variant_id: int, user: User | None = None, contact: str = "") -> StockWatch:
    """Somebody wants to know when this pack is back: a member, or a guest by a proved `contact`.

    Asking again while it waits is a no-op. Locks the pack's stock, so that what comes in meanwhile
    isn't missed. Raises NotFound when the shop doesn't show the pack, AlreadyInStock, TooMany above
    the dated number of waiting ones.
    """
    owner: dict[str, Any] = {"user": user} if user else {"user": None, "contact": contact}
    with transaction.atomic():
        stock = _shown_stock(variant_id)
        if stock.available > 0:
            raise AlreadyInStock()
        waiting = StockWatch.objects.filter(told_at=None, ended_at=None, **owner)
        known = waiting.filter(variant_id=variant_id).first()
        if known is not None:
            return known
        if waiting.count() >= MOST_WATCHES.value():
            sentence = _("You already wait for %(most)s packs. End one of them first.")
            raise TooMany("watches_full", sentence, most=MOST_WATCHES.value())
        return StockWatch.objects.create(
            variant_id=variant_id,
            language="en" if get_language() == "en" else "vi",
            token=secrets.token_urlsafe(18),
            asked_at=clock.now(),
            **owner,
        )


def end_watch(*, token: str) -> StockWatch:
    """End all that waits for the same person as this link's watch; twice is a no-op.

    Raises NotFound for a link of nobody.
    """
    found = StockWatch.objects.filter(token=token).first()
    if found is None:
        raise NotFound()
    owner = {"user": found.user} if found.user else {"contact": found.contact}
    mine = StockWatch.objects.filter(**owner)
    mine.filter(told_at=None, ended_at=None).update(ended_at=clock.now())
    return found


def end_own_watch(*, variant_id: int, user: User) -> None:
    """A member no longer waits for this pack; twice is a no-op."""
    mine = StockWatch.objects.filter(user=user, variant_id=variant_id)
    mine.filter(told_at=None, ended_at=None).update(ended_at=clock.now())


def on_stock_turned(key: str, payload: dict[str, Any]) -> None:
    """`stock.turned`: whoever waits for this pack is told, once. Twice is safe."""
    tell_watchers(variant_ids=[payload["variant_id"]])


def on_product_shown(key: str, payload: dict[str, Any]) -> None:
    """`product.resumed`, `product.decided`: packs that came in while it was hidden count too."""
    _tell_all(StockWatch.objects.filter(variant__product_id=payload["product_id"]))


def on_vendor_shown(key: str, payload: dict[str, Any]) -> None:
    """`vendor.decided`: the same for all goods of a vendor that is back."""
    _tell_all(StockWatch.objects.filter(variant__product__vendor_id=payload["vendor_id"]))


def tell_watchers(*, variant_ids: list[int]) -> int:
    """Emit `stock.back` for each waiting watch of these packs that are back; how many.

    The row is closed with the same commit that emits, so nobody is told twice.
    """
    back = Stock.objects.filter(
        variant_id__in=variant_ids,
        variant__archived_at=None,
        variant__product__in=Product.objects.public(),
        on_hand__gt=F("held"),
    ).values_list("variant_id", flat=True)
    with transaction.atomic():
        waiting = StockWatch.objects.select_for_update().filter(
            variant_id__in=list(back), told_at=None, ended_at=None
        )
        ids = list(waiting.order_by("pk").values_list("pk", flat=True))
        if not ids:
            return 0
        StockWatch.objects.filter(pk__in=ids).update(told_at=clock.now())
        outbox.emit_many(("stock.back", f"watch:{pk}", {"watch_id": pk}) for pk in ids)
        return len(ids)


def _tell_all(watches: QuerySet[StockWatch]) -> None:
    waiting = watches.filter(told_at=None, ended_at=None).values_list("variant_id", flat=True)
    tell_watchers(variant_ids=sorted(set(waiting)))


def _shown_stock(variant_id: int) -> Stock:
    stock = (
        Stock.objects.select_for_update(of=("self",))
        .filter(
            variant_id=variant_id,
            variant__archived_at=None,
            variant__product__in=Product.objects.public(),
        )
        .first()
    )
    if stock is None:
        raise NotFound()
    return stock
