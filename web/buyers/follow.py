"""Follow a purchase: its number and phone, then a one-time code; or at once on the own device."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import TooManyCodes
from accounts.services.codes import check_code, count_asking, issue_code
from core.errors import DomainError
from core.limits import client_address
from orders.errors import WrongState
from orders.models import Purchase
from orders.selectors.orders import find_followed, list_orders_of
from orders.services.buyer_cancel import cancel_by_buyer
from vietnam.number import is_number, normalise_number
from vietnam.phone import InvalidPhone, parse_phone
from web.buyers import address, grants, late, links, mine, once, own, timeline, visitor
from web.buyers.cart import SeeOther
from web.buyers.delivery import PHONE_WORDS
from web.buyers.frame import page
from web.buyers.tokens import form_token

PURPOSE = "follow_order"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to follow, before the code proves it."""

    number: str
    phone: str


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form for number and phone; it answers alike whether they belong together or not."""
    if request.method != "POST":
        fields = {"number": {"value": request.GET.get("so", "")[:20]}, "phone": {"value": ""}}
        return _ask_page(request, fields, {})
    number, phone = request.POST.get("number", "")[:40], request.POST.get("phone", "")[:40]
    errors: dict[str, str] = {}
    if not is_number(number):
        errors["number"] = _("This number isn't complete. It has BP and nine characters.")
    e164 = _phone(phone, errors)
    if errors:
        return _ask_page(request, _fields(number, phone, errors), errors, status=400)
    asked = Asked(normalise_number(number), e164)
    try:
        if once.is_first(PURPOSE, request.POST.get("key", ""), asked.number, asked.phone):
            count_asking(address=client_address(request))
            _send(asked)
    except TooManyCodes as error:
        return _code_page(request, asked, error, status=error.status)
    return _keep(SeeOther(links.here("/don-hang/ma")), asked)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code opens the purchase on this device for two hours."""
    asked = _asked(request)
    if asked is None:
        return SeeOther(links.here("/don-hang/"))
    if request.method != "POST":
        return _code_page(request, asked, None)
    text = request.POST.get("code", "")[:12]
    try:
        check_code(purpose=PURPOSE, target=asked.phone, subject=asked.number, text=text)
    except DomainError as error:
        return _code_page(request, asked, error, status=error.status)
    purchase = find_followed(asked.number)
    if purchase is None:
        raise Http404
    waits = late.page_of(request, purchase.number)
    response = SeeOther(waits or links.here(f"/don-hang/{purchase.number}"))
    grants.grant(request, response, purchase.number)
    grants.ASKED.drop(response)
    return response


@own.purchase_page("GET")
def show(request: HttpRequest, purchase: Purchase) -> HttpResponse:
    """The purchase with its orders; without a proof, the way to one."""
    told = _("The order was cancelled. Nothing is to be paid for it.")
    return _order_page(request, purchase, told if "huy" in request.GET else "")


@own.purchase_page("POST")
def cancel(request: HttpRequest, purchase: Purchase) -> HttpResponse:
    """Cancel one order while it may be cancelled; twice is safe."""
    order = purchase.orders.filter(number=request.POST.get("order", "")).first()
    if order is None:
        raise Http404
    reason = request.POST.get("reason", "")
    if reason not in timeline.BUYER_WORDS:
        reason = "other"
    try:
        cancel_by_buyer(order=order, user_id=visitor.user_id(request), reason=reason)
    except WrongState as error:
        return _order_page(request, purchase, str(error), tone="bad", status=error.status)
    return SeeOther(links.here(f"/don-hang/{purchase.number}", huy=1))


def _send(asked: Asked) -> None:
    purchase = find_followed(asked.number)
    is_theirs = purchase is not None and purchase.phone == asked.phone
    issue_code(purpose=PURPOSE, target=asked.phone, subject=asked.number, silent=not is_theirs)


def _phone(text: str, errors: dict[str, str]) -> str:
    try:
        return parse_phone(text)
    except InvalidPhone as error:
        errors["phone"] = str(PHONE_WORDS[error.reason])
        return ""


def _fields(number: str, phone: str, errors: dict[str, str]) -> dict[str, dict[str, str]]:
    values = {"number": number, "phone": phone}
    return {
        field: {"value": value, "wrong": errors.get(field, "")} for field, value in values.items()
    }


def _ask_page(
    request: HttpRequest,
    fields: dict[str, dict[str, str]],
    errors: dict[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    purchases = mine.purchases_of(request)
    context = {
        "fields": fields,
        "key": once.new_key(),
        "errors": errors,
        "waits": late.page_of(request, normalise_number(request.GET.get("so", "")[:20])),
        "here": grants.granted(request),
        "own": purchases,
        "is_member": purchases is not None,
        "marks": mine.marks_of(purchases),
        "ways": mine.ways_of(request),
        "added": request.GET.get("them", "")[:6],
        "form_token": form_token(request),
    }
    return page(request, "buyers/follow.html", context, status=status)


def _code_page(
    request: HttpRequest, asked: Asked, error: DomainError | None, *, status: int = 200
) -> HttpResponse:
    context = {"asked": asked, "error": error, "form_token": form_token(request)}
    return _keep(page(request, "buyers/follow_code.html", context, status=status), asked)


def _order_page(
    request: HttpRequest, purchase: Purchase, told: str, *, tone: str = "good", status: int = 200
) -> HttpResponse:
    context = {
        "purchase": purchase,
        "orders": timeline.views(list(list_orders_of(purchase))),
        "where": address.picked("", purchase.ward_code),
        "whose": late.mark(request, purchase),
        "reasons": list(timeline.BUYER_WORDS.items()),
        "told": told,
        "tone": tone,
        "form_token": form_token(request),
    }
    return page(request, "buyers/order.html", context, status=status)


def _keep(response: HttpResponse, asked: Asked) -> HttpResponse:
    grants.ASKED.put(response, [asked.number, asked.phone])
    return response


def _asked(request: HttpRequest) -> Asked | None:
    found = grants.ASKED.read(request)
    return Asked(*found) if found else None
