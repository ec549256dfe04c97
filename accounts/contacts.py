"""Phone numbers and e-mail addresses as people type them, and the sentences for wrong ones."""

from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.errors import BadContact
from vietnam.phone import InvalidPhone, Reason, is_mobile, mask_phone, parse_phone

PHONE_SENTENCES = {
    Reason.EMPTY: _("Type a phone number."),
    Reason.CHARACTERS: _("A phone number has only digits. Take out letters and other marks."),
    Reason.LENGTH: _("A mobile number has 10 digits, such as 0912 345 678. Count them again."),
    Reason.PREFIX: _("A number in Vietnam begins with 03, 05, 07, 08, 09 or 02."),
}
EMAIL_SENTENCE = _("This e-mail address isn't complete. It looks like ten@thudientu.vn.")
LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a person can be reached: a phone in E.164 or a lowercased e-mail address."""

    way: Literal["phone", "email"]
    value: str

    @property
    def masked(self) -> str:
        """Enough to recognise one's own, too little for anybody else."""
        if self.way == "phone":
            return mask_phone(self.value)
        name, _at, domain = self.value.partition("@")
        return f"{name[:2]}•••@{domain}"


def read_phone(text: str, *, field: str = "phone", mobile: bool = False) -> str:
    """The E.164 form; raises BadContact with the sentence that says what to mend."""
    try:
        number = parse_phone(text)
    except InvalidPhone as error:
        raise BadContact(
            f"phone_{error.reason}", PHONE_SENTENCES[error.reason], field=field
        ) from error
    if mobile and not is_mobile(number):
        raise BadContact(
            "phone_landline",
            _("Messages can't reach a landline. Type a mobile number."),
            field=field,
        )
    return number


def read_email(text: str, *, field: str = "email") -> str:
    """The lowercased address; raises BadContact."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadContact("email_shape", EMAIL_SENTENCE, field=field) from error
    if len(address) > LONGEST_EMAIL:
        raise BadContact("email_shape", EMAIL_SENTENCE, field=field)
    return address


def read_login(text: str, *, field: str = "login") -> Contact:
    """What a person signs in with: an e-mail address when it has an @, else a mobile number."""
    if not text.strip():
        raise BadContact("contact_empty", BadContact.message, field=field)
    if "@" in text:
        return Contact("email", read_email(text, field=field))
    return Contact("phone", read_phone(text, field=field, mobile=True))


def contact_of(target: str) -> Contact:
    """The contact behind a stored target (already checked when it was stored)."""
    return Contact("email" if "@" in target else "phone", target)
