"""The walk "Sell elsewhere" against the simulated Shopee, over real HTTP."""

import hashlib
import hmac
import io
import json
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from accounts.models import User
from catalog.models import ProductPicture, Stock, Variant
from catalog.services.stock import set_on_hand
from channels.errors import ChannelError, ConsentFailed, ShopTaken
from channels.models import ChannelOrder, Connection, ConnectionState, Listing, ListingState
from channels.services.connect import finish_consent, start_consent
from channels.services.imports import import_order, poll_connection
from channels.services.notices import handle_open
from channels.services.offer import create_listing, end_listing, offer_variant
from channels.services.push import push_stock, push_waiting
from channels.services.ship_back import on_order_moved
from channels.services.tokens import open_session
from core import clock, crypto, pictures, relay
from core.errors import NotFound
from core.models import Case, InboxNotice
from orders.models import Order
from orders.services.fulfil import hand_over
from orders.services.moves import By
from orders.states import OrderState
from tests.channels.conftest import CALLBACK, PARTNER_KEY, Shopee
from tests.making import make_purchase, make_user, make_variant, make_vendor
from vendors.models import Vendor

VENDOR = By("vendor", 1)


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (600, 750), "#b9770e").save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def variant(an: Vendor) -> Variant:
    variant = make_variant(an, on_hand=10)
    picture = pictures.from_bytes(png())
    ProductPicture.objects.create(product=variant.product, picture=picture)
    return variant


@pytest.fixture
def listing(connection: Connection, variant: Variant, owner: User) -> Listing:
    made = offer_variant(connection=connection, variant=variant, price_vnd=120_000, user=owner)
    create_listing(listing_id=made.pk)
    push_stock(listing_id=made.pk)
    made.refresh_from_db()
    return made


def stock_there(shopee: Shopee, listing: Listing) -> int:
    stock = {str(model["item_id"]): model["stock"] for model in shopee.state()["models"]}
    return int(stock[listing.item_id])


def test_consent_connects_the_shop_with_encrypted_tokens(connection: Connection) -> None:
    assert connection.state == ConnectionState.ACTIVE
    assert crypto.decrypt(connection.access_token) == open_session(connection).access_token
    assert crypto.decrypt(connection.access_token) not in connection.access_token


def test_the_way_back_works_once_and_only_for_who_started(
    shopee: Shopee, an: Vendor, owner: User
) -> None:
    back = shopee.agree(start_consent(vendor=an, user=owner))
    with pytest.raises(ConsentFailed):
        finish_consent(user=make_user(), **back)
    finish_consent(user=owner, **back)
    with pytest.raises(ConsentFailed):
        finish_consent(user=owner, **back)


def test_a_shop_belongs_to_one_vendor(shopee: Shopee, connection: Connection) -> None:
    other = make_user()
    vendor = make_vendor(owner=other)
    back = shopee.agree(start_consent(vendor=vendor, user=other))
    with pytest.raises(ShopTaken):
        finish_consent(user=other, **back)
    assert Connection.objects.get() == connection


def test_an_offer_appears_there_with_our_stock(shopee: Shopee, listing: Listing) -> None:
    assert listing.state == ListingState.LIVE
    assert stock_there(shopee, listing) == 10
    assert listing.pushed_quantity == 10


def test_creating_again_after_a_lost_answer_makes_no_second_offer(
    shopee: Shopee, listing: Listing
) -> None:
    Listing.objects.update(state=ListingState.CREATING, item_id="", model_id="")
    create_listing(listing_id=listing.pk)
    assert Listing.objects.get().item_id == listing.item_id


def test_nobody_offers_another_vendors_goods(connection: Connection, owner: User) -> None:
    foreign = make_variant(make_vendor())
    with pytest.raises(NotFound):
        offer_variant(connection=connection, variant=foreign, price_vnd=90_000, user=owner)
    assert not Listing.objects.exists()


def test_a_sale_here_lowers_the_stock_there(
    shopee: Shopee, listing: Listing, variant: Variant
) -> None:
    make_purchase({variant: 3})
    relay.run()
    assert stock_there(shopee, listing) == 7


def test_the_buffer_is_kept_back(shopee: Shopee, listing: Listing, variant: Variant) -> None:
    Connection.objects.update(stock_buffer=4)
    set_on_hand(variant=variant, on_hand=6, actor_id=None)
    relay.run()
    assert stock_there(shopee, listing) == 2


def test_a_failed_push_stays_wanted_and_the_sweeper_sends_it(
    shopee: Shopee, listing: Listing, variant: Variant
) -> None:
    shopee.control("faults", api={"path": "product/update_stock", "mode": "500", "times": 2})
    make_purchase({variant: 1})
    relay.run()
    assert stock_there(shopee, listing) == 10
    assert push_waiting() == 1
    assert stock_there(shopee, listing) == 9


def test_an_order_there_arrives_here_and_holds_stock(
    shopee: Shopee, connection: Connection, listing: Listing
) -> None:
    told = shopee.buy(shop_id=connection.shop_id, item_id=listing.item_id, quantity=2)
    import_order(connection=connection, external_id=told["order_sn"])
    order = Order.objects.get()
    assert (order.origin, order.external_id) == ("shopee", told["order_sn"])
    assert (order.state, order.total_vnd) == (OrderState.CONFIRMED, 240_000)
    assert Stock.objects.get().held == 2


def test_polling_finds_what_no_push_told_and_twice_is_once(
    shopee: Shopee, connection: Connection, listing: Listing
) -> None:
    shopee.buy(shop_id=connection.shop_id, item_id=listing.item_id)
    until = clock.now() + timedelta(seconds=5)
    assert poll_connection(connection=connection, until=until) == 1
    connection.refresh_from_db()
    assert poll_connection(connection=connection, until=until) == 1
    assert Order.objects.count() == 1
    assert Stock.objects.get().held == 1


