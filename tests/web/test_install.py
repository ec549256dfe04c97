"""The shop as an app: what a phone reads to install it, and who may keep which copies."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.making import make_purchase, make_user
from tests.web.buyers_making import Shop, add, make_shop
from tests.web.sellers_making import browser_of
from web.buyers import once

pytestmark = pytest.mark.django_db

SHOP_SCRIPTS = ("buyers.js", "find.js", "offline.js", "sw.js")


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def shop_of_worker(client: Client) -> dict[str, Any]:
    first = client.get("/sw.js").content.decode().partition("\n")[0]
    found: dict[str, Any] = json.loads(first.removeprefix("const SHOP = ").rstrip(";"))
    return found


@pytest.mark.parametrize(("base", "lang", "name"), [
    ("", "vi", "Sàn nông sản Bình Phước"),
    ("/en", "en", "Farm market Bình Phước"),
])  # fmt: skip
def test_the_manifest_speaks_the_language_of_its_address(
    client: Client, base: str, lang: str, name: str
) -> None:
    answer = client.get(f"{base}/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    said = answer.json()
    assert (said["lang"], said["name"]) == (lang, name)
    assert (said["id"], said["start_url"], said["scope"]) == (f"{base}/", f"{base}/", "/")
    assert [(icon["sizes"], icon["purpose"]) for icon in said["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for icon in said["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon
    for shortcut in said["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200
    assert (
        f'<link rel="manifest" href="{base}/manifest.webmanifest">'
        in client.get(f"{base}/quy-che/").content.decode()
    )


def test_the_worker_is_asked_for_again_and_may_serve_the_whole_shop(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "manifest-src 'self'" in answer.headers["Content-Security-Policy"]
    again = client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_file_that_the_worker_wants_is_there(client: Client) -> None:
    shell = shop_of_worker(client)["shell"]
    assert len(shell) == 8
    for path in shell:
        if path.startswith("/static/"):
            assert finders.find(path.removeprefix("/static/")), path
        else:
            page = client.get(path)
            assert page.status_code == 200
            assert "<!--unsent-->" in page.content.decode()
            assert 'name="robots" content="noindex"' in page.content.decode()


def test_the_worker_speaks_both_languages(client: Client) -> None:
    words = shop_of_worker(client)["words"]
    assert set(words["vi"]) == set(words["en"])
    assert words["vi"]["offline"] == "Bạn đang ngoại tuyến."
    assert words["en"]["copy"] == "This is a copy from %s."
    assert all(words["vi"][name] != words["en"][name] for name in words["vi"])


def test_all_scripts_of_the_shop_weigh_at_most_20_kb() -> None:
    folder = Path(settings.BASE_DIR) / "static" / "js"
    weights = {
        name: len(gzip.compress((folder / name).read_bytes(), 6))
        for name in SHOP_SCRIPTS
        if (folder / name).exists()
    }
    assert sum(weights.values()) <= 20 * 1024, weights


def test_private_pages_say_whose_they_are_and_public_ones_do_not(
    client: Client, shop: Shop
) -> None:
    for path in ("/", f"/san-pham/hat-dieu-rang-muoi-{shop.product.pk}", "/sw.js"):
        assert "X-Copies-Of" not in browser_of(make_user()).get(path).headers, path
    assert client.get("/gio").headers["X-Copies-Of"] == "guest"
    first, second = make_user(), make_user()
    tags = {browser_of(person).get("/gio").headers["X-Copies-Of"] for person in (first, second)}
    assert len(tags) == 2
    assert "guest" not in tags
    assert browser_of(first).get("/tai-khoan/").headers["X-Copies-Of"] in tags
    assert not any(str(first.pk) == tag for tag in tags)


def test_signing_out_makes_a_guest_of_the_device(client: Client) -> None:
    signed_in = browser_of(make_user())
    assert signed_in.get("/gio").headers["X-Copies-Of"] != "guest"
    left = signed_in.post("/tai-khoan/dang-xuat/", follow=True)
    assert left.headers["X-Copies-Of"] == "guest"


def test_only_the_cart_and_ones_own_orders_may_be_kept(client: Client, shop: Shop) -> None:
    buyer = make_user()
    number = make_purchase({shop.cashew: 1}, buyer_id=buyer.pk).number
    own = browser_of(buyer)
    add(own, shop.cashew)
    kept = {
        path: own.get(path).headers.get("X-Copy", "")
        for path in ("/gio", "/don-hang/", f"/don-hang/{number}", "/dat-hang", "/tai-khoan/", "/")
    }
    assert kept == {
        "/gio": "1",
        "/don-hang/": "1",
        f"/don-hang/{number}": "1",
        "/dat-hang": "",
        "/tai-khoan/": "",
        "/": "",
    }
    assert client.get("/don-hang/BP222222222").headers.get("X-Copy", "") == ""


def test_saying_whose_a_page_is_asks_nothing(shop: Shop) -> None:
    own = browser_of(make_user())
    own.get("/gio")
    with CaptureQueriesContext(connection) as queries:
        assert own.get("/gio").headers["X-Copies-Of"]
    asked = [query["sql"] for query in queries]
    assert sum("django_session" in sql for sql in asked) == 1
    assert sum("accounts_user" in sql and "WHERE" in sql for sql in asked) <= 1


def test_a_form_with_a_key_counts_once() -> None:
    key = once.new_key()
    assert once.is_first("follow", key, "BP222222222", "+84912345678")
    assert not once.is_first("follow", key, "BP222222222", "+84912345678")
    assert once.is_first("follow", key, "BP222222222", "+84912345679")
    assert once.is_first("follow", once.new_key(), "BP222222222", "+84912345678")
    assert once.is_first("follow", "", "x")
    assert once.is_first("follow", "", "x")
