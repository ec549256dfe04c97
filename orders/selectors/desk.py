"""What waits at a seller's desk: four numbers beside its links, in one query."""

from dataclasses import dataclass

from django.db import connection

from orders.states import ComplaintState, OrderState

COUNTS = """
SELECT
  (SELECT count(*) FROM orders_order WHERE vendor_id = %(vendor)s AND state = %(placed)s),
  (SELECT count(*) FROM orders_complaint complaint
   JOIN orders_order AS bought ON bought.id = complaint.order_id
   WHERE bought.vendor_id = %(vendor)s AND complaint.state = ANY(%(waiting)s)),
  (SELECT count(*) FROM orders_ordermessage message
   JOIN orders_order AS bought ON bought.id = message.order_id
   WHERE bought.vendor_id = %(vendor)s AND message.seen_at IS NULL
     AND message.author_kind = 'buyer'),
  (SELECT count(*) FROM catalog_question question
   JOIN catalog_product product ON product.id = question.product_id
   WHERE product.vendor_id = %(vendor)s AND answered_at IS NULL AND removed_at IS NULL)
"""
# Where the vendor must do something about a complaint.
WAITING = (ComplaintState.OPENED, ComplaintState.RETURNING, ComplaintState.OWED)


@dataclass(frozen=True, slots=True)
class DeskCounts:
    orders: int
    complaints: int
    messages: int
    questions: int


def count_for_desk(vendor_id: int) -> DeskCounts:
    """Orders to confirm, complaints to act on, unopened messages, questions without an answer."""
    values: dict[str, int | str | list[str]] = {
        "vendor": vendor_id,
        "placed": str(OrderState.PLACED),
        "waiting": [str(state) for state in WAITING],
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, values)
        return DeskCounts(*cursor.fetchone())
