"""Saved addresses at checkout: filled in for a member, chosen by a tap, unknown to anybody else."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Address, User
from orders.models import Cart
from tests.making import BU_DANG, make_user
from tests.web.buyers_making import BEN_THANH, Shop, add, field, make_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture
def chi() -> User:
    return make_user(phone="+84912345678", full_name="Chi", email="chi@vuon.vn")


def save(user: User, ward_code: str, street: str, *, usual: bool = False) -> Address:
    return Address.objects.create(
        user=user, name=f"{user} nhận", phone="+84900000077", ward_code=ward_code,
        street=street, is_default=usual,
    )  # fmt: skip


def checkout(client: Client, path: str = "/dat-hang") -> dict[str, str]:
    page = client.get(path)
    return {name: field(page, name) for name in ("name", "phone", "street", "email")}


def shown(client: Client, path: str = "/dat-hang") -> str:
    return client.get(path).content.decode()


def test_the_usual_address_stands_in_the_form(client: Client, shop: Shop, chi: User) -> None:
    client.force_login(chi)
    add(client, shop.cashew)
    save(chi, BEN_THANH, "12 Lê Lợi", usual=True)
    assert checkout(client) == {
        "name": "Chi nhận",
        "phone": "0900 000 077",
        "street": "12 Lê Lợi",
        "email": "chi@vuon.vn",
    }
    page = shown(client)
    assert f'<option value="{BEN_THANH}" selected>' in page
    assert "Địa chỉ của tôi" not in page


def test_another_one_is_a_tap_away(client: Client, shop: Shop, chi: User) -> None:
    client.force_login(chi)
    add(client, shop.cashew)
    save(chi, BEN_THANH, "12 Lê Lợi", usual=True)
    other = save(chi, BU_DANG, "5 Trần Phú")
    page = shown(client)
    assert f'href="/dat-hang?dia-chi={other.pk}"' in page
    assert checkout(client, f"/dat-hang?dia-chi={other.pk}")["street"] == "5 Trần Phú"
    assert f'<option value="{BU_DANG}" selected>' in shown(client, f"/dat-hang?dia-chi={other.pk}")


def test_the_ward_that_was_looked_at_decides(client: Client, shop: Shop, chi: User) -> None:
    client.force_login(chi)
    add(client, shop.cashew)
    save(chi, BEN_THANH, "12 Lê Lợi", usual=True)
    save(chi, BU_DANG, "5 Trần Phú")
    Cart.objects.update(ward_code=BU_DANG)
    assert checkout(client)["street"] == "5 Trần Phú"
    Cart.objects.update(ward_code="26740")
    assert checkout(client)["street"] == ""


def test_a_member_without_an_address_is_known_by_name(
    client: Client, shop: Shop, chi: User
) -> None:
    client.force_login(chi)
    add(client, shop.cashew)
    assert checkout(client) == {
        "name": "Chi", "phone": "0912 345 678", "street": "", "email": "chi@vuon.vn",
    }  # fmt: skip


@pytest.mark.parametrize("chosen", ["theirs", "0", "x", "", "9" * 30])
def test_somebody_elses_address_is_like_a_missing_one(
    client: Client, shop: Shop, chi: User, chosen: str
) -> None:
    theirs = save(make_user(), BU_DANG, "99 Riêng Tư", usual=True)
    client.force_login(chi)
    add(client, shop.cashew)
    save(chi, BEN_THANH, "12 Lê Lợi", usual=True)
    wanted = str(theirs.pk) if chosen == "theirs" else chosen
    page = client.get("/dat-hang", {"dia-chi": wanted})
    assert field(page, "street") == "12 Lê Lợi"
    assert "99 Riêng Tư" not in page.content.decode()


def test_a_member_costs_one_query_more(
    client: Client,
    shop: Shop,
    chi: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(chi)
    add(client, shop.cashew)
    client.get("/quy-che/")
    with django_assert_max_num_queries(6):  # session, person, cart twice, lines, addresses
        client.get("/dat-hang")
