"""Orders of a channel arrive here: asked for again, imported once, moved forward only."""

from datetime import datetime, timedelta

from django.db import transaction

from catalog.models import Variant
from channels.adapters import ADAPTERS
from channels.models import ChannelOrder, Connection, Listing
from channels.parties import ToldLine, ToldOrder
from channels.services.notes import note
from channels.services.tokens import open_session
from core.cases import open_case
from core.digits import parse_digits
from orders.models import Order
from orders.services.channel_order import ChannelSale, take_channel_order
from orders.services.fulfil import cancel_order, close_from_channel
from orders.services.moves import By
from orders.states import OrderState

CHANNEL = By("channel")
OVERLAP = timedelta(minutes=15)
LONGEST = timedelta(days=14)
HOLDS_STOCK = frozenset({"held", "to_ship", "ready"})


def import_order(*, connection: Connection, external_id: str) -> ChannelOrder:
    """Ask the channel for the truth about one order and bring ours up to it.

    Safe to run twice and in any order: the row is unique per (connection, external id), an older
    telling changes nothing, states only move forward, and units are held once. Raises
    ProviderError. A stage we don't know opens a Case and changes no stock.
    """
    adapter = ADAPTERS[connection.channel]
    told = adapter.order(open_session(connection), external_id)
    with transaction.atomic():
        row = _row(connection, told)
        if row.order is None and told.stage in HOLDS_STOCK:
            row.order = take_channel_order(_sale(connection, told))
            note(connection, "order", ok=True, detail=f"{external_id} → {row.order.number}")
        if told.updated_at >= row.external_updated_at:
            row.external_state, row.external_updated_at = told.state, told.updated_at
            row.raw = told.raw
            _follow_stage(row, told)
        row.save()
    return row


def _row(connection: Connection, told: ToldOrder) -> ChannelOrder:
    """The row of this order, locked; made by whoever comes first."""
    ChannelOrder.objects.get_or_create(
        connection=connection,
        external_id=told.external_id,
        defaults={
            "external_state": told.state,
            "external_updated_at": told.updated_at,
            "raw": told.raw,
        },
    )
    rows = ChannelOrder.objects.select_for_update(of=("self",)).select_related("order")
    return rows.get(connection=connection, external_id=told.external_id)


def _sale(connection: Connection, told: ToldOrder) -> ChannelSale:
    return ChannelSale(
        vendor_id=connection.vendor_id,
        origin=connection.channel,
        external_id=told.external_id,
        placed_at=told.placed_at,
        ship_by=told.ship_by,
        recipient=told.recipient,
        lines=tuple(line.mapped(_variant_of(connection, line)) for line in told.lines),
    )


def _variant_of(connection: Connection, line: ToldLine) -> int | None:
    """Our variant behind a line: by its listing, else by the SKU that we gave it."""
    place, sku = line.place, line.sku
    listing = (
        Listing.objects.filter(connection=connection)
        .filter(item_id=place.item_id, model_id=place.model_id)
        .first()
    )
    if listing is not None:
        return listing.variant_id
    head = sku.split("-", 1)[0]
    pk = parse_digits(head.removeprefix("NS")) if head.startswith("NS") else None
    if pk is None:
        return None
    variant = Variant.objects.filter(pk=pk, product__vendor_id=connection.vendor_id)
    return variant.values_list("pk", flat=True).first()


def _follow_stage(row: ChannelOrder, told: ToldOrder) -> None:
    if told.stage == "unknown":
        open_case(
            kind="unknown_channel_state",
            subject=("channel_order", told.external_id),
            title=f"{row.connection.channel}: {told.state}",
            vendor_id=row.connection.vendor_id,
            dedupe_key=f"unknown_channel_state:{row.pk}:{told.state}",
        )
    elif row.order is not None and told.stage == "cancelled":
        _cancelled_there(row.order)
    elif row.order is not None and told.stage in {"done", "returned"}:
        close_from_channel(order=row.order, stage=told.stage, at=told.updated_at)


def _cancelled_there(order: Order) -> None:
    """Gives the units back, exactly once, unless the box has left: then a person decides."""
    order.refresh_from_db()
    if order.state in {OrderState.PLACED, OrderState.CONFIRMED, OrderState.PACKED}:
        cancel_order(order=order, by=CHANNEL, reason="channel_cancelled")
    elif order.state != OrderState.CANCELLED:
        open_case(
            kind="cancelled_after_shipping",
            subject=("order", order.number),
            title=f"{order.origin} {order.external_id}",
            vendor_id=order.vendor_id,
            dedupe_key=f"cancelled_after_shipping:{order.number}",
        )


def poll_connection(*, connection: Connection, until: datetime) -> int:
    """Import what changed since the last poll; the mark moves only when every order was taken.

    Overlaps the last window by a quarter of an hour, with a fixed upper bound, because a channel
    may tell late and pages may shift. Raises ProviderError (the mark stays).
    """
    since = poll_since(connection, until)
    adapter = ADAPTERS[connection.channel]
    found = adapter.updated_orders(open_session(connection), since=since, until=until)
    for external_id in found:
        import_order(connection=connection, external_id=external_id)
    Connection.objects.filter(pk=connection.pk).update(orders_seen_until=until)
    return len(found)


def poll_since(connection: Connection, until: datetime) -> datetime:
    """Where the next window begins: the mark less the overlap, at most 14 days back."""
    mark = connection.orders_seen_until or connection.created_at
    return max(mark - OVERLAP, until - LONGEST)
