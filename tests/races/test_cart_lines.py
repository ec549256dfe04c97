"""The button "add" pressed many times at once."""

from functools import partial

import pytest

from orders.models import Cart, CartLine
from orders.services.cart import add_line, open_cart
from tests.making import make_user
from tests.races.conftest import MakeGoods
from tests.races.together import all_at_once

pytestmark = pytest.mark.race
TIMES = 24


def test_every_press_of_the_button_counts(make_goods: MakeGoods) -> None:
    variant = make_goods(1000)
    cart, _ = open_cart(token=None, user_id=None)
    add = partial(add_line, cart=cart, variant_id=variant.pk, quantity=2)
    assert all_at_once([add] * TIMES) == [None] * TIMES
    assert CartLine.objects.values_list("quantity", flat=True).get() == 2 * TIMES


def test_a_guest_who_signs_in_twice_at_once_has_one_cart_with_every_line(
    make_goods: MakeGoods,
) -> None:
    variants = [make_goods(10), make_goods(10)]
    user = make_user()
    guest, token = open_cart(token=None, user_id=None)
    for variant in variants:
        add_line(cart=guest, variant_id=variant.pk, quantity=1)
    ends = all_at_once([partial(open_cart, token=token, user_id=user.pk)] * 6)
    assert not [end for end in ends if isinstance(end, Exception)]
    cart = Cart.objects.get(user=user)
    assert sorted(cart.lines.values_list("variant_id", "quantity")) == sorted(
        (variant.pk, 1) for variant in variants
    )


def test_a_buyers_first_click_doubled_opens_one_cart(make_goods: MakeGoods) -> None:
    user = make_user()
    ends = all_at_once([partial(open_cart, token=None, user_id=user.pk)] * 8)
    assert not [end for end in ends if isinstance(end, Exception)]
    assert Cart.objects.filter(user=user).count() == 1
