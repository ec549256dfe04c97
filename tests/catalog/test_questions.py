"""Questions about goods: who may ask, when they are public, what is refused."""

from datetime import timedelta

import pytest

from accounts.models import User
from catalog.errors import BadMove
from catalog.models import Product, Question, SearchEntry
from catalog.rules import QUESTIONS_PER_DAY
from catalog.services.questions import (
    answer_question,
    ask_question,
    given_name,
    remove_question,
    show_unanswered,
)
from catalog.states import ProductState
from core import clock
from core.errors import InvalidInput, NotAllowed, NotFound, TooMany
from core.models import AuditEntry, OutboxEntry
from tests.catalog.shelf import put_up
from tests.making import make_product, make_user
from vendors.models import Vendor


@pytest.fixture
def goods(shop: Vendor) -> Product:
    return put_up(shop, "Hạt điều")


@pytest.fixture
def chi(db: None) -> User:
    return make_user(full_name="Trần Thị Chi")


def ask(goods: Product, author: User, text: str = "Hạt có rang muối không?") -> Question:
    return ask_question(product_id=goods.pk, text=text, author=author)


def topics() -> list[str]:
    told = OutboxEntry.objects.filter(topic__startswith="question.").order_by("pk")
    return list(told.values_list("topic", flat=True))


def version_of(goods: Product) -> int:
    return SearchEntry.objects.values_list("version", flat=True).get(pk=goods.pk)


def test_a_question_waits_for_its_vendor_and_shows_the_given_name_alone(
    goods: Product, chi: User
) -> None:
    question = ask(goods, chi)
    assert (question.author_name, question.answer) == ("Chi", "")
    assert question.public_from - question.asked_at == timedelta(days=3)
    assert topics() == ["question.asked"]


def test_the_same_question_again_is_one_question(goods: Product, chi: User) -> None:
    assert ask(goods, chi).pk == ask(goods, chi, "  Hạt có rang muối không? ").pk
    assert topics() == ["question.asked"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ngon?", "too_short"),
        ("a" * 501, "too_long"),
        ("Gọi tôi số 0912 345 678", "contact"),
        ("\x00\x00\x00\x00\x00\x00\x00\x00\x00", "too_short"),
    ],
)
def test_what_is_no_question_is_refused(goods: Product, chi: User, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as told:
        ask(goods, chi, text)
    assert (told.value.code, told.value.field) == (code, "text")
    assert not Question.objects.exists()


def test_nobody_asks_about_goods_that_are_not_shown(shop: Vendor, chi: User) -> None:
    with pytest.raises(NotFound):
        ask(make_product(shop, state=ProductState.PAUSED), chi)


def test_a_vendor_does_not_ask_itself(goods: Product, an: User) -> None:
    with pytest.raises(NotAllowed):
        ask(goods, an)


def test_there_is_a_number_of_questions_a_day(goods: Product, chi: User) -> None:
    for number in range(QUESTIONS_PER_DAY.value()):
        ask(goods, chi, f"Câu hỏi thứ {number} đây ạ")
    with pytest.raises(TooMany):
        ask(goods, chi, "Còn câu này nữa thì sao?")


def test_an_answer_makes_it_public_at_once_and_is_told_once(
    goods: Product, chi: User, an: User
) -> None:
    question, before = ask(goods, chi), version_of(goods)
    answered = answer_question(question=question, text="Dạ có ạ.", actor=an)
    assert answered.public_from <= clock.now()
    assert version_of(goods) == before + 1
    changed = answer_question(question=question, text="Dạ có, ít muối ạ.", actor=an)
    assert (changed.answer, changed.answered_at) == ("Dạ có, ít muối ạ.", answered.answered_at)
    assert topics() == ["question.asked", "question.answered"]
    assert AuditEntry.objects.filter(action="question.answer").count() == 2


def test_an_answer_gives_no_phone_number_away(goods: Product, chi: User, an: User) -> None:
    with pytest.raises(InvalidInput):
        answer_question(question=ask(goods, chi), text="Gọi 0912345678 nhé", actor=an)


def test_a_removal_keeps_its_reason_and_ends_answering(
    goods: Product, chi: User, an: User, dung: User
) -> None:
    question = answer_question(question=ask(goods, chi), text="Dạ có.", actor=an)
    for _again in range(2):
        remove_question(question=question, reason="Xúc phạm người khác", actor=dung)
    question.refresh_from_db()
    assert question.removed_reason == "Xúc phạm người khác"
    assert topics()[-1] == "question.removed"
    assert topics().count("question.removed") == 1
    with pytest.raises(BadMove):
        answer_question(question=question, text="Dạ có.", actor=an)


def test_only_staff_remove_and_only_with_a_reason(
    goods: Product, chi: User, an: User, dung: User
) -> None:
    question = ask(goods, chi)
    with pytest.raises(NotAllowed):
        remove_question(question=question, reason="Không thích", actor=an)
    with pytest.raises(InvalidInput):
        remove_question(question=question, reason="  ", actor=dung)


def test_silence_does_not_hide_a_question(goods: Product, chi: User) -> None:
    question, before = ask(goods, chi), version_of(goods)
    assert show_unanswered() == 0
    Question.objects.filter(pk=question.pk).update(public_from=clock.now() - timedelta(minutes=1))
    assert show_unanswered() == 1
    assert version_of(goods) == before + 1


@pytest.mark.parametrize(
    ("name", "shown"), [("Trần Thị Chi", "Chi"), ("An", "An"), ("", "?"), ("  ", "?")]
)
def test_others_see_the_given_name(name: str, shown: str) -> None:
    assert given_name(name) == shown
