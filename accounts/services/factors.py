"""The second factor: an app with codes, and recovery codes on paper."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.errors import TooManyTries, WrongFactor
from accounts.models import Authenticator, AuthenticatorKind, RecoveryCode, User
from accounts.services import telling
from accounts.waits import spoken_wait
from core import audit, clock, crypto, limits
from core.errors import InvalidInput, NotFound, TooMany

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_LENGTH = 10
QUARTER = 900
TRIES = 10


def has_factor(user: User) -> bool:
    """Whether this person has set up a second factor; then it is always asked for."""
    return user.authenticators.exists()


def new_secret() -> str:
    """A fresh secret of an app, in base32 as apps read it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def app_link(*, user: User, secret: str, issuer: str) -> str:
    """The `otpauth:` address that the QR code holds."""
    name = quote(user.email or user.phone or "")
    told = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{name}?{told}"


def set_up_app(*, user: User, secret: str, code: str) -> list[str]:
    """Keep an app's secret once it has shown a right code; the answer is ten recovery codes.

    The codes are told this once; with a passkey set up before, the answer is empty and those from
    then go on. Raises WrongFactor; InvalidInput when there is an app already. Audited; tells the
    owner by message.
    """
    step = _matching_step(secret, code, clock.now())
    if step is None:
        raise WrongFactor(field="code")
    fresh = not has_factor(user)
    try:
        with transaction.atomic():
            Authenticator.objects.create(
                user=user,
                kind=AuthenticatorKind.TOTP,
                secret=crypto.encrypt(secret),
                counter=step,
                created_at=clock.now(),
            )
            note(user, "account.add_app", "app_added")
            return renew_recovery_codes(user=user, told=False) if fresh else []
    except IntegrityError as error:
        raise InvalidInput(
            "app_there", _("There is an app with codes already. Take it out first.")
        ) from error


def check_factor(*, user: User, code: str) -> None:
    """Use up a code of the person's app, or a recovery code; each works once.

    At most ten tries in a quarter of an hour. Raises WrongFactor, TooManyTries. The use is one
    conditional UPDATE, so a code typed twice at once works once.
    """
    try:
        limits.check("second_factor", user.pk, limit=TRIES, per_seconds=QUARTER)
    except TooMany as error:
        wait = int(str(error.params["retry_after"]))
        raise TooManyTries(retry_after=wait, wait=spoken_wait(wait), field="code") from error
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    use = _use_app if len(plain) == DIGITS else _use_recovery
    if not use(user, plain):
        raise WrongFactor(field="code")
    limits.forget("second_factor", user.pk, per_seconds=QUARTER)


def renew_recovery_codes(*, user: User, told: bool = True) -> list[str]:
    """Ten new recovery codes, told this once; the old ones end. Audited."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        user.recovery_codes.all().delete()
        codes = [_new_recovery_code() for _each in range(RECOVERY_CODES)]
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, code_hash=_hashed(user, code)) for code in codes
        )
        if told:
            note(user, "account.renew_recovery_codes", "recovery_codes")
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def remove(*, user: User, authenticator_id: int) -> None:
    """Take out an app or a passkey; with the last one the recovery codes end too.

    Raises NotFound for a missing one and for somebody else's. Audited; tells the owner.
    """
    with transaction.atomic():
        found = user.authenticators.select_for_update().filter(pk=authenticator_id).first()
        if found is None:
            raise NotFound()
        found.delete()
        if not has_factor(user):
            user.recovery_codes.all().delete()
        is_app = found.kind == AuthenticatorKind.TOTP
        note(user, f"account.remove_{found.kind}", "app_removed" if is_app else "passkey_removed")


def recovery_codes_left(user: User) -> int:
    """How many recovery codes haven't been used."""
    return user.recovery_codes.filter(used_at=None).count()


def note(user: User, action: str, change: str) -> None:
    """Write the audit row and tell the owner; in the caller's transaction."""
    audit.record(actor=user, action=action, subject=("user", str(user.pk)))
    telling.changed(user, change)


def _use_app(user: User, code: str) -> bool:
    app = user.authenticators.filter(kind=AuthenticatorKind.TOTP).first()
    if app is None:
        return False
    now = clock.now()
    step = _matching_step(crypto.decrypt(app.secret), code, now)
    if step is None:
        return False
    fresh = Authenticator.objects.filter(pk=app.pk, counter__lt=step)
    return bool(fresh.update(counter=step, last_used_at=now))


def _use_recovery(user: User, code: str) -> bool:
    mine = user.recovery_codes.filter(code_hash=_hashed(user, code), used_at=None)
    return bool(mine.update(used_at=clock.now()))


def _matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is; phones may go half a minute wrong."""
    typed = "".join(sign for sign in code if sign in "0123456789").encode()
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in (present - 1, present, present + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), typed):
            found = step
    return found


def code_at(secret: str, step: int) -> str:
    """What an app with this secret shows in a time step (RFC 6238)."""
    key = base64.b32decode(secret)
    # SHA-1 is what every app understands; as an HMAC it is sound.
    return HOTP(key, DIGITS, SHA1()).generate(step).decode()  # noqa: S303


def _new_recovery_code() -> str:
    return "".join(secrets.choice(RECOVERY_SIGNS) for _each in range(RECOVERY_LENGTH))


def _hashed(user: User, code: str) -> str:
    told = f"{user.pk}:{code}"
    return salted_hmac("accounts.recovery", told, algorithm="sha256").hexdigest()
