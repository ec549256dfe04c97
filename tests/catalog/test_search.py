"""What people really type, and what must come first. One small shelf for all of them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from catalog.models import Category
from catalog.selectors.lists import list_products
from catalog.selectors.types import ListQuery
from catalog.synonyms import are_goods
from catalog.words import words_of
from tests.catalog.shelf import find, names, put_up
from tests.making import make_category, make_user, make_vendor
from vendors.models import Vendor
from vietnam.text import sort_key

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_shelf")]

# Name, English name, grade, category, how many were sold.
SHELF = (
    ("Hạt điều rang muối vỏ lụa", "Salted roasted cashews, skin on", "", "nuts", 50),
    ("Hạt điều mật ong", "Honey cashews", "", "nuts", 80),
    ("Hạt điều tỏi ớt", "Garlic chilli cashews", "", "nuts", 40),
    ("Nhân điều trắng W320", "White cashew kernels W320", "W320", "nuts", 10),
    ("Nhân điều trắng W240", "White cashew kernels W240", "W240", "nuts", 20),
    ("Bơ hạt điều", "Cashew butter", "", "nuts", 5),
    ("Tiêu đen nguyên hạt", "Whole black peppercorns", "", "pepper", 60),
    ("Tiêu sọ hữu cơ", "Organic white pepper", "", "pepper", 30),
    ("Muối tiêu rừng", "Pepper salt", "", "pepper", 90),
    ("Cao su SVR 3L", "Natural rubber SVR 3L", "SVR 3L", "rubber", 3),
    ("Mật ong hoa điều", "Cashew-blossom honey", "", "honey", 70),
    ("Tinh bột nghệ mật ong", "Turmeric in honey", "", "honey", 15),
    ("Cà phê robusta rang mộc", "Plain roasted robusta coffee", "", "coffee", 45),
    ("Cà phê bột pha phin", "Ground coffee for the phin", "", "coffee", 35),
    ("Sầu riêng Ri6", "Ri6 durian", "", "fruit", 25),
    ("Bơ 034", "Avocado 034", "", "fruit", 22),
    ("Bò khô", "Beef jerky", "", "dried", 99),
    ("Mít Thái", "Thai jackfruit", "", "fruit", 12),
    ("Mít sấy giòn", "Crisp dried jackfruit", "", "dried", 18),
    ("Bưởi da xanh", "Green-skin pomelo", "", "fruit", 14),
    ("Măng le rừng khô", "Dried forest bamboo shoots", "", "dried", 9),
    ("Măng cụt", "Mangosteen", "", "fruit", 28),
    ("Tổ yến tinh chế", "Cleaned bird's nest", "", "dried", 4),
    ("Nấm linh chi đỏ", "Red reishi mushroom", "", "dried", 6),
    ("Nghệ vàng tươi", "Fresh turmeric root", "", "spice", 7),
    ("Lạp xưởng heo tươi", "Fresh pork sausage", "", "dried", 8),
    ("Bánh tráng mè dừa", "Sesame coconut rice paper", "", "dried", 11),
    ("Dưa lưới", "Netted melon", "", "fruit", 33),
    ("Dứa mật", "Honey pineapple", "", "fruit", 13),
)
CATEGORIES = {
    "nuts": ("Hạt điều", "Cashews"),
    "pepper": ("Hồ tiêu", "Pepper"),
    "rubber": ("Cao su", "Rubber"),
    "honey": ("Mật ong", "Honey"),
    "coffee": ("Cà phê", "Coffee"),
    "fruit": ("Trái cây tươi", "Fresh fruit"),
    "dried": ("Đồ khô", "Dried goods"),
    "spice": ("Gia vị", "Spices"),
}


@pytest.fixture(scope="module")
def _shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        owner = make_user()
        vendor = make_vendor(owner=owner, name="HTX Nông nghiệp Bom Bo", ward_code="25405")
        made = {key: _category(key) for key in CATEGORIES}
        for name, english, grade, category, sold in SHELF:
            _put(vendor, (name, english, grade), made[category], sold)
        yield
        transaction.set_rollback(True)


def _category(key: str) -> Category:
    vi, en = CATEGORIES[key]
    return make_category(slug=key, name_vi=vi, name_en=en)


def _put(vendor: Vendor, words: tuple[str, str, str], category: Category, sold: int) -> None:
    name, english, grade = words
    put_up(vendor, name, name_en=english, grade=grade, category=category, sold_count=sold)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        # without marks, in capitals, with marks in the wrong place, half typed
        ("hat dieu rang muoi", "Hạt điều rang muối vỏ lụa"),
        ("HẠT ĐIỀU RANG MUỐI", "Hạt điều rang muối vỏ lụa"),
        ("hạt điều rang muối vỏ lụa", "Hạt điều rang muối vỏ lụa"),
        ("hat dieu mat o", "Hạt điều mật ong"),
        ("dieu toi ot", "Hạt điều tỏi ớt"),
        ("ca phe", "Cà phê robusta rang mộc"),
        ("cà phê bột", "Cà phê bột pha phin"),
        ("sau rieng", "Sầu riêng Ri6"),
        ("sầu r", "Sầu riêng Ri6"),
        ("mang cut", "Măng cụt"),
        ("măng khô", "Măng le rừng khô"),
        # the name is the searched thing itself, before what only contains it
        ("mật ong", "Mật ong hoa điều"),
        ("tiêu", "Tiêu đen nguyên hạt"),
        ("mit", "Mít sấy giòn"),
        ("mít thái", "Mít Thái"),
        ("nghệ", "Nghệ vàng tươi"),
        # marks that were typed decide between words that fold alike
        ("bơ", "Bơ 034"),
        ("bò", "Bò khô"),
        ("dưa", "Dưa lưới"),
        ("dứa", "Dứa mật"),
        # other names
        ("đào lộn hột", "Hạt điều mật ong"),
        ("hột điều", "Hạt điều mật ong"),
        ("tiêu trắng", "Tiêu sọ hữu cơ"),
        ("quả bơ", "Bơ 034"),
        ("cafe", "Cà phê robusta rang mộc"),
        ("yến sào", "Tổ yến tinh chế"),
        # English
        ("cashew", "Hạt điều mật ong"),
        ("cashew butter", "Bơ hạt điều"),
        ("avocados", "Bơ 034"),
        ("honey", "Mật ong hoa điều"),
        ("white pepper", "Tiêu sọ hữu cơ"),
        ("coffee", "Cà phê robusta rang mộc"),
        ("durian", "Sầu riêng Ri6"),
        ("avocado", "Bơ 034"),
        ("bird's nest", "Tổ yến tinh chế"),
        # grades and codes
        ("w320", "Nhân điều trắng W320"),
        ("nhan dieu w240", "Nhân điều trắng W240"),
        ("svr 3l", "Cao su SVR 3L"),
        ("svr3l", "Cao su SVR 3L"),
        # who and where
        ("tieu bom bo", "Muối tiêu rừng"),
        ("htx bom bo", "Bò khô"),
        # a question around the goods
        ("mua hạt điều ở đâu rẻ", "Hạt điều mật ong"),
        ("gia sau rieng", "Sầu riêng Ri6"),
        # one wrong letter
        ("hat diue mat ong", "Hạt điều mật ong"),
        ("sầu rieg", "Sầu riêng Ri6"),
        ("lap xuongg", "Lạp xưởng heo tươi"),
        ("tuermeric", "Nghệ vàng tươi"),
        # what nobody sells
        ("điện thoại", None),
        ("w330", None),
    ],
)
def test_search_finds_first(typed: str, first: str | None) -> None:
    found = find(typed)
    assert found[:1] == ([first] if first else [])


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("hat diue", "hạt điều"),
        ("sau rieng cao cap", "sầu riêng"),
        ("gia sau rieng", ""),
        ("sầu riêng", ""),
        ("điện thoại", ""),
    ],
)
def test_a_mended_search_says_so(typed: str, corrected: str) -> None:
    assert list_products(ListQuery(text=typed)).corrected == corrected


def test_signs_alone_find_nothing() -> None:
    page = list_products(ListQuery(text="'; --"))
    assert (page.total, names(page)) == (0, [])


def test_words_that_never_meet_find_goods_with_most_of_them() -> None:
    page = list_products(ListQuery(text="mật ong sầu riêng"))
    assert page.is_partial
    assert names(page) == [
        "Hạt điều mật ong",
        "Mật ong hoa điều",
        "Sầu riêng Ri6",
        "Tinh bột nghệ mật ong",
        "Dứa mật",
    ]
    three = list_products(ListQuery(text="socola hạt điều"))
    assert (three.is_partial, names(three)[0]) == (True, "Hạt điều mật ong")
    assert "Bò khô" not in names(three)


def test_names_of_goods_are_not_mended_into_others() -> None:
    page = list_products(ListQuery(text="mat ong sau rieng"))
    assert (page.corrected, page.is_partial) == ("", True)
    assert are_goods(words_of("mat ong sau rieng"))
    assert not are_goods(words_of("hat dieu mui"))
    assert not are_goods([])


def test_words_that_meet_are_never_loosened() -> None:
    assert not list_products(ListQuery(text="mật ong")).is_partial
    page = list_products(ListQuery(text="mật ong", price_min=10**12))
    assert (page.total, page.is_partial) == (0, False)


def test_a_loose_search_can_be_narrowed_and_sorted() -> None:
    loose = ListQuery(text="mật ong sầu riêng", sort="name")
    page = list_products(loose)
    assert names(page) == sorted((str(name) for name in names(page)), key=sort_key)
    narrowed = list_products(replace(loose, price_min=10**12))
    assert (narrowed.total, narrowed.is_partial) == (0, False)
    assert list_products(replace(loose, per_page=3, page=2)).total == page.total


@pytest.mark.parametrize("typed", ["điện thoại", "iphone 15", "w330", "xe máy honda"])
def test_what_nobody_sells_stays_nothing(typed: str) -> None:
    page = list_products(ListQuery(text=typed))
    assert (page.total, page.is_partial) == (0, False)


def test_a_loose_search_takes_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    list_products(ListQuery())
    with django_assert_max_num_queries(6):
        list_products(ListQuery(text="mật ong bưởi da xanh"))
    with django_assert_max_num_queries(1):
        list_products(ListQuery(text="mật ong bưởi da xanh"))


def test_other_orders_keep_what_was_found() -> None:
    assert find("mật ong", sort="name") == sorted(find("mật ong", sort="name"), key=str)
    assert set(find("mật ong", sort="price")) == set(find("mật ong"))
