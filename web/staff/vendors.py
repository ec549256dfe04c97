"""The queue of vendors, a vendor's file, its papers, and the decisions about them."""

from typing import Any

import structlog
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from accounts.models import User
from notifications.words import VENDOR_LABELS
from vendors import selectors, services
from vendors.models import Paper, Vendor
from vendors.states import VendorState
from vietnam.phone import InvalidPhone, parse_phone
from vietnam.places import find_ward, full_name
from web.accounts.forming import accepts
from web.private_files import private_file
from web.staff.access import staff_page
from web.staff.forms import DecisionForm, PaperForm
from web.staff.frame import page_of, show

log = structlog.get_logger(__name__)

_SHOWN = (
    "kind",
    "name",
    "name_en",
    "short_name",
    "tax_code",
    "ward_code",
    "street",
    "phone",
    "email",
    "story_vi",
    "story_en",
)
DONE = {
    "approve": later("Approved. The vendor has been told."),
    "request_changes": later("The vendor has been asked for changes."),
    "suspend": later("Suspended. The goods are off the shop."),
    "reinstate": later("Approved again. The goods are back on the shop."),
    "close": later("Closed."),
}


@staff_page("GET")
def vendors(request: HttpRequest, user: User) -> HttpResponse:
    """Those that wait come first, the longest waiting on top; `state` and `q` narrow the list."""
    state = request.GET.get("state", VendorState.SUBMITTED)
    text = request.GET.get("q", "").strip()[:100]
    found = Vendor.objects.order_by("submitted_at", "pk")
    if state in VendorState.values:
        found = found.filter(state=state)
    if text:
        found = found.filter(_matching(text))
    context = {
        "page": page_of(request, found),
        "state": state,
        "states": VendorState.choices,
        "text": text,
    }
    return show(request, "vendors", context, section="vendors")


@staff_page("GET", "POST")
def vendor(request: HttpRequest, user: User, vendor_id: int) -> HttpResponse:
    """The whole file on one page; a post decides about it."""
    found = _get(vendor_id)
    form = DecisionForm(request.POST or None, labels=VENDOR_LABELS, fields=services.REASON_FIELDS)
    if form.is_valid() and _is_sure(form) and accepts(form, lambda: _decide(found, form, user)):
        messages.success(request, str(DONE.get(form.cleaned_data["decision"], "")))
        return redirect("staff:vendor", vendor_id=found.pk)
    found.refresh_from_db()
    return show(request, "vendor", _file_of(found, form, user), section="vendors", form=form)


@staff_page("GET")
def papers(request: HttpRequest, user: User) -> HttpResponse:
    """New papers of approved vendors, oldest first."""
    rows = page_of(request, selectors.list_waiting_papers())
    return show(request, "papers", {"page": rows}, section="papers")


@staff_page("POST")
def paper(request: HttpRequest, user: User, paper_id: int) -> HttpResponse:
    """Accept or refuse a paper, then back to its file."""
    found = Paper.objects.select_related("vendor").filter(pk=paper_id).first()
    if found is None:
        raise Http404
    form = PaperForm(request.POST)
    if form.is_valid() and accepts(
        form,
        lambda: services.decide_paper(paper=found, actor=user, **form.cleaned_data),
    ):
        messages.success(request, _("Noted."))
        return redirect(f"{_file_address(found)}#papers")
    decision = DecisionForm(labels=VENDOR_LABELS, fields=services.REASON_FIELDS)
    context = _file_of(found.vendor, decision, user) | {"paper_form": form, "paper_id": found.pk}
    return show(request, "vendor", context | {"form": decision}, section="vendors", form=form)


@staff_page("GET")
def paper_file(request: HttpRequest, user: User, paper_id: int) -> HttpResponseBase:
    """The paper itself: a picture in the browser, a PDF to save. Who looked is in the log."""
    found = Paper.objects.select_related("file").filter(pk=paper_id).first()
    if found is None or found.file is None:
        raise Http404
    log.info("private_file_seen", paper=found.pk, user=user.pk)
    return private_file(request, found.file, name=f"giay-to-{found.pk}")


def _get(vendor_id: int) -> Vendor:
    found = Vendor.objects.filter(pk=vendor_id).first()
    if found is None:
        raise Http404
    return found


def _decide(vendor: Vendor, form: DecisionForm, user: User) -> None:
    services.decide(
        vendor=vendor,
        decision=form.cleaned_data["decision"],
        reasons=form.reasons(),
        note=form.cleaned_data["note"],
        actor=user,
    )


def _is_sure(form: DecisionForm) -> bool:
    """Closing can't be undone, so it asks for a tick of its own."""
    if form.cleaned_data["decision"] != services.Decision.CLOSE or form.cleaned_data["sure"]:
        return True
    form.add_error("sure", _("Closing can't be undone. Tick the box if you are sure."))
    return False


def _file_of(vendor: Vendor, form: DecisionForm, user: User) -> dict[str, Any]:
    others = selectors.list_waiting().exclude(pk=vendor.pk)
    return {
        "vendor": vendor,
        "answers": [
            (name, VENDOR_LABELS[name], _answer(vendor, name), form.reason(name)) for name in _SHOWN
        ],
        "papers": list(selectors.list_papers(vendor)),
        "paper_reason": form.reason("papers"),
        "missing": selectors.what_is_missing(vendor),
        "decisions": services.open_decisions(vendor),
        "can_ask": services.Decision.REQUEST_CHANGES in services.open_decisions(vendor),
        "history": vendor.decisions.select_related("actor").order_by("-pk"),
        "members": vendor.members.filter(removed_at=None).select_related("user"),
        "is_own": vendor.members.filter(user=user, removed_at=None).exists(),
        "next_vendor": others.first(),
    }


def _answer(vendor: Vendor, name: str) -> str:
    if name == "kind":
        return str(vendor.get_kind_display())
    if name == "ward_code":
        ward = find_ward(vendor.ward_code)
        return full_name(ward, "en" if get_language() == "en" else "vi") if ward else ""
    return str(getattr(vendor, name))


def _matching(text: str) -> Q:
    wanted = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(slug__icontains=text)
    wanted |= Q(tax_code__startswith=text.replace(" ", "")) | Q(email__icontains=text)
    try:
        return wanted | Q(phone=parse_phone(text))
    except InvalidPhone:
        return wanted


def _file_address(paper: Paper) -> str:
    return redirect("staff:vendor", vendor_id=paper.vendor_id).url
