"""The checkout form: who receives the goods and where. Seven fields that are seen; what a company
needs on its invoices is folded away."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.errors import BadFields
from orders.services.invoices import checked_invoice
from vietnam.phone import InvalidPhone, Reason, format_phone, parse_phone
from vietnam.text import nfc
from web.buyers import address
from web.buyers.choices import read_invoice

PHONE_WORDS = {
    Reason.EMPTY: _("Please enter the phone number the carrier can call."),
    Reason.CHARACTERS: _("A phone number has digits only, such as 0912 345 678."),
    Reason.LENGTH: _("A mobile number has 10 digits, such as 0912 345 678. Please count again."),
    Reason.PREFIX: _("A phone number in Vietnam starts with 03, 05, 07, 08, 09 or 02."),
}


class Line(forms.CharField):
    """One line in NFC, with its spaces tidied."""

    def to_python(self, value: Any) -> str:
        return " ".join(nfc(super().to_python(value) or "").split())


class Delivery(forms.Form):
    """Format only; the service checks phone and ward again."""

    name = Line(
        max_length=120,
        error_messages={
            "required": _("Please tell us who receives the goods."),
            "max_length": _("A name has at most 120 characters."),
        },
    )
    phone = forms.CharField(
        max_length=30,
        error_messages={
            "required": PHONE_WORDS[Reason.EMPTY],
            "max_length": PHONE_WORDS[Reason.LENGTH],
        },
    )
    province = forms.CharField(
        error_messages={"required": _("Please choose the province or city.")}
    )
    ward = forms.CharField(error_messages={"required": _("Please choose the ward or commune.")})
    street = Line(
        max_length=200,
        error_messages={
            "required": _("Please enter house number and street, or hamlet."),
            "max_length": _("An address line has at most 200 characters."),
        },
    )
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("This e-mail address isn't complete, such as an@example.com.")
        },
    )
    note = Line(
        required=False,
        max_length=300,
        error_messages={"max_length": _("A note has at most 300 characters.")},
    )
    tax_code = Line(required=False, max_length=40)
    company = Line(required=False, max_length=200)
    company_address = Line(required=False, max_length=300)
    company_email = Line(required=False, max_length=254)
    agree = forms.CharField(required=False, max_length=9)

    seen: ClassVar[tuple[str, ...]] = (
        "name",
        "phone",
        "province",
        "ward",
        "street",
        "note",
        "email",
    )
    folded: ClassVar[tuple[str, ...]] = (
        "tax_code",
        "company",
        "company_address",
        "company_email",
        "agree",
    )
    order: ClassVar[tuple[str, ...]] = (*seen, *folded)

    def clean_phone(self) -> str:
        try:
            return parse_phone(self.cleaned_data["phone"])
        except InvalidPhone as error:
            raise ValidationError(PHONE_WORDS[error.reason]) from error

    def clean_ward(self) -> str:
        ward: str = self.cleaned_data["ward"]
        chosen = address.picked(self.cleaned_data.get("province", ""), ward)
        if not chosen.ward:
            raise ValidationError(_("This ward isn't in the chosen province. Please choose again."))
        return ward

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        invoice = read_invoice(self.data)
        try:
            data["invoice"] = checked_invoice(invoice) if invoice else None
        except BadFields as refused:
            for field, error in refused.errors.items():
                if field not in self.errors:
                    self.add_error(field, str(error))
        return data


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields, as it was typed, with what is wrong beside it."""

    values: dict[str, str]
    errors: dict[str, str]

    def __getitem__(self, field: str) -> dict[str, str]:
        if field not in Delivery.order:  # templates ask here first, then for the attribute
            raise KeyError(field)
        return {"value": self.values.get(field, ""), "wrong": self.errors.get(field, "")}

    @property
    def for_company(self) -> bool:
        """Whether any part of the invoice data was typed or is wrong: then it is unfolded."""
        return any(self.values.get(name) or name in self.errors for name in Delivery.folded)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(field, sentence) in the order of the form."""
        return [(field, self.errors[field]) for field in Delivery.order if field in self.errors]


def typed(data: QueryDict | dict[str, str], errors: dict[str, str] | None = None) -> Typed:
    """The form's content from a post, a remembered address, or nothing."""
    values = {field: str(data.get(field, ""))[:400] for field in Delivery.order}
    return Typed(values, errors or {})


def problems_of(form: Delivery) -> dict[str, str]:
    """The first sentence per field."""
    return {field: str(sentences[0]) for field, sentences in form.errors.items()}


def spoken(e164: str) -> str:
    """A stored number as people type it."""
    return format_phone(e164)
