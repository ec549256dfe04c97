import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from channels.errors import ChannelError, Kind
from channels.shopee.client import ShopeeClient
from channels.shopee.refusals import kind_of
from channels.shopee.wire import NewItem, ShopAccess
from simulators.testing import running_simulator
from tests.simulators.calling import KEY, PARTNER_ID, PNG, Answer, Partner, send


def sender(
    method: str,
    url: str,
    *,
    headers: dict[str, str],
    body: bytes | None,
    timeout: tuple[float, float],
) -> Answer:
    return send(method, url, body, headers)


@dataclass
class Cast:
    """The adapter, the shop that let it in, and the simulator's control side."""

    client: ShopeeClient
    shop: ShopAccess
    refresh: str
    sim: Partner

    def offer(self, *, stock: int = 10, sku: str = "DIEU-500") -> int:
        item = NewItem(
            name="Hạt điều rang muối 500 g",
            description="Hạt điều rang muối vỏ lụa, đóng hũ 500 g.",
            category_id=100802,
            price_vnd=180000,
            stock=stock,
            weight_kg=0.6,
            image_ids=(self.client.upload_image(PNG),),
            sku=sku,
            channel_ids=self.client.delivery_channels(self.shop, weight_kg=0.6),
        )
        return self.client.add_item(self.shop, item)

    def recent(self, *, page_size: int = 100, cursor: str = "") -> tuple[list[str], str | None]:
        now = datetime.now(UTC)
        page = self.client.list_orders(
            self.shop,
            updated_from=now - timedelta(hours=1),
            updated_to=now + timedelta(minutes=1),
            page_size=page_size,
            cursor=cursor,
        )
        return list(page.order_sns), page.next_cursor


def consent(client: ShopeeClient) -> dict[str, str]:
    page = send("GET", client.auth_url("http://market.test/back?state=s1")).body.decode()
    ticket = page.split('name="ticket" value="')[1].split('"')[0]
    form = urlencode({"ticket": ticket, "shop": "600001", "answer": "agree"})
    answer = send("POST", f"{client.base_url}/seller/consent", form.encode())
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    with running_simulator(tmp_path) as base:
        sim = Partner(base)
        sim.control("partners", partner_id=PARTNER_ID, key=KEY)
        client = ShopeeClient(PARTNER_ID, KEY, base, sender)
        back = consent(client)
        tokens = client.get_token(code=back["code"], shop_id=int(back["shop_id"]))
        shop = ShopAccess(600001, tokens.access_token)
        yield Cast(client, shop, tokens.refresh_token, sim)


def test_consent_and_rotation(cast: Cast) -> None:
    assert cast.client.shop_name(cast.shop) == "Gian hàng thử: Điều Bù Đăng"
    new = cast.client.refresh_token(refresh_token=cast.refresh, shop_id=600001)
    assert (new.expires_in, new.refresh_token != cast.refresh) == (14400, True)
    with pytest.raises(ChannelError) as refused:
        cast.client.refresh_token(refresh_token=cast.refresh, shop_id=600001)
    assert (refused.value.code, refused.value.kind) == ("error_shop_refresh_token", Kind.REAUTH)


def test_secrets_are_not_shown(cast: Cast) -> None:
    shown = f"{cast.client!r} {cast.shop!r}"
    assert KEY not in shown
    assert cast.shop.access_token not in shown


def test_an_offer_is_made_found_read_changed_and_taken_down(cast: Cast) -> None:
    item_id = cast.offer()
    assert cast.client.find_by_sku(cast.shop, "DIEU-500") == (item_id,)
    cast.client.update_item(cast.shop, item_id, {"item_name": "Hạt điều rang củi 500 g"})
    assert cast.client.update_stock(cast.shop, item_id, {0: 4}).done == (0,)
    assert cast.client.update_price(cast.shop, item_id, {0: 175000}).failed == {}
    (item,) = cast.client.get_item_base_info(cast.shop, [item_id])
    assert (item.name, item.stock, item.price_vnd) == ("Hạt điều rang củi 500 g", 4, 175000)
    assert (item.status, item.sku, item.has_models) == ("NORMAL", "DIEU-500", False)
    assert cast.client.unlist(cast.shop, [item_id, 5]).failed == {5: "Item_id is not found."}
    assert cast.client.list_items(cast.shop).item_ids == (item_id,)
    (item,) = cast.client.get_item_base_info(cast.shop, [item_id])
    assert item.status == "UNLIST"


def test_items_are_paged(cast: Cast) -> None:
    made = [cast.offer(sku=f"S{n}") for n in range(3)]
    first = cast.client.list_items(cast.shop, page_size=2)
    assert (list(first.item_ids), first.next_offset) == (made[:2], 2)
    last = cast.client.list_items(cast.shop, offset=2, page_size=2)
    assert (list(last.item_ids), last.next_offset) == (made[2:], None)


