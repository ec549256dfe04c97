"""From what the catalogue knows to what the API answers: plain dicts, absolute addresses."""

from typing import Any

from django.conf import settings

from catalog.models import SearchEntry
from catalog.selectors.types import PaperView, ProductPage, VariantView
from core import pictures
from vendors.models import Vendor
from vietnam.places import find_ward, full_name


def product(entry: SearchEntry) -> dict[str, Any]:
    """A product of a list, from its search entry alone."""
    card: dict[str, Any] = entry.card
    slug = f"{card['slug']}-{entry.pk}"
    return {
        "id": entry.pk,
        "slug": slug,
        "name_vi": card["name_vi"],
        "name_en": card["name_en"],
        "url": absolute(f"/san-pham/{slug}"),
        "vendor": vendor_ref(
            card["vendor_id"], card["vendor_slug"], card["vendor"], card["ward_vi"]
        ),
        "grade": entry.grade,
        "badges": entry.badges,
        "price_vnd": entry.price_vnd,
        "in_stock": entry.in_stock,
        "rating": rating(card["rating"], card["ratings"]),
        "rating_count": card["ratings"],
        "published_at": entry.published_at,
        "picture": picture(card["picture"]),
    }


def detail(page: ProductPage, available: dict[int, int]) -> dict[str, Any]:
    """All of a product; `available` is the stock as of now, by variant id."""
    slug = f"{page.slug}-{page.id}"
    vendor = page.vendor
    return {
        "id": page.id,
        "slug": slug,
        "name_vi": page.name_vi,
        "name_en": page.name_en,
        "summary_vi": page.summary_vi,
        "summary_en": page.summary_en,
        "description_vi": page.description_vi,
        "description_en": page.description_en,
        "url": absolute(f"/san-pham/{slug}"),
        "vendor": vendor_ref(vendor.id, vendor.slug, vendor.name, vendor.ward_vi),
        "categories": [
            {"id": node.id, "slug": node.slug, "name_vi": node.name_vi, "name_en": node.name_en}
            for node in page.trail
        ],
        "grade": page.grade,
        "specs": [
            {
                "name_vi": spec["vi"],
                "name_en": spec["en"],
                "value": spec["value"],
                "value_en": spec.get("value_en") or spec["value"],
            }
            for spec in page.specs
        ],
        "variants": [variant(one, available.get(one.id, 0)) for one in page.variants],
        "papers": [paper(one) for one in page.papers],
        "pictures": [picture(token) for token in page.pictures],
        "rating": rating(page.rating_tenths, page.rating_count),
        "rating_count": page.rating_count,
    }


def vendor(row: Vendor, product_count: int) -> dict[str, Any]:
    """A public vendor."""
    ward = find_ward(row.ward_code)
    return {
        "id": row.pk,
        "slug": f"{row.slug}-{row.pk}",
        "kind": row.kind,
        "name": row.name,
        "name_en": row.name_en,
        "ward_code": row.ward_code,
        "ward": full_name(ward, "vi") if ward else "",
        "product_count": product_count,
        "url": absolute(f"/gian-hang/{row.slug}-{row.pk}"),
    }


def variant(view: VariantView, available: int) -> dict[str, Any]:
    return {
        "id": view.id,
        "sku": view.sku,
        "name_vi": view.name_vi,
        "name_en": view.name_en,
        "net_grams": view.net_grams,
        "price_vnd": view.price_vnd,
        "price_per_kg_vnd": view.per_kg_vnd,
        "available": available,
    }


def paper(view: PaperView) -> dict[str, Any]:
    return {
        "kind": view.kind,
        "issuer": view.issuer,
        "number": view.number,
        "stars": view.stars,
        "valid_to": view.valid_to,
    }


def vendor_ref(pk: int, slug: str, name: str, ward: str) -> dict[str, Any]:
    return {"id": pk, "name": name, "ward": ward, "url": absolute(f"/gian-hang/{slug}-{pk}")}


def picture(token: str) -> dict[str, str] | None:
    if not token:
        return None
    return {
        "small": absolute(pictures.url(token, 320)),
        "large": absolute(pictures.url(token, 960)),
    }


def rating(tenths: int, count: int) -> float | None:
    return tenths / 10 if count else None


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
