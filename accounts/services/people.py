"""Accounts: signing up, signing in, passwords. Nobody can learn here who has an account."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.backends import find_by_login
from accounts.contacts import Contact, read_login
from accounts.errors import BadPassword, CodeEnded, TooManyTries, WrongSignIn
from accounts.models import OneTimeCode, User
from accounts.services import codes, devices, factors
from accounts.waits import spoken_wait
from core import audit, limits, outbox
from core.errors import InvalidInput, TooMany

CONFIRM, SECOND_STEP, RESET = "confirm_contact", "sign_in", "reset_password"
LONGEST_NAME = 120
QUARTER = 900
LONGEST_PASSWORD = 200
_PASSWORD_SENTENCES = {
    "password_too_short": _("This password is too short. Use at least 8 characters."),
    "password_too_common": _("Many people use this password. Please choose another one."),
    "password_local_word": _("This password is easy to guess here. Please choose another one."),
    "password_too_long": _("This password is too long. Use at most 200 characters."),
}


@dataclass(frozen=True, slots=True)
class PendingSignUp:
    """A sign-up that waits for its code. It lives in the visitor's session: no account exists
    before its phone or e-mail is confirmed, so nobody can occupy another person's number."""

    login: str
    password_hash: str
    full_name: str
    language: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """From where somebody tries to sign in: the network address, and the account that this
    device has signed in to before (from a signed cookie)."""

    address: str
    known_user_id: int | None = None


def begin_sign_up(*, login: str, password: str, full_name: str, language: str) -> PendingSignUp:
    """Check the form and send a code to the phone or e-mail.

    When an account exists already, the answer is the same, but a message that says so goes to it
    instead of a code (emits `account.exists` {user_id, code_id, language}). Raises BadContact,
    BadPassword, InvalidInput, TooManyCodes. Source: rule S29.
    """
    contact = read_login(login)
    name = read_name(full_name)
    check_new_password(password)
    pending = PendingSignUp(contact.value, make_password(password), name, language)
    send_sign_up_code(pending=pending)
    return pending


def send_sign_up_code(*, pending: PendingSignUp) -> OneTimeCode:
    """Send the code of a sign-up, the first time or again. Raises TooManyCodes."""
    with transaction.atomic():
        user = find_by_login(pending.login)
        code = codes.issue_code(purpose=CONFIRM, target=pending.login, silent=user is not None)
        if user is not None:
            outbox.emit(
                "account.exists",
                key=f"user:{user.pk}",
                user_id=user.pk,
                code_id=code.pk,
                language=pending.language,
            )
        return code


def sign_up(*, pending: PendingSignUp, code: str) -> User:
    """Make the account once its code is right. Twice is safe: the code works once.

    Raises WrongCode, CodeEnded.
    """
    codes.check_code(purpose=CONFIRM, target=pending.login, text=code)
    contact = read_login(pending.login)
    user = User(
        email=contact.value if contact.way == "email" else None,
        phone=contact.value if contact.way == "phone" else None,
        full_name=pending.full_name,
        language=pending.language,
        password=pending.password_hash,
    )
    try:
        with transaction.atomic():
            user.save()
            audit.record(actor=user, action="account.create", subject=("user", str(user.pk)))
    except IntegrityError as error:
        raise CodeEnded(field="code") from error
    return user


def sign_in(*, login: str, password: str, visitor: Visitor) -> User:
    """The person behind a right login and password; the caller opens the session.

    At most 10 tries per account and 50 per address in 15 minutes. A device that has signed in to
    this account before has a count of its own, so that a stranger can't lock the owner out.
    Raises WrongSignIn (one answer for unknown, wrong and switched off), TooMany. Source: rule S28.
    """
    user = find_by_login(login)
    account = login.strip().lower() if user is None else f"user:{user.pk}"
    known = user is not None and user.pk == visitor.known_user_id
    keys = (account, "known" if known else "any")
    try:
        limits.check("sign_in_account", *keys, limit=10, per_seconds=QUARTER)
        limits.check("sign_in_address", visitor.address, limit=50, per_seconds=QUARTER)
    except TooMany as error:
        wait = int(str(error.params["retry_after"]))
        raise TooManyTries(retry_after=wait, wait=spoken_wait(wait), field="password") from error
    found = authenticate(None, login=login, password=password[:LONGEST_PASSWORD])
    if not isinstance(found, User):
        raise WrongSignIn(field="password")
    limits.forget("sign_in_account", *keys, per_seconds=QUARTER)
    return found


