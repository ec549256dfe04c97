"""Doubled forms, both sides and the clock at the same moment: complaints, messages, reviews."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from catalog.models import Product, Review, Stock, StockMovement
from catalog.services.reviews import Words
from core import clock
from core.errors import DomainError
from orders.errors import ComplaintMoved, ComplaintOpen
from orders.models import Complaint, ComplaintEntry, Order, OrderMessage, TakenBack
from orders.services.complaints import buyer, vendor
from orders.services.complaints.clocks import run_clocks
from orders.services.complaints.opening import open_complaint
from orders.services.messages import send_message
from orders.services.reviewing import review_line
from tests.making import make_purchase, make_user
from tests.orders.complaining import CHI, complain, deliver, draft, refund
from tests.races.conftest import MakeGoods
from tests.races.together import all_at_once

pytestmark = pytest.mark.race
CROWD = 8


@pytest.fixture
def order(make_goods: MakeGoods) -> Order:
    return deliver(make_purchase({make_goods(10): 3}).orders.get())


def refusals(ends: list[object]) -> list[object]:
    return [end for end in ends if isinstance(end, DomainError)]


def test_the_same_form_at_once_is_one_complaint(order: Order) -> None:
    form = draft(order)
    ends = all_at_once(
        [partial(open_complaint, order=order, draft=form, actor=CHI) for _ in range(CROWD)]
    )
    assert refusals([*ends]) == []
    assert Complaint.objects.count() == ComplaintEntry.objects.count() == 1


def test_different_forms_at_once_open_one_complaint(order: Order) -> None:
    ends = all_at_once([partial(complain, order) for _ in range(CROWD)])
    assert [type(end) for end in refusals([*ends])] == [ComplaintOpen] * (CROWD - 1)
    assert Complaint.objects.count() == 1


def test_the_answer_and_the_clock_at_once_end_one_way(order: Order) -> None:
    complaint, seller = complain(order), make_user()
    with clock.shifted(timedelta(days=2, seconds=5)):
        works: list[Callable[[], object]] = [
            partial(vendor.answer, complaint=complaint, offer=refund(), actor=seller)
        ]
        ends = all_at_once([*works, *[run_clocks] * 4])
        run_clocks()  # what the answer held locked and then lost
    complaint.refresh_from_db()
    was_late = isinstance(ends[0], ComplaintMoved)
    assert complaint.state == ("province" if was_late else "answered")
    assert complaint.entries.count() == 2


def test_goods_that_come_back_are_stock_once(order: Order) -> None:
    complaint, seller = complain(order), make_user()
    vendor.answer(complaint=complaint, offer=refund(with_return=True), actor=seller)
    buyer.accept(complaint=complaint, text="", actor=CHI)
    line = order.lines.get().pk
    take = partial(vendor.take_back, complaint=complaint, sellable={line: 2}, actor=seller)
    assert refusals([*all_at_once([take] * CROWD)]) == []
    assert Stock.objects.get().on_hand == 7 + 2
    assert StockMovement.objects.filter(kind="return").count() == TakenBack.objects.count() == 1


def test_one_review_however_often_it_is_sent(order: Order) -> None:
    line = order.lines.select_related("order__purchase", "variant").get()
    works = [
        partial(review_line, line=line, words=Words(1 + n % 5, "Ngon"), actor=CHI)
        for n in range(CROWD)
    ]
    assert refusals([*all_at_once(works)]) == []
    review, product = Review.objects.get(), Product.objects.get()
    assert (product.rating_sum, product.rating_count) == (review.rating, 1)


def test_one_message_however_often_it_is_sent(order: Order) -> None:
    send = partial(
        send_message, order=order, author_kind="buyer", actor=CHI, key=uuid4(), text="Alô?"
    )
    assert refusals([*all_at_once([send] * CROWD)]) == []
    assert OrderMessage.objects.count() == 1
