"""Complaints move here and nowhere else: state, clock, timeline, audit row and outbox together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core import audit, cases, clock, outbox
from core.models import Case, CaseState, StoredFile
from orders import rules
from orders.errors import ComplaintMoved
from orders.models import Complaint, ComplaintEntry, ComplaintPhoto
from orders.states import COMPLAINT_ENDED, COMPLAINT_MOVES, ComplaintState

BUYER, VENDOR, STAFF, SYSTEM = "buyer", "vendor", "staff", "system"

# The clock that begins with a state; the vendor's and the province's depend on the kind.
_CLOCKS = {
    ComplaintState.ANSWERED: rules.DECIDE_WITHIN,
    ComplaintState.RETURNING: rules.SEND_BACK_WITHIN,
    ComplaintState.OWED: rules.FULFIL_WITHIN,
    ComplaintState.DONE: rules.OBJECT_WITHIN,
}


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did, in which words. `detail` holds figures and codes, never personal values;
    `is_public_reason` says that the words belong into the audit trail (a vendor's, the province's).
    """

    action: str
    kind: str
    actor: audit.Actor | None = None
    text: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)
    photos: Sequence[StoredFile] = ()


def was_just_done(complaint: Complaint, action: str, kind: str) -> bool:
    """Whether the newest step is this one: the same form came twice."""
    last = complaint.entries.order_by("-pk").first()
    return last is not None and (last.action, last.actor_kind) == (action, kind)


def move(complaint: Complaint, to: ComplaintState, step: Step) -> None:
    """Move a LOCKED complaint, start its next clock and tell those above (`complaint.moved`).

    Raises ComplaintMoved when the table in `states` has no such move. What a person did is audited;
    a buyer's words stay out of the trail, which can't forget. The caller owns the transaction.
    """
    before = ComplaintState(complaint.state)
    if to not in COMPLAINT_MOVES[before]:
        raise ComplaintMoved(state=before.label, number=complaint.number)
    complaint.state = to
    _set_clock(complaint)
    complaint.save()
    _follow_with_case(complaint, before, step)
    note(complaint, before, step)


def note(complaint: Complaint, before: str, step: Step) -> None:
    """Write a step that has happened into timeline, trail and outbox."""
    entry = ComplaintEntry.objects.create(
        complaint=complaint,
        at=clock.now(),
        actor_kind=step.kind,
        actor_id=step.actor.pk if step.actor else None,
        action=step.action,
        from_state=before,
        to_state=complaint.state,
        text=step.text,
        detail=dict(step.detail),
    )
    ComplaintPhoto.objects.bulk_create(
        ComplaintPhoto(entry=entry, file=photo) for photo in step.photos
    )
    if step.actor is not None:
        audit.record(
            actor=step.actor,
            action=f"complaint.{step.action}",
            subject=("complaint", complaint.number),
            reason=step.text if step.kind in {VENDOR, STAFF} else "",
            change=({"state": before}, {"state": str(complaint.state), **step.detail}),
        )
    outbox.emit(
        "complaint.moved",
        key=f"complaint:{complaint.number}",
        number=complaint.number,
        entry_id=entry.pk,
    )


def case_key(complaint: Complaint) -> str:
    """How the province's case of a complaint is found again."""
    return f"complaint:{complaint.number}"


def _set_clock(complaint: Complaint) -> None:
    now, state = clock.now(), ComplaintState(complaint.state)
    if state in COMPLAINT_ENDED:
        complaint.due_at, complaint.ended_at = None, now
    elif state == ComplaintState.PROVINCE:
        complaint.due_at = now + rules.COMPLAINTS[complaint.kind].settle.span()
    else:
        complaint.due_at = now + _CLOCKS[state].span()


def _follow_with_case(complaint: Complaint, before: str, step: Step) -> None:
    """A case opens with the province's turn and is resolved when that ends."""
    if complaint.state == ComplaintState.PROVINCE:
        cases.open_case(
            kind="complaint",
            subject=("complaint", complaint.number),
            title=f"{complaint.order.vendor_name}: {complaint.number}",
            detail={"order": complaint.order.number, "why": step.action},
            vendor_id=complaint.order.vendor_id,
            dedupe_key=case_key(complaint),
        )
    elif before == ComplaintState.PROVINCE and step.actor is not None:
        found = Case.objects.filter(dedupe_key=case_key(complaint), state=CaseState.OPEN).first()
        if found is not None:
            cases.resolve_case(
                case_id=found.pk,
                actor=step.actor,
                resolution=step.text if step.kind == STAFF else step.action,
            )
