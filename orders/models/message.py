"""What buyer and vendor write to each other about an order."""

from django.db import models
from django.db.models import Q

from core.models import StoredFile
from orders.models.order import Order


class OrderMessage(models.Model):
    """One message, plain text; `seen_at` is when the other side first opened the page with it."""

    key = models.UUIDField(unique=True)  # of the form: sent twice is one message
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="messages")
    author_kind = models.CharField(max_length=8)  # buyer | vendor
    author_id = models.BigIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["order", "author_kind"],
                name="message_unseen",
                condition=Q(seen_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.author_kind}"