def test_leaf_categories_are_told(cast: Cast) -> None:
    leaves = {c.category_id: c.name for c in cast.client.categories(cast.shop) if c.is_leaf}
    assert leaves[100802] == "Hạt & Đậu"
    assert 100629 not in leaves


def test_only_channels_that_carry_the_weight_are_offered(cast: Cast) -> None:
    found = [cast.client.delivery_channels(cast.shop, weight_kg=w) for w in (1, 25, 31)]
    assert found == [(50021, 50012), (50021,), ()]


def test_a_batch_in_which_all_failed_is_a_result(cast: Cast) -> None:
    item_id = cast.offer()
    with pytest.raises(ChannelError) as refused:
        cast.client.update_stock(cast.shop, item_id, {7: 1})
    assert refused.value.kind == Kind.REFUSED
    result = cast.client.unlist(cast.shop, [5, 6])
    assert (result.done, list(result.failed)) == ((), [5, 6])


def test_stock_and_price_under_a_promotion_are_locked(cast: Cast) -> None:
    item_id = cast.offer()
    cast.sim.control("promotions", item_id=item_id, reserved=5)
    with pytest.raises(ChannelError) as refused:
        cast.client.update_stock(cast.shop, item_id, {0: 4})
    assert (refused.value.kind, refused.value.retryable) == (Kind.LOCKED, False)
    assert "promotion" in cast.client.update_price(cast.shop, item_id, {0: 1000}).failed[0]
    (item,) = cast.client.get_item_base_info(cast.shop, [item_id])
    assert (item.stock, item.reserved, item.in_promotion) == (10, 5, True)


def test_an_order_is_listed_read_shipped_and_numbered(cast: Cast) -> None:
    cast.sim.control("settings", tracking_seconds=0)
    item_id = cast.offer()
    order_sn = cast.sim.buy(item_id, 2, message="Gói kỹ giúp", cod=True)["order_sn"]
    assert cast.recent() == ([order_sn], None)
    (order,) = cast.client.order_details(cast.shop, [order_sn])
    assert (order.status, order.total_vnd, order.is_cod) == ("READY_TO_SHIP", 376500, True)
    assert (order.message, order.recipient.phone[:4]) == ("Gói kỹ giúp", "8490")
    (line,) = order.lines
    assert (line.item_id, line.quantity, line.unit_price_vnd, line.sku) == (
        item_id,
        2,
        180000,
        "DIEU-500",
    )
    ways = cast.client.shipping_parameter(cast.shop, order_sn)
    assert ways.can_drop_off
    cast.client.ship_order(cast.shop, order_sn, ways.pickups[0])
    with pytest.raises(ChannelError) as again:
        cast.client.ship_order(cast.shop, order_sn, ways.pickups[0])
    assert again.value.kind == Kind.ALREADY_DONE
    assert cast.client.tracking_number(cast.shop, order_sn) in (
        "",
        cast.sim.state()["orders"][0]["tracking_number"],
    )


def test_an_order_can_be_dropped_off(cast: Cast) -> None:
    order_sn = cast.sim.buy(cast.offer())["order_sn"]
    cast.client.ship_order(cast.shop, order_sn, None)
    assert cast.sim.state()["orders"][0]["status"] == "PROCESSED"


def test_orders_are_paged_by_cursor(cast: Cast) -> None:
    item_id = cast.offer()
    bought = {cast.sim.buy(item_id)["order_sn"] for _ in range(3)}
    first, cursor = cast.recent(page_size=2)
    rest, end = cast.recent(page_size=2, cursor=cursor or "")
    assert ({*first, *rest}, len(first), end) == (bought, 2, None)


def test_an_order_out_of_stock_is_cancelled_and_a_buyers_wish_answered(cast: Cast) -> None:
    item_id = cast.offer()
    first = cast.sim.buy(item_id)["order_sn"]
    cast.client.cancel_order(cast.shop, first, out_of_stock=[(item_id, 0)])
    (order,) = cast.client.order_details(cast.shop, [first])
    assert (order.status, order.cancel_by, order.cancel_reason) == (
        "CANCELLED",
        "seller",
        "OUT_OF_STOCK",
    )
    second = cast.sim.buy(item_id)["order_sn"]
    cast.sim.control(f"orders/{second}/status", status="IN_CANCEL")
    cast.client.answer_cancellation(cast.shop, second, accept=False)
    (order,) = cast.client.order_details(cast.shop, [second])
    assert order.status == "READY_TO_SHIP"


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("500", Kind.RETRYABLE), ("rate_limit", Kind.RATE_LIMITED), ("error:odd", Kind.REFUSED)],
)
@pytest.mark.parametrize("plain_200", [0, 1])
def test_errors_are_sorted_whatever_the_http_status(
    cast: Cast, mode: str, kind: Kind, plain_200: int
) -> None:
    cast.sim.control("settings", plain_200=plain_200)
    cast.sim.control("faults", api={"mode": mode})
    with pytest.raises(ChannelError) as failed:
        cast.client.shop_name(cast.shop)
    assert failed.value.kind == kind
    assert failed.value.retryable is (kind is not Kind.REFUSED)


