"""Cases: what a person must look at, and what was done about it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.cases import resolve_case
from core.models import Case, CaseState
from vendors.models import Vendor
from web.accounts.forming import accepts
from web.staff.access import staff_page
from web.staff.forms import ResolveForm
from web.staff.frame import page_of, show


@staff_page("GET")
def cases(request: HttpRequest, user: User) -> HttpResponse:
    """Open ones, the oldest on top; `state` and `kind` narrow the list."""
    state = request.GET.get("state", CaseState.OPEN)
    kind = request.GET.get("kind", "")[:40]
    order = ("opened_at", "pk") if state == CaseState.OPEN else ("-opened_at", "-pk")
    found = Case.objects.order_by(*order)
    kinds = list(Case.objects.order_by("kind").values_list("kind", flat=True).distinct()[:50])
    if state in CaseState.values:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    context = {
        "page": page_of(request, found),
        "state": state,
        "states": CaseState.choices,
        "kind": kind,
        "kinds": kinds,
    }
    return show(request, "cases", context, section="cases")


@staff_page("GET", "POST")
def case(request: HttpRequest, user: User, case_id: int) -> HttpResponse:
    """One case; a post resolves it. Resolving twice keeps the first answer."""
    found = Case.objects.filter(pk=case_id).first()
    if found is None:
        raise Http404
    form = ResolveForm(request.POST or None)
    if form.is_valid() and accepts(
        form,
        lambda: resolve_case(
            case_id=found.pk, actor=user, resolution=form.cleaned_data["resolution"].strip()
        ),
    ):
        messages.success(request, _("The case is resolved."))
        return redirect("staff:case", case_id=found.pk)
    context = {
        "case": found,
        "vendor": Vendor.objects.filter(pk=found.vendor_id or 0).first(),
        "subject_url": _address_of(found.subject_kind, found.subject_key),
        "resolver": User.objects.filter(pk=found.resolved_by_id or 0).first(),
    }
    return show(request, "case", context, section="cases", form=form)


def _address_of(kind: str, key: str) -> str:
    """Where the desk shows the case's subject, if it does."""
    if kind == "complaint":
        return reverse("staff:complaint", kwargs={"complaint": key})
    if not key.isdecimal():
        return ""
    if kind == "vendor":
        return reverse("staff:vendor", kwargs={"vendor_id": int(key)})
    if kind == "product":
        return reverse("staff:product", kwargs={"product_id": int(key)})
    if kind in ("outbox", "delivery", "message"):
        return reverse("staff:outbox")
    return ""
