"""Addresses survive renaming: the old one moves to the present one in one hop, in its language."""

import pytest
from django.test import Client

from catalog.errors import CategoryNameTaken
from catalog.models import Category, CategoryAddress, Product
from catalog.services.categories import rename_category
from catalog.services.indexing import index_product
from core import versions
from core.models import AuditEntry
from tests.making import make_user
from tests.web.buyers_making import Shop, make_shop
from vendors.models import Vendor

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    made = make_shop()
    Category.objects.filter(pk=made.category.pk).update(slug_en="cashews")
    return made


def hops(client: Client, path: str) -> list[tuple[str, int]]:
    """Each step of the way from an address to a page."""
    page = client.get(path, follow=True)
    assert page.status_code == 200, path
    way: list[tuple[str, int]] = page.redirect_chain
    return way


def head_links(client: Client, path: str) -> set[str]:
    text = client.get(path).content.decode()
    head = text[: text.index("</head>")]
    return {
        part.partition('">')[0].replace("http://localhost:8000", "")
        for part in head.split('<link rel="')
        if part.startswith(("canonical", "alternate"))
    }


def test_a_renamed_product_moves_in_one_hop_with_its_parameters(client: Client, shop: Shop) -> None:
    pk = shop.product.pk
    Product.objects.filter(pk=pk).update(slug="dieu-rang", name_en="Roasted cashews")
    index_product(pk)
    assert hops(client, f"/san-pham/hat-dieu-rang-muoi-{pk}?a=1") == [
        (f"/san-pham/dieu-rang-{pk}?a=1", 301)
    ]
    assert hops(client, f"/en/san-pham/salted-cashews-{pk}") == [
        (f"/en/san-pham/roasted-cashews-{pk}", 301)
    ]
    assert hops(client, f"/en/san-pham/hat-dieu-rang-muoi-{pk}/") == [
        (f"/en/san-pham/roasted-cashews-{pk}", 301)
    ]


def test_a_renamed_vendor_moves_in_one_hop(client: Client, shop: Shop) -> None:
    pk = shop.vendor.pk
    Vendor.objects.filter(pk=pk).update(slug="bu-dang-moi", name_en="Bu Dang Cooperative")
    versions.bump_now()
    assert hops(client, f"/gian-hang/bu-dang-{pk}?trang=1") == [
        (f"/gian-hang/bu-dang-moi-{pk}?trang=1", 301)
    ]
    assert hops(client, f"/en/gian-hang/bu-dang-moi-{pk}") == [
        (f"/en/gian-hang/bu-dang-cooperative-{pk}", 301)
    ]


def test_a_category_has_an_address_in_each_language(client: Client, shop: Shop) -> None:
    assert hops(client, "/nganh/hat-dieu/") == []
    assert hops(client, "/en/nganh/cashews/") == []
    assert hops(client, "/en/nganh/hat-dieu/?con=1") == [("/en/nganh/cashews/?con=1", 301)]
    assert hops(client, "/nganh/cashews") == [("/nganh/hat-dieu/", 301)]


def test_a_renamed_category_is_found_at_all_its_old_addresses(client: Client, shop: Shop) -> None:
    staff = make_user(is_staff=True)
    for vi, en in (("Điều Bình Phước", "Fine cashews"), ("Điều quê", "Home cashews")):
        rename_category(category_id=shop.category.pk, name_vi=vi, name_en=en, actor=staff)
        versions.bump_now()
    assert hops(client, "/nganh/dieu-que/") == []
    for old in ("hat-dieu", "dieu-binh-phuoc", "cashews", "fine-cashews", "home-cashews"):
        assert hops(client, f"/nganh/{old}/?con=1") == [("/nganh/dieu-que/?con=1", 301)], old
        if old != "home-cashews":
            assert hops(client, f"/en/nganh/{old}/") == [("/en/nganh/home-cashews/", 301)], old
    assert hops(client, "/rss/nganh/hat-dieu/") == [("/rss/nganh/dieu-que/", 301)]


def test_a_name_given_back_takes_its_address_back(shop: Shop) -> None:
    staff = make_user(is_staff=True)
    for vi in ("Điều quê", "Hạt điều"):
        rename_category(category_id=shop.category.pk, name_vi=vi, name_en="Cashews", actor=staff)
    shop.category.refresh_from_db()
    assert (shop.category.slug, shop.category.slug_en) == ("hat-dieu", "cashews")
    assert set(CategoryAddress.objects.values_list("slug", flat=True)) == {"dieu-que"}


