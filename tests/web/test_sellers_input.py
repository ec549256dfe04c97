"""Bad input at the seller's desk: the exact sentence, everything typed kept, nothing written."""

import pytest
from django.test import Client

from catalog.models import Product, Stock, Variant
from core.models import Picture, StoredFile
from tests.making import make_product, make_variant
from tests.web.sellers_making import cashew, desk, huge_png, jpeg, pdf
from vendors.models import Vendor

pytestmark = pytest.mark.django_db
Cast = tuple[Client, Vendor]
RANGE = "Hãy nhập giá từ 500\u00a0₫ đến 10.000.000.000\u00a0₫."
COUNT = "Hãy nhập số nguyên từ 0 đến 1.000.000."
BAD_PRICES = {
    "": "Hãy nhập giá bán.",
    "0": RANGE,
    "499": RANGE,
    "-1": "Giá không thể nhỏ hơn 0.",
    "1000000000000": RANGE,
    "10.000.000.001": RANGE,
    "185.5": "Giá là số đồng tròn, không có số lẻ. Ví dụ: 185.500.",
    "rẻ lắm": "Hãy ghi giá bằng chữ số, ví dụ 185.000.",
    "9" * 60: RANGE,
}
BAD_COUNTS = {
    "": "Hãy nhập một con số.",
    "-1": COUNT,
    "1.5": COUNT,
    "1000001": COUNT,
    "1000000000000": COUNT,
    "nhiều": COUNT,
    "9" * 60: COUNT,
}


@pytest.fixture
def cast() -> Cast:
    return desk()


@pytest.fixture
def variant(cast: Cast) -> Variant:
    return make_variant(cast[1], price_vnd=98_000, on_hand=40)


@pytest.mark.parametrize(("typed", "sentence"), BAD_PRICES.items())
def test_a_bad_price_is_answered(cast: Cast, variant: Variant, typed: str, sentence: str) -> None:
    address = f"/ban-hang/quy-cach/{variant.pk}/gia/?from=list"
    answer = cast[0].post(address, {"price_vnd": typed})
    assert answer.status_code == 422
    assert answer.context["wrong"]["text"] == sentence
    assert f'value="{typed}"' in answer.text
    variant.refresh_from_db()
    assert variant.price_vnd == 98_000


@pytest.mark.parametrize(("typed", "sentence"), BAD_COUNTS.items())
def test_a_bad_count_is_answered(cast: Cast, variant: Variant, typed: str, sentence: str) -> None:
    answer = cast[0].post(f"/ban-hang/quy-cach/{variant.pk}/kho/", {"on_hand": typed})
    assert answer.status_code == 422
    assert answer.context["wrong"]["text"] == sentence
    assert Stock.objects.get().on_hand == 40


def test_less_than_was_promised_is_answered(cast: Cast, variant: Variant) -> None:
    Stock.objects.update(held=12)
    answer = cast[0].post(f"/ban-hang/quy-cach/{variant.pk}/kho/", {"on_hand": "11"})
    assert answer.status_code == 422
    assert answer.context["wrong"]["text"] == "Hãy nhập số nguyên từ 12 đến 1.000.000."
    assert Stock.objects.get().on_hand == 40


@pytest.mark.parametrize("typed", ["0", "-5", "10001"])
def test_a_weight_out_of_range_is_answered(cast: Cast, typed: str) -> None:
    product = make_product(cast[1])
    pack = {
        "unit": "sack",
        "weight": typed,
        "weight_unit": "kg",
        "price_vnd": "5000",
        "on_hand": "1",
    }
    answer = cast[0].post(f"/ban-hang/san-pham/{product.pk}/quy-cach/", pack)
    assert answer.status_code == 422
    assert answer.context["form"].errors["weight"] == ["Hãy nhập khối lượng từ 1 g đến 10.000 kg."]
    assert f'value="{typed}"' in answer.text
    assert not product.variants.exists()


