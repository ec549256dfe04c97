"""Passkeys: a key pair that the person's device keeps; it signs our challenge, and only ours."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from accounts.errors import PasskeyRefused
from accounts.models import Authenticator, AuthenticatorKind, User
from accounts.services import factors
from core import clock, limits
from core.errors import InvalidInput

MOST = 10
LIFETIME = timedelta(minutes=5)
LONGEST_NAME = 60
# What the library raises for an answer that is broken, foreign or wrongly signed.
_BAD = (ValueError, TypeError, KeyError, AttributeError, AssertionError)


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What the browser is asked, and what we must remember until it answers (in its session)."""

    options: dict[str, Any]
    state: dict[str, Any]


def begin_registration(*, user: User, title: str) -> Ceremony:
    """Ask the browser for a new passkey. Raises InvalidInput when there are ten already."""
    mine = _passkeys(user)
    if len(mine) >= MOST:
        raise InvalidInput("too_many_passkeys", _("Ten passkeys are enough. Take one out first."))
    options, state = _server(title).register_begin(
        PublicKeyCredentialUserEntity(
            id=_handle(user), name=user.email or user.phone or "", display_name=str(user)
        ),
        credentials=[_data(one) for one in mine],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Ceremony(dict(options), _kept(state))


def finish_registration(
    *, user: User, state: Mapping[str, Any], answer: Mapping[str, Any], name: str
) -> list[str]:
    """Keep the passkey; the answer is ten recovery codes if this is the first second factor.

    Raises PasskeyRefused. Audited; tells the owner. A passkey is kept once for the whole market.
    """
    _check_age(state)
    try:
        made = _server().register_complete(state, answer)
    except _BAD as error:
        raise PasskeyRefused from error
    data = made.credential_data
    if data is None:
        raise PasskeyRefused
    fresh = not factors.has_factor(user)
    try:
        with transaction.atomic():
            Authenticator.objects.create(
                user=user,
                kind=AuthenticatorKind.PASSKEY,
                name=" ".join(name.split())[:LONGEST_NAME],
                credential_id=websafe_encode(data.credential_id),
                credential=websafe_encode(bytes(data)),
                counter=made.counter,
                created_at=clock.now(),
            )
            factors.note(user, "account.add_passkey", "passkey_added")
            return factors.renew_recovery_codes(user=user, told=False) if fresh else []
    except IntegrityError as error:
        raise PasskeyRefused from error


def begin_sign_in(*, user: User | None) -> Ceremony:
    """Ask for a passkey: one of `user`'s, or whichever the device has when nobody is named yet."""
    credentials = [_data(one) for one in _passkeys(user)] if user else None
    options, state = _server().authenticate_begin(
        credentials=credentials, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Ceremony(dict(options), _kept(state))


def finish_sign_in(
    *, state: Mapping[str, Any], answer: Mapping[str, Any], user: User | None, address: str
) -> User:
    """The person whose passkey signed our challenge: both factors at once.

    `user` is whose it must be, when that is known. Raises PasskeyRefused (one answer for unknown,
    foreign, switched off, too late, wrongly signed and copied), TooMany. The signature count is
    raised by one conditional UPDATE, so an answer counts once.
    """
    limits.check("passkey_address", address, limit=100, per_seconds=900)
    _check_age(state)
    try:
        response = AuthenticationResponse.from_dict(answer)
        found = _find(websafe_encode(response.raw_id), user)
        _server().authenticate_complete(state, [_data(found)], response)
        handle = response.response.user_handle
        counter = response.response.authenticator_data.counter
    except _BAD as error:
        raise PasskeyRefused from error
    if handle is not None and not hmac.compare_digest(handle, _handle(found.user)):
        raise PasskeyRefused
    _count(found, counter)
    return found.user


def _find(credential_id: str, user: User | None) -> Authenticator:
    mine = Authenticator.objects.filter(kind=AuthenticatorKind.PASSKEY, user__is_active=True)
    if user is not None:
        mine = mine.filter(user=user)
    found = mine.filter(credential_id=credential_id).select_related("user").first()
    if found is None:
        raise PasskeyRefused
    return found


def _count(found: Authenticator, counter: int) -> None:
    """A count that doesn't rise means a copy; keys that never count say 0 for ever."""
    rises = Q(counter__lt=counter) if counter else Q(counter=0)
    mine = Authenticator.objects.filter(rises, pk=found.pk)
    if not mine.update(counter=counter, last_used_at=clock.now()):
        raise PasskeyRefused


def _server(title: str = "") -> Fido2Server:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host, name=title or host),
        verify_origin=lambda origin: origin == settings.PUBLIC_URL.rstrip("/"),
    )


def _passkeys(user: User) -> list[Authenticator]:
    return list(user.authenticators.filter(kind=AuthenticatorKind.PASSKEY).order_by("id"))


def _data(one: Authenticator) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(one.credential))


def _handle(user: User) -> bytes:
    """How the device names the account: nothing that says who it is."""
    return salted_hmac("accounts.passkey", str(user.pk), algorithm="sha256").digest()


def _kept(state: dict[str, Any]) -> dict[str, Any]:
    return {**state, "asked_at": clock.now().timestamp()}


def _check_age(state: Mapping[str, Any]) -> None:
    asked = float(state.get("asked_at", 0))
    if not 0 <= clock.now().timestamp() - asked <= LIFETIME.total_seconds():
        raise PasskeyRefused
