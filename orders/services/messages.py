"""Messages between buyer and vendor about one order."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, limits, outbox
from core.errors import InvalidInput
from core.files import Upload
from orders import rules
from orders.models import Order, OrderMessage, Origin
from orders.services.photos import store_photos
from vietnam.text import nfc

LONGEST = 1000
BUYER, VENDOR = "buyer", "vendor"


def may_write(order: Order) -> bool:
    """Orders of channels have chats of their own there."""
    return order.origin == Origin.MARKET


def send_message(
    *,
    order: Order,
    author_kind: str,
    actor: audit.Actor,
    key: UUID,
    text: str,
    photos: Sequence[Upload] = (),
) -> OrderMessage:
    """Write one message with at most one photo; the same form twice is one message.

    What the other side wrote counts as seen. Raises InvalidInput for an empty or too long one and
    for a bad photo, TooMany above the dated number per hour and side. Emits `order.message`.
    """
    first = OrderMessage.objects.filter(order=order, key=key).first()
    if first is not None:
        return first
    words = _checked(order, text, photos)
    limits.check(
        "order_message",
        order.pk,
        author_kind,
        limit=rules.MESSAGES_PER_HOUR.value(),
        per_seconds=3600,
    )
    stored = store_photos(photos[:1], field="photo", actor=actor)
    with transaction.atomic():
        message, is_new = OrderMessage.objects.get_or_create(
            order=order,
            key=key,
            defaults={
                "author_kind": author_kind,
                "author_id": actor.pk,
                "text": words,
                "photo": stored[0] if stored else None,
                "at": clock.now(),
            },
        )
        if is_new:
            mark_seen(order=order, reader_kind=author_kind)
            outbox.emit("order.message", key=f"order:{order.number}", message_id=message.pk)
        return message


def mark_seen(*, order: Order, reader_kind: str) -> int:
    """What the other side wrote has been opened; how many messages were new. Twice is safe."""
    other = VENDOR if reader_kind == BUYER else BUYER
    unseen = OrderMessage.objects.filter(order=order, author_kind=other, seen_at=None)
    return unseen.update(seen_at=clock.now()) if unseen.exists() else 0


def _checked(order: Order, text: str, photos: Sequence[Upload]) -> str:
    words = nfc(text).replace("\r\n", "\n").replace("\x00", "").strip()
    if not may_write(order):
        raise InvalidInput(
            "no_messages", _("Please write to this buyer where the order came from.")
        )
    if not words and not photos:
        raise InvalidInput("text_missing", _("Please write something first."), field="text")
    if len(words) > LONGEST:
        raise InvalidInput(
            "text_long", _("This text is too long. Shorten it to 1,000 characters."), field="text"
        )
    return words
