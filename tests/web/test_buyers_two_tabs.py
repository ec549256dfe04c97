"""S10: a second tab changes the cart while the first one orders. What is ordered was shown."""

import pytest
from django.test import Client

from orders.models import CartLine, Hold, Order, OrderLine, Purchase
from tests.making import make_category
from tests.web.buyers_making import Shop, add, field, make_shop, offer, seen, shown

pytestmark = pytest.mark.django_db
LOOK_AGAIN = "Trong giỏ có món vừa thay đổi. Mời bạn xem lại giỏ rồi hãy đặt."


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def tab(client: Client, shop: Shop) -> Client:
    """The first tab, with one pack of cashews in the cart."""
    add(client, shop.cashew)
    return client


@pytest.fixture
def other_tab(tab: Client) -> Client:
    """The same browser: one jar of cookies."""
    second = Client()
    second.cookies = tab.cookies
    return second


def nothing_ordered() -> bool:
    return not any(model.objects.exists() for model in (Purchase, Order, Hold))


def lines() -> list[tuple[int, int]]:
    return sorted(CartLine.objects.values_list("variant_id", "quantity"))


def test_a_cart_edited_in_the_second_tab_is_shown_before_the_first_one_orders(
    tab: Client, other_tab: Client, shop: Shop
) -> None:
    form = shown(tab)
    add(other_tab, shop.cashew)
    answer = tab.post("/dat-hang", form)
    assert answer.status_code == 409
    assert (
        "Giá đã thay đổi: tổng tiền bây giờ là 392.000\u00a0₫. Mời bạn xem lại rồi đặt."
        in answer.text
    )
    assert 'value="Trần Thị Chi"' in answer.text
    assert nothing_ordered()
    assert lines() == [(shop.cashew.pk, 2)]
    assert tab.post("/dat-hang", form | seen(answer))["Location"] == "/dat-hang/xong"
    assert OrderLine.objects.get().quantity == 2


def test_an_edit_after_the_order_goes_to_a_new_cart(
    tab: Client, other_tab: Client, shop: Shop
) -> None:
    form = shown(tab)
    assert tab.post("/dat-hang", form).status_code == 303
    before = list(OrderLine.objects.values_list("variant_id", "quantity", "total_vnd"))
    late = other_tab.post("/gio/sua", {"variant": shop.cashew.pk, "quantity": "5"})
    assert late.status_code == 409
    assert "Món này không còn trong giỏ nữa: vừa được đặt hoặc đã bỏ ra ở chỗ khác." in late.text
    assert add(other_tab, shop.pepper).status_code == 303
    assert list(OrderLine.objects.values_list("variant_id", "quantity", "total_vnd")) == before
    assert Purchase.objects.get().total_vnd == 185_000 + 22_000
    assert lines() == [(shop.pepper.pk, 1)]
    assert tab.post("/dat-hang", form)["Location"] == "/dat-hang/xong"
    assert Purchase.objects.count() == 1
    assert lines() == [(shop.pepper.pk, 1)]


def test_other_goods_at_the_same_total_are_not_ordered_by_an_old_page(
    tab: Client, other_tab: Client, shop: Shop
) -> None:
    twin = offer(
        shop.vendor, category=make_category(), slug="ca-phe", name_vi="Cà phê", price_vnd=185_000
    )
    form = shown(tab)
    other_tab.post("/gio/bo", {"variant": shop.cashew.pk})
    add(other_tab, twin)
    answer = tab.post("/dat-hang", form)
    assert answer.status_code == 409
    assert f"<b>{LOOK_AGAIN}</b>" in answer.text
    assert field(answer, "shown_total") == form["shown_total"]
    assert 'value="Trần Thị Chi"' in answer.text
    assert nothing_ordered()
    assert lines() == [(twin.pk, 1)]
    assert tab.post("/dat-hang", form | seen(answer)).status_code == 303
    assert OrderLine.objects.get().variant == twin


@pytest.mark.parametrize("goods", [None, "", "0", "a" * 24, "A" * 9000])
def test_goods_from_outside_count_for_nothing(tab: Client, goods: str | None) -> None:
    form = shown(tab)
    form.pop("shown_goods")
    answer = tab.post("/dat-hang", form | ({} if goods is None else {"shown_goods": goods}))
    assert answer.status_code == 409
    assert f"<b>{LOOK_AGAIN}</b>" in answer.text
    assert nothing_ordered()


def test_the_english_page_says_it_too(tab: Client) -> None:
    answer = tab.post("/en/dat-hang", shown(tab) | {"shown_goods": "x"})
    assert answer.status_code == 409
    assert (
        "Something in your cart has changed. Please look at it again before you order."
        in answer.text
    )
