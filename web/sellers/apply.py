"""Becoming a seller: short pages, each saved at once; then the province's answer."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core import files
from core.models import StoredFile
from vendors.models import Paper, PaperKind, Vendor, VendorKind
from vendors.selectors import list_papers, what_is_missing
from vendors.services import filing
from vendors.states import VendorState
from vietnam.phone import InvalidPhone, format_phone
from web import unsent
from web.private_files import private_file
from web.sellers.access import (
    VENDOR_KEY,
    Desk,
    chosen_vendor,
    desk_page,
    paper_page,
    person_page,
    vendors_of,
)
from web.sellers.apply_forms import AddressForm, KindForm, NameForm, PaperForm
from web.sellers.pages import Context, accepts, add_reasons, posted, show, show_form, try_or_say
from web.sellers.recipients import place_name

OPEN = (VendorState.DRAFT, VendorState.CHANGES_REQUESTED)

# (address, title) of each page, in order.
STEPS = (
    ("sellers:apply_kind", gettext_lazy("Who sells?")),
    ("sellers:apply_name", gettext_lazy("Name and tax code")),
    ("sellers:apply_address", gettext_lazy("Address and phone")),
    ("sellers:apply_papers", gettext_lazy("Papers")),
    ("sellers:apply_send", gettext_lazy("Check and send")),
)
STEP_OF_FIELD = {
    "kind": "sellers:apply_kind",
    "name": "sellers:apply_name",
    "tax_code": "sellers:apply_name",
    "story_vi": "sellers:apply_name",
    "ward_code": "sellers:apply_address",
    "street": "sellers:apply_address",
    "phone": "sellers:apply_address",
    "email": "sellers:apply_address",
    "papers": "sellers:apply_papers",
}
FIRST_PAPER = {
    VendorKind.COMPANY: PaperKind.REGISTRATION,
    VendorKind.COOPERATIVE: PaperKind.REGISTRATION,
    VendorKind.HOUSEHOLD: PaperKind.REGISTRATION,
    VendorKind.PERSON: PaperKind.IDENTITY,
}


@dataclass(frozen=True, slots=True)
class Todo:
    """A thing still missing or asked for, and the page where it is done. What was asked for and
    has been mended waits to be sent."""

    text: str
    url: str
    is_mended: bool = False


@person_page("GET")
def start(request: HttpRequest, user: User) -> HttpResponse:
    """Where to go on: the first unfinished page, or the status of what was sent."""
    vendor = chosen_vendor(request, user)
    if vendor is None:
        return render(request, "sellers/welcome.html", {"section": "apply"})
    if vendor.state not in OPEN:
        return redirect("sellers:status")
    todo = [each for each in todos_for(vendor) if not each.is_mended]
    return redirect(todo[0].url if todo else "sellers:apply_send")


@person_page("GET", "POST")
def kind(request: HttpRequest, user: User) -> HttpResponse:
    """The kind; before there is a draft it travels on in the address of the next page."""
    vendor = None if "new" in request.GET else chosen_vendor(request, user)
    if vendor is not None and vendor.state not in OPEN:
        return redirect("sellers:status")
    initial = {"kind": vendor.kind if vendor else ""}
    form = KindForm(posted(request), initial=initial)
    if form.is_valid():
        chosen = form.cleaned_data["kind"]
        if vendor is None:
            return redirect(f"{reverse('sellers:apply_name')}?new=1&kind={chosen}")
        saved = {"kind": chosen}
        if accepts(form, lambda: filing.save_file(vendor=vendor, fields=saved, actor=user)):
            return redirect("sellers:apply_name")
    return _step(request, user, vendor, 0, {"form": form})


@person_page("GET", "POST")
def name(request: HttpRequest, user: User) -> HttpResponse:
    """Name and tax code; the first save opens the draft."""
    vendor = None if "new" in request.GET else chosen_vendor(request, user)
    if vendor is None and request.GET.get("kind") not in VendorKind.values:
        return redirect("sellers:apply_kind")
    if vendor is not None and vendor.state not in OPEN:
        return redirect("sellers:status")
    form = NameForm(posted(request), initial=_answers(vendor, "name", "tax_code", "story_vi"))
    if form.is_valid() and accepts(form, lambda: _save_name(request, user, vendor, form)):
        return redirect("sellers:apply_address")
    return _step(request, user, vendor, 1, {"form": form})


@desk_page("GET", "POST")
def address(request: HttpRequest, desk: Desk) -> HttpResponse:
    vendor = desk.vendor
    if vendor.state not in (*OPEN, VendorState.APPROVED):
        return redirect("sellers:status")
    initial = _answers(vendor, "ward_code", "street", "phone", "email")
    form = AddressForm(vendor, posted(request), initial=initial)
    if form.is_valid() and accepts(
        form,
        lambda: filing.save_file(vendor=vendor, fields=form.cleaned_data, actor=desk.user),
    ):
        if vendor.is_public:
            messages.success(request, _("Saved."))
            return redirect("sellers:status")
        return redirect("sellers:apply_papers")
    return _step(request, desk.user, vendor, 2, {"form": form})


@desk_page("GET", "POST")
def papers(request: HttpRequest, desk: Desk) -> HttpResponse:
    vendor = desk.vendor
    if vendor.state not in (*OPEN, VendorState.APPROVED):
        return redirect("sellers:status")
    sent = request.FILES if request.method == "POST" else None
    initial = {"kind": FIRST_PAPER[VendorKind(vendor.kind)]}
    form = PaperForm(posted(request), sent, initial=initial)
    if form.is_valid() and accepts(form, lambda: _save_paper(request, desk, form)):
        return redirect("sellers:apply_papers")
    context = {
        "form": form,
        "papers": list_papers(vendor),
        "asked": vendor.change_reasons.get("papers", ""),
        "is_mended": "papers" in vendor.mended_fields,
    }
    return _step(request, desk.user, vendor, 3, context)


@paper_page("GET")
def paper_file(request: HttpRequest, desk: Desk, paper: Paper) -> HttpResponseBase:
    """The private file itself, to people of its vendor."""
    if paper.file is None:
        raise Http404
    return private_file(request, paper.file, name=f"giay-to-{paper.pk}")


@paper_page("POST")
def paper_remove(request: HttpRequest, desk: Desk, paper: Paper) -> HttpResponse:
    try_or_say(
        request,
        lambda: filing.remove_paper(paper=paper, actor=desk.user),
        _("Taken out. You can add it again below."),
    )
    return redirect("sellers:apply_papers")


@desk_page("GET", "POST")
def send(request: HttpRequest, desk: Desk) -> HttpResponse:
    vendor = desk.vendor
    if vendor.state not in OPEN:
        return redirect("sellers:status")
    if request.method == "POST" and try_or_say(
        request, lambda: filing.submit(vendor=vendor, actor=desk.user)
    ):
        return redirect("sellers:status")
    context = {
        "papers": list_papers(vendor),
        "place": place_name(vendor.ward_code),
        "missing": what_is_missing(vendor),
    }
    return _step(request, desk.user, vendor, 4, context)


@desk_page("GET")
def status(request: HttpRequest, desk: Desk) -> HttpResponse:
    vendor = desk.vendor
    decisions = [
        {"at": made.at, "label": VendorState(made.to_state).label, "note": made.note}
        for made in vendor.decisions.order_by("-pk")
    ]
    todos = todos_for(vendor) if vendor.state in OPEN else []
    context = {
        "section": "apply",
        "decisions": decisions,
        "todos": todos,
        "still_open": open_todos(todos),
        "papers": list_papers(vendor),
        "place": place_name(vendor.ward_code),
        "can_edit": vendor.state in OPEN,
    }
    return show(request, desk, "status", context)


def todos_for(vendor: Vendor) -> list[Todo]:
    """What the province asked for first, then what is missing, with the page of each; what is
    mended already stands last."""
    asked = [
        Todo(text, reverse(STEP_OF_FIELD[field]), is_mended=field in vendor.mended_fields)
        for field, text in vendor.change_reasons.items()
        if field in STEP_OF_FIELD
    ]
    missing = [
        Todo(item.sentence, reverse(STEP_OF_FIELD[item.field])) for item in what_is_missing(vendor)
    ]
    return sorted([*asked, *missing], key=lambda todo: todo.is_mended)


def open_todos(todos: list[Todo]) -> int:
    """How many of them are still to be done."""
    return sum(not todo.is_mended for todo in todos)


def _save_name(request: HttpRequest, user: User, vendor: Vendor | None, form: NameForm) -> None:
    """All of the page or nothing; sent twice, it is still one draft."""
    fields, kind = form.cleaned_data, request.GET.get("kind", "")
    with transaction.atomic():
        if vendor is None:
            User.objects.select_for_update().get(pk=user.pk)
            same = vendors_of(user).filter(state__in=OPEN, kind=kind, name=fields["name"])
            vendor = same.first() or filing.start_vendor(user=user, kind=kind, name=fields["name"])
        filing.save_file(vendor=vendor, fields=fields, actor=user)
    request.session[VENDOR_KEY] = vendor.pk


def _save_paper(request: HttpRequest, desk: Desk, form: PaperForm) -> None:
    """Keep the paper, and say so; a name that says something else than the file is told."""
    told = form.cleaned_data
    file = told.pop("file")
    upload = files.read_upload(file, purpose="paper") if file else None
    paper_form = filing.PaperForm(**told)
    paper = _same_paper(desk.vendor, paper_form.kind, upload.content) if upload else None
    if paper is None:
        paper = filing.add_paper(
            vendor=desk.vendor, form=paper_form, upload=upload, actor=desk.user
        )
    messages.success(request, _saved_words(paper.file))


def _saved_words(stored: StoredFile | None) -> str:
    if stored is None or not files.is_misnamed(stored):
        return _("Paper saved.")
    if stored.content_type == files.PDF:
        words = _("Paper saved. “%(name)s” is a PDF document, so it is kept as a PDF.")
    else:
        words = _("Paper saved. “%(name)s” is a photo, so it is kept as a photo.")
    return words % {"name": stored.original_name}


def _same_paper(vendor: Vendor, kind: str, content: bytes) -> Paper | None:
    """The same file sent twice (a doubled tap) stays one paper."""
    digest = hashlib.sha256(content).hexdigest()
    return list_papers(vendor).filter(kind=kind, file__sha256=digest).first()


def _answers(vendor: Vendor | None, *names: str) -> dict[str, str]:
    if vendor is None:
        return {}
    return {name: _shown(name, getattr(vendor, name)) for name in names}


def _shown(name: str, value: str) -> str:
    if name != "phone":
        return value
    try:
        return format_phone(value)
    except InvalidPhone:
        return value


def _step(
    request: HttpRequest, user: User, vendor: Vendor | None, at: int, context: Context
) -> HttpResponse:
    """One page of the registration with its place in the row and the checklist beside it."""
    form = context.get("form")
    if form is not None and vendor is not None:
        add_reasons(form, vendor.change_reasons, mended=vendor.mended_fields)
    todos = todos_for(vendor) if vendor and vendor.state in OPEN else []
    steps: list[dict[str, Any]] = [
        {"url": reverse(url), "title": title, "number": number + 1, "is_now": number == at}
        for number, (url, title) in enumerate(STEPS)
    ]
    frame = {
        "section": "apply",
        "steps": steps,
        "at": steps[at],
        "before": steps[at - 1] if at else None,
        "todos": todos,
        "still_open": open_todos(todos),
        "is_started": vendor is not None,
    }
    template = STEPS[at][0].removeprefix("sellers:")
    if vendor is None:
        wrong = form is not None and bool(form.errors)
        page = frame | context | {"back": unsent.give_back(request, form)}
        return render(request, f"sellers/{template}.html", page, status=422 if wrong else 200)
    desk = Desk(user, vendor)
    if form is None:
        return show(request, desk, template, frame | context)
    return show_form(request, desk, template, frame | context)
