"""The one place that assigns a product's state."""

from collections.abc import Mapping

from accounts.models import User
from catalog.errors import BadMove
from catalog.models import Product, ProductDecision
from catalog.services.indexing import index_product
from catalog.states import PRODUCT_MOVES
from core import audit, outbox


def move_product(
    *,
    product: Product,
    to_state: str,
    topic: str,
    actor: User,
    reasons: Mapping[str, str] | None = None,
    note: str = "",
) -> ProductDecision:
    """Move a LOCKED product; write timeline, audit row and outbox entry; show or hide it.

    In the caller's transaction; saves the whole row. `topic` names what happened
    ("product.submitted", "product.decided", …). Raises BadMove when the table of moves doesn't
    allow it.
    """
    from_state = product.state
    if to_state not in PRODUCT_MOVES[from_state]:
        raise BadMove()
    product.state = to_state
    product.save()
    row = ProductDecision.objects.create(
        product=product,
        actor=actor,
        from_state=from_state,
        to_state=to_state,
        reasons=dict(reasons or {}),
        note=note,
    )
    _tell(row, topic, actor)
    index_product(product.pk)
    product.refresh_from_db(fields=["version"])
    return row


def _tell(row: ProductDecision, topic: str, actor: User) -> None:
    """Audit row and outbox entry; the payload is {product_id, vendor_id, from_state, to_state}."""
    product = row.product
    audit.record(
        actor=actor,
        action=f"product.{row.to_state}",
        subject=("product", str(product.pk)),
        reason=row.note,
        change=({"state": row.from_state}, {"state": row.to_state, "reasons": row.reasons}),
    )
    outbox.emit(
        topic,
        key=f"product:{product.pk}",
        product_id=product.pk,
        vendor_id=product.vendor_id,
        from_state=row.from_state,
        to_state=row.to_state,
    )
