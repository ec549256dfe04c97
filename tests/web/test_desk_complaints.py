"""Complaints, messages, reviews and returned parcels at the desks of vendor and province."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Review, Stock
from catalog.services.reviews import Words
from core import cases
from core.models import Case
from orders.models import Complaint, Order, OrderMessage
from orders.services.complaints import buyer, vendor
from orders.services.messages import send_message
from orders.services.reviewing import review_line
from tests.orders.complaining import (
    CHI,
    REFUSE,
    complain,
    make_staff,
    member_of,
    photo,
    refund,
)
from tests.web.following_making import make_delivered_order
from tests.web.sellers_making import browser_of, desk, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return make_delivered_order()


@pytest.fixture
def seller(order: Order) -> User:
    return member_of(order.vendor)


@pytest.fixture
def page(seller: User) -> Client:
    return browser_of(seller)


def at_desk(complaint: Complaint) -> str:
    return f"/ban-hang/khieu-nai/{complaint.number}/"


def at_province(complaint: Complaint) -> str:
    return f"/can-bo/khieu-nai/{complaint.number}/"


def state_of(complaint: Complaint) -> str:
    complaint.refresh_from_db()
    return complaint.state


def test_the_desk_shows_what_waits_everywhere(order: Order, page: Client) -> None:
    assert "Không có khiếu nại nào chờ bạn." in page.get("/ban-hang/khieu-nai/").text
    complaint = complain(order, photos=[photo()])
    assert "1 khiếu nại đang chờ bạn." in page.get("/ban-hang/").text
    assert complaint.number in page.get(f"/ban-hang/don-hang/{order.number}/").text
    assert at_desk(complaint) in page.get("/ban-hang/khieu-nai/").text
    text = page.get(at_desk(complaint)).text
    assert "Người mua đã trả 322.000\u00a0₫; bạn hoàn được tối đa bấy nhiêu." in text
    assert page.get(f"{at_desk(complaint)}anh/1")["Content-Type"] == "image/webp"


def test_a_vendor_answers_with_money_typed_its_way(order: Order, page: Client) -> None:
    complaint = complain(order)
    form = {"do": "answer", "outcome": "refund", "amount_vnd": "150k", "text": "Xin lỗi chị"}
    for _again in range(2):
        assert page.post(at_desk(complaint), form | {"photos": jpeg()}).status_code == 302
    assert (state_of(complaint), complaint.amount_vnd) == ("answered", 150_000)
    assert complaint.entries.count() == 2


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"outcome": ""}, "Xin chọn cách trả lời."),
        ({"outcome": "refuse", "text": ""}, "Xin ghi lý do: bên kia sẽ đọc."),
        ({"outcome": "refund", "amount_vnd": "400.000"}, "Xin nhập số tiền từ 1"),
        ({"outcome": "refund", "amount_vnd": "nhiều"}, "Xin nhập số tiền từ 1"),
    ],
)
def test_a_wrong_answer_is_told_and_what_was_typed_stays(
    order: Order, page: Client, form: dict[str, str], sentence: str
) -> None:
    complaint = complain(order)
    typed = {"do": "answer", "text": "Chúng tôi đã kiểm tra", "amount_vnd": ""}
    answer = page.post(at_desk(complaint), typed | form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert state_of(complaint) == "opened"


def test_goods_come_back_and_are_paid_for(order: Order, seller: User, page: Client) -> None:
    complaint, before = complain(order), Stock.objects.get().on_hand
    vendor.answer(complaint=complaint, offer=refund(with_return=True), actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    assert 'name="u1" value="0"' in page.get(at_desk(complaint)).text
    assert page.post(at_desk(complaint), {"do": "take_back", "u1": "3"}).status_code == 422
    page.post(at_desk(complaint), {"do": "take_back", "u1": "1"})
    assert (state_of(complaint), Stock.objects.get().on_hand) == ("owed", before + 1)
    assert page.post(at_desk(complaint), {"do": "fulfil", "text": ""}).status_code == 422
    page.post(at_desk(complaint), {"do": "fulfil", "text": "FT26327"})
    assert state_of(complaint) == "done"


def test_a_vendor_contests_what_came_back(order: Order, seller: User, page: Client) -> None:
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=refund(with_return=True), actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    assert page.post(at_desk(complaint), {"do": "contest", "text": ""}).status_code == 422
    page.post(at_desk(complaint), {"do": "contest", "text": "Gói rỗng"})
    assert state_of(complaint) == "province"


def test_a_complaint_about_somebody_else_is_missing(order: Order) -> None:
    complaint = complain(order, photos=[photo()])
    other, _vendor = desk(name="HTX Bình", slug="htx-binh")
    for path in (at_desk(complaint), f"{at_desk(complaint)}anh/1"):
        assert other.get(path).status_code == 404
    assert other.post(at_desk(complaint), {"do": "answer"}).status_code == 404
    assert complaint.number not in other.get("/ban-hang/khieu-nai/?tab=todo").text


def test_the_province_decides_from_its_queue(order: Order, seller: User) -> None:
    complaint, staff = complain(order), browser_of(make_staff())
    vendor.answer(complaint=complaint, offer=REFUSE, actor=seller)
    assert complaint.number not in staff.get("/can-bo/khieu-nai/").text
    buyer.ask_province(complaint=complaint, text="Tôi có ảnh", actor=CHI)
    assert at_province(complaint) in staff.get("/can-bo/khieu-nai/").text
    case = Case.objects.get(kind="complaint")
    assert at_province(complaint) in staff.get(f"/can-bo/viec/{case.pk}/").text
    form = {"outcome": "refund", "amount_vnd": "100.000", "text": ""}
    refused = staff.post(at_province(complaint), form)
    assert refused.status_code == 422
    assert "Xin ghi lý do: bên kia sẽ đọc." in refused.text
    assert 'value="100.000"' in refused.text
    for _again in range(2):
        sent = staff.post(at_province(complaint), form | {"text": "Ảnh chụp rõ"})
        assert sent.status_code == 302
    assert (state_of(complaint), complaint.amount_vnd) == ("owed", 100_000)


def test_staff_of_the_same_shop_are_sent_away(order: Order, seller: User) -> None:
    complaint, person = complain(order), make_staff()
    vendor.answer(complaint=complaint, offer=REFUSE, actor=seller)
    buyer.ask_province(complaint=complaint, text="Tôi có ảnh", actor=CHI)
    order.vendor.members.create(user=person)
    staff = browser_of(person)
    assert "Cán bộ khác phải giải quyết." in staff.get(at_province(complaint)).text
    staff.post(at_province(complaint), {"outcome": "refuse", "text": "Không"})
    assert state_of(complaint) == "province"


def test_the_vendor_reads_and_writes_messages(order: Order, page: Client) -> None:
    path = f"/ban-hang/don-hang/{order.number}/tin-nhan/"
    assert "Chưa có người mua nào nhắn." in page.get("/ban-hang/tin-nhan/").text
    send_message(order=order, author_kind="buyer", actor=CHI, key=uuid4(), text="Alô?")
    assert "1 tin nhắn mới." in page.get("/ban-hang/").text
    assert "1 tin mới" in page.get("/ban-hang/tin-nhan/").text
    assert "Alô?" in page.get(path).text
    assert "1 tin mới" not in page.get("/ban-hang/tin-nhan/").text
    key = str(uuid4())
    for _again in range(2):
        assert page.post(path, {"key": key, "text": "Dạ", "photo": jpeg()}).status_code == 302
    assert OrderMessage.objects.filter(author_kind="vendor").count() == 1
    assert page.get(f"{path}anh/2")["Content-Type"] == "image/webp"
    assert page.post(path, {"text": ""}).status_code == 422


def write_review(order: Order) -> Review:
    line = order.lines.select_related("order__purchase", "variant").get()
    return review_line(line=line, words=Words(2, "Gói bị <b>ẩm</b>"), actor=CHI)


def test_a_vendor_answers_a_review_in_public(order: Order, page: Client) -> None:
    assert "Chưa có đánh giá nào." in page.get("/ban-hang/danh-gia/").text
    review = write_review(order)
    path = f"/ban-hang/danh-gia/{review.pk}/"
    assert path in page.get("/ban-hang/danh-gia/?show=open").text
    assert "&lt;b&gt;ẩm&lt;/b&gt;" in page.get(path).text
    assert page.post(path, {"text": " "}).status_code == 422
    assert page.post(path, {"text": "Xin lỗi chị"}).status_code == 302
    assert Review.objects.get().answer == "Xin lỗi chị"
    assert path not in page.get("/ban-hang/danh-gia/?show=open").text
    other, _vendor = desk(name="HTX Bình", slug="htx-binh")
    assert other.get(path).status_code == 404


def test_the_province_takes_a_review_down_with_a_reason(order: Order) -> None:
    review, staff = write_review(order), browser_of(make_staff())
    path = f"/can-bo/danh-gia/{review.pk}/"
    assert path in staff.get("/can-bo/danh-gia/?state=low").text
    assert staff.post(path, {"reason": ""}).status_code == 422
    staff.post(path, {"reason": "Có số điện thoại người khác"})
    assert Review.objects.get().removed_reason == "Có số điện thoại người khác"
    assert path in staff.get("/can-bo/danh-gia/?state=removed").text
    assert staff.get("/can-bo/danh-gia/987654321/").status_code == 404


def test_an_undelivered_parcel_is_taken_in_once(order: Order, page: Client) -> None:
    path = f"/ban-hang/don-hang/{order.number}/nhan-lai/"
    assert page.get(path).status_code == 404
    Order.objects.filter(pk=order.pk).update(state="returned")
    cases.open_case(
        kind="parcel_returned",
        subject=("order", order.number),
        title="x",
        dedupe_key=f"parcel_returned:{order.number}",
    )
    before = Stock.objects.get().on_hand
    assert path in page.get(f"/ban-hang/don-hang/{order.number}/").text
    assert page.post(path, {"u1": "4"}).status_code == 422
    for _again in range(2):
        assert page.post(path, {"u1": "2"}).status_code == 302
    assert Stock.objects.get().on_hand == before + 2
    assert path not in page.get(f"/ban-hang/don-hang/{order.number}/").text
