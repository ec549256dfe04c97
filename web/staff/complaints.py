"""Complaints that buyer and vendor couldn't settle: the queue, the whole story, the decision."""

import structlog
from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotAllowed, NotFound
from orders.models import Complaint
from orders.selectors.complaints import (
    all_complaints,
    get_complaint,
    get_photo,
    refundable_vnd,
)
from orders.selectors.messages import list_messages
from orders.services.complaints import province
from orders.services.complaints.offers import Offer
from orders.states import ComplaintState
from web.accounts.forming import accepts
from web.complaints import story
from web.private_files import private_file
from web.staff.access import staff_page
from web.staff.forms import ComplaintForm
from web.staff.frame import page_of, show

log = structlog.get_logger(__name__)


@staff_page("GET")
def complaints(request: HttpRequest, user: User) -> HttpResponse:
    """Those that wait for the province, the nearest end of the clock on top; `state` narrows."""
    state = request.GET.get("state", ComplaintState.PROVINCE)
    found = all_complaints().order_by(F("due_at").asc(nulls_last=True), "-pk")
    if state in ComplaintState.values:
        found = found.filter(state=state)
    page = page_of(request, found)
    context = {
        "page": page,
        "rows": [story(complaint) for complaint in page.object_list],
        "state": state,
        "states": ComplaintState.choices,
    }
    return show(request, "complaints", context, section="complaints")


@staff_page("GET", "POST")
def complaint(request: HttpRequest, user: User, complaint: str) -> HttpResponse:
    """The whole story; a post decides, while it is the province's turn."""
    found = _get(complaint)
    form = ComplaintForm(request.POST or None)
    if form.is_valid() and accepts(form, lambda: _decide(form, found, user)):
        messages.success(request, _("Decided. Both sides have been told."))
        return redirect("staff:complaint", complaint=found.number)
    found = _get(complaint)
    context = {
        "story": story(found),
        "complaint": found,
        "order": found.order,
        "photo_base": request.path + "anh/",
        "said": list_messages(found.order),
        "can_decide": found.state == ComplaintState.PROVINCE,
        "can_settle": province.can_settle(found),
        "may_decide": _may(found, user),
        "most_vnd": refundable_vnd(found.order, besides=found),
    }
    return show(request, "complaint", context, section="complaints", form=form)


@staff_page("GET")
def photo(request: HttpRequest, user: User, complaint: str, position: int) -> HttpResponseBase:
    """A photo of either side. Who looked is in the log."""
    found = _get(complaint)
    try:
        shot = get_photo(found, position)
    except NotFound as error:
        raise Http404 from error
    log.info("private_file_seen", complaint=found.number, user=user.pk)
    return private_file(request, shot.file, name=f"{found.number}-{position}")


def _get(number: str) -> Complaint:
    try:
        return get_complaint(number, all_complaints())
    except NotFound as error:
        raise Http404 from error


def _may(complaint: Complaint, user: User) -> bool:
    try:
        province.check_may_decide(complaint, user)
    except NotAllowed:
        return False
    return True


def _decide(form: ComplaintForm, complaint: Complaint, user: User) -> None:
    typed = form.cleaned_data
    if typed["outcome"] == "settle":
        province.settle(complaint=complaint, text=typed["text"], actor=user)
        return
    offer = Offer(typed["outcome"], typed["text"], form.amount(), typed["with_return"])
    province.decide(complaint=complaint, offer=offer, actor=user)
