"""A buyer's session ended over a form: its words come back, to the same person alone."""

import html
import re
from uuid import uuid4

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from accounts.models import Address, User
from catalog.models import Question, Review
from core import crypto, valkey
from orders.models import CartLine, Complaint, Order, OrderMessage, Purchase
from tests.making import make_user
from tests.web.buyers_making import Shop, add, address, make_shop, seen, shown
from tests.web.following_making import complaint_form, device_of, make_delivered_order
from tests.web.sellers_making import jpeg
from web import unsent
from web.buyers import grants

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/"
KEPT = {
    "": "Bạn đã bị đăng xuất. Những gì bạn vừa nhập được giữ trong nửa giờ: hãy đăng nhập để làm "
    "tiếp.",
    "/en": "You were signed out. What you typed is kept for half an hour: sign in to go on.",
}
AGAIN = {
    "": "Bạn bị đăng xuất trước khi gửi được. Những gì bạn nhập đã có lại trong biểu mẫu: "
    "hãy xem lại rồi bấm nút.",
    "/en": "You were signed out before this was sent. What you typed stands in the form again: "
    "check it and press the button.",
}
NOT_KEPT = {
    "": "Bạn đã bị đăng xuất trước khi gửi được. Hãy đăng nhập rồi làm lại một lần nữa.",
    "/en": "You were signed out before this was sent. Sign in, then do it once more.",
}
LEFT = {
    "": "Hàng bạn chọn vẫn còn trong giỏ của tài khoản: hãy đăng nhập để xem và đặt hàng.",
    "/en": "Your goods are kept in the cart of your account: sign in to see them and to order.",
}
FILES = {"": "Ảnh và tệp thì xin chọn lại.", "/en": "Please choose photos and files once more."}
BASES = pytest.mark.parametrize("base", ["", "/en"], ids=["vi", "en"])


@pytest.fixture
def chi() -> User:
    return make_user(full_name="Chi", phone="+84912345678")


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def phone(chi: User) -> Client:
    """Chi's browser, signed in."""
    client = Client()
    client.force_login(chi)
    return client


def mark_on(client: Client, path: str) -> str:
    found = re.search(r'name="typed_by" value="([^"]+)"', client.get(path).text)
    assert found
    return html.unescape(found[1])


def ended(client: Client) -> None:
    """The session is gone, the rest of the browser stays."""
    del client.cookies["session"]


def said(client: Client, path: str) -> str:
    """The page as people read it."""
    return html.unescape(client.get(path).text)


@BASES
def test_the_checkout_comes_back_with_all_that_was_typed(
    phone: Client, chi: User, shop: Shop, base: str
) -> None:
    add(phone, shop.cashew)
    form = shown(phone, note="Gọi trước <nhé>") | {"typed_by": mark_on(phone, "/dat-hang")}
    ended(phone)
    answer = phone.post(f"{base}/dat-hang", form)
    assert answer.status_code == 302
    assert answer["Location"] == f"{base}{SIGN_IN}?next={base}/dat-hang"
    assert KEPT[base] in said(phone, answer["Location"])
    assert not Purchase.objects.exists()
    phone.force_login(chi)
    back = phone.get(f"{base}/dat-hang")
    assert AGAIN[base] in back.text
    for value in ("Trần Thị Chi", "0912 345 678", "12 Lê Lợi", "Gọi trước &lt;nhé&gt;"):
        assert f'value="{value}"' in back.text
    assert '<option value="26743" selected>' in back.text
    assert not Purchase.objects.exists()
    assert phone.post(f"{base}/dat-hang", address() | seen(back)).status_code == 303
    assert Purchase.objects.get().buyer_id == chi.pk
    assert phone.cookies[unsent.COOKIE].value == ""


def test_a_step_of_the_checkout_comes_back_too(phone: Client, chi: User, shop: Shop) -> None:
    add(phone, shop.cashew)
    mark = mark_on(phone, "/dat-hang")
    ended(phone)
    typed = address(ward="") | {"do": "province", "typed_by": mark}
    assert phone.post("/dat-hang", typed)["Location"] == f"{SIGN_IN}?next=/dat-hang"
    phone.force_login(chi)
    assert 'value="12 Lê Lợi"' in phone.get("/dat-hang").text


