"""Accounts: signing up without telling who exists, signing in with limits, passwords."""

import pytest
from django.core.cache import cache
from django.utils.translation import override

from accounts import services
from accounts.contacts import read_login, read_phone
from accounts.errors import (
    BadContact,
    BadPassword,
    CodeEnded,
    TooManyTries,
    WrongCode,
    WrongSignIn,
)
from accounts.models import OneTimeCode, User
from core import valkey
from core.models import AuditEntry, OutboxEntry
from tests.making import make_user

pytestmark = pytest.mark.django_db
HERE = services.Visitor(address="203.0.113.7")


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()
    for key in valkey.client().scan_iter("market:limit:sign_in*"):
        valkey.client().delete(key)


def begin(login: str = "0912 345 678", **changes: str) -> services.PendingSignUp:
    fields = {"login": login, "password": "vuon dieu nha toi", "full_name": "Lê An"} | changes
    return services.begin_sign_up(language="vi", **fields)


def newest_code() -> str:
    return services.code_text(OneTimeCode.objects.latest("pk"))


def test_an_account_exists_only_after_its_code() -> None:
    pending = begin()
    assert not User.objects.exists()
    user = services.sign_up(pending=pending, code=newest_code())
    assert (user.phone, user.email, user.full_name) == ("+84912345678", None, "Lê An")
    assert user.check_password("vuon dieu nha toi")
    assert AuditEntry.objects.get().action == "account.create"


def test_an_e_mail_is_stored_in_lower_case() -> None:
    pending = begin("An@Vuon.VN ")
    user = services.sign_up(pending=pending, code=newest_code())
    assert (user.email, user.phone) == ("an@vuon.vn", None)


def test_signing_up_twice_looks_the_same_but_tells_the_owner() -> None:
    owner = make_user(phone="+84912345678")
    pending = begin()
    assert pending.login == "+84912345678"
    entry = OutboxEntry.objects.get()
    assert (entry.topic, entry.payload["user_id"]) == ("account.exists", owner.pk)
    with pytest.raises(WrongCode):
        services.sign_up(pending=pending, code=newest_code())
    assert User.objects.get() == owner


def test_a_wrong_code_makes_no_account() -> None:
    pending = begin()
    wrong = f"{(int(newest_code()) + 1) % 1_000_000:06d}"
    with pytest.raises(WrongCode):
        services.sign_up(pending=pending, code=wrong)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("", "contact_empty", "Type a mobile number, such as 0912 345 678, or an e-mail address."),
        (
            "0912 345 67a",
            "phone_characters",
            "A phone number has only digits. Take out letters and other marks.",
        ),
        (
            "0912 345 67",
            "phone_length",
            "A mobile number has 10 digits, such as 0912 345 678. Count them again.",
        ),
        (
            "1912345678",
            "phone_prefix",
            "A number in Vietnam begins with 03, 05, 07, 08, 09 or 02.",
        ),
        (
            "+14155550100",
            "phone_prefix",
            "A number in Vietnam begins with 03, 05, 07, 08, 09 or 02.",
        ),
        (
            "0271 3879 123",
            "phone_landline",
            "Messages can't reach a landline. Type a mobile number.",
        ),
        (
            "an@vuon",
            "email_shape",
            "This e-mail address isn't complete. It looks like ten@thudientu.vn.",
        ),
    ],
)
def test_a_bad_contact_says_what_to_mend(text: str, code: str, sentence: str) -> None:
    with override("en"), pytest.raises(BadContact) as refusal:
        read_login(text)
    with override("en"):
        assert (refusal.value.code, str(refusal.value)) == (code, sentence)
    assert refusal.value.field == "login"


def test_a_landline_is_fine_where_nothing_is_sent() -> None:
    assert read_phone("0271 3879 123") == "+842713879123"


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngan", "password_too_short"),
        ("password123", "password_too_common"),
        ("HạtĐiều2026", "password_local_word"),
        ("x" * 201, "password_too_long"),
    ],
)
def test_a_weak_password_is_refused_before_anything_is_sent(password: str, code: str) -> None:
    with pytest.raises(BadPassword) as refusal:
        begin(password=password)
    assert refusal.value.code == code
    assert not OneTimeCode.objects.exists()


