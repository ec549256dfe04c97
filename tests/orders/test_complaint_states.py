"""Which steps of a complaint are possible in which state, and what its clocks do."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import User
from core import clock
from core.errors import DomainError
from core.models import Case
from orders.models import Complaint, Order, Refund
from orders.services.complaints import buyer, province, vendor
from orders.services.complaints.clocks import run_clocks
from orders.states import COMPLAINT_ENDED, COMPLAINT_MOVES, ComplaintState
from tests.orders.complaining import (
    CHI,
    REFUSE,
    complain,
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


def state_of(complaint: Complaint) -> str:
    complaint.refresh_from_db()
    return complaint.state


@pytest.mark.parametrize(
    ("steps", "after", "state", "action"),
    [
        ([], 2 * DAY, "province", "no_answer"),
        (["offer"], 3 * DAY, "owed", "buyer_silent"),
        (["refuse"], 3 * DAY, "refused", "buyer_silent"),
        (["offer_return"], 3 * DAY, "returning", "buyer_silent"),
        (["offer_return", "accept"], 7 * DAY, "withdrawn", "not_sent_back"),
        (["offer_return", "accept", "send_back"], 10 * DAY, "province", "not_looked_at"),
        (["offer", "accept"], 5 * DAY, "province", "not_fulfilled"),
        (["offer", "accept", "fulfil"], 5 * DAY, "settled", "no_objection"),
    ],
)
def test_every_clock_moves_at_its_end_and_not_before(
    order: Order, seller: User, steps: list[str], after: timedelta, state: str, action: str
) -> None:
    complaint = complain(order)
    for step in steps:
        STEPS[step](complaint, seller)
    before = state_of(complaint)
    with clock.shifted(after - timedelta(minutes=5)):
        assert run_clocks() == 0
        assert state_of(complaint) == before
    with clock.shifted(after + timedelta(minutes=1)):
        assert run_clocks() == 1
        assert run_clocks() == 0
    assert state_of(complaint) == state
    last = complaint.entries.last()
    assert last is not None
    assert (last.action, last.actor_kind) == (action, "system")
    assert Case.objects.filter(kind="complaint").exists() == (state == "province")


def test_what_waits_for_the_province_stays_there(order: Order) -> None:
    complaint = complain(order)
    with clock.shifted(40 * DAY):
        assert run_clocks() == 1
        with clock.shifted(40 * DAY):
            assert run_clocks() == 0
    assert state_of(complaint) == ComplaintState.PROVINCE


STEPS: dict[str, Callable[[Complaint, User], object]] = {
    "offer": lambda c, u: vendor.answer(complaint=c, offer=refund(), actor=u),
    "offer_return": lambda c, u: vendor.answer(
        complaint=c, offer=refund(with_return=True), actor=u
    ),
    "refuse": lambda c, u: vendor.answer(complaint=c, offer=REFUSE, actor=u),
    "accept": lambda c, u: buyer.accept(complaint=c, text="", actor=CHI),
    "ask": lambda c, u: buyer.ask_province(complaint=c, text="Vì sao", actor=CHI),
    "withdraw": lambda c, u: buyer.withdraw(complaint=c, actor=CHI),
    "send_back": lambda c, u: buyer.send_back(complaint=c, text="GHN 1", actor=CHI),
    "received": lambda c, u: buyer.confirm_received(complaint=c, actor=CHI),
    "take_back": lambda c, u: vendor.take_back(complaint=c, sellable={}, actor=u),
    "contest": lambda c, u: vendor.contest(complaint=c, text="Sai hàng", actor=u),
    "fulfil": lambda c, u: vendor.fulfil(complaint=c, text="Đã trả", actor=u),
    "decide": lambda c, u: province.decide(complaint=c, offer=REFUSE, actor=make_staff()),
    "settle": lambda c, u: province.settle(complaint=c, text="Xong", actor=make_staff()),
}
ALLOWED: dict[str, set[str]] = {
    "opened": {"offer", "offer_return", "refuse", "withdraw"},
    "answered": {"accept", "ask", "withdraw"},
    "province": {"decide", "withdraw"},
    "returning": {"send_back", "take_back", "contest", "withdraw"},
    "owed": {"fulfil"},
    "done": {"received", "ask"},
    "settled": set(),
    "refused": set(),
    "withdrawn": set(),
}


def bring_to(complaint: Complaint, state: str) -> None:
    """Put a complaint into a state without a step that could pass for a doubled form."""
    has_refund = state in {"owed", "done", "settled"}
    Complaint.objects.filter(pk=complaint.pk).update(
        state=state,
        outcome="refund" if state != "opened" else "",
        amount_vnd=1 if state != "opened" else 0,
        ended_at=clock.now() if state in COMPLAINT_ENDED else None,
    )
    if has_refund:
        Refund.objects.create(complaint=complaint, amount_vnd=1, owed_at=clock.now())


@pytest.mark.parametrize("state", list(ComplaintState.values))
@pytest.mark.parametrize("step", list(STEPS))
def test_every_wrong_move_is_refused_and_changes_nothing(
    order: Order, seller: User, state: str, step: str
) -> None:
    complaint = complain(order)
    bring_to(complaint, state)
    ended_alike = {("withdraw", "withdrawn"), ("received", "settled"), ("settle", "settled")}
    if step in ALLOWED[state] or (step, state) in ended_alike:
        STEPS[step](complaint, seller)
        return
    entries = complaint.entries.count()
    with pytest.raises(DomainError) as error:
        STEPS[step](complaint, seller)
    assert error.value.code == "complaint_moved"
    assert state_of(complaint) == state
    assert complaint.entries.count() == entries


def test_the_table_of_moves_has_every_state_and_ends_somewhere() -> None:
    assert set(COMPLAINT_MOVES) == set(ComplaintState.values)
    assert set(COMPLAINT_ENDED) == {"settled", "refused", "withdrawn"}
