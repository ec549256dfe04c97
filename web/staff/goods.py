"""The queue of products and of changes, one product or change, and the decisions about them."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as later

from accounts.models import User
from catalog.grades import find_grade
from catalog.models import Product, Revision
from catalog.services import moderation, revisions
from catalog.services.specs import free_rows, grade_rows
from catalog.states import ProductState, RevisionState
from notifications.words import PRODUCT_LABELS
from web.accounts.forming import accepts
from web.staff.access import staff_page
from web.staff.changes import changes_of
from web.staff.forms import DecisionForm
from web.staff.frame import page_of, show

DONE = {
    "approve": later("Approved. It is on the shop now."),
    "request_changes": later("The vendor has been asked for changes."),
    "take_down": later("Taken down. The shop doesn't show it any more."),
    "put_back": later("It is on the shop again."),
    "refuse": later("Refused. The vendor has been told why."),
}


@staff_page("GET")
def products(request: HttpRequest, user: User) -> HttpResponse:
    """Those that wait, the longest waiting on top; `state` and `q` narrow the list."""
    state = request.GET.get("state", ProductState.SUBMITTED)
    text = request.GET.get("q", "").strip()[:100]
    found = Product.objects.select_related("vendor", "category").order_by("submitted_at", "pk")
    if state in ProductState.values:
        found = found.filter(state=state)
    if text:
        found = found.filter(
            Q(name_vi__icontains=text) | Q(slug__icontains=text) | Q(vendor__name__icontains=text)
        )
    context = {
        "page": page_of(request, found),
        "state": state,
        "states": ProductState.choices,
        "text": text,
    }
    return show(request, "products", context, section="products")


@staff_page("GET", "POST")
def product(request: HttpRequest, user: User, product_id: int) -> HttpResponse:
    """One product as its buyers would read it; a post decides about it."""
    found = Product.objects.select_related("vendor", "category").filter(pk=product_id).first()
    if found is None:
        raise Http404
    form = DecisionForm(
        request.POST or None, labels=PRODUCT_LABELS, fields=moderation.REASON_FIELDS
    )
    if form.is_valid() and accepts(form, lambda: _decide(found, form, user)):
        messages.success(request, str(DONE.get(form.cleaned_data["decision"], "")))
        return redirect("staff:product", product_id=found.pk)
    found.refresh_from_db()
    context = _goods_of(found, form, user)
    return show(request, "product", context, section="products", form=form)


@staff_page("GET")
def revision_queue(request: HttpRequest, user: User) -> HttpResponse:
    """Changes of live goods that wait, oldest first."""
    waiting = Revision.objects.filter(state=RevisionState.WAITING).select_related("product__vendor")
    rows = page_of(request, waiting.order_by("created_at", "pk"))
    return show(request, "revisions", {"page": rows}, section="revisions")


@staff_page("GET", "POST")
def revision(request: HttpRequest, user: User, revision_id: int) -> HttpResponse:
    """Old beside new; a post approves or refuses the change."""
    found = Revision.objects.select_related("product__vendor").filter(pk=revision_id).first()
    if found is None:
        raise Http404
    form = DecisionForm(request.POST or None, labels=PRODUCT_LABELS, fields=list(found.changes))
    if form.is_valid() and accepts(form, lambda: _decide_revision(found, form, user)):
        messages.success(request, str(DONE.get(form.cleaned_data["decision"], "")))
        return redirect("staff:revision", revision_id=found.pk)
    found.refresh_from_db()
    context = {
        "revision": found,
        "product": found.product,
        "changes": [(change, form.reason(change.field)) for change in changes_of(found)],
        "is_waiting": found.state == RevisionState.WAITING,
    }
    return show(request, "revision", context, section="revisions", form=form)


def _decide(product: Product, form: DecisionForm, user: User) -> None:
    moderation.decide_product(
        product=product,
        decision=form.cleaned_data["decision"],
        reasons=form.reasons(),
        note=form.cleaned_data["note"],
        actor=user,
    )


def _decide_revision(revision: Revision, form: DecisionForm, user: User) -> None:
    revisions.decide_revision(
        revision=revision,
        decision=form.cleaned_data["decision"],
        reasons=form.reasons(),
        actor=user,
    )


def _graded(product: Product) -> list[dict[str, object]]:
    lang = "en" if get_language() == "en" else "vi"
    return [
        {
            "name": row.name_en if lang == "en" else row.name_vi,
            "value": row.said(lang) if row.value else "",
            "holds": row.holds,
            "limit": row.limit.said(lang),
        }
        for row in grade_rows(product.grade, product.specs)
    ]


def _goods_of(product: Product, form: DecisionForm, user: User) -> dict[str, Any]:
    answers = [
        ("name_vi", product.name_vi),
        ("name_en", product.name_en),
        ("category_id", product.category),
        ("grade", product.grade),
        ("summary_vi", product.summary_vi),
        ("summary_en", product.summary_en),
        ("description_vi", product.description_vi),
        ("description_en", product.description_en),
    ]
    waiting = Product.objects.filter(state=ProductState.SUBMITTED).exclude(pk=product.pk)
    return {
        "product": product,
        "vendor": product.vendor,
        "grade": find_grade(product.grade),
        "grade_rows": _graded(product),
        "free_specs": free_rows(product.grade, product.specs),
        "answers": [
            (name, PRODUCT_LABELS[name], value, form.reason(name)) for name, value in answers
        ],
        "pictures": product.pictures.select_related("picture"),
        "variants": product.variants.filter(archived_at=None).select_related("stock"),
        "papers": product.papers.filter(archived_at=None),
        "picture_reason": form.reason("pictures"),
        "spec_reason": form.reason("specs"),
        "variant_reason": form.reason("variants"),
        "paper_reason": form.reason("papers"),
        "decisions": moderation.open_decisions(product),
        "can_ask": moderation.Decision.REQUEST_CHANGES in moderation.open_decisions(product),
        "history": product.decisions.select_related("actor").order_by("-pk"),
        "revision": revisions.find_waiting(product),
        "is_own": product.vendor.members.filter(user=user, removed_at=None).exists(),
        "next_product": waiting.order_by("submitted_at", "pk").first(),
    }
