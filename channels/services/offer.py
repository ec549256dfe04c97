"""Offer a variant in a connected shop, change its price there, end the offer."""

from django.db import transaction

from accounts.models import User
from catalog.models import ProductPicture, Variant
from catalog.states import ProductState
from channels.adapters import ADAPTERS
from channels.errors import ChannelError, Kind
from channels.models import Connection, Listing, ListingState
from channels.parties import Offering, Place
from channels.services.notes import note
from channels.services.push import sellable
from channels.services.tokens import lost_consent, open_session
from core import audit, files, outbox
from core.errors import NotFound


def offer_variant(
    *, connection: Connection, variant: Variant, price_vnd: int, user: User
) -> Listing:
    """Ask for an offer; the worker makes it. The same variant again returns its listing.

    Raises NotFound unless the variant is the vendor's own and its product is live.
    """
    product = variant.product
    if product.vendor_id != connection.vendor_id or product.state != ProductState.LIVE:
        raise NotFound()
    with transaction.atomic():
        listing, is_new = Listing.objects.get_or_create(
            connection=connection, variant=variant, defaults={"price_vnd": price_vnd}
        )
        if not is_new and listing.state not in {ListingState.ENDED, ListingState.REFUSED}:
            return listing
        listing.price_vnd, listing.state, listing.last_error = price_vnd, ListingState.CREATING, ""
        listing.save()
        audit.record(
            actor=user,
            action="listing.offer",
            subject=("listing", str(listing.pk)),
            change=({}, {"sku": variant.sku, "price_vnd": price_vnd}),
        )
        outbox.emit("listing.wanted", key=f"listing:{listing.pk}", listing_id=listing.pk)
        return listing


def on_listing_wanted(key: str, payload: dict[str, int]) -> None:
    """Subscriber: make the offer on the channel. Raises ProviderError: the outbox waits."""
    create_listing(listing_id=payload["listing_id"])


def create_listing(*, listing_id: int) -> None:
    """Make the offer there, once: an offer with our SKU that is there already is taken over.

    That look-up before creating is what keeps a timed-out first try from making a second offer.
    """
    listing = Listing.objects.select_related("connection", "variant__product").get(pk=listing_id)
    if listing.state != ListingState.CREATING:
        return
    connection = listing.connection
    adapter = ADAPTERS[connection.channel]
    try:
        session = open_session(connection)
        place = adapter.find(session, sku=external_sku(listing.variant))
        place = place or adapter.create(session, _offering(listing))
    except ChannelError as error:
        _failed(listing, error)
        if error.retryable:
            raise
        return
    _created(listing, place)


def end_listing(*, listing: Listing, user: User) -> None:
    """Take the offer off the channel. Raises ProviderError; twice is safe."""
    adapter = ADAPTERS[listing.connection.channel]
    if listing.item_id:
        place = Place(listing.item_id, listing.model_id)
        try:
            adapter.end(open_session(listing.connection), place)
        except ChannelError as error:
            if error.kind not in {Kind.ALREADY_DONE, Kind.NOT_FOUND}:
                raise
    with transaction.atomic():
        Listing.objects.filter(pk=listing.pk).update(state=ListingState.ENDED)
        audit.record(actor=user, action="listing.end", subject=("listing", str(listing.pk)))


def external_sku(variant: Variant) -> str:
    """The SKU under which a variant is known elsewhere: unique over all vendors."""
    return f"NS{variant.pk}-{variant.sku}"[:100]


def _offering(listing: Listing) -> Offering:
    variant = listing.variant
    product = variant.product
    first = ProductPicture.objects.filter(product=product).select_related("picture").first()
    return Offering(
        sku=external_sku(variant),
        name=f"{product.name_vi} {variant.name_vi}"[:120],
        description=product.description_vi or product.summary_vi or product.name_vi,
        price_vnd=listing.price_vnd,
        quantity=sellable(variant_id=variant.pk, buffer=listing.connection.stock_buffer),
        weight_grams=variant.gross_grams,
        commodity=product.category.commodity,
        picture=files.read(first.picture.original) if first else b"",
    )


def _created(listing: Listing, place: Place) -> None:
    with transaction.atomic():
        listing.item_id, listing.model_id = place.item_id, place.model_id
        listing.state, listing.last_error = ListingState.LIVE, ""
        listing.wanted += 1
        listing.save()
        note(listing.connection, "create", ok=True, listing=listing, detail=place.item_id)
        outbox.emit("listing.stock", key=f"listing:{listing.pk}", listing_id=listing.pk)


def _failed(listing: Listing, error: ChannelError) -> None:
    note(listing.connection, "create", ok=False, listing=listing, detail=str(error))
    if error.kind == Kind.REAUTH:
        lost_consent(listing.connection, error)
    state = ListingState.CREATING if error.retryable else ListingState.REFUSED
    Listing.objects.filter(pk=listing.pk).update(state=state, last_error=str(error)[:300])
