"""Vouchers are made, paused and taken up again; what a voucher promises never changes."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from core.errors import BadFields, DomainError, InvalidInput
from core.money import MAX_PRICE_VND
from core.numbers import grouped
from promotions import rules
from promotions.errors import CodeTaken
from promotions.models import Kind, Payer, Voucher
from promotions.selectors import clean_code
from vendors.models import Vendor
from vietnam.money import format_vnd
from vietnam.text import nfc

CODE = re.compile(r"[A-Z0-9]{4,20}")
MOST_USES = 1_000_000
MOST_PER_BUYER = 100
LEAST_VND = 1_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a voucher promises. `percent` or `amount_vnd`, the other 0; None means no limit."""

    code: str
    name: str
    starts_at: datetime
    ends_at: datetime | None
    percent: int = 0
    amount_vnd: int = 0
    most_vnd: int | None = None
    minimum_vnd: int = 0
    uses_limit: int | None = None
    per_buyer: int | None = 1
    fund: str = ""
    is_listed: bool = True


def create_voucher(*, vendor: Vendor | None, terms: Terms, actor: audit.Actor) -> Voucher:
    """A new voucher of a vendor, or of the province (`vendor` None, which then pays); audited.

    Raises BadFields with every wrong term at once, CodeTaken.
    """
    wrong = _problems(terms, vendor)
    if wrong:
        raise BadFields(wrong)
    try:
        with transaction.atomic():
            voucher = Voucher.objects.create(
                code=clean_code(terms.code),
                vendor=vendor,
                name=nfc(terms.name).strip(),
                kind=Kind.PERCENT if terms.percent else Kind.AMOUNT,
                percent=terms.percent,
                amount_vnd=terms.amount_vnd,
                most_vnd=terms.most_vnd if terms.percent else None,
                minimum_vnd=terms.minimum_vnd,
                uses_limit=terms.uses_limit,
                per_buyer=terms.per_buyer,
                starts_at=terms.starts_at,
                ends_at=terms.ends_at,
                payer=Payer.PROVINCE if vendor is None else Payer.VENDOR,
                is_listed=terms.is_listed,
                fund=nfc(terms.fund).strip() if vendor is None else "",
            )
            told: dict[str, object] = {key: str(value) for key, value in asdict(terms).items()}
            _record(voucher, actor, "voucher.created", ({}, told | {"payer": voucher.payer}))
            return voucher
    except IntegrityError as error:
        raise CodeTaken(field="code") from error


def pause_voucher(*, voucher: Voucher, actor: audit.Actor) -> Voucher:
    """From now on it lowers no price; purchases made keep theirs. Locks it; twice is safe."""
    return _turn(voucher, actor, paused=True)


def resume_voucher(*, voucher: Voucher, actor: audit.Actor) -> Voucher:
    """It counts again, within its old limits. Locks it; twice is safe."""
    return _turn(voucher, actor, paused=False)


def _turn(voucher: Voucher, actor: audit.Actor, *, paused: bool) -> Voucher:
    with transaction.atomic():
        locked = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
        if (locked.paused_at is not None) == paused:
            return locked
        locked.paused_at = clock.now() if paused else None
        locked.save(update_fields=["paused_at"])
        action = "voucher.paused" if paused else "voucher.resumed"
        _record(locked, actor, action, ({"paused": not paused}, {"paused": paused}))
        return locked


def _record(
    voucher: Voucher,
    actor: audit.Actor,
    action: str,
    change: tuple[dict[str, object], dict[str, object]],
) -> None:
    audit.record(actor=actor, action=action, subject=("voucher", voucher.code), change=change)


def _problems(terms: Terms, vendor: Vendor | None) -> dict[str, DomainError]:
    found: dict[str, DomainError] = {}
    if not CODE.fullmatch(clean_code(terms.code)):
        found["code"] = InvalidInput(
            "bad_code", _("A code has 4 to 20 letters and digits, such as DIEU10."), field="code"
        )
    if not terms.name.strip():
        found["name"] = InvalidInput(
            "name_missing", _("Please say what the voucher is for."), field="name"
        )
    if vendor is None and not terms.fund.strip():
        found["fund"] = InvalidInput(
            "fund_missing", _("Please say what the province pays it from."), field="fund"
        )
    return found | _wrong_value(terms, vendor) | _wrong_limits(terms)


def _wrong_value(terms: Terms, vendor: Vendor | None) -> dict[str, DomainError]:
    rule = rules.MOST_PERCENT_PROVINCE if vendor is None else rules.MOST_PERCENT_VENDOR
    most = rule.value()
    if bool(terms.percent) == bool(terms.amount_vnd):
        text = _("Please enter either percent or an amount.")
        return {"value": InvalidInput("bad_value", text, field="value")}
    if terms.percent:
        text = _("Please enter 1 to %(most)s percent.")
        ok = 1 <= terms.percent <= most
        return {} if ok else {"value": InvalidInput("bad_value", text, field="value", most=most)}
    if not LEAST_VND <= terms.amount_vnd <= MAX_PRICE_VND:
        text = _("Please enter an amount from %(low)s to %(high)s.")
        params = {"low": format_vnd(LEAST_VND), "high": format_vnd(MAX_PRICE_VND)}
        return {"value": InvalidInput("bad_value", text, field="value", **params)}
    low = -(-terms.amount_vnd * 100 // most)
    if terms.minimum_vnd >= low:
        return {}
    text = _("The law allows at most %(most)s percent off: it needs goods for %(low)s or more.")
    error = InvalidInput("low_minimum", text, field="minimum_vnd", most=most, low=format_vnd(low))
    return {"minimum_vnd": error}


def _wrong_limits(terms: Terms) -> dict[str, DomainError]:
    found: dict[str, DomainError] = {}
    limits = {"uses_limit": MOST_USES, "per_buyer": MOST_PER_BUYER}
    for name, high in limits.items():
        value = getattr(terms, name)
        if value is not None and not 1 <= value <= high:
            text = _("Please enter a whole number from 1 to %(high)s, or leave it empty.")
            found[name] = InvalidInput("bad_limit", text, field=name, high=grouped(high))
    for name in ("most_vnd", "minimum_vnd"):
        if not 0 <= (getattr(terms, name) or 0) <= MAX_PRICE_VND:
            text = _("This amount is too large.")
            found[name] = InvalidInput("bad_amount", text, field=name)
    if terms.ends_at is not None and terms.ends_at <= max(terms.starts_at, clock.now()):
        text = _("The last day must not be over, and not before the first one.")
        found["ends_on"] = InvalidInput("bad_end", text, field="ends_on")
    return found
