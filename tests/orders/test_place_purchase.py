import uuid

import pytest

from catalog.errors import OutOfStock
from catalog.models import Stock, StockMovement
from core.errors import DomainError, InvalidInput
from core.models import OutboxEntry
from orders.errors import BadAddress, CartChanged, CartEmpty, PriceChanged, TooManyOpenOrders
from orders.models import CartLine, Hold, Order, Purchase
from orders.rules import MOST_WAITING_PER_PHONE
from orders.selectors.carts import view_cart
from orders.services.place import place_purchase
from orders.states import OrderState
from shipping.models import ShippingRate
from shipping.quotes import NoDelivery
from tests.making import make_cart, make_placement, make_purchase, make_variant
from vendors.models import Vendor


def nothing_written() -> bool:
    return not any(model.objects.exists() for model in (Purchase, Order, Hold, OutboxEntry))


def test_one_purchase_becomes_one_order_per_vendor(an: Vendor, binh: Vendor) -> None:
    cashew, pepper = make_variant(an, price_vnd=185_000), make_variant(binh, price_vnd=96_000)
    purchase = make_purchase({cashew: 2, pepper: 1})
    orders = {order.vendor_id: order for order in purchase.orders.all()}
    assert orders[an.pk].goods_vnd == 370_000
    assert orders[binh.pk].goods_vnd == 96_000
    assert [order.shipping_vnd for order in orders.values()] == [22_000, 22_000]
    assert purchase.total_vnd == 370_000 + 96_000 + 44_000
    assert all(
        order.promised_on and order.parcel.cod_vnd == order.total_vnd for order in orders.values()
    )


def test_placing_holds_every_unit_and_tells_both_vendors(an: Vendor, binh: Vendor) -> None:
    cashew, pepper = make_variant(an, on_hand=5), make_variant(binh, on_hand=1)
    make_purchase({cashew: 2, pepper: 1})
    assert list(Stock.objects.order_by("variant").values_list("on_hand", "held")) == [
        (5, 2),
        (1, 1),
    ]
    assert Hold.objects.filter(state="active", expires_at__isnull=False).count() == 2
    assert OutboxEntry.objects.filter(topic="order.placed").count() == 2
    assert StockMovement.objects.filter(kind="hold").count() == 2


def test_second_click_returns_the_first_purchase(an: Vendor) -> None:
    placement = make_placement(make_cart({make_variant(an, on_hand=5): 1}))
    assert place_purchase(placement) == place_purchase(placement)
    assert Stock.objects.get().held == 1


def test_the_cart_is_empty_afterwards_and_has_a_new_key(an: Vendor) -> None:
    cart = make_cart({make_variant(an): 1})
    old_key = cart.checkout_key
    place_purchase(make_placement(cart))
    cart.refresh_from_db()
    assert cart.checkout_key != old_key
    assert not CartLine.objects.exists()


def test_sold_out_between_cart_and_checkout_writes_nothing(an: Vendor, binh: Vendor) -> None:
    cashew, pepper = make_variant(an, on_hand=5), make_variant(binh, on_hand=1)
    placement = make_placement(make_cart({cashew: 1, pepper: 1}))
    Stock.objects.filter(variant=pepper).update(held=1)
    with pytest.raises(CartChanged):
        place_purchase(placement)
    assert nothing_written()
    assert Stock.objects.get(variant=cashew).held == 0


def test_a_changed_price_is_shown_before_anything_is_ordered(an: Vendor) -> None:
    cashew = make_variant(an, price_vnd=100_000)
    placement = make_placement(make_cart({cashew: 1}))
    cashew.price_vnd = 120_000
    cashew.save()
    with pytest.raises(PriceChanged) as refused:
        place_purchase(placement)
    assert str(refused.value) == (
        "Giá đã thay đổi: tổng tiền bây giờ là 142.000\u00a0₫. Mời bạn xem lại rồi đặt."
    )
    assert nothing_written()


@pytest.mark.parametrize("total", [0, -1, 1, 10**12])
def test_a_total_from_outside_is_never_trusted(an: Vendor, total: int) -> None:
    placement = make_placement(make_cart({make_variant(an): 1}), shown_total_vnd=total)
    with pytest.raises(PriceChanged):
        place_purchase(placement)
    assert nothing_written()


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "  ", InvalidInput),
        ("phone", "12345", InvalidInput),
        ("ward_code", "99999", BadAddress),
        ("ward_code", "", BadAddress),
        ("street", " ", BadAddress),
    ],
)
def test_bad_contact_data_is_refused_by_field(
    an: Vendor, field: str, value: str, error: type[DomainError]
) -> None:
    cart = make_cart({make_variant(an): 1})
    shown = {"shown_total_vnd": 122_000, "shown_goods": view_cart(cart).digest}
    placement = make_placement(cart, **{field: value, **shown})
    with pytest.raises(error) as refused:
        place_purchase(placement)
    assert refused.value.field == field.removesuffix("_code")
    assert nothing_written()


def test_an_empty_cart_orders_nothing(an: Vendor) -> None:
    with pytest.raises(CartEmpty):
        place_purchase(make_placement(make_cart({}), shown_total_vnd=0))


def test_no_rule_for_the_parcel_means_no_delivery(an: Vendor) -> None:
    cart = make_cart({make_variant(an): 1})
    placement = make_placement(cart)
    ShippingRate.objects.all().delete()
    with pytest.raises(NoDelivery):
        place_purchase(placement)
    assert nothing_written()


def test_one_phone_cannot_hold_the_whole_stock(an: Vendor) -> None:
    variant = make_variant(an, on_hand=100)
    for _ in range(MOST_WAITING_PER_PHONE.first):
        make_purchase({variant: 1})
    with pytest.raises(TooManyOpenOrders):
        make_purchase({variant: 1})
    assert Order.objects.filter(state=OrderState.PLACED).count() == MOST_WAITING_PER_PHONE.first


def test_stock_that_vanishes_under_the_lock_rolls_everything_back(
    an: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    variant = make_variant(an, on_hand=1)
    placement = make_placement(make_cart({variant: 1}))
    monkeypatch.setattr(
        "catalog.services.stock.TAKE",
        "UPDATE catalog_stock SET held = held WHERE false AND %(units)s > %(variant)s"
        " RETURNING held",
    )
    with pytest.raises(OutOfStock):
        place_purchase(placement)
    assert nothing_written()
    assert CartLine.objects.count() == 1


def test_another_checkout_key_of_the_same_cart_orders_an_empty_cart(an: Vendor) -> None:
    cart = make_cart({make_variant(an): 1})
    place_purchase(make_placement(cart))
    with pytest.raises(CartEmpty):
        place_purchase(make_placement(cart, checkout_key=uuid.uuid4(), shown_total_vnd=122_000))