def test_an_address_that_another_category_has_or_had_is_refused(shop: Shop) -> None:
    staff = make_user(is_staff=True)
    pepper = shop.pepper.product.category
    rename_category(category_id=pepper.pk, name_vi="Tiêu", name_en="Peppercorn", actor=staff)
    for vi, en, field in (
        ("Tiêu", "Cashews", "name_vi"),
        ("Hồ tiêu", "Cashews", "name_vi"),
        ("Hạt điều", "Peppercorn", "name_en"),
    ):
        with pytest.raises(CategoryNameTaken) as refused:
            rename_category(category_id=shop.category.pk, name_vi=vi, name_en=en, actor=staff)
        assert refused.value.field == field
    shop.category.refresh_from_db()
    assert shop.category.name_vi == "Hạt điều"


def test_renaming_is_on_the_record_and_twice_is_safe(shop: Shop) -> None:
    staff = make_user(is_staff=True)
    for _time in range(2):
        rename_category(
            category_id=shop.category.pk, name_vi="Điều quê", name_en="Cashews", actor=staff
        )
    entries = AuditEntry.objects.filter(action="category.renamed")
    assert [entry.subject_key for entry in entries] == [str(shop.category.pk)]


@pytest.mark.parametrize("path", ["/gian-hang", "/don-hang", "/quy-che", "/can-bo", "/rss"])
def test_an_address_without_its_last_slash_moves(client: Client, shop: Shop, path: str) -> None:
    for base in ("", "/en"):
        moved = client.get(f"{base}{path}?a=%C4%91")
        assert (moved.status_code, moved["Location"]) == (301, f"{base}{path}/?a=%C4%91")
    assert client.post(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/khong-co", "/%2fevil.example", "/nganh", "/san-pham/x", "/gio/"]
)
def test_other_unknown_addresses_stay_unknown(client: Client, shop: Shop, path: str) -> None:
    assert client.get(path).status_code == 404


def test_no_browser_keeps_a_move_for_ever(client: Client, shop: Shop) -> None:
    for path in (f"/san-pham/cu-{shop.product.pk}", "/nganh/cashews/"):
        moved = client.get(path)
        assert moved.status_code == 301
        assert moved.headers["Cache-Control"] == "public, max-age=0, s-maxage=30"


def test_head_names_the_right_address_in_each_language(client: Client, shop: Shop) -> None:
    pk = shop.product.pk
    both = {
        f'alternate" hreflang="vi" href="/san-pham/hat-dieu-rang-muoi-{pk}',
        f'alternate" hreflang="en" href="/en/san-pham/salted-cashews-{pk}',
        f'alternate" hreflang="x-default" href="/san-pham/hat-dieu-rang-muoi-{pk}',
    }
    vi, en = f"/san-pham/hat-dieu-rang-muoi-{pk}", f"/en/san-pham/salted-cashews-{pk}"
    assert head_links(client, vi) == both | {f'canonical" href="{vi}'}
    assert head_links(client, en) == both | {f'canonical" href="{en}'}
    pepper = f"/san-pham/tieu-den-{shop.pepper.product_id}"
    assert head_links(client, f"/en{pepper}") == {f'canonical" href="{pepper}'}


def test_the_switch_leads_straight_to_the_other_address(client: Client, shop: Shop) -> None:
    pk = shop.product.pk
    for vi, en in (
        (f"/san-pham/hat-dieu-rang-muoi-{pk}", f"/en/san-pham/salted-cashews-{pk}"),
        ("/nganh/hat-dieu/", "/en/nganh/cashews/"),
        ("/nganh/hat-dieu/?con=1", "/en/nganh/cashews/?con=1"),
    ):
        assert f'href="{en}" hreflang="en"' in client.get(vi).content.decode()
        assert f'href="{vi}" hreflang="vi"' in client.get(en).content.decode()


def test_no_link_of_the_shop_leads_to_an_address_that_moves(client: Client, shop: Shop) -> None:
    for start in ("/en/", "/en/nganh/cashews/", f"/en/san-pham/salted-cashews-{shop.product.pk}"):
        text = client.get(start).content.decode()
        for part in text.split('href="/en/')[1:]:
            path = f"/en/{part.partition(chr(34))[0]}".replace("&amp;", "&")
            if path.startswith(("/en/san-pham/", "/en/nganh/", "/en/gian-hang/", "/en/rss/")):
                assert client.get(path).status_code == 200, (start, path)
