"""What a person wants to come back to: their list, vendors they follow, packs they wait for."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from accounts.models import User
from catalog.models import Product, Question, SearchEntry, StockWatch, VendorFollow, Wish
from catalog.selectors.types import Card

GOODS_PER_PAGE = 24

STATE = """
SELECT
  EXISTS (SELECT 1 FROM catalog_wish WHERE user_id = %(user)s AND product_id = %(product)s),
  EXISTS (SELECT 1 FROM catalog_vendorfollow WHERE user_id = %(user)s AND vendor_id = %(vendor)s),
  ARRAY(SELECT variant_id FROM catalog_stockwatch watch
    JOIN catalog_variant variant ON variant.id = watch.variant_id
    WHERE watch.user_id = %(user)s AND variant.product_id = %(product)s
      AND told_at IS NULL AND ended_at IS NULL)
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a member wants of one product; a guest wants nothing that we know of."""

    is_wished: bool = False
    is_followed: bool = False
    watched: frozenset[int] = frozenset()  # ids of variants


@dataclass(frozen=True, slots=True)
class WishRow:
    """A product on a list; without a card the shop doesn't show it any more."""

    product: Product
    card: Card | None
    price_then_vnd: int
    added_at: datetime

    @property
    def price_now_vnd(self) -> int:
        """The cheapest pack's price of now; 0 when it isn't shown."""
        price = self.card.data["price_vnd"] if self.card else 0
        return price if isinstance(price, int) else 0

    @property
    def is_cheaper(self) -> bool:
        return self.card is not None and self.price_now_vnd < self.price_then_vnd

    @property
    def difference_vnd(self) -> int:
        return abs(self.price_now_vnd - self.price_then_vnd) if self.card else 0


@dataclass(frozen=True, slots=True)
class NewGoods:
    """A page of what followed vendors have put up, the newest first; `unseen` since the last look
    and on all pages."""

    cards: tuple[Card, ...]
    unseen: int
    page: int
    pages: int


def wanted_of(*, user_id: int, product_id: int, vendor_id: int) -> Wanted:
    """What this member wants of a product; one query."""
    params = {"user": user_id, "product": product_id, "vendor": vendor_id}
    with connection.cursor() as cursor:
        cursor.execute(STATE, params)
        is_wished, is_followed, watched = cursor.fetchone()
    return Wanted(is_wished, is_followed, frozenset(watched))


def list_wishes(user: User) -> list[WishRow]:
    """A member's own list, the newest on top."""
    wishes = list(Wish.objects.filter(user=user).select_related("product").order_by("-pk"))
    entries = SearchEntry.objects.in_bulk([wish.product_id for wish in wishes])
    return [
        WishRow(
            product=wish.product,
            card=_card(entries[wish.product_id]) if wish.product_id in entries else None,
            price_then_vnd=wish.price_vnd,
            added_at=wish.added_at,
        )
        for wish in wishes
    ]


def list_watches(user: User) -> QuerySet[StockWatch]:
    """The packs that a member waits for."""
    waiting = StockWatch.objects.filter(user=user, told_at=None, ended_at=None)
    return waiting.select_related("variant__product__vendor").order_by("-pk")


def list_followed(user: User) -> QuerySet[VendorFollow]:
    """Whom a member follows, the latest on top."""
    return VendorFollow.objects.filter(user=user).select_related("vendor").order_by("-pk")


def list_new_goods(user: User, *, page: int = 1) -> NewGoods:
    """Goods of followed vendors, the newest first; what came since the last look is counted."""
    seen = {
        follow.vendor_id: follow.seen_at
        for follow in VendorFollow.objects.filter(user=user).only("vendor_id", "seen_at")
    }
    found = SearchEntry.objects.filter(vendor_id__in=seen)
    total, start = found.count(), (page - 1) * GOODS_PER_PAGE
    rows = found.order_by("-published_at", "product_id")[start : start + GOODS_PER_PAGE]
    since = min(seen.values(), default=None)
    later = found.filter(published_at__gt=since) if since else found.none()
    unseen = sum(at > seen[vendor] for vendor, at in later.values_list("vendor_id", "published_at"))
    return NewGoods(
        cards=tuple(_card(row) for row in rows),
        unseen=unseen,
        page=page,
        pages=max(1, -(-total // GOODS_PER_PAGE)),
    )


def list_questions_of(user: User) -> QuerySet[Question]:
    """What a member has asked, the newest on top."""
    mine = Question.objects.filter(author=user).select_related("product__vendor")
    return mine.order_by("-asked_at", "-pk")


def _card(entry: SearchEntry) -> Card:
    return Card(entry.product_id, entry.version, entry.card)
