"""A buyer complains: the form keeps what was typed, the story moves, nobody else sees it."""

import pytest
from django.test import Client

from accounts.models import User
from orders.models import Complaint, Order
from orders.services.complaints import vendor
from tests.orders.complaining import REFUSE, complain, make_delivered, member_of, refund
from tests.web.following_making import complaint_form, device_of, make_delivered_order
from tests.web.sellers_making import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return make_delivered_order()


@pytest.fixture
def seller(order: Order) -> User:
    return member_of(order.vendor)


def form_of(order: Order) -> str:
    return f"/don-hang/{order.number}/khieu-nai"


def page_of(complaint: Complaint) -> str:
    return f"{form_of(complaint.order)}/{complaint.number}"


def test_a_guest_complains_with_photos_and_reads_the_clock(order: Order) -> None:
    client = device_of(order)
    assert form_of(order) in client.get(f"/don-hang/{order.number}").content.decode()
    assert "đến " in client.get(form_of(order)).content.decode()
    sent = client.post(form_of(order), complaint_form(photos=[jpeg(), jpeg("red")]))
    complaint = Complaint.objects.get()
    assert sent["Location"] == f"{page_of(complaint)}?gui=1"
    text = client.get(sent["Location"]).content.decode()
    assert "Cảm ơn bạn. Người bán đã được báo và phải trả lời." in text
    assert "Người bán phải trả lời trước" in text
    assert "Hai gói bị rách, hạt ẩm." in text
    shot = client.get(f"{page_of(complaint)}/anh/2")
    assert (shot.status_code, shot["Content-Type"]) == (200, "image/webp")
    assert client.get(f"{page_of(complaint)}/anh/3").status_code == 404


def test_the_same_form_twice_leads_to_the_same_complaint(order: Order) -> None:
    client, form = device_of(order), complaint_form()
    first = client.post(form_of(order), form)
    assert client.post(form_of(order), form)["Location"] == first["Location"]
    assert Complaint.objects.count() == 1
    again = client.post(form_of(order), complaint_form())
    assert again["Location"] == page_of(Complaint.objects.get())


def test_what_was_typed_stays_when_something_is_missing(order: Order) -> None:
    answer = device_of(order).post(form_of(order), complaint_form(kind="", text="Hỏng", u1="9"))
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Lỗi: Đơn hàng có vấn đề" in text
    for sentence in ("Xin cho biết hàng bị sao.", "Xin mô tả một hai câu.", "Hãy giảm bớt."):
        assert sentence in text
    assert ">Hỏng</textarea>" in text
    assert 'name="u1" value="9"' in text
    assert 'value="refund" checked' in text


@pytest.mark.parametrize("units", ["-1", "1.5", "1e3", "hai", "9" * 40])
def test_nonsense_instead_of_a_number_is_refused(order: Order, units: str) -> None:
    answer = device_of(order).post(form_of(order), complaint_form(u1=units))
    assert answer.status_code == 400
    assert not Complaint.objects.exists()


def test_a_bad_photo_is_told_at_its_field(order: Order) -> None:
    form = complaint_form(photos=[jpeg(name="a.jpg"), *[jpeg("red")] * 6])
    answer = device_of(order).post(form_of(order), form)
    assert answer.status_code == 400
    assert '<a href="#f-photos">Chọn nhiều nhất 5 ảnh.</a>' in answer.content.decode()


def test_an_order_on_its_way_says_that_there_is_nothing_yet(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(state="shipped", delivered_at=None)
    page = device_of(order).get(form_of(order))
    assert "Lúc này chưa khiếu nại được" in page.content.decode()
    assert device_of(order).post(form_of(order), complaint_form()).status_code == 409


def test_a_buyer_accepts_and_then_has_the_money(order: Order, seller: User) -> None:
    client, complaint = device_of(order), complain(order)
    vendor.answer(complaint=complaint, offer=refund(150_000), actor=seller)
    assert "Hoàn tiền: 150.000\u00a0₫" in client.get(page_of(complaint)).content.decode()
    for _again in range(2):
        sent = client.post(page_of(complaint), {"do": "accept", "text": "VCB 0123"})
        assert sent["Location"] == page_of(complaint)
    vendor.fulfil(complaint=complaint, text="FT123", actor=seller)
    client.post(page_of(complaint), {"do": "received"})
    complaint.refresh_from_db()
    assert complaint.state == "settled"
    assert complaint.entries.count() == 5


def test_asking_the_province_needs_a_sentence_and_keeps_the_page(
    order: Order, seller: User
) -> None:
    client, complaint = device_of(order), complain(order)
    vendor.answer(complaint=complaint, offer=REFUSE, actor=seller)
    empty = client.post(page_of(complaint), {"do": "ask_province", "text": " "})
    assert empty.status_code == 400
    assert "Xin nêu lý do để tỉnh xem xét." in empty.content.decode()
    client.post(page_of(complaint), {"do": "ask_province", "text": "Tôi có ảnh"})
    assert "Tỉnh giải quyết trước" in client.get(page_of(complaint)).content.decode()


def test_a_step_that_is_over_says_so(order: Order) -> None:
    client, complaint = device_of(order), complain(order)
    late = client.post(page_of(complaint), {"do": "accept"})
    assert late.status_code == 409
    assert "Khiếu nại đang ở bước “Chờ người bán trả lời”" in late.content.decode()
    assert client.post(page_of(complaint), {"do": "pay"}).status_code == 404


def test_words_of_people_are_plain_text(order: Order) -> None:
    complaint = complain(order, text="<script>alert(1)</script> http://la.example")
    text = device_of(order).get(page_of(complaint)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; http://la.example" in text
    assert 'href="http://la.example' not in text


def test_nobody_else_sees_or_moves_it(order: Order) -> None:
    complaint = complain(order)
    other = device_of(make_delivered(order.vendor))
    for client in (Client(), other):
        for path in (form_of(order), page_of(complaint), page_of(complaint) + "/anh/1"):
            assert client.get(path)["Location"] == f"/don-hang/?so={order.number}"
        assert client.post(page_of(complaint), {"do": "withdraw"}).status_code == 303
    complaint.refresh_from_db()
    assert complaint.state == "opened"


def test_a_complaint_of_another_order_is_missing(order: Order) -> None:
    mine = make_delivered(order.vendor)
    foreign = complain(order)
    path = f"{form_of(mine)}/{foreign.number}"
    assert device_of(mine).get(path).status_code == 404
    assert device_of(mine).post(path, {"do": "withdraw"}).status_code == 404


def test_the_public_page_counts_how_complaints_went(order: Order, seller: User) -> None:
    assert "Trong thời gian này chưa có khiếu nại nào." in Client().get("/khieu-nai/").text
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=REFUSE, actor=seller)
    device_of(order).post(page_of(complaint), {"do": "ask_province", "text": "Tôi có ảnh"})
    row = "".join(f"<td>{n}</td>" for n in (1, 1, 1, 0))
    assert f"<td>Hàng sai, thiếu hoặc kém chất lượng</td>{row}" in Client().get("/khieu-nai/").text
    assert order.number not in Client().get("/khieu-nai/").text


@pytest.mark.parametrize("base", ["", "/en"])
def test_the_clocks_on_the_public_page_are_the_rules(order: Order, base: str) -> None:
    text = Client().get(f"{base}/khieu-nai/").content.decode()
    days = ("24 hours", "7 days", "15 days") if base else ("24 giờ", "7 ngày", "15 ngày")
    for words in days:
        assert words in text
