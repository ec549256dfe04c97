"""What we send to Shopee and read from it, as plain values. Money is whole đồng."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

JSON = dict[str, Any]
REFRESH_LIFE = timedelta(days=30)  # documented; the answer does not say it


@dataclass(frozen=True, slots=True)
class ShopAccess:
    """With what a call about one shop is made."""

    shop_id: int
    access_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A pair as Shopee gave it; the refresh token works once."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: int


@dataclass(frozen=True, slots=True)
class NewItem:
    """An offer to create. Shopee takes JPEG and PNG pictures only, uploaded before."""

    name: str
    description: str
    category_id: int
    price_vnd: int
    stock: int
    weight_kg: float
    image_ids: tuple[str, ...]
    sku: str
    channel_ids: tuple[int, ...]
    attributes: tuple[JSON, ...] = ()

    def body(self) -> JSON:
        return {
            "item_name": self.name,
            "description": self.description,
            "category_id": self.category_id,
            "original_price": self.price_vnd,
            "weight": self.weight_kg,
            "image": {"image_id_list": list(self.image_ids)},
            "logistic_info": [
                {"logistic_id": channel_id, "enabled": True} for channel_id in self.channel_ids
            ],
            "seller_stock": [{"stock": self.stock}],
            "item_sku": self.sku,
            "item_status": "NORMAL",
            "attribute_list": list(self.attributes),
            "brand": {"brand_id": 0, "original_brand_name": "NoBrand"},
        }


@dataclass(frozen=True, slots=True)
class BatchResult:
    """A batch succeeds as a whole although entries failed: by id, what was done and what not."""

    done: tuple[int, ...]
    failed: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Category:
    category_id: int
    parent_id: int
    name: str
    is_leaf: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An offer as it stands there. Price and stock are unknown (None) when it has models."""

    item_id: int
    name: str
    sku: str
    status: str
    has_models: bool
    in_promotion: bool
    price_vnd: int | None
    stock: int | None
    reserved: int | None


@dataclass(frozen=True, slots=True)
class Model:
    model_id: int
    sku: str
    name: str
    price_vnd: int
    stock: int
    reserved: int


@dataclass(frozen=True, slots=True)
class ItemPage:
    item_ids: tuple[int, ...]
    next_offset: int | None


@dataclass(frozen=True, slots=True)
class OrderPage:
    order_sns: tuple[str, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class OrderLine:
    item_id: int
    model_id: int
    sku: str
    name: str
    model_name: str
    quantity: int
    unit_price_vnd: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """Parts may be masked with `*` until the shipment is arranged."""

    name: str
    phone: str
    full_address: str
    town: str
    city: str


@dataclass(frozen=True, slots=True)
class Order:
    """One order with all that we ask for; `raw` is kept as it came."""

    order_sn: str
    status: str
    is_cod: bool
    total_vnd: int
    created_at: datetime
    updated_at: datetime
    ship_by: datetime
    buyer: str
    message: str
    recipient: Recipient
    lines: tuple[OrderLine, ...]
    package_number: str
    cancel_by: str
    cancel_reason: str
    raw: JSON


@dataclass(frozen=True, slots=True)
class Pickup:
    address_id: int
    pickup_time_id: str


@dataclass(frozen=True, slots=True)
class ShippingWays:
    """How this order may be handed over: pick-ups, the recommended first, and dropping off."""

    pickups: tuple[Pickup, ...]
    can_drop_off: bool


@dataclass(frozen=True, slots=True)
class LostPushes:
    """Notices that never arrived: (code, shop, data as JSON text); `last_id` confirms them."""

    notices: tuple[tuple[int, int, str], ...]
    last_id: int
    has_more: bool
