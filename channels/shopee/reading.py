"""Reading Shopee's answers into the values of `wire`."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Protocol, TypeVar

from channels.errors import ChannelError, Kind
from channels.shopee.refusals import as_error
from channels.shopee.wire import (
    JSON,
    BatchResult,
    Category,
    Item,
    ItemPage,
    LostPushes,
    Model,
    Order,
    OrderLine,
    OrderPage,
    Pickup,
    Recipient,
    ShippingWays,
    Tokens,
)

T = TypeVar("T")


class Response(Protocol):
    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...


def checked(answer: Response, *, is_batch: bool = False) -> JSON:
    """The answer's object, if `error` in it is empty. A batch in which every entry failed comes as
    an error with its `failure_list`: that is a result, not a failure of the call."""
    try:
        data = json.loads(answer.body)
    except ValueError:
        data = None
    if not isinstance(data, dict) or "error" not in data:
        limited = answer.status == HTTPStatus.TOO_MANY_REQUESTS
        kind = Kind.RATE_LIMITED if limited else Kind.RETRYABLE
        raise ChannelError("unreadable", f"HTTP {answer.status}", kind=kind)
    code = str(data["error"] or "")
    if code and not (is_batch and (data.get("response") or {}).get("failure_list")):
        raise as_error(code, str(data.get("message") or ""))
    return data


def read(reader: Callable[[JSON], T], data: JSON) -> T:
    """An answer without the fields that it should have is a failure like any other."""
    try:
        return reader(data)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise ChannelError("unreadable", repr(error), kind=Kind.RETRYABLE) from error


def read_tokens(data: JSON) -> Tokens:
    return Tokens(
        access_token=str(data["access_token"]),
        refresh_token=str(data["refresh_token"]),
        expires_in=int(data["expire_in"]),
    )


def read_categories(data: JSON) -> tuple[Category, ...]:
    return tuple(
        Category(
            category_id=int(row["category_id"]),
            parent_id=int(row["parent_category_id"]),
            name=str(row["display_category_name"]),
            is_leaf=not row["has_children"],
        )
        for row in data["response"]["category_list"]
    )


def read_channels(data: JSON, weight_kg: float) -> tuple[int, ...]:
    """A limit of 0 or null means none."""
    rows = data["response"]["logistics_channel_list"]
    return tuple(
        int(row["logistics_channel_id"])
        for row in rows
        if row["enabled"]
        and weight_kg <= ((row.get("weight_limit") or {}).get("item_max_weight") or weight_kg)
    )


def read_item_page(data: JSON) -> ItemPage:
    found = data["response"]
    return ItemPage(
        item_ids=tuple(int(row["item_id"]) for row in found.get("item") or ()),
        next_offset=int(found["next_offset"]) if found["has_next_page"] else None,
    )


def read_order_page(data: JSON) -> OrderPage:
    found = data["response"]
    return OrderPage(
        order_sns=tuple(str(row["order_sn"]) for row in found["order_list"]),
        next_cursor=str(found["next_cursor"]) if found["more"] else None,
    )


def read_lost_pushes(data: JSON) -> LostPushes:
    found = data["response"]
    return LostPushes(
        notices=tuple(
            (int(row["code"]), int(row.get("shop_id") or 0), str(row["data"]))
            for row in found["push_message_list"]
        ),
        last_id=int(found["last_message_id"]),
        has_more=bool(found["has_next_page"]),
    )


def moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


def read_batch(response: JSON, key: str) -> BatchResult:
    """`failure_list` counts, whatever the envelope says."""
    return BatchResult(
        done=tuple(int(entry[key]) for entry in response.get("success_list") or ()),
        failed={
            int(entry[key]): str(entry["failed_reason"])
            for entry in response.get("failure_list") or ()
        },
    )


def read_item(data: JSON) -> Item:
    price, stock = data.get("price_info"), data.get("stock_info_v2")
    return Item(
        item_id=int(data["item_id"]),
        name=str(data["item_name"]),
        sku=str(data.get("item_sku") or ""),
        status=str(data["item_status"]),
        has_models=bool(data["has_model"]),
        in_promotion=bool(data.get("has_promotion")),
        price_vnd=int(price[0]["original_price"]) if price else None,
        stock=int(stock["seller_stock"][0]["stock"]) if stock else None,
        reserved=int(stock["summary_info"]["total_reserved_stock"]) if stock else None,
    )


def read_model(data: JSON) -> Model:
    stock = data["stock_info_v2"]
    return Model(
        model_id=int(data["model_id"]),
        sku=str(data.get("model_sku") or ""),
        name=str(data.get("model_name") or ""),
        price_vnd=int(data["price_info"][0]["original_price"]),
        stock=int(stock["seller_stock"][0]["stock"]),
        reserved=int(stock["summary_info"]["total_reserved_stock"]),
    )


def read_order(data: JSON) -> Order:
    packages = data.get("package_list") or [{}]
    address = data.get("recipient_address") or {}
    return Order(
        order_sn=str(data["order_sn"]),
        status=str(data["order_status"]),
        is_cod=bool(data["cod"]),
        total_vnd=int(data["total_amount"]),
        created_at=moment(data["create_time"]),
        updated_at=moment(data["update_time"]),
        ship_by=moment(data["ship_by_date"]),
        buyer=str(data.get("buyer_username") or ""),
        message=str(data.get("message_to_seller") or ""),
        recipient=Recipient(
            *(
                str(address.get(name) or "")
                for name in ("name", "phone", "full_address", "town", "city")
            )
        ),
        lines=tuple(_read_line(line) for line in data["item_list"]),
        package_number=str(packages[0].get("package_number") or ""),
        cancel_by=str(data.get("cancel_by") or ""),
        cancel_reason=str(data.get("cancel_reason") or data.get("buyer_cancel_reason") or ""),
        raw=data,
    )


def _read_line(data: JSON) -> OrderLine:
    return OrderLine(
        item_id=int(data["item_id"]),
        model_id=int(data["model_id"]),
        sku=str(data.get("model_sku") or data.get("item_sku") or ""),
        name=str(data["item_name"]),
        model_name=str(data.get("model_name") or ""),
        quantity=int(data["model_quantity_purchased"]),
        unit_price_vnd=int(data["model_discounted_price"]),
    )


def read_ways(data: JSON) -> ShippingWays:
    """`info_needed` names the ways that are open; an empty list means that no field is needed."""
    needed = data["info_needed"]
    pickups = [
        (slot.get("flags") or [], Pickup(int(address["address_id"]), str(slot["pickup_time_id"])))
        for address in ((data.get("pickup") or {}).get("address_list") or ())
        for slot in (address.get("time_slot_list") or ())
    ]
    pickups.sort(key=lambda entry: "recommended" not in entry[0])
    return ShippingWays(
        pickups=tuple(pickup for _, pickup in pickups) if "pickup" in needed else (),
        can_drop_off=needed.get("dropoff") == [],
    )
