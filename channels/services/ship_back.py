"""What happens to a channel's order here is told there: its shipment, or that we can't send it."""

from typing import Any

from channels.adapters import ADAPTERS
from channels.errors import ChannelError, Kind
from channels.models import ChannelOrder
from channels.parties import Place
from channels.services.notes import note
from channels.services.tokens import lost_consent, open_session
from core import clock
from core.cases import open_case
from orders.models import Origin, Parcel
from orders.states import OrderState


def on_order_moved(key: str, payload: dict[str, Any]) -> None:
    """Subscriber of `order.moved`. Raises ProviderError when trying again can help."""
    row = (
        ChannelOrder.objects.select_related("order", "connection")
        .filter(order__number=payload["order_number"])
        .exclude(order__origin=Origin.MARKET)
        .first()
    )
    if row is None or payload["by"] == "channel":
        return
    if payload["to_state"] == OrderState.SHIPPED:
        send_shipment(row)
    elif payload["to_state"] == OrderState.CANCELLED:
        send_cancel(row)


def send_shipment(row: ChannelOrder) -> None:
    """Arrange the shipment there and keep its tracking number. Twice is safe."""
    if row.order is None or row.shipped_back_at is not None:
        return
    adapter = ADAPTERS[row.connection.channel]
    try:
        tracking = adapter.ship(open_session(row.connection), row.external_id)
    except ChannelError as error:
        _refused(row, "ship", error)
        return
    if not tracking:
        # Shopee gives the number a little later: the outbox comes again, arranging twice is safe.
        raise ChannelError("no_tracking_number", row.external_id, Kind.RETRYABLE)
    Parcel.objects.filter(order=row.order).update(tracking_code=tracking)
    ChannelOrder.objects.filter(pk=row.pk).update(shipped_back_at=clock.now(), error="")
    note(row.connection, "ship", ok=True, detail=f"{row.external_id} {tracking}")


def send_cancel(row: ChannelOrder) -> None:
    """Tell the channel that we can't send this order. Twice is safe."""
    if row.order is None:
        return
    listings = row.connection.listings.filter(
        variant_id__in=row.order.lines.values_list("variant_id", flat=True)
    )
    places = [Place(item, model) for item, model in listings.values_list("item_id", "model_id")]
    adapter = ADAPTERS[row.connection.channel]
    try:
        adapter.cancel(open_session(row.connection), row.external_id, places=places)
    except ChannelError as error:
        _refused(row, "cancel", error)
        return
    note(row.connection, "cancel", ok=True, detail=row.external_id)


def _refused(row: ChannelOrder, action: str, error: ChannelError) -> None:
    """Done already is done; temporary is tried again; the rest goes to a person."""
    if error.kind == Kind.ALREADY_DONE:
        return
    note(row.connection, action, ok=False, detail=str(error))
    if error.retryable:
        raise error
    if error.kind == Kind.REAUTH:
        lost_consent(row.connection, error)
    ChannelOrder.objects.filter(pk=row.pk).update(error=str(error)[:300])
    open_case(
        kind=f"channel_{action}_refused",
        subject=("channel_order", row.external_id),
        title=f"{row.connection.channel} {row.external_id}: {error.code}",
        vendor_id=row.connection.vendor_id,
        dedupe_key=f"channel_{action}_refused:{row.pk}",
    )
