"""The calls to the Shopee Open Platform v2 that we make, typed.

Every method returns plain values of `wire`, or raises ChannelError with a kind; what `send` itself
raises (no connection, time-out, open breaker) passes through. Nothing here is retried.
"""

import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode

from channels.shopee.reading import (
    Response,
    checked,
    read,
    read_batch,
    read_categories,
    read_channels,
    read_item,
    read_item_page,
    read_lost_pushes,
    read_model,
    read_order,
    read_order_page,
    read_tokens,
    read_ways,
)
from channels.shopee.signing import auth_link, sign_public, sign_shop
from channels.shopee.wire import (
    JSON,
    BatchResult,
    Category,
    Item,
    ItemPage,
    LostPushes,
    Model,
    NewItem,
    Order,
    OrderPage,
    Pickup,
    ShippingWays,
    ShopAccess,
    Tokens,
)

PREFIX = "/api/v2/"
TIMEOUT = (3.05, 15.0)
ORDER_FIELDS = (
    "buyer_username,recipient_address,item_list,total_amount,package_list,cancel_by,"
    "cancel_reason,buyer_cancel_reason,pay_time,estimated_shipping_fee,payment_method"
)


class Sender(Protocol):
    def __call__(
        self,
        method: str,
        url: str,
        *,
        headers: dict[str, str],
        body: bytes | None,
        timeout: tuple[float, float],
    ) -> Response: ...


