"""The last unit is sold here and on Shopee at the same moment."""

import time
from collections.abc import Callable
from functools import partial

import pytest

from accounts.models import User
from catalog.models import ProductPicture, Stock, Variant
from catalog.services.indexing import index_product
from catalog.services.stock import set_on_hand
from channels.models import ChannelOrder, Connection, Listing
from channels.services.imports import import_order
from channels.services.offer import create_listing, offer_variant
from channels.services.push import push_stock
from core import pictures
from core.errors import DomainError
from core.models import Case, CaseState
from orders.models import Hold, Purchase
from orders.services.place import Placement, place_purchase
from orders.states import HoldState
from tests.channels.conftest import Shopee, an, connection, owner, shopee
from tests.channels.test_shopee_in_step import png
from tests.making import make_cart, make_placement, make_variant
from tests.races.together import all_at_once
from vendors.models import Vendor

__all__ = ["an", "connection", "owner", "shopee"]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = 20


@pytest.fixture
def variant(an: Vendor) -> Variant:
    variant = make_variant(an, on_hand=5)
    picture = pictures.from_bytes(png())
    ProductPicture.objects.create(product=variant.product, picture=picture)
    index_product(variant.product_id)
    return variant


@pytest.fixture
def listing(connection: Connection, variant: Variant, owner: User) -> Listing:
    made = offer_variant(connection=connection, variant=variant, price_vnd=120_000, user=owner)
    create_listing(listing_id=made.pk)
    made.refresh_from_db()
    return made


def place_after(seconds: float, placement: Placement) -> Purchase:
    """Asking Shopee for the truth takes some milliseconds: ours starts a little later each round,
    so that either side comes first in some."""
    time.sleep(seconds)
    return place_purchase(placement)


def test_nobody_is_promised_a_unit_twice(
    shopee: Shopee, connection: Connection, listing: Listing, variant: Variant
) -> None:
    for round_ in range(ROUNDS):
        promised = Stock.objects.get(variant=variant).held
        set_on_hand(variant=variant, on_hand=promised + 1, actor_id=None)
        push_stock(listing_id=listing.pk)
        placement = make_placement(make_cart({variant: 1}), phone=f"09120000{round_:02d}")
        told = shopee.buy(shop_id=connection.shop_id, item_id=listing.item_id)
        sales: list[Callable[[], Purchase | ChannelOrder]] = [
            partial(place_after, round_ * 0.003, placement),
            partial(import_order, connection=connection, external_id=told["order_sn"]),
        ]
        ours, theirs = all_at_once(sales)
        stock = Stock.objects.get(variant=variant)
        assert stock.held == stock.on_hand == promised + 1
        assert isinstance(theirs, ChannelOrder)
        order = theirs.order
        assert order is not None
        held_there = Hold.objects.filter(order=order, state=HoldState.ACTIVE).exists()
        case_open = Case.objects.filter(
            kind="oversold", subject_key=order.number, state=CaseState.OPEN
        ).exists()
        assert (isinstance(ours, Purchase), held_there, case_open) in {
            (True, False, True),
            (False, True, False),
        }
        assert isinstance(ours, Purchase | DomainError)
