"""Each filter of the lists lets through exactly what it says, and the cursor keeps it."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from catalog.services.indexing import index_product
from core import limits
from tests.catalog.shelf import MOMENT, make_paper, put_up
from tests.making import BU_DANG, make_vendor
from vendors.models import Vendor, VendorKind

LOC_NINH = "25270"


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "check", lambda *keys, **options: None)


@pytest.fixture
def an(db: None) -> Vendor:
    """A cooperative in Bù Đăng."""
    return make_vendor(name="HTX An")


@pytest.fixture
def binh(db: None) -> Vendor:
    """A company in Lộc Ninh."""
    return make_vendor(name="Công ty Bình", kind=VendorKind.COMPANY, ward_code=LOC_NINH)


def ids(client: Client, path: str) -> list[int]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in json.loads(answer.content)["results"]]


def products(client: Client, query: str) -> list[int]:
    return ids(client, f"/api/v1/products/?{query}")


def test_ward_and_vendor_kind_are_those_of_the_vendor(
    client: Client, an: Vendor, binh: Vendor
) -> None:
    hers, his = put_up(an, "Điều"), put_up(binh, "Tiêu")
    assert products(client, f"ward={BU_DANG}") == [hers.pk]
    assert products(client, f"ward={LOC_NINH}") == [his.pk]
    assert products(client, "ward=00001") == []
    assert products(client, "vendor_kind=company") == [his.pk]
    assert products(client, "vendor_kind=household") == []


def test_a_badge_is_that_of_a_valid_paper(client: Client, an: Vendor) -> None:
    four, grown = put_up(an, "Điều"), put_up(an, "Điều")
    four.papers.add(make_paper(an, "ocop", stars=4))
    grown.papers.add(make_paper(an, "vietgap"))
    for product in (four, grown):
        index_product(product.pk)
    assert products(client, "badge=ocop-4") == [four.pk]
    assert products(client, "badge=vietgap") == [grown.pk]
    assert products(client, "badge=ocop-5") == []


def test_in_stock_is_asked_both_ways(client: Client, an: Vendor) -> None:
    there, gone = put_up(an, "Điều"), put_up(an, "Điều", on_hand=0)
    assert products(client, "in_stock=true") == [there.pk]
    assert products(client, "in_stock=false") == [gone.pk]


def test_prices_are_bounded_inclusively(client: Client, an: Vendor) -> None:
    cheap, middle, dear = (
        put_up(an, "Điều", price_vnd=price) for price in (50_000, 80_000, 120_000)
    )
    assert products(client, "price_min=80000") == [middle.pk, dear.pk]
    assert products(client, "price_min=80001") == [dear.pk]
    assert products(client, "price_min=50000&price_max=80000") == [cheap.pk, middle.pk]


def test_published_after_leaves_the_moment_itself_out(client: Client, an: Vendor) -> None:
    put_up(an, "Điều")
    newer = put_up(an, "Điều", published_at=MOMENT + timedelta(seconds=1))
    assert products(client, "published_after=2026-11-01T00:00:00Z") == [newer.pk]
    assert products(client, "published_after=2026-11-01T07:00:00%2B07:00") == [newer.pk]
    assert products(client, "published_after=2026-11-01T00:00:01Z") == []


def test_vendors_of_a_ward(client: Client, an: Vendor, binh: Vendor) -> None:
    assert ids(client, f"/api/v1/vendors/?ward={LOC_NINH}") == [binh.pk]
    assert ids(client, f"/api/v1/vendors/?ward={LOC_NINH}&kind=cooperative") == []


def test_the_cursor_leads_through_the_vendors_and_keeps_the_filter(
    client: Client, an: Vendor, binh: Vendor
) -> None:
    wanted = [an.pk, *(make_vendor().pk for _ in range(4))]
    seen: list[list[int]] = []
    path = "/api/v1/vendors/?kind=cooperative&page_size=2"
    while path:
        seen.append(ids(client, path))
        onwards = urlsplit(json.loads(client.get(path).content)["next"] or "")
        path = f"{onwards.path}?{onwards.query}" if onwards.query else ""
    assert seen == [wanted[:2], wanted[2:4], wanted[4:]]
