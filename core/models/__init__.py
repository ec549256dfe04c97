"""What every app stands on: outbox, inbox, audit trail, cases, stored files and pictures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """Something that happened below and must be told above; written with the change itself."""

    topic = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    fanned_out = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="outbox_to_fan_out", condition=Q(fanned_out=False)),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key} #{self.pk}"


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("Pending")
    DONE = "done", _("Done")
    PARKED = "parked", _("Parked: a person must look")
    DROPPED = "dropped", _("Dropped by staff")


class OutboxDelivery(models.Model):
    """One entry on its way to one subscriber: at least once, in order per key."""

    entry = models.ForeignKey(OutboxEntry, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.CharField(max_length=100)
    key = models.CharField(max_length=80)
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "subscriber"], name="outbox_delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="outbox_delivery_due",
                condition=Q(state="pending"),
            ),
            models.Index(
                fields=["subscriber", "key", "entry"],
                name="outbox_delivery_order",
                condition=Q(state__in=["pending", "parked"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} {self.key} {self.state}"


class InboxNotice(models.Model):
    """A notice of an outside party, stored before it is answered; unique per party and event."""

    party = models.CharField(max_length=40)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, blank=True)
    body = models.JSONField()
    received_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "event_id"], name="inbox_notice_once"),
        ]
        indexes = [
            models.Index(
                fields=["received_at"], name="inbox_open", condition=Q(handled_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.event_id}"


class AuditEntry(models.Model):
    """A decision or change by a person. Append-only: the database refuses update and delete."""

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_label = models.CharField(max_length=120)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    personal_hash = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_key"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.action} {self.subject_key}"


class AuditPersonal(models.Model):
    """Personal values of an entry, beside the chain: erasing them leaves the chain valid."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="personal")
    salt = models.CharField(max_length=32)
    values = models.JSONField()

    def __str__(self) -> str:
        return f"personal of {self.entry_id}"


class AuditSeal(models.Model):
    """One link of the hash chain, written in order by the sealing task."""

    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    position = models.BigIntegerField(unique=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.position} {self.hash[:12]}"


class CaseState(models.TextChoices):
    OPEN = "open", _("Open")
    RESOLVED = "resolved", _("Resolved")


class Case(models.Model):
    """Something a person must look at; points at its subject by kind and public number."""

    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=80)
    vendor_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    title = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    opened_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by_id = models.BigIntegerField(null=True, blank=True)
    resolution = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                name="case_open_once",
                condition=Q(state="open") & ~Q(dedupe_key=""),
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at"], name="case_queue")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_key} {self.state}"


class StoredFile(models.Model):
    """An upload under a name of our own; private ones are only sent through a scoped view."""

    key = models.CharField(max_length=120, unique=True)
    is_private = models.BooleanField(default=True)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    original_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class PictureState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")


class Picture(models.Model):
    """A picture: its original (private) and the renditions that pages show.

    READY means the 480 px WebP exists; `complete_at` is set when all widths and AVIF do.
    """

    original = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=24, unique=True)
    state = models.CharField(
        max_length=10, choices=PictureState.choices, default=PictureState.WAITING
    )
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=60, blank=True)
    # Begun since the last time that something came of it: what kills its worker is given up.
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    complete_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="picture_incomplete",
                condition=Q(complete_at__isnull=True) & ~Q(state="refused"),
            ),
        ]

    def __str__(self) -> str:
        return self.token


class Rendition(models.Model):
    """One width and format of a picture, at `MEDIA/<picture.token>-<width>.<format>`."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    format = models.CharField(max_length=4)  # webp | avif
    size = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["picture", "width", "format"], name="rendition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.width} {self.format}"


class Rule(models.Model):
    """A dated value that people may change: a deadline, a limit, a fee. Never a constant."""

    name = models.CharField(max_length=60)
    value = models.BigIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value} from {self.valid_from}"
