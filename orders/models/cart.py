"""What a buyer has put aside; promises nothing until a purchase is placed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.models import Variant

MAX_QUANTITY = 9_999


class Cart(models.Model):
    """A cart of a device (by the hash of its cookie's 128-bit token) or of a signed-in buyer."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True
    )
    ward_code = models.CharField(max_length=5, blank=True)
    # What makes the next purchase unique: a second click with the same key returns the first one.
    checkout_key = models.UUIDField()
    # When goods of another device came in by signing in: for some minutes the cart says so.
    joined_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"cart {self.pk}"


class CartLine(models.Model):
    """`seen_price_vnd` is what the buyer last saw; checkout says so when the price has changed.
    A line set aside stays in the cart while the others are ordered."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    seen_price_vnd = models.BigIntegerField()
    set_aside = models.BooleanField(default=False, db_default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_line_once"),
            models.CheckConstraint(
                name="cart_line_quantity", condition=Q(quantity__gte=1, quantity__lte=MAX_QUANTITY)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id}"
