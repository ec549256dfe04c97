"""Sitemaps, RSS and feeds: read as what they are, with exact values, and every address answers."""

import csv
import fcntl
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Category, Product, ProductPicture, Stock
from catalog.services.indexing import index_product
from core import versions
from core.models import Picture, StoredFile
from tests.making import make_category, make_variant
from tests.web.buyers_making import Shop, make_shop, offer
from tests.web.machine_making import SITE, paths_of, said, xml
from web import kept_files
from web.buyers import sitemaps

pytestmark = pytest.mark.django_db

G = "{http://base.google.com/ns/1.0}"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PARTS = ("/sitemap/trang.xml", "/sitemap/gian-hang.xml")
FEEDS = ("/feed/google.xml", "/feed/facebook.csv", "/en/feed/google.xml", "/en/feed/facebook.csv")


@pytest.fixture
def shop() -> Shop:
    made = make_shop()
    for variant, token in ((made.cashew, "aa11bb22"), (made.pepper, "cc33dd44")):
        show_picture(variant.product, token)
    Category.objects.filter(pk=made.category.pk).update(slug_en="cashews")
    versions.bump_now()
    return made


def show_picture(product: Product, token: str) -> None:
    original = StoredFile.objects.create(
        key=f"photo/{token}", content_type="image/png", size=1, sha256="0" * 64
    )
    picture = Picture.objects.create(
        original=original, token=token, width=960, height=1200, state="ready"
    )
    ProductPicture.objects.create(product=product, picture=picture)
    index_product(product.pk)


def goods_part(shop: Shop) -> str:
    return f"/sitemap/san-pham-{shop.product.pk // sitemaps.GOODS_PER_FILE}.xml"


def body(client: Client, path: str, **headers: str) -> bytes:
    page: Any = client.get(path, headers=headers)
    assert page.status_code == 200, path
    return b"".join(page.streaming_content) if page.streaming else bytes(page.content)


def texts(item: Element) -> dict[str, str]:
    return {one.tag.removeprefix(G): one.text or "" for one in item}


# ---- sitemaps ----


def test_the_index_names_every_part_with_its_last_change(client: Client, shop: Shop) -> None:
    changed = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    Product.objects.update(changed_at=changed)
    root = xml(client, "/sitemap.xml")
    assert paths_of(root, "loc") == [*PARTS, goods_part(shop)]
    assert paths_of(root, "lastmod") == ["2026-11-20T08:30:00+00:00"] * 3


def test_every_address_in_the_sitemaps_answers_at_once(client: Client, shop: Shop) -> None:
    found = [
        path for part in (*PARTS, goods_part(shop)) for path in paths_of(xml(client, part), "loc")
    ]
    assert len(found) == len(set(found))
    for path in found:
        page = client.get(path)
        assert page.status_code == 200, path
        text = page.content.decode()
        assert f'<link rel="canonical" href="{SITE}{path}">' in text, path
        assert 'name="robots" content="noindex"' not in text, path
        said(client, path)  # valid, whatever it is


def test_goods_stand_there_in_each_language_that_has_words(client: Client, shop: Shop) -> None:
    root = xml(client, goods_part(shop))
    cashew, pepper = shop.product.pk, shop.pepper.product_id
    assert sorted(paths_of(root, "loc")) == sorted(
        [
            f"/san-pham/hat-dieu-rang-muoi-{cashew}",
            f"/en/san-pham/salted-cashews-{cashew}",
            f"/san-pham/tieu-den-{pepper}",
        ]
    )
    english = next(url for url in root if "/en/" in url[0].text)  # type: ignore[operator]
    others = {one.get("hreflang"): one.get("href") for one in english if one.get("hreflang")}
    assert others == {
        "vi": f"{SITE}/san-pham/hat-dieu-rang-muoi-{cashew}",
        "en": f"{SITE}/en/san-pham/salted-cashews-{cashew}",
    }


def test_only_what_is_public_is_named(client: Client, shop: Shop) -> None:
    make_category(slug="trong", name_vi="Trống", name_en="Empty")
    draft = make_variant(shop.vendor, on_hand=1).product
    Product.objects.filter(pk=draft.pk).update(state="draft")
    Product.objects.filter(pk=shop.pepper.product_id).update(state="taken_down")
    index_product(shop.pepper.product_id)
    versions.bump_now()
    told = b"".join(body(client, part) for part in (*PARTS, goods_part(shop)))
    assert b"trong" not in told
    assert b"/san-pham/tieu-den" not in told
    assert b"/nganh/ho-tieu/" not in told
    assert f"-{draft.pk}<".encode() not in told


