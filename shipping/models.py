"""Fee rules by zone and weight. Dated rows, never constants."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    WARD = "ward", _("Same commune or ward")
    PROVINCE = "province", _("Same province")
    SOUTH = "south", _("Southern provinces")
    NATION = "nation", _("Rest of the country")


class Service(models.TextChoices):
    """How a parcel reaches its buyer, in the order in which it is offered."""

    STANDARD = "standard", _("Standard delivery")
    FAST = "fast", _("Fast delivery")
    PICKUP = "pickup", _("I pick it up at the vendor's")


class ShippingRate(models.Model):
    """The fee of a parcel up to `up_to_grams` into `zone`; no vendor means the market's own."""

    vendor_id = models.BigIntegerField(null=True, blank=True)
    service = models.CharField(
        max_length=8, choices=Service.choices, default=Service.STANDARD, db_default=Service.STANDARD
    )
    zone = models.CharField(max_length=10, choices=Zone.choices)
    up_to_grams = models.PositiveIntegerField()
    fee_vnd = models.BigIntegerField()
    free_from_vnd = models.BigIntegerField(null=True, blank=True)
    days_min = models.PositiveSmallIntegerField()
    days_max = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="rate_not_negative", condition=Q(fee_vnd__gte=0)),
            models.UniqueConstraint(
                fields=["vendor_id", "service", "zone", "up_to_grams", "valid_from"],
                name="rate_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone} <= {self.up_to_grams} g: {self.fee_vnd}"


class Gap(models.Model):
    """A ward that a service doesn't reach in these days (an island, a flooded road)."""

    service = models.CharField(max_length=8, choices=Service.choices)
    ward_code = models.CharField(max_length=5)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward_code", "service", "valid_from"], name="gap_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service} not to {self.ward_code}"
