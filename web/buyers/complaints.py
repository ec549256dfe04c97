"""Complain about an order: the form, the story of a complaint, and the buyer's steps in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase

from core import clock
from core.errors import DomainError, NotFound
from orders.errors import ComplaintOpen
from orders.models import Complaint, ComplaintKind, Order, OrderLine, Wish
from orders.selectors.complaints import (
    get_complaint,
    get_photo,
    kinds_open,
    of_order,
    units_left,
)
from orders.services.complaints import buyer
from orders.services.complaints.opening import Draft, open_complaint
from orders.services.photos import MOST
from orders.states import ComplaintState
from web.buyers import late, links, own
from web.buyers.cart import SeeOther
from web.buyers.fields import errors_of, fields_of
from web.buyers.frame import page
from web.buyers.tokens import form_token
from web.complaints import story
from web.private_files import private_file
from web.uploads import photos_of

TEXT_MOST = 4000


@dataclass(frozen=True, slots=True)
class Goods:
    """A line in the form: its field `u1`, `u2` …, what was typed, the most there can be."""

    line: OrderLine
    name: str
    typed: str
    most: int


@own.order_page("GET", "POST")
def complain(request: HttpRequest, order: Order) -> HttpResponse:
    """What is wrong, with which goods, what the buyer would like; photos help."""
    if request.method != "POST":
        return _form_page(request, order, {})
    assert order.purchase is not None  # noqa: S101 own.order_page
    try:
        complaint = open_complaint(
            order=order, draft=_draft(request, order), actor=own.actor(request, order.purchase)
        )
    except ComplaintOpen as error:
        return SeeOther(_address(order, str(error.params["number"])))
    except DomainError as error:
        return _form_page(request, order, errors_of(error), status=error.status)
    return SeeOther(_address(order, complaint.number) + "?gui=1")


@own.order_page("GET", "POST")
def show(request: HttpRequest, order: Order, complaint: str) -> HttpResponse:
    """The story of one complaint; a post is one of the buyer's steps."""
    found = _get(order, complaint)
    if request.method != "POST":
        return _story_page(request, order, found, {})
    step = _STEPS.get(request.POST.get("do", ""))
    if step is None:
        raise Http404
    try:
        step(request, order, found)
    except DomainError as error:
        return _story_page(
            request, order, _get(order, complaint), errors_of(error), status=error.status
        )
    return SeeOther(_address(order, found.number))


@own.order_page("GET")
def photo(request: HttpRequest, order: Order, complaint: str, position: int) -> HttpResponseBase:
    """A photo of either side, to the buyer of the order."""
    found = _get(order, complaint)
    try:
        shot = get_photo(found, position)
    except NotFound as error:
        raise Http404 from error
    return private_file(request, shot.file, name=f"{found.number}-{position}")


def _step(act: Callable[..., Complaint], *, with_text: bool = True) -> Callable[..., None]:
    def take(request: HttpRequest, order: Order, complaint: Complaint) -> None:
        assert order.purchase is not None  # noqa: S101 own.order_page
        words = {"text": request.POST.get("text", "")[:TEXT_MOST]} if with_text else {}
        act(complaint=complaint, actor=own.actor(request, order.purchase), **words)

    return take


_STEPS: dict[str, Callable[..., None]] = {
    "accept": _step(buyer.accept),
    "ask_province": _step(buyer.ask_province),
    "send_back": _step(buyer.send_back),
    "withdraw": _step(buyer.withdraw, with_text=False),
    "received": _step(buyer.confirm_received, with_text=False),
}


# The steps whose forms have a text, by state.
_WRITTEN = {
    ComplaintState.ANSWERED: ("accept", "ask_province"),
    ComplaintState.RETURNING: ("send_back",),
    ComplaintState.DONE: ("ask_province",),
}


def _can_say(complaint: Complaint, step: str) -> bool:
    return step in _WRITTEN.get(ComplaintState(complaint.state), ())


def _draft(request: HttpRequest, order: Order) -> Draft:
    units = {}
    for position, line in enumerate(order.lines.order_by("pk"), start=1):
        typed = request.POST.get(f"u{position}", "").strip()[:12]
        units[line.pk] = _pieces(typed)
    return Draft(
        key=own.form_key(request),
        kind=request.POST.get("kind", ""),
        wish=request.POST.get("wish", ""),
        text=request.POST.get("text", "")[:TEXT_MOST],
        units=units,
        photos=photos_of(request, "photos", most=MOST),
    )


def _pieces(typed: str) -> int:
    """Nothing typed is 0; what is no number is -1, which the rules refuse."""
    if not typed:
        return 0
    return int(typed) if typed.isascii() and typed.isdecimal() else -1


def _get(order: Order, number: str) -> Complaint:
    try:
        return get_complaint(number, of_order(order))
    except NotFound as error:
        raise Http404 from error


def _address(order: Order, number: str) -> str:
    return links.here(f"/don-hang/{order.number}/khieu-nai/{number}")


def _form_page(
    request: HttpRequest, order: Order, errors: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    kinds = kinds_open(order, now=clock.now())
    is_late = list(kinds) == [ComplaintKind.LATE]
    said, open_one = late.said(request), of_order(order).filter(ended_at=None).first()
    typed = said.typed
    values = {
        "kind": typed.get("kind", "late" if is_late else ""),
        "wish": typed.get("wish", ""),
        "text": typed.get("text", "")[:TEXT_MOST],
        "photos": "",
        "units": "",
    }
    wishes = [wish for wish in Wish if wish != Wish.REFUND or not is_late]
    context: dict[str, Any] = {
        "order": order,
        "kinds": [(kind.value, kind.label, kinds[kind]) for kind in ComplaintKind if kind in kinds],
        "wishes": [(wish.value, wish.label) for wish in wishes],
        "goods": [] if is_late else _goods(typed, order),
        "fields": fields_of(values, errors),
        "errors": {name: sentence for name, sentence in errors.items() if name},
        "told": errors.get("", ""),
        "open": open_one,
        "key": typed.get("key") or uuid4(),
        "most": MOST,
        "form_token": form_token(request),
        "whose": late.mark(request, order.purchase),
        "back": said.told(is_open=bool(kinds) and open_one is None),
    }
    return page(request, "buyers/complain.html", context, status=status)


def _goods(typed: QueryDict, order: Order) -> list[Goods]:
    left, lines = units_left(order), list(order.lines.order_by("pk"))
    first = str(left[lines[0].pk]) if len(lines) == 1 else ""
    return [
        Goods(line, f"u{n}", typed.get(f"u{n}", first)[:12], left[line.pk])
        for n, line in enumerate(lines, start=1)
        if left[line.pk]
    ]


def _story_page(
    request: HttpRequest,
    order: Order,
    complaint: Complaint,
    errors: Mapping[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    told, said = errors.get("", "") or errors.get("text", ""), late.said(request)
    context = {
        "order": order,
        "story": story(complaint),
        "photo_base": _address(order, complaint.number) + "/anh/",
        "did": said.typed.get("do", ""),
        "typed": said.typed.get("text", "")[:TEXT_MOST],
        "told": told,
        "is_new": "gui" in request.GET,
        "form_token": form_token(request),
        "whose": late.mark(request, order.purchase),
        "back": said.told(is_open=_can_say(complaint, said.typed.get("do", ""))),
    }
    return page(request, "buyers/complaint.html", context, status=status)
