"""The vendor's steps: answer, look at what came back, contest it, pay or send."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.errors import BadQuantity
from core import audit, clock
from core.errors import InvalidInput
from orders.errors import ComplaintMoved
from orders.locks import locked_complaint
from orders.models import Complaint, Outcome
from orders.services.complaints.moves import VENDOR, Step, move, was_just_done
from orders.services.complaints.offers import Offer, check_offer, owe, put, units_of
from orders.services.complaints.opening import LONGEST, clean
from orders.services.photos import store_photos
from orders.services.returns import write_taken_back
from orders.states import ComplaintState


def answer(*, complaint: Complaint, offer: Offer, actor: audit.Actor) -> Complaint:
    """Offer money, the goods again, or neither with reasons; the buyer decides next.

    Locks order, then complaint; twice is safe. Raises BadFields, InvalidInput (photos),
    ComplaintMoved: after its clock has run out the province decides, not the vendor.
    """
    checked = check_offer(complaint, offer)
    photos = store_photos(offer.photos, field="photos", actor=actor)
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        if was_just_done(complaint, "answer", VENDOR):
            return complaint
        _must_be(complaint, ComplaintState.OPENED)
        checked = check_offer(complaint, offer)
        detail = put(complaint, checked)
        step = Step("answer", VENDOR, actor, text=checked.text, detail=detail, photos=photos)
        move(complaint, ComplaintState.ANSWERED, step)
        return complaint


def take_back(
    *, complaint: Complaint, sellable: Mapping[int, int], actor: audit.Actor
) -> Complaint:
    """The goods came back: {line id: units that can be sold again}; the rest is lost.

    Only sellable units are stock again. Locks order, then complaint, then stock; twice is safe.
    Raises BadQuantity above what was complained about, ComplaintMoved.
    """
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        if was_just_done(complaint, "take_back", VENDOR):
            return complaint
        _must_be(complaint, ComplaintState.RETURNING)
        items = units_of(complaint)
        rows = []
        for line_id, item in items.items():
            good = sellable.get(line_id, 0)
            if not 0 <= good <= item.quantity:
                raise BadQuantity(field="sellable", low=0, high=item.quantity)
            rows.append((item.line, good, item.quantity - good))
        write_taken_back(order=complaint.order, rows=rows, complaint=complaint, actor=actor)
        detail = {
            "sellable": sum(row[1] for row in rows),
            "of": sum(row[1] + row[2] for row in rows),
        }
        owe(complaint, Step("take_back", VENDOR, actor, detail=detail))
        return complaint


def contest(*, complaint: Complaint, text: str, actor: audit.Actor) -> Complaint:
    """What came back isn't what was agreed, or never came: the province decides. Twice is safe."""
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        if was_just_done(complaint, "contest", VENDOR):
            return complaint
        _must_be(complaint, ComplaintState.RETURNING)
        words = _words(text, _("Please say what is wrong with the goods that came back."))
        move(complaint, ComplaintState.PROVINCE, Step("contest", VENDOR, actor, text=words))
        return complaint


def fulfil(*, complaint: Complaint, text: str, actor: audit.Actor) -> Complaint:
    """Paid, or sent again: `text` says how (transfer number, tracking code).

    A refund is marked as paid. The buyer may object within the dated time. Locks order, then
    complaint; twice is safe. Raises InvalidInput, ComplaintMoved.
    """
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        if was_just_done(complaint, "fulfil", VENDOR):
            return complaint
        _must_be(complaint, ComplaintState.OWED)
        words = _words(text, _("Please write how you paid or sent it: the buyer reads it."))
        if complaint.outcome == Outcome.REFUND:
            complaint.refund.paid_at = clock.now()
            complaint.refund.reference = words[:200]
            complaint.refund.save()
        move(complaint, ComplaintState.DONE, Step("fulfil", VENDOR, actor, text=words))
        return complaint


def _must_be(complaint: Complaint, state: ComplaintState) -> None:
    if complaint.state != state:
        raise ComplaintMoved(state=ComplaintState(complaint.state).label, number=complaint.number)


def _words(text: str, sentence: object) -> str:
    words = clean(text)
    if not words:
        raise InvalidInput("text_missing", sentence, field="text")
    if len(words) > LONGEST:
        raise InvalidInput(
            "text_long", _("This text is too long. Shorten it to 2,000 characters."), field="text"
        )
    return words
