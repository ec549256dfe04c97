"""Servers of several processes on the test database, and three vendors with goods."""

from collections.abc import Callable, Iterator

import pytest

from catalog.models import Variant
from catalog.services.indexing import index_product
from marketplace.books import run_checks
from tests.making import make_rates, make_variant, make_vendor
from tests.races.serving import serving

MakeGoods = Callable[[int], Variant]


@pytest.fixture(autouse=True)
def books(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[None]:
    """After each of these tests the books are right, unless it is a twin that must break them."""
    yield
    if request.node.get_closest_marker("breaks_books") is None:
        assert run_checks() == []


@pytest.fixture(scope="session")
def market(django_db_setup: None) -> Iterator[str]:
    """The address of the market as it is."""
    with serving("tests.races.guarded") as base:
        yield base


@pytest.fixture
def make_goods(transactional_db: None) -> MakeGoods:
    """Makes a product on sale, of a vendor of its own, with this many units."""
    make_rates()

    def make(units: int) -> Variant:
        variant = make_variant(make_vendor(), on_hand=units)
        index_product(variant.product_id)
        return variant

    return make


def page_of(variant: Variant) -> str:
    return f"/en/san-pham/{variant.product.slug}-{variant.product_id}"
