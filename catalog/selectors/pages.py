"""Product pages and vendors as the public sees them."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from catalog import labels
from catalog.models import Product, ProductPicture, SearchEntry, Stock, Variant
from catalog.selectors.cached import under_version
from catalog.selectors.matching import in_category
from catalog.selectors.tree import category_tree, trail
from catalog.selectors.types import (
    Card,
    PaperView,
    ProductPage,
    VariantView,
    VendorPage,
    VendorView,
)
from catalog.selectors.voices import first_voices
from core import clock
from core.errors import NotFound
from core.models import PictureState
from vendors.models import Paper, PaperState, Vendor
from vietnam.text import fold, sort_key

SIMILAR_SHOWN = 4
VENDORS_PER_PAGE = 24
VARIANT_COLUMNS = ("id", "name_vi", "name_en", "sku", "net_grams", "gross_grams", "price_vnd")
PAPER_COLUMNS = ("kind", "issuer", "number", "stars", "valid_to")

SIMILAR = """
SELECT product_id, version, card FROM catalog_searchentry WHERE {inside} AND product_id <> %s
ORDER BY popularity DESC, product_id LIMIT %s
"""

BEST_SOLD = """
SELECT wanted.id, (
    SELECT card ->> 'picture' FROM catalog_searchentry
    WHERE category_ids[1] = wanted.id ORDER BY popularity DESC, product_id LIMIT 1)
FROM unnest(%s::int[]) AS wanted (id)
"""


class _Parts(Protocol):
    """What `_with_parts` adds to a product."""

    picture_tokens: list[str]
    variant_data: list[dict[str, Any]]
    paper_data: list[dict[str, Any]]
    vendor_goods: int


def product_page(product_id: int) -> ProductPage:
    """All that the public page of a product shows; raises NotFound when it isn't public.

    At most 5 queries; one when the page is known for the product's version and this day: a badge
    falls off the night after its paper's last day, whether or not anybody changed anything.
    """
    entry = SearchEntry.objects.filter(pk=product_id).values_list("version", "in_stock").first()
    if entry is None:
        raise NotFound
    key = (product_id, entry[0], clock.day(clock.roughly_now()).isoformat())
    return under_version("product", key, lambda: _build(product_id, entry[1]))


def kind_pictures() -> dict[int, str]:
    """The picture of what is bought most in each top kind of goods (one query)."""
    return under_version("kind-pictures", (), _build_kind_pictures)


def _build_kind_pictures() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(BEST_SOLD, [[node.id for node in category_tree() if node.count]])
        return {pk: picture for pk, picture in cursor.fetchall() if picture}


def live_stock(product_id: int) -> dict[int, int]:
    """Units left per variant of a public product, as of now (never cached)."""
    rows = Stock.objects.filter(
        variant__product_id=product_id,
        variant__archived_at__isnull=True,
        variant__product__in=Product.objects.public(),
    )
    return {stock.variant_id: stock.available for stock in rows}


def vendor_view(vendor_id: int) -> VendorView:
    """A vendor's public page; raises NotFound when its goods aren't shown."""
    vendor = _public_vendors().get(vendor_id)
    if vendor is None:
        raise NotFound
    return vendor


def list_vendors(
    *,
    kind: str = "",
    ward: str = "",
    text: str = "",
    page: int = 1,
    per_page: int = VENDORS_PER_PAGE,
) -> VendorPage:
    """Public vendors in alphabetical order, narrowed by kind, ward and words of the name."""
    words = fold(text).split()
    found = [
        vendor
        for vendor in _public_vendors().values()
        if (not kind or vendor.kind == kind)
        and (not ward or vendor.ward_code == ward)
        and (not words or _has_words(vendor, words))
    ]
    start = (page - 1) * per_page
    pages = max(1, -(-len(found) // per_page))
    return VendorPage(tuple(found[start : start + per_page]), len(found), page, pages)


def _has_words(vendor: VendorView, words: list[str]) -> bool:
    haystack = f" {fold(f'{vendor.name} {vendor.name_en} {vendor.ward_vi}')}"
    return all(f" {word}" in haystack for word in words)


def _public_vendors() -> dict[int, VendorView]:
    return under_version("vendors", (), _build_vendors)


def _build_vendors() -> dict[int, VendorView]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vendor_id, count(*) FROM catalog_searchentry GROUP BY vendor_id")
        counts = dict(cursor.fetchall())
    views = [_vendor(vendor, counts.get(vendor.pk, 0)) for vendor in Vendor.objects.public()]
    return {
        view.id: view for view in sorted(views, key=lambda view: (sort_key(view.name), view.id))
    }


def _build(product_id: int, in_stock: bool) -> ProductPage:  # noqa: FBT001 a row's own column
    row = _with_parts().filter(pk=product_id).first()
    if row is None:
        raise NotFound
    product: Product = row
    parts: _Parts = row
    voices = first_voices(product_id, product.vendor)
    return ProductPage(
        id=product.pk,
        version=product.version,
        slug=product.slug,
        name_vi=product.name_vi,
        name_en=product.name_en,
        summary_vi=product.summary_vi,
        summary_en=product.summary_en,
        description_vi=product.description_vi,
        description_en=product.description_en,
        grade=product.grade,
        specs=tuple(product.specs),
        pictures=tuple(parts.picture_tokens),
        variants=tuple(_variant(data) for data in parts.variant_data),
        papers=tuple(sorted(_valid(parts.paper_data), key=_paper_order)),
        vendor=_vendor(product.vendor, parts.vendor_goods),
        trail=trail(product.category_id),
        rating_tenths=rating_tenths(product.rating_sum, product.rating_count),
        rating_count=product.rating_count,
        reviews=voices.reviews,
        stars=voices.stars,
        review_count=voices.review_count,
        questions=voices.questions,
        question_count=voices.question_count,
        facts=voices.facts,
        similar=_similar(product.category_id, product_id),
        in_stock=in_stock,
    )


def rating_tenths(total: int, count: int) -> int:
    """The mean of the stars in tenths, rounded to the nearest; 0 without reviews."""
    return (total * 20 + count) // (2 * count) if count else 0


def per_kg_vnd(price_vnd: int, net_grams: int) -> int:
    """The price of a kilogram, rounded to whole đồng."""
    return (price_vnd * 2000 + net_grams) // (2 * net_grams)


@cache
def _with_parts() -> QuerySet[Any]:
    """Public products with their pictures, variants, checked papers and vendor, in one query.

    Put together once: that takes longer than the database does. Only to be narrowed further,
    never read itself.
    """
    own = Q(product_id=OuterRef("pk"))
    pictures = ProductPicture.objects.filter(own, picture__state=PictureState.READY)
    variants = Variant.objects.filter(own, archived_at__isnull=True)
    papers = Paper.objects.filter(
        products=OuterRef("pk"),
        state=PaperState.ACCEPTED,
        archived_at__isnull=True,
    )
    goods = SearchEntry.objects.filter(vendor_id=OuterRef("vendor_id")).order_by()
    return (
        Product.objects.public()
        .select_related("vendor")
        .annotate(
            picture_tokens=ArraySubquery(
                pictures.order_by("position", "id").values("picture__token")
            ),
            variant_data=ArraySubquery(
                variants.order_by("position", "id").values(data=_json(VARIANT_COLUMNS))
            ),
            paper_data=ArraySubquery(papers.order_by("id").values(data=_json(PAPER_COLUMNS))),
            vendor_goods=Subquery(
                goods.values("vendor_id").annotate(goods=Count("*")).values("goods")
            ),
        )
    )


def _json(columns: tuple[str, ...]) -> JSONObject:
    return JSONObject(**{name: F(name) for name in columns})


def _variant(data: dict[str, Any]) -> VariantView:
    return VariantView(**data, per_kg_vnd=per_kg_vnd(data["price_vnd"], data["net_grams"]))


def _valid(rows: list[dict[str, Any]]) -> Iterator[PaperView]:
    """Those whose last day isn't over."""
    today = clock.day(clock.roughly_now())
    for paper in map(_paper, rows):
        if paper.valid_to is None or paper.valid_to >= today:
            yield paper


