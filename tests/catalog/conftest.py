"""The cast of the catalogue's tests: An sells, Dung decides for the province."""

import pytest

from accounts.models import User
from core import versions
from tests.making import make_user, make_vendor
from vendors.models import Vendor


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What other tests left in the caches is out of reach."""
    versions.bump_now()


@pytest.fixture
def an(db: None) -> User:
    return make_user(full_name="An")


@pytest.fixture
def shop(an: User) -> Vendor:
    return make_vendor(owner=an, name="HTX An", slug="htx-an")


@pytest.fixture
def dung(db: None) -> User:
    return make_user(full_name="Dung", is_staff=True)