def test_a_wrong_token_asks_for_a_new_one_and_a_lost_item_is_not_found(cast: Cast) -> None:
    with pytest.raises(ChannelError) as refused:
        cast.client.shop_name(ShopAccess(600001, "f" * 32))
    assert refused.value.kind == Kind.REAUTH
    with pytest.raises(ChannelError) as missing:
        cast.client.get_item_base_info(cast.shop, [5])
    assert missing.value.kind == Kind.NOT_FOUND


def test_a_late_clock_is_worth_another_try(cast: Cast) -> None:
    late = replace(cast.client, now=lambda: datetime.now(UTC).timestamp() - 400)
    with pytest.raises(ChannelError) as refused:
        late.shop_name(cast.shop)
    assert refused.value.kind == Kind.RETRYABLE


def test_lost_pushes_are_read_and_confirmed(cast: Cast) -> None:
    callback = "http://127.0.0.1:9/hooks"
    cast.sim.control("partners", partner_id=PARTNER_ID, key=KEY, callback=callback)
    cast.sim.control("settings", push_scale=0)
    order_sn = cast.sim.buy(cast.offer())["order_sn"]
    deadline = time.monotonic() + 8
    lost = cast.client.lost_pushes()
    while not lost.notices and time.monotonic() < deadline:
        time.sleep(0.05)
        lost = cast.client.lost_pushes()
    ((code, shop_id, data),) = lost.notices
    assert (code, shop_id, json.loads(data)["ordersn"]) == (3, 600001, order_sn)
    cast.client.confirm_lost_pushes(lost.last_id)
    assert cast.client.lost_pushes().notices == ()


@dataclass(frozen=True)
class Canned:
    """A sender that gives back one answer."""

    status: int
    body: bytes

    def __call__(
        self,
        method: str,
        url: str,
        *,
        headers: dict[str, str],
        body: bytes | None,
        timeout: tuple[float, float],
    ) -> Answer:
        return Answer(self.status, {}, self.body)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (502, b"<html>bad gateway</html>", Kind.RETRYABLE),
        (429, b"slow down", Kind.RATE_LIMITED),
        (200, b"", Kind.RETRYABLE),
        (200, b"[]", Kind.RETRYABLE),
        (200, b'{"message": "no error field"}', Kind.RETRYABLE),
        (200, b'{"error": ""}', Kind.RETRYABLE),
        (200, b'{"error": "", "response": null}', Kind.RETRYABLE),
        (200, b'{"error": "", "response": {"item_id": "x"}}', Kind.RETRYABLE),
    ],
)
def test_an_unreadable_answer_is_worth_another_try(status: int, body: bytes, kind: Kind) -> None:
    client = ShopeeClient(1, "k", "http://shopee.test", Canned(status, body))
    with pytest.raises(ChannelError) as failed:
        client.find_by_sku(ShopAccess(1, "t"), "S1")
    assert (failed.value.code, failed.value.kind) == ("unreadable", kind)


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("error_auth", "Invalid access_token.", Kind.REAUTH),
        ("error_auth", "Stock should be larger than reserved stock.", Kind.LOCKED),
        ("error_auth", "No permission to current api.", Kind.REFUSED),
        ("error.param", "Can not update item with stock less than reserved stock", Kind.LOCKED),
        ("error_holiday_mode_change_stock", "Cannot change stock in holiday mode.", Kind.REFUSED),
        ("shop_access_expired", "", Kind.REAUTH),
        ("shop_banned", "", Kind.REFUSED),
        ("error_limit", "", Kind.RATE_LIMITED),
        ("logistics.error_param", "Order has been shipped.", Kind.ALREADY_DONE),
        ("logistics.error_param", "The order is being allocated, please wait", Kind.RETRYABLE),
        ("error_sign", "Wrong sign.", Kind.REFUSED),
    ],
)
def test_codes_with_several_meanings_are_told_apart(code: str, message: str, kind: Kind) -> None:
    assert kind_of(code, message) == kind
