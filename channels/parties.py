"""What every channel is asked and answers, whatever its own words are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from orders.services.channel_order import ChannelLine


@dataclass(frozen=True, slots=True)
class Tokens:
    """A pair of tokens with the moments at which they end."""

    access: str
    refresh: str
    access_expires_at: datetime
    refresh_expires_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """With what one shop is called."""

    shop_id: str
    access_token: str


@dataclass(frozen=True, slots=True)
class Offering:
    """A variant to offer: all that a channel needs to make a listing."""

    sku: str
    name: str
    description: str
    price_vnd: int
    quantity: int
    weight_grams: int
    commodity: str
    picture: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a listing stands on its channel."""

    item_id: str
    model_id: str = ""


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line as the channel tells it, before our listing is found."""

    place: Place
    name: str
    variant_name: str
    sku: str
    unit_price_vnd: int
    quantity: int

    def mapped(self, variant_id: int | None) -> ChannelLine:
        return ChannelLine(
            variant_id=variant_id,
            name=self.name,
            variant_name=self.variant_name,
            sku=self.sku,
            unit_price_vnd=self.unit_price_vnd,
            quantity=self.quantity,
        )


@dataclass(frozen=True, slots=True)
class ToldOrder:
    """An order as the channel tells it. `stage` is one of ours: awaiting_payment, held, to_ship,
    ready, shipped, done, cancel_requested, cancelled, returned, or unknown (see
    reference, "Common internal contract")."""

    external_id: str
    state: str
    stage: str
    updated_at: datetime
    placed_at: datetime
    ship_by: datetime
    recipient: dict[str, str]
    lines: tuple[ToldLine, ...]
    raw: dict[str, object]


@dataclass(frozen=True, slots=True)
class Push:
    """A checked notice: `order_id` is empty when it isn't about an order."""

    event_id: str
    kind: str
    shop_id: str
    order_id: str


class Adapter(Protocol):
    """One channel. Every call may raise ChannelError or ProviderError."""

    def consent_url(self, *, state: str) -> str: ...
    def exchange(self, *, code: str, shop_id: str) -> Tokens: ...
    def refresh(self, *, refresh_token: str, shop_id: str) -> Tokens: ...
    def shop_name(self, session: Session) -> str: ...
    def find(self, session: Session, *, sku: str) -> Place | None: ...
    def create(self, session: Session, offering: Offering) -> Place: ...
    def set_stock(self, session: Session, place: Place, *, quantity: int) -> None: ...
    def set_price(self, session: Session, place: Place, *, price_vnd: int) -> None: ...
    def end(self, session: Session, place: Place) -> None: ...
    def updated_orders(
        self, session: Session, *, since: datetime, until: datetime
    ) -> list[str]: ...
    def order(self, session: Session, external_id: str) -> ToldOrder: ...
    def ship(self, session: Session, external_id: str) -> str: ...
    def cancel(self, session: Session, external_id: str, *, places: list[Place]) -> None: ...
    def read_push(self, *, body: bytes, signature: str) -> Push | None: ...
