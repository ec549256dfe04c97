"""At the seller's desk: measured values under the grade, answers to questions. And the staff's."""

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Product, Question, Revision
from catalog.services.questions import ask_question
from catalog.states import ProductState
from tests.making import make_category, make_product, make_user, make_variant
from tests.web.sellers_making import browser_of, desk
from vendors.models import Vendor

pytestmark = pytest.mark.django_db
Cast = tuple[Client, Vendor]
WORDS = "Hạt có rang muối không ạ?"


@pytest.fixture
def cast() -> Cast:
    return desk(name="HTX An", slug="htx-an")


@pytest.fixture
def staff() -> Client:
    return browser_of(make_user(is_staff=True))


def kernels(vendor: Vendor, **changes: object) -> Product:
    category = make_category(commodity="cashew", grades=["W240", "W320", "Tự chọn"])
    fields = {"category": category, "grade": "W320", "name_vi": "Nhân điều"} | changes
    product = make_product(vendor, **fields)
    make_variant(vendor, product=product)
    return product


def at(product: Product) -> str:
    return f"/ban-hang/san-pham/{product.pk}/thong-so/"


def ask(vendor: Vendor, author: User | None = None) -> Question:
    product = kernels(vendor)
    return ask_question(product_id=product.pk, text=WORDS, author=author or make_user())


def test_the_form_shows_each_property_with_its_limit(cast: Cast) -> None:
    page, vendor = cast
    shown = page.get(at(kernels(vendor))).content.decode()
    assert "Số 320 là số nhân trong một pound" in shown
    assert "Hạng W320 cho phép 300–320" in shown
    assert "Hạng W320 cho phép ≤ 0,5 %" in shown
    assert "Tự chọn" not in shown  # a grade without limits has nothing to check
    other = page.get(at(kernels(vendor)) + "?hang=W240").content.decode()
    assert "Hạng W240 cho phép 220–240" in other


def test_a_draft_takes_values_at_once(cast: Cast) -> None:
    page, vendor = cast
    free = {"vi": "Hạn dùng", "en": "Best before", "value": "8 tháng"}
    product = kernels(vendor, state=ProductState.DRAFT, specs=[free])
    sent = page.post(at(product), {"grade": "W240", "spec_count_lb": "230", "spec_moisture": "4.5"})
    assert (sent.status_code, sent["Location"]) == (302, f"/ban-hang/san-pham/{product.pk}/")
    product.refresh_from_db()
    assert product.grade == "W240"
    assert [row["value"] for row in product.specs] == ["230", "4,5 %", "8 tháng"]


def test_a_live_product_asks_the_province_and_staff_see_values_beside_limits(
    cast: Cast, staff: Client
) -> None:
    page, vendor = cast
    product = kernels(vendor)
    page.post(at(product), {"grade": "W320", "spec_moisture": "4,8"})
    product.refresh_from_db()
    assert product.specs == []
    revision = Revision.objects.get()
    assert revision.changes["specs"][0]["value"] == "4,8 %"
    assert "4,8 %" in page.get(at(product)).content.decode()
    waiting = staff.get(f"/can-bo/thay-doi/{revision.pk}/").content.decode()
    assert "Mức cho phép của hạng W320: Số nhân mỗi pound 300–320 · Độ ẩm ≤ 5 %" in waiting
    staff.post(f"/can-bo/thay-doi/{revision.pk}/", {"decision": "approve"})
    shown = staff.get(f"/can-bo/san-pham/{product.pk}/").content.decode()
    assert ("4,8 %" in shown, "≤ 5 %" in shown, "chưa ghi" in shown) == (True, True, True)


def test_a_value_outside_the_limit_is_refused_clearly_and_kept_as_typed(cast: Cast) -> None:
    page, vendor = cast
    product = kernels(vendor)
    wrong = page.post(at(product), {"grade": "W320", "spec_moisture": "6,5", "spec_broken": "ít"})
    shown = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Độ ẩm: 6,5 % nằm ngoài mức của hạng W320 (≤ 5 %)" in shown
    assert "Nhân vỡ: bạn nhập một con số" in shown
    assert ('value="6,5"' in shown, 'value="ít"' in shown) == (True, True)
    assert not Revision.objects.exists()


def test_staff_see_a_value_that_its_grade_no_longer_allows(cast: Cast, staff: Client) -> None:
    _page, vendor = cast
    wet = [{"key": "moisture", "vi": "Độ ẩm", "en": "Moisture", "value": "7 %"}]
    product = kernels(vendor, specs=wet)
    assert (
        "7 %: ngoài mức cho phép" in staff.get(f"/can-bo/san-pham/{product.pk}/").content.decode()
    )


def test_goods_without_a_grade_with_limits_say_so(cast: Cast) -> None:
    page, vendor = cast
    product = make_product(vendor)
    assert "không có hạng kèm mức quy định" in page.get(at(product)).content.decode()


def test_the_desk_counts_questions_and_an_answer_ends_the_waiting(cast: Cast) -> None:
    page, vendor = cast
    assert "Không có câu hỏi nào đang chờ" in page.get("/ban-hang/hoi-dap/").content.decode()
    question = ask(vendor)
    assert WORDS in page.get("/ban-hang/hoi-dap/").content.decode()
    assert '<span class="n">1</span>' in page.get("/ban-hang/").content.decode()
    at_question = f"/ban-hang/hoi-dap/{question.pk}/"
    wrong = page.post(at_question, {"text": "Gọi 0912 345 678 nhé"})
    assert wrong.status_code == 422
    assert "Gọi 0912 345 678 nhé</textarea>" in wrong.content.decode()
    assert page.post(at_question, {"text": "Dạ rang muối hạt."})["Location"] == "/ban-hang/hoi-dap/"
    question.refresh_from_db()
    assert question.answer == "Dạ rang muối hạt."
    assert WORDS not in page.get("/ban-hang/hoi-dap/").content.decode()
    assert WORDS in page.get("/ban-hang/hoi-dap/?show=all").content.decode()


def test_another_vendors_question_is_a_missing_one(cast: Cast) -> None:
    page, _vendor = cast
    _other, theirs = desk()
    question = ask(theirs)
    for path in (f"/ban-hang/hoi-dap/{question.pk}/", "/ban-hang/hoi-dap/999999/"):
        assert page.get(path).status_code == 404
        assert page.post(path, {"text": "Dạ có ạ."}).status_code == 404
    question.refresh_from_db()
    assert question.answer == ""


def test_staff_take_a_question_down_with_a_reason(cast: Cast, staff: Client) -> None:
    page, vendor = cast
    question = ask(vendor)
    at_question = f"/can-bo/hoi-dap/{question.pk}/"
    assert WORDS in staff.get("/can-bo/hoi-dap/?state=waiting").content.decode()
    assert staff.post(at_question, {"reason": " "}).status_code == 422
    assert staff.post(at_question, {"reason": "Xúc phạm người bán"}).status_code == 302
    question.refresh_from_db()
    assert question.removed_reason == "Xúc phạm người bán"
    assert WORDS in staff.get("/can-bo/hoi-dap/?state=removed").content.decode()
    shown = page.get(f"/ban-hang/hoi-dap/{question.pk}/").content.decode()
    assert "Xúc phạm người bán" in shown
    assert page.post(f"/ban-hang/hoi-dap/{question.pk}/", {"text": "Dạ có."}).status_code == 422
