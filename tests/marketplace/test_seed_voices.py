"""The demo's specifications keep what its grades promise, and people talk about its goods."""

import pytest

from catalog.grades import find_grade
from catalog.models import Category, Product, Question, ReviewPhoto
from catalog.services.specs import check_specs, grade_rows
from core import clock
from tests.marketplace.seeded import make_small_market

pytestmark = pytest.mark.django_db


def test_goods_of_the_demo_state_values_that_their_grade_allows_and_talk() -> None:
    make_small_market()
    codes = {
        code for grades in Category.objects.values_list("grades", flat=True) for code in grades
    }
    assert [code for code in sorted(codes) if find_grade(code) is None] == []
    for product in Product.objects.exclude(grade=""):
        check_specs(product.grade, product.specs)
        assert all(row.value and row.holds for row in grade_rows(product.grade, product.specs))
    answered = Question.objects.exclude(answered_at=None)
    assert answered.filter(public_from__lte=clock.now()).count() == answered.count() > 50
    assert 1 <= Question.objects.waiting().count() <= 4
    assert ReviewPhoto.objects.exists()
