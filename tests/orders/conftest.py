"""The cast: An and Bình sell, Chi buys, Dung must never see anything."""

import pytest

from tests.making import make_rates, make_user, make_vendor
from vendors.models import Vendor


@pytest.fixture
def an(db: None) -> Vendor:
    make_rates()
    return make_vendor(owner=make_user(), name="HTX An", slug="htx-an")


@pytest.fixture
def binh(db: None) -> Vendor:
    return make_vendor(owner=make_user(), name="HTX Bình", slug="htx-binh")
