"""The read-only first part of the REST API: products and vendors."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from api import shapes
from api.filters import ProductFilter, VendorFilter
from api.paging import ById, ByNewest
from api.serializers import ProductDetailSerializer, ProductSerializer, VendorSerializer
from api.throttle import ByAddress
from catalog.models import SearchEntry
from catalog.ranking import text_query
from catalog.selectors.pages import live_stock, product_page
from catalog.words import query_words
from core.digits import parse_digits
from core.errors import NotFound
from vendors.models import Vendor

QUERY = OpenApiParameter("q", str, description="words to find, with or without accents")


class ProductList(GenericAPIView[Any]):
    """Goods on the shop, newest first."""

    serializer_class = ProductSerializer
    pagination_class = ByNewest
    filterset_class = ProductFilter
    throttle_classes = [ByAddress]

    def get_queryset(self) -> QuerySet[SearchEntry]:
        rows = SearchEntry.objects.all()
        words = text_query(query_words(self.request.query_params.get("q", "")[:200]))
        if words is not None:
            rows = rows.extra(where=["words @@ %s::tsquery"], params=[words.anywhere])  # noqa: S610 bound
        return rows

    @extend_schema(
        parameters=[QUERY],
        operation_id="list_products",
        responses=ProductSerializer(many=True),  # so that it is described as a page with filters
    )
    def get(self, request: Request) -> Response:
        """List products; filters combine, the cursor in `next` leads on."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        data = self.get_serializer([shapes.product(entry) for entry in page], many=True).data
        return self.get_paginated_response(data)


class ProductDetail(GenericAPIView[Any]):
    """One product with variants, stock as of now, papers and pictures."""

    serializer_class = ProductDetailSerializer
    throttle_classes = [ByAddress]

    @extend_schema(operation_id="get_product")
    def get(self, request: Request, slug: str) -> Response:
        """A product by `slug-id` or by its id alone: the id decides."""
        pk = parse_digits(slug.rsplit("-", 1)[-1])
        if pk is None:
            raise NotFound
        page = product_page(pk)
        return Response(self.get_serializer(shapes.detail(page, live_stock(page.id))).data)


class VendorList(GenericAPIView[Any]):
    """Vendors whose goods the shop shows."""

    serializer_class = VendorSerializer
    pagination_class = ById
    filterset_class = VendorFilter
    throttle_classes = [ByAddress]
    queryset = Vendor.objects.public()

    @extend_schema(operation_id="list_vendors", responses=VendorSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List vendors; filters combine, the cursor in `next` leads on."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        counts = _goods_of([vendor.pk for vendor in page])
        shaped: list[dict[str, Any]] = [shapes.vendor(row, counts[row.pk]) for row in page]
        return self.get_paginated_response(self.get_serializer(shaped, many=True).data)


def _goods_of(vendor_ids: list[int]) -> Counter[int]:
    rows = SearchEntry.objects.filter(vendor_id__in=vendor_ids)
    return Counter(rows.values_list("vendor_id", flat=True))
