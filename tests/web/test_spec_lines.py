"""Properties of goods: typed as lines by the vendor, shown in the language of the page."""

import pytest
from django.test import Client

from catalog.models import Product, Revision
from tests.making import make_product
from tests.web.buyers_making import offer
from tests.web.sellers_making import cashew, desk
from vendors.models import Vendor

pytestmark = pytest.mark.django_db
Cast = tuple[Client, Vendor]
ROWS = [
    {"vi": "Độ ẩm", "en": "Moisture", "value": "≤ 12,5 %", "value_en": "≤ 12.5 %"},
    {"vi": "Tiêu chuẩn", "en": "Standard", "value": "TCVN 4850"},
    {"vi": "Hạn dùng", "en": "", "value": "12 tháng"},
]
VI = "Độ ẩm: ≤ 12,5 %\nTiêu chuẩn: TCVN 4850\nHạn dùng: 12 tháng"
EN = "Moisture: ≤ 12.5 %\nStandard: TCVN 4850\n–"


@pytest.fixture
def cast() -> Cast:
    return desk()


def typed(product: Product, **changes: str) -> dict[str, str]:
    fields = {"name_vi": product.name_vi, "other_id": str(product.category_id)}
    return fields | {"specs_vi": VI, "specs_en": EN} | changes


def address(product: Product, base: str = "") -> str:
    return f"{base}/ban-hang/san-pham/{product.pk}/sua/"


def test_lines_in_both_languages_become_rows(cast: Cast) -> None:
    product = make_product(cast[1], category=cashew(), state="draft")
    assert cast[0].post(address(product), typed(product)).status_code == 302
    product.refresh_from_db()
    assert product.specs == ROWS


def test_rows_come_back_as_the_lines_that_were_typed(cast: Cast) -> None:
    product = make_product(cast[1], category=cashew(), specs=ROWS)
    form = cast[0].get(address(product)).context["form"]
    assert (form["specs_vi"].value(), form["specs_en"].value()) == (VI, EN)
    name = {"name_en": product.name_en}
    cast[0].post(address(product), typed(product, **name))
    assert not Revision.objects.exists()


def test_a_measured_row_stays_beside_the_lines(cast: Cast) -> None:
    measured = {"vi": "Nhân vỡ", "en": "Broken", "value": "4 %", "key": "broken"}
    product = make_product(cast[1], category=cashew(), state="draft", specs=[measured])
    page = cast[0].get(address(product))
    assert page.context["form"]["specs_vi"].value() == ""
    cast[0].post(address(product), typed(product))
    product.refresh_from_db()
    assert product.specs == [measured, *ROWS]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"specs_vi": "Độ ẩm: 5 %\nkhông có dấu hai chấm", "specs_en": ""},
            "specs_vi",
            "Hãy viết mỗi dòng theo kiểu “Tên: giá trị”, như “Độ ẩm: ≤ 5 %”. Dòng cần sửa: dòng 2.",
        ),
        (
            {"specs_en": "Moisture: ≤ 12.5 %"},
            "specs_en",
            "Hãy viết đủ số dòng như tiếng Việt và đúng thứ tự; "
            "dòng nào chưa có tiếng Anh thì ghi –",
        ),
        (
            {"specs_vi": f"Độ ẩm: {'5' * 121}", "specs_en": ""},
            "specs_vi",
            "Dòng 1 dài quá: tên và giá trị, mỗi phần tối đa 120 ký tự.",
        ),
        (
            {"specs_vi": "\n".join(["Độ ẩm: 5 %"] * 31), "specs_en": ""},
            "specs_vi",
            "Hãy viết tối đa 30 dòng.",
        ),
    ],
)
def test_a_wrong_line_is_named_and_all_is_kept(
    cast: Cast, changes: dict[str, str], field: str, sentence: str
) -> None:
    product = make_product(cast[1], category=cashew(), state="draft")
    sent = typed(product, **changes)
    answer = cast[0].post(address(product), sent)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors == {field: [sentence]}
    assert (form["specs_vi"].value(), form["specs_en"].value()) == (
        sent["specs_vi"],
        sent["specs_en"],
    )
    product.refresh_from_db()
    assert product.specs == []


def test_buyers_read_values_in_the_language_of_the_page(client: Client, cast: Cast) -> None:
    rows = [*ROWS, {"vi": "Độ giòn", "en": "Crispness", "value": "rất giòn"}]
    product = offer(cast[1], slug="dieu", price_vnd=98_000, specs=rows).product
    vietnamese = client.get(f"/san-pham/dieu-{product.pk}", follow=True).text
    english = client.get(f"/en/san-pham/dieu-{product.pk}", follow=True).text
    assert "<dt>Độ ẩm</dt><dd>≤ 12,5 %</dd>" in vietnamese
    assert "<dt>Moisture</dt><dd>≤ 12.5 %</dd><dt>Standard</dt><dd>TCVN 4850</dd>" in english
    foreign = '<span lang="vi">'
    assert f"<dt>{foreign}Hạn dùng</span></dt><dd>{foreign}12 tháng</span></dd>" in english
    assert f"<dt>Crispness</dt><dd>{foreign}rất giòn</span></dd>" in english
