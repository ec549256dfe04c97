"""Tags of the desks (sellers, staff) and of the account pages."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.waits import spoken_wait
from catalog.states import ProductState, RevisionState
from core import pictures
from core.models import AuditEntry
from notifications.words import PRODUCT_LABELS, VENDOR_LABELS
from vendors.models import PaperKind, VendorKind
from vendors.states import VendorState
from vietnam.places import find_ward, full_name
from web.buyers import region as regions

register = template.Library()

SUBJECTS = {
    "vendor": pgettext_lazy("desk", "Vendor"),
    "product": _("Product"),
    "category": _("Kind of goods"),
    "user": _("Account"),
    "case": _("Case"),
    "message": _("Message"),
    "picture": _("Picture"),
    "delivery": _("Stuck job"),
    "order": _("Order"),
    "complaint": _("Complaint"),
    "review": _("Review"),
    "purchase": _("Purchase"),
    "voucher": pgettext_lazy("desk", "Voucher"),
}
ACTIONS = {
    "account.create": _("Opened an account"),
    "category.renamed": _("Renamed a kind of goods"),
    "account.save": _("Changed the account"),
    "account.change_password": _("Changed the password"),
    "account.reset_password": _("Set a new password by code"),
    "account.change_phone": _("Changed the phone number"),
    "account.change_email": _("Changed the e-mail address"),
    "account.add_app": pgettext_lazy("done", "Set up an app with codes"),
    "account.remove_totp": _("Took out the app with codes"),
    "account.add_passkey": _("Added a passkey"),
    "account.remove_passkey": _("Took out a passkey"),
    "account.renew_recovery_codes": _("Made new recovery codes"),
    "account.end_session": _("Signed a device out"),
    "account.end_sessions": _("Signed all other devices out"),
    "account.export": _("Asked for a copy of the data"),
    "account.ask_erasure": _("Asked to delete the account"),
    "account.undo_erasure": _("Kept the account"),
    "account.erased": _("Deleted the account, as asked"),
    "vendor.start": _("Started a file"),
    "vendor.save": _("Changed the file"),
    "paper.add": _("Added a paper"),
    "paper.remove": _("Took a paper out"),
    "paper.accept": _("Accepted a paper"),
    "paper.refuse": _("Refused a paper"),
    "product.create": _("Started a product"),
    "product.edit": _("Changed a product"),
    "revision.proposed": _("Asked for a change"),
    "revision.decided": _("Decided about a change"),
    "case.resolve": _("Resolved a case"),
    "message.retry": _("Sent a message again"),
    "voucher.created": _("Made a voucher"),
    "voucher.paused": _("Paused a voucher"),
    "voucher.resumed": _("Let a voucher count again"),
    "outbox.replay": _("Let a job try again"),
    "outbox.drop": _("Gave a job up"),
    "complaint.open": _("Complained"),
    "complaint.answer": _("Answered a complaint"),
    "complaint.accept": _("Accepted the answer to a complaint"),
    "complaint.ask_province": _("Asked the province about a complaint"),
    "complaint.withdraw": _("Withdrew a complaint"),
    "complaint.send_back": _("Sent goods back"),
    "complaint.take_back": _("Got goods back"),
    "complaint.contest": _("Contested what came back"),
    "complaint.fulfil": _("Paid or sent for a complaint"),
    "complaint.received": _("Confirmed what was owed"),
    "complaint.decide": _("Decided about a complaint"),
    "complaint.settle": _("Settled a complaint"),
    "order.take_in": _("Took an undelivered parcel in"),
    "purchase.attach": _("Added an older order to the account"),
    "review.answer": _("Answered a review"),
    "review.remove": _("Took a review down"),
}
PARTS = {
    "state": _("State"),
    "reasons": _("Reasons"),
    "paper": _("Paper"),
    "revision": _("Change"),
    "fields": _("Answers"),
    "sha256": _("Fingerprint of the file"),
}
# How long a file may wait before its age is shown in red.
LATE = timedelta(days=3)


@register.simple_tag
def region() -> regions.Region:
    """The province's own words in the page's language: `{% region as market %}`."""
    return regions.region("en" if get_language() == "en" else "vi")


@register.simple_tag(takes_context=True)
def other_language(context: dict[str, Any]) -> str:
    """The address of this page in the other language."""
    request = context["request"]
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    prefix = "" if get_language() == "en" else "/en"
    return f"{prefix}{request.path_info}{query}"


@register.filter
def late(now: datetime, since: datetime | None) -> bool:
    """Whether something has waited for longer than the province wants to let people wait."""
    return since is not None and now - since > LATE


@register.filter
def waited(since: datetime, now: datetime) -> str:
    """How long something has waited, in its biggest unit: "4 days", "3 hours", "just now"."""
    minutes = max(0, int((now - since).total_seconds())) // 60
    if minutes >= 2880:
        days = minutes // 1440
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if minutes >= 120:
        return spoken_wait(minutes // 60 * 3600)
    if minutes:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return gettext("just now")


@register.filter
def ward_name(code: str) -> str:
    """The ward's full name in the page's language; empty for an unknown code."""
    ward = find_ward(code)
    return full_name(ward, "en" if get_language() == "en" else "vi") if ward else ""


@register.filter
def state_name(state: str) -> str:
    """How people call a state or kind of a vendor, a product or a paper."""
    for states in (VendorState, ProductState, RevisionState, VendorKind, PaperKind):
        if state in states.values:
            return str(states(state).label)
    return state


@register.filter
def part_name(field: str) -> str:
    """How people call an answer of a vendor's file or a part of a product."""
    return str(VENDOR_LABELS.get(field) or PRODUCT_LABELS.get(field) or PARTS.get(field) or field)


@register.filter
def actor_of(entry: AuditEntry, names: dict[int, str]) -> str:
    """Who did it: today's name where the account exists, else what the trail holds."""
    name = names.get(entry.actor_id or 0, "")
    return f"{name} ({entry.actor_label})" if name else entry.actor_label


@register.filter
def before_after(entry: AuditEntry) -> str:
    """The change of an audit row in one line."""
    parts = []
    for field in {**entry.before, **entry.after}:
        old, new = entry.before.get(field), entry.after.get(field)
        if old or new:
            before = f"{_brief(old)} → " if old else ""
            parts.append(f"{part_name(field)}: {before}{_brief(new)}")
    return "; ".join(parts)


@register.filter
def at_key(values: dict[Any, Any], key: object) -> object:
    """`values[key]`, for keys that are variables."""
    return values.get(key, "")


@register.simple_tag
def picture_url(token: str, width: int) -> str:
    """Where a picture's WebP of this width is."""
    return pictures.url(token, width, "webp")


@register.filter
def action_name(action: str) -> str:
    """How people call what the trail writes down; an unknown one as it is."""
    kind, _dot, move = action.partition(".")
    if kind in SUBJECTS and move in (*VendorState.values, *ProductState.values):
        return state_name(move)
    return str(ACTIONS.get(action, action))


@register.filter
def subject_name(kind: str) -> str:
    """How people call the kind of thing that a row is about."""
    return str(SUBJECTS.get(kind, kind))


def _brief(value: object) -> str:
    if value in (None, "", {}, []):
        return "—"
    if isinstance(value, dict):
        return "; ".join(f"{part_name(str(key))}: {_brief(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(part_name(str(each)) for each in value)
    text = state_name(str(value))
    if len(text) == 64 and " " not in text:  # a file's fingerprint
        return f"{text[:12]}…"
    return text if len(text) <= 120 else f"{text[:119]}…"
