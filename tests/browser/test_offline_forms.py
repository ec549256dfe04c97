"""Forms on a dead line: a review and a question are sent later, an account's words are given back,
and nothing secret is ever in the worker's hands."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from accounts.models import Address
from catalog.models import Question, Review
from orders.models import Purchase
from tests.browser import after
from tests.browser.cable import Cable, laid
from tests.browser.keeping import (
    CHI,
    copies,
    phone_on,
    ready_to_order,
    sign_in,
    until,
    with_worker,
)
from tests.browser.market import Market
from tests.browser.person import WAIT_MS, Person
from tests.browser.scene import PASSWORD, Scene, photo
from tests.making import make_user

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
    return with_worker(context)


def test_a_review_with_a_photo_waits_for_the_network_too(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    member = make_user(phone="+84977111666")
    order = after.delivered_honey(scene, CHI, buyer_id=member.pk)
    sign_in(chi, "0977111666")
    path = f"/don-hang/{order.number}/danh-gia/1"
    chi.go(path)
    chi.tick("rating", "5")
    chi.type(text="Thơm, đặc, giao nhanh")
    chi.attach('input[type="file"]', {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    cable.cut()
    chi.press('main form:has([name="rating"]) .btn')
    chi.at("/ngoai-tuyen/")
    expect(chi.find("#unsent")).to_contain_text("Khi có mạng trở lại, máy sẽ tự gửi")
    assert Review.objects.count() == 0
    cable.mend()
    chi.page.evaluate("dispatchEvent(new Event('online'))")
    chi.at(path)
    review = Review.objects.get()
    assert (review.rating, review.text) == (5, "Thơm, đặc, giao nhanh")
    assert review.photos.count() == 1


def test_a_question_waits_for_the_network_too(chi: Person, cable: Cable, scene: Scene) -> None:
    make_user(phone="+84977111667")
    sign_in(chi, "0977111667")
    chi.go(f"/hoi/{scene.honey.product_id}")
    chi.type(text="Mật này lấy vào tháng mấy?")
    cable.deafen()
    chi.press('main form[action^="/hoi/"] .btn')
    until(lambda: Question.objects.count())
    cable.cut()
    chi.at("/ngoai-tuyen/")
    cable.mend()
    chi.page.evaluate("dispatchEvent(new Event('online'))")
    chi.at("/cau-hoi/")
    assert Question.objects.get().text == "Mật này lấy vào tháng mấy?"


def test_an_address_is_given_back_on_a_dead_line(chi: Person, cable: Cable, scene: Scene) -> None:
    make_user(phone="+84977111668")
    sign_in(chi, "0977111668")
    chi.go("/tai-khoan/dia-chi/them/")
    chi.type(name=CHI.name, phone=CHI.phone, street=CHI.street)
    chi.choose("province", CHI.province)
    expect(chi.find(f'[name="ward"] option[value="{CHI.ward}"]')).to_have_count(1)
    chi.choose("ward", CHI.ward)
    cable.cut()
    chi.press('main form .row button[value="save"]')
    chi.sees(
        "Chưa gửi được",
        "Hiện không có mạng. Những gì bạn nhập vẫn được giữ ở đây: hãy gửi lại.",
    )
    chi.shoot("95-account-not-sent")
    assert not Address.objects.exists()
    assert CHI.street not in json.dumps(copies(chi), ensure_ascii=False)
    cable.mend()
    chi.press('form[action$="/dia-chi/them/"] .btn')
    chi.at("/tai-khoan/dia-chi/")
    assert Address.objects.get().street == CHI.street


def test_a_password_never_passes_through_the_worker(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    make_user(phone="+84977111669")
    sign_in(chi, "0977111669")
    chi.go("/tai-khoan/lien-he/")
    chi.type(contact="chi@example.vn", password=PASSWORD)
    cable.cut()
    with chi.page.expect_event("requestfailed") as failed:  # the browser's own: no worker answers
        chi.find("main form.own-form .btn").click(no_wait_after=True)
    assert (failed.value.method, failed.value.url[-9:]) == ("POST", "/lien-he/")
    chi.page.wait_for_url("chrome-error://**", wait_until="commit")
    cable.mend()
    chi.go("/")
    assert PASSWORD not in json.dumps(copies(chi))


def test_a_session_that_ended_while_an_order_waited_loses_nothing(
    chi: Person, cable: Cable, scene: Scene
) -> None:
    make_user(phone="+84977111670")
    sign_in(chi, "0977111670")
    ready_to_order(chi, scene)
    cable.cut()
    chi.press('#bill button[value="place"]')
    chi.at("/ngoai-tuyen/")
    chi.page.context.clear_cookies(name="session")
    cable.mend()
    chi.page.evaluate("dispatchEvent(new Event('online'))")
    expect(chi.find("#unsent")).to_contain_text("Sàn cần bạn xem lại", timeout=WAIT_MS)
    chi.press("#unsent .btn")
    chi.at("/tai-khoan/dang-nhap/")
    chi.sees("Những gì bạn vừa nhập được giữ trong nửa giờ")
    chi.type(login="0977111670", password=PASSWORD)
    chi.press("form.form .btn")
    chi.at("/dat-hang")
    assert chi.value("street") == CHI.street
    assert Purchase.objects.count() == 0
