"""What the rules about people and codes may refuse."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, InvalidInput, TooMany


class BadContact(InvalidInput):
    """Neither a Vietnamese phone number nor an e-mail address; `code` says what is wrong."""

    code = "bad_contact"
    message = _("Type a mobile number, such as 0912 345 678, or an e-mail address.")


class BadPassword(InvalidInput):
    """A password that is too short or that everybody would guess."""

    code = "bad_password"
    message = _("Please choose another password.")


class WrongSignIn(DomainError):
    """No such account, wrong password or switched off: one answer for all three."""

    code = "wrong_sign_in"
    message = _("The phone number, e-mail or password isn't right. Check them and try again.")
    status = 400


class WrongCode(DomainError):
    """The code doesn't fit; `left` tries remain before a new one is needed."""

    code = "wrong_code"
    message = _("This code isn't right. You can try %(left)s more times.")
    status = 400


class CodeEnded(DomainError):
    """Used, too old, tried too often or never asked for: one answer for all."""

    code = "code_ended"
    message = _("This code has ended. Ask for a new one.")
    status = 400


class TooManyCodes(TooMany):
    """A limit of codes for one number was reached; `retry_after` is in seconds."""

    code = "too_many_codes"
    message = _("We have just sent a code. Wait %(wait)s and ask again.")


class TooManyTries(TooMany):
    """Too many passwords for one account or from one address; `retry_after` is in seconds."""

    code = "too_many_tries"
    message = _("Too many tries. Wait %(wait)s and try again, or set a new password.")


class WrongFactor(DomainError):
    """Neither the app's present code nor an unused recovery code, or a passkey that doesn't fit."""

    code = "wrong_factor"
    message = _("This code isn't right. Take the newest one from your app, or a recovery code.")
    status = 400


class PasskeyRefused(DomainError):
    """What the browser answered isn't a passkey of this account, or came too late."""

    code = "passkey_refused"
    message = _("This passkey didn't work here. Try again, or sign in another way.")
    status = 400


class ErasureBlocked(DomainError):
    """Something is still open; `reasons` says what, one sentence each."""

    code = "erasure_blocked"
    message = _("Your account can't be deleted yet.")

    def __init__(self, reasons: list[str]) -> None:
        super().__init__()
        self.reasons = reasons
