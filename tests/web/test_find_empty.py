"""An empty list offers a way on that leads somewhere."""

import re

import pytest
from django.test import Client

from core import versions
from tests.web.buyers_making import make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop(db: None) -> None:
    make_shop()
    versions.bump_now()


def ways(client: Client, path: str) -> dict[str, str]:
    """The words of each way on with its address, from the first row of them."""
    html = client.get(path).content.decode()
    row = html.split('class="empty"')[1].split("</div>")[0]
    found = re.findall(r'<a href="([^"]+)">([^<]+) <small>(\d+)</small>', row)
    for href, _words, count in found:
        listed = client.get(href.replace("&amp;", "&")).content.decode()
        assert re.search(rf"{count} (mặt hàng|products?)<", listed)
    return {words: href.replace("&amp;", "&") for href, words, _count in found}


def test_a_filter_that_hides_all_can_be_taken_off(client: Client) -> None:
    assert ways(client, "/nganh/hat-dieu/?gia=1000000&loai=cooperative") == {
        "Bỏ “1.000.000\xa0₫ – 5.000.000\xa0₫”": "/nganh/hat-dieu/?loai=cooperative",
    }


def test_a_search_in_the_wrong_kind_leads_to_the_whole_market(client: Client) -> None:
    assert ways(client, "/tim?q=ti%C3%AAu&nganh=hat-dieu")["Trong cả sàn"] == "/tim?q=ti%C3%AAu"


def test_bounds_that_were_typed_can_be_taken_off(client: Client) -> None:
    found = ways(client, "/en/tim?q=cashew&tu=9.000.000")
    assert list(found.values()) == ["/en/tim?q=cashew"]


def test_mended_words_are_said(client: Client) -> None:
    html = client.get("/tim?q=hat+diue").content.decode()
    assert "<b>“hạt điều”</b>" in html


def test_a_list_of_one_ward_is_called_so(client: Client) -> None:
    assert "<h1>Hàng ở Xã Bù Đăng</h1>" in client.get("/tim?xa=25396").content.decode()
    assert "<h1>Goods from Bù Đăng commune</h1>" in client.get("/en/tim?xa=25396").content.decode()
