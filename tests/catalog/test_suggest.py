"""Suggestions while typing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.selectors import tree
from catalog.selectors.suggest import suggest
from core import versions
from tests.catalog.shelf import put_up
from tests.making import make_category, make_vendor
from vendors.models import Vendor
from vendors.states import VendorState

pytestmark = pytest.mark.django_db


@pytest.fixture(name="vendor")
def _vendor() -> Vendor:
    vendor = make_vendor(
        name="Hợp tác xã Điều Bù Đăng", short_name="HTX Điều Bù Đăng", slug="htx-dieu-bu-dang"
    )
    nuts = make_category(slug="hat-dieu", name_vi="Hạt điều", name_en="Cashews")
    pepper = make_category(slug="ho-tieu", name_vi="Hồ tiêu", name_en="Pepper")
    put_up(vendor, "Hạt điều rang muối", name_en="Salted cashews", category=nuts, sold_count=9)
    put_up(vendor, "Hạt điều mật ong", name_en="Honey cashews", category=nuts, sold_count=20)
    put_up(vendor, "Tiêu sọ", name_en="White pepper", category=pepper)
    versions.bump_now()
    return vendor


def said(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.label_vi) for one in suggest(text)]


@pytest.mark.usefixtures("vendor")
@pytest.mark.parametrize("typed", ["hạt đ", "hat d", "HẠT Đ", "hạt điêu"])
def test_words_kinds_vendors_and_goods_go_on_like_the_text(typed: str) -> None:
    found = said(typed)
    assert ("words", "hạt điều rang muối") in found
    assert ("category", "Hạt điều") in found
    assert [label for kind, label in found if kind == "goods"] == [
        "Hạt điều mật ong",
        "Hạt điều rang muối",
    ]


@pytest.mark.usefixtures("vendor")
def test_english_is_understood_too() -> None:
    assert ("category", "Hồ tiêu") in said("pep")
    assert ("words", "white pepper") in said("white")


@pytest.mark.usefixtures("vendor")
def test_words_that_lead_nowhere_are_not_offered() -> None:
    assert [label for kind, label in said("hạt") if kind == "words"] == [
        "hạt điều rang muối",
        "hạt điều mật ong",
    ]
    assert said("sầu riêng") == []


def test_a_vendor_is_found_by_any_word_of_its_name(vendor: Vendor) -> None:
    assert ("vendor", "HTX Điều Bù Đăng") in said("bù đ")
    Vendor.objects.filter(pk=vendor.pk).update(state=VendorState.SUSPENDED)
    assert ("vendor", "HTX Điều Bù Đăng") not in said("bù đ")


def test_goods_of_the_same_name_are_offered_once(vendor: Vendor) -> None:
    put_up(vendor, "Tiêu sọ", name_en="White pepper")
    assert said("tiêu s").count(("goods", "Tiêu sọ")) == 1


@pytest.mark.usefixtures("vendor")
def test_one_query_or_none() -> None:
    tree.category_tree()
    with CaptureQueriesContext(connection) as queries:
        assert suggest("hạt đ")
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        assert suggest("h") == suggest(" ") == suggest("'!--") == []
    assert len(queries) == 0


@pytest.mark.usefixtures("vendor")
def test_the_list_is_the_same_for_everybody_and_safe(client: Client) -> None:
    answer = client.get("/fragment/goi-y", {"q": "tieu"})
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=30"
    html = answer.content.decode()
    assert html.count('role="option"') == html.count("data-go=")
    assert 'data-go="/nganh/ho-tieu/"' in html
    assert client.get("/fragment/goi-y", {"q": "<script>"}).content == b""
    assert client.get("/en/fragment/goi-y", {"q": "pepp"}).content.decode().count("/en/") > 0


@pytest.mark.usefixtures("vendor")
def test_an_odd_text_does_no_harm(client: Client) -> None:
    for text in ("' | '", "%", "_", "\\", "a" * 900, "\x00tieu", "!&|()", "tiêu:*"):
        assert client.get("/fragment/goi-y", {"q": text}).status_code == 200
