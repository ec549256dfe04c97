from typing import Any

import pytest
from django.test import Client

from catalog.models import Product, Revision, Stock, Variant
from catalog.services import listing, moderation, revisions
from catalog.states import ProductState
from tests.making import make_category, make_product, make_user, make_variant
from tests.web.sellers_making import add_photo, cashew, desk, jpeg, member_of
from vendors.models import Vendor
from vendors.states import VendorState

pytestmark = pytest.mark.django_db
Cast = tuple[Client, Vendor]


@pytest.fixture
def cast() -> Cast:
    return desk(name="HTX An", slug="htx-an")


def at(product: Product) -> str:
    return f"/ban-hang/san-pham/{product.pk}/"


def five_screens(page: Client) -> Product:
    """A new product from its photo to the last screen, not yet sent."""
    category = cashew()
    name = page.post("/ban-hang/san-pham/moi/", {"pictures": jpeg()})["Location"]
    told = {"name_vi": "Hạt điều rang muối", "category_id": category.pk, "grade": "W320"}
    price = page.post(name, told)["Location"]
    pack = {"unit": "jar", "weight": "500", "weight_unit": "g", "price_vnd": "185k"}
    count = page.post(price, pack)["Location"]
    page.post(count, {"on_hand": "120"})
    return Product.objects.get()


def live(vendor: Vendor, **changes: object) -> Variant:
    product = make_product(vendor, **changes)
    add_photo(product)
    return make_variant(vendor, product=product, price_vnd=98_000, on_hand=40)


def test_a_new_product_is_five_screens(cast: Cast) -> None:
    page, _ = cast
    product = five_screens(page)
    words = {"description_vi": "Rang củi, muối vừa."}
    assert page.post(f"{at(product)}gui/", words)["Location"] == at(product)
    product.refresh_from_db()
    variant = product.variants.get()
    assert product.state == ProductState.SUBMITTED
    assert (variant.name_vi, variant.name_en) == ("Hũ 500 g", "500 g jar")
    assert (variant.net_grams, variant.price_vnd) == (500, 185_000)
    assert variant.sku == f"SP{product.pk}-1"
    assert variant.stock.on_hand == 120


def test_the_draft_is_kept_at_every_screen(cast: Cast) -> None:
    page, _ = cast
    category = cashew()
    name = page.post("/ban-hang/san-pham/moi/", {"pictures": jpeg()})["Location"]
    draft = Product.objects.get()
    assert (draft.state, draft.pictures.count()) == (ProductState.DRAFT, 1)
    page.post(name, {"name_vi": "Hạt điều rang muối", "category_id": category.pk})
    draft.refresh_from_db()
    assert (draft.name_vi, draft.category) == ("Hạt điều rang muối", category)
    pack = {"unit": "pack", "weight": "250", "weight_unit": "g", "price_vnd": "98 nghìn"}
    page.post(f"{at(draft)}gia/", pack)
    assert draft.variants.get().price_vnd == 98_000


def test_a_photo_opens_one_draft_however_often_it_is_sent(cast: Cast) -> None:
    page, _ = cast
    cashew()
    for _n in range(2):
        page.post("/ban-hang/san-pham/moi/", {"pictures": jpeg()})
    draft = Product.objects.get()
    assert draft.pictures.count() == 1
    assert page.get("/ban-hang/san-pham/moi/")["Location"] == f"{at(draft)}anh/"
    assert "Sản phẩm chưa đặt tên" in page.get("/ban-hang/san-pham/").text


