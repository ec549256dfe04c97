"""The main job from end to end, on a phone, against the real worker and the simulated parties."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from catalog.models import Product, Revision, Stock
from channels.models import ChannelOrder, Listing
from core import clock
from core.models import Case
from marketplace.books import run_checks
from orders.models import Order, Purchase
from orders.states import OrderState
from tests.browser import buying, deciding, mailbox, selling
from tests.browser.buying import Guest
from tests.browser.conftest import Meet
from tests.browser.market import Market
from tests.browser.person import Person
from tests.browser.scene import Scene
from tests.browser.selling import Goods, Seller

pytestmark = pytest.mark.browser
SELLER, GOODS, GUEST = Seller(), Goods(), Guest()
CLOSED = "Đã đóng"
REASON = "Xin ghi rõ số nhà và tên đường."


def test_the_walk(market: Market, scene: Scene, worker: None, meet: Meet) -> None:
    seller, staff, guest = meet(), meet(), meet()
    becomes_a_seller(seller, staff, login=SELLER.phone)
    product = lists_goods(seller, staff, guest, scene)
    purchase = buys_of_two_vendors(guest)
    elsewhere = meet()
    fulfils(seller, elsewhere, purchase)
    closes(elsewhere, purchase)
    sells_on_shopee_too(market, seller, guest, product)
    cancelled_in_time(guest, product)
    assert [person.troubles for person in (seller, staff, guest)] == [[], [], []]
    assert run_checks() == []


def becomes_a_seller(seller: Person, staff: Person, *, login: str) -> None:
    """Steps 1 and 2: sign-up, the file, changes asked for, mended, approved; each decision is
    told by text message and by mail."""
    selling.sign_up(seller, SELLER, login=login)
    selling.fill_file(seller, SELLER)
    selling.add_paper(seller)
    selling.send_file(seller)
    deciding.sign_in(staff)
    deciding.open_file(staff, SELLER.name)
    deciding.ask_for_changes(staff, "street", REASON)
    for to in (SELLER.phone, SELLER.email):
        assert REASON.rstrip(".") in mailbox.letter(seller, to, "cần sửa")
    selling.mend_street(seller, REASON, "12 đường ĐT 760")
    selling.send_file(seller)
    deciding.open_file(staff, SELLER.name)
    deciding.accept_papers(staff)
    deciding.decide(staff, "approve")
    assert "đã được tỉnh duyệt. Mời" in mailbox.letter(seller, SELLER.phone, "duyệt")
    assert "Chúc mừng bạn!" in mailbox.letter(seller, SELLER.email, "đã được duyệt")


def lists_goods(seller: Person, staff: Person, guest: Person, scene: Scene) -> int:
    """Step 3: listed, approved, found at once; a new name waits, a new price doesn't."""
    product = selling.list_goods(seller, GOODS, scene.salted.pk)
    buying.search(guest, "hat dieu rang muoi")
    guest.misses(GOODS.name)
    deciding.approve_product(staff, GOODS.name)
    approved = time.monotonic()
    guest.go("/tim?q=hat+dieu+rang+muoi")
    guest.sees(GOODS.name)
    assert time.monotonic() - approved < 1.0
    selling.change_name(seller, product, "Hạt điều rang muối loại một")
    assert Revision.objects.get().product_id == product
    selling.change_price(seller, product, "190.000")
    guest.go("/tim?q=hat+dieu+rang+muoi")
    guest.sees(GOODS.name, "190.000")
    guest.misses("loại một")
    return product


def buys_of_two_vendors(guest: Person) -> Purchase:
    """Step 4: found without accents, goods of two vendors, at most seven fields, cash."""
    buying.search(guest, "hat dieu rang muoi")
    buying.open_product(guest, GOODS.name)
    buying.add_to_cart(guest)
    buying.search(guest, "mat ong")
    buying.open_product(guest, "Mật ong hoa điều")
    buying.add_to_cart(guest)
    buying.open_checkout(guest)
    assert buying.visible_fields(guest) <= 7
    purchase = Purchase.objects.get(number=buying.place(guest, GUEST))
    orders = list(purchase.orders.order_by("vendor_id"))
    assert [order.vendor.short_name or order.vendor.name for order in orders] == [
        "HTX Bù Gia Mập",
        SELLER.name,
    ]
    for order in orders:
        assert order.shipping_vnd == 22_000
        assert order.promised_on is not None
        assert order.parcel.cod_vnd == order.total_vnd
        guest.sees(order.number)
    assert purchase.total_vnd == 190_000 + 165_000 + 2 * 22_000
    mailbox.letter(guest, GUEST.phone, purchase.number)
    return purchase


