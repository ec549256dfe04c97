"""Changing text, photos and claims: a draft at once, a live product by asking the province."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Category, Product, Revision
from catalog.services import listing, revisions
from catalog.services.listing import EDITABLE
from catalog.services.revisions import WITH_REVISIONS
from catalog.states import RevisionState
from vendors.models import Paper
from web.sellers import spec_lines
from web.sellers.access import Desk, product_page
from web.sellers.pages import accepts, add_reasons, posted, show, show_form, try_or_say
from web.sellers.photos import Shot, picture_ids, shots_by_id, take_photos
from web.sellers.product_forms import TextForm, present_text
from web.templatetags.market import plainly

LABELS = {
    "name_vi": gettext_lazy("Name of the product"),
    "name_en": gettext_lazy("Name in English"),
    "summary_vi": gettext_lazy("In one sentence"),
    "summary_en": gettext_lazy("In one sentence, in English"),
    "description_vi": gettext_lazy("A few sentences for buyers"),
    "description_en": gettext_lazy("The same in English"),
    "grade": gettext_lazy("Grade"),
    "category_id": gettext_lazy("Kind of goods"),
    "specs": gettext_lazy("Properties"),
    "papers": gettext_lazy("Papers that belong to it"),
    "pictures": gettext_lazy("Photos"),
}
TEXTS = ("name_vi", "name_en", "summary_vi", "summary_en", "description_vi", "description_en")


@dataclass(frozen=True, slots=True)
class Difference:
    """One changed field: what buyers see, and what was asked for; photos as pictures."""

    label: object
    old: str
    new: str
    old_photos: list[Shot]
    new_photos: list[Shot]


@product_page("GET", "POST")
def edit(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    """All text, photos and claims on one page."""
    if product.state not in EDITABLE | WITH_REVISIONS:
        messages.error(request, _("The province is checking it. You can change it afterwards."))
        return redirect("sellers:product", product_id=product.pk)
    waiting = revisions.find_waiting(product)
    changes = dict(waiting.changes) if waiting else {}
    photos = changes.get("pictures", picture_ids(product))
    form = _form(request, desk, product, changes)
    measured = [row for row in changes.get("specs", product.specs) if row.get("key")]
    if form.is_valid() and accepts(
        form, lambda: _save(request, desk, product, form, photos, measured)
    ):
        return redirect("sellers:product", product_id=product.pk)
    reasons = product.change_reasons or _refusal(product)
    add_reasons(form, reasons | {"specs_vi": reasons.get("specs", "")})
    removed = request.POST.getlist("remove")
    context = {
        "section": "products",
        "product": product,
        "form": form,
        "photos": shots_by_id(photos),
        "removed": {int(pk) for pk in removed if pk.isdecimal()},
        "first": request.POST.get("first", ""),
        "needs_approval": product.state in WITH_REVISIONS,
        "waiting": waiting,
    }
    return show_form(request, desk, "product_edit", context)


@product_page("GET")
def revision(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    """What waits for the province, beside what buyers see meanwhile."""
    waiting = revisions.find_waiting(product)
    if waiting is None:
        return redirect("sellers:product", product_id=product.pk)
    context = {
        "section": "products",
        "product": product,
        "waiting": waiting,
        "differences": differences(product, waiting),
    }
    return show(request, desk, "revision", context)


@product_page("POST")
def revision_withdraw(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    waiting = revisions.find_waiting(product)
    if waiting is None:
        return redirect("sellers:product", product_id=product.pk)
    try_or_say(
        request,
        lambda: revisions.withdraw_revision(revision=waiting, actor=desk.user),
        _("Withdrawn. Buyers see the text as before."),
    )
    return redirect("sellers:product", product_id=product.pk)


def differences(product: Product, waiting: Revision) -> list[Difference]:
    """Each changed field with its old and new value, ready to be shown."""
    present = revisions.present_values(product, waiting.changes)
    return [
        _difference(field, present[field], new)
        for field, new in sorted(waiting.changes.items(), key=lambda item: _place(item[0]))
    ]


def _difference(field: str, old: Any, new: Any) -> Difference:
    label = LABELS.get(field, field)
    if field == "pictures":
        return Difference(label, "", "", shots_by_id(old), shots_by_id(new))
    return Difference(label, _words(field, old), _words(field, new), [], [])


def _words(field: str, value: Any) -> str:
    if field == "papers":
        papers = Paper.objects.filter(pk__in=value)
        return "\n".join(f"{paper.get_kind_display()} {paper.number}" for paper in papers)
    if field == "category_id":
        category = Category.objects.filter(pk=value).first()
        return plainly(category, "name") if category else ""
    if field == "specs":
        return "\n".join(filter(None, (spec_lines.vietnamese(value), spec_lines.english(value))))
    return str(value)


def _place(field: str) -> int:
    return list(LABELS).index(field) if field in LABELS else len(LABELS)


def _form(request: HttpRequest, desk: Desk, product: Product, changes: dict[str, Any]) -> TextForm:
    initial = present_text(product, changes)
    category_id = changes.get("category_id", product.category_id)
    initial["other_id"] = str(category_id)
    files = request.FILES if request.method == "POST" else None
    form = TextForm(desk.vendor, posted(request), files, initial=initial)
    form.set_up("", category_id)
    return form


def _save(
    request: HttpRequest,
    desk: Desk,
    product: Product,
    form: TextForm,
    photos: list[int],
    measured: list[dict[str, str]],
) -> None:
    data = form.cleaned_data
    fields = {name: data[name] for name in (*TEXTS, "grade", "category_id")}
    fields["specs"] = [*measured, *form.specs()]
    if "papers" in data:
        fields["papers"] = data["papers"]
    fields["pictures"] = _chosen_photos(request, desk, form, photos)
    if product.state in EDITABLE:
        listing.edit_product(product=product, fields=fields, actor=desk.user)
        messages.success(request, _("Saved."))
        return
    asked = revisions.propose_revision(product=product, changes=fields, actor=desk.user)
    if asked is not None:
        messages.success(request, _("Sent to the province. Buyers see the old text meanwhile."))


def _chosen_photos(
    request: HttpRequest, desk: Desk, form: TextForm, photos: list[int]
) -> list[int]:
    """The photos that stay, the one chosen as first in front, the new ones behind."""
    removed = set(request.POST.getlist("remove"))
    kept = [pk for pk in photos if str(pk) not in removed]
    first = request.POST.get("first", "")
    kept.sort(key=lambda pk: str(pk) != first)
    return take_photos(form.cleaned_data["pictures"], known=kept, actor=desk.user)


def _refusal(product: Product) -> dict[str, str]:
    """The reasons of the last change, if it was refused."""
    last = product.revisions.exclude(state=RevisionState.WITHDRAWN).order_by("-pk").first()
    if last is None or last.state != RevisionState.REFUSED:
        return {}
    return dict(last.reasons)
