"""Shops of a vendor on external marketplaces, and the offers there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from orders.models import Order
from vendors.models import Vendor


class ConnectionState(models.TextChoices):
    ACTIVE = "active", _("Connected")
    NEEDS_REAUTH = "needs_reauth", _("Consent needed again")
    PAUSED = "paused", _("Paused")
    DISCONNECTED = "disconnected", _("Disconnected")


class Connection(models.Model):
    """One vendor's shop on one channel. Tokens are stored encrypted and change under a row lock:
    a refresh token works once."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="connections")
    channel = models.CharField(max_length=10)  # shopee | lazada | tiktok
    shop_id = models.CharField(max_length=40)
    shop_name = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=14, choices=ConnectionState.choices, default=ConnectionState.ACTIVE
    )
    access_token = models.TextField(blank=True)
    refresh_token = models.TextField(blank=True)
    access_expires_at = models.DateTimeField(null=True, blank=True)
    refresh_expires_at = models.DateTimeField(null=True, blank=True)
    stock_buffer = models.PositiveIntegerField(default=0)
    orders_seen_until = models.DateTimeField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "shop_id"],
                name="shop_of_one_vendor",
                condition=~Q(state="disconnected"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.shop_id}"


class ConsentRequest(models.Model):
    """A vendor's way to the consent page and back: single use, short-lived."""

    state = models.CharField(max_length=64, unique=True)
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    channel = models.CharField(max_length=10)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.channel} {self.vendor_id}"


class ListingState(models.TextChoices):
    CREATING = "creating", _("Being offered")
    LIVE = "live", _("Offered")
    REFUSED = "refused", _("Refused by the channel")
    LOCKED = "locked", _("Locked by a promotion")
    ENDED = "ended", _("Ended")


class Listing(models.Model):
    """One variant's offer in one shop. `wanted` rises with each change of stock; a push sends the
    value as of sending and then records which `wanted` it covered; one in flight at a time."""

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="listings")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="listings")
    item_id = models.CharField(max_length=40, blank=True)
    model_id = models.CharField(max_length=40, blank=True)
    price_vnd = models.BigIntegerField()
    state = models.CharField(
        max_length=10, choices=ListingState.choices, default=ListingState.CREATING
    )
    wanted = models.PositiveIntegerField(default=1)
    covered = models.PositiveIntegerField(default=0)
    pushed_quantity = models.IntegerField(null=True, blank=True)
    pushed_at = models.DateTimeField(null=True, blank=True)
    in_flight_until = models.DateTimeField(null=True, blank=True)
    locked_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "variant"], name="listing_once"),
            models.UniqueConstraint(
                fields=["connection", "item_id", "model_id"],
                name="listing_external_once",
                condition=~Q(item_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.connection_id} {self.item_id}"


class ChannelOrder(models.Model):
    """An order as its channel tells it, stored raw before anything is made of it."""

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="orders")
    external_id = models.CharField(max_length=60)
    external_state = models.CharField(max_length=40)
    external_updated_at = models.DateTimeField()
    raw = models.JSONField()
    order = models.OneToOneField(
        Order, on_delete=models.PROTECT, null=True, blank=True, related_name="channel_order"
    )
    shipped_back_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "external_id"], name="channel_order_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return self.external_id


class SyncNote(models.Model):
    """A line of the sync log that the vendor can read."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="notes")
    listing = models.ForeignKey(
        Listing, on_delete=models.CASCADE, null=True, blank=True, related_name="notes"
    )
    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=40)
    ok = models.BooleanField()
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["connection", "-at"], name="sync_note_newest")]

    def __str__(self) -> str:
        return f"{self.action} {'ok' if self.ok else 'failed'}"