@pytest.mark.parametrize(
    ("base", "typed", "sentence"),
    [
        (
            "",
            "2.125",
            "Số này có thể hiểu là hàng nghìn hoặc là số lẻ của ki-lô-gam. Hãy viết hàng nghìn "
            "không có dấu, ví dụ 1200, và số lẻ như 1,2.",
        ),
        (
            "/en",
            "2,125",
            "This can be read as thousands or as parts of a kilogram. Write thousands without a "
            "sign between them, like 1200, and parts like 1.2.",
        ),
        ("/en", "10001", "Please enter a weight from 1 g to 10,000 kg."),
    ],
)
def test_a_weight_is_never_guessed(cast: Cast, base: str, typed: str, sentence: str) -> None:
    product = make_product(cast[1])
    pack = {"unit": "sack", "weight": typed, "weight_unit": "kg"}
    pack |= {"price_vnd": "5000", "on_hand": "1"}
    answer = cast[0].post(f"{base}/ban-hang/san-pham/{product.pk}/quy-cach/", pack)
    assert answer.context["form"].errors["weight"] == [sentence]
    assert not product.variants.exists()


@pytest.mark.parametrize(("base", "typed"), [("", "1.200"), ("/en", "1,200"), ("/en", "1 200")])
def test_grams_and_pieces_are_read_in_the_pages_language(cast: Cast, base: str, typed: str) -> None:
    product = make_product(cast[1])
    pack = {"unit": "sack", "weight": typed, "weight_unit": "g"}
    pack |= {"price_vnd": "5000", "on_hand": typed}
    cast[0].post(f"{base}/ban-hang/san-pham/{product.pk}/quy-cach/", pack)
    made = product.variants.get()
    assert (made.net_grams, made.stock.on_hand) == (1200, 1200)


COUNTS = {
    "": "Hãy nhập số nguyên từ 0 đến 1.000.000.",
    "/en": "Please enter a whole number from 0 to 1,000,000.",
}


@pytest.mark.parametrize(("base", "other"), [("", "1,000"), ("/en", "1.000")])
@pytest.mark.parametrize("typed", ["-1", "1000000000000", "1,5", "other"])
def test_a_senseless_number_of_pieces_is_refused_in_both_languages(
    cast: Cast, variant: Variant, base: str, other: str, typed: str
) -> None:
    data = {"on_hand": other if typed == "other" else typed}
    answer = cast[0].post(f"{base}/ban-hang/quy-cach/{variant.pk}/kho/", data)
    assert answer.status_code == 422
    assert answer.context["wrong"]["text"] == COUNTS[base]
    assert f'value="{data["on_hand"]}"' in answer.text
    assert Stock.objects.get().on_hand == 40


@pytest.mark.parametrize("base", ["", "/en"])
def test_no_pieces_left_is_a_count_like_others(cast: Cast, variant: Variant, base: str) -> None:
    assert (
        cast[0].post(f"{base}/ban-hang/quy-cach/{variant.pk}/kho/", {"on_hand": "0"}).status_code
        == 302
    )
    assert Stock.objects.get().on_hand == 0


def test_the_first_count_of_a_new_product_is_refused_in_english_too(cast: Cast) -> None:
    draft = make_product(cast[1], state="draft")
    make_variant(cast[1], product=draft, on_hand=0)
    for typed in ("0", "-1", "1000000000000"):
        answer = cast[0].post(f"/en/ban-hang/san-pham/{draft.pk}/so-luong/", {"on_hand": typed})
        assert answer.context["form"].errors["on_hand"] == [
            "Please enter a whole number from 1 to 1,000,000."
        ]
    assert Stock.objects.get().on_hand == 0


