"""What a vendor offers or the province decides, and how it begins to be carried out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import BadFields, DomainError, InvalidInput
from core.files import Upload
from orders.models import Complaint, ComplaintItem, Outcome, Refund
from orders.selectors.complaints import refundable_vnd
from orders.services.complaints.moves import Step, move
from orders.services.complaints.opening import LONGEST, clean
from orders.states import ComplaintState
from vietnam.money import format_vnd


@dataclass(frozen=True, slots=True)
class Offer:
    """Money back (how much), the goods again, or neither with the reasons; `with_return`: the
    buyer sends the goods back first, at the vendor's cost."""

    outcome: str
    text: str
    amount_vnd: int = 0
    with_return: bool = False
    photos: Sequence[Upload] = ()


def check_offer(complaint: Complaint, offer: Offer, *, needs_text: bool = False) -> Offer:
    """The offer as it will be kept. Raises BadFields with everything that needs mending."""
    errors: dict[str, DomainError] = {}
    text = clean(offer.text)
    if offer.outcome not in Outcome.values:
        errors["outcome"] = InvalidInput(
            "outcome_missing", _("Please choose an answer."), field="outcome"
        )
    if not text and (needs_text or offer.outcome == Outcome.REFUSE):
        errors["text"] = InvalidInput(
            "text_missing", _("Please write the reasons: the other side reads them."), field="text"
        )
    if len(text) > LONGEST:
        errors["text"] = InvalidInput(
            "text_long", _("This text is too long. Shorten it to 2,000 characters."), field="text"
        )
    if offer.outcome == Outcome.REFUND:
        wrong = _wrong_amount(complaint, offer.amount_vnd)
        if wrong is not None:
            errors["amount_vnd"] = wrong
    if errors:
        raise BadFields(errors)
    gives = offer.outcome != Outcome.REFUSE
    amount = offer.amount_vnd if offer.outcome == Outcome.REFUND else 0
    came = complaint.order.delivered_at is not None
    return Offer(offer.outcome, text, amount, offer.with_return and gives and came, offer.photos)


def begin(complaint: Complaint, step: Step) -> None:
    """Carry out what stands in a LOCKED complaint: goods come back first, or something is owed."""
    if complaint.outcome != Outcome.REFUND:
        Refund.objects.filter(complaint=complaint, paid_at=None).delete()  # promised before
    if complaint.outcome == Outcome.REFUSE:
        move(complaint, ComplaintState.REFUSED, step)
        return
    if complaint.with_return and not complaint.taken_back.exists():
        move(complaint, ComplaintState.RETURNING, step)
        return
    owe(complaint, step)


def owe(complaint: Complaint, step: Step) -> None:
    """Money or goods are owed from now on; a refund owed again after a dispute is one refund."""
    if complaint.outcome == Outcome.REFUND:
        Refund.objects.update_or_create(
            complaint=complaint,
            defaults={
                "amount_vnd": complaint.amount_vnd,
                "owed_at": clock.now(),
                "paid_at": None,
                "reference": "",
            },
        )
    move(complaint, ComplaintState.OWED, step)


def put(complaint: Complaint, offer: Offer) -> dict[str, object]:
    """Write the offer into a LOCKED complaint (saved by `move`); its figures for the timeline."""
    complaint.outcome = offer.outcome
    complaint.amount_vnd = offer.amount_vnd
    complaint.with_return = offer.with_return
    return {
        "outcome": str(offer.outcome),
        "amount_vnd": offer.amount_vnd,
        "with_return": offer.with_return,
    }


def units_of(complaint: Complaint) -> dict[int, ComplaintItem]:
    """The complaint's items by line."""
    return {item.line_id: item for item in complaint.items.select_related("line")}


def _wrong_amount(complaint: Complaint, amount_vnd: int) -> InvalidInput | None:
    most = refundable_vnd(complaint.order, besides=complaint)
    if most == 0:
        return InvalidInput(
            "nothing_paid",
            _("Nothing was paid for this order yet, so no money can go back."),
            field="outcome",
        )
    if 1 <= amount_vnd <= most:
        return None
    return InvalidInput(
        "amount_range",
        _("Please enter an amount from 1 ₫ to %(most)s."),
        field="amount_vnd",
        most=format_vnd(most),
    )
