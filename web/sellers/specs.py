"""The specification under a grade: a field per property with its limit beside it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.grades import Grade, find_grade
from catalog.models import Category, Product
from catalog.services import listing, revisions
from catalog.services.listing import EDITABLE
from catalog.services.revisions import WITH_REVISIONS
from catalog.services.specs import PREFIX, free_rows, read_specs
from web.sellers.access import Desk, product_page
from web.sellers.fields import typing_attrs
from web.sellers.pages import accepts, posted, show, show_form
from web.sellers.product_forms import grades_of


class SpecsForm(forms.Form):
    """Made for one grade: its properties in their order, none of them needed."""

    def __init__(self, grade: Grade, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = "en" if get_language() == "en" else "vi"
        for limit in grade.limits:
            measured = limit.property
            hint = _("%(grade)s allows %(limit)s") % {
                "grade": grade.code,
                "limit": limit.said(lang),
            }
            self.fields[f"{PREFIX}{measured.key}"] = forms.CharField(
                required=False,
                max_length=60,
                label=f"{measured.en if lang == 'en' else measured.vi}"
                f"{f' ({measured.unit})' if measured.unit else ''}",
                help_text=hint,
                widget=forms.TextInput(attrs=typing_attrs("decimal")),
            )

    def values(self) -> dict[str, str]:
        """What was typed, by property."""
        return {name.removeprefix(PREFIX): text for name, text in self.cleaned_data.items()}


@product_page("GET", "POST")
def specs(request: HttpRequest, desk: Desk, product: Product) -> HttpResponse:
    """State what was measured; a live product asks the province. `hang` tries another grade."""
    if product.state not in EDITABLE | WITH_REVISIONS:
        messages.error(request, _("The province is checking it. You can change it afterwards."))
        return redirect("sellers:product", product_id=product.pk)
    waiting = revisions.find_waiting(product)
    present = {"grade": product.grade, "specs": product.specs}
    present |= waiting.changes if waiting else {}
    category = present.get("category_id", product.category_id)
    choices = [code for code in grades_of(Category.objects.all(), category) if find_grade(code)]
    wanted = request.POST.get("grade", request.GET.get("hang", present["grade"]))
    grade = find_grade(wanted) if wanted in choices else None
    context = {
        "section": "products",
        "product": product,
        "grades": choices,
        "grade": grade,
        "needs_approval": product.state in WITH_REVISIONS,
    }
    if grade is None:
        return show(request, desk, "specs", context)
    stated = {f"{PREFIX}{row['key']}": row["value"] for row in present["specs"] if row.get("key")}
    form = SpecsForm(grade, posted(request), initial=stated)
    if form.is_valid() and accepts(form, lambda: _save(desk, product, grade, form, present)):
        messages.success(request, _("Saved.") if product.state in EDITABLE else _sent())
        return redirect("sellers:product", product_id=product.pk)
    return show_form(request, desk, "specs", context | {"form": form})


def _save(
    desk: Desk, product: Product, grade: Grade, form: SpecsForm, present: dict[str, Any]
) -> None:
    free = [row for row in free_rows(present["grade"], present["specs"]) if not row.get("key")]
    fields = {"grade": grade.code, "specs": read_specs(grade.code, form.values(), free)}
    if product.state in EDITABLE:
        listing.edit_product(product=product, fields=fields, actor=desk.user)
    else:
        revisions.propose_revision(product=product, changes=fields, actor=desk.user)


def _sent() -> str:
    return _("Sent to the province. Buyers see the old text meanwhile.")
