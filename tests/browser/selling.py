"""What a seller does: signs up, sends the file, lists goods, works on orders, connects Shopee."""

import re
from dataclasses import dataclass

from playwright.sync_api import FilePayload, expect

from tests.browser import mailbox
from tests.browser.person import Person
from tests.browser.scene import PASSWORD, photo

MARRED = "Mã số thuế này sai một chữ số. Hãy chép lại từ giấy đăng ký."
MISSING = "Hãy thêm ảnh hoặc PDF giấy đăng ký hợp tác xã."


@dataclass(frozen=True)
class Seller:
    """The cooperative that comes to the market."""

    phone: str = "0977 000 111"
    email: str = "htx.minhhung@example.com"
    owner: str = "Nguyễn Thị Hạt"
    name: str = "Hợp tác xã Điều Minh Hưng"
    tax_code: str = "3801234566"
    wrong_tax_code: str = "3801234567"
    ward: str = "25396"
    street: str = "Thôn 4, đường ĐT 760"


def picture(name: str = "dang-ky.jpg", colour: str = "#b9770e") -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo(colour)}


def sign_up(person: Person, seller: Seller, *, login: str) -> None:
    """Open an account by phone or e-mail; the code comes the same way."""
    person.go("/ban-hang/")
    person.press('main a[href*="/tai-khoan/dang-ky/"]')
    person.shoot("01-sign-up")
    person.type(full_name=seller.owner, login=login, password=PASSWORD)
    person.press("main form .btn")
    person.at("/tai-khoan/ma-xac-nhan/")
    person.shoot("02-code")
    person.type(code=mailbox.code(person, login))
    person.press("main form .btn")
    person.at("/ban-hang/dang-ky/")


def sign_in(
    person: Person, login: str, password: str = PASSWORD, *, lands: str = "/ban-hang/"
) -> None:
    """Password only: people who sell need no second step."""
    person.go("/tai-khoan/dang-nhap/")
    person.type(login=login, password=password)
    person.press("main form .btn")
    person.at(lands)


def fill_file(person: Person, seller: Seller) -> None:
    """The registration up to its last page; the tax code is mistyped at first."""
    person.shoot("03-welcome")
    person.press("main .welcome a.btn")
    person.tick("kind", "cooperative")
    person.shoot("04-kind")
    person.press("main form .btn.huge")
    person.type(name=seller.name, tax_code=seller.wrong_tax_code)
    person.press("main form .btn.huge")
    person.sees(MARRED)
    assert person.value("tax_code") == seller.wrong_tax_code
    assert person.value("name") == seller.name
    person.shoot("05-wrong-tax-code")
    person.type(tax_code=seller.tax_code)
    person.press("main form .btn.huge")
    person.at("/ban-hang/dang-ky/dia-chi/")
    person.choose("ward_code", seller.ward)
    person.type(street=seller.street, phone=seller.phone, email=seller.email)
    person.shoot("06-address")
    person.press("main form .btn.huge")
    person.at("/ban-hang/dang-ky/giay-to/")


def add_paper(person: Person) -> None:
    """The missing registration, as a photo; then the list of what is missing is empty."""
    person.sees(MISSING)
    person.shoot("07-papers-missing")
    person.attach('input[name="file"]', picture())
    person.press("main form.panel .btn")
    person.misses(MISSING)
    person.shoot("08-papers")


def send_file(person: Person) -> None:
    person.go("/ban-hang/dang-ky/gui/")
    person.shoot("09-check-and-send")
    person.press("main form .btn.huge")
    person.at("/ban-hang/ho-so/")
    person.shoot("10-sent")


def mend_street(person: Person, reason: str, street: str) -> None:
    """What the province asked for stands on top and beside its field."""
    person.go("/ban-hang/ho-so/")
    person.sees(reason)
    person.shoot("14-asked-for-changes")
    person.press("main section.summary a")
    person.at("/ban-hang/dang-ky/dia-chi/")
    person.sees(reason)
    person.type(street=street)
    person.press("main form .btn.huge")


