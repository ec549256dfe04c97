"""How a person proves who they are beside the password, and where they are signed in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AuthenticatorKind(models.TextChoices):
    TOTP = "totp", _("App with codes")
    PASSKEY = "passkey", _("Passkey")


class Authenticator(models.Model):
    """An app with codes (one per person) or a passkey (several)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authenticators"
    )
    kind = models.CharField(max_length=8, choices=AuthenticatorKind.choices)
    name = models.CharField(max_length=60, blank=True)
    # The app's secret, encrypted; a passkey's public data, which is no secret.
    secret = models.TextField(blank=True)
    credential_id = models.CharField(max_length=1400, blank=True)
    credential = models.TextField(blank=True)
    # The last used time step or signature count: neither may come again.
    counter = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="one_app_per_person", condition=Q(kind="totp")
            ),
            models.UniqueConstraint(
                fields=["credential_id"], name="passkey_once", condition=~Q(credential_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"


class RecoveryCode(models.Model):
    """One of ten codes on paper, kept as a keyed hash; each works once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once"),
        ]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class SignedIn(models.Model):
    """A device on which a person is signed in; ending it deletes its session."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signed_in"
    )
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=45, blank=True)  # a shortened network address
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} on {self.device}"
