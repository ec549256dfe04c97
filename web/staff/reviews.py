"""Reviews: all of them, and taking one down with a reason that stays on the page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Review
from catalog.services.reviews import remove_review
from web.accounts.forming import accepts
from web.staff.access import staff_page
from web.staff.forms import RemoveReviewForm
from web.staff.frame import page_of, show


@staff_page("GET")
def reviews(request: HttpRequest, user: User) -> HttpResponse:
    """The newest first; `state` shows those with few stars, or those taken down."""
    state = request.GET.get("state", "")
    found = Review.objects.select_related("product__vendor").order_by("-created_at", "-pk")
    if state == "low":
        found = found.filter(rating__lte=2, removed_reason="")
    elif state == "removed":
        found = found.exclude(removed_reason="")
    states = [("low", _("One or two stars")), ("removed", _("Taken down"))]
    context = {"page": page_of(request, found), "state": state, "states": states}
    return show(request, "reviews", context, section="reviews")


@staff_page("GET", "POST")
def review(request: HttpRequest, user: User, review_id: int) -> HttpResponse:
    """One review; a post takes it down for good."""
    found = Review.objects.select_related("product__vendor").filter(pk=review_id).first()
    if found is None:
        raise Http404
    form = RemoveReviewForm(request.POST or None)
    if form.is_valid() and accepts(
        form,
        lambda: remove_review(review_id=found.pk, reason=form.cleaned_data["reason"], actor=user),
    ):
        messages.success(request, _("Taken down. The reason stands in its place."))
        return redirect("staff:review", review_id=found.pk)
    found.refresh_from_db()
    context = {
        "review": found,
        "vendor": found.product.vendor,
        "photos": found.photos.select_related("picture"),
    }
    return show(request, "review", context, section="reviews", form=form)