def fulfils(seller: Person, elsewhere: Person, purchase: Purchase) -> None:
    """Steps 5 and 6: the vendor's three steps, the carrier's trip, and the buyer looking on."""
    order = purchase.orders.get(vendor__name=SELLER.name)
    for to in (SELLER.phone, SELLER.email):
        mailbox.letter(seller, to, order.number)
    selling.take_step(seller, order.number, "xac-nhan")
    buying.follow(elsewhere, purchase.number, GUEST)
    elsewhere.sees(order.number, "Đã xác nhận")
    elsewhere.shoot("62-order-confirmed")
    selling.take_step(seller, order.number, "dong-goi")
    selling.take_step(seller, order.number, "giao")
    elsewhere.until("Đã giao", within=f"#{order.number} header .tag", seconds=40)
    elsewhere.shoot("63-order-delivered")
    order.refresh_from_db()
    assert (order.state, order.parcel.tracking_code[:2]) == (OrderState.DELIVERED, "VC")
    stock = Stock.objects.get(variant__product__vendor=order.vendor)
    assert (stock.on_hand, stock.held) == (19, 0)
    mailbox.letter(elsewhere, GUEST.phone, "đã được giao")


def closes(elsewhere: Person, purchase: Purchase) -> None:
    """Step 5, the end: the days for complaints are over, the worker closes the order."""
    order = purchase.orders.get(vendor__name=SELLER.name)
    assert order.close_after is not None
    past = clock.now() - timedelta(minutes=1)
    assert order.close_after > past
    Order.objects.filter(pk=order.pk).update(close_after=past)
    elsewhere.until(CLOSED, within=f"#{order.number} header .tag")
    elsewhere.shoot("66-order-closed")
    order.refresh_from_db()
    assert order.state == OrderState.CLOSED


def sells_on_shopee_too(market: Market, seller: Person, guest: Person, product: int) -> None:
    """Step 7: connected, offered; a sale here lowers the number there, an order there comes here
    and its shipment goes back."""
    selling.connect_shopee(seller)
    selling.offer_there(seller)
    seller.until("bên đó 19")
    seller.shoot("72-offered")
    listing = Listing.objects.get(variant__product_id=product)
    guest.go(f"/san-pham/{Product.objects.get(pk=product).slug}-{product}")
    buying.add_to_cart(guest)
    buying.open_checkout(guest)
    buying.place(guest, GUEST)
    until(lambda: shopee_stock(market, listing), 18)
    told = market.shopee.buy(shop_id=listing.connection.shop_id, item_id=listing.item_id)
    until(lambda: ChannelOrder.objects.filter(external_id=told["order_sn"]).count(), 1)
    order = Order.objects.get(channel_order__external_id=told["order_sn"])
    stock = Stock.objects.get(pk=listing.variant_id)
    assert (stock.on_hand, stock.held) == (19, 2)
    for step in ("dong-goi", "giao"):
        selling.take_step(seller, order.number, step)
    until(lambda: shopee_order(market, told["order_sn"]), "PROCESSED")
    for status in ("SHIPPED", "TO_CONFIRM_RECEIVE", "COMPLETED"):
        market.shopee.control(f"orders/{told['order_sn']}/status", status=status)
    # The worker may close it before anybody looks.
    arrived = (OrderState.DELIVERED, OrderState.CLOSED)
    until(lambda: Order.objects.get(pk=order.pk).state in arrived, True)  # noqa: FBT003
    assert not Case.objects.exists()


def cancelled_in_time(guest: Person, product: int) -> None:
    """Step 5, the other end: nobody confirms, the worker cancels and gives the units back."""
    order = Order.objects.get(state=OrderState.PLACED, lines__variant__product_id=product)
    before = Stock.objects.get(variant__product_id=product).held
    past = clock.now() - timedelta(minutes=1)
    Order.objects.filter(pk=order.pk).update(confirm_by=past)
    until(lambda: Order.objects.get(pk=order.pk).state, OrderState.CANCELLED)
    assert Stock.objects.get(variant__product_id=product).held == before - 1
    mailbox.letter(guest, GUEST.phone, f"{order.number} .* đã huỷ")


def until(look: Callable[[], object], wanted: object, *, seconds: float = 30.0) -> None:
    """Wait for the worker: until a look gives what is wanted."""
    ends = time.monotonic() + seconds
    while (found := look()) != wanted:
        assert time.monotonic() < ends, f"{found!r} instead of {wanted!r}"
        time.sleep(0.2)


def shopee_stock(market: Market, listing: Listing) -> int:
    models = market.shopee.state()["models"]
    return next(int(m["stock"]) for m in models if m["item_id"] == int(listing.item_id))


def shopee_order(market: Market, order_sn: str) -> str:
    orders = market.shopee.state()["orders"]
    return next(str(order["status"]) for order in orders if order["order_sn"] == order_sn)
