"""Complaints: opened once and in time, answered, decided, carried out; nothing else is possible."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from catalog.errors import BadQuantity
from catalog.models import MovementKind, Stock, StockMovement
from core import clock
from core.errors import BadFields, InvalidInput, NotAllowed
from core.models import AuditEntry, Case, CaseState, OutboxEntry
from orders.errors import ComplaintMoved, ComplaintOpen, ComplaintTooLate
from orders.models import Complaint, Order, Refund, TakenBack
from orders.selectors.complaints import kinds_open, refundable_vnd, units_left
from orders.services import deadlines
from orders.services.complaints import buyer, province, vendor
from orders.services.complaints.clocks import run_clocks
from orders.services.complaints.opening import open_complaint
from orders.states import ComplaintState, OrderState
from tests.making import make_user
from tests.orders.complaining import (
    CHI,
    REFUSE,
    REPLACE,
    complain,
    draft,
    make_delivered,
    make_staff,
    member_of,
    refund,
)
from vendors.models import Vendor

DAY = timedelta(days=1)


@pytest.fixture
def order(an: Vendor) -> Order:
    return make_delivered(an)


@pytest.fixture
def seller(an: Vendor) -> User:
    return member_of(an)


@pytest.fixture
def staff(db: None) -> User:
    return make_staff()


def state_of(complaint: Complaint) -> str:
    complaint.refresh_from_db()
    return complaint.state


def wrong_fields(error: pytest.ExceptionInfo[BadFields]) -> set[str]:
    return set(error.value.errors)


def test_a_complaint_starts_the_vendors_clock(order: Order) -> None:
    complaint = complain(order)
    assert complaint.state == ComplaintState.OPENED
    assert complaint.due_at == complaint.opened_at + 2 * DAY
    assert [(i.line_id, i.quantity) for i in complaint.items.all()] == [(order.lines.get().pk, 2)]
    entry = complaint.entries.get()
    assert (entry.action, entry.actor_kind, entry.to_state) == ("open", "buyer", "opened")
    assert entry.text == "Hai gói bị rách, hạt ẩm mốc."


def test_spoilt_goods_have_shorter_clocks(order: Order) -> None:
    complaint = complain(order, kind="spoilt")
    assert complaint.due_at == complaint.opened_at + DAY


def test_the_same_form_twice_is_one_complaint(order: Order) -> None:
    form = draft(order)
    first = open_complaint(order=order, draft=form, actor=CHI)
    assert open_complaint(order=order, draft=form, actor=CHI) == first
    assert Complaint.objects.count() == 1
    assert OutboxEntry.objects.filter(topic="complaint.moved").count() == 1


def test_another_one_waits_until_the_first_has_ended(order: Order) -> None:
    first = complain(order)
    with pytest.raises(ComplaintOpen):
        complain(order)
    buyer.withdraw(complaint=first, actor=CHI)
    assert complain(order).state == ComplaintState.OPENED


def test_everything_wrong_is_said_at_once(order: Order) -> None:
    with pytest.raises(BadFields) as error:
        complain(order, kind="late", wish="gold", text="Hỏng", units={})
    assert wrong_fields(error) == {"kind", "wish", "text"}
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("pieces", [-1, 4, 10**12])
def test_no_more_units_than_were_bought(order: Order, pieces: int) -> None:
    with pytest.raises(BadFields) as error:
        complain(order, units={order.lines.get().pk: pieces})
    assert wrong_fields(error) == {"units"}


def test_no_unit_is_complained_about_twice(order: Order, seller: User) -> None:
    line = order.lines.get().pk
    first = complain(order)
    vendor.answer(complaint=first, offer=REFUSE, actor=seller)
    buyer.accept(complaint=first, text="", actor=CHI)
    assert units_left(order) == {line: 1}
    with pytest.raises(BadFields):
        complain(order, units={line: 2})
    assert complain(order, units={line: 1}).is_open


def test_lines_of_another_order_are_none(order: Order, binh: Vendor) -> None:
    other = make_delivered(binh)
    with pytest.raises(BadFields) as error:
        complain(order, units={other.lines.get().pk: 1})
    assert wrong_fields(error) == {"units"}


def test_the_time_to_tell_depends_on_what_is_wrong(order: Order) -> None:
    assert order.delivered_at is not None
    end = order.delivered_at
    assert kinds_open(order, now=end) == {
        "spoilt": end + DAY,
        "wrong": end + 7 * DAY,
        "false": None,
    }
    assert set(kinds_open(order, now=end + DAY)) == {"wrong", "false"}
    assert set(kinds_open(order, now=end + 7 * DAY)) == {"false"}
    with clock.shifted(8 * DAY), pytest.raises(BadFields) as error:
        complain(order)
    assert wrong_fields(error) == {"kind"}


def test_a_late_parcel_counts_from_the_day_after_the_promised_one(an: Vendor) -> None:
    order = make_delivered(an)
    Order.objects.filter(pk=order.pk).update(state=OrderState.SHIPPED, delivered_at=None)
    order.refresh_from_db()
    with pytest.raises(ComplaintTooLate):
        complain(order, kind="late", wish="answer")
    with clock.shifted(5 * DAY):
        complaint = complain(order, kind="late", wish="answer", units={})
    assert [item.quantity for item in complaint.items.all()] == [3]


@pytest.mark.parametrize("state", ["placed", "cancelled", "returned"])
def test_orders_without_goods_have_no_complaints(order: Order, state: str) -> None:
    Order.objects.filter(pk=order.pk).update(state=state)
    order.refresh_from_db()
    with pytest.raises(ComplaintTooLate):
        complain(order)


def test_money_back_goes_from_offer_to_settled(order: Order, seller: User) -> None:
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=refund(150_000), actor=seller)
    assert state_of(complaint) == ComplaintState.ANSWERED
    assert not Refund.objects.exists()
    buyer.accept(complaint=complaint, text="VCB 0123, Trần Thị Chi", actor=CHI)
    assert state_of(complaint) == ComplaintState.OWED
    owed = Refund.objects.get()
    assert (owed.amount_vnd, owed.paid_at) == (150_000, None)
    vendor.fulfil(complaint=complaint, text="FT26327 chuyển khoản", actor=seller)
    owed.refresh_from_db()
    assert state_of(complaint) == ComplaintState.DONE
    assert (owed.paid_at is not None, owed.reference) == (True, "FT26327 chuyển khoản")
    buyer.confirm_received(complaint=complaint, actor=CHI)
    assert state_of(complaint) == ComplaintState.SETTLED
    assert (complaint.due_at, complaint.ended_at is not None) == (None, True)


def test_the_goods_again_owes_no_money(order: Order, seller: User) -> None:
    complaint = complain(order, wish="replace")
    vendor.answer(complaint=complaint, offer=REPLACE, actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    vendor.fulfil(complaint=complaint, text="Gửi bưu điện, mã VN123", actor=seller)
    assert state_of(complaint) == ComplaintState.DONE
    assert not Refund.objects.exists()


def test_an_accepted_refusal_ends_with_its_reasons(order: Order, seller: User) -> None:
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=REFUSE, actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    assert state_of(complaint) == ComplaintState.REFUSED


def test_goods_that_come_back_are_stock_only_where_the_vendor_can_sell_them(
    order: Order, seller: User
) -> None:
    line = order.lines.get()
    before = Stock.objects.get().on_hand
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=refund(with_return=True), actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    assert state_of(complaint) == ComplaintState.RETURNING
    assert not Refund.objects.exists()
    buyer.send_back(complaint=complaint, text="GHN 5ABC", actor=CHI)
    assert Stock.objects.get().on_hand == before
    with pytest.raises(BadQuantity):
        vendor.take_back(complaint=complaint, sellable={line.pk: 3}, actor=seller)
    vendor.take_back(complaint=complaint, sellable={line.pk: 1}, actor=seller)
    vendor.take_back(complaint=complaint, sellable={line.pk: 1}, actor=seller)
    assert Stock.objects.get().on_hand == before + 1
    back = TakenBack.objects.get()
    assert (back.sellable, back.unsellable) == (1, 1)
    assert StockMovement.objects.filter(kind=MovementKind.RETURN).count() == 1
    assert state_of(complaint) == ComplaintState.OWED
    assert Refund.objects.get().amount_vnd == 200_000


def test_a_vendor_may_contest_what_came_back(order: Order, seller: User, staff: User) -> None:
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=refund(with_return=True), actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    vendor.contest(complaint=complaint, text="Gói rỗng", actor=seller)
    assert state_of(complaint) == ComplaintState.PROVINCE
    province.decide(complaint=complaint, offer=refund(50_000, text="Chia đôi"), actor=staff)
    assert state_of(complaint) == ComplaintState.OWED
    assert Refund.objects.get().amount_vnd == 50_000


def test_the_province_decides_with_reasons_and_its_case_is_resolved(
    order: Order, seller: User, staff: User
) -> None:
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=REFUSE, actor=seller)
    with pytest.raises(InvalidInput):
        buyer.ask_province(complaint=complaint, text=" ", actor=CHI)
    buyer.ask_province(complaint=complaint, text="Tôi có ảnh", actor=CHI)
    case = Case.objects.get(kind="complaint")
    assert (case.state, case.subject_key) == (CaseState.OPEN, complaint.number)
    with pytest.raises(BadFields) as error:
        province.decide(complaint=complaint, offer=refund(text=""), actor=staff)
    assert wrong_fields(error) == {"text"}
    province.decide(complaint=complaint, offer=refund(text="Ảnh rõ"), actor=staff)
    case.refresh_from_db()
    assert (case.state, case.resolution) == (CaseState.RESOLVED, "Ảnh rõ")
    assert state_of(complaint) == ComplaintState.OWED


def test_nobody_decides_about_an_own_shop_or_purchase(
    order: Order, seller: User, staff: User
) -> None:
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=REFUSE, actor=seller)
    buyer.ask_province(complaint=complaint, text="Tôi có ảnh", actor=CHI)
    order.vendor.members.create(user=staff)
    with pytest.raises(NotAllowed):
        province.decide(complaint=complaint, offer=REFUSE, actor=staff)
    other = make_staff()
    assert order.purchase is not None
    order.purchase.buyer = other
    order.purchase.save()
    for person in (other, make_user()):
        with pytest.raises(NotAllowed):
            province.decide(complaint=complaint, offer=REFUSE, actor=person)


def test_a_payment_that_never_came_is_owed_again(order: Order, seller: User, staff: User) -> None:
    complaint = paid(order, seller)
    buyer.ask_province(complaint=complaint, text="Chưa nhận được tiền", actor=CHI)
    province.decide(complaint=complaint, offer=refund(200_000, text="Trả lại"), actor=staff)
    owed = Refund.objects.get()
    assert (owed.amount_vnd, owed.paid_at) == (200_000, None)
    assert state_of(complaint) == ComplaintState.OWED


def test_the_province_may_find_that_the_payment_came(
    order: Order, seller: User, staff: User
) -> None:
    complaint = paid(order, seller)
    buyer.ask_province(complaint=complaint, text="Chưa nhận được tiền", actor=CHI)
    province.settle(complaint=complaint, text="Sao kê có khoản này", actor=staff)
    assert state_of(complaint) == ComplaintState.SETTLED
    assert Refund.objects.get().paid_at is not None


def test_only_a_disputed_payment_can_be_found_settled(
    order: Order, seller: User, staff: User
) -> None:
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=REPLACE, actor=seller)
    buyer.ask_province(complaint=complaint, text="Không cần nữa", actor=CHI)
    with pytest.raises(ComplaintMoved):
        province.settle(complaint=complaint, text="Xong", actor=staff)


def test_a_refusal_by_the_province_ends_what_was_promised_but_not_paid(
    order: Order, seller: User, staff: User
) -> None:
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=refund(), actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    with clock.shifted(6 * DAY):
        assert run_clocks() == 1
        province.decide(complaint=complaint, offer=REFUSE, actor=staff)
    assert state_of(complaint) == ComplaintState.REFUSED
    assert not Refund.objects.exists()


@pytest.mark.parametrize("amount", [0, -5, 322_001])
def test_no_more_goes_back_than_was_paid(order: Order, seller: User, amount: int) -> None:
    complaint = complain(order)
    with pytest.raises(BadFields) as error:
        vendor.answer(complaint=complaint, offer=refund(amount), actor=seller)
    assert wrong_fields(error) == {"amount_vnd"}
    assert refundable_vnd(order) == 322_000


def test_an_order_that_never_came_was_never_paid(order: Order, seller: User) -> None:
    Order.objects.filter(pk=order.pk).update(state=OrderState.SHIPPED, delivered_at=None)
    order.refresh_from_db()
    with clock.shifted(9 * DAY):
        complaint = complain(order, kind="late")
        with pytest.raises(BadFields) as error:
            vendor.answer(complaint=complaint, offer=refund(1), actor=seller)
    assert wrong_fields(error) == {"amount_vnd"}


def paid(order: Order, seller: User) -> Complaint:
    complaint = complain(order)
    vendor.answer(complaint=complaint, offer=refund(), actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    return vendor.fulfil(complaint=complaint, text="Đã chuyển", actor=seller)


def test_every_step_of_a_person_is_in_the_trail_without_the_buyers_words(
    order: Order, seller: User
) -> None:
    complaint = paid(order, seller)
    rows = AuditEntry.objects.filter(subject_key=complaint.number).order_by("pk")
    assert [(row.action, row.actor_label.split()[0]) for row in rows] == [
        ("complaint.open", "guest"),
        ("complaint.answer", "user"),
        ("complaint.accept", "guest"),
        ("complaint.fulfil", "user"),
    ]
    assert [row.reason for row in rows] == ["", "Xin lỗi", "", "Đã chuyển"]


def test_doubled_forms_do_one_step(order: Order, seller: User) -> None:
    complaint = complain(order)
    for _again in range(2):
        vendor.answer(complaint=complaint, offer=refund(), actor=seller)
    for _again in range(2):
        buyer.accept(complaint=complaint, text="", actor=CHI)
    for _again in range(2):
        vendor.fulfil(complaint=complaint, text="Đã trả", actor=seller)
    for _again in range(2):
        buyer.confirm_received(complaint=complaint, actor=CHI)
    assert complaint.entries.count() == 5
    assert OutboxEntry.objects.filter(topic="complaint.moved").count() == 5


def test_an_order_with_an_open_complaint_does_not_close(order: Order) -> None:
    complaint = complain(order)
    with clock.shifted(DAY):
        assert deadlines.close_delivered() == 0
        buyer.withdraw(complaint=complaint, actor=CHI)
        assert deadlines.close_delivered() == 1


def test_two_forms_at_once_are_one_complaint_by_the_database(order: Order) -> None:
    first = complain(order)
    with pytest.raises(Exception, match="complaint_open_once"):
        Complaint.objects.create(
            number="BP999999999", key=uuid4(), order=order, kind="wrong", wish="refund",
            opened_at=first.opened_at,
        )  # fmt: skip


def test_a_shipped_order_in_time_has_nothing_to_complain_about(an: Vendor) -> None:
    order = make_delivered(an)
    fresh = Order.objects.get(pk=order.pk)
    fresh.state = OrderState.SHIPPED
    assert kinds_open(fresh, now=clock.now()) == {}