def test_the_shipment_goes_back(shopee: Shopee, connection: Connection, listing: Listing) -> None:
    told = shopee.buy(shop_id=connection.shop_id, item_id=listing.item_id)
    import_order(connection=connection, external_id=told["order_sn"])
    order = hand_over(order=Order.objects.get(), by=VENDOR)
    payload = {"order_number": order.number, "to_state": "shipped", "by": "vendor"}
    with pytest.raises(ChannelError, match="^26"):
        on_order_moved("", payload)
    shopee.control(f"orders/{told['order_sn']}/status", status="PROCESSED")
    on_order_moved("", payload)
    on_order_moved("", payload)
    row = ChannelOrder.objects.select_related("order__parcel").get()
    assert row.shipped_back_at is not None
    assert row.order is not None
    assert row.order.parcel.tracking_code
    there = {one["order_sn"]: one for one in shopee.state()["orders"]}
    assert there[told["order_sn"]]["status"] == "PROCESSED"


def test_a_cancel_there_gives_the_units_back_once(
    shopee: Shopee, connection: Connection, listing: Listing
) -> None:
    told = shopee.buy(shop_id=connection.shop_id, item_id=listing.item_id)
    import_order(connection=connection, external_id=told["order_sn"])
    shopee.control(f"orders/{told['order_sn']}/status", status="CANCELLED")
    import_order(connection=connection, external_id=told["order_sn"])
    import_order(connection=connection, external_id=told["order_sn"])
    assert Order.objects.get().state == OrderState.CANCELLED
    assert Stock.objects.get().held == 0


def test_an_unknown_status_changes_nothing_and_calls_a_person(
    shopee: Shopee, connection: Connection, listing: Listing
) -> None:
    told = shopee.buy(shop_id=connection.shop_id, item_id=listing.item_id)
    import_order(connection=connection, external_id=told["order_sn"])
    shopee.control(f"orders/{told['order_sn']}/status", status="ON_THE_MOON")
    import_order(connection=connection, external_id=told["order_sn"])
    assert Case.objects.get().kind == "unknown_channel_state"
    assert Stock.objects.get().held == 1


def test_the_last_unit_sold_in_both_places_opens_a_case(
    shopee: Shopee, connection: Connection, listing: Listing, variant: Variant
) -> None:
    set_on_hand(variant=variant, on_hand=1, actor_id=None)
    relay.run()
    told = shopee.buy(shop_id=connection.shop_id, item_id=listing.item_id)
    make_purchase({variant: 1})
    import_order(connection=connection, external_id=told["order_sn"])
    assert Case.objects.get().kind == "oversold"
    row = Stock.objects.get()
    assert (row.on_hand, row.held) == (1, 1)


def test_a_lost_consent_stops_and_calls_the_vendor(
    shopee: Shopee, connection: Connection, listing: Listing
) -> None:
    shopee.control("revoke", shop_id=int(connection.shop_id), partner_id=2_001_887)
    Listing.objects.update(wanted=99)
    assert push_stock(listing_id=listing.pk) is False
    connection.refresh_from_db()
    assert connection.state == ConnectionState.NEEDS_REAUTH
    assert Case.objects.get().kind == "channel_consent"


def test_tokens_are_renewed_before_they_end(connection: Connection) -> None:
    before = connection.refresh_token
    Connection.objects.update(access_expires_at=clock.now())
    connection.refresh_from_db()
    open_session(connection)
    connection.refresh_from_db()
    assert crypto.decrypt(connection.refresh_token) != crypto.decrypt(before)


def test_ending_takes_the_offer_down_and_twice_is_safe(
    shopee: Shopee, listing: Listing, owner: User
) -> None:
    end_listing(listing=listing, user=owner)
    end_listing(listing=listing, user=owner)
    assert Listing.objects.get().state == ListingState.ENDED


def push_of(connection: Connection, order_sn: str) -> bytes:
    data = {"ordersn": order_sn, "status": "READY_TO_SHIP", "update_time": 1}
    return json.dumps(
        {"code": 3, "shop_id": int(connection.shop_id), "timestamp": 1, "data": data}
    ).encode()


def sign(body: bytes) -> str:
    base = CALLBACK.encode() + b"|" + body
    return hmac.new(PARTNER_KEY.encode(), base, hashlib.sha256).hexdigest()


def test_a_signed_push_brings_the_order_and_a_repeat_nothing(
    client: Client, shopee: Shopee, connection: Connection, listing: Listing
) -> None:
    told = shopee.buy(shop_id=connection.shop_id, item_id=listing.item_id)
    body = push_of(connection, told["order_sn"])
    for _ in range(3):
        answer = client.post(
            "/hooks/shopee/", body, content_type="application/json", HTTP_AUTHORIZATION=sign(body)
        )
        assert (answer.status_code, answer.content) == (204, b"")
    handle_open()
    assert InboxNotice.objects.get().handled_at is not None
    assert Order.objects.get().external_id == told["order_sn"]


@pytest.mark.parametrize("signature", ["", "wrong", "upper"])
def test_an_unsigned_push_is_refused_and_leaves_nothing(
    client: Client, connection: Connection, signature: str
) -> None:
    body = push_of(connection, "SN1")
    header = sign(body).upper() if signature == "upper" else signature
    answer = client.post(
        "/hooks/shopee/", body, content_type="application/json", HTTP_AUTHORIZATION=header
    )
    assert answer.status_code == 401
    assert not InboxNotice.objects.exists()
