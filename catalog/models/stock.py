"""One pool of units per variant, and every change to it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.goods import Variant


class Stock(models.Model):
    """`available = on_hand - held`, never below 0: the database refuses it."""

    variant = models.OneToOneField(
        Variant, on_delete=models.PROTECT, primary_key=True, related_name="stock"
    )
    on_hand = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stock_never_oversold", condition=Q(held__lte=F("on_hand"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.on_hand} - {self.held}"

    @property
    def available(self) -> int:
        return self.on_hand - self.held


class MovementKind(models.TextChoices):
    RECEIVE = "receive", _("Received")
    CORRECT = "correct", _("Corrected")
    HOLD = "hold", _("Promised to an order")
    RELEASE = "release", _("Given back")
    SHIP = "ship", _("Handed over")
    RETURN = "return", _("Returned")


class StockMovement(models.Model):
    """One change of a pool; the sum of all movements is the pool."""

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=8, choices=MovementKind.choices)
    on_hand_change = models.IntegerField(default=0)
    held_change = models.IntegerField(default=0)
    order_number = models.CharField(max_length=11, blank=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["variant", "at"], name="movement_of_variant")]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.kind} {self.on_hand_change:+} {self.held_change:+}"
