"""What every page of the desk shares: its frame, its forms' errors, its undo line."""

from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from catalog.errors import ProductIncomplete
from core.errors import BadFields, DomainError
from orders.selectors.desk import count_for_desk
from web import unsent
from web.sellers.access import Desk, vendors_of

Context = dict[str, Any]
UNDO_KEY = "seller_undo"


def show(
    request: HttpRequest, desk: Desk, template: str, context: Context, *, status: int = 200
) -> HttpResponse:
    """A page of the desk; `context["section"]` names the tab that is lit."""
    form = context.get("form")
    waiting = count_for_desk(desk.vendor.pk)
    frame = {
        "back": unsent.give_back(request, form if isinstance(form, forms.Form) else None),
        "undo": request.session.pop(UNDO_KEY, None),
        "desk": desk,
        "vendor": desk.vendor,
        "vendors": list(vendors_of(desk.user)),
        "waiting_orders": waiting.orders,
        "waiting_complaints": waiting.complaints,
        "unseen_messages": waiting.messages,
        "waiting_questions": waiting.questions,
    }
    return render(request, f"sellers/{template}.html", frame | context, status=status)


def show_form(request: HttpRequest, desk: Desk, template: str, context: Context) -> HttpResponse:
    """A page with a form: 200 at first, 422 with everything typed when something is wrong."""
    form: forms.Form = context["form"]
    return show(request, desk, template, context, status=422 if form.errors else 200)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form sent, even nothing; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def accepts(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the rules took what the form holds; their refusal becomes the form's own error."""
    try:
        act()
    except DomainError as error:
        _take_over(form, error)
        return False
    return True


def _take_over(form: forms.Form, error: DomainError) -> None:
    if isinstance(error, BadFields):
        for each in error.errors.values():
            _take_over(form, each)
        return
    if isinstance(error, ProductIncomplete):
        for field, sentence in error.missing.items():
            form.add_error(field if field in form.fields else None, str(sentence))
        return
    form.add_error(error.field if error.field in form.fields else None, str(error))


def add_reasons(form: forms.Form, reasons: dict[str, str], *, mended: Collection[str] = ()) -> None:
    """Put the province's reasons beside the fields they are about (shown, not refused)."""
    form.mended = frozenset(mended)  # type: ignore[attr-defined]
    form.reasons = {  # type: ignore[attr-defined]  # read by the field partial alone
        name: text for name, text in reasons.items() if name in form.fields
    }


def try_or_say(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """For a button without fields: do it, or say the rule's sentence on the next page."""
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
        return False
    if done:
        messages.success(request, done)
    return True
