"""Messages about a vendor's file, by mail and by text message: many vendors have no mail."""

from typing import Any

from notifications.links import link
from notifications.services.telling import Note, Target, tell, ways_to
from notifications.words import VENDOR_LABELS, spelled
from vendors.models import Paper, Vendor, VendorDecision
from vendors.states import VendorState

_TEMPLATES = {
    "approve": "vendor_approved",
    "reinstate": "vendor_approved",
    "request_changes": "vendor_changes",
    "suspend": "vendor_suspended",
    "close": "vendor_closed",
}


def targets_of(vendor: Vendor) -> list[Target]:
    """The vendor's own phone and mail, and those of its owners."""
    found = ways_to(phone=vendor.phone, email=vendor.email)
    for member in vendor.members.filter(removed_at=None, role="owner").select_related("user"):
        found += ways_to(phone=member.user.phone or "", email=member.user.email or "")
    return list(dict.fromkeys(found))


def on_vendor_submitted(key: str, payload: dict[str, Any]) -> None:
    """`vendor.submitted`: thank for the file and say what comes next."""
    vendor = Vendor.objects.filter(pk=payload["vendor_id"]).first()
    if vendor is None or vendor.submitted_at is None:
        return
    tell(
        targets=targets_of(vendor),
        note=Note(
            "vendor_submitted",
            {"vendor": vendor},
            link=link("file", vendor.language),
            about=f"vendor {vendor.pk}",
        ),
        dedupe_key=f"{key}:submitted:{vendor.submitted_at:%Y%m%d%H%M%S}",
        language=vendor.language,
    )


def on_vendor_decided(key: str, payload: dict[str, Any]) -> None:
    """`vendor.decided`: tell the vendor the decision, with its reasons. Twice is safe."""
    vendor = Vendor.objects.filter(pk=payload["vendor_id"]).first()
    decided = VendorDecision.objects.filter(pk=payload["decision_id"]).first()
    if vendor is None or decided is None:
        return
    tell(
        targets=targets_of(vendor),
        note=Note(
            _TEMPLATES[payload["decision"]],
            {
                "vendor": vendor,
                "note": decided.note,
                "reasons": spelled(decided.reasons, VENDOR_LABELS, vendor.language),
            },
            link=link("file", vendor.language),
            about=f"vendor {vendor.pk}",
        ),
        dedupe_key=f"{key}:decision:{decided.pk}",
        language=vendor.language,
    )


def on_paper_decided(key: str, payload: dict[str, Any]) -> None:
    """`paper.decided`: tell an approved vendor; in an unfinished file the decision says it all."""
    paper = Paper.objects.select_related("vendor").filter(pk=payload["paper_id"]).first()
    if paper is None or payload["vendor_state"] != VendorState.APPROVED:
        return
    vendor = paper.vendor
    accepted = payload["decision"] == "accept"
    tell(
        targets=targets_of(vendor),
        note=Note(
            "paper_accepted" if accepted else "paper_refused",
            {"vendor": vendor, "paper": paper},
            link=link("file", vendor.language),
            about=f"vendor {vendor.pk}",
        ),
        dedupe_key=f"{key}:paper:{paper.pk}:{payload['decision']}",
        language=vendor.language,
    )
