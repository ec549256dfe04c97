"""Without a network: what was seen opens as a copy, and what was typed is sent once.

The line is really cut (tests.browser.cable), where nothing else is said; `set_offline` is what a
phone says when it knows by itself.
"""

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from accounts.models import OneTimeCode
from orders.models import Order, OrderMessage, Purchase
from tests.browser import buying
from tests.browser.cable import Cable, laid
from tests.browser.keeping import (
    CHI,
    copies,
    honey,
    into_cart,
    kept,
    phone_on,
    ready_to_order,
    sign_in,
    sign_out,
    until,
    with_worker,
)
from tests.browser.market import Market
from tests.browser.person import WAIT_MS, Person
from tests.browser.scene import STAFF_MAIL, Scene, photo
from tests.making import make_purchase, make_user

pytestmark = [pytest.mark.browser]


@pytest.fixture
def cable(market: Market) -> Iterator[Cable]:
    with laid(market.base) as line:
        yield line


@pytest.fixture
def context(browser: Browser, cable: Cable, scene: Scene) -> Iterator[BrowserContext]:
    with phone_on(browser, cable) as made:
        yield made


@pytest.fixture
def chi(context: BrowserContext) -> Person:
    """A phone on which the worker runs."""
    return with_worker(context)


def test_pages_seen_before_open_as_copies(chi: Person, cable: Cable, scene: Scene) -> None:
    for path in (honey(scene), "/en/gian-hang/"):
        chi.go(path)
        kept(chi, path)
    kept(chi, "/")  # seen before the worker ran
    cable.cut()
    for path, words in (
        ("/", "Bạn đang ngoại tuyến. Đây là bản lưu lúc"),
        (honey(scene), "Bạn đang ngoại tuyến. Đây là bản lưu lúc"),
        ("/en/gian-hang/", "You are offline. This is a copy from"),
    ):
        chi.go(path)
        expect(chi.find(".offline")).to_contain_text(words)
        assert chi.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert chi.page.evaluate("getComputedStyle(document.body).display") == "grid"  # its styles
    chi.shoot("90-copy")
    cable.mend()
    chi.go(honey(scene))
    expect(chi.find(".offline")).to_have_count(0)


