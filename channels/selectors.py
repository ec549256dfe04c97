"""What a vendor sees of its shops elsewhere."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from catalog.models import Variant
from catalog.states import ProductState
from channels.models import Connection, ConnectionState, Listing, ListingState
from vendors.models import Vendor


@dataclass(frozen=True, slots=True)
class Offer:
    """A sale unit of a live product, with its listing in this shop if there is one."""

    variant: Variant
    listing: Listing | None

    @property
    def is_offered(self) -> bool:
        return self.listing is not None and self.listing.state != ListingState.ENDED


def list_connections(vendor: Vendor) -> QuerySet[Connection]:
    """The vendor's shops, without the disconnected ones."""
    shops = Connection.objects.filter(vendor=vendor).order_by("pk")
    return shops.exclude(state=ConnectionState.DISCONNECTED)


def list_offers(connection: Connection) -> list[Offer]:
    """Every sale unit that is on the shop here, offered there or not."""
    there = Listing.objects.filter(connection=connection)
    variants = (
        Variant.objects.filter(
            product__vendor_id=connection.vendor_id,
            product__state=ProductState.LIVE,
            archived_at__isnull=True,
        )
        .select_related("product", "stock")
        .prefetch_related(Prefetch("listings", queryset=there, to_attr="there"))
        .order_by("product__name_vi", "position", "pk")
    )
    return [Offer(variant, variant.there[0] if variant.there else None) for variant in variants]
