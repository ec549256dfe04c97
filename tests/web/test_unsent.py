"""The session ended while somebody was typing: the words come back, to the same person alone."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Product
from core import cases, valkey
from core.models import Case, CaseState
from tests.making import make_product, make_user, make_variant, make_vendor
from tests.vendors import cast
from tests.web.sellers_making import cashew
from vendors.models import Vendor, VendorDecision
from web import unsent

pytestmark = pytest.mark.django_db
IN_FORM = "Những gì bạn nhập đã có lại trong biểu mẫu: hãy xem lại rồi bấm nút."
AS_WORDS = "Đây là những gì bạn đã nhập:"


@pytest.fixture
def browser() -> Client:
    return Client()


def mark_on(page: Any) -> str:
    """What the form says about whose it is."""
    found = re.search(r'name="typed_by" value="([^"]+)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def ended(browser: Client) -> None:
    """The session is gone, the rest of the browser stays."""
    del browser.cookies["session"]


def test_a_reason_of_staff_stands_in_the_form_again(browser: Client) -> None:
    vendor, staff = cast.submitted(make_user()), cast.make_staff()
    file = f"/can-bo/nha-ban/{vendor.pk}/"
    browser.force_login(staff)
    typed = {"note": "Xin bổ sung.", "reason_street": "Ghi rõ <số nhà>.", "decision": "approve"}
    typed["typed_by"] = mark_on(browser.get(file))
    ended(browser)
    answer = browser.post(file, typed)
    assert answer["Location"] == f"/tai-khoan/dang-nhap/?next={file}"
    kept = "Những gì bạn vừa nhập được giữ trong nửa giờ"
    assert kept in browser.get(answer["Location"]).text
    browser.force_login(staff)
    page = browser.get(file)
    assert IN_FORM in page.text
    assert page.context["form"]["note"].value() == "Xin bổ sung."
    assert "Ghi rõ &lt;số nhà&gt;.</textarea>" in page.text
    assert page.context["form"].errors == {}
    assert VendorDecision.objects.filter(to_state="approved").count() == 0


def test_pressing_the_button_again_ends_it(browser: Client) -> None:
    staff = cast.make_staff()
    cases.open_case(kind="x", subject=("vendor", "1"), title="Xem", dedupe_key="x")
    case = Case.objects.get()
    page = f"/can-bo/viec/{case.pk}/"
    browser.force_login(staff)
    typed = {"resolution": "Đã gọi điện.", "typed_by": mark_on(browser.get(page))}
    ended(browser)
    browser.post(page, typed)
    browser.force_login(staff)
    assert ">\nĐã gọi điện.</textarea>" in browser.get(page).text
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    browser.post(page, typed)
    case.refresh_from_db()
    assert (case.state, case.resolution) == (CaseState.RESOLVED, "Đã gọi điện.")
    assert browser.cookies[unsent.COOKIE].value == ""


def test_somebody_else_on_the_same_device_sees_nothing(browser: Client) -> None:
    vendor, staff = cast.submitted(make_user()), cast.make_staff()
    file = f"/can-bo/nha-ban/{vendor.pk}/"
    browser.force_login(staff)
    typed = {"note": "Chỉ mình tôi.", "typed_by": mark_on(browser.get(file))}
    ended(browser)
    browser.post(file, typed)
    browser.force_login(make_user(is_staff=True))
    assert "Chỉ mình tôi." not in browser.get(file).text
    browser.force_login(staff)
    assert "Chỉ mình tôi." in browser.get(file).text


@pytest.mark.parametrize("mark", ["", "1", "1:AAAA"])
def test_nothing_is_kept_for_a_form_that_was_not_ours(browser: Client, mark: str) -> None:
    vendor = cast.submitted(make_user())
    answer = browser.post(f"/can-bo/nha-ban/{vendor.pk}/", {"note": "x", "typed_by": mark})
    assert answer.status_code == 302
    assert unsent.COOKIE not in browser.cookies


def test_what_is_kept_can_not_be_read_by_others(browser: Client) -> None:
    staff, vendor = cast.make_staff(), cast.submitted(make_user())
    file = f"/can-bo/nha-ban/{vendor.pk}/"
    browser.force_login(staff)
    typed = {"note": "Rất riêng tư", "typed_by": mark_on(browser.get(file))}
    ended(browser)
    answer = browser.post(file, typed)
    cookie = browser.cookies[unsent.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 1800)
    box = valkey.client().get(f"market:typed:{cookie.value}")
    assert isinstance(box, bytes)
    assert "Rất riêng tư".encode() not in box
    assert "note" not in answer["Location"]


def test_a_refusal_from_a_small_form_is_shown_as_words(browser: Client) -> None:
    vendor, staff = cast.submitted(make_user()), cast.make_staff()
    file, paper = f"/can-bo/nha-ban/{vendor.pk}/", vendor.papers.get()
    browser.force_login(staff)
    typed = {"reason": "Mờ quá.", "decision": "refuse", "typed_by": mark_on(browser.get(file))}
    ended(browser)
    address = f"/can-bo/giay-to/{paper.pk}/"
    answer = browser.post(address, typed, headers={"referer": f"http://testserver{file}"})
    assert answer["Location"] == f"/tai-khoan/dang-nhap/?next={file}"
    browser.force_login(staff)
    page = browser.get(file).text
    assert AS_WORDS in page
    assert '<p class="kept-words">Mờ quá.</p>' in page
    paper.refresh_from_db()
    assert paper.state == "waiting"


@pytest.fixture
def an() -> User:
    return make_user()


@pytest.fixture
def vendor(an: User) -> Vendor:
    return make_vendor(owner=an)


def test_a_products_text_stands_in_the_sellers_form_again(
    browser: Client, an: User, vendor: Vendor
) -> None:
    product = make_product(vendor, category=cashew(), name_vi="Điều cũ")
    page = f"/ban-hang/san-pham/{product.pk}/sua/"
    browser.force_login(an)
    typed = {"name_vi": "Điều mới", "other_id": str(product.category_id), "specs_vi": "Độ ẩm: 5 %"}
    typed |= {"description_vi": "Dòng một.\nDòng hai."}
    typed["typed_by"] = mark_on(browser.get(page))
    ended(browser)
    answer = browser.post(f"/en{page}", typed)
    assert answer["Location"] == f"/en/tai-khoan/dang-nhap/?next=/en{page}"
    browser.force_login(an)
    back = browser.get(page)
    assert IN_FORM in back.text
    form = back.context["form"]
    assert form["description_vi"].value() == "Dòng một.\nDòng hai."
    assert (form["name_vi"].value(), form["specs_vi"].value()) == ("Điều mới", "Độ ẩm: 5 %")
    assert Product.objects.get().name_vi == "Điều cũ"


def test_a_price_from_the_list_is_shown_as_words(browser: Client, an: User, vendor: Vendor) -> None:
    variant = make_variant(vendor, price_vnd=98_000)
    goods = f"/ban-hang/san-pham/{variant.product_id}/"
    browser.force_login(an)
    typed = {"price_vnd": "125.000", "typed_by": mark_on(browser.get(goods))}
    ended(browser)
    browser.post(
        f"/ban-hang/quy-cach/{variant.pk}/gia/",
        typed,
        headers={"referer": f"http://testserver{goods}"},
    )
    browser.force_login(an)
    assert '<p class="kept-words">125.000</p>' in browser.get(goods).text
    variant.refresh_from_db()
    assert variant.price_vnd == 98_000


def test_the_first_page_of_a_registration_keeps_its_words(browser: Client, an: User) -> None:
    page = "/ban-hang/dang-ky/ten/?new=1&kind=cooperative"
    browser.force_login(an)
    typed = {"name": "HTX Điều Bù Đăng", "tax_code": "38001"}
    typed["typed_by"] = mark_on(browser.get(page))
    ended(browser)
    browser.post(page, typed)
    browser.force_login(an)
    form = browser.get(page).context["form"]
    assert (form["name"].value(), form["tax_code"].value()) == ("HTX Điều Bù Đăng", "38001")
    assert not Vendor.objects.exists()
