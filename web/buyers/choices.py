"""What a buyer chooses beside the address: services, vouchers, a note to each vendor, invoices."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from core.digits import parse_digits
from orders.services.invoices import Invoice
from promotions.selectors import clean_code, clean_codes
from vietnam.text import nfc

SERVICE, NOTE = "service-", "note-"
LONGEST_NOTE = 300
MOST = 100  # fields of one kind in a form


@dataclass(frozen=True, slots=True)
class Choices:
    """As they were posted; nothing chosen is the usual delivery, no voucher, no note."""

    services: Mapping[int, str] = field(default_factory=dict)
    vouchers: tuple[str, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    new_voucher: str = ""


def read_choices(data: QueryDict) -> Choices:
    """The choices of a posted form. A code just typed counts at once; `drop-CODE` takes one out."""
    dropped = clean_code(data.get("do", "").removeprefix("drop-"))
    is_drop = data.get("do", "").startswith("drop-")
    typed = "" if is_drop else data.get("new_voucher", "")[:80]
    codes = clean_codes([*data.getlist("voucher")[:MOST], typed])
    return Choices(
        services=_by_vendor(data, SERVICE),
        vouchers=tuple(code for code in codes if not (is_drop and code == dropped)),
        notes=_by_vendor(data, NOTE),
        new_voucher=clean_code(typed),
    )


def read_invoice(data: Mapping[str, str]) -> Invoice | None:
    """What was typed into the company's fields; None when all of them are empty."""
    invoice = Invoice(
        tax_code=data.get("tax_code", "").strip(),
        name=data.get("company", "").strip(),
        address=data.get("company_address", "").strip(),
        email=data.get("company_email", "").strip(),
        agreed=bool(data.get("agree")),
    )
    return invoice if invoice.is_asked_for else None


def _by_vendor(data: QueryDict, prefix: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for name, value in data.items():
        vendor_id = parse_digits(name.removeprefix(prefix)) if name.startswith(prefix) else None
        words = " ".join(nfc(str(value)).split())[:LONGEST_NOTE]
        if vendor_id is not None and words and len(found) < MOST:
            found[vendor_id] = words
    return found
