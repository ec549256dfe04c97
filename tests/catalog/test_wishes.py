"""Wishes, followed vendors, and being told once when a pack is back."""

from datetime import timedelta

import pytest

from accounts.models import User
from catalog.errors import AlreadyInStock
from catalog.models import StockWatch, Variant, VendorFollow, Wish
from catalog.rules import MOST_WISHES
from catalog.services.listing import pause_product, resume_product
from catalog.services.stock import set_on_hand
from catalog.services.watches import (
    end_own_watch,
    end_watch,
    on_product_shown,
    on_stock_turned,
    on_vendor_shown,
    watch_stock,
)
from catalog.services.wishes import (
    LOOK_BACK,
    drop_wish,
    follow_vendor,
    keep_wish,
    mark_seen,
    unfollow_vendor,
)
from core.errors import NotFound, TooMany
from core.models import OutboxEntry
from tests.catalog.shelf import put_up
from tests.making import make_user, make_vendor
from vendors.models import Vendor
from vendors.states import VendorState

EMAIL = "khach@thu.vn"


@pytest.fixture
def chi(db: None) -> User:
    return make_user(full_name="Chi")


@pytest.fixture
def gone(shop: Vendor) -> Variant:
    """A pack that has sold out."""
    return put_up(shop, "Hạt điều", on_hand=0).variants.get()


def told() -> list[int]:
    rows = OutboxEntry.objects.filter(topic="stock.back").order_by("pk")
    return [row.payload["watch_id"] for row in rows]


def restock(variant: Variant, on_hand: int = 5) -> None:
    set_on_hand(variant=variant, on_hand=on_hand, actor_id=None)
    on_stock_turned(f"stock:{variant.pk}", {"variant_id": variant.pk})


def test_a_wish_keeps_the_price_of_its_day_and_is_kept_once(shop: Vendor, chi: User) -> None:
    product = put_up(shop, "Hạt điều", price_vnd=185_000)
    first = keep_wish(product_id=product.pk, user=chi)
    assert keep_wish(product_id=product.pk, user=chi).pk == first.pk
    assert first.price_vnd == 185_000
    for _again in range(2):
        drop_wish(product_id=product.pk, user=chi)
    assert not Wish.objects.exists()


def test_a_wish_needs_goods_that_are_shown(chi: User) -> None:
    with pytest.raises(NotFound):
        keep_wish(product_id=999, user=chi)


def test_a_list_has_an_end(shop: Vendor, chi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(MOST_WISHES), "value", lambda self, on=None: 1)
    first, second = put_up(shop, "A"), put_up(shop, "B")
    keep_wish(product_id=first.pk, user=chi)
    keep_wish(product_id=first.pk, user=chi)
    with pytest.raises(TooMany):
        keep_wish(product_id=second.pk, user=chi)


def test_one_drops_only_ones_own_wish(shop: Vendor, chi: User, an: User) -> None:
    product = put_up(shop, "A")
    keep_wish(product_id=product.pk, user=chi)
    drop_wish(product_id=product.pk, user=an)
    assert Wish.objects.filter(user=chi).count() == 1


def test_following_begins_with_the_last_two_weeks_and_ends_twice(shop: Vendor, chi: User) -> None:
    follow = follow_vendor(vendor_id=shop.pk, user=chi)
    assert follow.since - follow.seen_at == LOOK_BACK == timedelta(days=14)
    assert follow_vendor(vendor_id=shop.pk, user=chi).pk == follow.pk
    mark_seen(user=chi)
    follow.refresh_from_db()
    assert follow.seen_at >= follow.since
    for _again in range(2):
        unfollow_vendor(vendor_id=shop.pk, user=chi)
    assert not VendorFollow.objects.exists()


def test_nobody_follows_a_vendor_that_is_not_shown(chi: User) -> None:
    hidden = make_vendor(state=VendorState.SUSPENDED)
    with pytest.raises(NotFound):
        follow_vendor(vendor_id=hidden.pk, user=chi)


def test_member_and_guest_are_told_once_when_the_pack_is_back(gone: Variant, chi: User) -> None:
    member = watch_stock(variant_id=gone.pk, user=chi)
    guest = watch_stock(variant_id=gone.pk, contact=EMAIL)
    on_stock_turned("", {"variant_id": gone.pk})
    assert told() == []
    restock(gone)
    assert told() == [member.pk, guest.pk]
    restock(gone, 0)
    restock(gone)
    assert told() == [member.pk, guest.pk]


def test_asking_again_while_it_waits_is_one_watch(gone: Variant, chi: User) -> None:
    assert (
        watch_stock(variant_id=gone.pk, user=chi).pk == watch_stock(variant_id=gone.pk, user=chi).pk
    )
    assert StockWatch.objects.count() == 1


def test_one_may_wait_again_after_having_been_told(gone: Variant, chi: User) -> None:
    watch_stock(variant_id=gone.pk, user=chi)
    restock(gone)
    restock(gone, 0)
    again = watch_stock(variant_id=gone.pk, user=chi)
    restock(gone)
    assert told()[-1] == again.pk


def test_there_is_nothing_to_wait_for_while_it_can_be_bought(shop: Vendor, chi: User) -> None:
    variant = put_up(shop, "A", on_hand=1).variants.get()
    with pytest.raises(AlreadyInStock):
        watch_stock(variant_id=variant.pk, user=chi)
    with pytest.raises(NotFound):
        watch_stock(variant_id=999, user=chi)


def test_the_link_ends_all_that_waits_for_the_same_address(gone: Variant, shop: Vendor) -> None:
    other = put_up(shop, "B", on_hand=0).variants.get()
    first = watch_stock(variant_id=gone.pk, contact=EMAIL)
    watch_stock(variant_id=other.pk, contact=EMAIL)
    for _again in range(2):
        end_watch(token=first.token)
    restock(gone)
    restock(other)
    assert told() == []
    with pytest.raises(NotFound):
        end_watch(token="khong-co")


def test_a_member_ends_one_of_its_own(gone: Variant, chi: User, an: User) -> None:
    watch_stock(variant_id=gone.pk, user=chi)
    end_own_watch(variant_id=gone.pk, user=an)
    assert StockWatch.objects.filter(ended_at=None).count() == 1
    end_own_watch(variant_id=gone.pk, user=chi)
    restock(gone)
    assert told() == []


def test_what_came_in_while_the_product_was_hidden_is_told_when_it_is_shown(
    gone: Variant, chi: User, an: User
) -> None:
    watch = watch_stock(variant_id=gone.pk, user=chi)
    pause_product(product=gone.product, actor=an)
    restock(gone)
    assert told() == []
    resume_product(product=gone.product, actor=an)
    on_product_shown("", {"product_id": gone.product_id})
    on_vendor_shown("", {"vendor_id": gone.product.vendor_id})
    assert told() == [watch.pk]
