"""Who received goods may write about them: orders knows that, the catalogue keeps the words."""

from catalog.errors import ReviewClosed
from catalog.models import Review
from catalog.services.reviews import About, Words, can_change, write_review
from core import audit
from orders import rules
from orders.errors import NotReceived
from orders.models import Order, OrderLine
from orders.states import OrderState

_RECEIVED = frozenset({OrderState.DELIVERED, OrderState.CLOSED})


def may_review(order: Order) -> bool:
    """Whether the goods of this order reached a buyer of ours."""
    return order.state in _RECEIVED and order.purchase_id is not None


def review_of(line: OrderLine) -> Review | None:
    """What was written about these goods of this order."""
    if line.variant is None:
        return None
    return Review.objects.filter(
        product_id=line.variant.product_id, order_number=line.order.number
    ).first()


def review_line(*, line: OrderLine, words: Words, actor: audit.Actor) -> Review:
    """Write about the goods of a delivered line, or change it within the dated time.

    One review per product of an order, whoever sends it how often. Raises NotReceived before
    delivery, ReviewClosed after the time to change, BadFields, InvalidInput.
    """
    order = line.order
    if not may_review(order) or line.variant is None or order.purchase is None:
        raise NotReceived()
    known = review_of(line)
    if known is not None and not is_open(known):
        raise ReviewClosed()
    about = About(
        product_id=line.variant.product_id,
        order_number=order.number,
        author_name=shown_name(order.purchase.name),
        author_id=order.purchase.buyer_id,
    )
    return write_review(about=about, words=words, actor=actor)


def is_open(review: Review) -> bool:
    """Whether its author may still change it."""
    return can_change(review, within=rules.EDIT_REVIEW_WITHIN.span())


def shown_name(name: str) -> str:
    """ "Trần Thị Chi" -> "Chi T.": enough to sign with, too little to find somebody."""
    parts = name.split()
    if len(parts) < 2:
        return parts[0] if parts else ""
    return f"{parts[-1]} {parts[0][:1].upper()}."
