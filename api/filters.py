"""Filters of the product and vendor lists."""

import django_filters
from django.db.models import QuerySet

from catalog.models import Category, SearchEntry
from vendors.models import Vendor, VendorKind


class ProductFilter(django_filters.FilterSet):
    """Narrow the list of products; several grades widen it (`grade=W240&grade=W320`)."""

    category = django_filters.CharFilter(method="in_category", help_text="slug of a category")
    vendor = django_filters.NumberFilter(field_name="vendor_id")
    grade = django_filters.AllValuesMultipleFilter()
    ward = django_filters.CharFilter(field_name="ward_code", help_text="official ward code")
    vendor_kind = django_filters.ChoiceFilter(choices=VendorKind.choices)
    badge = django_filters.CharFilter(
        field_name="badges", lookup_expr="contains", method="has_badge"
    )
    price_min = django_filters.NumberFilter(field_name="price_vnd", lookup_expr="gte")
    price_max = django_filters.NumberFilter(field_name="price_vnd", lookup_expr="lte")
    in_stock = django_filters.BooleanFilter()
    published_after = django_filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="gt")

    class Meta:
        model = SearchEntry
        fields: list[str] = []

    def in_category(
        self, rows: QuerySet[SearchEntry], name: str, value: str
    ) -> QuerySet[SearchEntry]:
        category = Category.objects.filter(slug=value).only("id").first()
        return rows.filter(category_ids__contains=[category.pk]) if category else rows.none()

    def has_badge(
        self, rows: QuerySet[SearchEntry], name: str, value: str
    ) -> QuerySet[SearchEntry]:
        return rows.filter(badges__contains=[value])


class VendorFilter(django_filters.FilterSet):
    """Narrow the list of vendors."""

    kind = django_filters.ChoiceFilter(choices=VendorKind.choices)
    ward = django_filters.CharFilter(field_name="ward_code", help_text="official ward code")

    class Meta:
        model = Vendor
        fields: list[str] = []
