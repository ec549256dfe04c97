"""The desk renames kinds of goods: what was typed stays, and no address is taken from another."""

import pytest
from django.test import Client

from catalog.models import Category
from tests.making import make_category, make_user
from tests.web.sellers_making import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return browser_of(make_user(is_staff=True))


@pytest.fixture
def cashew() -> Category:
    return make_category(slug="hat-dieu", slug_en="cashews", name_vi="Hạt điều", name_en="Cashews")


def test_the_list_shows_both_addresses(desk: Client, cashew: Category) -> None:
    text = desk.get("/can-bo/nganh/").content.decode()
    assert "/nganh/hat-dieu/" in text
    assert "/en/nganh/cashews/" in text
    assert f'href="/can-bo/nganh/{cashew.pk}/"' in text


def test_a_new_name_moves_the_address_and_shows_the_old_one(desk: Client, cashew: Category) -> None:
    path = f"/can-bo/nganh/{cashew.pk}/"
    sent = desk.post(path, {"name_vi": "Điều quê", "name_en": "Cashews"}, follow=True)
    text = sent.content.decode()
    assert sent.redirect_chain == [(path, 302)]
    assert "Đã lưu tên." in text
    assert "/nganh/hat-dieu/" in text
    moved = Client().get("/nganh/hat-dieu/")
    assert (moved.status_code, moved["Location"]) == (301, "/nganh/dieu-que/")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name_vi": "", "name_en": "Nuts"}, "Hãy điền mục này."),
        ({"name_vi": "???", "name_en": "Nuts"}, "Hãy ghi tên."),
        ({"name_vi": "Hồ tiêu", "name_en": "Nuts"}, "đang là hoặc đã từng là tên"),
    ],
)
def test_what_was_typed_stays_beside_the_reason(
    desk: Client, cashew: Category, typed: dict[str, str], told: str
) -> None:
    make_category(slug="ho-tieu", name_vi="Hồ tiêu", name_en="Pepper")
    page = desk.post(f"/can-bo/nganh/{cashew.pk}/", typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert told in text
    assert 'value="Nuts"' in text
    cashew.refresh_from_db()
    assert (cashew.name_vi, cashew.slug) == ("Hạt điều", "hat-dieu")


def test_only_staff_come_in(cashew: Category) -> None:
    for path in ("/can-bo/nganh/", f"/can-bo/nganh/{cashew.pk}/"):
        assert browser_of(make_user()).get(path).status_code == 403
    assert browser_of(make_user(is_staff=True)).get("/can-bo/nganh/987654/").status_code == 404
