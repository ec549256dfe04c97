"""What buyers wrote about one's goods, and the public answer to it."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Review
from catalog.services.reviews import answer_review
from vendors.models import Vendor
from web.sellers.access import Desk, desk_page, object_page
from web.sellers.fields import Paragraphs
from web.sellers.pages import accepts, posted, show, show_form

PER_PAGE = 20


class AnswerForm(forms.Form):
    text = Paragraphs(required=False, label=gettext_lazy("Your answer: everybody reads it"))


def _reviews(vendor: Vendor) -> QuerySet[Review]:
    mine = Review.objects.filter(product__vendor=vendor).select_related("product")
    return mine.prefetch_related("photos__picture").order_by("-created_at", "-pk")


def _find(vendors: QuerySet[Vendor], keys: dict[str, int]) -> Review | None:
    found = Review.objects.filter(product__vendor__in=vendors).select_related("product__vendor")
    return found.filter(pk=keys.pop("review_id")).first()


@desk_page("GET")
def review_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The newest first; `show=open` those without an answer."""
    found = _reviews(desk.vendor)
    only_open = request.GET.get("show") == "open"
    if only_open:
        found = found.filter(answer="", removed_reason="")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"section": "reviews", "page": page, "only_open": only_open}
    return show(request, desk, "reviews", context)


@object_page(_find, lambda review: review.product.vendor, ("GET", "POST"))
def review(request: HttpRequest, desk: Desk, review: Review) -> HttpResponse:
    """One review and the form for the answer; a later answer replaces the first."""
    form = AnswerForm(posted(request), initial={"text": review.answer})
    if form.is_valid() and accepts(
        form,
        lambda: answer_review(
            review_id=review.pk,
            vendor_id=desk.vendor.pk,
            text=form.cleaned_data["text"],
            actor=desk.user,
        ),
    ):
        messages.success(request, _("Your answer stands on the page of the goods."))
        return redirect("sellers:reviews")
    return show_form(
        request, desk, "review", {"section": "reviews", "review": review, "form": form}
    )
