"""Following an order: number and phone, a code, the timeline, and cancelling in time."""

import pytest
from django.test import Client

from accounts.models import OneTimeCode
from accounts.services.codes import code_text
from core.models import OutboxEntry
from orders.models import Order, Purchase
from orders.services.fulfil import confirm_order, hand_over, pack_order
from orders.services.moves import By
from orders.states import OrderState
from tests.making import make_purchase, make_rates, make_user, make_variant, make_vendor

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER_VI = "Mã này chưa đúng. Mã đơn gồm BP và chín ký tự."


@pytest.fixture
def purchase() -> Purchase:
    make_rates()
    return make_purchase({make_variant(make_vendor(name="HTX An")): 2})


def ask(client: Client, number: str, phone: str = "0912 345 678") -> str:
    response = client.post("/don-hang/", {"number": number, "phone": phone})
    return f"{response.status_code} {response.get('Location', '')}"


def opened(client: Client, purchase: Purchase) -> Client:
    """A device that proved itself with the code."""
    ask(client, purchase.number)
    text = code_text(OneTimeCode.objects.get())
    response = client.post("/don-hang/ma", {"code": text})
    assert response["Location"] == f"/don-hang/{purchase.number}"
    return client


def test_number_and_phone_then_a_code_open_the_order(client: Client, purchase: Purchase) -> None:
    text = opened(client, purchase).get(f"/don-hang/{purchase.number}").content.decode()
    assert "Đã đặt hàng, người bán đã nhận tin" in text
    assert "HTX An" in text
    assert "0912\u00a0•••\u00a0678" in text
    assert "0912 345 678" not in text


def test_an_orders_own_number_works_as_well(client: Client, purchase: Purchase) -> None:
    order = Order.objects.get()
    ask(client, order.number.lower())
    response = client.post("/don-hang/ma", {"code": code_text(OneTimeCode.objects.get())})
    assert response["Location"] == f"/don-hang/{purchase.number}"


@pytest.mark.parametrize("number", ["BP222222222", "theirs"])
def test_what_does_not_belong_together_answers_alike_and_sends_nothing(
    client: Client, purchase: Purchase, number: str
) -> None:
    number, phone = (
        (purchase.number, "0987 654 321") if number == "theirs" else (number, "0912345678")
    )
    before = OutboxEntry.objects.filter(topic="code.issued").count()
    assert ask(client, number, phone) == "303 /don-hang/ma"
    assert OutboxEntry.objects.filter(topic="code.issued").count() == before
    code = OneTimeCode.objects.get()
    refused = client.post("/don-hang/ma", {"code": code_text(code)})
    assert refused.status_code == 400
    assert "Mã chưa đúng. Bạn còn thử được 4 lần." in refused.content.decode()


@pytest.mark.parametrize("number", ["", "BP123", "BP22222222C", "'; DROP", "x" * 500])
def test_a_number_that_cannot_be_one_is_told(client: Client, number: str) -> None:
    response = client.post("/don-hang/", {"number": number, "phone": "0912345678"})
    assert response.status_code == 400
    assert f'<a href="#f-number">{NUMBER_VI}</a>' in response.content.decode()
    assert not OneTimeCode.objects.exists()


def test_a_wrong_phone_is_told_and_the_number_kept(client: Client, purchase: Purchase) -> None:
    response = client.post("/don-hang/", {"number": purchase.number, "phone": "123"})
    text = response.content.decode()
    assert response.status_code == 400
    assert "<title>Lỗi: Theo dõi đơn hàng" in text
    assert f'value="{purchase.number}"' in text


def test_asking_again_at_once_waits_but_keeps_the_code_page(
    client: Client, purchase: Purchase
) -> None:
    ask(client, purchase.number)
    again = client.post("/don-hang/", {"number": purchase.number, "phone": "0912345678"})
    assert again.status_code == 429
    assert 'id="f-code"' in again.content.decode()


