"""The province decides what buyer and vendor could not settle."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import InvalidInput, NotAllowed
from orders.errors import ComplaintMoved
from orders.locks import locked_complaint
from orders.models import Complaint, Outcome
from orders.services.complaints.moves import STAFF, Step, move, was_just_done
from orders.services.complaints.offers import Offer, begin, check_offer, put
from orders.services.complaints.opening import clean
from orders.states import ComplaintState


def decide(*, complaint: Complaint, offer: Offer, actor: User) -> Complaint:
    """Money back, the goods again, or neither; always with reasons, which both sides read.

    Resolves the case. Audited. Locks order, then complaint; twice is safe. Raises NotAllowed for
    whoever works for this vendor or bought this, BadFields, ComplaintMoved.
    """
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        check_may_decide(complaint, actor)
        if was_just_done(complaint, "decide", STAFF):
            return complaint
        _must_wait(complaint)
        checked = check_offer(complaint, offer, needs_text=True)
        detail = put(complaint, checked)
        begin(complaint, Step("decide", STAFF, actor, text=checked.text, detail=detail))
        return complaint


def settle(*, complaint: Complaint, text: str, actor: User) -> Complaint:
    """What the vendor paid or sent did arrive: the dispute about it ends. Twice is safe.

    Only where the vendor had said so before. Raises NotAllowed, InvalidInput, ComplaintMoved.
    """
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        check_may_decide(complaint, actor)
        if complaint.state == ComplaintState.SETTLED:
            return complaint
        _must_wait(complaint)
        if not can_settle(complaint):
            raise ComplaintMoved(
                state=ComplaintState(complaint.state).label, number=complaint.number
            )
        words = clean(text)
        if not words:
            raise InvalidInput(
                "text_missing",
                _("Please write the reasons: the other side reads them."),
                field="text",
            )
        move(complaint, ComplaintState.SETTLED, Step("settle", STAFF, actor, text=words))
        return complaint


def can_settle(complaint: Complaint) -> bool:
    """Whether what is disputed is only if the payment or the goods arrived."""
    before = complaint.entries.filter(to_state=ComplaintState.PROVINCE).order_by("-pk").first()
    paid = complaint.outcome == Outcome.REPLACE or (
        hasattr(complaint, "refund") and complaint.refund.paid_at is not None
    )
    return before is not None and before.from_state == ComplaintState.DONE and paid


def check_may_decide(complaint: Complaint, actor: User) -> None:
    """Nobody decides about an own shop or an own purchase."""
    order = complaint.order
    is_member = order.vendor.members.filter(user=actor, removed_at=None).exists()
    is_buyer = order.purchase is not None and order.purchase.buyer_id == actor.pk
    if not actor.is_staff or is_member or is_buyer:
        raise NotAllowed()


def _must_wait(complaint: Complaint) -> None:
    if complaint.state != ComplaintState.PROVINCE:
        raise ComplaintMoved(state=ComplaintState(complaint.state).label, number=complaint.number)