def _paper(data: dict[str, Any]) -> PaperView:
    kind, stars, valid_to = data["kind"], data["stars"], data["valid_to"]
    badge = labels.badge_of(kind, stars)
    label_vi, label_en = labels.badge_label(badge) if badge else labels.PAPER_KINDS[kind]
    return PaperView(
        kind=kind,
        label_vi=label_vi,
        label_en=label_en,
        issuer=data["issuer"],
        number=data["number"],
        stars=stars,
        valid_to=date.fromisoformat(valid_to) if valid_to else None,
    )


def _paper_order(paper: PaperView) -> tuple[int, int, str]:
    kinds = list(labels.BADGE_KINDS)
    order = kinds.index(paper.kind) if paper.kind in kinds else len(kinds)
    return order, -(paper.stars or 0), paper.number


def _vendor(vendor: Vendor, product_count: int) -> VendorView:
    ward_vi, ward_en = labels.ward_label(vendor.ward_code)
    return VendorView(
        id=vendor.pk,
        slug=vendor.slug,
        name=vendor.name,
        name_en=vendor.name_en,
        label=vendor.label,
        kind=vendor.kind,
        ward_code=vendor.ward_code,
        ward_vi=ward_vi,
        ward_en=ward_en,
        product_count=product_count,
        street=vendor.street,
        story_vi=vendor.story_vi,
        story_en=vendor.story_en,
    )


def _similar(category_id: int, product_id: int) -> tuple[Card, ...]:
    with connection.cursor() as cursor:
        inside = in_category(category_id)
        params = (*inside.params, product_id, SIMILAR_SHOWN)
        cursor.execute(SIMILAR.format(inside=inside.sql), params)
        return tuple(Card(pk, version, json.loads(card)) for pk, version, card in cursor.fetchall())
