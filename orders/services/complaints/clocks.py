"""What time does to complaints: nobody can let one lie."""

from django.db import transaction

from core import clock
from orders.models import Complaint
from orders.services.complaints.buyer import is_sent_back
from orders.services.complaints.moves import SYSTEM, Step, move
from orders.services.complaints.offers import begin
from orders.states import ComplaintState

BATCH = 100


def run_clocks() -> int:
    """Move every complaint whose clock has run out; how many.

    No answer, goods not looked at, nothing paid: the province gets it, as a case. The buyer says
    nothing to an offer: it counts as accepted. Nothing is sent back: withdrawn. No objection to a
    payment: settled. Each in its own transaction; one that is being worked on waits for the next
    round. What waits for the province stays there: its case gets older and red.
    """
    due = Complaint.objects.filter(due_at__lte=clock.now()).exclude(state=ComplaintState.PROVINCE)
    keys = due.order_by("due_at").values_list("pk", flat=True)[:BATCH]
    return sum(_end(pk) for pk in keys)


def _end(pk: int) -> int:
    with transaction.atomic():
        waiting = Complaint.objects.select_for_update(of=("self", "order"), skip_locked=True)
        found = waiting.select_related("order").filter(pk=pk).first()
        if found is None or found.due_at is None or found.due_at > clock.now():
            return 0
        return _move(found)


def _move(complaint: Complaint) -> int:
    state = complaint.state
    if state == ComplaintState.OPENED:
        move(complaint, ComplaintState.PROVINCE, Step("no_answer", SYSTEM))
    elif state == ComplaintState.ANSWERED:
        begin(complaint, Step("buyer_silent", SYSTEM))
    elif state == ComplaintState.RETURNING and is_sent_back(complaint):
        move(complaint, ComplaintState.PROVINCE, Step("not_looked_at", SYSTEM))
    elif state == ComplaintState.RETURNING:
        move(complaint, ComplaintState.WITHDRAWN, Step("not_sent_back", SYSTEM))
    elif state == ComplaintState.OWED:
        move(complaint, ComplaintState.PROVINCE, Step("not_fulfilled", SYSTEM))
    elif state == ComplaintState.DONE:
        move(complaint, ComplaintState.SETTLED, Step("no_objection", SYSTEM))
    else:
        return 0
    return 1
