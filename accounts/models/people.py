"""People: one account for buyer, vendor's member and staff; guests are not users."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail, phone or both."""

    def create_user(
        self,
        *,
        email: str | None = None,
        phone: str | None = None,
        password: str | None = None,
        **fields: Any,
    ) -> "User":
        """A user with a usable password; `email` is lowercased, `phone` must be E.164."""
        user = self.model(email=email.strip().lower() if email else None, phone=phone, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, by e-mail, phone or both; province staff have `is_staff`."""

    email = models.EmailField(unique=True, null=True, blank=True)  # noqa: DJ001 two empties must not clash
    phone = models.CharField(max_length=16, unique=True, null=True, blank=True)  # noqa: DJ001
    full_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="vi")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_reachable",
                condition=Q(email__isnull=False)
                | Q(phone__isnull=False)
                | Q(erased_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email or self.phone or ""

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """A new password or another role ends every open session."""
        told = f"{self.password}:{self.is_staff}"
        return salted_hmac("accounts.session", told, secret=secret, algorithm="sha256").hexdigest()

    def audit_label(self) -> str:
        """How the audit trail names this person: by number, never by a personal value."""
        return f"{'staff' if self.is_staff else 'user'} {self.pk}"


class OneTimeCode(models.Model):
    """A six-digit code sent to a phone or e-mail. The code itself is never stored: it is derived
    from the row and the server's key, so neither a dump nor the outbox holds it."""

    purpose = models.CharField(max_length=20)  # follow_order | sign_in | confirm_contact …
    target = models.CharField(max_length=254)
    subject = models.CharField(max_length=40, blank=True)
    salt = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField(default=5)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["target", "created_at"], name="code_per_target")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
