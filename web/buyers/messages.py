"""Messages to the vendor within an order."""

from collections.abc import Mapping
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core.errors import DomainError
from orders.models import Order
from orders.selectors.messages import list_messages
from orders.services.messages import BUYER, mark_seen, may_write, send_message
from web.buyers import late, links, own
from web.buyers.cart import SeeOther
from web.buyers.fields import errors_of, fields_of
from web.buyers.frame import page
from web.buyers.tokens import form_token
from web.private_files import private_file
from web.uploads import photos_of

TEXT_MOST = 2000


@own.order_page("GET", "POST")
def messages(request: HttpRequest, order: Order) -> HttpResponse:
    """The conversation, and the form below it; opening it marks the vendor's words as seen."""
    if request.method != "POST":
        response = _page(request, order, {})
        if request.method == "GET":
            mark_seen(order=order, reader_kind=BUYER)
        return response
    assert order.purchase is not None  # noqa: S101 own.order_page
    try:
        send_message(
            order=order,
            author_kind=BUYER,
            actor=own.actor(request, order.purchase),
            key=own.form_key(request),
            text=request.POST.get("text", "")[:TEXT_MOST],
            photos=photos_of(request, "photo", most=1),
        )
    except DomainError as error:
        return _page(request, order, errors_of(error), status=error.status)
    return SeeOther(links.here(f"/don-hang/{order.number}/tin-nhan") + "#viet")


@own.order_page("GET")
def photo(request: HttpRequest, order: Order, position: int) -> HttpResponseBase:
    """The photo of the n-th message."""
    found = list(list_messages(order)[position - 1 : position]) if position > 0 else []
    if not found or found[0].photo is None:
        raise Http404
    return private_file(request, found[0].photo, name=f"{order.number}-{position}")


def _page(
    request: HttpRequest, order: Order, errors: Mapping[str, str], *, status: int = 200
) -> HttpResponse:
    said, is_open = late.said(request), may_write(order)
    values = {"text": said.typed.get("text", "")[:TEXT_MOST], "photo": ""}
    context = {
        "order": order,
        "said": list(list_messages(order)),
        "may_write": is_open,
        "photo_base": links.here(f"/don-hang/{order.number}/tin-nhan/anh/"),
        "fields": fields_of(values, errors),
        "errors": {name: sentence for name, sentence in errors.items() if name},
        "told": errors.get("", ""),
        "key": request.POST.get("key") or uuid4(),
        "form_token": form_token(request),
        "whose": late.mark(request, order.purchase),
        "back": said.told(is_open=is_open),
    }
    return page(request, "buyers/messages.html", context, status=status)
