"""Questions about goods: all of them, and taking one down with a reason that stays on the page."""

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from catalog.models import Question
from catalog.services.questions import remove_question
from web.accounts.forming import accepts
from web.accounts.forms import PlainForm
from web.staff.access import staff_page
from web.staff.frame import page_of, show


class RemoveForm(PlainForm):
    reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("The reason: it stands in its place"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@staff_page("GET")
def questions(request: HttpRequest, user: User) -> HttpResponse:
    """The newest first; `state` shows those without an answer, or those taken down."""
    state = request.GET.get("state", "")
    context = {
        "page": page_of(request, _narrowed(state)),
        "state": state,
        "states": [("waiting", _("Without an answer")), ("removed", _("Taken down"))],
    }
    return show(request, "questions", context, section="questions")


@staff_page("GET", "POST")
def question(request: HttpRequest, user: User, question_id: int) -> HttpResponse:
    """One question with its answer; a post takes both down for good."""
    found = Question.objects.select_related("product__vendor", "author").filter(pk=question_id)
    one = found.first()
    if one is None:
        raise Http404
    form = RemoveForm(request.POST or None)
    if form.is_valid() and accepts(
        form,
        lambda: remove_question(question=one, reason=form.cleaned_data["reason"], actor=user),
    ):
        messages.success(request, _("Taken down. The reason stands in its place."))
        return redirect("staff:question", question_id=one.pk)
    one.refresh_from_db()
    context = {"question": one, "vendor": one.product.vendor}
    return show(request, "question", context, section="questions", form=form)


def _narrowed(state: str) -> QuerySet[Question]:
    found = Question.objects.select_related("product__vendor").order_by("-pk")
    if state == "waiting":
        return found.waiting()
    return found.exclude(removed_at=None) if state == "removed" else found
