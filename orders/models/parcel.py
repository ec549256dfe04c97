"""The box of an order and what its carrier told about it."""

from django.db import models
from django.db.models import Q

from orders.models.order import Order
from orders.states import ParcelState
from shipping.models import Service


class Parcel(models.Model):
    """One box; `expected_on` is what the buyer was told."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="parcel")
    carrier = models.CharField(max_length=12)
    service = models.CharField(
        max_length=8, choices=Service.choices, default=Service.STANDARD, db_default=Service.STANDARD
    )
    tracking_code = models.CharField(max_length=40, blank=True)
    state = models.CharField(
        max_length=16, choices=ParcelState.choices, default=ParcelState.WAITING
    )
    weight_grams = models.PositiveIntegerField()
    fee_vnd = models.BigIntegerField()
    cod_vnd = models.BigIntegerField(default=0)
    expected_on = models.DateField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    next_check_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_check_at"],
                name="parcel_to_check",
                condition=Q(next_check_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_code}"


class ParcelEvent(models.Model):
    """One report of the carrier, in its own words and mapped to ours."""

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="events")
    state = models.CharField(max_length=16)
    place = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "state", "at"], name="parcel_event_once"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.state}"
