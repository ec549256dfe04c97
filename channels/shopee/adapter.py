"""Shopee behind the interface that every channel has."""

import io
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from PIL import Image

from channels.errors import ChannelError, Kind
from channels.parties import Offering, Place, Push, Session, Tokens, ToldOrder
from channels.shopee import mapping, wire
from channels.shopee.client import ShopeeClient
from channels.shopee.refusals import is_promotion_lock
from channels.shopee.signing import verify_push
from channels.shopee.wire import NewItem, ShopAccess
from core import clock, http

REFRESH_LASTS = timedelta(days=30)
DESCRIPTION_AT_LEAST = 20
RETURN_PATH = "/ban-hang/kenh/shopee/ve/"


class ShopeeAdapter:
    """Calls Shopee with the market's app; one instance serves every shop and thread."""

    @cached_property
    def client(self) -> ShopeeClient:
        return ShopeeClient(
            partner_id=settings.SHOPEE["partner_id"],
            partner_key=settings.SHOPEE["partner_key"],
            base_url=settings.SHOPEE["base_url"],
            send=_send,
        )

    def consent_url(self, *, state: str) -> str:
        return self.client.auth_url(f"{settings.PUBLIC_URL}{RETURN_PATH}?state={state}")

    def exchange(self, *, code: str, shop_id: str) -> Tokens:
        return _tokens(self.client.get_token(code=code, shop_id=int(shop_id)))

    def refresh(self, *, refresh_token: str, shop_id: str) -> Tokens:
        return _tokens(self.client.refresh_token(refresh_token=refresh_token, shop_id=int(shop_id)))

    def shop_name(self, session: Session) -> str:
        return self.client.shop_name(_access(session))

    def find(self, session: Session, *, sku: str) -> Place | None:
        found = self.client.find_by_sku(_access(session), sku)
        return Place(str(found[0]), "0") if found else None

    def create(self, session: Session, offering: Offering) -> Place:
        shop = _access(session)
        image = self.client.upload_image(as_jpeg(offering.picture))
        category = mapping.category_for(offering.commodity, self.client.categories(shop))
        weight_kg = max(offering.weight_grams, 10) / 1000
        item = NewItem(
            name=offering.name,
            description=offering.description.ljust(DESCRIPTION_AT_LEAST, "."),
            category_id=category,
            price_vnd=offering.price_vnd,
            stock=offering.quantity,
            weight_kg=weight_kg,
            image_ids=(image,),
            sku=offering.sku,
            channel_ids=self.client.delivery_channels(shop, weight_kg=weight_kg),
        )
        return Place(str(self.client.add_item(shop, item)), "0")

    def set_stock(self, session: Session, place: Place, *, quantity: int) -> None:
        model = int(place.model_id or 0)
        result = self.client.update_stock(_access(session), int(place.item_id), {model: quantity})
        _all_done(result)

    def set_price(self, session: Session, place: Place, *, price_vnd: int) -> None:
        model = int(place.model_id or 0)
        result = self.client.update_price(_access(session), int(place.item_id), {model: price_vnd})
        _all_done(result)

    def end(self, session: Session, place: Place) -> None:
        _all_done(self.client.unlist(_access(session), [int(place.item_id)]))

    def updated_orders(self, session: Session, *, since: datetime, until: datetime) -> list[str]:
        """Every page; a page that fails fails the whole, so that the mark doesn't move."""
        found: dict[str, None] = {}
        cursor: str | None = ""
        while cursor is not None:
            page = self.client.list_orders(
                _access(session), updated_from=since, updated_to=until, cursor=cursor
            )
            found.update(dict.fromkeys(page.order_sns))
            cursor = page.next_cursor
        return list(found)

    def order(self, session: Session, external_id: str) -> ToldOrder:
        orders = self.client.order_details(_access(session), [external_id])
        if not orders:
            raise ChannelError("error_not_found", external_id, Kind.NOT_FOUND)
        return mapping.told(orders[0])

    def ship(self, session: Session, external_id: str) -> str:
        """Arrange the shipment unless it is arranged: the fresh status decides, not our memory."""
        shop = _access(session)
        if self.order(session, external_id).stage in {"held", "to_ship"}:
            ways = self.client.shipping_parameter(shop, external_id)
            self.client.ship_order(shop, external_id, ways.pickups[0] if ways.pickups else None)
        return self.client.tracking_number(shop, external_id)

    def cancel(self, session: Session, external_id: str, *, places: list[Place]) -> None:
        items = [(int(place.item_id), int(place.model_id or 0)) for place in places]
        self.client.cancel_order(_access(session), external_id, out_of_stock=items)

    def read_push(self, *, body: bytes, signature: str) -> Push | None:
        """The notice, or None when its signature is wrong or missing. The URL that Shopee signs is
        the registered one, so the configured value is used, never the request's."""
        key = settings.SHOPEE["push_key"] or settings.SHOPEE["partner_key"]
        url = settings.SHOPEE["callback_url"]
        if not key or not verify_push(key=key, url=url, raw_body=body, authorization=signature):
            return None
        return mapping.read_push(body)


def as_jpeg(picture: bytes) -> bytes:
    """The picture as Shopee takes it: JPEG, at most 1,000 px."""
    if not picture:
        raise ChannelError("no_picture", "A picture is needed to offer there.", Kind.REFUSED)
    with Image.open(io.BytesIO(picture)) as image:
        image.thumbnail((1000, 1000))
        made = io.BytesIO()
        image.convert("RGB").save(made, "JPEG", quality=88)
    return made.getvalue()


def _access(session: Session) -> ShopAccess:
    return ShopAccess(shop_id=int(session.shop_id), access_token=session.access_token)


def _send(
    method: str,
    url: str,
    *,
    headers: dict[str, str],
    body: bytes | None,
    timeout: tuple[float, float],
) -> http.Response:
    return http.request(method, url, headers=headers, body=body, timeout=timeout, party="shopee")


def _tokens(pair: wire.Tokens) -> Tokens:
    now = clock.now()
    return Tokens(
        access=pair.access_token,
        refresh=pair.refresh_token,
        access_expires_at=now + timedelta(seconds=pair.expires_in),
        refresh_expires_at=now + REFRESH_LASTS,
    )


def _all_done(result: wire.BatchResult) -> None:
    """Success that is not success: entries of a batch may have failed (reference, case 10)."""
    for reason in result.failed.values():
        kind = Kind.LOCKED if is_promotion_lock("", reason) else Kind.REFUSED
        raise ChannelError("batch_failed", reason, kind)
