"""What goes wrong in a real browser: nothing is lost or doubled, and the page says what to do."""

import io

import pytest
from PIL import Image
from playwright.sync_api import FilePayload

from catalog.models import Product, Stock, Variant
from core.models import Picture
from orders.models import Hold, Order, Purchase
from tests.browser import buying, selling
from tests.browser.buying import Guest
from tests.browser.conftest import Meet
from tests.browser.person import Person
from tests.browser.scene import HONEY_OWNER, PASSWORD, Scene
from tests.core.samples import PDF
from tests.making import make_user, make_variant, make_vendor

pytestmark = pytest.mark.browser
GUEST = Guest()
PLACE = '#bill button[value="place"]'
BOMB = "Ảnh này có quá nhiều điểm ảnh (hơn 40 triệu). Hãy thu nhỏ ảnh rồi gửi lại."
RENAMED = "“anh.jpg” là tài liệu PDF, không phải ảnh. Hãy chọn một tấm ảnh (JPEG, PNG hoặc WebP)."


def ready_to_order(person: Person) -> None:
    """The honey is in the cart and the form is filled in."""
    buying.search(person, "mat ong")
    buying.open_product(person, "Mật ong hoa điều")
    buying.add_to_cart(person)
    buying.open_checkout(person)
    person.type(name=GUEST.name, phone=GUEST.phone, street=GUEST.street)
    buying.pick_ward(person, GUEST)


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without"])
def test_a_double_click_on_the_order_button_buys_once(scene: Scene, meet: Meet, js: object) -> None:
    person = meet(js=js)
    ready_to_order(person)
    person.find(PLACE).dblclick()
    person.at("/dat-hang/xong")
    number = person.find(".big-number").inner_text()
    person.page.go_back()  # the steps before were redirects: nothing is sent again
    person.page.go_forward()
    assert Purchase.objects.get().number == number
    assert Order.objects.count() == 1
    assert Stock.objects.get(pk=scene.honey.pk).held == 1


def test_sold_out_between_cart_and_checkout(scene: Scene, meet: Meet) -> None:
    person = meet()
    ready_to_order(person)
    Stock.objects.filter(pk=scene.honey.pk).update(on_hand=0)
    person.press(PLACE)
    person.sees("Tạm hết hàng. Bỏ ra để đặt những món còn lại.")
    assert person.value("name") == GUEST.name
    assert person.value("street") == GUEST.street
    assert not Purchase.objects.exists()
    assert not Hold.objects.exists()


def test_a_price_that_changed_is_shown_before_anything_is_ordered(scene: Scene, meet: Meet) -> None:
    person = meet()
    ready_to_order(person)
    Variant.objects.filter(pk=scene.honey.pk).update(price_vnd=170_000)
    person.press(PLACE)
    person.sees("tổng tiền bây giờ là 192.000\u00a0₫", "từ 165.000\u00a0₫ thành 170.000\u00a0₫")
    assert person.value("phone") == GUEST.phone
    assert not Purchase.objects.exists()
    person.press(PLACE)
    person.at("/dat-hang/xong")
    assert Purchase.objects.get().total_vnd == 192_000


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without"])
def test_an_expired_session_leads_back_with_all_that_was_typed(
    scene: Scene, meet: Meet, js: object
) -> None:
    make_user(phone="+84977000333")
    seller = meet(js=js)
    selling.sign_in(seller, "0977 000 333", lands="/tai-khoan/")
    seller.go("/ban-hang/dang-ky/ten/?new=1&kind=household")
    seller.type(name="Hộ kinh doanh Tiêu Lộc Ninh", tax_code="070190000001")
    seller.page.context.clear_cookies(name="session")
    seller.press("main form .btn.huge")
    seller.at("/tai-khoan/dang-nhap/")
    seller.type(login="0977 000 333", password=PASSWORD)
    seller.press("main form .btn")
    seller.at("/ban-hang/dang-ky/ten/")
    assert seller.value("name") == "Hộ kinh doanh Tiêu Lộc Ninh"
    assert seller.value("tax_code") == "070190000001"


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without"])
def test_a_buyers_expired_session_loses_nothing_at_checkout(
    scene: Scene, meet: Meet, js: object
) -> None:
    make_user(phone="+84977000444")
    person = meet(js=js)
    selling.sign_in(person, "0977 000 444", lands="/tai-khoan/")
    ready_to_order(person)
    person.page.context.clear_cookies(name="session")
    person.press(PLACE)
    person.at("/tai-khoan/dang-nhap/")
    person.sees("Những gì bạn vừa nhập được giữ trong nửa giờ: hãy đăng nhập để làm tiếp.")
    assert not Purchase.objects.exists()
    person.type(login="0977 000 444", password=PASSWORD)
    person.press("main form .btn")
    person.at("/dat-hang")
    person.sees("Những gì bạn nhập đã có lại trong biểu mẫu: hãy xem lại rồi bấm nút.")
    assert person.value("name") == GUEST.name
    assert person.value("phone") == GUEST.phone
    assert person.value("street") == GUEST.street
    assert not Purchase.objects.exists()
    person.press(PLACE)
    person.at("/dat-hang/xong")
    assert Purchase.objects.get().street == GUEST.street


def huge_png() -> bytes:
    """A few kilobytes that unpack to 20,000 × 20,000 pixels."""
    made = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [("to.png", huge_png(), BOMB), ("anh.jpg", PDF, RENAMED)],
    ids=["20,000 by 20,000", "a PDF named .jpg"],
)
def test_a_photo_that_is_none_is_refused_and_nothing_is_kept(
    scene: Scene, meet: Meet, name: str, data: bytes, says: str
) -> None:
    """Without JavaScript: with it, the phone itself makes a large picture small before sending."""
    seller = meet(js=False)
    selling.sign_in(seller, HONEY_OWNER)
    seller.go("/ban-hang/san-pham/moi/")
    before = Picture.objects.count()
    kind = "image/png" if name.endswith("png") else "image/jpeg"
    seller.attach("#id_pictures", FilePayload(name=name, mimeType=kind, buffer=data))
    seller.press("main form .btn.huge")
    seller.sees(says)
    assert Picture.objects.count() == before
    assert Product.objects.count() == 1


def test_another_vendors_id_in_the_address_bar_is_a_missing_page(scene: Scene, meet: Meet) -> None:
    strange = make_variant(make_vendor(name="HTX Khác", slug="htx-khac"))
    seller = meet()
    selling.sign_in(seller, HONEY_OWNER)
    for path in (f"san-pham/{strange.product_id}/", "san-pham/999999/"):
        seller.go(f"/ban-hang/{path}", status=404)
        seller.sees("Không tìm thấy trang này")
        seller.misses(strange.product.name_vi)
