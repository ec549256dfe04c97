"""Buy again, add older orders to an account, take an undelivered parcel in."""

from datetime import timedelta

import pytest
from django.db.models import F

from accounts.errors import WrongCode
from accounts.models import OneTimeCode, User
from accounts.services.codes import code_text
from catalog.errors import BadQuantity
from catalog.models import Product, Stock, StockMovement, Variant
from core import clock
from core.cases import open_case
from core.models import AuditEntry, Case, CaseState
from marketplace.books import run_checks
from orders.errors import WrongState
from orders.models import CartLine, Order, Purchase, TakenBack
from orders.services.attach import attach_purchases, send_attach_code
from orders.services.cart import open_cart
from orders.services.fulfil import confirm_order, hand_over
from orders.services.moves import SYSTEM, By, move_order
from orders.services.reorder import reorder
from orders.services.returns import take_in_undelivered
from orders.states import OrderState
from tests.making import make_purchase, make_user, make_variant
from tests.orders.complaining import member_of
from vendors.models import Vendor

CHIS = "+84912345678"


def in_cart(order: Order) -> list[tuple[int, int]]:
    """Fill a fresh cart from this order; [(bought, in the cart)] in the order of its lines."""
    cart, _token = open_cart(token=None, user_id=None)
    return [(one.line.quantity, one.in_cart) for one in reorder(orders=[order], cart=cart)]


def test_all_that_is_for_sale_goes_into_the_cart(an: Vendor) -> None:
    order = make_purchase({make_variant(an): 2, make_variant(an): 3}).orders.get()
    assert in_cart(order) == [(2, 2), (3, 3)]


def test_twice_is_once(an: Vendor) -> None:
    variant = make_variant(an)
    order = make_purchase({variant: 2}).orders.get()
    cart, _token = open_cart(token=None, user_id=None)
    reorder(orders=[order], cart=cart)
    assert [one.in_cart for one in reorder(orders=[order], cart=cart)] == [2]
    assert CartLine.objects.get(cart=cart).quantity == 2


def test_what_has_ended_is_left_out_and_what_is_short_is_taken_as_far_as_there_is(
    an: Vendor,
) -> None:
    gone, paused, few, fine = (make_variant(an) for _ in range(4))
    order = make_purchase({gone: 2, paused: 1, few: 4, fine: 1}).orders.get()
    Variant.objects.filter(pk=gone.pk).update(archived_at=clock.now())
    Product.objects.filter(pk=paused.product_id).update(state="paused")
    Stock.objects.filter(variant=few).update(on_hand=F("held") + 3)
    assert in_cart(order) == [(2, 0), (1, 0), (4, 3), (1, 1)]


@pytest.fixture
def chi(db: None) -> User:
    return make_user(phone=CHIS, email="chi@example.com")


def sent_code(user: User, target: str) -> str:
    send_attach_code(user=user, target=target)
    return code_text(OneTimeCode.objects.latest("pk"))


@pytest.mark.django_db(transaction=True)
def test_older_orders_join_after_a_code_and_only_those_of_this_number(
    an: Vendor, chi: User
) -> None:
    mine = make_purchase({make_variant(an): 1})
    foreign = make_purchase({make_variant(an): 1}, phone="0987 654 321")
    taken = make_purchase({make_variant(an): 1}, buyer_id=make_user().pk)
    text = sent_code(chi, CHIS)
    assert [one.pk for one in attach_purchases(user=chi, target=CHIS, text=text)] == [mine.pk]
    assert Purchase.objects.get(pk=mine.pk).buyer == chi
    assert Purchase.objects.get(pk=foreign.pk).buyer is None
    assert Purchase.objects.get(pk=taken.pk).buyer != chi
    assert AuditEntry.objects.filter(action="purchase.attach").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_right_code_nothing_joins(an: Vendor, chi: User) -> None:
    purchase = make_purchase({make_variant(an): 1})
    right = sent_code(chi, CHIS)
    with pytest.raises(WrongCode):
        attach_purchases(user=chi, target=CHIS, text="000000" if right != "000000" else "1")
    assert Purchase.objects.get(pk=purchase.pk).buyer is None


@pytest.mark.django_db(transaction=True)
def test_nobody_asks_for_a_number_that_is_not_the_accounts(an: Vendor, chi: User) -> None:
    make_purchase({make_variant(an): 1}, phone="0987 654 321")
    send_attach_code(user=chi, target="+84987654321")
    assert not OneTimeCode.objects.exists()
    assert attach_purchases(user=chi, target="+84987654321", text="123456") == []


@pytest.mark.django_db(transaction=True)
def test_orders_of_the_numbers_last_owner_stay_where_they_are(an: Vendor, chi: User) -> None:
    purchase = make_purchase({make_variant(an): 1})
    Purchase.objects.filter(pk=purchase.pk).update(
        placed_at=purchase.placed_at - timedelta(days=366)
    )
    assert attach_purchases(user=chi, target=CHIS, text=sent_code(chi, CHIS)) == []


@pytest.fixture
def undelivered(an: Vendor) -> Order:
    """Three packs that went out and couldn't be delivered."""
    order = make_purchase({make_variant(an, on_hand=10): 3}).orders.get()
    confirm_order(order=order, by=By("vendor", 1))
    order = hand_over(order=order, by=By("vendor", 1))
    move_order(order, OrderState.RETURNED, by=SYSTEM, reason="not_delivered")
    open_case(
        kind="parcel_returned",
        subject=("order", order.number),
        title="x",
        dedupe_key=f"parcel_returned:{order.number}",
    )
    return order


def test_an_undelivered_parcel_is_stock_again_as_far_as_it_can_be_sold(
    undelivered: Order, an: Vendor
) -> None:
    line, seller = undelivered.lines.get().pk, member_of(an)
    assert Stock.objects.get().on_hand == 7
    for _again in range(2):
        take_in_undelivered(order=undelivered, sellable={line: 2}, actor=seller)
    assert Stock.objects.get().on_hand == 9
    back = TakenBack.objects.get()
    assert (back.sellable, back.unsellable, back.complaint) == (2, 1, None)
    assert StockMovement.objects.filter(kind="return").count() == 1
    assert Case.objects.get(kind="parcel_returned").state == CaseState.RESOLVED
    assert {one.check for one in run_checks()} <= {"shop_shows_the_approved"}


@pytest.mark.parametrize("pieces", [-1, 4])
def test_no_more_comes_back_than_went_out(undelivered: Order, an: Vendor, pieces: int) -> None:
    line, seller = undelivered.lines.get().pk, member_of(an)
    with pytest.raises(BadQuantity):
        take_in_undelivered(order=undelivered, sellable={line: pieces}, actor=seller)
    assert Stock.objects.get().on_hand == 7


def test_only_an_undelivered_parcel_can_be_taken_in(an: Vendor) -> None:
    order = make_purchase({make_variant(an): 1}).orders.get()
    with pytest.raises(WrongState):
        take_in_undelivered(order=order, sellable={}, actor=member_of(an))
