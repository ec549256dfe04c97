"""Finding on a phone: suggestions by keyboard, filters and the map, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Meet

pytestmark = pytest.mark.browser


def test_suggestions_follow_the_keys_and_lead_on(seeded: None, meet: Meet) -> None:
    buyer = meet()
    buyer.go("/")
    field, offers = buyer.find("#find"), buyer.find("#offers [role=option]")
    field.press_sequentially("hat d", delay=30)
    expect(offers.first).to_contain_text("hạt điều")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_role("combobox")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "offer-0")
    expect(offers.first).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.input_value() == "hat d"
    field.press("ArrowDown")
    wanted = offers.first.locator("span").inner_text()
    field.press("Enter")
    buyer.at("/tim")
    buyer.sees(wanted)
    assert buyer.troubles == []


def test_enter_without_a_choice_searches_what_was_typed(seeded: None, meet: Meet) -> None:
    buyer = meet()
    buyer.go("/en/")
    buyer.find("#find").press_sequentially("black pep", delay=30)
    expect(buyer.find("#offers [role=option]").first).to_be_visible()
    buyer.find("#find").press("Enter")
    buyer.at("/en/tim")
    buyer.sees("black pep")


@pytest.mark.parametrize("js", [True, False])
def test_filters_and_more_goods(seeded: None, meet: Meet, *, js: bool) -> None:
    buyer = meet(js=js)
    buyer.go("/nganh/hat-dieu/")
    buyer.press(".filters summary")
    buyer.tick("con", "1")
    buyer.tick("gia", "50000")
    buyer.press(".filters .send button")
    buyer.at("/nganh/hat-dieu/")
    assert "con=1&gia=50000" in buyer.page.url.replace("gia=50000&con=1", "con=1&gia=50000")
    buyer.sees("Còn hàng", "50.000")
    buyer.go("/tim")
    shown = buyer.find("#goods > li").count()
    buyer.press("[data-more]")
    buyer.page.wait_for_url("**/tim?trang=2")
    if js:
        expect(buyer.find("#goods > li")).to_have_count(2 * shown)
    else:
        expect(buyer.find("#goods > li")).to_have_count(shown)
    assert buyer.troubles == []


def test_a_ward_on_the_map_leads_to_its_goods(seeded: None, meet: Meet) -> None:
    buyer = meet(js=False)
    buyer.go("/ban-do/")
    buyer.press('.map a[aria-label^="Xã Bù Đăng"]')
    buyer.at("/tim")
    buyer.sees("Hàng ở Xã Bù Đăng")
