"""What happens after a delivery in the demo: complaints on each side's turn, and messages."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from catalog.models import ProductPicture
from core.cases import open_case
from marketplace import demo_accounts
from marketplace.seeding import texts
from marketplace.seeding.sheets import Making
from orders import rules
from orders.models import (
    Complaint,
    ComplaintEntry,
    ComplaintItem,
    ComplaintPhoto,
    Order,
    OrderMessage,
    Origin,
)
from orders.services.complaints.moves import case_key
from orders.states import ComplaintState, OrderState
from vietnam.number import make_number

FIRST_NUMBER = 70_000_000  # far from the orders' numbers


def add_aftercare(making: Making) -> None:
    """For the two vendors that people try first: a complaint for each side's turn, and words."""
    told = texts.read("aftercare")
    emails = (demo_accounts.COOPERATIVE, demo_accounts.HOUSEHOLD)
    for place, email in enumerate(emails):
        received = _received(email, making.now)[: len(told["complaints"])]
        for n, (order, case) in enumerate(zip(received, told["complaints"], strict=False)):
            _complain(making, order, case, number=FIRST_NUMBER + 10 * place + n)
        _talk(making, received, told["messages"])


def _received(email: str, now: datetime) -> list[Order]:
    """Orders of our own that arrived lately enough to complain about, the newest first."""
    orders = Order.objects.filter(
        vendor__members__user__email=email,
        origin=Origin.MARKET,
        state=OrderState.DELIVERED,
        delivered_at__gt=now - timedelta(days=6),
    )
    return list(orders.select_related("purchase", "vendor").order_by("-delivered_at", "pk"))


def _complain(making: Making, order: Order, case: dict[str, Any], *, number: int) -> None:
    line = order.lines.select_related("variant").order_by("pk")[0]
    assert order.delivered_at is not None  # noqa: S101 `_received` asked for it
    opened_at = order.delivered_at + (making.now - order.delivered_at) / 4
    complaint = Complaint.objects.create(
        number=make_number(number),
        key=uuid.UUID(int=making.rng.getrandbits(128)),
        order=order,
        kind=case["kind"],
        wish=case["wish"],
        outcome=case.get("outcome", ""),
        opened_at=opened_at,
    )
    ComplaintItem.objects.create(complaint=complaint, line=line, quantity=1)
    entries = ComplaintEntry.objects.bulk_create(_entries(complaint, case, making.now))
    shown = ProductPicture.objects.select_related("picture").filter(
        product__variants=line.variant_id
    )
    for one in shown[:1]:
        ComplaintPhoto.objects.create(entry=entries[0], file=one.picture.original)
    complaint.state = entries[-1].to_state
    complaint.due_at = making.now + _clock(complaint)
    complaint.save()
    if complaint.state == ComplaintState.PROVINCE:
        open_case(
            kind="complaint",
            subject=("complaint", complaint.number),
            title=f"{order.vendor_name}: {complaint.number}",
            detail={"order": order.number, "why": "ask_province"},
            vendor_id=order.vendor_id,
            dedupe_key=case_key(complaint),
        )


def _entries(complaint: Complaint, case: dict[str, Any], now: datetime) -> Iterator[ComplaintEntry]:
    step = (now - complaint.opened_at) / 4
    yield ComplaintEntry(
        complaint=complaint,
        at=complaint.opened_at,
        actor_kind="buyer",
        action="open",
        to_state=ComplaintState.OPENED,
        text=case["text"],
    )
    if "answer" in case:
        detail = {"outcome": case["outcome"], "amount_vnd": 0, "with_return": False}
        yield ComplaintEntry(
            complaint=complaint,
            at=complaint.opened_at + step,
            actor_kind="vendor",
            action="answer",
            from_state=ComplaintState.OPENED,
            to_state=ComplaintState.ANSWERED,
            text=case["answer"],
            detail=detail,
        )
    if "asked" in case:
        yield ComplaintEntry(
            complaint=complaint,
            at=complaint.opened_at + 2 * step,
            actor_kind="buyer",
            action="ask_province",
            from_state=ComplaintState.ANSWERED,
            to_state=ComplaintState.PROVINCE,
            text=case["asked"],
        )


def _clock(complaint: Complaint) -> timedelta:
    clocks = rules.COMPLAINTS[complaint.kind]
    if complaint.state == ComplaintState.OPENED:
        return clocks.answer.span() / 2
    if complaint.state == ComplaintState.PROVINCE:
        return clocks.settle.span() / 2
    return rules.DECIDE_WITHIN.span() / 2


def _talk(making: Making, orders: list[Order], talks: list[dict[str, str]]) -> None:
    """The first conversation is answered, the second waits for the vendor."""
    for order, talk in zip(orders, talks, strict=False):
        said = [(side, talk[side]) for side in ("buyer", "vendor") if side in talk]
        start = making.now - timedelta(hours=5)
        OrderMessage.objects.bulk_create(
            OrderMessage(
                key=uuid.UUID(int=making.rng.getrandbits(128)),
                order=order,
                author_kind=side,
                text=text,
                at=start + timedelta(minutes=40 * n),
                seen_at=start + timedelta(minutes=40 * (n + 1)) if len(said) > 1 else None,
            )
            for n, (side, text) in enumerate(said)
        )
