"""What buyers say about goods they received."""

from django.db import models
from django.db.models import Q

from catalog.models.goods import Product
from core.models import Picture


class Review(models.Model):
    """A verified review: its order was delivered. All are shown; a removal leaves its reason.

    One per product and order, however many packs of it were bought. `author_id` is the account, if
    the buyer had one; shown is `author_name` alone.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="reviews")
    order_number = models.CharField(max_length=11)
    author_name = models.CharField(max_length=80)
    rating = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    removed_reason = models.TextField(blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    author_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_1_to_5", condition=Q(rating__gte=1, rating__lte=5)),
            models.UniqueConstraint(fields=["product", "order_number"], name="review_once"),
        ]
        indexes = [models.Index(fields=["product", "-created_at"], name="review_of_product")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.rating}"


class ReviewPhoto(models.Model):
    """A photo that a buyer added to a review, in order; hidden together with a removed text."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="photos")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "picture"], name="review_photo_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.position}"
