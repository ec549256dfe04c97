"""Pages of commodities: season, grades with their limits, where it grows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from catalog.selectors.tree import category_tree
from catalog.services.indexing import index_product
from core import versions
from tests.web.buyers_making import Shop, make_shop
from web.buyers.commodity import _season

pytestmark = pytest.mark.django_db


@pytest.fixture(name="shop")
def _shop() -> Shop:
    shop = make_shop()
    Product.objects.filter(pk=shop.product.pk).update(grade="W320")
    index_product(shop.product.pk)
    versions.bump_now()
    return shop


@pytest.mark.usefixtures("shop")
def test_a_commodity_tells_season_grades_and_wards(client: Client) -> None:
    html = client.get("/nong-san/hat-dieu/").content.decode()
    assert "đất đỏ bazan" in html
    assert 'Thu hoạch<span class="hidden">: tháng 2 đến tháng 5</span>' in html
    assert "W320" in html
    assert "Số nhân mỗi pound <b>" in html
    assert 'href="/nganh/hat-dieu/?hang=W320">1 mặt hàng<' in html
    assert 'href="/nganh/hat-dieu/?xa=25396">Xã Bù Đăng' in html
    assert "Hạt điều rang muối" in html
    assert "Tiêu đen" not in html


@pytest.mark.usefixtures("shop")
def test_english_is_complete(client: Client) -> None:
    html = client.get("/en/nong-san/hat-dieu/").content.decode()
    for words in ("red basalt soil", "Harvest", "Kernels per pound", "Bù Đăng commune"):
        assert words in html


@pytest.mark.usefixtures("shop")
def test_an_unfinished_address_moves_and_an_unknown_one_is_missing(client: Client) -> None:
    moved = client.get("/nong-san/hat-dieu")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/nong-san/hat-dieu/")
    assert client.get("/nong-san/sat-thep/").status_code == 404


@pytest.mark.usefixtures("shop")
def test_the_kind_leads_to_its_page_and_back(client: Client) -> None:
    assert 'href="/nong-san/hat-dieu/"' in client.get("/nganh/hat-dieu/").content.decode()
    assert 'href="/nganh/hat-dieu/"' in client.get("/nong-san/hat-dieu/").content.decode()


@pytest.mark.usefixtures("shop")
def test_a_known_page_takes_three_queries(client: Client) -> None:
    category_tree()
    with CaptureQueriesContext(connection) as queries:
        client.get("/nong-san/hat-dieu/")
    assert len(queries) <= 3


@pytest.mark.parametrize(
    ("months", "expected"),
    [([11, 2], {11, 12, 1, 2}), ([5, 5], {5}), ([1, 12], set(range(1, 13)))],
)
def test_a_season_may_run_over_the_new_year(months: list[int], expected: set[int]) -> None:
    flags = _season({"vi": "x", "months": months}, "vi")["months"]
    assert isinstance(flags, list)
    assert {month for month, on in enumerate(flags, start=1) if on} == expected
