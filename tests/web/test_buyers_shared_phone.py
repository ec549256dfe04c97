"""One phone in the family: what somebody opened on it is closed when they sign out."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import OneTimeCode, User
from accounts.services.codes import code_text
from orders.models import Purchase
from tests.making import make_purchase, make_user
from tests.web.buyers_making import Shop, add, make_shop, shown

pytestmark = pytest.mark.django_db(transaction=True)
OPENED = "Đã mở trên máy này"


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def order(client: Client, shop: Shop, user: User | None = None) -> Purchase:
    """One pack, placed on this device by a guest or by `user`, who stays signed in."""
    if user is not None:
        client.force_login(user)
    add(client, shop.cashew)
    assert client.post("/dat-hang", shown(client))["Location"] == "/dat-hang/xong"
    return Purchase.objects.latest("pk")


def open_by_code(client: Client, purchase: Purchase) -> None:
    client.post("/don-hang/", {"number": purchase.number, "phone": "0912 345 678"})
    client.post("/don-hang/ma", {"code": code_text(OneTimeCode.objects.latest("pk"))})
    assert client.get(f"/don-hang/{purchase.number}").status_code == 200


def sign_out(client: Client) -> None:
    assert client.post("/tai-khoan/dang-xuat/").status_code == 302


def assert_closed(client: Client, purchase: Purchase) -> None:
    page = client.get(f"/don-hang/{purchase.number}")
    assert (page.status_code, page["Location"]) == (303, f"/don-hang/?so={purchase.number}")
    assert purchase.number not in client.get("/don-hang/").text
    assert client.get("/dat-hang/xong")["Location"] == "/don-hang/"


def test_signing_out_closes_what_the_account_ordered(client: Client, shop: Shop) -> None:
    purchase = order(client, shop, make_user())
    assert purchase.number in client.get("/dat-hang/xong").text
    sign_out(client)
    assert_closed(client, purchase)


def test_the_next_member_on_the_same_phone_sees_nothing(client: Client, shop: Shop) -> None:
    first, second = make_user(), make_user()
    purchase = order(client, shop, first)
    cookies = client.cookies.copy()
    sign_out(client)
    client.force_login(second)
    assert_closed(client, purchase)
    client.cookies.update(cookies)  # as if signing out had dropped nothing
    client.force_login(second)
    assert_closed(client, purchase)


def test_a_session_that_ended_by_itself_closes_it_too(client: Client, shop: Shop) -> None:
    purchase = order(client, shop, make_user())
    del client.cookies[settings.SESSION_COOKIE_NAME]
    assert_closed(client, purchase)


def test_an_order_a_member_opened_with_a_code_is_closed_as_well(client: Client, shop: Shop) -> None:
    purchase = make_purchase({shop.cashew: 1})
    client.force_login(make_user())
    open_by_code(client, purchase)
    assert OPENED in client.get("/don-hang/").text
    sign_out(client)
    assert_closed(client, purchase)


def test_a_question_that_waits_for_its_code_is_dropped_at_sign_out(
    client: Client, shop: Shop
) -> None:
    client.force_login(make_user())
    number = make_purchase({shop.cashew: 1}).number
    client.post("/don-hang/", {"number": number, "phone": "0912 345 678"})
    assert number in client.get("/don-hang/ma").text
    sign_out(client)
    assert client.get("/don-hang/ma")["Location"] == "/don-hang/"


def test_a_guests_order_stays_open_on_its_device_until_somebody_signs_out_there(
    client: Client, shop: Shop
) -> None:
    purchase = order(client, shop)
    assert purchase.number in client.get("/dat-hang/xong").text
    assert client.get(f"/don-hang/{purchase.number}").status_code == 200
    client.force_login(make_user())
    assert OPENED in client.get("/don-hang/").text
    assert client.get(f"/don-hang/{purchase.number}").status_code == 200
    sign_out(client)
    assert_closed(client, purchase)


def test_an_old_page_with_a_used_key_opens_a_members_order_for_nobody_else(
    client: Client, shop: Shop
) -> None:
    """The back button after sign-out: the form with its key is still there."""
    client.force_login(make_user())
    add(client, shop.cashew)
    form = shown(client)
    client.post("/dat-hang", form)
    purchase = Purchase.objects.get()
    assert client.post("/dat-hang", form)["Location"] == "/dat-hang/xong"
    sign_out(client)
    again = client.post("/dat-hang", form)
    assert (again.status_code, again["Location"]) == (303, f"/don-hang/?so={purchase.number}")
    assert_closed(client, purchase)
