"""The account pages: new session ids, safe ways on, codes, one answer for all strangers."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from accounts import services
from accounts.models import OneTimeCode, User
from core import clock, valkey
from marketplace import demo_accounts
from tests.making import make_user, make_vendor

pytestmark = pytest.mark.django_db
SIGN_IN, SIGN_UP = "/tai-khoan/dang-nhap/", "/tai-khoan/dang-ky/"
CODE, FORGOT, ME = "/tai-khoan/ma-xac-nhan/", "/tai-khoan/quen-mat-khau/", "/tai-khoan/"
SECURITY = "/tai-khoan/bao-mat/"
PHONE, PASSWORD = "0912 345 678", "mat-khau-rieng"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for key in valkey.client().scan_iter("market:limit:*"):
        valkey.client().delete(key)


@pytest.fixture
def chi() -> User:
    return make_user(phone="+84912345678", full_name="Chi")


def sign_in(
    client: Client, login: str = PHONE, password: str = PASSWORD, **more: str
) -> HttpResponse:
    return client.post(  # type: ignore[return-value]
        SIGN_IN,
        {"login": login, "password": password, **more},
        headers={"Sec-Fetch-Site": "same-origin"},
    )


def post(client: Client, path: str, **data: str) -> HttpResponse:
    return client.post(path, data, headers={"Sec-Fetch-Site": "same-origin"})  # type: ignore[return-value]


def newest_code() -> str:
    return services.code_text(OneTimeCode.objects.latest("pk"))


def user_of(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_signing_in_gives_a_new_session_and_leads_to_the_account(client: Client, chi: User) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    response = sign_in(client)
    assert (response.status_code, response.headers["Location"]) == (302, ME)
    assert user_of(client) == str(chi.pk)
    assert client.session.session_key != before


def test_a_vendors_member_lands_at_the_sellers_desk(client: Client, chi: User) -> None:
    make_vendor(owner=chi)
    assert sign_in(client).headers["Location"] == "/ban-hang/"


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.vn",
        "/\\evil.vn",
        "https:evil.vn",
        "https://evil.vn/",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        "\\/evil.vn",
        " /gio",
    ],
)
def test_the_way_on_never_leaves_the_market(client: Client, chi: User, wanted: str) -> None:
    assert sign_in(client, next=wanted).headers["Location"] == ME


def test_the_way_on_to_our_own_page_is_kept(client: Client, chi: User) -> None:
    page = client.get(f"{SIGN_IN}?next=/gio").content.decode()
    assert 'name="next" value="/gio"' in page
    assert sign_in(client, next="/don-hang/?so=BP1").headers["Location"] == "/don-hang/?so=BP1"


def test_a_wrong_password_keeps_the_login_and_says_what_to_do(client: Client, chi: User) -> None:
    response = sign_in(client, password="sai")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Số điện thoại, thư điện tử hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi thử lại." in page
    assert f'value="{PHONE}"' in page
    assert "<title>Lỗi: " in page
    assert "sai" not in re.findall(r'type="password"[^>]*', page)[0]
    assert user_of(client) is None


def test_unknown_and_known_logins_get_the_same_page(client: Client, chi: User) -> None:
    pages = []
    for login in (PHONE, "0912 345 600"):
        page = sign_in(Client(), login=login, password="sai").content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
        pages.append(page.replace(login, "LOGIN"))
    assert pages[0] == pages[1]


def test_the_eleventh_try_says_how_long_to_wait(client: Client, chi: User) -> None:
    for _try in range(10):
        sign_in(Client(), password="sai")
    response = sign_in(client)
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 901
    assert "Bạn đã thử quá nhiều lần. Hãy đợi " in response.content.decode()
    assert user_of(client) is None


def test_a_known_device_is_never_locked_out_by_strangers(client: Client, chi: User) -> None:
    sign_in(client)
    post(client, "/tai-khoan/dang-xuat/")
    for _try in range(11):
        sign_in(Client(), password="sai")
    assert sign_in(Client()).status_code == 429
    assert sign_in(client).status_code == 302


def test_a_forged_device_cookie_counts_for_nothing(client: Client, chi: User) -> None:
    for _try in range(10):
        sign_in(Client(), password="sai")
    client.cookies["device"] = f"[{chi.pk}]:forged:x"
    assert sign_in(client).status_code == 429


@override_settings(TRUSTED_PROXIES=1)
def test_the_address_limit_counts_what_our_proxy_saw(client: Client, chi: User) -> None:
    for n in range(50):
        client.post(
            SIGN_IN,
            {"login": f"09{n:08d}", "password": "sai"},
            headers={
                "Sec-Fetch-Site": "same-origin",
                "X-Forwarded-For": f"198.51.100.{n}, 203.0.113.9",
            },
        )
    answers = [
        client.post(
            SIGN_IN,
            {"login": PHONE, "password": PASSWORD},
            headers={"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": address},
        ).status_code
        for address in ("203.0.113.9", "203.0.113.10")
    ]
    assert answers == [429, 302]


def test_signing_up_ends_with_a_code_and_an_open_session(client: Client) -> None:
    form = {"full_name": "Lê An", "login": PHONE, "password": "vuon dieu nha toi"}
    assert post(client, SIGN_UP, next="/ban-hang/", **form).headers["Location"] == CODE
    page = client.get(CODE).content.decode()
    assert "0912 ••• 678" in page
    assert newest_code() not in page
    response = post(client, CODE, code=newest_code())
    assert response.headers["Location"] == "/ban-hang/"
    assert user_of(client) == str(User.objects.get(phone="+84912345678").pk)


def test_signing_up_with_a_taken_phone_looks_the_same(client: Client, chi: User) -> None:
    pages = []
    for login in (PHONE, "0912 345 600"):
        guest = Client()
        form = {"full_name": "Lê An", "login": login, "password": "vuon dieu nha toi"}
        response = post(guest, SIGN_UP, **form)
        wrong = post(guest, CODE, code="000000" if newest_code() != "000000" else "111111")
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", wrong.content.decode())
        page = re.sub(r"to=[^\"]*", "", page)
        pages.append((response.status_code, wrong.status_code, re.sub(r"0912 ••• \d+", "", page)))
    assert pages[0] == pages[1]
    assert User.objects.count() == 1


def test_a_forgotten_password_is_replaced_and_old_sessions_end(client: Client, chi: User) -> None:
    old = Client()
    sign_in(old)
    assert old.get(ME).status_code == 200
    assert post(client, FORGOT, login=PHONE).headers["Location"] == CODE
    weak = post(client, CODE, code=newest_code(), password="ngan")
    assert (weak.status_code, "Mật khẩu quá ngắn" in weak.content.decode()) == (422, True)
    assert post(client, CODE, code=newest_code(), password="vuon tieu moi").status_code == 302
    assert user_of(client) == str(chi.pk)
    assert old.get(ME).headers["Location"] == f"{SIGN_IN}?next={ME}"
    assert sign_in(Client(), password=PASSWORD).status_code == 422
    assert sign_in(Client(), password="vuon tieu moi").status_code == 302


def test_a_code_is_asked_again_only_after_a_minute(client: Client, chi: User) -> None:
    post(client, FORGOT, login=PHONE)
    early = post(client, CODE, again="1")
    assert (early.status_code, "Retry-After" in early.headers) == (429, True)
    with clock.shifted(timedelta(seconds=61)):
        assert post(client, CODE, again="1").status_code == 302
    assert OneTimeCode.objects.count() == 2


def test_a_code_page_without_anything_pending_leads_to_sign_in(client: Client) -> None:
    assert client.get(CODE).headers["Location"] == SIGN_IN


def test_staff_need_a_second_step_that_the_demo_shows(client: Client) -> None:
    staff = make_user(phone=None, email="canbo@tinh.test", is_staff=True)
    assert (
        sign_in(client, login="canbo@tinh.test", next="/can-bo/viec/").headers["Location"] == CODE
    )
    assert user_of(client) is None
    assert f'id="demo-code">{newest_code()}<' in client.get(CODE).content.decode()
    wrong = f"{(int(newest_code()) + 1) % 1_000_000:06d}"
    assert post(client, CODE, code=wrong).status_code == 422
    assert user_of(client) is None
    assert post(client, CODE, code=newest_code()).headers["Location"] == "/can-bo/viec/"
    assert user_of(client) == str(staff.pk)


@override_settings(DEMO=False)
def test_outside_the_demo_no_code_is_shown(client: Client) -> None:
    make_user(phone=None, email="canbo@tinh.test", is_staff=True)
    sign_in(client, login="canbo@tinh.test")
    page = client.get(CODE).content.decode()
    assert newest_code() not in page
    assert "demo" not in page


def test_a_second_step_ends_when_the_account_is_switched_off(client: Client) -> None:
    staff = make_user(phone=None, email="canbo@tinh.test", is_staff=True)
    sign_in(client, login="canbo@tinh.test")
    staff.is_active = False
    staff.save()
    assert post(client, CODE, code=newest_code()).status_code == 422
    assert user_of(client) is None


def test_a_session_ends_when_the_account_is_switched_off_or_changes_role(
    client: Client, chi: User
) -> None:
    for change in ({"is_active": False}, {"is_staff": True}):
        User.objects.filter(pk=chi.pk).update(is_active=True, is_staff=False)
        sign_in(client)
        assert client.get(ME).status_code == 200
        User.objects.filter(pk=chi.pk).update(**change)
        assert client.get(ME).status_code == 302


def test_signing_out_is_a_post_and_the_old_cookie_is_worth_nothing(
    client: Client, chi: User
) -> None:
    sign_in(client)
    cookie = client.cookies["session"].value
    assert client.get("/tai-khoan/dang-xuat/").status_code == 200
    assert user_of(client) == str(chi.pk)
    post(client, "/tai-khoan/dang-xuat/")
    thief = Client()
    thief.cookies["session"] = cookie
    assert thief.get(ME).status_code == 302


def test_a_post_from_another_origin_changes_nothing(client: Client, chi: User) -> None:
    response = client.post(
        SIGN_IN,
        {"login": PHONE, "password": PASSWORD},
        headers={"Origin": "https://evil.vn", "Sec-Fetch-Site": "cross-site"},
    )
    assert response.status_code == 403
    assert user_of(client) is None


def test_extra_fields_give_no_rights(client: Client) -> None:
    form = {"full_name": "Lê An", "login": PHONE, "password": "vuon dieu nha toi"}
    post(client, SIGN_UP, is_staff="1", is_superuser="1", **form)
    post(client, CODE, code=newest_code(), is_staff="1")
    user = User.objects.get()
    post(client, ME, full_name="Lê An", language="en", is_staff="1", phone="1")
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser, user.phone, user.language) == (
        False,
        False,
        "+84912345678",
        "en",
    )


def test_changing_the_password_keeps_this_session_and_ends_the_others(
    client: Client, chi: User
) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    wrong = post(client, SECURITY, old_password="sai", new_password="vuon tieu moi")
    assert "Mật khẩu hiện tại chưa đúng." in wrong.content.decode()
    done = post(client, SECURITY, old_password=PASSWORD, new_password="vuon tieu moi")
    assert done.headers["Location"] == SECURITY
    assert client.get(ME).status_code == 200
    assert other.get(ME).status_code == 302


@pytest.mark.parametrize("path", [SIGN_IN, SIGN_UP, FORGOT, "/dev/mailbox/"])
def test_the_pages_speak_both_languages_and_are_not_kept(client: Client, path: str) -> None:
    for prefix, language in (("", "vi"), ("/en", "en")):
        response = client.get(prefix + path)
        page = response.content.decode()
        assert response.status_code == 200
        assert f'<html lang="{language}"' in page
        assert "no-store" in response.headers["Cache-Control"]
        other = path if prefix else f"/en{path}"
        assert f'href="{other}"' in page


def test_the_demo_offers_its_accounts_by_one_click(client: Client) -> None:
    owner = User.objects.create_user(
        email=demo_accounts.COOPERATIVE,
        password=demo_accounts.PASSWORD,
        full_name="Chủ",
        is_demo=True,
    )
    make_vendor(owner=owner, short_name="HTX Demo")
    page = client.get(SIGN_IN).content.decode()
    assert ">HTX Demo</button>" in page
    login, password = re.findall(r'type="hidden" name="(?:login|password)" value="([^"]*)"', page)
    assert sign_in(client, login=login, password=password).headers["Location"] == "/ban-hang/"


@override_settings(DEMO=False, DEMO_SIGN_INS=(), DEMO_PASSWORD="")
def test_outside_the_demo_the_sign_in_page_offers_nobody(client: Client) -> None:
    User.objects.create_user(email=demo_accounts.STAFF, password="x", is_demo=True)
    assert demo_accounts.STAFF not in client.get(SIGN_IN).content.decode()
