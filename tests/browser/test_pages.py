"""Every kind of page, at three widths and in both languages: whole, labelled, easy to hit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from marketplace import demo_accounts
from tests.browser import deciding, pages, selling
from tests.browser.conftest import HEIGHT, PHONE, Meet
from tests.browser.person import Person

pytestmark = pytest.mark.browser
CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
WIDTHS = (1280, PHONE, 320)
LANGUAGES = ("vi", "en")
FIRST_PRODUCT_BY = 740
TOP_OF_FIRST = "document.querySelector('.goods li').getBoundingClientRect().top"
# A ring around the focused element itself, around what it stands in, or around its whole card.
HAS_RING = """() => {
  const ring = (el, part) => getComputedStyle(el, part).outlineStyle !== "none";
  const at = document.activeElement;
  if (at === document.body) return true; // past the last one
  return ring(at) || ring(at, "::after") || ring(at.parentElement);
}"""


def problems(person: Person, paths: list[str]) -> list[str]:
    """What is wrong with these pages, each sentence with where it was seen."""
    found: list[str] = []
    for path in paths:
        for language in LANGUAGES:
            person.page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
            person.go(f"/en{path}" if language == "en" else path)
            person.page.wait_for_load_state("networkidle")
            for width in WIDTHS:
                person.page.set_viewport_size({"width": width, "height": HEIGHT})
                where = f"{path} {language} {width}"
                said: list[str] = person.page.evaluate(CHECKS, language)
                found += [f"{where}: {sentence}" for sentence in said]
    return found + person.troubles


def test_the_shop(seeded: None, meet: Meet) -> None:
    assert problems(meet(), pages.of_buyers()) == []


def test_signing_in_and_the_like(seeded: None, meet: Meet) -> None:
    assert problems(meet(), pages.of_accounts()) == []


def test_the_sellers_desk(seeded: None, meet: Meet) -> None:
    seller = meet()
    selling.sign_in(seller, demo_accounts.COOPERATIVE, demo_accounts.PASSWORD)
    assert problems(seller, pages.of_sellers()) == []


def test_the_provinces_desk(seeded: None, meet: Meet) -> None:
    staff = meet()
    deciding.sign_in(staff, demo_accounts.STAFF, demo_accounts.PASSWORD)
    assert problems(staff, pages.of_staff()) == []


def test_the_first_goods_are_seen_without_scrolling(seeded: None, meet: Meet) -> None:
    person = meet()
    for path in ("/", "/en/"):
        person.go(path)
        top = person.page.evaluate(
            "document.querySelector('.goods li').getBoundingClientRect().top"
        )
        picture = person.find(".goods li img").first.bounding_box()
        assert picture is not None
        assert top < FIRST_PRODUCT_BY
        assert picture["y"] + picture["height"] / 2 < FIRST_PRODUCT_BY


@pytest.mark.parametrize("paths_of", [pages.of_buyers, pages.of_accounts], ids=["shop", "accounts"])
def test_the_keyboard_sees_where_it_is(
    seeded: None, meet: Meet, paths_of: Callable[[], list[str]]
) -> None:
    """The first Tab shows the way past the header; whatever has the focus has an outline."""
    person = meet()
    for path in paths_of()[:6]:
        if path.startswith("/api/"):
            continue
        person.go(path)
        tab(person.page)
        assert in_focus(person.page, "className") == "skip", path
        assert box_of_focus(person.page)["height"] >= 40, path
        person.page.keyboard.press("Enter")
        for _ in range(6):
            tab(person.page)
            assert person.page.evaluate(HAS_RING), f"{path}: {in_focus(person.page, 'outerHTML')}"


def tab(page: Page) -> None:
    page.keyboard.press("Tab")


def in_focus(page: Page, what: str) -> str:
    return str(page.evaluate(f"String(document.activeElement.{what}).slice(0, 200)"))


def box_of_focus(page: Page) -> dict[str, float]:
    box: dict[str, float] = page.evaluate(
        "(({ width, height }) => ({ width, height }))"
        "(document.activeElement.getBoundingClientRect())"
    )
    return box
