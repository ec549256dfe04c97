"""The last unit is sold on both pages of a whole market: its own worker and intervals find out."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import urllib3
from django.conf import LazySettings

from catalog.models import ProductPicture, Stock, Variant
from catalog.services.indexing import index_product
from channels.adapters import ADAPTERS
from channels.models import Listing
from channels.services.connect import finish_consent, start_consent
from channels.services.offer import create_listing, offer_variant
from channels.services.push import push_stock
from channels.shopee.adapter import ShopeeAdapter
from core import pictures
from core.models import Case, CaseState
from orders.models import Hold, Order, Purchase
from orders.states import HoldState
from tests.browser.market import Market, running_market, working
from tests.channels.conftest import PARTNER_ID, PARTNER_KEY, an, owner
from tests.channels.test_shopee_in_step import png
from tests.faults.servers import until
from tests.making import make_variant
from tests.races.buyer import Buyer
from tests.races.conftest import page_of
from tests.races.together import many_at_once
from vendors.models import Vendor

__all__ = ["an", "owner"]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PROMISE = 60.0  # "or a Case is open within a minute"
OWN_INTERVALS = "marketplace.celery"
ALL_PUSHES = 1000


@pytest.fixture
def running(
    transactional_db: None, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Market]:
    """All but the worker; the tests' own calls reach the same Shopee."""
    with running_market(tmp_path) as market:
        settings.SHOPEE = {
            "base_url": market.shopee.base,
            "partner_id": PARTNER_ID,
            "partner_key": PARTNER_KEY,
            "push_key": "",
            "callback_url": market.env["SHOPEE_CALLBACK_URL"],
        }
        monkeypatch.setitem(ADAPTERS, "shopee", ShopeeAdapter())
        yield market


def offered(market: Market, vendor: Vendor, *, on_hand: int) -> Listing:
    """A product on both pages."""
    variant = make_variant(vendor, on_hand=on_hand)
    picture = pictures.from_bytes(png())
    ProductPicture.objects.create(product=variant.product, picture=picture)
    index_product(variant.product_id)
    user = vendor.members.get().user
    back = market.shopee.agree(start_consent(vendor=vendor, user=user))
    connection = finish_consent(user=user, **back)
    made = offer_variant(connection=connection, variant=variant, price_vnd=120_000, user=user)
    create_listing(listing_id=made.pk)
    push_stock(listing_id=made.pk)
    return Listing.objects.select_related("connection", "variant__product").get(pk=made.pk)


def ready(market: Market, variant: Variant, n: int) -> Buyer:
    """One who has only the last button left to press."""
    buyer = Buyer(market.base, n)
    assert buyer.add(page_of(variant)).status == 303
    buyer.fill()
    return buyer


def buy_here(buyer: Buyer) -> str:
    """The purchase's number; empty when it was sold out."""
    return buyer.purchase_number() if buyer.place().status == 303 else ""


def buy_there(market: Market, listing: Listing) -> str:
    """Press the button on Shopee's page; the order's number, empty when it was sold out."""
    form = {
        "shop_id": listing.connection.shop_id,
        "item_id": listing.item_id,
        "model_id": listing.model_id or "0",
    }
    answer = urllib3.request(
        "POST",
        f"{market.shopee.base}/buy",
        body=urlencode(form),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        redirect=False,
    )
    said = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert said["said"] in (["bought"], ["sold_out"])
    return said.get("sn", [""])[0]


def left_there(market: Market, listing: Listing) -> int:
    models = market.shopee.state()["models"]
    return next(int(one["stock"]) for one in models if str(one["item_id"]) == listing.item_id)


def is_answered(order_sn: str) -> bool:
    """The order has arrived, and its unit is promised to it or a person is called."""
    order = Order.objects.filter(origin="shopee", external_id=order_sn).first()
    return order is not None and (holds(order) or calls_somebody(order))


def holds(order: Order) -> bool:
    return Hold.objects.filter(order=order, state=HoldState.ACTIVE).exists()


def calls_somebody(order: Order) -> bool:
    open_cases = Case.objects.filter(state=CaseState.OPEN, subject_key=order.number)
    return open_cases.filter(kind="oversold").exists()


@pytest.mark.parametrize("pushes", ["sent", "dropped"])
def test_a_last_unit_sold_twice_is_a_case_within_a_minute(
    running: Market, an: Vendor, tmp_path: Path, pushes: str
) -> None:
    if pushes == "dropped":
        running.shopee.control("faults", push={"mode": "drop", "times": ALL_PUSHES})
    listing = offered(running, an, on_hand=2)
    first, second = (ready(running, listing.variant, n) for n in (1, 2))
    with working(running, tmp_path, application=OWN_INTERVALS):
        assert buy_here(first)
        until(lambda: left_there(running, listing) == 1)  # the worker works
        sales: list[Callable[[], str]] = [
            partial(buy_here, second),
            partial(buy_there, running, listing),
        ]
        here, there = many_at_once(sales, crowd=2)
        begun = time.monotonic()
        if there:
            until(partial(is_answered, there), seconds=PROMISE)
        assert time.monotonic() - begun < PROMISE
        until(lambda: left_there(running, listing) == 0)
    stock = Stock.objects.get()
    assert stock.held == stock.on_hand == 2
    assert Purchase.objects.filter(orders__origin="market").count() == (2 if here else 1)
    orders = Order.objects.filter(external_id=there, origin="shopee")
    told = [(holds(order), calls_somebody(order)) for order in orders]
    assert (bool(here), told) in [(True, [(False, True)]), (False, [(True, False)]), (True, [])]
    assert {one["state"] for one in running.shopee.state()["pushes"]} == {pushes}