def test_phone_and_e_mail_both_open_the_account() -> None:
    user = make_user(phone="+84912345678", email="an@vuon.vn")
    for login in ("0912345678", "+84 912 345 678", "AN@vuon.vn"):
        found = services.sign_in(login=login, password="mat-khau-rieng", visitor=HERE)
        assert found == user


def test_unknown_wrong_and_switched_off_get_one_answer() -> None:
    make_user(phone="+84912345678")
    make_user(phone="+84912345679", is_active=False)
    answers = set()
    for login, password in (
        ("0900000000", "mat-khau-rieng"),
        ("0912345678", "sai-mat-khau"),
        ("0912345679", "mat-khau-rieng"),
        ("khong phai so", "mat-khau-rieng"),
    ):
        with pytest.raises(WrongSignIn) as refusal:
            services.sign_in(login=login, password=password, visitor=HERE)
        answers.add((refusal.value.code, str(refusal.value), refusal.value.field))
    assert len(answers) == 1


def test_the_eleventh_try_on_an_account_must_wait_whatever_the_address() -> None:
    user = make_user(phone="+84912345678")
    for n in range(10):
        with pytest.raises(WrongSignIn):
            services.sign_in(
                login="0912345678", password="sai", visitor=services.Visitor(f"203.0.113.{n}")
            )
    with pytest.raises(TooManyTries) as refusal:
        services.sign_in(login="+84912345678", password="mat-khau-rieng", visitor=HERE)
    assert refusal.value.status == 429
    assert 1 <= int(str(refusal.value.params["retry_after"])) <= 901
    known = services.Visitor(address="203.0.113.99", known_user_id=user.pk)
    assert services.sign_in(login="0912345678", password="mat-khau-rieng", visitor=known) == user


def test_an_address_has_fifty_tries_over_all_accounts() -> None:
    make_user(phone="+84912345678")
    for n in range(50):
        with pytest.raises(WrongSignIn):
            services.sign_in(login=f"09{n:08d}", password="sai", visitor=HERE)
    with pytest.raises(TooManyTries):
        services.sign_in(login="0912345678", password="mat-khau-rieng", visitor=HERE)


def test_a_forgotten_password_is_set_with_a_code() -> None:
    user = make_user(phone="+84912345678")
    contact = services.begin_reset(login="0912345678")
    services.reset_password(target=contact.value, code=newest_code(), password="vuon tieu moi")
    user.refresh_from_db()
    assert user.check_password("vuon tieu moi")


def test_a_weak_new_password_does_not_use_up_the_code() -> None:
    make_user(phone="+84912345678")
    contact = services.begin_reset(login="0912345678")
    with pytest.raises(BadPassword):
        services.reset_password(target=contact.value, code=newest_code(), password="ngan")
    assert OneTimeCode.objects.get().tries_left == 5


def test_asking_for_a_new_password_sends_nothing_to_strangers() -> None:
    assert services.begin_reset(login="0912345678").masked == "0912 ••• 678"
    assert OneTimeCode.objects.count() == 1
    assert not OutboxEntry.objects.exists()
    with pytest.raises((WrongCode, CodeEnded)):
        services.reset_password(target="+84912345678", code=newest_code(), password="vuon tieu moi")


def test_changing_the_password_asks_for_the_present_one() -> None:
    user = make_user()
    with pytest.raises(BadPassword) as refusal:
        services.change_password(user=user, old_password="sai", new_password="vuon tieu moi")
    assert (refusal.value.code, refusal.value.field) == ("old_password_wrong", "old_password")
    services.change_password(user=user, old_password="mat-khau-rieng", new_password="vuon tieu moi")
    assert User.objects.get(pk=user.pk).check_password("vuon tieu moi")


def test_a_new_password_or_role_changes_what_sessions_stand_on() -> None:
    user = make_user()
    before = user.get_session_auth_hash()
    user.is_staff = True
    assert user.get_session_auth_hash() != before
    user.is_staff = False
    assert user.get_session_auth_hash() == before
    user.set_password("vuon tieu moi")
    assert user.get_session_auth_hash() != before
