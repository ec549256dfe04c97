"""Questions and packs that are back: who is told, by which way, once."""

import pytest

from accounts.models import User
from catalog.models import Product, Question
from catalog.services.questions import answer_question, ask_question, remove_question
from catalog.services.watches import watch_stock
from notifications import services
from notifications.models import Message
from tests.catalog.shelf import put_up
from tests.making import make_user, make_vendor
from vendors.models import Vendor


@pytest.fixture
def an(db: None) -> User:
    return make_user(full_name="An", phone=None, email="an@vuon.vn")


@pytest.fixture
def shop(an: User) -> Vendor:
    return make_vendor(owner=an, name="HTX An", email="htx@vuon.vn")


@pytest.fixture
def goods(shop: Vendor) -> Product:
    return put_up(shop, "Hạt điều", name_en="Cashews", on_hand=0)


@pytest.fixture
def chi(db: None) -> User:
    return make_user(full_name="Trần Chi", phone="+84912345678", email="chi@thu.vn")


@pytest.fixture
def question(goods: Product, chi: User) -> Question:
    return ask_question(product_id=goods.pk, text="Hạt có muối không?", author=chi)


def said() -> list[tuple[str, str, str]]:
    return sorted(Message.objects.values_list("template", "way", "to"))


def test_the_vendor_is_asked_once_until_it_answers(question: Question, an: User) -> None:
    for _again in range(2):
        services.on_question_asked(f"question:{question.pk}", {"question_id": question.pk})
    assert said() == [
        ("question_asked", "mail", "an@vuon.vn"),
        ("question_asked", "mail", "htx@vuon.vn"),
    ]
    Message.objects.all().delete()
    answer_question(question=question, text="Dạ có.", actor=an)
    services.on_question_asked(f"question:{question.pk}", {"question_id": question.pk})
    assert said() == []


def test_the_asker_reads_the_answer_by_mail_alone(question: Question, an: User) -> None:
    answer_question(question=question, text="Dạ có, ít muối.", actor=an)
    services.on_question_answered(f"question:{question.pk}", {"question_id": question.pk})
    told = Message.objects.get()
    assert (told.way, told.to) == ("mail", "chi@thu.vn")
    assert "HTX An trả lời: Dạ có, ít muối." in told.body
    assert told.body.count("/cau-hoi/") == 1


def test_a_removal_is_told_to_both_sides_with_its_reason(question: Question, an: User) -> None:
    answer_question(question=question, text="Dạ có.", actor=an)
    staff = make_user(is_staff=True)
    remove_question(question=question, reason="Xúc phạm", actor=staff)
    services.on_question_removed(f"question:{question.pk}", {"question_id": question.pk})
    assert {to for _template, _way, to in said()} == {"chi@thu.vn", "an@vuon.vn", "htx@vuon.vn"}
    assert all("Lý do: Xúc phạm" in message.body for message in Message.objects.all())


def test_a_guest_is_told_at_the_proved_address_with_a_way_out(goods: Product) -> None:
    watch = watch_stock(variant_id=goods.variants.get().pk, contact="+84987654321")
    for _again in range(2):
        services.on_stock_back(f"watch:{watch.pk}", {"watch_id": watch.pk})
    told = Message.objects.get()
    assert (told.way, told.to) == ("sms", "+84987654321")
    assert "Đã có hàng lại: “Hạt điều”, Gói 500 g" in told.body
    assert told.body.endswith(f"/bao-hang/thoi/{watch.token}")


def test_a_member_is_told_at_the_address_of_now(goods: Product, chi: User) -> None:
    watch = watch_stock(variant_id=goods.variants.get().pk, user=chi)
    chi.email = "moi@thu.vn"
    chi.save()
    services.on_stock_back(f"watch:{watch.pk}", {"watch_id": watch.pk})
    assert said() == [("stock_back", "mail", "moi@thu.vn")]
