"""Messages within an order: once per form, seen by the other side, limited, told once."""

from uuid import uuid4

import pytest

from accounts.models import User
from core import relay
from core.errors import InvalidInput, TooMany
from core.files import Upload
from notifications.models import Message
from notifications.services import on_order_message
from orders.models import Order, OrderMessage, Origin
from orders.selectors.messages import list_conversations, unseen_per_order
from orders.services import messages
from tests.making import make_purchase, make_variant
from tests.orders.complaining import CHI, member_of, photo
from vendors.models import Vendor


@pytest.fixture
def order(an: Vendor) -> Order:
    return make_purchase({make_variant(an): 1}).orders.get()


@pytest.fixture
def seller(an: Vendor) -> User:
    return member_of(an)


def write(order: Order, text: str = "Gói này còn mới không?", **more: object) -> OrderMessage:
    fields: dict[str, object] = {"author_kind": "buyer", "actor": CHI, "key": uuid4()}
    return messages.send_message(order=order, text=text, **(fields | more))  # type: ignore[arg-type]


def answer(order: Order, seller: User, text: str = "Mới rang hôm qua ạ.") -> OrderMessage:
    return write(order, text, author_kind="vendor", actor=seller)


def test_the_same_form_twice_is_one_message(order: Order) -> None:
    key = uuid4()
    assert write(order, key=key) == write(order, key=key)
    assert OrderMessage.objects.count() == 1


def test_each_side_sees_how_many_are_new_and_looking_clears_them(
    order: Order, seller: User
) -> None:
    write(order)
    write(order, "Alô?")
    assert unseen_per_order([order.pk], reader_kind="vendor") == {order.pk: 2}
    assert unseen_per_order([order.pk], reader_kind="buyer") == {}
    assert messages.mark_seen(order=order, reader_kind="vendor") == 2
    assert messages.mark_seen(order=order, reader_kind="vendor") == 0
    assert unseen_per_order([order.pk], reader_kind="vendor") == {}


def test_an_answer_has_read_what_it_answers(order: Order, seller: User) -> None:
    write(order)
    answer(order, seller)
    assert unseen_per_order([order.pk], reader_kind="vendor") == {}
    assert unseen_per_order([order.pk], reader_kind="buyer") == {order.pk: 1}


@pytest.mark.parametrize(("text", "code"), [(" \n", "text_missing"), ("a" * 1001, "text_long")])
def test_nothing_and_too_much_are_refused(order: Order, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as error:
        write(order, text)
    assert error.value.code == code
    assert not OrderMessage.objects.exists()


def test_a_photo_alone_is_a_message(order: Order) -> None:
    message = write(order, "", photos=[photo()])
    assert message.photo is not None
    assert message.photo.content_type == "image/webp"
    with pytest.raises(InvalidInput) as error:
        write(order, "", photos=[Upload("a.txt", b"xin chao")])
    assert error.value.field == "photo"


def test_a_channels_order_has_no_messages_here(order: Order) -> None:
    order.origin = Origin.SHOPEE
    with pytest.raises(InvalidInput):
        write(order)


def test_twenty_an_hour_are_enough(order: Order, seller: User) -> None:
    for n in range(20):
        write(order, f"Tin {n}")
    with pytest.raises(TooMany):
        write(order, "Tin 21")
    assert answer(order, seller).pk


def test_one_notice_until_the_other_side_has_looked(order: Order, seller: User) -> None:
    write(order, "Một")
    write(order, "Hai")
    deliver()
    assert notices() == 1
    messages.mark_seen(order=order, reader_kind="vendor")
    write(order, "Ba")
    deliver()
    assert notices() == 2
    answer(order, seller)
    deliver()
    assert Message.objects.filter(template="order_message", to="+84912345678").count() == 1


def test_a_notice_of_what_was_read_meanwhile_is_left_out(order: Order) -> None:
    message = write(order)
    messages.mark_seen(order=order, reader_kind="vendor")
    on_order_message(f"order:{order.number}", {"message_id": message.pk})
    assert notices() == 0


def test_conversations_are_those_of_one_vendor(order: Order, an: Vendor, binh: Vendor) -> None:
    write(order)
    assert [one.pk for one in list_conversations(an)] == [order.pk]
    assert not list_conversations(binh)


def deliver() -> None:
    while relay.run():
        pass


def notices() -> int:
    """Messages to the vendor, by one of its ways."""
    return Message.objects.filter(template="order_message").exclude(to="+84912345678").count()
