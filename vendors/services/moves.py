"""The one place that assigns a vendor's state."""

from collections.abc import Mapping

from accounts.models import User
from core import audit
from vendors.errors import BadDecision
from vendors.models import Vendor, VendorDecision
from vendors.states import MOVES


def move_vendor(
    *,
    vendor: Vendor,
    to_state: str,
    actor: User,
    reasons: Mapping[str, str] | None = None,
    note: str = "",
) -> VendorDecision:
    """Move a locked vendor and write the timeline and the audit row, in the caller's transaction.

    Raises BadDecision when the table of moves doesn't allow it.
    """
    from_state = vendor.state
    if to_state not in MOVES[from_state]:
        raise BadDecision()
    vendor.state = to_state
    vendor.save()
    audit.record(
        actor=actor,
        action=f"vendor.{to_state}",
        subject=("vendor", str(vendor.pk)),
        reason=note,
        change=({"state": from_state}, {"state": to_state, "reasons": dict(reasons or {})}),
    )
    return VendorDecision.objects.create(
        vendor=vendor,
        actor=actor,
        from_state=from_state,
        to_state=to_state,
        reasons=dict(reasons or {}),
        note=note,
    )
