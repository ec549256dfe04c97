"""Signing in: what this device held joins what the account held already."""

from datetime import timedelta

import pytest

from core import clock
from orders.models import Cart, CartLine
from orders.models.cart import MAX_QUANTITY
from orders.services.cart import (
    add_line,
    find_cart,
    has_just_joined,
    open_cart,
    set_aside,
    take_up,
)
from tests.making import make_user, make_variant
from vendors.models import Vendor

pytestmark = pytest.mark.django_db


def quantities(cart: Cart) -> dict[int, int]:
    return dict(CartLine.objects.filter(cart=cart).values_list("variant_id", "quantity"))


def test_the_goods_of_two_devices_come_together_up_to_what_is_left(an: Vendor) -> None:
    both, short, mine, theirs = (make_variant(an, on_hand=n) for n in (20, 5, 9, 9))
    user = make_user()
    own, _ = open_cart(token=None, user_id=user.pk)
    for variant, quantity in ((both, 4), (short, 3), (mine, 1)):
        add_line(cart=own, variant_id=variant.pk, quantity=quantity)
    guest, token = open_cart(token=None, user_id=None)
    for variant, quantity in ((both, 5), (short, 4), (theirs, 2)):
        add_line(cart=guest, variant_id=variant.pk, quantity=quantity)
    joined = find_cart(token=token, user_id=user.pk)
    assert joined == own
    assert quantities(own) == {both.pk: 9, short.pk: 5, mine.pk: 1, theirs.pk: 2}
    assert joined is not None
    assert has_just_joined(joined)
    assert not Cart.objects.filter(pk=guest.pk).exists()
    with clock.shifted(timedelta(minutes=11)):
        assert not has_just_joined(joined)


def test_no_line_grows_beyond_what_a_cart_may_hold(an: Vendor) -> None:
    variant = make_variant(an, on_hand=100_000)
    user = make_user()
    own, _ = open_cart(token=None, user_id=user.pk)
    guest, token = open_cart(token=None, user_id=None)
    for cart in (own, guest):
        add_line(cart=cart, variant_id=variant.pk, quantity=6_000)
    find_cart(token=token, user_id=user.pk)
    assert quantities(own) == {variant.pk: MAX_QUANTITY}


def test_an_account_without_goods_says_nothing_about_joining(an: Vendor) -> None:
    user = make_user()
    guest, token = open_cart(token=None, user_id=None)
    add_line(cart=guest, variant_id=make_variant(an).pk, quantity=1)
    cart = find_cart(token=token, user_id=user.pk)
    assert cart is not None
    assert not has_just_joined(cart)


def test_the_price_seen_first_stays_so_that_a_change_is_told(an: Vendor) -> None:
    variant = make_variant(an, price_vnd=100_000)
    user = make_user()
    own, _ = open_cart(token=None, user_id=user.pk)
    add_line(cart=own, variant_id=variant.pk, quantity=1)
    variant.price_vnd = 90_000
    variant.save()
    guest, token = open_cart(token=None, user_id=None)
    add_line(cart=guest, variant_id=variant.pk, quantity=1)
    find_cart(token=token, user_id=user.pk)
    assert CartLine.objects.get(cart=own).seen_price_vnd == 100_000


def test_a_line_set_aside_is_wanted_again_when_it_is_added_again(an: Vendor) -> None:
    variant = make_variant(an)
    cart, _ = open_cart(token=None, user_id=None)
    add_line(cart=cart, variant_id=variant.pk, quantity=1)
    set_aside(cart=cart, variant_ids=[variant.pk])
    assert CartLine.objects.get().set_aside
    take_up(cart=cart, variant_id=variant.pk)
    assert not CartLine.objects.get().set_aside
    set_aside(cart=cart, variant_ids=[variant.pk])
    add_line(cart=cart, variant_id=variant.pk, quantity=1)
    assert CartLine.objects.values_list("set_aside", "quantity").get() == (False, 2)
