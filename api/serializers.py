"""The shapes that the REST API answers with: chosen fields only."""

from typing import Any

from rest_framework import serializers


class PictureField(serializers.Serializer[Any]):
    """Addresses of one picture by width, in WebP."""

    small = serializers.URLField(help_text="320 px wide")
    large = serializers.URLField(help_text="960 px wide")


class VendorRefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    ward = serializers.CharField()
    url = serializers.URLField()


class ProductSerializer(serializers.Serializer[Any]):
    """A product as lists show it. Money is whole đồng, tax included."""

    id = serializers.IntegerField()
    slug = serializers.CharField(help_text="slug-id: the id decides, the slug may change")
    name_vi = serializers.CharField()
    name_en = serializers.CharField()
    url = serializers.URLField()
    vendor = VendorRefSerializer()
    grade = serializers.CharField()
    badges = serializers.ListField(child=serializers.CharField())
    price_vnd = serializers.IntegerField(help_text="the cheapest sale unit")
    in_stock = serializers.BooleanField()
    rating = serializers.FloatField(allow_null=True)
    rating_count = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    picture = PictureField(allow_null=True)


class VariantSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    sku = serializers.CharField()
    name_vi = serializers.CharField()
    name_en = serializers.CharField()
    net_grams = serializers.IntegerField()
    price_vnd = serializers.IntegerField()
    price_per_kg_vnd = serializers.IntegerField()
    available = serializers.IntegerField()


class PaperSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    issuer = serializers.CharField()
    number = serializers.CharField()
    stars = serializers.IntegerField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class SpecSerializer(serializers.Serializer[Any]):
    name_vi = serializers.CharField()
    name_en = serializers.CharField()
    value = serializers.CharField()
    value_en = serializers.CharField()


class CategoryRefSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    name_vi = serializers.CharField()
    name_en = serializers.CharField()


class ProductDetailSerializer(serializers.Serializer[Any]):
    """All that the product page shows."""

    id = serializers.IntegerField()
    slug = serializers.CharField()
    name_vi = serializers.CharField()
    name_en = serializers.CharField()
    summary_vi = serializers.CharField()
    summary_en = serializers.CharField()
    description_vi = serializers.CharField()
    description_en = serializers.CharField()
    url = serializers.URLField()
    vendor = VendorRefSerializer()
    categories = CategoryRefSerializer(many=True, help_text="from the root down")
    grade = serializers.CharField()
    specs = SpecSerializer(many=True)
    variants = VariantSerializer(many=True)
    papers = PaperSerializer(many=True)
    pictures = PictureField(many=True)
    rating = serializers.FloatField(allow_null=True)
    rating_count = serializers.IntegerField()


class VendorSerializer(serializers.Serializer[Any]):
    """A vendor whose goods are on the shop."""

    id = serializers.IntegerField()
    slug = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    ward_code = serializers.CharField()
    ward = serializers.CharField()
    product_count = serializers.IntegerField()
    url = serializers.URLField()
