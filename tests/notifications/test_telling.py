"""Telling people: once, in their language, again after an outage, never a code at rest."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from accounts import services as accounts
from accounts.models import User
from core import clock, relay
from core.errors import ProviderError
from core.models import Case
from notifications import services
from notifications.gateways import GATEWAYS
from notifications.gateways.letter import Letter
from notifications.models import Message, MessageState
from notifications.services.telling import Note, ways_to
from tests.making import make_purchase, make_rates, make_user, make_variant, make_vendor
from tests.vendors import cast
from vendors import services as vendors
from vendors.models import Vendor

pytestmark = pytest.mark.django_db


def tell(key: str = "k") -> list[Message]:
    """The messages as they are stored."""
    services.tell(
        targets=ways_to(phone="+84912345678", email="an@vuon.vn"),
        note=Note("account_exists", {"sign_in": "https://x/1", "forgot": "https://x/2"}),
        dedupe_key=key,
        language="vi",
    )
    return list(Message.objects.order_by("pk"))


def test_telling_twice_writes_one_message_per_way() -> None:
    first, second = tell(), tell()
    assert [message.pk for message in first] == [message.pk for message in second]
    assert sorted(Message.objects.values_list("way", "to")) == [
        ("mail", "an@vuon.vn"),
        ("sms", "+84912345678"),
    ]


def test_a_landline_gets_no_text_message() -> None:
    assert ways_to(phone="+842713879123") == []


def test_mail_has_its_subject_from_the_first_line_and_a_text_message_has_none() -> None:
    mail_one, sms = sorted(tell(), key=lambda message: message.way)
    assert mail_one.subject == "Bạn đã có tài khoản"
    assert mail_one.body.startswith("Xin chào,")
    assert mail_one.body.endswith("Sàn nông sản Bình Phước")
    assert (sms.subject, "\n" in sms.body) == ("", False)


def test_sending_hands_over_once() -> None:
    tell()
    assert services.send_due() == 2
    assert services.send_due() == 0
    assert [sent.subject for sent in mail.outbox] == ["Bạn đã có tài khoản"]
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


def failing(*, retryable: bool) -> Any:
    def send(letter: Letter) -> None:
        raise ProviderError("mail_away", retryable=retryable)

    return send


def test_an_outage_waits_with_doubled_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GATEWAYS, "mail", failing(retryable=True))
    monkeypatch.setitem(GATEWAYS, "sms", failing(retryable=True))
    tell()
    services.send_due()
    message = Message.objects.filter(way="mail").get()
    assert (message.state, message.attempts, message.error) == ("waiting", 1, "mail_away")
    assert services.send_due() == 0
    with clock.shifted(timedelta(seconds=16)):
        assert services.send_due() == 2
    message.refresh_from_db()
    assert message.next_try_at is not None
    assert timedelta(seconds=44) < message.next_try_at - clock.now() < timedelta(seconds=47)


def test_after_eight_tries_a_case_is_opened_and_staff_can_send_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(GATEWAYS, "mail", failing(retryable=True))
    tell()
    for day in range(8):
        with clock.shifted(timedelta(days=day)):
            services.send_due()
    message = Message.objects.get(way="mail")
    assert (message.state, message.attempts) == (MessageState.FAILED, 8)
    assert Case.objects.get().kind == "message_failed"
    monkeypatch.undo()
    services.retry_failed(message_id=message.pk)
    services.send_due()
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_a_refused_address_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GATEWAYS, "mail", failing(retryable=False))
    tell()
    services.send_due()
    assert Message.objects.get(way="mail").state == MessageState.FAILED


def test_a_code_is_sent_but_its_digits_rest_nowhere() -> None:
    code = accounts.issue_code(purpose="follow_order", target="an@vuon.vn", subject="BP123")
    relay.run()
    services.send_due()
    message = Message.objects.get()
    digits = accounts.code_text(code)
    assert digits not in message.body + message.subject
    assert digits in services.readable_body(message)
    assert digits in str(mail.outbox[0].body)
    assert "BP123" in message.body


def test_signing_up_with_a_taken_phone_tells_its_owner() -> None:
    make_user(phone="+84912345678")
    accounts.begin_sign_up(
        login="0912345678", password="vuon dieu nha toi", full_name="X", language="en"
    )
    relay.run()
    message = Message.objects.get()
    assert (message.template, message.way, message.language) == ("account_exists", "sms", "en")
    assert message.body.startswith("This number already has an account")


def decide(vendor: Vendor, staff: User, decision: str, **reasons: str) -> None:
    vendors.decide(vendor=vendor, decision=decision, reasons=reasons, note="Cảm ơn", actor=staff)
    relay.run()


def test_a_vendor_is_told_the_reasons_by_mail_and_by_text_message() -> None:
    an, staff = make_user(phone="+84912345678"), cast.make_staff()
    vendor = cast.submitted(an, email="htx@vuon.vn")
    decide(vendor, staff, "request_changes", street="Xin ghi rõ số nhà.", papers="Ảnh mờ.")
    told = Message.objects.filter(template="vendor_changes")
    assert sorted(told.values_list("way", "to")) == [
        ("mail", "htx@vuon.vn"),
        ("sms", "+84912345678"),
    ]
    body = told.get(way="mail").body
    assert "– Thôn ấp, đường, số nhà: Xin ghi rõ số nhà" in body
    assert "– Giấy tờ: Ảnh mờ" in body
    assert "Cảm ơn" in body
    assert "/ban-hang/" in told.get(way="sms").body


def test_each_decision_is_told_once_even_when_it_is_delivered_twice() -> None:
    an, staff = make_user(phone="+84912345678"), cast.make_staff()
    vendor = cast.submitted(an)
    decide(vendor, staff, "request_changes", street="Sửa một.")
    row = vendor.decisions.latest("pk")
    payload = {"vendor_id": vendor.pk, "decision": "request_changes", "decision_id": row.pk}
    services.on_vendor_decided(f"vendor:{vendor.pk}", payload)
    assert Message.objects.filter(template="vendor_changes").count() == 1
    vendors.submit(vendor=vendor, actor=an)
    decide(vendor, staff, "request_changes", street="Sửa hai.")
    assert Message.objects.filter(template="vendor_changes").count() == 2


def test_a_paper_is_told_about_only_when_the_vendor_is_approved() -> None:
    an, staff = make_user(phone="+84912345678"), cast.make_staff()
    vendor = cast.approved(an, staff)
    relay.run()
    assert not Message.objects.filter(template__startswith="paper").exists()
    paper = vendors.add_paper(
        vendor=vendor, form=vendors.PaperForm(kind="vietgap"), upload=cast.SCAN, actor=an
    )
    vendors.decide_paper(paper=paper, decision="refuse", reason="Hết hạn.", actor=staff)
    relay.run()
    assert "Hết hạn." in Message.objects.get(template="paper_refused").body


def test_one_purchase_is_one_message_to_the_buyer_and_one_order_each_to_the_vendors() -> None:
    make_rates()
    an = make_vendor(phone="+84912345671", name="HTX An")
    binh = make_vendor(phone="+84912345672", name="HTX Bình")
    purchase = make_purchase({make_variant(an): 1, make_variant(binh): 2})
    relay.run()
    relay.run()
    buyer = Message.objects.get(template="order_placed")
    assert (buyer.way, buyer.to) == ("sms", purchase.phone)
    assert purchase.number in buyer.body
    told = Message.objects.filter(template="order_new_vendor").values_list("to", flat=True)
    assert sorted(told) == ["+84912345671", "+84912345672"]


@pytest.mark.parametrize(
    ("to_state", "by", "templates"),
    [
        ("confirmed", "vendor", {"order_confirmed"}),
        ("packed", "vendor", set()),
        ("shipped", "vendor", {"order_shipped"}),
        ("delivered", "system", {"order_delivered"}),
        ("cancelled", "system", {"order_cancelled", "order_cancelled_vendor"}),
        ("cancelled", "vendor", {"order_cancelled"}),
        ("returned", "system", {"order_returned", "order_returned_vendor"}),
    ],
)
def test_an_orders_moves_are_told_to_whom_they_concern(
    to_state: str, by: str, templates: set[str]
) -> None:
    make_rates()
    order = make_purchase({make_variant(make_vendor(phone="+84912345671")): 1}).orders.get()
    payload = {"order_number": order.number, "to_state": to_state, "reason": "x", "by": by}
    for _twice in range(2):
        services.on_order_moved(f"order:{order.number}", payload)
    assert set(Message.objects.values_list("template", flat=True)) == templates
    assert Message.objects.count() == len(templates)