@dataclass(frozen=True)
class Goods:
    """The product that is listed."""

    name: str = "Hạt điều rang muối Minh Hưng"
    words: str = "Rang củi, còn vỏ lụa, giòn và thơm. Để được sáu tháng."
    grams: str = "500"
    price: str = "185.000"
    count: str = "20"


def list_goods(person: Person, goods: Goods, category: int) -> int:
    """Photo, name and kind, pack and price, how many, a few words; the product's id."""
    person.go("/ban-hang/san-pham/moi/")
    person.shoot("20-photo")
    _take_photo(person)
    person.at("/ban-hang/san-pham/[0-9]+/ten/")
    person.type(name_vi=goods.name)
    person.choose("other_id", str(category))
    person.shoot("21-name")
    person.press("main form .btn.huge")
    person.at("/ban-hang/san-pham/[0-9]+/gia/")
    person.tick("unit", "pack")
    person.type(weight=goods.grams, price_vnd=goods.price)
    if person.has_js:
        expect(person.find("output.echo")).to_have_text(
            "185.000 ₫ (một trăm tám mươi lăm nghìn đồng)"
        )
    person.shoot("22-price")
    person.press("main form .btn.huge")
    person.at("/ban-hang/san-pham/[0-9]+/so-luong/")
    person.type(on_hand=goods.count)
    person.shoot("23-count")
    person.press("main form .btn.huge")
    person.at("/ban-hang/san-pham/[0-9]+/gui/")
    person.type(description_vi=goods.words)
    person.shoot("24-check-and-send")
    person.press("main form .btn.huge")
    person.at("/ban-hang/san-pham/[0-9]+/")
    person.shoot("25-sent")
    return _id_in(person.page.url)


def change_name(person: Person, product: int, name: str) -> None:
    """Ask for another name of a product that is on the shop."""
    person.go(f"/ban-hang/san-pham/{product}/sua/")
    person.type(name_vi=name)
    person.press("main form .btn.huge")
    person.at(f"/ban-hang/san-pham/{product}/")
    person.shoot("28-change-waits")


def change_price(person: Person, product: int, price: str) -> None:
    """The quick field on the product's page: counts at once."""
    person.go(f"/ban-hang/san-pham/{product}/")
    person.type(price_vnd=price)
    person.press('form:has(input[name="price_vnd"]) button')
    expect(person.find(".undo")).to_contain_text(price)
    assert person.value("price_vnd") == price


def take_step(person: Person, number: str, url_part: str) -> None:
    """The one big button of an order: confirm, packed, handed over."""
    person.go(f"/ban-hang/don-hang/{number}/")
    person.shoot(f"50-order-before-{url_part}")
    person.press(f'form[action$="/{url_part}/"] button')
    person.at(f"/ban-hang/don-hang/{number}/")


def connect_shopee(person: Person) -> None:
    """Through the consent page of Shopee, and back."""
    person.go("/ban-hang/kenh/")
    person.shoot("70-channels")
    person.press('form[action$="/kenh/shopee/noi/"] button')
    person.shoot("71-consent-way")
    person.press('a[href*="/api/v2/shop/auth_partner"]')
    person.page.wait_for_url("**/api/v2/shop/auth_partner**")
    person.page.locator('button[value="agree"]').click()
    person.at("/ban-hang/kenh/")


def offer_there(person: Person) -> None:
    person.press('form[action*="/dang/"] button')
    person.at("/ban-hang/kenh/")


def _take_photo(person: Person) -> None:
    person.attach("#id_pictures", picture("IMG_0001.jpg"))
    if not person.has_js:
        person.press("main form .btn.huge")


def _id_in(address: str) -> int:
    found = re.search(r"/san-pham/([0-9]+)/", address)
    assert found is not None
    return int(found.group(1))
