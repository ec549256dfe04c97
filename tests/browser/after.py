"""What happens after a delivery: words, a complaint and its answer, a review, buying again."""

from orders.models import Complaint, Order, Purchase
from tests.browser.buying import Guest
from tests.browser.person import Person
from tests.browser.scene import Scene
from tests.browser.selling import picture
from tests.making import make_purchase
from tests.orders.complaining import deliver


def delivered_honey(scene: Scene, guest: Guest, *, buyer_id: int | None = None) -> Order:
    """Two bottles that were placed, sent and delivered by the services."""
    purchase: Purchase = make_purchase(
        {scene.honey: 2}, name=guest.name, phone=guest.phone, buyer_id=buyer_id
    )
    order = purchase.orders.get()
    return deliver(order)


def cancel(person: Person) -> None:
    """On the page of the purchase, with a reason."""
    person.find("article summary").first.click()
    person.choose("reason", "too_slow")
    person.shoot("64-cancel")
    person.press('form[action$="/huy"] button')
    person.sees("Đã huỷ đơn hàng. Bạn không phải trả gì cho đơn này.", "Đã huỷ")
    assert person.find('form[action$="/huy"]').count() == 0
    person.shoot("65-cancelled")


def complain(person: Person, order: Order) -> Complaint:
    """First in vain, then whole: what was typed is still there."""
    person.press(f'a[href$="/don-hang/{order.number}/khieu-nai"]')
    person.type(text="Chai bị nứt, mật chảy ra hộp.")
    person.shoot("70-complain")
    person.press("main form .btn")
    person.sees("Xin cho biết hàng bị sao.", "Xin cho biết bạn muốn giải quyết thế nào.")
    assert person.value("text") == "Chai bị nứt, mật chảy ra hộp.", repr(person.value("text"))
    person.tick("kind", "wrong")
    person.tick("wish", "refund")
    person.type(u1="1")
    person.attach("#f-photos", picture("nut.jpg"))
    person.press("main form .btn")
    person.at(f"/don-hang/{order.number}/khieu-nai/BP[0-9A-Z]+")
    person.sees("Người bán phải trả lời trước", "Chai bị nứt, mật chảy ra hộp.")
    person.shoot("71-complained")
    return Complaint.objects.get(order=order)


def answer(seller: Person, complaint: Complaint) -> None:
    """From the first screen to the answer: money back."""
    seller.go("/ban-hang/")
    seller.sees("1 khiếu nại đang chờ bạn.")
    seller.press('.notice a[href="/ban-hang/khieu-nai/"]')
    seller.press(f'main a[href$="{complaint.number}/"]')
    seller.at(f"/ban-hang/khieu-nai/{complaint.number}/")
    seller.tick("outcome", "refund")
    seller.type(amount_vnd="100k", text="Xin lỗi anh, cơ sở hoàn tiền chai này.")
    seller.shoot("72-answer")
    seller.press('button[value="answer"]')
    seller.sees("Chờ người mua", "Hoàn tiền: 100.000")


def accept(person: Person, complaint: Complaint) -> None:
    person.page.reload()
    person.sees("Hoàn tiền: 100.000", "Đến lượt bạn")
    person.shoot("73-answered")
    person.type(text="VCB 0123456789 TRAN VAN KHACH")
    person.press('button[value="accept"]')
    person.sees("Người bán phải trả tiền hoặc gửi lại hàng trước")


def pay(seller: Person) -> None:
    seller.page.reload()
    seller.sees("VCB 0123456789 TRAN VAN KHACH")
    seller.type(text="Chuyển khoản FT26327")
    seller.press('button[value="fulfil"]')
    seller.sees("Người bán đã trả tiền hoặc gửi lại")


def receive(person: Person) -> None:
    person.page.reload()
    person.sees("Chuyển khoản FT26327")
    person.press('button[value="received"]')
    person.sees("Đã giải quyết xong")
    person.shoot("74-settled")


def talk(person: Person, seller: Person, order: Order) -> None:
    """A question, the vendor's answer, both marked as seen."""
    person.go(f"/don-hang/{order.number}")
    person.press(f'a[href$="/don-hang/{order.number}/tin-nhan"]')
    person.type(text="Lô mật này lấy tháng mấy ạ?")
    person.press("main form .btn")
    person.sees("Lô mật này lấy tháng mấy ạ?")
    seller.go("/ban-hang/")
    seller.sees("1 tin nhắn mới.")
    seller.go(f"/ban-hang/don-hang/{order.number}/tin-nhan/")
    seller.type(text="Dạ tháng Hai, lúc điều ra hoa.")
    seller.press("main form .btn")
    seller.sees("Dạ tháng Hai, lúc điều ra hoa.")
    person.page.reload()
    person.sees("Dạ tháng Hai, lúc điều ra hoa.", "đã xem")
    person.shoot("75-messages")


def review(person: Person, order: Order) -> None:
    """Stars and words; they stand on the page of the goods at once."""
    person.go(f"/don-hang/{order.number}")
    person.press(f'a[href$="/don-hang/{order.number}/danh-gia/1"]')
    person.tick("rating", "4")
    person.type(text="Mật thơm, vận chuyển hơi ẩu.")
    person.shoot("76-review")
    person.press("main form .btn")
    person.sees("Cảm ơn bạn. Đánh giá đã hiện trên trang sản phẩm.")
    line = order.lines.select_related("variant__product").get()
    assert line.variant is not None
    product = line.variant.product
    person.go(f"/san-pham/{product.slug}-{product.pk}")
    person.sees("Mật thơm, vận chuyển hơi ẩu.")


def buy_again(person: Person, order: Order) -> None:
    person.go(f"/don-hang/{order.number}")
    person.press('form[action$="/mua-lai"] button')
    person.at("/gio")
    person.sees("Mật ong hoa điều")