@dataclass(frozen=True)
class ShopeeClient:
    """One app at one Shopee host. Safe to share between threads."""

    partner_id: int
    partner_key: str = field(repr=False)
    base_url: str
    send: Sender
    now: Callable[[], float] = time.time

    # consent and tokens

    def auth_url(self, redirect: str) -> str:
        """Where to send the seller's browser; good for five minutes."""
        return auth_link(
            base_url=self.base_url,
            partner_id=self.partner_id,
            partner_key=self.partner_key,
            timestamp=int(self.now()),
            redirect=redirect,
        )

    def get_token(self, *, code: str, shop_id: int) -> Tokens:
        """Trade the code of the consent page; it works once."""
        body = {"code": code, "partner_id": self.partner_id, "shop_id": shop_id}
        return read(read_tokens, self._post("auth/token/get", body))

    def refresh_token(self, *, refresh_token: str, shop_id: int) -> Tokens:
        """A new pair. The old refresh token is dead even if this answer is lost."""
        body = {"refresh_token": refresh_token, "partner_id": self.partner_id, "shop_id": shop_id}
        return read(read_tokens, self._post("auth/access_token/get", body))

    def shop_name(self, shop: ShopAccess) -> str:
        data = self._get("shop/get_shop_info", shop=shop)
        return read(lambda found: str(found["shop_name"]), data)

    # goods

    def categories(self, shop: ShopAccess, *, language: str = "vi") -> tuple[Category, ...]:
        data = self._get("product/get_category", shop=shop, query={"language": language})
        return read(read_categories, data)

    def delivery_channels(self, shop: ShopAccess, *, weight_kg: float = 0) -> tuple[int, ...]:
        """The delivery channels that are switched on for the shop and carry this weight."""
        data = self._get("logistics/get_channel_list", shop=shop)
        return read(lambda found: read_channels(found, weight_kg), data)

    def upload_image(self, image: bytes) -> str:
        """Hand over one JPEG or PNG of at most 10 MB. Returns its id for `add_item`."""
        edge = secrets.token_hex(16)
        kind = "png" if image.startswith(b"\x89PNG") else "jpeg"
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="image"; filename="image.{kind}"'
            f"\r\nContent-Type: image/{kind}\r\n\r\n"
        )
        raw = head.encode() + image + f"\r\n--{edge}--\r\n".encode()
        url = self._url("media_space/upload_image", None)
        answer = self._send("POST", url, raw, f"multipart/form-data; boundary={edge}")
        return read(lambda found: str(found["response"]["image_info"]["image_id"]), checked(answer))

    def add_item(self, shop: ShopAccess, item: NewItem) -> int:
        """Create an offer. Not safe to repeat: after a lost answer look with `find_by_sku`."""
        data = self._post("product/add_item", item.body(), shop=shop)
        return read(lambda found: int(found["response"]["item_id"]), data)

    def find_by_sku(self, shop: ShopAccess, sku: str) -> tuple[int, ...]:
        """The living items with this seller SKU, on the item or on a model."""
        query = {"item_sku": sku, "page_size": 50}
        data = self._get("product/search_item", shop=shop, query=query)
        return read(lambda found: tuple(map(int, found["response"]["item_id_list"])), data)

    def update_item(self, shop: ShopAccess, item_id: int, changes: JSON) -> None:
        """Change texts, pictures, weight …; `changes` in the platform's own field names."""
        self._post("product/update_item", {"item_id": item_id, **changes}, shop=shop)

    def update_stock(self, shop: ShopAccess, item_id: int, stock: Mapping[int, int]) -> BatchResult:
        """Set stock per model (0 for an item without), absolutely. Twice is safe. ≤ 50 models."""
        entries = [
            {"model_id": model_id, "seller_stock": [{"stock": quantity}]}
            for model_id, quantity in stock.items()
        ]
        body = {"item_id": item_id, "stock_list": entries}
        return self._batch("product/update_stock", shop, body, "model_id")

    def update_price(
        self, shop: ShopAccess, item_id: int, prices_vnd: Mapping[int, int]
    ) -> BatchResult:
        """Set prices per model (0 for an item without), absolutely. Twice is safe. ≤ 50 models."""
        entries = [
            {"model_id": model_id, "original_price": price}
            for model_id, price in prices_vnd.items()
        ]
        body = {"item_id": item_id, "price_list": entries}
        return self._batch("product/update_price", shop, body, "model_id")

    def unlist(
        self, shop: ShopAccess, item_ids: Sequence[int], *, hidden: bool = True
    ) -> BatchResult:
        """Take offers down, or show them again with `hidden=False`. Twice is safe. ≤ 50 items."""
        entries = [{"item_id": item_id, "unlist": hidden} for item_id in item_ids]
        return self._batch("product/unlist_item", shop, {"item_list": entries}, "item_id")

    def get_item_base_info(self, shop: ShopAccess, item_ids: Sequence[int]) -> tuple[Item, ...]:
        """The items that exist, of up to 50."""
        query = {"item_id_list": ",".join(map(str, item_ids))}
        data = self._get("product/get_item_base_info", shop=shop, query=query)
        return read(lambda found: tuple(map(read_item, found["response"]["item_list"])), data)

    def list_models(self, shop: ShopAccess, item_id: int) -> tuple[Model, ...]:
        query = {"item_id": item_id}
        data = self._get("product/get_model_list", shop=shop, query=query)
        return read(lambda found: tuple(map(read_model, found["response"]["model"])), data)

    def list_items(self, shop: ShopAccess, *, offset: int = 0, page_size: int = 100) -> ItemPage:
        """Living items, shown or hidden, page by page."""
        query = [
            ("offset", offset),
            ("page_size", page_size),
            ("item_status", "NORMAL"),
            ("item_status", "UNLIST"),
        ]
        return read(read_item_page, self._get("product/get_item_list", shop=shop, query=query))

    # orders

    def list_orders(
        self,
        shop: ShopAccess,
        *,
        updated_from: datetime,
        updated_to: datetime,
        cursor: str = "",
        page_size: int = 100,
    ) -> OrderPage:
        """Orders changed in a window of at most 15 days. Rows move between pages when orders
        change meanwhile: fix `updated_to`, overlap windows, expect repeats."""
        query = {
            "time_range_field": "update_time",
            "time_from": int(updated_from.timestamp()),
            "time_to": int(updated_to.timestamp()),
            "page_size": page_size,
            "cursor": cursor,
        }
        return read(read_order_page, self._get("order/get_order_list", shop=shop, query=query))

    def order_details(self, shop: ShopAccess, order_sns: Sequence[str]) -> tuple[Order, ...]:
        """The orders that exist, of up to 50, with every field that we use."""
        query = {
            "order_sn_list": ",".join(order_sns),
            "response_optional_fields": ORDER_FIELDS,
        }
        data = self._get("order/get_order_detail", shop=shop, query=query)
        return read(lambda found: tuple(map(read_order, found["response"]["order_list"])), data)

    def shipping_parameter(self, shop: ShopAccess, order_sn: str) -> ShippingWays:
        query = {"order_sn": order_sn}
        data = self._get("logistics/get_shipping_parameter", shop=shop, query=query)
        return read(lambda found: read_ways(found["response"]), data)

    def ship_order(self, shop: ShopAccess, order_sn: str, pickup: Pickup | None) -> None:
        """Arrange the shipment: by pick-up, or by dropping off when there is none. A repeat raises
        ChannelError of kind ALREADY_DONE."""
        way: JSON = {"dropoff": {}}
        if pickup is not None:
            way = {
                "pickup": {
                    "address_id": pickup.address_id,
                    "pickup_time_id": pickup.pickup_time_id,
                }
            }
        self._post("logistics/ship_order", {"order_sn": order_sn, **way}, shop=shop)

    def tracking_number(self, shop: ShopAccess, order_sn: str) -> str:
        """The carrier's number; empty while the carrier hasn't given one."""
        query = {"order_sn": order_sn}
        data = self._get("logistics/get_tracking_number", shop=shop, query=query)
        return read(lambda found: str(found["response"].get("tracking_number") or ""), data)

    def cancel_order(
        self, shop: ShopAccess, order_sn: str, *, out_of_stock: Sequence[tuple[int, int]]
    ) -> None:
        """Cancel before shipping because these (item, model) are out of stock."""
        body = {
            "order_sn": order_sn,
            "cancel_reason": "OUT_OF_STOCK",
            "item_list": [{"item_id": item, "model_id": model} for item, model in out_of_stock],
        }
        self._post("order/cancel_order", body, shop=shop)

    def answer_cancellation(self, shop: ShopAccess, order_sn: str, *, accept: bool) -> None:
        """Answer a buyer who wants to cancel; only while the order is IN_CANCEL."""
        body = {"order_sn": order_sn, "operation": "ACCEPT" if accept else "REJECT"}
        self._post("order/handle_buyer_cancellation", body, shop=shop)

    # notices that were lost

    def lost_pushes(self) -> LostPushes:
        """Up to 100 notices of the last three days that never reached us, the oldest first."""
        return read(read_lost_pushes, self._get("push/get_lost_push_message"))

    def confirm_lost_pushes(self, last_id: int) -> None:
        body = {"last_message_id": last_id}
        self._post("push/confirm_consumed_lost_push_message", body)

    # the one way a call is made

    def _get(self, name: str, *, shop: ShopAccess | None = None, query: Any = ()) -> JSON:
        return checked(self._send("GET", self._url(name, shop, query)))

    def _post(self, name: str, body: JSON, *, shop: ShopAccess | None = None) -> JSON:
        return checked(self._send("POST", self._url(name, shop), _json_bytes(body)))

    def _batch(self, name: str, shop: ShopAccess, body: JSON, key: str) -> BatchResult:
        answer = self._send("POST", self._url(name, shop), _json_bytes(body))
        data = checked(answer, is_batch=True)
        return read(lambda found: read_batch(found["response"], key), data)

    def _send(
        self, method: str, url: str, body: bytes | None = None, kind: str = "application/json"
    ) -> Response:
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = kind
        return self.send(method, url, headers=headers, body=body, timeout=TIMEOUT)

    def _url(self, name: str, shop: ShopAccess | None, query: Any = ()) -> str:
        pairs = query.items() if isinstance(query, dict) else query
        return f"{self.base_url}{PREFIX}{name}?{urlencode([*self._common(name, shop), *pairs])}"

    def _common(self, name: str, shop: ShopAccess | None) -> list[tuple[str, str | int]]:
        path, timestamp = PREFIX + name, int(self.now())
        if shop is None:
            sign = sign_public(
                partner_id=self.partner_id,
                partner_key=self.partner_key,
                path=path,
                timestamp=timestamp,
            )
            extra: list[tuple[str, str | int]] = []
        else:
            sign = sign_shop(
                partner_id=self.partner_id,
                partner_key=self.partner_key,
                path=path,
                timestamp=timestamp,
                access_token=shop.access_token,
                shop_id=shop.shop_id,
            )
            extra = [("access_token", shop.access_token), ("shop_id", shop.shop_id)]
        return [("partner_id", self.partner_id), ("timestamp", timestamp), ("sign", sign), *extra]


def _json_bytes(body: JSON) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
