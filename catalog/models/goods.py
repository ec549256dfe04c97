"""Categories, products, variants, pictures, revisions and the decisions about products."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import get_language

from catalog.states import ProductState, RevisionState
from core.models import Picture
from core.money import MAX_PRICE_VND
from vendors.models import Paper, Vendor
from vendors.states import VendorState


class Category(models.Model):
    """A node of the category tree; `path` holds the ids from the root, so a subtree is a prefix."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=60, unique=True)  # "0001/0007/"
    slug = models.SlugField(max_length=80, unique=True)
    slug_en = models.SlugField(max_length=80, blank=True, default="", db_default="")
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    commodity = models.CharField(max_length=20, blank=True)  # cashew, pepper, rubber, ...
    grades = models.JSONField(default=list)  # grade codes a product here may carry
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug_en"], name="category_slug_en_once", condition=~Q(slug_en="")
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi


class CategoryAddress(models.Model):
    """An address that a category once had: it leads to the present one for ever."""

    slug = models.SlugField(max_length=80, primary_key=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="old_addresses")

    def __str__(self) -> str:
        return self.slug


class ProductQuerySet(models.QuerySet["Product"]):
    """Scopes of products."""

    def public(self) -> Self:
        """Those that the shop shows: live, of an approved vendor."""
        return self.filter(state=ProductState.LIVE, vendor__state=VendorState.APPROVED)

    def for_vendor(self, vendor: Vendor) -> Self:
        """Those of one vendor; anybody else's don't exist."""
        return self.filter(vendor=vendor)


class Product(models.Model):
    """What a page shows: the text that staff approved; later changes wait as a Revision."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="products")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    slug = models.SlugField(max_length=120)
    name_vi = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    summary_vi = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=300, blank=True)
    description_vi = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    grade = models.CharField(max_length=24, blank=True)
    # [{"vi": name, "en": name, "value": text}], "value_en" where English says it otherwise,
    # and "key" where the value states a property of the grade (`catalog.grades`)
    specs = models.JSONField(default=list)
    state = models.CharField(
        max_length=20, choices=ProductState.choices, default=ProductState.DRAFT
    )
    change_reasons = models.JSONField(default=dict)
    takedown_reason = models.TextField(blank=True)
    papers = models.ManyToManyField(Paper, blank=True, related_name="products")
    # Bumped by every public change; fragments are cached under it.
    version = models.PositiveIntegerField(default=1)
    # When what the public sees of it last changed; written with `version`.
    changed_at = models.DateTimeField(db_default=Now())
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    sold_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="product_state_known", condition=Q(state__in=ProductState.values)
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="product_queue"),
            models.Index(fields=["vendor", "state"], name="product_of_vendor"),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def spoken_name(self) -> str:
        """The name inside a sentence of the page's language."""
        return self.name_en or self.name_vi if get_language() == "en" else self.name_vi


class Variant(models.Model):
    """What is bought: a sale unit (a pack, a grade, 1 kg) with its net grams; price with tax."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants")
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    sku = models.CharField(max_length=60)
    net_grams = models.PositiveIntegerField()
    gross_grams = models.PositiveIntegerField()
    price_vnd = models.BigIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="variant_price_sane",
                condition=Q(price_vnd__gte=500, price_vnd__lte=MAX_PRICE_VND),
            ),
            models.CheckConstraint(name="variant_weighs", condition=Q(net_grams__gte=1)),
            models.UniqueConstraint(
                fields=["product", "sku"],
                name="variant_sku_once",
                condition=Q(archived_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.name_vi}"


class ProductPicture(models.Model):
    """A picture of a product that the public sees, in order."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "picture"], name="product_picture_once"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.position}"


class Revision(models.Model):
    """A changed text, photo or claim of a live product, waiting for staff; at most one at a time.

    `changes` maps a field of Product to its new value; the keys "pictures" and "papers" hold lists
    of ids in order.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="revisions")
    changes = models.JSONField()
    state = models.CharField(
        max_length=10, choices=RevisionState.choices, default=RevisionState.WAITING
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reasons = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product"], name="revision_one_waiting", condition=Q(state="waiting")
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="revision_queue")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.state}"


class ProductDecision(models.Model):
    """The timeline of a product: each move between states, by whom and why."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    reasons = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.product_id}: {self.from_state} -> {self.to_state}"
