"""What people ask about one's goods, and the public answer to it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Question
from catalog.services.questions import LONGEST_ANSWER, answer_question
from vendors.models import Vendor
from web.sellers.access import Desk, desk_page, object_page
from web.sellers.fields import Paragraphs
from web.sellers.pages import accepts, posted, show, show_form

PER_PAGE = 20


class AnswerForm(forms.Form):
    text = Paragraphs(
        label=gettext_lazy("Your answer: everybody reads it"),
        max_length=2 * LONGEST_ANSWER,
        error_messages={"required": gettext_lazy("Write an answer first.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def find_question(vendors: QuerySet[Vendor], keys: dict[str, Any]) -> Question | None:
    """A question about goods of these vendors."""
    found = Question.objects.filter(product__vendor__in=vendors).select_related("product__vendor")
    return found.filter(pk=keys.pop("question_id")).first()


@desk_page("GET")
def question_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Those that wait, the oldest on top; `show=all` for all of them, the newest on top."""
    mine = Question.objects.for_vendor(desk.vendor).select_related("product")
    shows_all = request.GET.get("show") == "all"
    found = mine.order_by("-pk") if shows_all else mine.waiting().order_by("pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"section": "questions", "page": page, "shows_all": shows_all}
    return show(request, desk, "questions", context)


@object_page(find_question, lambda question: question.product.vendor, ("GET", "POST"))
def question(request: HttpRequest, desk: Desk, question: Question) -> HttpResponse:
    """One question and the form for the answer; a later answer replaces the first."""
    form = AnswerForm(posted(request), initial={"text": question.answer})
    if form.is_valid() and accepts(
        form,
        lambda: answer_question(question=question, text=form.cleaned_data["text"], actor=desk.user),
    ):
        messages.success(request, _("Your answer stands on the page of the goods."))
        return redirect("sellers:questions")
    context = {"section": "questions", "question": question, "form": form}
    return show_form(request, desk, "question", context)
