"""The map of wards: what is drawn is what the table says."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import versions
from tests.web.buyers_making import make_shop
from vietnam import places
from web.buyers import ward_map

pytestmark = pytest.mark.django_db


def test_every_ward_is_drawn_and_listed(client: Client) -> None:
    make_shop()
    versions.bump_now()
    html = client.get("/ban-do/").content.decode()
    for ward in places.region_wards():
        assert html.count(places.full_name(ward, "vi")) >= 1
    assert html.count("<path") >= 40
    assert "Hoàng Sa" in html
    assert "Trường Sa" in html


def test_a_ward_with_goods_is_a_link_that_says_how_many(client: Client) -> None:
    make_shop()
    versions.bump_now()
    html = client.get("/ban-do/").content.decode()
    assert 'aria-label="Xã Bù Đăng: 2 mặt hàng"' in html
    links = re.findall(r'<a href="/tim\?xa=(\d+)" aria-label', html)
    assert links == ["25396"]
    row = re.search(r"<th scope=\"row\">Xã Bù Đăng</th>(.*?)</tr>", html)
    assert row is not None
    assert re.findall(r'href="([^"]+)">(\d+)', row.group(1)) == [
        ("/gian-hang/?xa=25396", "2"),
        ("/tim?xa=25396", "2"),
    ]


def test_the_map_is_public_and_takes_two_queries(client: Client) -> None:
    make_shop()
    versions.bump_now()
    client.get("/gian-hang/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/en/ban-do/")
    assert len(queries) <= 2
    assert answer.headers["Cache-Control"].startswith("public")
    assert "Bù Đăng commune: 2 goods" in answer.content.decode()


def test_no_goods_no_links() -> None:
    drawn = ward_map.drawing({}, lambda code: code, "vi", "Bản đồ")
    assert "<a " not in drawn
    assert drawn.count("<path") == 41
