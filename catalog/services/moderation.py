"""The province's side: decide about goods."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.errors import BadMove
from catalog.locks import locked_product
from catalog.models import Product
from catalog.services.listing import checked_reason
from catalog.services.moves import move_product
from catalog.services.texts import FIELDS
from catalog.states import ProductState
from core import clock
from core.errors import InvalidInput, NotAllowed
from vendors.models import Vendor
from vietnam.text import nfc

LONGEST_REASON = 500
REASON_FIELDS = (*FIELDS, "variants")


class Decision(StrEnum):
    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    TAKE_DOWN = "take_down"
    PUT_BACK = "put_back"


# Decision -> (the states it fits, the state it leads to).
_DECISIONS: dict[str, tuple[frozenset[str], str]] = {
    Decision.APPROVE: (frozenset({ProductState.SUBMITTED}), ProductState.LIVE),
    Decision.REQUEST_CHANGES: (
        frozenset({ProductState.SUBMITTED}),
        ProductState.CHANGES_REQUESTED,
    ),
    Decision.TAKE_DOWN: (
        frozenset({ProductState.LIVE, ProductState.PAUSED}),
        ProductState.TAKEN_DOWN,
    ),
    Decision.PUT_BACK: (frozenset({ProductState.TAKEN_DOWN}), ProductState.LIVE),
}


def open_decisions(product: Product) -> list[Decision]:
    """The decisions that fit the product's present state, for the page."""
    return [Decision(name) for name, (states, _to) in _DECISIONS.items() if product.state in states]


def decide_product(
    *,
    product: Product,
    decision: str,
    reasons: Mapping[str, str] | None = None,
    note: str = "",
    actor: User,
) -> Product:
    """Decide about a product, for the province.

    In one transaction with the row lock: state, timeline, audit row, `product.decided`, and the
    shop shows or hides it at once. The same decision twice is a no-op. Asking for changes needs a
    reason for at least one field, taking down a note. Raises NotAllowed, BadMove, InvalidInput.
    """
    with transaction.atomic():
        locked = locked_product(product.pk)
        check_may_decide(locked.vendor, actor)
        if decision not in _DECISIONS:
            raise BadMove()
        states, to_state = _DECISIONS[decision]
        if locked.state == to_state:
            return locked
        if locked.state not in states:
            raise BadMove()
        clean = read_reasons(reasons or {})
        note = _check_words(decision, clean, note)
        locked.change_reasons = clean if decision == Decision.REQUEST_CHANGES else {}
        locked.takedown_reason = note if decision == Decision.TAKE_DOWN else ""
        if to_state == ProductState.LIVE and locked.published_at is None:
            locked.published_at = clock.now()
        move_product(
            product=locked,
            to_state=to_state,
            topic="product.decided",
            actor=actor,
            reasons=clean,
            note=note,
        )
        return locked


def check_may_decide(vendor: Vendor, actor: User) -> None:
    """Raises NotAllowed unless active staff, and not of the vendor itself."""
    if not (actor.is_staff and actor.is_active):
        raise NotAllowed()
    if vendor.members.filter(user=actor, removed_at=None).exists():
        raise NotAllowed(
            "own_goods", _("You work for this vendor. Another member of staff must decide.")
        )


def read_reasons(reasons: Mapping[str, str]) -> dict[str, str]:
    """The given reasons without empty ones and unknown fields, in stored form."""
    read = {
        field: nfc(reasons[field]).strip()[:LONGEST_REASON]
        for field in REASON_FIELDS
        if field in reasons
    }
    return {field: reason for field, reason in read.items() if reason}


def _check_words(decision: str, reasons: Mapping[str, str], note: str) -> str:
    if decision == Decision.TAKE_DOWN:
        return checked_reason(note)
    if decision == Decision.REQUEST_CHANGES and not reasons:
        raise InvalidInput(
            "reason_missing",
            _("Write a reason beside at least one answer, so that the vendor knows what to mend."),
            field="reasons",
        )
    return note
