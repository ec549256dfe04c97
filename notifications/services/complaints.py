"""Messages about complaints: each side hears what it didn't do itself."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from notifications.complaint_words import ACTION_WORDS, offer_words
from notifications.links import link
from notifications.services.telling import Note, tell, ways_to
from notifications.services.vendors import targets_of
from orders.models import ComplaintEntry, Purchase
from vendors.models import Vendor


def on_complaint_moved(key: str, payload: dict[str, Any]) -> None:
    """`complaint.moved`: tell buyer and vendor; the buyer also that the complaint has arrived."""
    found = ComplaintEntry.objects.select_related(
        "complaint__order__vendor", "complaint__order__purchase"
    )
    entry = found.filter(pk=payload["entry_id"]).first()
    if entry is None:
        return
    order = entry.complaint.order
    if order.purchase is not None and (entry.actor_kind != "buyer" or entry.action == "open"):
        _tell_buyer(f"{key}:{entry.pk}:buyer", entry, order.purchase)
    if entry.actor_kind != "vendor":
        _tell_vendor(f"{key}:{entry.pk}:vendor", entry, order.vendor)


def _tell_buyer(dedupe_key: str, entry: ComplaintEntry, purchase: Purchase) -> None:
    complaint, language = entry.complaint, purchase.language
    tell(
        targets=ways_to(phone=purchase.phone, email=purchase.email),
        note=Note(
            "complaint_buyer",
            {"name": purchase.name, **_words(entry, language)},
            link=link("complaint", language, order=complaint.order.number, number=complaint.number),
            about=f"complaint {complaint.number}",
        ),
        dedupe_key=dedupe_key,
        language=language,
    )


def _tell_vendor(dedupe_key: str, entry: ComplaintEntry, vendor: Vendor) -> None:
    tell(
        targets=targets_of(vendor),
        note=Note(
            "complaint_vendor",
            {"name": vendor.label, **_words(entry, vendor.language)},
            link=link("desk_complaint", vendor.language, number=entry.complaint.number),
            about=f"complaint {entry.complaint.number}",
        ),
        dedupe_key=dedupe_key,
        language=vendor.language,
    )


def _words(entry: ComplaintEntry, language: str) -> Mapping[str, object]:
    """The step in the reader's language. A buyer's words are only on the page; the reasons of
    vendor and province are told."""
    complaint = entry.complaint
    with override(language):
        happened = str(ACTION_WORDS[entry.action])
        offer = offer_words(
            str(entry.detail.get("outcome", "")),
            int(entry.detail.get("amount_vnd", 0)),
            with_return=entry.detail.get("with_return", False),
        )
    return {
        "complaint": complaint,
        "order": complaint.order,
        "happened": happened,
        "offer": offer,
        "reasons": entry.text if entry.actor_kind in {"vendor", "staff"} else "",
        "due_at": complaint.due_at,
    }
