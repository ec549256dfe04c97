"""A guest chooses at checkout, with and without JavaScript: voucher, way, old ward, invoice."""

import pytest
from playwright.sync_api import expect

from catalog.models import Stock
from orders.models import Purchase
from promotions.models import Redemption
from shipping.models import Service, ShippingRate, Zone
from tests.browser import buying
from tests.browser.conftest import Meet
from tests.browser.person import WAIT_MS, Person
from tests.browser.scene import Scene
from tests.making import make_user
from tests.promotions.making import make_voucher

pytestmark = pytest.mark.browser
PLACE = '#bill button[value="place"]'
BOTH = pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without"])


def open_fold(person: Person, words: str) -> None:
    person.find("summary").filter(has_text=words).first.click()


def has_total(person: Person, total: int) -> None:
    expect(person.find('[name="shown_total"]')).to_have_value(str(total), timeout=WAIT_MS)


def with_honey(person: Person) -> None:
    buying.search(person, "mat ong")
    buying.open_product(person, "Mật ong hoa điều")
    buying.add_to_cart(person)


def find_old_ward(person: Person) -> None:
    open_fold(person, "Tôi chỉ nhớ địa chỉ cũ")
    person.type(old="Bến Nghé, Quận 1")
    person.press('button[value="old"]')
    person.sees("Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh nay là:")
    assert person.find("#f-ward").input_value() == "26740"


def choose_fast(person: Person, vendor_id: int) -> None:
    open_fold(person, "Giao tiêu chuẩn")
    person.tick(f"service-{vendor_id}", "fast")
    if not person.has_js:
        person.press('button[value="update"]')
    has_total(person, 165_000 + 49_000)


def ask_for_invoice(person: Person) -> None:
    """With a wrong digit first: the page says so and keeps the rest."""
    open_fold(person, "Xuất hóa đơn công ty")
    person.type(company="Công ty An", company_address="1 Lê Lợi", company_email="ketoan@an.vn")
    person.type(tax_code="0100233489")
    person.find('[name="agree"]').check()
    person.press(PLACE)
    person.find("#e-tax_code").wait_for()
    person.type(tax_code="0100233488")


# The first answer's text comes only when a second bill stands on the page.
SLOW_FIRST_BILL = """() => {
  const real = window.fetch;
  let bills = 0;
  window.fetch = async (url, options) => {
    const answer = await real(url, options);
    if (!String(url).includes("/fragment/dat-hang") || ++bills > 1) return answer;
    const text = await answer.text(), mark = document.body.dataset;
    const shown = () => document.querySelector('[name="shown_ward"]').value;
    const late = async () => {
      mark.late = "waits";
      while (!shown()) await new Promise((done) => setTimeout(done, 20));
      setTimeout(() => { mark.late = "came"; }, 200);
      return text;
    };
    return { status: answer.status, text: late };
  };
}"""


@BOTH
def test_voucher_way_old_ward_and_invoice_in_one_purchase(
    scene: Scene, meet: Meet, js: object
) -> None:
    fast = {"service": Service.FAST, "up_to_grams": 100_000, "fee_vnd": 49_000}
    for zone in Zone:
        ShippingRate.objects.create(
            zone=zone, days_min=1, days_max=1, valid_from="2020-01-01", **fast
        )
    vendor = scene.honey.product.vendor
    make_voucher(vendor, code="MATONG10")
    person = meet(js=js)
    with_honey(person)
    buying.open_checkout(person)
    assert buying.visible_fields(person) == 7
    person.type(name="Chị Chi", phone="0912 345 678", street="12 Lê Lợi")
    find_old_ward(person)
    has_total(person, 165_000 + 22_000)
    choose_fast(person, vendor.pk)
    open_fold(person, "Tôi có mã giảm giá")
    person.type(new_voucher="mật ong 10")
    person.press('button[value="voucher"]')
    has_total(person, 165_000 - 16_500 + 49_000)
    ask_for_invoice(person)
    person.press(PLACE)
    person.at("/dat-hang/xong")
    person.sees("−16.500\u00a0₫", "Công ty An")
    purchase = Purchase.objects.get()
    assert (purchase.ward_code, purchase.total_vnd) == ("26740", 197_500)
    assert purchase.orders.get().parcel.service == "fast"
    assert Redemption.objects.get().discount_vnd == 16_500


@BOTH
def test_what_is_sold_out_waits_while_the_rest_is_ordered(
    scene: Scene, meet: Meet, js: object
) -> None:
    person = meet(js=js)
    with_honey(person)
    Stock.objects.filter(pk=scene.honey.pk).update(on_hand=0)
    person.go("/en/gio")
    person.sees("Sold out for now.")
    assert person.find('button:has-text("order the rest")').count() == 0
    person.press('form[action$="/gio/de-sau"] button')
    person.sees("Left for later", "Cashew blossom honey")
    Stock.objects.filter(pk=scene.honey.pk).update(on_hand=5)
    person.press('form[action$="/gio/lay-lai"] button')
    person.sees("Place your order")


def test_a_member_finds_the_cart_on_every_device(scene: Scene, meet: Meet) -> None:
    make_user(phone="+84912345678")
    phone, laptop = meet(), meet()
    with_honey(laptop)
    for person in (phone, laptop):
        person.go("/tai-khoan/dang-nhap/")
        person.type(login="0912 345 678", password="mat-khau-rieng")
        person.press("main form .btn")
        person.at("/.*")
        person.page.wait_for_load_state("networkidle")
    laptop.go("/gio")
    laptop.sees("Mật ong hoa điều")
    phone.go("/gio")
    phone.sees("Mật ong hoa điều")


def test_a_late_answer_about_fees_never_stands_above_a_newer_one(scene: Scene, meet: Meet) -> None:
    person = meet()
    with_honey(person)
    buying.open_checkout(person)
    person.page.evaluate(SLOW_FIRST_BILL)
    person.choose("province", "79")
    expect(person.find("body")).to_have_attribute("data-late", "waits", timeout=WAIT_MS)
    person.choose("ward", "26743")
    expect(person.find("body")).to_have_attribute("data-late", "came", timeout=WAIT_MS)
    assert person.value("shown_ward") == "26743"
    has_total(person, 165_000 + 22_000)
