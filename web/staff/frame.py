"""What every page of the province's desk shares: the queues beside it and the way to show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Min, Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.models import Product, Revision
from catalog.states import ProductState, RevisionState
from core import clock
from core.models import Case, CaseState, DeliveryState, OutboxDelivery
from notifications.models import Message, MessageState
from orders.models import Complaint
from orders.states import ComplaintState
from vendors.selectors import list_waiting, list_waiting_papers
from web import unsent
from web.accounts.forming import status_of

Row = TypeVar("Row", bound=Model)
PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for staff: how much of it, and since when."""

    key: str
    label: str
    url_name: str
    count: int
    since: datetime | None = None


def queues() -> list[Queue]:
    """All queues, for the first page and the numbers beside the links."""
    vendors, papers = list_waiting(), list_waiting_papers()
    products = Product.objects.filter(state=ProductState.SUBMITTED)
    revisions = Revision.objects.filter(state=RevisionState.WAITING)
    complaints = Complaint.objects.filter(state=ComplaintState.PROVINCE)
    cases = Case.objects.filter(state=CaseState.OPEN)
    parked = OutboxDelivery.objects.filter(state=DeliveryState.PARKED)
    failed = Message.objects.filter(state=MessageState.FAILED)
    return [
        Queue(
            "vendors", pgettext("desk", "Vendors"), "vendors", *_waiting(vendors, "submitted_at")
        ),
        Queue("papers", _("New papers"), "papers", *_waiting(papers, "created_at")),
        Queue("products", _("Products"), "products", *_waiting(products, "submitted_at")),
        Queue("revisions", _("Changes"), "revisions", *_waiting(revisions, "created_at")),
        Queue("complaints", _("Complaints"), "complaints", *_waiting(complaints, "opened_at")),
        Queue("cases", _("Cases"), "cases", *_waiting(cases, "opened_at")),
        Queue("outbox", _("Stuck jobs"), "outbox", parked.count() + failed.count()),
    ]


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    section: str,
    form: Form | None = None,
) -> HttpResponse:
    """A page of the desk; with a form, its status says whether something must be mended."""
    frame = {
        "queues": queues(),
        "section": section,
        "form": form,
        "now": clock.now(),
        "back": unsent.give_back(request, form),
    }
    status = status_of(form) if form is not None else 200
    return render(request, f"staff/{template}.html", frame | dict(context), status=status)


def page_of(request: HttpRequest, rows: "QuerySet[Row]") -> "Page[Row]":
    """One page of a list; nonsense in `page` gives the nearest page there is."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _waiting(rows: "QuerySet[Any]", field: str) -> tuple[int, datetime | None]:
    found = rows.order_by().aggregate(since=Min(field))
    return rows.count(), found["since"]
