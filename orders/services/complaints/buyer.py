"""The buyer's steps: accept, ask the province, withdraw, send back, say whether it came."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from core.errors import InvalidInput
from orders import rules
from orders.errors import ComplaintMoved
from orders.locks import locked_complaint
from orders.models import Complaint
from orders.services.complaints.moves import BUYER, Step, move, note, was_just_done
from orders.services.complaints.offers import begin
from orders.services.complaints.opening import LONGEST, clean
from orders.states import ComplaintState


def accept(*, complaint: Complaint, text: str, actor: audit.Actor) -> Complaint:
    """Take what the vendor offered; `text` may say where to pay. Locks order, then complaint.

    Twice is safe. Raises ComplaintMoved unless the vendor's answer is what waits.
    """
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        if was_just_done(complaint, "accept", BUYER):
            return complaint
        _must_be(complaint, ComplaintState.ANSWERED)
        begin(complaint, Step("accept", BUYER, actor, text=_short(text)))
        return complaint


def ask_province(*, complaint: Complaint, text: str, actor: audit.Actor) -> Complaint:
    """Not content with the answer, or what was promised never came: the province decides.

    Opens a case. Locks order, then complaint; twice is safe. Raises InvalidInput without a
    sentence, ComplaintMoved in other states.
    """
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        if was_just_done(complaint, "ask_province", BUYER):
            return complaint
        _must_be(complaint, ComplaintState.ANSWERED, ComplaintState.DONE)
        words = _short(text)
        if not words:
            raise InvalidInput(
                "text_missing", _("Please say why, so that the province can decide."), field="text"
            )
        move(complaint, ComplaintState.PROVINCE, Step("ask_province", BUYER, actor, text=words))
        return complaint


def withdraw(*, complaint: Complaint, actor: audit.Actor) -> Complaint:
    """End it without a result, while nothing is owed yet. Twice is safe. Raises ComplaintMoved."""
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        if complaint.state == ComplaintState.WITHDRAWN:
            return complaint
        if complaint.taken_back.exists():
            raise _moved(complaint)
        move(complaint, ComplaintState.WITHDRAWN, Step("withdraw", BUYER, actor))
        return complaint


def send_back(*, complaint: Complaint, text: str, actor: audit.Actor) -> Complaint:
    """The goods are on their way back; `text` says with whom, and the tracking code.

    Starts the vendor's clock to look at them. Saying it again replaces nothing and is no error.
    """
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        _must_be(complaint, ComplaintState.RETURNING)
        words = _short(text)
        if not words:
            raise InvalidInput(
                "text_missing",
                _("Please write the carrier and the tracking code, or who took it."),
                field="text",
            )
        if not is_sent_back(complaint):
            complaint.due_at = clock.now() + rules.TAKE_BACK_WITHIN.span()
            complaint.save(update_fields=["due_at"])
            note(complaint, complaint.state, Step("send_back", BUYER, actor, text=words))
        return complaint


def confirm_received(*, complaint: Complaint, actor: audit.Actor) -> Complaint:
    """The money or the goods came: the complaint is settled. Twice is safe."""
    with transaction.atomic():
        complaint = locked_complaint(complaint.pk)
        if complaint.state == ComplaintState.SETTLED:
            return complaint
        _must_be(complaint, ComplaintState.DONE)
        move(complaint, ComplaintState.SETTLED, Step("received", BUYER, actor))
        return complaint


def is_sent_back(complaint: Complaint) -> bool:
    """Whether the buyer has handed the goods over since they were last to be sent back."""
    last = complaint.entries.order_by("-pk").first()
    return last is not None and last.action == "send_back"


def _must_be(complaint: Complaint, *states: ComplaintState) -> None:
    if complaint.state not in states:
        raise _moved(complaint)


def _moved(complaint: Complaint) -> ComplaintMoved:
    return ComplaintMoved(state=ComplaintState(complaint.state).label, number=complaint.number)


def _short(text: str) -> str:
    words = clean(text)
    if len(words) > LONGEST:
        raise InvalidInput(
            "text_long", _("This text is too long. Shorten it to 2,000 characters."), field="text"
        )
    return words
