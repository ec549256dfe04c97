"""Vouchers, and each time one was used."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vendors.models import Vendor


class Kind(models.TextChoices):
    PERCENT = "percent", _("Percent off")
    AMOUNT = "amount", _("Amount off")


class Payer(models.TextChoices):
    VENDOR = "vendor", _("The vendor")
    PROVINCE = "province", _("The province")


class VoucherQuerySet(models.QuerySet["Voucher"]):
    """Scopes of vouchers."""

    def for_vendor(self, vendor: Vendor) -> Self:
        """Those of one vendor; anybody else's don't exist."""
        return self.filter(vendor=vendor)

    def for_province(self) -> Self:
        """The province's own."""
        return self.filter(vendor__isnull=True)


class Voucher(models.Model):
    """A code that lowers the price of goods: a vendor's of its own goods, the province's of all.

    `used` counts the redemptions that hold; it moves by conditional UPDATE only. What was promised
    to buyers (kind, value, minimum) never changes: a voucher is paused, and another one is made.
    """

    code = models.CharField(max_length=20, unique=True)
    vendor = models.ForeignKey(
        Vendor, on_delete=models.PROTECT, null=True, blank=True, related_name="vouchers"
    )
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    percent = models.PositiveSmallIntegerField(default=0)
    amount_vnd = models.BigIntegerField(default=0)
    most_vnd = models.BigIntegerField(null=True, blank=True)
    minimum_vnd = models.BigIntegerField(default=0)
    uses_limit = models.PositiveIntegerField(null=True, blank=True)
    per_buyer = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    payer = models.CharField(max_length=8, choices=Payer.choices)
    # Whether everybody finds the code on the page of vouchers, or only those who are told it.
    is_listed = models.BooleanField(default=True)
    fund = models.CharField(max_length=120, blank=True)  # the province's: what it is paid from
    used = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="voucher_value",
                condition=Q(kind="percent", percent__gte=1, percent__lte=100, amount_vnd=0)
                | Q(kind="amount", percent=0, amount_vnd__gte=1),
            ),
            models.CheckConstraint(
                name="voucher_never_over_redeemed",
                condition=Q(uses_limit__isnull=True) | Q(used__lte=F("uses_limit")),
            ),
            models.CheckConstraint(
                name="voucher_payer_known",
                condition=Q(vendor__isnull=True, payer="province")
                | Q(vendor__isnull=False, payer="vendor"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Redemption(models.Model):
    """A voucher used by one purchase. `nth` is the buyer's place among those it allows each of
    them; the phone is kept only as a keyed hash, which is enough to count."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="redemptions")
    purchase_number = models.CharField(max_length=11)
    buyer_id = models.BigIntegerField(null=True, blank=True)
    phone_key = models.CharField(max_length=40)
    nth = models.PositiveSmallIntegerField(null=True, blank=True)
    discount_vnd = models.BigIntegerField()
    at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "purchase_number"], name="redemption_once_per_purchase"
            ),
            models.UniqueConstraint(
                fields=["voucher", "phone_key", "nth"],
                name="redemption_once_per_phone",
                condition=Q(released_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["voucher", "buyer_id", "nth"],
                name="redemption_once_per_buyer",
                condition=Q(released_at__isnull=True),
            ),
            models.CheckConstraint(name="redemption_positive", condition=Q(discount_vnd__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id} {self.purchase_number}"


class Share(models.Model):
    """One order's part of a redemption: what its vendor's goods cost less, and who bears it."""

    redemption = models.ForeignKey(Redemption, on_delete=models.PROTECT, related_name="shares")
    order_number = models.CharField(max_length=11, db_index=True)
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="+")
    discount_vnd = models.BigIntegerField()
    payer = models.CharField(max_length=8, choices=Payer.choices)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["redemption", "order_number"], name="share_once_per_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_number}: {self.discount_vnd}"
