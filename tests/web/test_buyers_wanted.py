"""Saved goods, followed vendors, and waiting for a pack to be back: members and guests."""

import pytest
from django.test import Client

from accounts.models import OneTimeCode, User
from accounts.services.codes import code_text
from catalog.models import Product, StockWatch, VendorFollow, Wish
from catalog.services.indexing import index_product
from catalog.services.pricing import set_price
from catalog.services.watches import watch_stock
from tests.making import make_user
from tests.web.buyers_making import Shop, make_shop, offer

pytestmark = pytest.mark.django_db
EMAIL = "khach@thu.vn"


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def chi() -> User:
    return make_user(full_name="Trần Thị Chi")


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def sold_out(shop: Shop) -> int:
    shop.cashew.stock.on_hand = 0
    shop.cashew.stock.save()
    index_product(shop.product.pk)
    return shop.cashew.pk


def test_a_member_saves_goods_and_sees_the_price_then_and_now(
    client: Client, shop: Shop, chi: User
) -> None:
    client.force_login(chi)
    saved = client.post("/yeu-thich/sua", {"id": shop.product.pk, "product": shop.product.pk})
    assert (saved.status_code, saved["Location"]) == (303, f"/giao/{shop.product.pk}")
    assert 'aria-pressed="true">♥ Đã lưu' in text_of(client, f"/giao/{shop.product.pk}")
    set_price(variant=shop.cashew, price_vnd=170_000, actor=make_user())
    index_product(shop.product.pk)
    shown = text_of(client, "/yeu-thich/")
    assert "170.000\u00a0₫" in shown
    assert "185.000\u00a0₫ lúc lưu ngày" in shown
    assert "rẻ hơn lúc đó 15.000\u00a0₫" in shown
    gone = client.post("/yeu-thich/sua", {"id": shop.product.pk, "act": "bo"})
    assert (gone.status_code, gone["Location"]) == (303, "/yeu-thich/")
    assert "Bạn chưa lưu món nào" in text_of(client, "/yeu-thich/")


def test_with_javascript_the_part_of_the_page_comes_again(
    client: Client, shop: Shop, chi: User
) -> None:
    fields = {"id": shop.product.pk, "product": shop.product.pk, "act": "them"}
    as_part = {"Accept": "text/fragment"}
    assert client.post("/yeu-thich/sua", fields, headers=as_part).status_code == 204
    client.force_login(chi)
    part = client.post("/yeu-thich/sua", fields, headers=as_part)
    assert part.status_code == 200
    assert "♥ Đã lưu" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_a_guest_signs_in_and_what_was_wanted_is_saved(
    client: Client, shop: Shop, chi: User
) -> None:
    asked = client.post("/yeu-thich/sua", {"id": shop.product.pk, "product": shop.product.pk})
    assert asked["Location"] == "/tai-khoan/dang-nhap/?next=%2Fyeu-thich%2F"
    assert not Wish.objects.exists()
    assert "Đăng nhập" in text_of(client, "/yeu-thich/")
    client.force_login(chi)
    assert "Hạt điều rang muối" in text_of(client, "/yeu-thich/")
    client.post("/yeu-thich/sua", {"id": shop.product.pk, "act": "bo"})
    assert "Bạn chưa lưu món nào" in text_of(client, "/yeu-thich/")


def test_a_forged_wish_is_nobodys(client: Client, shop: Shop, chi: User) -> None:
    client.cookies["wanted"] = "W10:forged"
    client.force_login(chi)
    assert "Bạn chưa lưu món nào" in text_of(client, "/yeu-thich/")


def test_goods_that_are_no_longer_shown_stay_on_the_list_and_say_so(
    client: Client, shop: Shop, chi: User
) -> None:
    client.force_login(chi)
    client.post("/yeu-thich/sua", {"id": shop.product.pk})
    Product.objects.filter(pk=shop.product.pk).update(state="archived")
    index_product(shop.product.pk)
    assert "Sàn không còn bán món này" in text_of(client, "/yeu-thich/")


def test_nobody_sees_the_list_of_somebody_else(client: Client, shop: Shop, chi: User) -> None:
    client.force_login(chi)
    client.post("/yeu-thich/sua", {"id": shop.product.pk})
    client.post("/theo-doi/sua", {"id": shop.vendor.pk})
    client.force_login(make_user())
    assert "Hạt điều rang muối" not in text_of(client, "/yeu-thich/")
    assert "HTX Bù Đăng" not in text_of(client, "/theo-doi/")


@pytest.mark.parametrize("raw", ["", "x", "-1", "1e3", "9" * 30, "999999"])
def test_nonsense_is_a_missing_product(client: Client, shop: Shop, chi: User, raw: str) -> None:
    client.force_login(chi)
    for path in ("/yeu-thich/sua", "/theo-doi/sua"):
        assert client.post(path, {"id": raw}).status_code == 404


