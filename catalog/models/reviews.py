"""What buyers say about goods they received."""

from django.db import models
from django.db.models import Q

from catalog.models.goods import Product


class Review(models.Model):
    """A verified review: its order was delivered. All are shown; a removal leaves its reason."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="reviews")
    order_number = models.CharField(max_length=11)
    author_name = models.CharField(max_length=80)
    rating = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField()
    removed_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_1_to_5", condition=Q(rating__gte=1, rating__lte=5)),
            models.UniqueConstraint(fields=["product", "order_number"], name="review_once"),
        ]
        indexes = [models.Index(fields=["product", "-created_at"], name="review_of_product")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.rating}"
