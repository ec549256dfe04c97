"""What a grade promises, checked when a vendor states values and when the grade changes."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from accounts.models import User
from catalog.errors import BadSpec
from catalog.grades import Measure, all_grades, find_grade
from catalog.models import Category
from catalog.services.listing import create_product, edit_product
from catalog.services.revisions import decide_revision, propose_revision
from catalog.services.specs import free_rows, grade_rows, read_specs
from core.errors import BadFields
from tests.making import make_category, make_product
from vendors.models import Vendor


@pytest.fixture
def kernels(db: None) -> Category:
    return make_category(slug="nhan", commodity="cashew", grades=["W240", "W320"])


def refused(grade: str, **values: str) -> dict[str, str]:
    with override("en"):
        with pytest.raises(BadFields) as told:
            read_specs(grade, values, [])
        return {field: str(error) for field, error in told.value.errors.items()}


def test_every_grade_of_the_demo_is_in_the_file_with_words_in_both_languages() -> None:
    assert {"W320", "550 g/l", "SVR 3L", "TCVN 12605", "R1 S18"} <= set(all_grades())
    for grade in all_grades().values():
        assert grade.limits
        assert all((grade.plain_vi, grade.plain_en, grade.source_vi, grade.source_en))


@pytest.mark.parametrize(
    ("code", "key", "vi", "en"),
    [
        ("W320", "count_lb", "300–320", "300–320"),
        ("W320", "moisture", "≤ 5 %", "≤ 5%"),
        ("550 g/l", "density", "≥ 550 g/l", "≥ 550 g/l"),
        ("550 g/l", "foreign", "≤ 0,5 %", "≤ 0.5%"),
        ("SVR 3L", "dirt", "≤ 0,03 %", "≤ 0.03%"),
        ("SVR 3L", "colour", "≤ 6", "≤ 6"),
        ("SVR CV60", "mooney", "55–65", "55–65"),
        ("SVR 20", "pri", "≥ 40", "≥ 40"),
        ("LA", "ammonia", "≤ 0,29 %", "≤ 0.29%"),
    ],
)
def test_limits_are_said_in_both_languages(code: str, key: str, vi: str, en: str) -> None:
    grade = find_grade(code)
    assert grade is not None
    limit = grade.limit(key)
    assert limit is not None
    assert (limit.said("vi"), limit.said("en")) == (vi, en)


@pytest.mark.parametrize(
    ("code", "key", "typed", "low", "high"),
    [
        ("W320", "moisture", "4,80 %", "4.80", "4.80"),
        ("W320", "moisture", "≤ 5", "5", "5"),
        ("W320", "count_lb", "305 - 315 hạt", "305", "315"),
        ("550 g/l", "density", "1.200 g/l", "1200", "1200"),
        ("SVR 3L", "dirt", "0.025", "0.025", "0.025"),
    ],
)
def test_values_are_read_as_people_type_them(
    code: str, key: str, typed: str, low: str, high: str
) -> None:
    grade = find_grade(code)
    assert grade is not None
    limit = grade.limit(key)
    assert limit is not None
    assert limit.read(typed) == Measure(Decimal(low), Decimal(high))


def test_values_within_the_limits_become_rows_in_the_grades_order(db: None) -> None:
    free = [{"vi": "Hạn dùng", "en": "Best before", "value": "8 tháng"}]
    assert read_specs("W320", {"moisture": "4.8", "count_lb": "312", "dirt": "9"}, free) == [
        {"key": "count_lb", "vi": "Số nhân mỗi pound", "en": "Kernels per pound", "value": "312"},
        {"key": "moisture", "vi": "Độ ẩm", "en": "Moisture", "value": "4,8 %"},
        *free,
    ]


def test_a_value_outside_the_limit_says_what_the_grade_allows() -> None:
    assert refused("W320", moisture="6", count_lb="290-310", broken="ít") == {
        "spec_count_lb": "Kernels per pound: 290–310 is outside what W320 allows (300–320). "
        "Correct the number, or choose the grade that fits.",
        "spec_moisture": "Moisture: 6% is outside what W320 allows (≤ 5%). "
        "Correct the number, or choose the grade that fits.",
        "spec_broken": "Broken: please type a number (W320 allows ≤ 5%).",
    }
    assert list(refused("550 g/l", density="549")) == ["spec_density"]


def test_the_service_refuses_what_a_form_let_through(
    shop: Vendor, kernels: Category, an: User
) -> None:
    wet = [{"key": "moisture", "vi": "Độ ẩm", "en": "Moisture", "value": "7 %"}]
    fields = {"name_vi": "Nhân", "category_id": kernels.pk, "grade": "W320", "specs": wet}
    with pytest.raises(BadFields) as told:
        create_product(vendor=shop, fields=fields, actor=an)
    assert isinstance(told.value.errors["spec_moisture"], BadSpec)


def test_a_new_grade_keeps_only_the_values_that_it_allows(
    shop: Vendor, kernels: Category, an: User
) -> None:
    free = {"vi": "Hạn dùng", "en": "Best before", "value": "8 tháng"}
    specs = read_specs("W320", {"count_lb": "312", "moisture": "4,5"}, [free])
    fields = {"name_vi": "Nhân", "category_id": kernels.pk, "grade": "W320", "specs": specs}
    product = create_product(vendor=shop, fields=fields, actor=an)
    changed = edit_product(product=product, fields={"grade": "W240"}, actor=an)
    assert [row["value"] for row in changed.specs] == ["4,5 %", "8 tháng"]


def test_old_values_do_not_hinder_a_new_grade_and_new_ones_must_fit_it(
    shop: Vendor, kernels: Category, an: User
) -> None:
    specs = read_specs("W320", {"count_lb": "312", "moisture": "4,5"}, [])
    fields = {"name_vi": "Nhân", "category_id": kernels.pk, "grade": "W320", "specs": specs}
    product = create_product(vendor=shop, fields=fields, actor=an)
    wrong = [{**specs[0], "value": "330"}]
    with pytest.raises(BadFields):
        edit_product(product=product, fields={"grade": "W240", "specs": wrong}, actor=an)
    changed = edit_product(product=product, fields={"grade": "W240", "specs": specs}, actor=an)
    assert [row["key"] for row in changed.specs] == ["moisture"]


def test_a_live_product_asks_for_its_new_specification_and_staff_approve_it(
    shop: Vendor, kernels: Category, an: User, dung: User
) -> None:
    product = make_product(shop, category=kernels, grade="W320")
    specs = read_specs("W320", {"moisture": "4"}, [])
    asked = propose_revision(product=product, changes={"specs": specs}, actor=an)
    assert asked is not None
    decide_revision(revision=asked, decision="approve", actor=dung)
    product.refresh_from_db()
    assert product.specs == specs


def test_rows_of_the_grade_stand_beside_their_values_and_free_rows_apart() -> None:
    specs = [
        {"vi": "Hạng", "en": "Grade", "value": "W320"},
        {"key": "moisture", "vi": "Độ ẩm", "en": "Moisture", "value": "5,5 %"},
        {"vi": "Hạn dùng", "en": "Best before", "value": "8 tháng"},
    ]
    rows = {row.limit.property.key: row for row in grade_rows("W320", specs)}
    assert (rows["moisture"].value, rows["moisture"].holds) == ("5,5 %", False)
    assert (rows["broken"].value, rows["broken"].holds) == ("", True)
    assert [row["value"] for row in free_rows("W320", specs)] == ["8 tháng"]
    assert grade_rows("Tự chọn", specs) == []
