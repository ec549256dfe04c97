"""What a guest does: finds, fills the cart, checks out, follows."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser import mailbox
from tests.browser.person import WAIT_MS, Person

NUMBER = re.compile(r"BP[0-9A-Z]{9}")


@dataclass(frozen=True)
class Guest:
    """Who receives the goods, and where."""

    name: str = "Trần Văn Khách"
    phone: str = "0912 345 678"
    province: str = "79"
    ward: str = "26743"
    street: str = "12 Lê Lợi"


def search(person: Person, text: str) -> None:
    """With the field on top of the home page."""
    person.go("/")
    person.type(q=text)
    person.press("form.find button")
    person.at("/tim")
    person.shoot("30-search")


def open_product(person: Person, name: str) -> None:
    person.find("#goods, .goods").get_by_role("link", name=person.word(name)).first.click()
    person.at("/san-pham/.*")
    person.shoot(f"31-product-{len(name)}")


def add_to_cart(person: Person) -> None:
    """With JavaScript the visitor stays; without, the cart opens."""
    person.press("form[action$='/gio/them'] .btn")
    if person.has_js:
        expect(person.find(".toast")).to_contain_text(
            person.word("Đã thêm vào giỏ."), timeout=WAIT_MS
        )
    else:
        person.at("/gio")


def open_checkout(person: Person) -> None:
    person.go("/gio")
    person.shoot("32-cart")
    person.press('a[href$="/dat-hang"]')
    person.at("/dat-hang")


def visible_fields(person: Person) -> int:
    """What a person has to look at and fill in."""
    shown = "form.checkout :is(input:not([type=hidden]), select, textarea)"
    return sum(field.is_visible() for field in person.find(shown).all())


def pick_ward(person: Person, guest: Guest) -> None:
    """Province, then ward; the fee follows by itself or behind a button."""
    person.choose("province", guest.province)
    if person.has_js:
        expect(person.find(f'#f-ward option[value="{guest.ward}"]')).to_be_attached()
        person.choose("ward", guest.ward)
        shown = person.find('[name="shown_ward"]')
        expect(shown).to_have_value(guest.ward, timeout=WAIT_MS)
        return
    person.press('button[value="province"]')
    person.choose("ward", guest.ward)
    person.press('button[value="ward"]')


def place(person: Person, guest: Guest) -> str:
    """Fill the form and order; the number of the purchase."""
    person.type(name=guest.name, phone=guest.phone, street=guest.street)
    pick_ward(person, guest)
    assert person.value("name") == guest.name
    person.shoot("33-checkout")
    person.press('#bill button[value="place"]')
    person.at("/dat-hang/xong")
    person.shoot("34-done")
    found = NUMBER.search(person.find(".big-number").inner_text())
    assert found is not None
    return found.group()


def follow(person: Person, number: str, guest: Guest) -> None:
    """On another device: the number, the phone, and the code that came to it."""
    person.go("/don-hang/")
    person.type(number=number, phone=guest.phone)
    person.shoot("60-follow")
    person.press("form .btn")
    person.at("/don-hang/ma")
    person.type(code=mailbox.code(person, guest.phone))
    person.shoot("61-follow-code")
    person.press("form .btn")
    person.at(f"/don-hang/{number}")
