"""What is a person's own: addresses, consents, the export of their data and its erasure."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile


class AddressQuerySet(models.QuerySet["Address"]):
    """Scopes of addresses."""

    def for_person(self, user_id: int) -> Self:
        """Those of one person, the usual one first; anybody else's don't exist."""
        return self.filter(user_id=user_id).order_by("-is_default", "id")


class Address(models.Model):
    """Where a person has parcels sent; one of them is the usual one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="addresses"
    )
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=16)
    ward_code = models.CharField(max_length=5)
    street = models.CharField(max_length=200)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="one_default_address", condition=Q(is_default=True)
            ),
        ]

    def __str__(self) -> str:
        return f"address {self.pk}"


class Consent(models.Model):
    """One answer of a person, given or withdrawn. Append-only: the database refuses changes; the
    newest row of a purpose counts. It holds no personal value but whose it is."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(max_length=20)  # marketing_mail | marketing_sms
    is_given = models.BooleanField()
    version = models.CharField(max_length=20)  # of the text that was shown
    language = models.CharField(max_length=2)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "purpose", "-id"], name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.purpose} {self.is_given}"


class ExportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    MAKING = "making", _("Being put together")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    GONE = "gone", _("Deleted")


class DataExport(models.Model):
    """Everything about a person in one file, made by the worker, deleted after some days."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports"
    )
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.WAITING)
    language = models.CharField(max_length=2, default="vi")
    done_parts = models.PositiveSmallIntegerField(default=0)
    all_parts = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                name="one_export_at_a_time",
                condition=Q(state__in=["waiting", "making"]),
            ),
        ]

    def __str__(self) -> str:
        return f"export {self.pk} {self.state}"


class ErasureState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    UNDONE = "undone", _("Taken back")
    DONE = "done", _("Done")


class ErasureRequest(models.Model):
    """A person's wish that we forget them; it waits some days, so that it can be taken back."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasures"
    )
    state = models.CharField(
        max_length=8, choices=ErasureState.choices, default=ErasureState.WAITING
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Done, but the law keeps something until this day: then the rest is erased too.
    kept_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="one_erasure_waits", condition=Q(state="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"erasure of {self.user_id} {self.state}"
