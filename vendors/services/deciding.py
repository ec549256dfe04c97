"""The province's side of the file: decide about it and about its papers."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit, clock, outbox
from core.errors import InvalidInput, NotAllowed
from vendors.errors import BadDecision, FileIncomplete
from vendors.locks import locked_paper, locked_vendor
from vendors.models import Paper, PaperState, Vendor
from vendors.selectors import is_paper_required, list_papers, what_is_missing
from vendors.services.moves import move_vendor
from vendors.states import VendorState
from vietnam.text import nfc


class Decision(StrEnum):
    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    CLOSE = "close"


class PaperDecision(StrEnum):
    ACCEPT = "accept"
    REFUSE = "refuse"


# Decision -> (the states it fits, the state it leads to).
_DECISIONS: dict[str, tuple[frozenset[str], str]] = {
    Decision.APPROVE: (frozenset({VendorState.SUBMITTED}), VendorState.APPROVED),
    Decision.REQUEST_CHANGES: (frozenset({VendorState.SUBMITTED}), VendorState.CHANGES_REQUESTED),
    Decision.SUSPEND: (frozenset({VendorState.APPROVED}), VendorState.SUSPENDED),
    Decision.REINSTATE: (frozenset({VendorState.SUSPENDED}), VendorState.APPROVED),
    Decision.CLOSE: (frozenset(set(VendorState.values) - {VendorState.CLOSED}), VendorState.CLOSED),
}
_NEEDS_NOTE = frozenset({Decision.SUSPEND, Decision.CLOSE})
# What staff may ask to be changed: the answers of the file, and its papers as a whole.
REASON_FIELDS = (
    "kind",
    "name",
    "tax_code",
    "ward_code",
    "street",
    "phone",
    "email",
    "story_vi",
    "papers",
)
LONGEST_REASON = 500


def open_decisions(vendor: Vendor) -> list[Decision]:
    """The decisions that fit the vendor's present state, for the page."""
    return [Decision(word) for word, (states, _to) in _DECISIONS.items() if vendor.state in states]


def decide(
    *, vendor: Vendor, decision: str, reasons: Mapping[str, str], note: str, actor: User
) -> Vendor:
    """Decide about a vendor's file, for the province.

    In one transaction with the row lock: the state, the timeline, the audit row and the outbox
    entry `vendor.decided` {vendor_id, decision, decision_id}. The same decision twice is a no-op.
    Asking for changes needs a reason for at least one field; suspending and closing need a note;
    approving needs a complete file whose required papers are accepted. Raises NotAllowed,
    BadDecision, InvalidInput, FileIncomplete.
    """
    with transaction.atomic():
        locked = locked_vendor(vendor.pk)
        _check_may_decide(locked, actor)
        if decision not in _DECISIONS:
            raise BadDecision()
        states, to_state = _DECISIONS[decision]
        if locked.state == to_state:
            return locked
        if locked.state not in states:
            raise BadDecision()
        clean = read_reasons(reasons)
        note = _short(note, field="note")
        _check_words(decision, clean, note)
        if decision == Decision.APPROVE:
            _check_approvable(locked)
        locked.change_reasons = clean if decision == Decision.REQUEST_CHANGES else {}
        locked.mended_fields = []
        if to_state == VendorState.APPROVED and locked.approved_at is None:
            locked.approved_at = clock.now()
        row = move_vendor(vendor=locked, to_state=to_state, actor=actor, reasons=clean, note=note)
        outbox.emit(
            "vendor.decided",
            key=f"vendor:{locked.pk}",
            vendor_id=locked.pk,
            decision=str(decision),
            decision_id=row.pk,
        )
        return locked


def decide_paper(*, paper: Paper, decision: str, reason: str, actor: User) -> Paper:
    """Accept or refuse a paper; refusing needs a reason that the vendor can act on.

    The same decision twice is a no-op. Locks vendor, then paper. Audited; emits `paper.decided`
    {paper_id, vendor_id, vendor_state, decision}. Raises NotAllowed, BadDecision, InvalidInput.
    """
    with transaction.atomic():
        locked = locked_paper(paper.pk)
        _check_may_decide(locked.vendor, actor)
        if decision not in list(PaperDecision) or locked.archived_at is not None:
            raise BadDecision()
        to_state = PaperState.ACCEPTED if decision == "accept" else PaperState.REFUSED
        if locked.state == to_state:
            return locked
        reason = _short(reason, field="reason")
        if to_state == PaperState.REFUSED and not reason:
            raise InvalidInput(
                "reason_missing", _("Say why, so that the vendor can mend it."), field="reason"
            )
        before = locked.state
        locked.state = to_state
        locked.refusal = reason if to_state == PaperState.REFUSED else ""
        locked.save(update_fields=["state", "refusal"])
        audit.record(
            actor=actor,
            action=f"paper.{decision}",
            subject=("vendor", str(locked.vendor_id)),
            reason=reason,
            change=({"paper": locked.pk, "state": before}, {"state": str(to_state)}),
        )
        outbox.emit(
            "paper.decided",
            key=f"vendor:{locked.vendor_id}",
            paper_id=locked.pk,
            vendor_id=locked.vendor_id,
            vendor_state=locked.vendor.state,
            decision=str(decision),
        )
        return locked


def read_reasons(reasons: Mapping[str, str]) -> dict[str, str]:
    """The given reasons without empty ones and unknown fields; raises InvalidInput if too long."""
    read = {
        field: _short(reasons[field], field=f"reason_{field}")
        for field in REASON_FIELDS
        if field in reasons
    }
    return {field: reason for field, reason in read.items() if reason}


def _check_may_decide(vendor: Vendor, actor: User) -> None:
    if not (actor.is_staff and actor.is_active):
        raise NotAllowed()
    if vendor.members.filter(user=actor, removed_at=None).exists():
        raise NotAllowed(
            "own_file", _("You work for this vendor. Another member of staff must decide.")
        )


def _check_words(decision: str, reasons: Mapping[str, str], note: str) -> None:
    if decision == Decision.REQUEST_CHANGES and not reasons:
        raise InvalidInput(
            "reason_missing",
            _("Write a reason beside at least one answer, so that the vendor knows what to mend."),
            field="reasons",
        )
    if decision in _NEEDS_NOTE and not note:
        raise InvalidInput("note_missing", _("Write why. The vendor will read it."), field="note")


def _check_approvable(vendor: Vendor) -> None:
    missing = {item.field: item.sentence for item in what_is_missing(vendor)}
    if missing:
        raise FileIncomplete(missing)
    waiting = [
        paper
        for paper in list_papers(vendor)
        if paper.state == PaperState.WAITING and is_paper_required(paper)
    ]
    if waiting:
        raise InvalidInput(
            "paper_unchecked",
            _("Accept or refuse the paper “%(paper)s” first."),
            field="papers",
            paper=waiting[0].get_kind_display(),
        )


def _short(text: str, *, field: str) -> str:
    clean = nfc(text.replace("\x00", "").replace("\r\n", "\n")).strip()
    if len(clean) > LONGEST_REASON:
        raise InvalidInput(
            "too_long",
            _("Shorten this to %(limit)s characters; it has %(length)s now."),
            field=field,
            limit=LONGEST_REASON,
            length=len(clean),
        )
    return clean
