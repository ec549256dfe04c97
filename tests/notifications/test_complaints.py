"""Complaints and reviews are told: to the other side, in its language, once, without holes."""

import pytest

from catalog.services.reviews import Words, answer_review, remove_review
from core import relay
from notifications.models import Message
from orders.models import Complaint, Order, Purchase
from orders.services.complaints import buyer, province, vendor
from orders.services.reviewing import review_line
from tests.making import make_rates, make_user, make_vendor
from tests.orders.complaining import (
    CHI,
    REFUSE,
    complain,
    make_delivered,
    make_staff,
    member_of,
    refund,
)

pytestmark = pytest.mark.django_db
CHIS, ANS = "+84912345678", "+84900999888"


@pytest.fixture
def order() -> Order:
    make_rates()
    owner = make_user(phone=ANS)
    order = make_delivered(make_vendor(owner=owner, name="HTX An", slug="htx-an"))
    tell()
    Message.objects.all().delete()
    return order


def tell() -> None:
    while relay.run():
        pass


def told(to: str) -> list[str]:
    """The texts that went to this phone since the last time."""
    tell()
    found = list(Message.objects.filter(to=to, way="sms").order_by("pk"))
    Message.objects.filter(to=to).delete()
    return [message.body for message in found]


def test_each_side_hears_what_it_did_not_do_itself(order: Order) -> None:
    complaint = complain(order)
    number, seller = complaint.number, member_of(order.vendor)
    (vendors,) = told(ANS)
    assert vendors.startswith(f"Khiếu nại {number}, đơn {order.number}: Người mua khiếu nại. Hạn ")
    assert vendors.endswith(f"/ban-hang/khieu-nai/{number}/")
    assert len(told(CHIS)) == 1
    vendor.answer(complaint=complaint, offer=REFUSE, actor=seller)
    (buyers,) = told(CHIS)
    assert "Người bán đã trả lời" in buyers
    assert buyers.endswith(f"/don-hang/{order.number}/khieu-nai/{number}")
    assert told(ANS) == []
    buyer.ask_province(complaint=complaint, text="Tôi có ảnh", actor=CHI)
    assert (told(CHIS), len(told(ANS))) == ([], 1)
    province.decide(complaint=complaint, offer=refund(text="Ảnh rõ"), actor=make_staff())
    assert (len(told(CHIS)), len(told(ANS))) == (1, 1)


def test_a_mail_tells_offer_and_reasons_in_the_readers_language(order: Order) -> None:
    Purchase.objects.update(email="chi@example.com", language="en")
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=refund(150_000), actor=member_of(order.vendor))
    tell()
    mail = Message.objects.filter(way="mail", to="chi@example.com").latest("pk")
    assert mail.subject == f"Complaint {complaint.number}: The vendor answered"
    assert "The vendor answered: Money back: 150.000\u00a0₫." in mail.body
    assert "Xin lỗi" in mail.body
    assert f"/en/don-hang/{order.number}/khieu-nai/{complaint.number}" in mail.body


def test_a_buyers_words_are_in_no_message(order: Order) -> None:
    complain(order, text="Gọi tôi số 0909 090 909 nhé")
    tell()
    assert not Message.objects.filter(body__contains="0909 090 909").exists()


def test_delivered_twice_is_told_once(order: Order) -> None:
    complain(order)
    told(ANS)
    assert Complaint.objects.count() == 1
    assert told(ANS) == []


def test_reviews_are_told_to_the_vendor_and_answers_to_who_wrote_them(order: Order) -> None:
    line = order.lines.select_related("order__purchase", "variant").get()
    review = review_line(line=line, words=Words(2, "Xem http://la.example"), actor=CHI)
    (vendors,) = told(ANS)
    assert vendors.startswith("Chi đánh giá 2 sao cho Hạt điều")
    assert "la.example" not in vendors
    answer_review(
        review_id=review.pk,
        vendor_id=order.vendor_id,
        text="Xin lỗi",
        actor=member_of(order.vendor),
    )
    assert ["đã trả lời" in text for text in told(CHIS)] == [True]
    remove_review(review_id=review.pk, reason="Có liên kết lừa đảo", actor=make_staff())
    assert ["Có liên kết lừa đảo" in text for text in told(CHIS)] == [True]
