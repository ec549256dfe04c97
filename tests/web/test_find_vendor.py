"""A vendor's page: papers, place, kinds of goods, filters inside."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from core import clock, versions
from tests.web.buyers_making import Shop, make_shop, offer
from vendors.models import Paper, PaperState

pytestmark = pytest.mark.django_db


@pytest.fixture(name="shop")
def _shop() -> Shop:
    shop = make_shop()
    offer(shop.vendor, category=shop.category, name_vi="Nhân điều", price_vnd=1_200_000)
    versions.bump_now()
    return shop


def page_of(client: Client, shop: Shop, query: str = "") -> str:
    path = f"/gian-hang/{shop.vendor.slug}-{shop.vendor.pk}{query}"
    return client.get(path).content.decode()


def add_paper(shop: Shop, kind: str, number: str, **changes: object) -> None:
    fields = {"state": PaperState.ACCEPTED, "issuer": "Sở Nông nghiệp", "number": number}
    Paper.objects.create(vendor=shop.vendor, kind=kind, **(fields | changes))
    versions.bump_now()


def test_valid_papers_are_shown_with_issuer_number_and_end(client: Client, shop: Shop) -> None:
    today = clock.today()
    add_paper(shop, "vietgap", "VG-1", valid_to=today)
    add_paper(shop, "ocop", "QD-2", stars=4)
    html = page_of(client, shop)
    assert html.index("QD-2") < html.index("VG-1")
    assert "2 giấy tờ" in html
    assert "OCOP 4 sao" in html
    assert "Sở Nông nghiệp" in html


def test_other_papers_stay_away(client: Client, shop: Shop) -> None:
    add_paper(shop, "vietgap", "ENDED", valid_to=clock.today() - timedelta(days=1))
    add_paper(shop, "haccp", "WAITS", state=PaperState.WAITING)
    add_paper(shop, "organic", "ARCHIVED", archived_at=clock.now())
    add_paper(shop, "identity", "079123456789")
    html = page_of(client, shop)
    for number in ("ENDED", "WAITS", "ARCHIVED", "079123456789"):
        assert number not in html
    assert 'id="papers"' not in html


def test_a_point_shows_the_ward(client: Client, shop: Shop) -> None:
    html = page_of(client, shop)
    assert re.search(r'<a href="/ban-do/" aria-label="Xã Bù Đăng"><svg class="spot"', html)
    assert 'href="/gian-hang/?xa=25396"' in html


def test_goods_of_a_vendor_can_be_narrowed(client: Client, shop: Shop) -> None:
    offer(shop.vendor, category=shop.pepper.product.category, name_vi="Tiêu sọ", price_vnd=90_000)
    versions.bump_now()
    everything = page_of(client, shop)
    assert 'name="gia" value="1000000"' in everything
    assert "nganh=ho-tieu" in everything
    narrowed = page_of(client, shop, "?nganh=ho-tieu")
    assert "Tiêu sọ" in narrowed
    assert "Nhân điều</a>" not in narrowed
    assert '<input type="hidden" name="nganh" value="ho-tieu">' in narrowed
    assert "Tiêu sọ" not in page_of(client, shop, "?gia=1000000")