def second_step_of(user: User) -> str:
    """What is asked after the password: "factor" (app, passkey, recovery code) wherever one is set
    up, "message" (a code by e-mail or SMS) for staff without one, "" for everybody else."""
    if factors.has_factor(user):
        return "factor"
    return "message" if user.is_staff and settings.STAFF_SECOND_STEP else ""


def second_step_target(user: User) -> str:
    """Where a member of staff gets the second step's code: e-mail first, it is free."""
    return user.email or user.phone or ""


def begin_second_step(*, user: User) -> OneTimeCode:
    """Send the code of the second step. Raises TooManyCodes; the code sent before still works."""
    return codes.issue_code(
        purpose=SECOND_STEP, target=second_step_target(user), subject=str(user.pk)
    )


def finish_second_step(*, user: User, code: str) -> None:
    """Check the second step's code. Raises WrongCode, CodeEnded."""
    codes.check_code(
        purpose=SECOND_STEP, target=second_step_target(user), subject=str(user.pk), text=code
    )


def begin_reset(*, login: str) -> Contact:
    """Send a code for a new password; the same whether or not an account is there.

    Raises BadContact, TooManyCodes.
    """
    contact = read_login(login)
    user = find_by_login(contact.value)
    codes.issue_code(purpose=RESET, target=contact.value, silent=user is None or not user.is_active)
    return contact


def reset_password(*, target: str, code: str, password: str) -> User:
    """Set a new password with a code; every open session of the account ends.

    The password is checked first, so that a weak one doesn't use up the code. Raises BadPassword,
    WrongCode, CodeEnded.
    """
    check_new_password(password)
    codes.check_code(purpose=RESET, target=target, text=code)
    user = find_by_login(target)
    if user is None:
        raise CodeEnded(field="code")
    return _set_password(user=user, password=password, action="account.reset_password")


def change_password(*, user: User, old_password: str, new_password: str) -> User:
    """Replace the password; other sessions end. Raises BadPassword, TooMany."""
    limits.check("change_password", f"user:{user.pk}", limit=10, per_seconds=900)
    if not check_password(old_password, user.password):
        raise BadPassword(
            "old_password_wrong", _("Your present password isn't right."), field="old_password"
        )
    check_new_password(new_password, field="new_password")
    return _set_password(user=user, password=new_password, action="account.change_password")


def save_profile(*, user: User, full_name: str, language: str) -> User:
    """Change the name and the language of messages. Raises InvalidInput. Twice is safe."""
    user.full_name = read_name(full_name)
    if language not in ("vi", "en"):
        raise InvalidInput("language_unknown", _("Choose Vietnamese or English."), field="language")
    user.language = language
    with transaction.atomic():
        user.save(update_fields=["full_name", "language"])
        audit.record(actor=user, action="account.save", subject=("user", str(user.pk)))
    return user


def read_name(text: str, *, field: str = "full_name") -> str:
    """A person's name without needless spaces; raises InvalidInput when empty or too long."""
    name = " ".join(text.split())
    if not name:
        raise InvalidInput("name_empty", _("Type your name."), field=field)
    if len(name) > LONGEST_NAME:
        raise InvalidInput("name_long", _("Shorten the name to 120 characters."), field=field)
    return name


def check_new_password(password: str, *, field: str = "password") -> None:
    """Raises BadPassword when it is short, long, common or a word everybody here would guess."""
    if len(password) > LONGEST_PASSWORD:
        raise _bad_password("password_too_long", field)
    try:
        validate_password(password)
    except ValidationError as error:
        raise _bad_password(error.error_list[0].code or "", field) from error


def _bad_password(code: str, field: str) -> BadPassword:
    return BadPassword(code, _PASSWORD_SENTENCES.get(code, BadPassword.message), field=field)


def _set_password(*, user: User, password: str, action: str) -> User:
    """A new password ends every session and every code that could set another one."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        codes.void(purpose=RESET, targets=[user.email, user.phone])
        devices.end_all(user=user)
        factors.note(user, action, "password")
    return user