def test_five_wrong_codes_end_the_code(client: Client, purchase: Purchase) -> None:
    ask(client, purchase.number)
    right = code_text(OneTimeCode.objects.get())
    for _ in range(5):
        client.post("/don-hang/ma", {"code": "000000" if right != "000000" else "111111"})
    response = client.post("/don-hang/ma", {"code": right})
    assert response.status_code == 400
    assert "Mã này đã hết hiệu lực. Hãy yêu cầu mã mới." in response.content.decode()


def test_another_device_and_another_number_see_nothing(client: Client, purchase: Purchase) -> None:
    opened(client, purchase)
    there = Client().get(f"/don-hang/{purchase.number}")
    missing = Client().get("/don-hang/BP222222222")
    assert there["Location"] == f"/don-hang/?so={purchase.number}"
    assert missing["Location"] == "/don-hang/?so=BP222222222"
    assert there.status_code == missing.status_code == 303


def test_the_code_page_without_a_question_leads_back(client: Client) -> None:
    assert client.get("/don-hang/ma")["Location"] == "/don-hang/"
    assert client.post("/don-hang/ma", {"code": "123456"})["Location"] == "/don-hang/"


def test_a_signed_in_buyer_sees_own_purchases_without_a_code(client: Client) -> None:
    make_rates()
    owner, stranger = make_user(), make_user()
    purchase = make_purchase({make_variant(make_vendor()): 1}, buyer_id=owner.pk)
    client.force_login(owner)
    assert purchase.number in client.get("/don-hang/").content.decode()
    assert client.get(f"/don-hang/{purchase.number}").status_code == 200
    client.force_login(stranger)
    assert client.get(f"/don-hang/{purchase.number}").status_code == 303


def test_a_buyer_cancels_before_the_box_is_packed(client: Client, purchase: Purchase) -> None:
    opened(client, purchase)
    order = Order.objects.get()
    path = f"/don-hang/{purchase.number}"
    done = client.post(f"{path}/huy", {"order": order.number, "reason": "changed_mind"})
    assert done["Location"] == f"{path}?huy=1"
    order.refresh_from_db()
    assert (order.state, order.cancel_reason) == (OrderState.CANCELLED, "changed_mind")
    text = client.get(done["Location"]).content.decode()
    assert "Đã huỷ đơn hàng. Bạn không phải trả gì cho đơn này." in text
    assert "Huỷ đơn này" not in text


def test_a_packed_order_can_no_longer_be_cancelled(client: Client, purchase: Purchase) -> None:
    opened(client, purchase)
    order = Order.objects.get()
    confirm_order(order=order, by=By("vendor"))
    pack_order(order=order, by=By("vendor"))
    path = f"/don-hang/{purchase.number}"
    assert "Huỷ đơn này" not in client.get(path).content.decode()
    late = client.post(f"{path}/huy", {"order": order.number, "reason": "other"})
    assert late.status_code == 409
    order.refresh_from_db()
    assert order.state == OrderState.PACKED


def test_nobody_else_cancels(client: Client, purchase: Purchase) -> None:
    order = Order.objects.get()
    path = f"/don-hang/{purchase.number}/huy"
    assert client.post(path, {"order": order.number}).status_code == 303
    order.refresh_from_db()
    assert order.state == OrderState.PLACED


def test_an_order_of_another_purchase_is_missing(client: Client, purchase: Purchase) -> None:
    other = make_purchase({make_variant(make_vendor()): 1})
    opened(client, purchase)
    path = f"/don-hang/{purchase.number}/huy"
    assert client.post(path, {"order": other.orders.get().number}).status_code == 404
    assert other.orders.get().state == OrderState.PLACED


def test_the_timeline_tells_what_happened_and_what_comes(
    client: Client, purchase: Purchase
) -> None:
    order = Order.objects.get()
    for step in (confirm_order, pack_order, hand_over):
        step(order=order, by=By("vendor"))
    order.parcel.events.create(state="in_transit", place="Kho Đồng Xoài", at=order.placed_at)
    text = opened(client, purchase).get(f"/don-hang/{purchase.number}").content.decode()
    for words in ("Người bán đã xác nhận", "Kho Đồng Xoài", "Giao tận tay: xem hàng rồi trả tiền"):
        assert words in text
