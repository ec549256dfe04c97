"""One's own pages in a browser: whole at every width; a passkey added and used with real clicks."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from marketplace import demo_accounts
from tests.browser.conftest import HEIGHT, PHONE, Meet
from tests.browser.market import SETTINGS
from tests.browser.selling import sign_in
from tests.browser.test_pages import problems
from tests.making import make_user
from tests.races.serving import free_port, serving
from tests.web.own_making import PASSWORD

pytestmark = pytest.mark.browser
ME, SIGN_IN = "/tai-khoan/", "/tai-khoan/dang-nhap/"
OWN = [
    ME, f"{ME}bao-mat/", f"{ME}bao-mat/ung-dung/", f"{ME}bao-mat/khoa/",
    f"{ME}bao-mat/ma-du-phong/",
    f"{ME}thiet-bi/", f"{ME}dia-chi/", f"{ME}dia-chi/them/", f"{ME}dong-y/", f"{ME}du-lieu/",
    f"{ME}du-lieu/xoa/", f"{ME}lien-he/", f"{ME}xac-nhan-lai/",
]  # fmt: skip
# A phone's own keeper of keys, which has just recognised its owner.
KEEPER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without"])
def test_ones_own_pages(seeded: None, meet: Meet, js: object) -> None:
    buyer = meet(js=js)
    sign_in(buyer, demo_accounts.BUYER, demo_accounts.PASSWORD, lands=ME)
    if js:
        assert problems(buyer, OWN) == []
        return
    for path in OWN:
        buyer.go(path)
    buyer.go(f"{ME}bao-mat/khoa/")
    buyer.sees("Khoá truy cập cần JavaScript")
    buyer.go(f"{ME}dia-chi/them/")
    buyer.type(name="Chi", phone="0912 345 678", street="12 Lê Lợi")
    buyer.choose("province", "79")
    buyer.press('button[value="province"]')
    buyer.choose("ward", "26743")
    buyer.press('form .row button[value="save"]')
    buyer.at(f"{ME}dia-chi/")
    buyer.sees("12 Lê Lợi", "thường dùng")
    assert buyer.troubles == []


def test_a_passkey_is_added_and_signs_in(emptied: None, browser: Browser) -> None:
    make_user(email="chi@vuon.test")
    port = free_port()
    here = f"http://localhost:{port}"
    env = {"DJANGO_SETTINGS_MODULE": SETTINGS, "PUBLIC_URL": here}
    with serving("tests.browser.application:application", port=port, env=env):
        context = browser.new_context(
            base_url=here, viewport={"width": PHONE, "height": HEIGHT}, locale="vi-VN"
        )
        try:
            _walk(context, context.new_page())
        finally:
            context.close()


def _walk(context: BrowserContext, page: Page) -> None:
    keys = context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEEPER})
    _password(page)
    page.wait_for_url(f"**{ME}")
    page.goto(f"{ME}bao-mat/khoa/")
    page.fill("[name=name]", "Máy của Chi")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/ma-du-phong/")
    assert page.locator(".own-codes li").count() == 10
    page.click("[name=kept]")
    page.wait_for_url("**/bao-mat/")
    assert "Máy của Chi" in page.inner_text("main")
    _sign_out(page)
    page.click("form[data-passkey] button")
    page.wait_for_url(f"**{ME}")
    _sign_out(page)
    _password(page)
    page.wait_for_url("**/ma-xac-nhan/")
    page.click("form[data-passkey] button")
    page.wait_for_url(f"**{ME}")


def _password(page: Page) -> None:
    page.goto(SIGN_IN)
    page.fill("[name=login]", "chi@vuon.test")
    page.fill("[name=password]", PASSWORD)
    page.click("main form .btn >> nth=0")


def _sign_out(page: Page) -> None:
    page.goto(ME)
    page.click("form[action*=dang-xuat] button")
    page.wait_for_url(f"**{SIGN_IN}")