def test_a_page_that_was_never_seen_says_so_and_lists_the_others(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    chi.go(honey(scene))
    kept(chi, honey(scene))
    cable.cut()
    chi.go("/quy-che/", status=503)
    chi.sees("Hiện không có mạng", "Các trang đã lưu trên máy này", "Mật ong hoa điều")
    chi.shoot("91-no-copy")
    chi.press(f'[data-copies] a[href$="{honey(scene)}"]')
    expect(chi.find(".offline")).to_be_visible()


def test_the_cart_and_my_orders_open_without_a_network(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    into_cart(chi, scene)
    until(lambda: "Mật ong" in copies(chi).get("/gio", ""))
    buying.open_checkout(chi)
    number = buying.place(chi, CHI)
    chi.go(f"/don-hang/{number}")
    chi.go("/don-hang/")
    kept(chi, f"/don-hang/{number}")
    kept(chi, "/don-hang/")
    cable.cut()
    chi.go("/gio?them=1")
    expect(chi.find(".offline")).to_be_visible()
    chi.go("/don-hang/")
    chi.sees(number)
    chi.go(f"/don-hang/{number}")
    chi.sees(number, "bản lưu lúc")
    chi.shoot("92-order-copy")


def test_no_token_desk_or_account_page_is_ever_kept(
    chi: Person, context: BrowserContext, scene: Scene
) -> None:
    owner = make_user(phone="+84977111222")
    into_cart(chi, scene)
    for path in ("/gio", "/dat-hang", "/don-hang/", "/tai-khoan/dang-nhap/"):
        chi.go(path)
    sign_in(chi, owner.phone or "")
    for path in ("/ban-hang/dang-ky/", "/tai-khoan/", "/gio", "/don-hang/"):
        chi.go(path)
    kept(chi, "/don-hang/")
    found = copies(chi)
    assert {path for path in found if not path.startswith("/copies/")} <= {
        "/", honey(scene), "/gio", "/don-hang/", "/ngoai-tuyen/", "/en/ngoai-tuyen/",
    }  # fmt: skip
    for path, text in found.items():
        assert "csrfmiddlewaretoken" not in text.replace(
            'name="csrfmiddlewaretoken" value=""', ""
        ), path


def test_signing_out_erases_the_copies(chi: Person, cable: Cable, scene: Scene) -> None:
    buyer = make_user(phone="+84977111333")
    number = make_purchase({scene.honey: 1}, buyer_id=buyer.pk).number
    sign_in(chi, "0977111333")
    chi.go(f"/don-hang/{number}")
    kept(chi, f"/don-hang/{number}")
    sign_out(chi)
    until(lambda: f"/don-hang/{number}" not in copies(chi))
    assert number not in json.dumps(copies(chi))
    cable.cut()
    chi.go(f"/don-hang/{number}", status=503)
    chi.misses(number)


def test_another_account_never_sees_the_copies_of_the_one_before(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    first, second = make_user(phone="+84977111444"), make_user(phone="+84977111555")
    number = make_purchase({scene.honey: 1}, buyer_id=first.pk).number
    sign_in(chi, "0977111444")
    chi.go(f"/don-hang/{number}")
    kept(chi, f"/don-hang/{number}")
    chi.page.context.clear_cookies()  # the session ended without a word
    sign_in(chi, "0977111555")
    until(lambda: f"/don-hang/{number}" not in copies(chi))
    assert second.pk != first.pk
    cable.cut()
    chi.go(f"/don-hang/{number}", status=503)


def test_an_order_sent_without_a_network_is_kept_and_placed_once(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    ready_to_order(chi, scene)
    cable.cut()
    chi.press('#bill button[value="place"]')
    chi.at("/ngoai-tuyen/")
    expect(chi.find("#unsent")).to_contain_text("Khi có mạng trở lại, máy sẽ tự gửi")
    chi.shoot("93-order-kept")
    assert Purchase.objects.count() == 0
    chi.press("#unsent .btn")
    expect(chi.find("#unsent")).to_contain_text("máy sẽ tự gửi")
    cable.mend()
    chi.page.evaluate("dispatchEvent(new Event('online'))")
    chi.at("/dat-hang/xong")
    assert Purchase.objects.count() == 1
    purchase = Purchase.objects.get()
    assert (purchase.name, purchase.street) == (CHI.name, CHI.street)
    chi.sees(purchase.number)
    chi.go("/")
    expect(chi.find("#unsent")).to_have_count(0)


def test_a_lost_answer_never_makes_a_second_order(chi: Person, cable: Cable, scene: Scene) -> None:
    ready_to_order(chi, scene)
    cable.deafen()
    chi.press('#bill button[value="place"]')
    until(lambda: Purchase.objects.count())
    cable.cut()
    chi.at("/ngoai-tuyen/")
    for _time in range(2):
        cable.mend()
        cable.deafen()
        chi.page.evaluate("dispatchEvent(new Event('online'))")
        until(lambda: any(line.startswith(b"POST /dat-hang") for line in cable.heard))
        cable.heard.clear()
        time.sleep(0.5)
        cable.cut()
    cable.mend()
    chi.page.evaluate("dispatchEvent(new Event('online'))")
    chi.at("/dat-hang/xong")
    assert Purchase.objects.count() == 1
    chi.sees(Purchase.objects.get().number)


def test_an_order_that_the_market_refuses_is_shown_with_what_was_typed(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    ready_to_order(chi, scene)
    cable.cut()
    chi.press('#bill button[value="place"]')
    chi.at("/ngoai-tuyen/")
    scene.honey.price_vnd = 199_000
    scene.honey.save()
    cable.mend()
    chi.page.evaluate("dispatchEvent(new Event('online'))")
    expect(chi.find("#unsent")).to_contain_text("Sàn cần bạn xem lại", timeout=WAIT_MS)
    chi.press("#unsent .btn")
    chi.at("/dat-hang")
    assert chi.value("street") == CHI.street
    assert Purchase.objects.count() == 0
    chi.go("/")
    expect(chi.find("#unsent")).to_have_count(0)


def test_asking_for_a_code_without_a_network_sends_one_code(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    number = make_purchase({scene.honey: 1}, phone=CHI.phone).number
    chi.go("/don-hang/")
    chi.type(number=number, phone=CHI.phone)
    cable.deafen()
    chi.press('form[action="/don-hang/"] .btn')
    until(lambda: any(line.startswith(b"POST /don-hang/") for line in cable.heard))
    time.sleep(0.5)
    cable.cut()
    chi.at("/ngoai-tuyen/")
    cable.mend()
    chi.page.evaluate("dispatchEvent(new Event('online'))")
    chi.at("/don-hang/ma")
    assert OneTimeCode.objects.filter(subject=number).count() == 1


def test_a_message_with_a_photo_waits_for_the_network_too(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    ready_to_order(chi, scene)
    chi.press('#bill button[value="place"]')
    chi.at("/dat-hang/xong")
    order = Order.objects.get()
    path = f"/don-hang/{order.number}/tin-nhan"
    chi.go(path)
    chi.type(text="Gửi giúp tôi trước thứ Sáu")
    chi.attach(
        'input[type="file"]',
        {"name": "nha.jpg", "mimeType": "image/jpeg", "buffer": photo()},
    )
    cable.cut()
    chi.press("#viet .btn")
    chi.at("/ngoai-tuyen/")
    expect(chi.find("#unsent")).to_be_visible()
    assert "csrf" not in copies(chi)["/copies/body"]
    cable.mend()
    chi.page.evaluate("dispatchEvent(new Event('online'))")
    chi.at(path)
    message = OrderMessage.objects.get()
    assert message.text == "Gửi giúp tôi trước thứ Sáu"
    assert message.photo is not None
    until(lambda: "/copies/body" not in copies(chi))


def test_a_second_form_never_takes_the_place_of_the_one_that_waits(
    chi: Person, context: BrowserContext, cable: Cable, scene: Scene
) -> None:
    ready_to_order(chi, scene)
    other = Person(context.new_page())
    other.go("/don-hang/")
    other.type(number="BP222222222", phone=CHI.phone)
    cable.cut()
    chi.press('#bill button[value="place"]')
    chi.at("/ngoai-tuyen/")
    other.press('form[action="/don-hang/"] .btn')
    other.sees("Chưa gửi được")
    assert json.loads(copies(chi)["/copies/post"])["url"].endswith("/dat-hang")
    chi.press("#unsent .quiet")
    expect(chi.find("#unsent")).to_have_count(0)
    assert "/copies/body" not in copies(chi)
    cable.mend()
    chi.go("/gio")
    chi.sees("Mật ong hoa điều")
    assert Purchase.objects.count() == 0


def test_other_forms_keep_what_was_typed_and_wait_for_a_tap(
    chi: Person, context: BrowserContext, cable: Cable, scene: Scene
) -> None:
    into_cart(chi, scene)
    chi.go("/gio")
    context.set_offline(True)
    chi.find("[data-quantity]").fill("3")
    chi.find("[data-quantity]").press("Enter")
    expect(chi.find(".toast")).to_contain_text("những gì bạn nhập vẫn còn đây")
    chi.at("/gio")
    assert chi.value("quantity") == "3"
    context.set_offline(False)
    cable.cut()
    chi.find("[data-quantity]").fill("4")
    chi.find("[data-quantity]").press("Enter")
    chi.sees("Chưa gửi được")
    chi.shoot("94-not-sent")
    cable.mend()
    chi.press('form[action$="/gio/sua"] .btn')
    chi.at("/gio")
    assert chi.value("quantity") == "4"


@pytest.mark.parametrize("start", ["/", "/en/"])
def test_a_phone_may_put_the_shop_on_its_screen(chi: Person, start: str) -> None:
    chi.go(start)
    devtools = chi.page.context.new_cdp_session(chi.page)
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"].endswith(f"{start}manifest.webmanifest")
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [one["errorId"] for one in errors] == ["in-incognito"]  # as every test's window is
    assert chi.troubles == []


def test_only_so_many_pages_are_kept(chi: Person, scene: Scene) -> None:
    for number in range(64):
        chi.page.goto(f"/tim?trang=1&q=a{number}", wait_until="commit")
    kept(chi, "/tim?trang=1&q=a63")
    found = [path for path in copies(chi) if not path.startswith("/copies/")]
    assert len(found) <= 60 + 2
    assert "/tim?trang=1&q=a0" not in found


def test_staff_pages_pass_by(chi: Person, cable: Cable, scene: Scene) -> None:
    assert scene.staff.email == STAFF_MAIL
    chi.go("/can-bo/")
    assert not [path for path in copies(chi) if "can-bo" in path]
