"""What people ask about goods, in public, and what the vendor answers."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog.models.goods import Product
from vendors.models import Vendor


class QuestionQuerySet(models.QuerySet["Question"]):
    """Scopes of questions."""

    def for_vendor(self, vendor: Vendor) -> Self:
        """Those about one vendor's goods; anybody else's don't exist."""
        return self.filter(product__vendor=vendor)

    def waiting(self) -> Self:
        """Those that their vendor hasn't answered."""
        return self.filter(answered_at=None, removed_at=None)


class Question(models.Model):
    """A question about a product. Public from `public_from` on: when the vendor has answered, or
    when the time for an answer is over. A removal by staff leaves its reason in place of the text.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="questions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=80)  # as shown: the given name alone
    language = models.CharField(max_length=2, default="vi")
    text = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    public_from = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_reason = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="question_answer_dated",
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [
            models.Index(fields=["product", "-asked_at"], name="question_of_product"),
            models.Index(
                fields=["public_from"],
                name="question_unanswered",
                condition=Q(answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.text[:40]}"