def test_nobody_else_sees_or_orders_it(phone: Client, chi: User, shop: Shop) -> None:
    add(phone, shop.cashew)
    form = shown(phone) | {"typed_by": mark_on(phone, "/dat-hang")}
    ended(phone)
    phone.post("/dat-hang", form)
    other = make_user()
    phone.force_login(other)
    add(phone, shop.pepper)
    assert "12 Lê Lợi" not in phone.get("/dat-hang").text
    again = phone.post("/dat-hang", form)  # the old page, sent while somebody else is signed in
    assert again["Location"] == f"{SIGN_IN}?next=/dat-hang"
    assert "12 Lê Lợi" not in phone.get(again["Location"], follow=True).text
    assert not Purchase.objects.exists()
    phone.force_login(chi)
    assert "12 Lê Lợi" in phone.get("/dat-hang").text


@BASES
def test_the_cart_of_an_account_is_not_called_empty(phone: Client, shop: Shop, base: str) -> None:
    add(phone, shop.cashew)
    ended(phone)
    assert phone.get(f"{base}/dat-hang")["Location"] == f"{base}/gio"
    page = said(phone, f"{base}/gio")
    assert LEFT[base] in page
    assert f'href="{base}{SIGN_IN}?next={base.replace("/", "%2F")}%2Fgio"' in page
    change = {"variant": shop.cashew.pk, "quantity": "3"}
    assert phone.post(f"{base}/gio/sua", change)["Location"] == f"{base}/gio"
    assert CartLine.objects.get().quantity == 1


