"""Purchase, order, lines, timeline and holds."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from orders.states import HoldState, OrderState
from vendors.models import Vendor


class Purchase(models.Model):
    """What a buyer confirms once: one checkout, one or more orders."""

    number = models.CharField(max_length=11, unique=True)
    checkout_key = models.UUIDField(unique=True)
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=16, db_index=True)
    email = models.EmailField(blank=True)
    ward_code = models.CharField(max_length=5)
    street = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="vi")
    total_vnd = models.BigIntegerField()
    placed_at = models.DateTimeField()
    # What a company needs on its invoices, told for that alone; empty without `invoice_agreed_at`.
    invoice_tax_code = models.CharField(max_length=14, blank=True, default="", db_default="")
    invoice_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    invoice_address = models.CharField(max_length=300, blank=True, default="", db_default="")
    invoice_email = models.EmailField(blank=True, default="", db_default="")
    invoice_agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="purchase_total_positive", condition=Q(total_vnd__gt=0)),
        ]

    def __str__(self) -> str:
        return self.number


class Origin(models.TextChoices):
    MARKET = "market", _("This market")
    SHOPEE = "shopee", "Shopee"
    LAZADA = "lazada", "Lazada"
    TIKTOK = "tiktok", "TikTok Shop"


class OrderQuerySet(models.QuerySet["Order"]):
    """Scopes of orders."""

    def for_vendor(self, vendor: Vendor) -> Self:
        """Those of one vendor; anybody else's don't exist."""
        return self.filter(vendor=vendor)

    def for_buyer(self, user_id: int) -> Self:
        """Those that this signed-in buyer placed."""
        return self.filter(purchase__buyer_id=user_id)


class Order(models.Model):
    """One vendor's part of a purchase, or one order from a channel. The vendor's identity and the
    lines are copies of how they were; money is in đồng, tax included."""

    number = models.CharField(max_length=11, unique=True)
    purchase = models.ForeignKey(
        Purchase, on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="orders")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.MARKET)
    external_id = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.PLACED)
    payment_method = models.CharField(max_length=12, default="cod")
    payment_mode = models.CharField(max_length=8, default="direct")
    goods_vnd = models.BigIntegerField()
    discount_vnd = models.BigIntegerField(default=0)
    shipping_vnd = models.BigIntegerField()
    total_vnd = models.BigIntegerField()
    vendor_name = models.CharField(max_length=160)
    vendor_tax_code = models.CharField(max_length=14, blank=True)
    recipient = models.JSONField(default=dict)  # channel orders: name, phone, address as told
    note = models.CharField(max_length=300, blank=True, default="", db_default="")
    placed_at = models.DateTimeField()
    confirm_by = models.DateTimeField()
    promised_on = models.DateField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    close_after = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=40, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="order_adds_up",
                condition=Q(
                    total_vnd=F("goods_vnd") - F("discount_vnd") + F("shipping_vnd"),
                    goods_vnd__gte=0,
                    discount_vnd__gte=0,
                    shipping_vnd__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="order_state_known", condition=Q(state__in=OrderState.values)
            ),
            models.UniqueConstraint(
                fields=["vendor", "origin", "external_id"],
                name="channel_order_once",
                condition=~Q(external_id=""),
            ),
        ]
        indexes = [
            models.Index(fields=["vendor", "state", "-placed_at"], name="order_of_vendor"),
            models.Index(
                fields=["confirm_by"], name="order_to_confirm", condition=Q(state="placed")
            ),
            models.Index(
                fields=["close_after"], name="order_to_close", condition=Q(state="delivered")
            ),
            models.Index(fields=["-placed_at"], name="order_newest"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """A copy of what was bought. `variant` is empty only while a channel's line isn't mapped."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey(
        Variant, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    variant_name = models.CharField(max_length=80)
    variant_name_en = models.CharField(max_length=80, blank=True)
    sku = models.CharField(max_length=60, blank=True)
    grade = models.CharField(max_length=24, blank=True)
    net_grams = models.PositiveIntegerField(default=0)
    gross_grams = models.PositiveIntegerField(default=0)
    unit_price_vnd = models.BigIntegerField()
    quantity = models.PositiveIntegerField()
    total_vnd = models.BigIntegerField()
    discount_vnd = models.BigIntegerField(default=0, db_default=0)  # its part of the order's

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="line_adds_up",
                condition=Q(total_vnd=F("unit_price_vnd") * F("quantity"), quantity__gte=1),
            ),
            models.CheckConstraint(
                name="line_discount",
                condition=Q(discount_vnd__gte=0, discount_vnd__lte=F("total_vnd")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.name}"


class OrderEvent(models.Model):
    """The timeline of an order: each move between states and what else a buyer should see."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    actor_kind = models.CharField(max_length=8)  # buyer | vendor | staff | system | channel
    actor_id = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.from_state} -> {self.to_state}"


class Hold(models.Model):
    """Units promised to a placed order. `expires_at` is the vendor's deadline to confirm; empty
    once confirmed: then the promise lasts until hand-over or cancelling."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="holds")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=HoldState.choices, default=HoldState.ACTIVE)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "variant"], name="hold_once"),
            models.CheckConstraint(name="hold_positive", condition=Q(quantity__gte=1)),
        ]
        indexes = [
            models.Index(fields=["variant"], name="hold_active", condition=Q(state="active")),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id} {self.state}"
