"""Signing in with a second step: always when it is set up, never weaker than it was meant."""

import re

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Authenticator, OneTimeCode, User
from accounts.services import factors
from tests.accounts.passkey import SoftKey
from tests.making import make_user
from tests.web.own_making import (
    ASK,
    CODE,
    DEVICES,
    ME,
    PASSWORD,
    PROVE,
    SECURITY,
    SIGN_IN,
    answer_passkey,
    app_code,
    ask_passkey,
    forget_limits,
    newest_code,
    post,
    sign_in,
    use_passkey,
    user_of,
)

pytestmark = pytest.mark.django_db
APP, KEY = f"{SECURITY}ung-dung/", f"{SECURITY}khoa/"
RECOVERY = f"{SECURITY}ma-du-phong/"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    forget_limits()


@pytest.fixture
def chi() -> User:
    return make_user(phone="+84912345678", full_name="Chi")


def soft_key() -> SoftKey:
    return SoftKey(settings.PUBLIC_URL, "localhost")


def set_up(user: User) -> tuple[str, list[str]]:
    secret = factors.new_secret()
    code = app_code(secret, steps=-1)
    return secret, factors.set_up_app(user=user, secret=secret, code=code)


def told(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_setting_up_an_app_shows_its_picture_and_the_recovery_codes_once(
    client: Client, chi: User
) -> None:
    sign_in(client)
    page = told(client, APP)
    assert "<svg" in page
    assert "style=" not in page
    secret = re.findall(r'own-key">([^<]+)<', page)[0].replace(" ", "")
    assert told(client, APP).count(secret[:4]) >= 1
    assert post(client, APP, code="000 000").status_code == 422
    assert secret[:4] in told(client, APP)
    assert post(client, APP, code=app_code(secret)).headers["Location"] == RECOVERY
    codes = re.findall(r"<li>([0-9a-z]{5}-[0-9a-z]{5})</li>", told(client, RECOVERY))
    assert len(set(codes)) == 10
    assert post(client, RECOVERY, kept="1").headers["Location"] == SECURITY
    assert codes[0] not in told(client, RECOVERY)
    assert secret not in told(client, SECURITY)


def test_with_an_app_the_password_alone_opens_nothing(client: Client, chi: User) -> None:
    secret, codes = set_up(chi)
    response = post(client, SIGN_IN, login="0912345678", password="mat-khau-rieng", next="/gio")
    assert response.headers["Location"] == CODE
    assert user_of(client) is None
    assert not OneTimeCode.objects.exists()
    assert post(client, CODE, code="000000").status_code == 422
    assert user_of(client) is None
    assert post(client, CODE, code=app_code(secret)).headers["Location"] == "/gio"
    assert user_of(client) == str(chi.pk)
    again = Client()
    sign_in(again)
    assert post(again, CODE, code=codes[3]).status_code == 302
    assert user_of(again) == str(chi.pk)


def test_asking_for_a_message_instead_of_the_app_sends_none(client: Client) -> None:
    staff = make_user(phone=None, email="canbo@tinh.test", is_staff=True)
    secret, _codes = set_up(staff)
    assert sign_in(client, login="canbo@tinh.test").headers["Location"] == CODE
    post(client, CODE, again="1")
    assert not OneTimeCode.objects.exists()
    assert "demo-code" not in told(client, CODE)
    assert post(client, CODE, code=app_code(secret)).headers["Location"] == "/can-bo/"


def test_a_new_password_by_code_still_asks_for_the_second_step(client: Client, chi: User) -> None:
    set_up(chi)
    post(client, "/tai-khoan/quen-mat-khau/", login="0912345678")
    done = post(client, CODE, code=newest_code(), password="vuon tieu moi")
    assert done.headers["Location"] == SIGN_IN
    assert user_of(client) is None


def test_the_second_step_ends_with_a_new_password(client: Client, chi: User) -> None:
    secret, _codes = set_up(chi)
    sign_in(client)
    chi.set_password("vuon tieu moi")
    chi.save()
    assert post(client, CODE, code=app_code(secret)).status_code == 422
    assert user_of(client) is None


def test_a_passkey_is_added_and_signs_in_without_a_password(client: Client, chi: User) -> None:
    key = soft_key()
    sign_in(client)
    assert client.get(KEY).status_code == 200
    made = answer_passkey(client, key.create(ask_passkey(client, "add")), name="Máy của Chi")
    assert made.json() == {"next": RECOVERY}  # type: ignore[attr-defined]
    assert "Máy của Chi" in told(client, SECURITY)
    other = Client()
    before = other.session.session_key
    answer = use_passkey(other, key, "sign_in", next="/gio")
    assert answer.json() == {"next": "/gio"}  # type: ignore[attr-defined]
    assert user_of(other) == str(chi.pk)
    assert other.session.session_key != before
    assert told(other, DEVICES).count("<li>") >= 2


def test_a_passkey_is_the_second_step_too(client: Client, chi: User) -> None:
    key, strangers = soft_key(), soft_key()
    for person, one in ((chi, key), (make_user(phone="+84900000077"), strangers)):
        mine = Client()
        sign_in(mine, login=person.phone or "")
        answer_passkey(mine, one.create(ask_passkey(mine, "add")))
    sign_in(client)
    assert "data-passkey" in told(client, CODE)
    assert use_passkey(client, strangers, "second_step").status_code == 400
    assert user_of(client) is None
    assert use_passkey(client, key, "second_step").status_code == 200
    assert user_of(client) == str(chi.pk)


@pytest.mark.parametrize("wanted", ["//evil.vn", "https://evil.vn/", "javascript:alert(1)"])
def test_a_passkeys_way_on_never_leaves_the_market(client: Client, chi: User, wanted: str) -> None:
    key = soft_key()
    sign_in(client)
    answer_passkey(client, key.create(ask_passkey(client, "add")))
    answer = use_passkey(Client(), key, "sign_in", next=wanted)
    assert answer.json() == {"next": ME}  # type: ignore[attr-defined]


def test_a_question_is_answered_once_and_only_for_its_purpose(client: Client, chi: User) -> None:
    key = soft_key()
    sign_in(client)
    answer_passkey(client, key.create(ask_passkey(client, "add")))
    guest = Client()
    answer = key.get(ask_passkey(guest, "sign_in"))
    assert answer_passkey(Client(), answer).status_code == 400
    assert answer_passkey(guest, answer).status_code == 200
    assert answer_passkey(guest, answer).status_code == 400
    for purpose in ("second_step", "add", "prove", "", "x"):
        refused = Client().post(
            ASK, {"purpose": purpose}, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert refused.status_code in (400, 403), purpose
        assert set(refused.json()) == {"error"}


def test_important_steps_ask_again_who_is_there(client: Client, chi: User) -> None:
    secret, codes = set_up(chi)
    client.force_login(chi)
    app_id = Authenticator.objects.get().pk
    for path in (APP, KEY, RECOVERY, f"{SECURITY}{app_id}/go/", "/tai-khoan/du-lieu/xoa/"):
        assert client.get(path).headers["Location"] == f"{PROVE}?next={path}"
        if path != KEY:
            assert post(client, path).headers["Location"] == f"{PROVE}?next={path}"
    assert post(client, PROVE, password="mat-khau-rieng", code="000000").status_code == 422
    assert post(client, PROVE, password="sai", code=app_code(secret)).status_code == 422
    done = post(client, PROVE, password="mat-khau-rieng", code=codes[0], next=APP)
    assert done.headers["Location"] == APP
    assert post(client, f"{SECURITY}{app_id}/go/").headers["Location"] == SECURITY
    assert not factors.has_factor(chi)


def test_with_a_second_factor_the_password_alone_changes_neither_contact_nor_password(
    client: Client, chi: User
) -> None:
    _secret, codes = set_up(chi)
    client.force_login(chi)
    contact = "/tai-khoan/lien-he/"
    for path in (contact, SECURITY):
        form = {"contact": "chi@vuon.vn", "password": PASSWORD, "old_password": PASSWORD}
        led = post(client, path, new_password="vuon tieu moi", **form)
        assert led.headers["Location"] == f"{PROVE}?next={path}"
    chi.refresh_from_db()
    assert chi.check_password(PASSWORD)
    assert not OneTimeCode.objects.exists()
    post(client, PROVE, password=PASSWORD, code=codes[0])
    done = post(client, SECURITY, old_password=PASSWORD, new_password="vuon tieu moi")
    assert done.headers["Location"] == SECURITY


def test_nothing_that_is_secret_stands_in_a_page_that_may_be_kept(
    client: Client, chi: User
) -> None:
    sign_in(client)
    for path in (ME, SECURITY, APP, KEY, RECOVERY, PROVE, DEVICES):
        assert "no-store" in client.get(path).headers["Cache-Control"], path