def test_parts_hold_at_most_so_many_and_change_alone(
    client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "GOODS_PER_FILE", 1)
    cashew, pepper = shop.product.pk, shop.pepper.product_id
    versions.bump_now()
    parts = paths_of(xml(client, "/sitemap.xml"), "loc")[2:]
    assert parts == [f"/sitemap/san-pham-{pk}.xml" for pk in sorted((cashew, pepper))]
    assert paths_of(xml(client, f"/sitemap/san-pham-{pepper}.xml"), "loc") == [
        f"/san-pham/tieu-den-{pepper}"
    ]
    assert client.get(f"/sitemap/san-pham-{pepper + 10**6}.xml").status_code == 404


def test_robots_lead_to_the_sitemap(client: Client) -> None:
    assert f"\nSitemap: {SITE}/sitemap.xml\n" in client.get("/robots.txt").content.decode()


# ---- RSS ----


def test_new_goods_are_told_newest_first(client: Client, shop: Shop) -> None:
    for pk, day in ((shop.product.pk, 1), (shop.pepper.product_id, 2)):
        Product.objects.filter(pk=pk).update(published_at=datetime(2026, 11, day, tzinfo=UTC))
        index_product(pk)
    channel = xml(client, "/rss/")[0]
    items = [texts(item) for item in channel if item.tag == "item"]
    assert [(item["title"], item["pubDate"]) for item in items] == [
        ("Tiêu đen", "Mon, 02 Nov 2026 00:00:00 +0000"),
        ("Hạt điều rang muối", "Sun, 01 Nov 2026 00:00:00 +0000"),
    ]
    assert items[0]["link"] == f"{SITE}/san-pham/tieu-den-{shop.pepper.product_id}"
    assert items[0]["guid"] == f"product:{shop.pepper.product_id}"
    assert items[0]["description"] == "96.000\u00a0₫ · Gói 500 g · HTX Lộc Ninh, Xã Bù Đăng"


@pytest.mark.parametrize("base", ["", "/en"])
def test_a_category_and_a_vendor_have_their_own(client: Client, shop: Shop, base: str) -> None:
    slug = "cashews" if base else "hat-dieu"
    for path in (f"{base}/rss/nganh/{slug}/", f"{base}/rss/gian-hang/{shop.vendor.pk}/"):
        titles = paths_of(xml(client, path), "title")
        assert titles[1:] == ["Salted cashews" if base else "Hạt điều rang muối"], path
    page = client.get(f"{base}/nganh/{slug}/").content.decode()
    assert f'type="application/rss+xml" href="{base}/rss/nganh/{slug}/"' in page


def test_a_feed_of_nothing_is_missing(client: Client, shop: Shop) -> None:
    assert client.get("/rss/nganh/khong-co/").status_code == 404
    assert client.get("/rss/gian-hang/987654321/").status_code == 404


# ---- price comparers ----


def test_google_gets_every_pack_with_price_stock_and_picture(client: Client, shop: Shop) -> None:
    second = make_variant(
        shop.vendor,
        product=shop.product,
        name_vi="Gói 1 kg",
        name_en="1 kg pack",
        net_grams=1000,
        gross_grams=1080,
        price_vnd=350_000,
        on_hand=0,
        position=1,
    )
    Product.objects.filter(pk=shop.product.pk).update(
        summary_vi="Giòn & thơm", description_vi="<b>"
    )
    index_product(shop.product.pk)
    versions.bump_now()
    items = [texts(item) for item in xml(client, "/feed/google.xml")[0] if item.tag == "item"]
    first = {
        "id": f"{shop.product.pk}-{shop.cashew.pk}",
        "title": "Hạt điều rang muối, Gói 500 g",
        "description": "Giòn & thơm\n<b>",
        "link": f"{SITE}/san-pham/hat-dieu-rang-muoi-{shop.product.pk}",
        "availability": "in_stock",
        "price": "185000 VND",
        "condition": "new",
        "brand": "HTX Bù Đăng",
        "identifier_exists": "no",
        "product_type": "Hạt điều",
        "item_group_id": str(shop.product.pk),
        "size": "Gói 500 g",
        "unit_pricing_measure": "500 g",
        "unit_pricing_base_measure": "1 kg",
        "shipping_weight": "550 g",
        "image_link": f"{SITE}/anh/aa11bb22.jpg",
    }
    assert items[0] == first
    assert items[1] == first | {
        "id": f"{shop.product.pk}-{second.pk}",
        "title": "Hạt điều rang muối, Gói 1 kg",
        "availability": "out_of_stock",
        "price": "350000 VND",
        "size": "Gói 1 kg",
        "unit_pricing_measure": "1000 g",
        "shipping_weight": "1080 g",
    }
    assert (items[2]["brand"], "item_group_id" in items[2]) == ("HTX Lộc Ninh", False)
    english = [texts(one) for one in xml(client, "/en/feed/google.xml")[0] if one.tag == "item"]
    assert [one["title"] for one in english] == [
        "Salted cashews, 500 g pack",
        "Salted cashews, 1 kg pack",
    ]