@BASES
def test_without_valkey_it_is_said_that_nothing_is_kept(
    phone: Client, shop: Shop, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(phone, shop.cashew)
    form = shown(phone) | {"typed_by": mark_on(phone, "/dat-hang")}
    ended(phone)
    monkeypatch.setattr(valkey, "ask", lambda _work, *, otherwise: otherwise)
    answer = phone.post(f"{base}/dat-hang", form)
    assert NOT_KEPT[base] in said(phone, answer["Location"])


@pytest.fixture
def order(chi: User) -> Order:
    """Goods in Chi's hands."""
    made = make_delivered_order()
    Purchase.objects.update(buyer_id=chi.pk)
    return made


@BASES
@pytest.mark.parametrize(
    ("part", "typed", "shows"),
    [
        ("/tin-nhan", {"text": "Giao <sớm> giúp"}, ">Giao &lt;sớm&gt; giúp</textarea>"),
        ("/danh-gia/1", {"rating": "4", "text": "Ngon"}, 'value="4" checked'),
        ("/khieu-nai", complaint_form(), ">Hai gói bị rách, hạt ẩm.</textarea>"),
    ],
    ids=["message", "review", "complaint"],
)
def test_words_within_an_order_come_back(
    phone: Client,
    chi: User,
    order: Order,
    base: str,
    part: str,
    typed: dict[str, object],
    shows: str,
) -> None:
    path = f"{base}/don-hang/{order.number}{part}"
    form = typed | {"typed_by": mark_on(phone, path), "photo": jpeg()}
    ended(phone)
    answer = phone.post(path, form)
    assert answer["Location"] == f"{base}{SIGN_IN}?next={path}"
    assert KEPT[base] in said(phone, answer["Location"])
    phone.force_login(make_user())
    assert phone.get(path)["Location"] == f"{base}/don-hang/?so={order.number}"
    phone.force_login(chi)
    page = phone.get(path).text
    assert AGAIN[base] in html.unescape(page)
    assert FILES[base] in html.unescape(page)
    assert shows in page
    assert f'value="{form.get("key")}"' not in page
    assert not OrderMessage.objects.exists()
    assert not Review.objects.exists()
    assert not Complaint.objects.exists()


def test_words_whose_form_has_gone_are_shown_as_words(
    phone: Client, chi: User, order: Order
) -> None:
    path = f"/don-hang/{order.number}/khieu-nai"
    form = complaint_form() | {"typed_by": mark_on(phone, path)}
    ended(phone)
    phone.post(path, form)
    phone.force_login(chi)
    phone.post(path, complaint_form(text="Thiếu hai gói.", key=str(uuid4())))
    ended(phone)
    phone.post(path, form)
    phone.force_login(chi)
    assert '<p class="wraps">Hai gói bị rách, hạt ẩm.</p>' in phone.get(path).text
    assert Complaint.objects.count() == 1


@BASES
def test_a_button_alone_leads_to_sign_in_and_back(phone: Client, order: Order, base: str) -> None:
    page = f"{base}/don-hang/{order.number}"
    form = {"order": order.number, "reason": "other", "typed_by": mark_on(phone, page)}
    ended(phone)
    answer = phone.post(f"{page}/huy", form)
    assert answer["Location"] == f"{base}{SIGN_IN}?next={page}"
    assert NOT_KEPT[base] in said(phone, answer["Location"])
    assert unsent.COOKIE not in phone.cookies


GUEST = {
    "": "Đơn này chỉ mở trên máy này trong hai giờ, và đã hết giờ trước khi lời của bạn gửi đi. "
    "Những gì bạn nhập được giữ trong nửa giờ: hãy xin mã mới để làm tiếp.",
    "/en": "This order was open on this device for two hours, and they were over before your words "
    "were sent. They are kept for half an hour: ask for a new code to go on.",
}


@BASES
def test_a_guest_proves_the_order_again_and_finds_the_words(base: str) -> None:
    order = make_delivered_order()
    device, proof = device_of(order), grants.COOKIE
    path = f"{base}/don-hang/{order.number}/tin-nhan"
    typed = {"text": "Cho tôi hỏi", "typed_by": mark_on(device, path)}
    opened = device.cookies[proof].value
    del device.cookies[proof]
    assert order.purchase is not None
    answer = device.post(path, typed)
    assert answer["Location"] == f"{base}/don-hang/?so={order.number}"
    device.cookies[proof] = opened
    assert ">Cho tôi hỏi</textarea>" in device.get(path).text
    del device.cookies[proof]
    assert GUEST[base] in said(device, f"{base}/don-hang/?so={order.purchase.number}")
    assert GUEST[base] not in said(Client(), f"{base}/don-hang/?so={order.purchase.number}")
    assert not OrderMessage.objects.exists()


@BASES
def test_a_question_comes_back(phone: Client, chi: User, shop: Shop, base: str) -> None:
    path = f"{base}/hoi/{shop.product.pk}"
    form = {"text": "Hạt này rang ngày nào vậy?", "typed_by": mark_on(phone, path)}
    ended(phone)
    answer = phone.post(path, form)
    assert answer["Location"] == f"{base}{SIGN_IN}?next={path}"
    phone.force_login(make_user())
    assert "rang ngày nào" not in phone.get(path).text
    phone.force_login(chi)
    page = phone.get(path).text
    assert AGAIN[base] in html.unescape(page)
    assert ">Hạt này rang ngày nào vậy?</textarea>" in page
    assert not Question.objects.exists()
    phone.post(path, {"text": "Hạt này rang ngày nào vậy?"})
    assert Question.objects.count() == 1
    assert "rang ngày nào" not in phone.get(path).text


@BASES
def test_an_address_and_the_name_come_back(phone: Client, chi: User, base: str) -> None:
    path = f"{base}/tai-khoan/dia-chi/them/"
    form = address(street="5 Hùng Vương") | {"do": "save", "typed_by": mark_on(phone, path)}
    ended(phone)
    answer = phone.post(path, form)
    assert answer["Location"] == f"{base}{SIGN_IN}?next={path}"
    phone.force_login(chi)
    page = phone.get(path).text
    assert AGAIN[base] in html.unescape(page)
    assert 'value="5 Hùng Vương"' in page
    assert not Address.objects.exists()
    me = f"{base}/tai-khoan/"
    form = {"full_name": "Chi Chi", "language": "en", "typed_by": mark_on(phone, me)}
    ended(phone)
    phone.post(me, form)
    phone.force_login(chi)
    assert 'value="Chi Chi"' in phone.get(me).text
    chi.refresh_from_db()
    assert chi.full_name == "Chi"


def test_a_password_never_waits(phone: Client, chi: User, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes: list[str] = []

    def encrypt(text: str) -> str:
        boxes.append(text)
        return text

    monkeypatch.setattr(crypto, "encrypt", encrypt)
    path = "/tai-khoan/lien-he/"
    form = {"contact": "chi@example.vn", "password": "rat-bi-mat"}
    form["typed_by"] = mark_on(phone, path)
    ended(phone)
    assert phone.post(path, form)["Location"] == f"{SIGN_IN}?next={path}"
    assert len(boxes) == 1
    assert "chi%40example.vn" in boxes[0]
    assert "rat-bi-mat" not in boxes[0]
    change = {"old_password": "rat-bi-mat", "new_password": "x", "typed_by": form["typed_by"]}
    phone.post("/tai-khoan/bao-mat/", change)
    assert len(boxes) == 1
    assert SESSION_KEY not in phone.session
