"""A complaint about an order: what is wrong, each step of it, what is owed and what came back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from orders.models.order import Order, OrderLine
from orders.states import COMPLAINT_ENDED, ComplaintState


class ComplaintKind(models.TextChoices):
    SPOILT = "spoilt", _("Fruit or fresh goods are spoilt")
    WRONG = "wrong", _("Goods are wrong, missing or poor")
    LATE = "late", _("The parcel hasn't come")
    FALSE = "false", _("A paper or a claim is false")


class Wish(models.TextChoices):
    REFUND = "refund", _("Money back")
    REPLACE = "replace", _("Send it again")
    ANSWER = "answer", _("An answer")


class Outcome(models.TextChoices):
    REFUND = "refund", _("Money back")
    REPLACE = "replace", _("Send it again")
    REFUSE = "refuse", _("Neither, with the reasons")


class Complaint(models.Model):
    """One complaint; `outcome`, `amount_vnd` and `with_return` are what the vendor offered last or
    the province decided. `due_at` is the end of the present state's clock."""

    number = models.CharField(max_length=11, unique=True)
    key = models.UUIDField(unique=True)  # of the form: sent twice is one complaint
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="complaints")
    kind = models.CharField(max_length=8, choices=ComplaintKind.choices)
    wish = models.CharField(max_length=8, choices=Wish.choices)
    state = models.CharField(
        max_length=10, choices=ComplaintState.choices, default=ComplaintState.OPENED
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    amount_vnd = models.BigIntegerField(default=0)
    with_return = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                name="complaint_open_once",
                condition=~Q(state__in=list(COMPLAINT_ENDED)),
            ),
            models.CheckConstraint(
                name="complaint_state_known", condition=Q(state__in=ComplaintState.values)
            ),
            models.CheckConstraint(
                name="complaint_amount",
                condition=Q(amount_vnd__gt=0, outcome="refund")
                | Q(~Q(outcome="refund"), amount_vnd=0),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="complaint_due", condition=Q(due_at__isnull=False)
            ),
            models.Index(fields=["state", "opened_at"], name="complaint_queue"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state not in COMPLAINT_ENDED


class ComplaintItem(models.Model):
    """Which goods, and how many of them."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="items")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="complained")
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ["line_id"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "line"], name="complaint_line_once"),
            models.CheckConstraint(name="complaint_units", condition=Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.line_id}"


class ComplaintEntry(models.Model):
    """The timeline: who did what, with which words; `detail` holds figures, never a name."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)  # buyer | vendor | staff | system
    actor_id = models.BigIntegerField(null=True, blank=True)
    action = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.action}"


class ComplaintPhoto(models.Model):
    """A photo beside an entry: private, made small and without metadata when it came in."""

    entry = models.ForeignKey(ComplaintEntry, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.file_id}"


class Refund(models.Model):
    """What a vendor owes a buyer because of a complaint, and when it said that it paid.

    The platform holds no money: the vendor pays, and says how in `reference`.
    """

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="refund")
    amount_vnd = models.BigIntegerField()
    owed_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="refund_positive", condition=Q(amount_vnd__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.amount_vnd} {'paid' if self.paid_at else 'owed'}"


class TakenBack(models.Model):
    """Goods that came back to the vendor: only what it found sellable is stock again.

    `complaint` is empty for a parcel that could never be delivered.
    """

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="taken_back")
    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back"
    )
    sellable = models.PositiveIntegerField()
    unsellable = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "complaint"], name="taken_back_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.sellable} + {self.unsellable}"
