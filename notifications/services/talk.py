"""Messages about what people wrote: to each other within an order, and about goods."""

from typing import Any

from catalog.models import Review
from notifications.links import link
from notifications.services.telling import Note, tell, ways_to
from notifications.services.vendors import targets_of
from orders.models import Order, OrderMessage, Purchase


def on_order_message(key: str, payload: dict[str, Any]) -> None:
    """`order.message`: one notice for all that the other side hasn't opened since it last looked.

    The words themselves stay on the page: no message of ours carries somebody else's link.
    """
    unseen = OrderMessage.objects.select_related("order__vendor", "order__purchase")
    message = unseen.filter(pk=payload["message_id"], seen_at=None).first()
    if message is None:
        return
    same = OrderMessage.objects.filter(
        order=message.order, author_kind=message.author_kind, seen_at=None
    )
    first = same.order_by("pk").values_list("pk", flat=True)[0]
    dedupe_key = f"{key}:message:{first}"
    if message.author_kind == "buyer":
        _to_vendor(message.order, dedupe_key)
    elif message.order.purchase is not None:
        _to_buyer(message.order, message.order.purchase, dedupe_key)


def on_review_written(key: str, payload: dict[str, Any]) -> None:
    """`review.written`: the vendor may thank or answer."""
    review = _find_review(payload)
    if review is None:
        return
    vendor = review.product.vendor
    tell(
        targets=targets_of(vendor),
        note=Note(
            "review_written",
            {"name": vendor.label, "review": review, "product": review.product},
            link=link("desk_review", vendor.language, pk=review.pk),
            about=f"product {review.product_id}",
        ),
        dedupe_key=f"{key}:written",
        language=vendor.language,
    )


def on_review_answered(key: str, payload: dict[str, Any]) -> None:
    """`review.answered`: who wrote it hears the vendor's answer."""
    _tell_author("review_answered", f"{key}:answered", payload)


def on_review_removed(key: str, payload: dict[str, Any]) -> None:
    """`review.removed`: who wrote it hears the reason."""
    _tell_author("review_removed", f"{key}:removed", payload)


def _to_vendor(order: Order, dedupe_key: str) -> None:
    vendor = order.vendor
    sender = order.purchase.name if order.purchase else ""
    tell(
        targets=targets_of(vendor),
        note=Note(
            "order_message",
            {"name": vendor.label, "sender": sender, "order": order},
            link=link("desk_messages", vendor.language, number=order.number),
            about=f"order {order.number}",
        ),
        dedupe_key=dedupe_key,
        language=vendor.language,
    )


def _to_buyer(order: Order, purchase: Purchase, dedupe_key: str) -> None:
    tell(
        targets=ways_to(phone=purchase.phone, email=purchase.email),
        note=Note(
            "order_message",
            {"name": purchase.name, "sender": order.vendor_name, "order": order},
            link=link("order_messages", purchase.language, number=order.number),
            about=f"order {order.number}",
        ),
        dedupe_key=dedupe_key,
        language=purchase.language,
    )


def _find_review(payload: dict[str, Any]) -> Review | None:
    found = Review.objects.select_related("product__vendor")
    return found.filter(pk=payload["review_id"]).first()


def _tell_author(template: str, dedupe_key: str, payload: dict[str, Any]) -> None:
    review = _find_review(payload)
    if review is None:
        return
    orders = Order.objects.select_related("purchase")
    order = orders.filter(number=review.order_number).first()
    purchase = order.purchase if order else None
    if purchase is None:
        return
    product = review.product
    tell(
        targets=ways_to(phone=purchase.phone, email=purchase.email),
        note=Note(
            template,
            {"name": purchase.name, "review": review, "product": product},
            link=link("product", purchase.language, slug=product.slug, pk=product.pk),
            about=f"product {product.pk}",
        ),
        dedupe_key=dedupe_key,
        language=purchase.language,
    )
