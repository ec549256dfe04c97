"""Saving, following, asking and waiting for goods: with and without JavaScript, to the message."""

import re

import pytest

from catalog.services.indexing import index_product
from catalog.services.stock import set_on_hand
from marketplace.books import run_checks
from tests.browser import mailbox, selling
from tests.browser.conftest import WAYS, Meet
from tests.browser.person import Person
from tests.browser.scene import HONEY_OWNER, PASSWORD, Scene
from tests.making import make_user

pytestmark = pytest.mark.browser
CHI, GUEST = "chi@example.com", "khach@example.com"
SAVED = "Đã lưu. Bạn xem lại ở đây trên máy nào cũng được."
QUESTION, ANSWER = "Mật này có pha đường không ạ?", "Dạ không pha gì ạ."


def sign_in(person: Person, login: str) -> None:
    """On the sign-in page that a step has led to."""
    person.at("/tai-khoan/dang-nhap/")
    person.type(login=login, password=PASSWORD)
    person.press("main form .btn")


def to_the_live_part(person: Person, scene: Scene) -> None:
    """Where stock, heart and follow stand: in the page, or behind its link."""
    person.go(f"/san-pham/mat-ong-hoa-dieu-{scene.honey.product_id}")
    if not person.has_js:
        person.press(f'a[href$="/giao/{scene.honey.product_id}"]')
    person.find("form[action$='/yeu-thich/sua'] button").wait_for()


def saves(person: Person, scene: Scene) -> None:
    """A guest's wish survives signing in; a member's next one stays where they are."""
    to_the_live_part(person, scene)
    person.press("form[action$='/yeu-thich/sua'] button")
    sign_in(person, CHI)
    person.at("/yeu-thich/")
    person.sees("Mật ong hoa điều", "165.000", SAVED)
    person.shoot("91-wishes")
    to_the_live_part(person, scene)
    person.press("form[action$='/theo-doi/sua'] button")
    person.sees("Đang theo dõi gian hàng")
    person.go("/theo-doi/")
    person.sees("Mật ong hoa điều", "HTX Bù Gia Mập")
    person.shoot("92-following")


def asks(person: Person, seller: Person, scene: Scene) -> None:
    """Ask, answer at the desk, read the message and the page."""
    person.go(f"/hoi/{scene.honey.product_id}")
    person.type(text="Gọi tôi 0912 345 678")
    person.press("main form .btn")
    person.sees("bạn bỏ số điện thoại")
    assert person.value("text") == "Gọi tôi 0912 345 678"
    person.type(text=QUESTION)
    person.press("main form .btn")
    person.at("/cau-hoi/")
    person.sees(QUESTION, "Gian hàng chưa trả lời")
    selling.sign_in(seller, HONEY_OWNER)
    mailbox.letter(seller, HONEY_OWNER, "hỏi về")
    seller.go("/ban-hang/hoi-dap/")
    seller.press("main a.line")
    seller.type(text=ANSWER)
    seller.press("main form .btn.huge")
    seller.at("/ban-hang/hoi-dap/")
    assert ANSWER in mailbox.letter(person, CHI, person.word("đã có trả lời"))
    person.go(f"/san-pham/mat-ong-hoa-dieu-{scene.honey.product_id}")
    person.until(ANSWER)
    person.shoot("93-answered")


def waits(guest: Person, scene: Scene) -> None:
    """A guest proves an address, is told once when it is back, and can end it."""
    set_on_hand(variant=scene.honey, on_hand=0, actor_id=None)
    index_product(scene.honey.product_id)
    guest.go(f"/bao-hang/{scene.honey.pk}")
    guest.type(contact=GUEST)
    guest.press("main form .btn")
    guest.at("/bao-hang/ma")
    guest.type(code=mailbox.code(guest, GUEST))
    guest.press("main form .btn")
    guest.sees("chúng tôi sẽ báo cho bạn một lần")
    guest.shoot("94-waiting")
    set_on_hand(variant=scene.honey, on_hand=5, actor_id=None)
    told = mailbox.letter(guest, GUEST, guest.word("Đã có hàng lại"))
    way_out = re.search(rf"{guest.path('')}/bao-hang/thoi/[\w-]+", told)
    assert way_out is not None
    guest.page.goto(way_out.group())
    guest.press("main form .btn")
    guest.sees("Chúng tôi không báo hàng về nữa")


@WAYS
def test_what_people_want_is_kept_answered_and_told(
    scene: Scene, worker: None, meet: Meet, *, lang: str, js: bool
) -> None:
    make_user(phone=None, email=CHI, full_name="Trần Thị Chi", language=lang)
    chi, seller, guest = meet(lang=lang, js=js), meet(js=js), meet(lang=lang, js=js)
    saves(chi, scene)
    asks(chi, seller, scene)
    waits(guest, scene)
    assert [person.troubles for person in (chi, seller, guest)] == [[], [], []]
    assert run_checks() == []