def test_a_new_product_needs_at_least_one_piece(cast: Cast) -> None:
    page, _ = cast
    cashew()
    page.post("/ban-hang/san-pham/moi/", {"pictures": jpeg()})
    draft = Product.objects.get()
    make_variant(cast[1], product=draft, on_hand=0)
    Product.objects.update(state="draft")
    answer = page.post(f"/ban-hang/san-pham/{draft.pk}/so-luong/", {"on_hand": "0"})
    assert answer.context["form"].errors["on_hand"] == ["Hãy nhập số nguyên từ 1 đến 1.000.000."]


def test_no_photo_is_answered(cast: Cast) -> None:
    answer = cast[0].post("/ban-hang/san-pham/moi/", {})
    assert answer.status_code == 422
    assert answer.context["form"].errors["pictures"] == ["Hãy chụp hoặc chọn một ảnh trước."]


@pytest.mark.parametrize(
    ("prefix", "sentence"),
    [
        (
            "",
            "“anh.jpg” là tài liệu PDF, không phải ảnh. "
            "Hãy chọn một tấm ảnh (JPEG, PNG hoặc WebP).",
        ),
        ("/en", "“anh.jpg” is a PDF document, not a photo. Choose a photo (JPEG, PNG or WebP)."),
    ],
)
def test_a_pdf_named_jpg_is_not_a_photo(cast: Cast, prefix: str, sentence: str) -> None:
    cashew()
    answer = cast[0].post(f"{prefix}/ban-hang/san-pham/moi/", {"pictures": pdf("anh.jpg")})
    assert answer.status_code == 422
    assert answer.context["form"].errors["pictures"] == [sentence]
    assert sentence in answer.text
    assert (Product.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_photo_named_pdf_is_a_photo(cast: Cast) -> None:
    cashew()
    answer = cast[0].post("/ban-hang/san-pham/moi/", {"pictures": jpeg(name="anh.pdf")})
    assert answer.status_code == 302
    assert StoredFile.objects.get().content_type == "image/jpeg"


def test_a_picture_of_400_million_pixels_is_refused(cast: Cast) -> None:
    cashew()
    answer = cast[0].post("/en/ban-hang/san-pham/moi/", {"pictures": huge_png()})
    assert answer.status_code == 422
    assert answer.context["form"].errors["pictures"] == [
        "This picture has too many pixels (over 40 million). Make it smaller and send it again."
    ]
    assert (Product.objects.count(), Picture.objects.count()) == (0, 0)


def test_one_bad_photo_among_good_ones_keeps_none(cast: Cast) -> None:
    cashew()
    cast[0].post("/ban-hang/san-pham/moi/", {"pictures": [jpeg(), pdf("anh.jpg")]})
    assert (Product.objects.count(), Picture.objects.count()) == (0, 0)


def test_somebody_elses_paper_cant_be_claimed(cast: Cast) -> None:
    stranger = desk()[1]
    theirs = stranger.papers.create(kind="ocop", state="accepted", number="9")
    cast[1].papers.create(kind="vietgap", state="accepted", number="1")
    product = make_product(cast[1], category=cashew(), state="draft")
    claim = {"description_vi": "Ngon.", "papers": [theirs.pk], "later": "1"}
    answer = cast[0].post(f"/ban-hang/san-pham/{product.pk}/gui/", claim)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["papers"]
    assert not product.papers.exists()


def test_a_name_of_200_letters_is_shortened_by_the_vendor(cast: Cast) -> None:
    category = cashew()
    product = make_product(cast[1], category=category, state="draft", name_vi="Điều")
    told = {"name_vi": "đ" * 200, "category_id": category.pk}
    answer = cast[0].post(f"/en/ban-hang/san-pham/{product.pk}/ten/", told)
    assert answer.context["form"].errors["name_vi"] == [
        "Shorten this to 160 characters; it has 200 now."
    ]
    product.refresh_from_db()
    assert product.name_vi == "Điều"


def test_texts_are_shown_as_text_not_as_html(cast: Cast) -> None:
    product = make_product(cast[1], name_vi="<script>alert(1)</script>", state="draft")
    text = cast[0].get(f"/ban-hang/san-pham/{product.pk}/").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
