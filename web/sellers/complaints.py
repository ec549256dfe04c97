"""Complaints about one's goods: what must be done by when, the answer, what came back, paying."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import NotFound
from orders.models import Complaint, Outcome
from orders.selectors.complaints import get_complaint, get_photo, of_vendor, refundable_vnd
from orders.services.complaints import vendor as steps
from orders.services.complaints.offers import Offer
from orders.services.photos import MOST
from orders.states import COMPLAINT_ENDED, ComplaintState
from vendors.models import Vendor
from vietnam.money import InvalidAmount, parse_vnd
from web.complaints import story
from web.private_files import private_file
from web.sellers.access import Desk, desk_page, object_page
from web.sellers.fields import Count, Paragraphs, typing_attrs
from web.sellers.pages import accepts, show, show_form
from web.uploads import photos_of

PER_PAGE = 20
TABS: dict[str, tuple[str, ...]] = {
    "todo": (ComplaintState.OPENED, ComplaintState.RETURNING, ComplaintState.OWED),
    "wait": (ComplaintState.ANSWERED, ComplaintState.PROVINCE, ComplaintState.DONE),
    "ended": COMPLAINT_ENDED,
}
TAB_WORDS = {
    "todo": pgettext_lazy("complaint tab", "To do"),
    "wait": pgettext_lazy("complaint tab", "With others"),
    "ended": pgettext_lazy("complaint tab", "Ended"),
}


class AnswerForm(forms.Form):
    """What the vendor offers; the rules are in the services."""

    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        label=_("What do you offer?"),
        error_messages={"required": _("Please choose an answer.")},
    )
    amount_vnd = forms.CharField(
        required=False,
        max_length=20,
        label=_("How much money back?"),
        widget=forms.TextInput(attrs=typing_attrs("numeric", **{"data-echo": "vnd"})),
    )
    with_return = forms.BooleanField(
        required=False, label=_("Only once the goods have come back (you bear the cost)")
    )
    text = Paragraphs(required=False, label=_("What do you say to the buyer?"))
    photos = forms.FileField(required=False, label=_("Photos"))

    def amount(self) -> int:
        """The amount as typed; 0 for nothing and for what can't be read, which the rules refuse."""
        try:
            return parse_vnd(self.cleaned_data["amount_vnd"])
        except InvalidAmount:
            return 0


class WordsForm(forms.Form):
    text = Paragraphs(required=False)


class BackForm(forms.Form):
    """Per line of the complaint: how many units can be sold again."""

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines: dict[str, int] = {}
        for n, item in enumerate(complaint.items.all(), start=1):
            name = f"u{n}"
            self.lines[name] = item.line_id
            label = f"{item.line.name} · {item.line.variant_name} (/{item.quantity})"
            self.fields[name] = Count(label=label, low=0, high=item.quantity, initial=0)

    def sellable(self) -> dict[int, int]:
        return {line: self.cleaned_data[name] for name, line in self.lines.items()}


def _find(vendors: QuerySet[Vendor], keys: dict[str, Any]) -> Complaint | None:
    number = keys.pop("complaint")
    for vendor in vendors:
        try:
            return get_complaint(number, of_vendor(vendor))
        except NotFound:
            continue
    return None


def complaint_page(*methods: str) -> Callable[..., Any]:
    """For `(request, desk, complaint)`; the address holds the complaint's number."""
    return object_page(_find, lambda complaint: complaint.order.vendor, methods)


@desk_page("GET")
def complaint_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What must be done stands first, the nearest end of a clock on top."""
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        tab = "todo"
    mine = of_vendor(desk.vendor)
    found = mine.filter(state__in=TABS[tab]).order_by(F("due_at").asc(nulls_last=True), "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"key": key, "label": TAB_WORDS[key], "count": mine.filter(state__in=states).count()}
        for key, states in TABS.items()
    ]
    context = {
        "section": "complaints",
        "tab": tab,
        "tabs": tabs,
        "page": page,
        "rows": [story(complaint) for complaint in page.object_list],
    }
    return show(request, desk, "complaints", context)


@complaint_page("GET", "POST")
def complaint(request: HttpRequest, desk: Desk, complaint: Complaint) -> HttpResponse:
    """One complaint and the one thing to do about it."""
    form = _form_for(request, complaint)
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        if form.is_valid() and accepts(form, lambda: act(request, desk, complaint, form)):
            return redirect("sellers:complaint", complaint=complaint.number)
        complaint = get_complaint(complaint.number, of_vendor(desk.vendor))
    context = {
        "section": "complaints",
        "story": story(complaint),
        "complaint": complaint,
        "order": complaint.order,
        "photo_base": request.path + "anh/",
        "most_vnd": refundable_vnd(complaint.order, besides=complaint),
        "did": request.POST.get("do", ""),
        "form": form,
    }
    return show_form(request, desk, "complaint", context)


@complaint_page("GET")
def photo(
    request: HttpRequest, desk: Desk, complaint: Complaint, position: int
) -> HttpResponseBase:
    try:
        shot = get_photo(complaint, position)
    except NotFound as error:
        raise Http404 from error
    return private_file(request, shot.file, name=f"{complaint.number}-{position}")


def _form_for(request: HttpRequest, complaint: Complaint) -> forms.Form:
    """The form that was sent, else the one that the state asks for."""
    sent = request.POST if request.method == "POST" else None
    did = request.POST.get("do", "")
    if did == "take_back" or (sent is None and complaint.state == ComplaintState.RETURNING):
        return BackForm(sent, complaint=complaint)
    if did == "answer" or (sent is None and complaint.state == ComplaintState.OPENED):
        return AnswerForm(sent)
    return WordsForm(sent)


def _answer(request: HttpRequest, desk: Desk, complaint: Complaint, form: forms.Form) -> None:
    assert isinstance(form, AnswerForm)  # noqa: S101 `_form_for` made it for this button
    typed = form.cleaned_data
    offer = Offer(
        outcome=typed["outcome"],
        text=typed["text"],
        amount_vnd=form.amount(),
        with_return=typed["with_return"],
        photos=photos_of(request, "photos", most=MOST),
    )
    steps.answer(complaint=complaint, offer=offer, actor=desk.user)


def _take_back(request: HttpRequest, desk: Desk, complaint: Complaint, form: forms.Form) -> None:
    assert isinstance(form, BackForm)  # noqa: S101 `_form_for` made it for this button
    steps.take_back(complaint=complaint, sellable=form.sellable(), actor=desk.user)


def _contest(request: HttpRequest, desk: Desk, complaint: Complaint, form: forms.Form) -> None:
    steps.contest(complaint=complaint, text=form.cleaned_data["text"], actor=desk.user)


def _fulfil(request: HttpRequest, desk: Desk, complaint: Complaint, form: forms.Form) -> None:
    steps.fulfil(complaint=complaint, text=form.cleaned_data["text"], actor=desk.user)


_ACTS: dict[str, Callable[[HttpRequest, Desk, Complaint, forms.Form], None]] = {
    "answer": _answer,
    "take_back": _take_back,
    "contest": _contest,
    "fulfil": _fulfil,
}
