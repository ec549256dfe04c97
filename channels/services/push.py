"""Keep the stock elsewhere equal to ours: the value as of sending, one push in flight a listing."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from catalog.errors import BadQuantity
from catalog.models import Stock
from channels.adapters import ADAPTERS
from channels.errors import ChannelError, Kind
from channels.locks import locked_connection
from channels.models import Connection, ConnectionState, Listing, ListingState
from channels.parties import Place
from channels.services.notes import note
from channels.services.tokens import lost_consent, open_session
from core import audit, clock, outbox

FLIGHT = timedelta(seconds=60)
LOCKED_FOR = timedelta(minutes=30)
MOST_KEPT_BACK = 9_999


def on_stock_changed(key: str, payload: dict[str, Any]) -> None:
    """Subscriber of `stock.changed`: every listing of the variant wants a push, then gets it."""
    listings = Listing.objects.filter(
        variant_id=payload["variant_id"], state__in=[ListingState.LIVE, ListingState.LOCKED]
    )
    listings.update(wanted=F("wanted") + 1)
    for pk in listings.values_list("pk", flat=True):
        push_stock(listing_id=pk)


def on_listing_stock(key: str, payload: dict[str, Any]) -> None:
    """Subscriber of `listing.stock`: a new listing gets its first number."""
    push_stock(listing_id=payload["listing_id"])


def push_waiting() -> int:
    """Push what wants it and isn't in flight (the sweeper); how many were tried."""
    now = clock.now()
    waiting = Listing.objects.filter(
        Q(in_flight_until__isnull=True) | Q(in_flight_until__lt=now),
        Q(locked_until__isnull=True) | Q(locked_until__lt=now),
        state__in=[ListingState.LIVE, ListingState.LOCKED],
        connection__state=ConnectionState.ACTIVE,
        covered__lt=F("wanted"),
    )
    found = list(waiting.order_by("pk").values_list("pk", flat=True)[:50])
    for pk in found:
        push_stock(listing_id=pk)
    return len(found)


def push_stock(*, listing_id: int) -> bool:
    """Send the number that is true at the moment of sending; True when it is covered now.

    Claims the listing by one conditional UPDATE, so only one push is in flight: an older one can't
    overtake a newer one. A change during the flight leaves `wanted` above `covered`, and is pushed
    right after. Temporary failures stay wanted for the sweeper; nothing is raised for them.
    """
    now = clock.now()
    claimed = (
        Listing.objects.filter(
            Q(in_flight_until__isnull=True) | Q(in_flight_until__lt=now), pk=listing_id
        )
        .exclude(item_id="")
        .update(in_flight_until=now + FLIGHT)
    )
    if not claimed:
        return False
    listing = Listing.objects.select_related("connection").get(pk=listing_id)
    covered = listing.wanted
    quantity = sellable(variant_id=listing.variant_id, buffer=listing.connection.stock_buffer)
    try:
        session = open_session(listing.connection)
        place = Place(listing.item_id, listing.model_id)
        ADAPTERS[listing.connection.channel].set_stock(session, place, quantity=quantity)
    except ChannelError as error:
        _failed(listing, error)
        return False
    finally:
        Listing.objects.filter(pk=listing_id).update(in_flight_until=None)
    return _landed(listing, covered=covered, quantity=quantity)


def set_buffer(*, connection: Connection, buffer: int, user: User) -> None:
    """How many units of each pack are kept back for this market; every number there follows.

    Raises BadQuantity outside 0 … 9,999. The same value twice is a no-op.
    """
    if not 0 <= buffer <= MOST_KEPT_BACK:
        raise BadQuantity(field="buffer", low=0, high=MOST_KEPT_BACK)
    with transaction.atomic():
        locked = locked_connection(connection.pk)
        if locked.stock_buffer == buffer:
            return
        audit.record(
            actor=user,
            action="channel.buffer",
            subject=("connection", str(connection.pk)),
            change=({"buffer": locked.stock_buffer}, {"buffer": buffer}),
        )
        locked.stock_buffer = buffer
        locked.save(update_fields=["stock_buffer"])
        live = Listing.objects.filter(connection=locked, state=ListingState.LIVE)
        outbox.emit_many(
            ("listing.stock", f"listing:{pk}", {"listing_id": pk})
            for pk in live.values_list("pk", flat=True)
        )
        live.update(wanted=F("wanted") + 1)


def sellable(*, variant_id: int, buffer: int) -> int:
    """What another marketplace may sell now: what is available less the shop's safety buffer."""
    stock = Stock.objects.filter(pk=variant_id).first()
    return max(stock.available - buffer, 0) if stock else 0


def _landed(listing: Listing, *, covered: int, quantity: int) -> bool:
    Listing.objects.filter(pk=listing.pk).update(
        covered=covered,
        pushed_quantity=quantity,
        pushed_at=clock.now(),
        state=ListingState.LIVE,
        locked_until=None,
        last_error="",
    )
    note(listing.connection, "stock", ok=True, listing=listing, detail=str(quantity))
    if Listing.objects.filter(pk=listing.pk, wanted__gt=covered).exists():
        return push_stock(listing_id=listing.pk)
    return True


def _failed(listing: Listing, error: ChannelError) -> None:
    note(listing.connection, "stock", ok=False, listing=listing, detail=str(error))
    changes: dict[str, Any] = {"last_error": str(error)[:300]}
    if error.kind == Kind.REAUTH:
        lost_consent(listing.connection, error)
    elif error.kind == Kind.LOCKED:
        changes |= {"state": ListingState.LOCKED, "locked_until": clock.now() + LOCKED_FOR}
    elif error.kind == Kind.NOT_FOUND:
        changes |= {"state": ListingState.ENDED}
    elif not error.retryable:
        changes |= {"locked_until": clock.now() + LOCKED_FOR}
    Listing.objects.filter(pk=listing.pk).update(**changes)