def test_a_name_without_a_kind_is_helped_along(cast: Cast) -> None:
    page, _ = cast
    category = cashew()
    location = page.post("/ban-hang/san-pham/moi/", {"pictures": jpeg()})["Location"]
    answer = page.post(location, {"name_vi": "hạt điều rang tỏi ớt"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["category_id"] == ["Hãy chọn nhóm hàng."]
    assert f'name="category_id" value="{category.pk}" checked' in answer.text
    assert 'value="hạt điều rang tỏi ớt"' in answer.text


def test_a_name_is_recognised_without_its_marks(cast: Cast) -> None:
    page, _ = cast
    category = cashew()
    found = page.get("/ban-hang/san-pham/goi-y/", {"name": "hat dieu"})
    assert [each.pk for each in found.context["form"].likely] == [category.pk]


def test_going_back_changes_the_pack_and_keeps_the_count(cast: Cast) -> None:
    page, _ = cast
    product = five_screens(page)
    pack = {"unit": "sack", "weight": "0,5", "weight_unit": "kg", "price_vnd": "180.000"}
    page.post(f"{at(product)}gia/", pack)
    variant = product.variants.get(archived_at__isnull=True)
    assert (variant.name_vi, variant.net_grams, variant.stock.on_hand) == ("Bao 500 g", 500, 120)


def test_the_same_pack_sent_twice_is_one(cast: Cast) -> None:
    page, _ = cast
    product = five_screens(page)
    pack = {"unit": "jar", "weight": "500", "weight_unit": "g", "price_vnd": "190.000"}
    for _n in range(2):
        page.post(f"{at(product)}gia/", pack)
    assert product.variants.get().price_vnd == 190_000


def test_a_kilogram_needs_no_weight(cast: Cast) -> None:
    page, _ = cast
    product = five_screens(page)
    page.post(f"{at(product)}gia/", {"unit": "kg", "weight": "", "price_vnd": "300000"})
    variant = product.variants.get(archived_at__isnull=True)
    assert (variant.name_vi, variant.net_grams) == ("1 kg", 1000)


def test_what_is_missing_is_said_before_sending(cast: Cast) -> None:
    page, _ = cast
    product = five_screens(page)
    answer = page.post(f"/en{at(product)}gui/", {"description_vi": ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors["description_vi"] == [
        "Describe the product in a few sentences."
    ]
    product.refresh_from_db()
    assert product.state == ProductState.DRAFT


def test_before_approval_goods_are_prepared_but_not_sent() -> None:
    page, _ = desk(state=VendorState.SUBMITTED)
    product = five_screens(page)
    page.post(f"{at(product)}gui/", {"description_vi": "Rang củi."})
    product.refresh_from_db()
    assert (product.state, product.description_vi) == (ProductState.DRAFT, "Rang củi.")
    assert "Tỉnh duyệt hồ sơ xong thì gửi được sản phẩm." in page.get(f"{at(product)}gui/").text


def test_reasons_of_refusal_stand_beside_their_fields(cast: Cast) -> None:
    page, vendor = cast
    product = five_screens(page)
    listing.edit_product(
        product=product, fields={"description_vi": "Rang củi."}, actor=member_of(vendor)
    )
    listing.submit_product(product=product, actor=member_of(vendor))
    moderation.decide_product(
        product=product,
        decision="request_changes",
        reasons={"name_vi": "Ghi rõ loại điều."},
        actor=make_user(is_staff=True),
    )
    assert f'<a href="{at(product)}ten/">Ghi rõ loại điều.</a>' in page.get(at(product)).text
    assert "<b>Tỉnh đề nghị:</b> Ghi rõ loại điều." in page.get(f"{at(product)}ten/").text


def test_a_quick_price_counts_at_once_and_is_undone(cast: Cast) -> None:
    page, vendor = cast
    variant = live(vendor)
    page.post(f"/ban-hang/quy-cach/{variant.pk}/gia/", {"price_vnd": "105.000"})
    variant.refresh_from_db()
    assert variant.price_vnd == 105_000
    undo = page.get(at(variant.product)).context["undo"]
    assert undo["text"] == ("Gói 500 g: giá mới là 105.000\u00a0₫ (một trăm lẻ năm nghìn đồng).")
    page.post("/ban-hang/hoan-tac/", {"token": undo["token"], "back": "/ban-hang/san-pham/"})
    variant.refresh_from_db()
    assert variant.price_vnd == 98_000


def test_a_quick_count_is_undone_unless_something_was_sold(cast: Cast) -> None:
    page, vendor = cast
    variant = live(vendor)
    page.post(f"/ban-hang/quy-cach/{variant.pk}/kho/", {"on_hand": "55"})
    token = page.get(at(variant.product)).context["undo"]["token"]
    Stock.objects.filter(variant=variant).update(on_hand=54)
    answer = page.post("/ban-hang/hoan-tac/", {"token": token}, follow=True)
    assert "Số này vừa đổi tiếp. Hãy xem lại một lần nữa." in answer.text
    assert Stock.objects.get().on_hand == 54


def test_an_undo_of_somebody_else_is_not_there(cast: Cast) -> None:
    page, vendor = cast
    variant = live(vendor)
    page.post(f"/ban-hang/quy-cach/{variant.pk}/kho/", {"on_hand": "55"})
    token = page.get(at(variant.product)).context["undo"]["token"]
    stranger, _ = desk()
    assert stranger.post("/ban-hang/hoan-tac/", {"token": token}).status_code == 404
    assert Stock.objects.get().on_hand == 55


def test_a_made_up_undo_changes_nothing(cast: Cast) -> None:
    page, _ = cast
    answer = page.post("/ban-hang/hoan-tac/", {"token": "x:y:z"}, follow=True)
    assert "Đã quá giờ hoàn tác." in answer.text


def test_an_undo_leads_only_to_our_own_pages(cast: Cast) -> None:
    page, _ = cast
    for back in ("//evil.example/", "/\\evil.example/", "https://evil.example/"):
        answer = page.post("/ban-hang/hoan-tac/", {"token": "x", "back": back})
        assert answer["Location"] == "/ban-hang/san-pham/"


def test_a_live_text_waits_as_a_revision_and_can_be_withdrawn(cast: Cast) -> None:
    page, vendor = cast
    product = live(vendor, category=cashew(), name_vi="Điều cũ").product
    text = {"name_vi": "Điều mới", "other_id": product.category_id, "name_en": product.name_en}
    page.post(f"{at(product)}sua/", text)
    product.refresh_from_db()
    assert product.name_vi == "Điều cũ"
    assert Revision.objects.get().changes == {"name_vi": "Điều mới"}
    seen = page.get(at(product)).text
    assert "Bản sửa đang chờ duyệt." in seen
    assert "Khách vẫn thấy bản cũ." in seen
    difference = page.get(f"{at(product)}ban-cho/").context["differences"][0]
    assert (difference.old, difference.new) == ("Điều cũ", "Điều mới")
    page.post(f"{at(product)}ban-cho/rut/")
    assert revisions.find_waiting(product) is None


def test_photos_of_a_live_product_wait_too(cast: Cast) -> None:
    page, vendor = cast
    product = live(vendor, category=cashew()).product
    old = product.pictures.get().picture_id
    fields = {"name_vi": product.name_vi, "name_en": product.name_en}
    more = {"other_id": product.category_id, "pictures": jpeg("red")}
    page.post(f"{at(product)}sua/", fields | more)
    asked = Revision.objects.get().changes["pictures"]
    assert asked[0] == old
    assert len(asked) == 2
    assert list(product.pictures.values_list("picture_id", flat=True)) == [old]
    answer = page.get(
        page.get(f"{at(product)}ban-cho/").context["differences"][0].new_photos[1].url
    )
    assert answer["Content-Type"] == "image/jpeg"


def test_price_and_stock_of_a_live_product_need_no_approval(cast: Cast) -> None:
    page, vendor = cast
    variant = live(vendor)
    page.post(f"/ban-hang/quy-cach/{variant.pk}/kho/", {"on_hand": "1.000"})
    assert (Stock.objects.get().on_hand, Revision.objects.count()) == (1000, 0)


def test_pausing_and_selling_again(cast: Cast) -> None:
    page, vendor = cast
    product = live(vendor).product
    page.post(f"{at(product)}tam-ngung/")
    assert Product.objects.get().state == ProductState.PAUSED
    page.post(f"{at(product)}ban-lai/")
    assert Product.objects.get().state == ProductState.LIVE


def test_a_pack_size_is_added_once_and_taken_out_with_undo(cast: Cast) -> None:
    page, vendor = cast
    product = live(vendor).product
    pack = {"unit": "sack", "weight": "5", "weight_unit": "kg", "price_vnd": "900.000"}
    for _n in range(2):
        page.post(f"{at(product)}quy-cach/", pack | {"on_hand": "7"})
    added = product.variants.get(name_vi="Bao 5 kg")
    page.post(f"/ban-hang/quy-cach/{added.pk}/bo/")
    assert product.variants.filter(archived_at__isnull=True).count() == 1
    token = page.get(at(product)).context["undo"]["token"]
    page.post("/ban-hang/hoan-tac/", {"token": token})
    back = product.variants.get(name_vi="Bao 5 kg", archived_at__isnull=True)
    assert (back.sku, back.stock.on_hand) == (added.sku, 7)


def test_a_photo_is_taken_off_and_put_back(cast: Cast) -> None:
    page, _ = cast
    product = five_screens(page)
    page.post(f"{at(product)}anh/", {"pictures": jpeg("red")})
    before = list(product.pictures.values_list("picture_id", flat=True))
    page.post(f"{at(product)}anh/{before[0]}/bo/")
    assert list(product.pictures.values_list("picture_id", flat=True)) == before[1:]
    token = page.get(f"{at(product)}anh/").context["undo"]["token"]
    page.post("/ban-hang/hoan-tac/", {"token": token})
    assert list(product.pictures.values_list("picture_id", flat=True)) == before


def test_the_list_filters_by_state(cast: Cast) -> None:
    page, vendor = cast
    on_sale, waiting = live(vendor), make_product(vendor, state=ProductState.SUBMITTED)
    Stock.objects.filter(variant=on_sale).update(on_hand=4)
    shown = {
        name: [
            row["product"].pk
            for row in page.get(f"/ban-hang/san-pham/?show={name}").context["rows"]
        ]
        for name in ("all", "live", "low", "waiting", "draft")
    }
    assert shown == {
        "all": [waiting.pk, on_sale.product_id],
        "live": [on_sale.product_id],
        "low": [on_sale.product_id],
        "waiting": [waiting.pk],
        "draft": [],
    }


def test_a_grade_comes_from_the_category_or_from_the_one_above(cast: Cast) -> None:
    page, _ = cast
    root = make_category(name_vi="Nhân điều", grades=["W320"])
    leaf = make_category(parent=root, name_vi="Nhân điều trắng")
    name = page.post("/ban-hang/san-pham/moi/", {"pictures": jpeg()})["Location"]
    told = {"name_vi": "Nhân điều trắng", "category_id": leaf.pk, "grade": "W320"}
    assert page.post(name, told).status_code == 302
    assert Product.objects.get().grade == "W320"
    answer = page.post(name, told | {"grade": "SVR 3L"})
    assert answer.context["form"].errors["grade"] == ["Loại này không thuộc nhóm hàng đã chọn."]


def test_the_list_asks_the_database_a_fixed_number_of_times(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    page, vendor = cast
    category = cashew()
    for _n in range(12):
        live(vendor, category=category)
    with django_assert_max_num_queries(11):
        page.get("/ban-hang/san-pham/")
