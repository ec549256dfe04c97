"""My orders, messages, reviews, buying again and the order on paper, through their pages."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import OneTimeCode
from accounts.services.codes import code_text
from catalog.models import Product, Review
from orders.models import CartLine, Order, OrderMessage, Purchase
from orders.services.complaints.vendor import answer
from orders.services.messages import send_message
from tests.making import make_purchase, make_user, make_variant
from tests.orders.complaining import REFUSE, complain, deliver, member_of
from tests.web.following_making import device_of, make_delivered_order, make_shop_of_an
from tests.web.sellers_making import browser_of, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return make_delivered_order()


def test_my_orders_are_listed_page_by_page() -> None:
    shop, buyer = make_shop_of_an(), make_user()
    numbers = [
        make_purchase({make_variant(shop): 1}, buyer_id=buyer.pk, phone=f"09123456{n:02d}").number
        for n in range(21)
    ]
    client = browser_of(buyer)
    first = client.get("/don-hang/").content.decode()
    assert numbers[-1] in first
    assert numbers[0] not in first
    assert numbers[0] in client.get("/don-hang/?trang=2").content.decode()
    assert client.get("/don-hang/?trang=x").status_code == 200


def test_an_account_without_orders_is_told_so() -> None:
    text = browser_of(make_user()).get("/don-hang/").content.decode()
    assert "Chưa có đơn nào. Đơn bạn đặt khi đã đăng nhập sẽ ở đây." in text


def test_the_list_asks_the_database_a_fixed_number_of_times(
    django_assert_max_num_queries: "object",
) -> None:
    shop, buyer = make_shop_of_an(), make_user()
    for n in range(5):
        make_purchase({make_variant(shop): 1}, buyer_id=buyer.pk, phone=f"09123456{n:02d}")
    client = browser_of(buyer)
    client.get("/don-hang/")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get("/don-hang/")


def test_the_list_marks_what_waits_for_the_buyer() -> None:
    shop, buyer = make_shop_of_an(), make_user()
    order = make_purchase({make_variant(shop): 3}, buyer_id=buyer.pk).orders.get()
    client, seller = browser_of(buyer), member_of(shop)
    assert "Đến lượt bạn" not in client.get("/don-hang/").text
    complaint = complain(deliver(order))
    answer(complaint=complaint, offer=REFUSE, actor=seller)
    send_message(order=order, author_kind="vendor", actor=seller, key=uuid4(), text="Dạ")
    text = client.get("/don-hang/").text
    assert "Đến lượt bạn" in text
    assert "tin nhắn mới" in text


@pytest.mark.django_db(transaction=True)
def test_a_guests_orders_join_the_account_by_code() -> None:
    purchase = make_purchase({make_variant(make_shop_of_an()): 1})
    client = browser_of(make_user(phone="+84912345678"))
    page = client.get("/don-hang/").content.decode()
    assert purchase.number not in page
    assert "Gửi mã đến 0912 ••• 678" in page
    assert client.post("/don-hang/gan", {"way": "0"})["Location"] == "/don-hang/gan/ma"
    wrong = client.post("/don-hang/gan/ma", {"code": "1"})
    assert (wrong.status_code, Purchase.objects.get().buyer) == (400, None)
    done = client.post("/don-hang/gan/ma", {"code": code_text(OneTimeCode.objects.get())})
    assert done["Location"] == "/don-hang/?them=1"
    text = client.get(done["Location"]).content.decode()
    assert "Đã thêm 1 đơn cũ vào tài khoản của bạn." in text
    assert purchase.number in text


@pytest.mark.parametrize("way", ["", "7", "-1", "x", "+84987654321"])
def test_a_code_goes_only_to_the_accounts_own_ways(way: str) -> None:
    client = browser_of(make_user())
    assert client.post("/don-hang/gan", {"way": way})["Location"] == "/don-hang/"
    assert not OneTimeCode.objects.exists()
    assert client.get("/don-hang/gan/ma")["Location"] == "/don-hang/"
    assert Client().post("/don-hang/gan", {"way": "0"})["Location"] == "/don-hang/"


def test_the_page_of_an_order_asks_a_fixed_number_of_times(
    order: Order, django_assert_max_num_queries: "object"
) -> None:
    client = device_of(order)
    client.get(f"/don-hang/{order.number}")
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        client.get(f"/don-hang/{order.number}")


def test_buyer_and_vendor_write_to_each_other(order: Order) -> None:
    client, path = device_of(order), f"/don-hang/{order.number}/tin-nhan"
    key = str(uuid4())
    for _again in range(2):
        sent = client.post(path, {"key": key, "text": "Còn hàng mới không?", "photo": jpeg()})
        assert sent["Location"] == f"{path}#viet"
    assert OrderMessage.objects.count() == 1
    assert client.get(f"{path}/anh/1")["Content-Type"] == "image/webp"
    send_message(
        order=order,
        author_kind="vendor",
        actor=member_of(order.vendor),
        key=uuid4(),
        text="Dạ còn <b>mới</b>",
    )
    assert "tin nhắn mới" in client.get(f"/don-hang/{order.number}").content.decode()
    text = client.get(path).content.decode()
    assert "Dạ còn &lt;b&gt;mới&lt;/b&gt;" in text
    assert "tin nhắn mới" not in client.get(f"/don-hang/{order.number}").content.decode()


def test_an_empty_message_says_what_to_do(order: Order) -> None:
    answer = device_of(order).post(f"/don-hang/{order.number}/tin-nhan", {"text": " "})
    assert answer.status_code == 400
    assert '<a href="#f-text">Xin viết nội dung trước.</a>' in answer.content.decode()


def test_a_review_is_written_and_stands_on_the_product_page(order: Order) -> None:
    client, path = device_of(order), f"/don-hang/{order.number}/danh-gia/1"
    form = {"rating": "4", "text": "Hạt giòn, <i>vừa muối</i>"}
    for _again in range(2):
        assert client.post(path, form | {"photos": jpeg()})["Location"] == f"{path}?xong=1"
    review = Review.objects.get()
    assert (review.rating, review.author_name, review.photos.count()) == (4, "Chi", 1)
    assert (
        "Cảm ơn bạn. Đánh giá đã hiện trên trang sản phẩm."
        in client.get(f"{path}?xong=1").content.decode()
    )
    assert "4 ★" in client.get(f"/don-hang/{order.number}").content.decode()


@pytest.mark.parametrize("rating", ["", "0", "6", "năm", "１"])
def test_stars_must_be_chosen_and_the_text_stays(order: Order, rating: str) -> None:
    path = f"/don-hang/{order.number}/danh-gia/1"
    answer = device_of(order).post(path, {"rating": rating, "text": "Ngon"})
    assert answer.status_code == 400
    assert "Xin chọn từ một đến năm sao." in answer.content.decode()
    assert ">Ngon</textarea>" in answer.content.decode()
    assert not Review.objects.exists()


def test_goods_on_their_way_have_no_review_page(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(state="shipped")
    client = device_of(order)
    assert client.get(f"/don-hang/{order.number}/danh-gia/1").status_code == 404
    assert "danh-gia" not in client.get(f"/don-hang/{order.number}").content.decode()


@pytest.mark.parametrize("place", ["0", "2", "99999"])
def test_a_line_that_is_not_there_is_missing(order: Order, place: str) -> None:
    path = f"/don-hang/{order.number}/danh-gia/{place}"
    assert device_of(order).get(path).status_code == 404
    assert device_of(order).post(path, {"rating": "5"}).status_code == 404


def test_buying_again_fills_the_cart_once(order: Order) -> None:
    client = device_of(order)
    for _again in range(2):
        assert client.post(f"/don-hang/{order.number}/mua-lai")["Location"] == "/gio"
    assert [line.quantity for line in CartLine.objects.all()] == [3]


def test_buying_again_says_what_is_gone(order: Order) -> None:
    Product.objects.update(state="paused")
    client, path = device_of(order), f"/don-hang/{order.number}/mua-lai"
    sent = client.post(path)
    assert sent["Location"] == f"{path}?thieu=1"
    text = client.get(sent["Location"]).content.decode()
    assert "Không còn bán hoặc đã hết hàng:" in text
    assert order.lines.get().name in text
    assert not CartLine.objects.exists()
    assert client.get(f"{path}?thieu=x-9-&it=%00").status_code == 200


def test_the_order_on_paper(order: Order) -> None:
    assert order.purchase is not None
    client, number = device_of(order), order.purchase.number
    text = client.get(f"/don-hang/{number}/bien-nhan").content.decode()
    for words in ("Xác nhận đơn hàng", order.number, "322.000\u00a0₫", "không phải hoá đơn thuế"):
        assert words in text
    assert Client().get(f"/don-hang/{number}/bien-nhan").status_code == 303


def test_what_is_personal_is_kept_by_no_cache(order: Order) -> None:
    client = device_of(order)
    for path in ("", "/tin-nhan", "/khieu-nai", "/danh-gia/1", "/bien-nhan", "/mua-lai"):
        assert "no-store" in client.get(f"/don-hang/{order.number}{path}")["Cache-Control"], path
