"""What people want to come back to: goods on a list, vendors they follow, packs that sold out."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.models.goods import Product, Variant
from vendors.models import Vendor


class Wish(models.Model):
    """A product on somebody's own list, with its price when it was put there."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wishes"
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    price_vnd = models.BigIntegerField()  # the cheapest pack's, then
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "product"], name="wish_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} wants {self.product_id}"


class VendorFollow(models.Model):
    """Somebody follows a vendor; `seen_at` is when they last looked at its new goods."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "vendor"], name="vendor_follow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.vendor_id}"


class StockWatch(models.Model):
    """Tell somebody once when a pack is back. A member's own contact is looked up when it is sent;
    a guest's `contact` was proved by a code before this row was made."""

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="watches")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="stock_watches",
    )
    contact = models.CharField(max_length=254, blank=True)  # E.164 or e-mail
    language = models.CharField(max_length=2, default="vi")
    token = models.CharField(max_length=32, unique=True)  # of the link that ends it
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stock_watch_of_one", condition=Q(user__isnull=False) ^ ~Q(contact="")
            ),
            models.UniqueConstraint(
                fields=["variant", "user"],
                name="stock_watch_user_once",
                condition=Q(told_at=None, ended_at=None, user__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["variant", "contact"],
                name="stock_watch_contact_once",
                condition=Q(told_at=None, ended_at=None) & ~Q(contact=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["variant"],
                name="stock_watch_waiting",
                condition=Q(told_at__isnull=True, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"watch of {self.variant_id}"
