"""Passkeys: only our challenge, our site, the right person, once, and in time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from accounts.errors import PasskeyRefused
from accounts.models import Authenticator, User
from accounts.services import factors, passkeys
from core import clock, valkey
from core.models import AuditEntry
from tests.accounts.passkey import PRESENT, SoftKey
from tests.making import make_user

pytestmark = pytest.mark.django_db
HERE = "203.0.113.5"
ORIGIN, HOST = settings.PUBLIC_URL, "localhost"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    for key in valkey.client().scan_iter("market:limit:passkey*"):
        valkey.client().delete(key)


@pytest.fixture
def chi() -> User:
    return make_user(full_name="Chi", email="chi@vuon.vn")


def add(user: User, key: SoftKey) -> list[str]:
    asked = passkeys.begin_registration(user=user, title="Sàn")
    answer = key.create(asked.options)
    return passkeys.finish_registration(
        user=user, state=asked.state, answer=answer, name="  Máy  1"
    )


def sign_in(key: SoftKey, *, user: User | None = None, change: Any = None) -> User:
    asked = passkeys.begin_sign_in(user=user)
    answer = key.get(asked.options)
    if change:
        change(answer)
    return passkeys.finish_sign_in(state=asked.state, answer=answer, user=user, address=HERE)


def test_a_new_passkey_signs_in_and_brings_recovery_codes_once(chi: User) -> None:
    key, second = SoftKey(ORIGIN, HOST), SoftKey(ORIGIN, HOST)
    assert len(add(chi, key)) == 10
    assert add(chi, second) == []
    kept = Authenticator.objects.order_by("id")[0]
    assert (kept.name, kept.kind, kept.secret) == ("Máy 1", "passkey", "")
    assert sign_in(key) == chi
    assert sign_in(second, user=chi) == chi
    assert [entry.action for entry in AuditEntry.objects.all()] == ["account.add_passkey"] * 2


def test_the_browser_is_asked_for_a_verified_user_and_told_no_personal_handle(chi: User) -> None:
    asked = passkeys.begin_registration(user=chi, title="Sàn").options["publicKey"]
    assert asked["rp"] == {"id": "localhost", "name": "Sàn"}
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    other = passkeys.begin_registration(user=make_user(), title="Sàn").options["publicKey"]
    assert asked["user"]["id"] != other["user"]["id"]
    assert len(asked["user"]["id"]) == 43


def test_a_second_registration_of_the_same_key_is_refused(chi: User) -> None:
    key = SoftKey(ORIGIN, HOST)
    add(chi, key)
    with pytest.raises(PasskeyRefused):
        add(make_user(), key)
    assert Authenticator.objects.count() == 1


@pytest.mark.parametrize(
    "key",
    [
        SoftKey("https://evil.vn", HOST),
        SoftKey(f"{ORIGIN}.evil.vn", HOST),
        SoftKey("http://127.0.0.1", HOST),
        SoftKey(ORIGIN, "evil.vn"),
        SoftKey(ORIGIN, HOST, flags=PRESENT),
        SoftKey(ORIGIN, HOST, flags=0),
    ],
)
def test_another_site_or_an_unverified_user_adds_nothing(chi: User, key: SoftKey) -> None:
    with pytest.raises(PasskeyRefused):
        add(chi, key)
    assert not factors.has_factor(chi)


def _foreign_origin(key: SoftKey) -> None:
    key.origin = "https://evil.vn"


def _unverified(key: SoftKey) -> None:
    key.flags = PRESENT


def _copied(key: SoftKey) -> None:
    key.counter = 0


def _foreign_handle(key: SoftKey) -> None:
    key.handle = b"somebody"


def _other_key(key: SoftKey) -> None:
    key.key = SoftKey(ORIGIN, HOST).key


def _unknown(key: SoftKey) -> None:
    key.credential_id = b"unknown"


@pytest.mark.parametrize(
    "spoil", [_foreign_origin, _unverified, _copied, _foreign_handle, _other_key, _unknown]
)
def test_what_does_not_fit_signs_nobody_in(chi: User, spoil: Callable[[SoftKey], None]) -> None:
    key = SoftKey(ORIGIN, HOST)
    add(chi, key)
    assert sign_in(key) == chi
    assert sign_in(key) == chi
    spoil(key)
    with pytest.raises(PasskeyRefused):
        sign_in(key)


def test_an_answer_to_another_question_or_too_late_is_refused(chi: User) -> None:
    key = SoftKey(ORIGIN, HOST)
    add(chi, key)
    first, second = passkeys.begin_sign_in(user=None), passkeys.begin_sign_in(user=None)
    answer = key.get(first.options)
    with pytest.raises(PasskeyRefused):
        passkeys.finish_sign_in(state=second.state, answer=answer, user=None, address=HERE)
    with clock.shifted(timedelta(minutes=6)), pytest.raises(PasskeyRefused):
        passkeys.finish_sign_in(state=first.state, answer=answer, user=None, address=HERE)
    found = passkeys.finish_sign_in(state=first.state, answer=answer, user=None, address=HERE)
    assert found == chi
    with pytest.raises(PasskeyRefused):
        passkeys.finish_sign_in(state=first.state, answer=answer, user=None, address=HERE)


def test_somebody_elses_passkey_or_a_closed_account_is_refused(chi: User) -> None:
    key = SoftKey(ORIGIN, HOST)
    add(chi, key)
    with pytest.raises(PasskeyRefused):
        sign_in(key, user=make_user())
    chi.is_active = False
    chi.save()
    with pytest.raises(PasskeyRefused):
        sign_in(key)


@pytest.mark.parametrize("broken", [{}, {"id": 1}, {"rawId": "###", "response": {}}, {"x": None}])
def test_a_broken_answer_is_refused(chi: User, broken: dict[str, Any]) -> None:
    asked = passkeys.begin_sign_in(user=None)
    with pytest.raises(PasskeyRefused):
        passkeys.finish_sign_in(state=asked.state, answer=broken, user=None, address=HERE)
    made = passkeys.begin_registration(user=chi, title="Sàn")
    with pytest.raises(PasskeyRefused):
        passkeys.finish_registration(user=chi, state=made.state, answer=broken, name="")