def test_facebook_gets_the_same_as_a_table_without_formulas(client: Client, shop: Shop) -> None:
    Product.objects.filter(pk=shop.pepper.product_id).update(name_vi='=HYPERLINK("x"), "tiêu"')
    index_product(shop.pepper.product_id)
    rows = list(csv.DictReader(StringIO(body(client, "/feed/facebook.csv").decode())))
    assert rows[0]["title"] == "Hạt điều rang muối, Gói 500 g"
    assert (rows[0]["price"], rows[0]["availability"]) == ("185000 VND", "in stock")
    assert rows[0]["image_link"] == f"{SITE}/anh/aa11bb22.jpg"
    assert rows[1]["title"] == '\'=HYPERLINK("x"), "tiêu", Gói 500 g'
    assert len(rows) == 2


def test_signs_that_xml_cannot_hold_are_left_out(client: Client, shop: Shop) -> None:
    name = "Hạt\x0b \ud7ff<điều>\x1f & ]]>"
    Product.objects.filter(pk=shop.product.pk).update(name_vi=name)
    index_product(shop.product.pk)
    versions.bump_now()
    for path in ("/rss/", "/feed/google.xml"):
        assert "Hạt \ud7ff<điều> & ]]>" in " ".join(paths_of(xml(client, path), "title"))


def test_goods_without_a_picture_are_not_fed(client: Client, shop: Shop) -> None:
    offer(shop.vendor, category=shop.category, slug="khong-anh", price_vnd=9_000)
    versions.bump_now()
    assert b"khong-anh" not in body(client, "/feed/google.xml")


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_made_once_per_version_and_sent_packed(
    client: Client, shop: Shop, path: str
) -> None:
    plain = body(client, path)
    with CaptureQueriesContext(connection) as queries:
        page: Any = client.get(path, headers={"Accept-Encoding": "gzip"})
        packed = b"".join(page.streaming_content)
    assert len(queries) == 0
    assert page.headers["Content-Encoding"] == "gzip"
    assert int(page.headers["Content-Length"]) == len(packed) < len(plain)
    again = client.get(path, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Stock.objects.update(on_hand=0)
    assert body(client, path) == plain
    versions.bump_now()
    assert body(client, path) != plain


def test_an_hour_later_a_feed_is_made_again(
    client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = body(client, "/feed/google.xml")
    Stock.objects.update(on_hand=0)
    monkeypatch.setattr(kept_files, "KEPT_SECONDS", 0)
    assert body(client, "/feed/google.xml") != before


def test_while_a_feed_is_made_the_one_before_is_sent_or_nobody_waits(
    client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_files, "BETWEEN", 0.001)
    before = body(client, "/feed/google.xml")
    Stock.objects.update(on_hand=0)
    versions.bump_now()
    with (Path(settings.DATA_DIR) / "feeds" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert body(client, "/feed/google.xml") == before
        for file in (Path(settings.DATA_DIR) / "feeds").glob("facebook-vi.*"):
            file.unlink()
        busy = client.get("/feed/facebook.csv")
        assert (busy.status_code, busy.headers["Retry-After"]) == (503, "30")
    assert body(client, "/feed/google.xml") != before
    assert client.get("/feed/facebook.csv").status_code == 200


def test_the_number_of_queries_for_a_feed_does_not_grow_with_the_goods(
    client: Client, shop: Shop
) -> None:
    with CaptureQueriesContext(connection) as few:
        body(client, "/feed/google.xml")
    for number in range(12):
        product = offer(
            shop.vendor, category=shop.category, slug=f"them-{number}", price_vnd=9_000
        ).product
        show_picture(product, f"ee{number:06d}")
    versions.bump_now()
    with CaptureQueriesContext(connection) as many:
        root = xml(client, "/feed/google.xml")
    assert len(paths_of(root, "title")) == 1 + 14
    assert len(many) <= len(few)
