"""Messages about what the province decided on goods."""

from collections.abc import Mapping
from typing import Any

from catalog.models import Product, ProductDecision, Revision
from catalog.states import ProductState, RevisionState
from notifications.links import link
from notifications.services.telling import Note, tell
from notifications.services.vendors import targets_of
from notifications.words import PRODUCT_LABELS, spelled

_TEMPLATES = {
    ProductState.LIVE: "product_approved",
    ProductState.CHANGES_REQUESTED: "product_changes",
    ProductState.TAKEN_DOWN: "product_taken_down",
}


def on_product_decided(key: str, payload: dict[str, Any]) -> None:
    """`product.decided`: tell the vendor, with the reasons. Twice is safe."""
    to_state = payload["to_state"]
    decided = (
        ProductDecision.objects.filter(product_id=payload["product_id"], to_state=to_state)
        .select_related("product__vendor")
        .order_by("-pk")
        .first()
    )
    if decided is None or to_state not in _TEMPLATES:
        return
    _tell(
        template=_TEMPLATES[ProductState(to_state)],
        product=decided.product,
        reasons=decided.reasons,
        note=decided.note,
        dedupe_key=f"{key}:decision:{decided.pk}",
    )


def on_revision_decided(key: str, payload: dict[str, Any]) -> None:
    """`revision.decided`: tell the vendor whether its change is public; not its own withdrawal."""
    revision = (
        Revision.objects.filter(pk=payload["revision_id"]).select_related("product__vendor").first()
    )
    if revision is None or payload["state"] not in (RevisionState.APPROVED, RevisionState.REFUSED):
        return
    approved = payload["state"] == RevisionState.APPROVED
    _tell(
        template="revision_approved" if approved else "revision_refused",
        product=revision.product,
        reasons=revision.reasons,
        note="",
        dedupe_key=f"{key}:revision:{revision.pk}",
    )


def _tell(
    *, template: str, product: Product, reasons: Mapping[str, str], note: str, dedupe_key: str
) -> None:
    vendor = product.vendor
    public = template in ("product_approved", "revision_approved")
    tell(
        targets=targets_of(vendor),
        note=Note(
            template,
            {
                "vendor": vendor,
                "product": product,
                "note": note,
                "reasons": spelled(reasons, PRODUCT_LABELS, vendor.language),
            },
            link=link("product", vendor.language, slug=product.slug, pk=product.pk)
            if public
            else link("desk_product", vendor.language, pk=product.pk),
            about=f"product {product.pk}",
        ),
        dedupe_key=dedupe_key,
        language=vendor.language,
    )
