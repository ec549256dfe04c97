"""After the delivery: a guest with a code and a member, with and without JavaScript."""

import pytest

from catalog.models import Stock
from marketplace.books import run_checks
from orders.models import Order, Purchase
from tests.browser import after, buying, mailbox, selling
from tests.browser.buying import Guest
from tests.browser.conftest import WAYS, Meet
from tests.browser.person import Person
from tests.browser.scene import HONEY_OWNER, PASSWORD, Scene
from tests.making import make_user

pytestmark = pytest.mark.browser
GUEST = Guest()
SCRIPTS = pytest.mark.parametrize("js", [True, False], ids=["js", "no js"])


@WAYS
def test_a_guest_buys_follows_by_code_and_cancels(
    scene: Scene, worker: None, meet: Meet, *, lang: str, js: bool
) -> None:
    person, elsewhere = meet(lang=lang, js=js), meet(lang=lang, js=js)
    buying.search(person, "mat ong" if lang == "vi" else "honey")
    buying.open_product(person, "Mật ong hoa điều")
    buying.add_to_cart(person)
    buying.open_checkout(person)
    number = buying.place(person, GUEST)
    person.sees("Cảm ơn bạn, đơn hàng đã được đặt", "Mật ong hoa điều", "187.000\u00a0₫")
    assert Purchase.objects.get(number=number).language == lang
    buying.follow(elsewhere, number, GUEST)
    after.cancel(elsewhere)
    order, stock = Order.objects.get(), Stock.objects.get(pk=scene.honey.pk)
    assert (order.state, order.cancel_reason) == ("cancelled", "too_slow")
    assert (stock.on_hand, stock.held) == (12, 0)
    mailbox.letter(elsewhere, GUEST.phone, f"{order.number} .* {person.word('đã huỷ')}")
    ends_well(person, elsewhere)


@SCRIPTS
def test_a_guest_complains_talks_reviews_and_buys_again(
    scene: Scene, worker: None, meet: Meet, *, js: bool
) -> None:
    guest, seller = meet(js=js), meet(js=js)
    order = after.delivered_honey(scene, GUEST)
    assert order.purchase is not None
    buying.follow(guest, order.purchase.number, GUEST)
    guest.sees("Đã giao", "Viết đánh giá")
    selling.sign_in(seller, HONEY_OWNER)
    complaint = after.complain(guest, order)
    after.answer(seller, complaint)
    after.accept(guest, complaint)
    after.pay(seller)
    after.receive(guest)
    after.talk(guest, seller, order)
    after.review(guest, order)
    after.buy_again(guest, order)
    ends_well(guest, seller)


@SCRIPTS
def test_a_member_finds_it_under_my_orders(
    scene: Scene, worker: None, meet: Meet, *, js: bool
) -> None:
    member = make_user(phone=None, email="chi@example.com", full_name="Chi")
    order = after.delivered_honey(scene, GUEST, buyer_id=member.pk)
    assert order.purchase is not None
    person = meet(js=js)
    person.go("/tai-khoan/dang-nhap/")
    person.type(login="chi@example.com", password=PASSWORD)
    person.press("main form .btn")
    person.page.wait_for_load_state()
    person.go("/don-hang/")
    person.shoot("77-my-orders")
    person.press(f'a[href$="{order.purchase.number}"]')
    person.sees("Đã giao")
    person.press('a[href$="/bien-nhan"]')
    person.sees("Xác nhận đơn hàng", order.number)
    person.go(f"/don-hang/{order.purchase.number}")
    complaint = after.complain(person, order)
    person.press('button[value="withdraw"]')
    person.sees("Đã rút lại")
    complaint.refresh_from_db()
    assert complaint.state == "withdrawn"
    ends_well(person)


def ends_well(*people: Person) -> None:
    assert [person.troubles for person in people] == [[] for _ in people]
    assert run_checks() == []
