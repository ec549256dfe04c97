"""The kinds of goods: their names, and with them their addresses."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from catalog.models import Category
from catalog.services.categories import LONGEST_NAME, rename_category
from web.accounts.forming import accepts
from web.accounts.forms import PlainForm
from web.staff.access import staff_page
from web.staff.frame import show


class CategoryForm(PlainForm):
    name_vi = forms.CharField(label=gettext_lazy("Name in Vietnamese"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=LONGEST_NAME)


@staff_page("GET")
def categories(request: HttpRequest, user: User) -> HttpResponse:
    """The whole tree with its addresses."""
    found = [
        {"category": one, "depth": one.path.count("/") - 1}
        for one in Category.objects.order_by("path")
    ]
    return show(request, "categories", {"rows": found}, section="categories")


@staff_page("GET", "POST")
def category(request: HttpRequest, user: User, category_id: int) -> HttpResponse:
    """Rename one; its old addresses stand below the form, and keep leading here."""
    found = Category.objects.filter(pk=category_id).prefetch_related("old_addresses").first()
    if found is None:
        raise Http404
    initial = {"name_vi": found.name_vi, "name_en": found.name_en}
    form = CategoryForm(request.POST or None, initial=initial)
    if form.is_valid() and accepts(
        form, lambda: rename_category(category_id=found.pk, actor=user, **form.cleaned_data)
    ):
        messages.success(request, _("The names are saved. Old addresses lead to the new one."))
        return redirect("staff:category", category_id=found.pk)
    old = sorted(one.slug for one in found.old_addresses.all())
    return show(
        request, "category", {"category": found, "old": old}, section="categories", form=form
    )
