"""The flat search entry: all that list pages need, in one row per public product."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F
from django.db.models.expressions import OrderBy

from catalog.models.goods import Product


def _in_subtree(depth: int, order: F | OrderBy, name: str) -> models.Index:
    """A category's goods in an order, without walking past everything else."""
    place = F(f"category_ids__{depth - 1}")  # Django counts from 0, PostgreSQL from 1
    return models.Index(place, order, F("product"), name=f"entry_{name}_{depth}")


class SearchEntry(models.Model):
    """Exists only while the product is public; written by `catalog.services.index_product` alone.

    `card` holds what a card shows in both languages, so a list page reads this table only.
    """

    product = models.OneToOneField(
        Product, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    vendor_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    recipe = models.PositiveSmallIntegerField(default=0)  # how it was made: `entries.RECIPE`
    words = SearchVectorField()
    category_ids = ArrayField(models.IntegerField())
    ward_code = models.CharField(max_length=5)
    vendor_kind = models.CharField(max_length=12)
    grade = models.CharField(max_length=24, blank=True)
    badges = ArrayField(models.CharField(max_length=20), default=list)  # "ocop-4", "vietgap", ...
    price_vnd = models.BigIntegerField()
    in_stock = models.BooleanField()
    popularity = models.IntegerField(default=0)
    published_at = models.DateTimeField()
    sort_name = models.CharField(max_length=200, db_collation="C")
    card = models.JSONField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="entry_words", fastupdate=False),
            GinIndex(fields=["category_ids"], name="entry_categories", fastupdate=False),
            models.Index(fields=["-popularity", "product"], name="entry_popular"),
            *(_in_subtree(depth, F("popularity").desc(), "popular") for depth in (1, 2)),
            models.Index(fields=["price_vnd", "product"], name="entry_price"),
            *(_in_subtree(depth, F("price_vnd"), "price") for depth in (1, 2)),
            models.Index(fields=["-published_at", "product"], name="entry_new"),
            models.Index(fields=["sort_name", "product"], name="entry_name"),
            models.Index(fields=["vendor_id"], name="entry_vendor"),
        ]

    def __str__(self) -> str:
        return f"entry of {self.product_id}"


class FacetCount(models.Model):
    """How many public goods have a value in a category's subtree (0: in the whole market).

    Written with the entries, by `catalog.services.counts` alone; `facet` "all" has one row per
    category.
    """

    category_id = models.IntegerField()
    facet = models.CharField(max_length=8)
    value = models.CharField(max_length=24, blank=True)
    goods = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category_id", "facet", "value"], name="facet_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.value} in {self.category_id}"


class SearchTerm(models.Model):
    """A word that goods are found by, with its deletion keys: typing errors meet at a key."""

    word = models.CharField(max_length=40, primary_key=True)
    display = models.CharField(max_length=40, blank=True)  # with its marks: "điều"
    uses = models.IntegerField(default=0)
    keys = ArrayField(models.CharField(max_length=40))

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="term_keys")]

    def __str__(self) -> str:
        return self.word