def test_new_goods_of_followed_vendors_are_counted_until_they_were_seen(
    client: Client, shop: Shop, chi: User
) -> None:
    client.force_login(chi)
    client.post("/theo-doi/sua", {"id": shop.vendor.pk})
    VendorFollow.objects.update(seen_at=shop.vendor.created_at)
    offer(shop.vendor, category=shop.category, name_vi="Điều mật ong", price_vnd=90_000)
    shown = text_of(client, "/theo-doi/")
    assert "2 món mới từ lần xem trước" in shown
    assert "Điều mật ong" in shown
    assert "Tiêu đen" not in shown
    assert "món mới từ lần xem trước" not in text_of(client, "/theo-doi/")
    client.post("/theo-doi/sua", {"id": shop.vendor.pk, "act": "bo"})
    assert "Bạn chưa theo dõi gian hàng nào" in text_of(client, "/theo-doi/")


def test_a_guest_who_wanted_to_follow_does_so_after_sign_in(
    client: Client, shop: Shop, chi: User
) -> None:
    asked = client.post("/theo-doi/sua", {"id": shop.vendor.pk, "product": shop.product.pk})
    assert asked["Location"] == "/tai-khoan/dang-nhap/?next=%2Ftheo-doi%2F"
    client.force_login(chi)
    assert "HTX Bù Đăng" in text_of(client, "/theo-doi/")


def test_a_member_waits_for_a_pack_with_one_press(client: Client, shop: Shop, chi: User) -> None:
    pk = sold_out(shop)
    client.force_login(chi)
    assert f"/bao-hang/{pk}" in text_of(client, f"/fragment/giao/{shop.product.pk}")
    done = client.post(f"/bao-hang/{pk}", follow=True)
    assert "chúng tôi sẽ báo cho bạn một lần" in done.content.decode()
    assert "chúng tôi sẽ báo khi có hàng" in text_of(client, f"/fragment/giao/{shop.product.pk}")
    assert "Món bạn đang chờ có hàng" in text_of(client, "/yeu-thich/")
    client.post("/yeu-thich/thoi-cho", {"id": pk})
    assert "Món bạn đang chờ có hàng" not in text_of(client, "/yeu-thich/")


def test_a_guest_waits_after_a_code_has_proved_the_address(client: Client, shop: Shop) -> None:
    pk = sold_out(shop)
    sent = client.post(f"/bao-hang/{pk}", {"contact": EMAIL})
    assert (sent.status_code, sent["Location"]) == (303, "/bao-hang/ma")
    assert "kh•••@thu.vn" in text_of(client, "/bao-hang/ma")
    wrong = client.post("/bao-hang/ma", {"code": "000000"})
    assert wrong.status_code == 400
    assert not StockWatch.objects.exists()
    code = OneTimeCode.objects.get(purpose="stock_watch", target=EMAIL)
    client.post("/bao-hang/ma", {"code": code_text(code)})
    watch = StockWatch.objects.get()
    assert (watch.variant_id, watch.contact, watch.user) == (pk, EMAIL, None)
    assert client.get("/bao-hang/ma").status_code == 404


def test_a_wrong_address_keeps_what_was_typed(client: Client, shop: Shop) -> None:
    answer = client.post(f"/bao-hang/{sold_out(shop)}", {"contact": "09 123"})
    assert answer.status_code == 400
    assert 'value="09 123"' in answer.content.decode()
    assert not OneTimeCode.objects.exists()


def test_nobody_waits_for_what_is_there_or_not_shown(client: Client, shop: Shop, chi: User) -> None:
    client.force_login(chi)
    assert "đã có hàng lại" in text_of(client, f"/bao-hang/{shop.cashew.pk}")
    assert client.post(f"/bao-hang/{shop.cashew.pk}").status_code == 409
    guest = Client().post(f"/bao-hang/{shop.cashew.pk}", {"contact": EMAIL})
    assert guest.status_code == 409
    assert not OneTimeCode.objects.exists()
    assert client.get("/bao-hang/999999").status_code == 404


def test_the_link_in_a_message_asks_before_it_ends_the_waiting(client: Client, shop: Shop) -> None:
    watch = watch_stock(variant_id=sold_out(shop), contact=EMAIL)
    path = f"/bao-hang/thoi/{watch.token}"
    assert "Đúng, thôi nhận" in text_of(client, path)
    assert StockWatch.objects.filter(ended_at=None).exists()
    assert "không báo hàng về nữa" in client.post(path).content.decode()
    assert not StockWatch.objects.filter(ended_at=None).exists()
    assert client.get("/bao-hang/thoi/khong-co").status_code == 404
