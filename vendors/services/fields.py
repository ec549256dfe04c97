"""The answers of a vendor's file: each is read, checked and put into its one written form."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from accounts.contacts import read_email, read_phone
from core.errors import BadFields, DomainError, InvalidInput
from vendors.models import Vendor, VendorKind
from vietnam.places import region_wards
from vietnam.tax_code import InvalidTaxCode, Reason, check_tax_code
from vietnam.text import nfc

TAX_SENTENCES = {
    Reason.EMPTY: _("Type the tax code."),
    Reason.CHARACTERS: _(
        "A tax code has only digits, and a dash before a branch. Take out other marks."
    ),
    Reason.LENGTH: _(
        "A tax code has 10 digits, 10 and 3 for a branch, or 12 for a person. Count them again."
    ),
    Reason.SERIAL: _("This tax code can't exist. Copy it again from the registration."),
    Reason.CHECK_DIGIT: _(
        "A digit of this tax code is wrong. Copy it again from the registration."
    ),
    Reason.BRANCH: _("A branch is numbered from 001. Copy the tax code again."),
    Reason.PERSONAL: _("A personal number doesn't begin with 000. Copy it from your card."),
}
_LONGEST = {
    "name": 160,
    "name_en": 160,
    "short_name": 60,
    "street": 200,
    "story_vi": 4000,
    "story_en": 4000,
}
# What an approved vendor changes without asking: how to reach them.
OPEN_WHEN_APPROVED = frozenset({"phone", "email", "street", "language"})


def read_fields(vendor: Vendor, fields: Mapping[str, str]) -> dict[str, str]:
    """The answers in their written form. An empty answer is allowed while the file is a draft.

    Unknown names are left out. Raises BadFields with one error per wrong field.
    """
    read: dict[str, str] = {}
    errors: dict[str, DomainError] = {}
    for field, text in fields.items():
        reader = _READERS.get(field)
        if reader is None:
            continue
        try:
            typed = nfc(text.replace("\x00", "")).strip()
            if typed or field != "kind":
                read[field] = reader(field, typed) if typed else ""
        except DomainError as error:
            errors[field] = error
    kind = read.get("kind") or vendor.kind
    if read.get("tax_code") and (problem := _wrong_kind(kind, read["tax_code"])):
        errors["tax_code"] = problem
    if errors:
        raise BadFields(errors)
    return read


def _wrong_kind(kind: str, tax_code: str) -> DomainError | None:
    if kind in (VendorKind.COMPANY, VendorKind.COOPERATIVE) and len(tax_code) == 12:
        return InvalidInput(
            "tax_code_kind",
            _("12 digits are a person's number. A company's or cooperative's code has 10."),
            field="tax_code",
        )
    return None


def _line(field: str, text: str) -> str:
    line = " ".join(text.split())
    return _short_enough(field, line)


def _text(field: str, text: str) -> str:
    return _short_enough(field, text.replace("\r\n", "\n"))


def _short_enough(field: str, text: str) -> str:
    limit = _LONGEST[field]
    if len(text) > limit:
        raise InvalidInput(
            "too_long",
            _("Shorten this to %(limit)s characters; it has %(length)s now."),
            field=field,
            limit=limit,
            length=len(text),
        )
    return text


def _kind(field: str, text: str) -> str:
    if text not in VendorKind.values:
        raise InvalidInput("kind_unknown", _("Choose one of the kinds of vendor."), field=field)
    return text


def _tax_code(field: str, text: str) -> str:
    try:
        code = check_tax_code(text)
    except InvalidTaxCode as error:
        raise InvalidInput(
            f"tax_code_{error.reason}", TAX_SENTENCES[error.reason], field=field
        ) from error
    return code.value


def _ward(field: str, text: str) -> str:
    if text not in {ward.code for ward in region_wards()}:
        raise InvalidInput(
            "ward_unknown",
            _("Choose a ward or commune of the region from the list."),
            field=field,
        )
    return text


def _phone(field: str, text: str) -> str:
    return read_phone(text, field=field)


def _email(field: str, text: str) -> str:
    return read_email(text, field=field)


def _language(field: str, text: str) -> str:
    if text not in ("vi", "en"):
        raise InvalidInput("language_unknown", _("Choose Vietnamese or English."), field=field)
    return text


_READERS: dict[str, Callable[[str, str], str]] = {
    "kind": _kind,
    "name": _line,
    "name_en": _line,
    "short_name": _line,
    "tax_code": _tax_code,
    "ward_code": _ward,
    "street": _line,
    "phone": _phone,
    "email": _email,
    "story_vi": _text,
    "story_en": _text,
    "language": _language,
}
