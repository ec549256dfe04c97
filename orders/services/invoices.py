"""What a company needs on its invoices. The vendors issue them; we hand the data on, no more."""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from core.errors import BadFields, DomainError, InvalidInput
from vendors.services.fields import TAX_SENTENCES
from vietnam.tax_code import InvalidTaxCode, check_tax_code

LONGEST_NAME, LONGEST_ADDRESS = 200, 300


@dataclass(frozen=True, slots=True)
class Invoice:
    """Told for the invoices of one purchase; without `agreed` nobody may see it."""

    tax_code: str
    name: str
    address: str
    email: str
    agreed: bool

    @property
    def is_asked_for(self) -> bool:
        return bool(self.tax_code or self.name or self.address or self.email)


def checked_invoice(invoice: Invoice) -> Invoice:
    """The same with its tax code in its one written form.

    Raises BadFields for every part that can't stand on an invoice (fields tax_code, company,
    company_address, company_email, agree). Source: Decree 254/2026/NĐ-CP, what an invoice holds.
    """
    wrong: dict[str, DomainError] = {}
    tax_code = ""
    try:
        tax_code = check_tax_code(invoice.tax_code).value
    except InvalidTaxCode as error:
        text = TAX_SENTENCES[error.reason]
        wrong["tax_code"] = InvalidInput(f"tax_code_{error.reason}", text, field="tax_code")
    if not invoice.name.strip():
        text = _("Please enter the company's name as it is registered.")
        wrong["company"] = InvalidInput("company_missing", text, field="company")
    if not invoice.address.strip():
        text = _("Please enter the company's registered address.")
        field = "company_address"
        wrong[field] = InvalidInput("company_address_missing", text, field=field)
    if not _is_mail(invoice.email):
        text = _("Please enter the e-mail that gets the invoices, such as ketoan@example.com.")
        wrong["company_email"] = InvalidInput("bad_email", text, field="company_email")
    if not invoice.agreed:
        text = _("Please agree that the vendors see this, or empty the invoice fields.")
        wrong["agree"] = InvalidInput("not_agreed", text, field="agree")
    if wrong:
        raise BadFields(wrong)
    return replace(
        invoice,
        tax_code=tax_code,
        name=invoice.name.strip()[:LONGEST_NAME],
        address=invoice.address.strip()[:LONGEST_ADDRESS],
        email=invoice.email.strip().lower(),
    )


def _is_mail(text: str) -> bool:
    try:
        validate_email(text.strip())
    except ValidationError:
        return False
    return True
