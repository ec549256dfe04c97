"""The app with codes and the recovery codes: right, once, and never readable in the database."""

import base64
from datetime import timedelta

import pytest
from django.db import connection

from accounts.errors import TooManyTries, WrongFactor
from accounts.models import Authenticator, RecoveryCode, User
from accounts.services import factors
from core import clock, valkey
from core.errors import InvalidInput, NotFound
from core.models import AuditEntry, OutboxEntry
from tests.making import make_user

pytestmark = pytest.mark.django_db
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for key in valkey.client().scan_iter("market:limit:second_factor*"):
        valkey.client().delete(key)


@pytest.fixture
def chi() -> User:
    return make_user()


def present_code(secret: str, *, steps: int = 0) -> str:
    return factors.code_at(secret, int(clock.now().timestamp()) // 30 + steps)


def set_up(user: User) -> tuple[str, list[str]]:
    """An app set up by the code of half a minute ago: the present one is still unused."""
    secret = factors.new_secret()
    return secret, factors.set_up_app(user=user, secret=secret, code=present_code(secret, steps=-1))


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(second: int, code: str) -> None:
    assert factors.code_at(RFC_SECRET, second // 30) == code


def test_setting_up_needs_a_right_code_and_gives_ten_recovery_codes(chi: User) -> None:
    secret = factors.new_secret()
    wrong = f"{(int(present_code(secret)) + 1) % 1_000_000:06d}"
    with pytest.raises(WrongFactor):
        factors.set_up_app(user=chi, secret=secret, code=wrong)
    assert not factors.has_factor(chi)
    codes = factors.set_up_app(user=chi, secret=secret, code=present_code(secret))
    assert (len(set(codes)), {len(code) for code in codes}) == (10, {11})
    assert factors.has_factor(chi)
    assert AuditEntry.objects.get().action == "account.add_app"
    assert OutboxEntry.objects.get(topic="account.changed").payload["change"] == "app_added"
    with pytest.raises(InvalidInput):
        set_up(chi)


def test_neither_secret_nor_codes_can_be_read_in_the_database(chi: User) -> None:
    secret, codes = set_up(chi)
    with connection.cursor() as cursor:
        told = ""
        for table in ("accounts_authenticator", "accounts_recoverycode", "core_outboxentry"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")  # noqa: S608
            told += cursor.fetchone()[0] or ""
    assert not [one for one in [secret, *codes] if one in told or one.replace("-", "") in told]


def test_a_code_works_once_and_half_a_minute_early_or_late(chi: User) -> None:
    secret, _codes = set_up(chi)
    code = present_code(secret)
    factors.check_factor(user=chi, code=f" {code[:3]} {code[3:]} ")
    with pytest.raises(WrongFactor):
        factors.check_factor(user=chi, code=code)
    late = present_code(secret, steps=3)
    with clock.shifted(timedelta(seconds=120)):
        factors.check_factor(user=chi, code=late)
    with pytest.raises(WrongFactor):
        factors.check_factor(user=chi, code=present_code(secret, steps=-2))


def test_an_older_code_never_works_after_a_newer_one(chi: User) -> None:
    secret, _codes = set_up(chi)
    older = present_code(secret)
    factors.check_factor(user=chi, code=present_code(secret, steps=1))
    with pytest.raises(WrongFactor):
        factors.check_factor(user=chi, code=older)


def test_a_recovery_code_works_once_in_any_spelling(chi: User) -> None:
    _secret, codes = set_up(chi)
    factors.check_factor(user=chi, code=codes[0].upper().replace("-", " "))
    assert factors.recovery_codes_left(chi) == 9
    with pytest.raises(WrongFactor):
        factors.check_factor(user=chi, code=codes[0])


def test_a_code_of_somebody_else_is_wrong(chi: User) -> None:
    set_up(chi)
    secret, codes = set_up(make_user())
    for code in (present_code(secret), codes[0]):
        with pytest.raises(WrongFactor):
            factors.check_factor(user=chi, code=code)


def test_the_eleventh_try_waits_even_with_a_right_code(chi: User) -> None:
    secret, _codes = set_up(chi)
    for _try in range(10):
        with pytest.raises(WrongFactor):
            factors.check_factor(user=chi, code="abcde-fghjk")
    with pytest.raises(TooManyTries) as caught:
        factors.check_factor(user=chi, code=present_code(secret))
    assert 1 <= int(str(caught.value.params["retry_after"])) <= 901


def test_new_recovery_codes_end_the_old_ones(chi: User) -> None:
    _secret, old = set_up(chi)
    new = factors.renew_recovery_codes(user=chi)
    assert RecoveryCode.objects.count() == 10
    with pytest.raises(WrongFactor):
        factors.check_factor(user=chi, code=old[0])
    factors.check_factor(user=chi, code=new[0])


def test_the_last_factor_takes_the_recovery_codes_with_it(chi: User) -> None:
    set_up(chi)
    app = Authenticator.objects.get()
    with pytest.raises(NotFound):
        factors.remove(user=make_user(), authenticator_id=app.pk)
    factors.remove(user=chi, authenticator_id=app.pk)
    assert not factors.has_factor(chi)
    assert not RecoveryCode.objects.exists()
    with pytest.raises(NotFound):
        factors.remove(user=chi, authenticator_id=app.pk)


def test_the_address_of_the_qr_code_is_what_apps_read(chi: User) -> None:
    chi.email = "chi@vuon.vn"
    told = factors.app_link(user=chi, secret="ABC", issuer="Sàn nông sản")
    assert told == (
        "otpauth://totp/S%C3%A0n%20n%C3%B4ng%20s%E1%BA%A3n:chi%40vuon.vn"
        "?secret=ABC&issuer=S%C3%A0n%20n%C3%B4ng%20s%E1%BA%A3n"
    )
