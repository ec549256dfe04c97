"""Changes of goods that are already public: they wait while the approved text stays."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.errors import BadMove, ProductLocked
from catalog.locks import locked_product, locked_revision
from catalog.models import Product, Revision
from catalog.services.indexing import index_product
from catalog.services.moderation import check_may_decide, read_reasons
from catalog.services.specs import settled
from catalog.services.texts import apply_changes, read_changes
from catalog.states import REVISION_MOVES, ProductState, RevisionState
from core import audit, clock, outbox
from core.errors import InvalidInput

APPROVE, REFUSE = "approve", "refuse"
WITH_REVISIONS = frozenset({ProductState.LIVE, ProductState.PAUSED, ProductState.TAKEN_DOWN})


def find_waiting(product: Product) -> Revision | None:
    """The revision of this product that waits for staff, if any."""
    return Revision.objects.filter(product=product, state=RevisionState.WAITING).first()


def propose_revision(
    *, product: Product, changes: Mapping[str, Any], actor: User
) -> Revision | None:
    """Ask for a change of text, photo or claim; the approved one stays public until it is decided.

    Fields that don't differ from what is public are left out; None when nothing differs. Changes
    join a revision that already waits. Locks the product. Emits `revision.proposed`. Raises
    BadFields, ProductLocked when the product was never approved.
    """
    with transaction.atomic():
        locked = locked_product(product.pk)
        if locked.state not in WITH_REVISIONS:
            raise ProductLocked()
        waiting = find_waiting(locked)
        read = {**(waiting.changes if waiting else {})}
        grade, specs = read.get("grade", locked.grade), read.get("specs", locked.specs)
        asked = read_changes(changes, vendor=locked.vendor)
        read.update(settled(asked, grade=grade, specs=specs))
        differing = _differing(locked, read)
        if not differing:
            if waiting is not None:
                _close(waiting, RevisionState.WITHDRAWN, actor, {})
            return None
        if waiting is None:
            waiting = Revision(product=locked, author=actor)
        waiting.changes, waiting.author = differing, actor
        waiting.save()
        _tell("revision.proposed", waiting, actor, {"fields": sorted(differing)})
        return waiting


def withdraw_revision(*, revision: Revision, actor: User) -> Revision:
    """The vendor takes its wish back; twice is a no-op. Raises BadMove when it was decided."""
    with transaction.atomic():
        locked = locked_revision(revision.pk)
        if locked.state != RevisionState.WITHDRAWN:
            _close(locked, RevisionState.WITHDRAWN, actor, {})
        return locked


def decide_revision(
    *,
    revision: Revision,
    decision: str,
    reasons: Mapping[str, str] | None = None,
    actor: User,
) -> Revision:
    """Approve ("approve": the changes are public at once) or refuse ("refuse": with reasons).

    Locks product, then revision; audited; emits `revision.decided`. The same decision twice is a
    no-op. Raises NotAllowed, BadMove, InvalidInput, and BadFields when an approved change can't be
    taken any more (a picture or paper is gone).
    """
    with transaction.atomic():
        locked = locked_revision(revision.pk)
        product = locked.product
        check_may_decide(product.vendor, actor)
        to_state = {APPROVE: RevisionState.APPROVED, REFUSE: RevisionState.REFUSED}.get(decision)
        if to_state is None:
            raise BadMove()
        if locked.state == to_state:
            return locked
        clean = read_reasons(reasons or {})
        if to_state == RevisionState.REFUSED and not clean:
            raise InvalidInput(
                "reason_missing",
                _("Write a reason, so that the vendor knows what to mend."),
                field="reasons",
            )
        _close(locked, to_state, actor, clean)
        if to_state == RevisionState.APPROVED:
            apply_changes(product, read_changes(locked.changes, vendor=product.vendor))
            index_product(product.pk)
        return locked


def present_values(product: Product, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is public now, for the fields that a revision wants to change."""
    present: dict[str, Any] = {}
    for field in fields:
        if field == "pictures":
            present[field] = list(product.pictures.values_list("picture_id", flat=True))
        elif field == "papers":
            present[field] = sorted(product.papers.values_list("pk", flat=True))
        else:
            present[field] = getattr(product, field)
    return present


def _differing(product: Product, read: Mapping[str, Any]) -> dict[str, Any]:
    present = present_values(product, read)
    wished = {field: sorted(value) if field == "papers" else value for field, value in read.items()}
    return {field: value for field, value in wished.items() if value != present[field]}


def _close(revision: Revision, to_state: str, actor: User, reasons: dict[str, str]) -> None:
    if to_state not in REVISION_MOVES[revision.state]:
        raise BadMove()
    revision.state = to_state
    revision.reasons = reasons
    revision.decided_at = clock.now()
    revision.decided_by = actor
    revision.save()
    _tell("revision.decided", revision, actor, {"state": str(to_state), "reasons": reasons})


def _tell(topic: str, revision: Revision, actor: User, after: dict[str, object]) -> None:
    product = revision.product
    audit.record(
        actor=actor,
        action=topic,
        subject=("product", str(product.pk)),
        change=({}, {"revision": revision.pk, **after}),
    )
    outbox.emit(
        topic,
        key=f"product:{product.pk}",
        revision_id=revision.pk,
        product_id=product.pk,
        vendor_id=product.vendor_id,
        state=str(revision.state),
    )
