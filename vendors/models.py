"""Who sells: vendors, their members, their papers and the decisions about them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from vendors.states import VendorState


class VendorKind(models.TextChoices):
    COMPANY = "company", _("Company")
    COOPERATIVE = "cooperative", _("Cooperative")
    HOUSEHOLD = "household", _("Household business")
    PERSON = "person", _("Person")


class VendorQuerySet(models.QuerySet["Vendor"]):
    """Scopes of vendors."""

    def public(self) -> Self:
        """Those whose goods the shop shows."""
        return self.filter(state=VendorState.APPROVED)

    def for_member(self, user_id: int) -> Self:
        """Those that this person works for."""
        return self.filter(members__user_id=user_id, members__removed_at__isnull=True)


class Vendor(models.Model):
    """A company, cooperative, household business or person who sells; owns everything below."""

    kind = models.CharField(max_length=12, choices=VendorKind.choices)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    short_name = models.CharField(max_length=60, blank=True)
    slug = models.SlugField(max_length=80)
    tax_code = models.CharField(max_length=14, blank=True)
    ward_code = models.CharField(max_length=5, blank=True)
    street = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    story_vi = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=VendorState.choices, default=VendorState.DRAFT)
    language = models.CharField(max_length=2, default="vi")
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    # Field name -> reason, set when staff ask for changes; cleared when the vendor submits again.
    change_reasons = models.JSONField(default=dict)
    # Those of them that the vendor has answered since; they wait to be sent.
    mended_fields = models.JSONField(
        default=list, db_default=Value([], output_field=models.JSONField())
    )

    objects = VendorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"],
                name="vendor_tax_code_once",
                condition=~Q(tax_code="") & ~Q(state="closed"),
            ),
            models.CheckConstraint(
                name="vendor_state_known", condition=Q(state__in=VendorState.values)
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="vendor_queue")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        return self.state == VendorState.APPROVED

    @property
    def label(self) -> str:
        """The short name where there is one: what cards and drawn packs carry."""
        return self.short_name or self.name


class MemberRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    STAFF = "staff", _("Helper")


class Member(models.Model):
    """A person's right to act for a vendor."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=8, choices=MemberRole.choices, default=MemberRole.OWNER)
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "user"],
                name="member_once",
                condition=Q(removed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.vendor_id}"


class PaperKind(models.TextChoices):
    REGISTRATION = "registration", _("Business or cooperative registration")
    IDENTITY = "identity", _("Personal identity card")
    FOOD_SAFETY = "food_safety", _("Food safety certificate or commitment")
    SELF_DECLARATION = "self_declaration", _("Product self-declaration")
    OCOP = "ocop", _("OCOP decision")
    VIETGAP = "vietgap", _("VietGAP certificate")
    ORGANIC = "organic", _("Organic certificate")
    HACCP = "haccp", _("HACCP or ISO 22000 certificate")
    GROWING_AREA = "growing_area", _("Growing-area code")
    OTHER = "other", _("Other paper")


class PaperState(models.TextChoices):
    WAITING = "waiting", _("Waiting for the province")
    ACCEPTED = "accepted", _("Checked")
    REFUSED = "refused", _("Refused")


class Paper(models.Model):
    """A document with an issuer, a number and an end date. A badge stands only on an ACCEPTED
    paper whose `valid_to` hasn't passed."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    title = models.CharField(max_length=160, blank=True)
    issuer = models.CharField(max_length=160, blank=True)
    number = models.CharField(max_length=80, blank=True)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=PaperState.choices, default=PaperState.WAITING)
    refusal = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_stars_1_to_5",
                condition=Q(stars__isnull=True) | Q(stars__gte=1, stars__lte=5),
            ),
        ]
        indexes = [models.Index(fields=["vendor", "kind"], name="paper_of_vendor")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class VendorDecision(models.Model):
    """The timeline of a vendor: each move between states, by whom and why."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    reasons = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.vendor_id}: {self.from_state} -> {self.to_state}"
