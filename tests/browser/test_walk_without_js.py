"""The same walk with JavaScript off: slower in places, and complete."""

import pytest

from marketplace.books import run_checks
from tests.browser.conftest import Meet
from tests.browser.scene import Scene
from tests.browser.test_walk import becomes_a_seller, buys_of_two_vendors, fulfils, lists_goods

pytestmark = pytest.mark.browser


def test_the_walk_without_javascript(scene: Scene, worker: None, meet: Meet) -> None:
    seller, staff, guest = meet(js=False), meet(js=False), meet(js=False)
    becomes_a_seller(seller, staff)
    lists_goods(seller, staff, guest, scene)
    fulfils(seller, meet(js=False), buys_of_two_vendors(guest))
    assert [person.troubles for person in (seller, staff, guest)] == [[], [], []]
    assert run_checks() == []
