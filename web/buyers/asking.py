"""Asking about goods: the form, and what somebody has asked so far."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from catalog.rules import ANSWER_WITHIN
from catalog.selectors.pages import product_page
from catalog.selectors.types import ProductPage
from catalog.selectors.wanted import list_questions_of
from catalog.services.questions import LONGEST, ask_question
from core.errors import DomainError
from web import unsent
from web.buyers import late, later, links, once, visitor
from web.buyers.cart import SeeOther
from web.buyers.frame import page
from web.buyers.said import product_href
from web.buyers.tokens import form_token

SHOWN = 50
DAY = 24 * 60


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form for a question; a guest signs in first and finds again what was typed."""
    found = product_page(pk)
    person = member(request)
    if request.method != "POST":
        kept = later.wanted(request, "ask")
        typed = kept[1] if kept is not None and kept[0] == pk else ""
        typed = late.said(request).typed.get("text", typed)
        response = _form(request, found, typed)
        if typed and person is not None:
            later.forget(response)
        return response
    text = request.POST.get("text", "")[: 4 * LONGEST]
    if late.is_late(request):
        return unsent.to_sign_in(request, links.here(f"/hoi/{pk}"))
    if person is None:
        return later.sign_in_first("ask", pk, after=f"/hoi/{pk}", text=text[:LONGEST])
    try:
        ask_question(product_id=pk, text=text, author=person)
    except DomainError as error:
        return _form(request, found, text, error)
    response = SeeOther(links.here("/cau-hoi/", moi=1))
    late.forget(request, response)
    return response


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What this member has asked, answered or not."""
    person = member(request)
    if person is None:
        return SeeOther(links.here("/tai-khoan/dang-nhap/", next=links.here("/cau-hoi/")))
    context = {
        "questions": list_questions_of(person)[:SHOWN],
        "is_new": "moi" in request.GET,
        "days": ANSWER_WITHIN.value() // DAY,
    }
    return page(request, "buyers/my_questions.html", context)


def member(request: HttpRequest) -> User | None:
    """Who is signed in; a guest costs no query."""
    if visitor.user_id(request) is None:
        return None
    user = request.user
    return user if isinstance(user, User) else None


def _form(
    request: HttpRequest, found: ProductPage, typed: str, error: DomainError | None = None
) -> HttpResponse:
    context = {
        "product": found,
        "href": product_href(found),
        "text": typed,
        "error": error,
        "longest": LONGEST,
        "days": ANSWER_WITHIN.value() // DAY,
        "is_guest": visitor.user_id(request) is None,
        "key": request.POST.get("key") or once.new_key(),
        "form_token": form_token(request),
        "whose": late.mark(request),
        "back": late.said(request).told(),
        "title": _("Ask the vendor"),
    }
    return page(request, "buyers/ask.html", context, status=error.status if error else 200)
