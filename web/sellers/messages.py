"""Messages with the buyer of an order, and what came back undelivered."""

from uuid import UUID, uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from orders.models import Order
from orders.selectors.messages import list_conversations, list_messages, unseen_per_order
from orders.services.messages import VENDOR, mark_seen, may_write, send_message
from orders.services.returns import is_taken_in, take_in_undelivered
from orders.states import OrderState
from web.private_files import private_file
from web.sellers.access import Desk, desk_page, order_page
from web.sellers.fields import Count, Paragraphs
from web.sellers.pages import accepts, posted, show, show_form
from web.sellers.recipients import recipient_of
from web.uploads import photos_of

SHOWN = 50


class MessageForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = Paragraphs(required=False, label=_("Your message"))
    photo = forms.FileField(required=False, label=_("Photo (if you like)"))


class BackForm(forms.Form):
    """Per line of the order: how many units can be sold again."""

    def __init__(self, *args: object, order: Order, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.lines: dict[str, int] = {}
        for n, line in enumerate(order.lines.order_by("pk"), start=1):
            name = f"u{n}"
            self.lines[name] = line.pk
            label = f"{line.name} · {line.variant_name} (/{line.quantity})"
            self.fields[name] = Count(label=label, low=0, high=line.quantity, initial=0)

    def sellable(self) -> dict[int, int]:
        return {line: self.cleaned_data[name] for name, line in self.lines.items()}


@desk_page("GET")
def conversations(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Orders with messages, the newest on top; those with new ones are marked."""
    orders = list(list_conversations(desk.vendor)[:SHOWN])
    unseen = unseen_per_order([order.pk for order in orders], reader_kind=VENDOR)
    rows = [
        {"order": order, "recipient": recipient_of(order), "unseen": unseen.get(order.pk, 0)}
        for order in orders
    ]
    return show(request, desk, "conversations", {"section": "messages", "rows": rows})


@order_page("GET", "POST")
def messages(request: HttpRequest, desk: Desk, order: Order) -> HttpResponse:
    """The conversation; opening it marks the buyer's words as seen."""
    form = MessageForm(posted(request), initial={"key": uuid4()})
    if form.is_valid() and accepts(form, lambda: _send(request, desk, order, form)):
        return redirect("sellers:messages", number=order.number)
    context = {
        "section": "messages",
        "order": order,
        "recipient": recipient_of(order),
        "said": list(list_messages(order)),
        "photo_base": request.path + "anh/",
        "may_write": may_write(order),
        "form": form,
    }
    response = show_form(request, desk, "messages", context)
    if request.method == "GET":
        mark_seen(order=order, reader_kind=VENDOR)
    return response


@order_page("GET")
def photo(request: HttpRequest, desk: Desk, order: Order, position: int) -> HttpResponseBase:
    """The photo of the n-th message."""
    found = list(list_messages(order)[position - 1 : position]) if position > 0 else []
    if not found or found[0].photo is None:
        raise Http404
    return private_file(request, found[0].photo, name=f"{order.number}-{position}")


@order_page("GET", "POST")
def take_in(request: HttpRequest, desk: Desk, order: Order) -> HttpResponse:
    """The parcel that couldn't be delivered is back: what of it can be sold again?"""
    if order.state != OrderState.RETURNED or is_taken_in(order):
        if request.method == "POST":
            return redirect("sellers:order", number=order.number)
        raise Http404
    form = BackForm(posted(request), order=order)
    if form.is_valid() and accepts(
        form,
        lambda: take_in_undelivered(order=order, sellable=form.sellable(), actor=desk.user),
    ):
        return redirect("sellers:order", number=order.number)
    return show_form(request, desk, "take_in", {"section": "orders", "order": order, "form": form})


def _send(request: HttpRequest, desk: Desk, order: Order, form: MessageForm) -> None:
    key: UUID = form.cleaned_data["key"] or uuid4()
    send_message(
        order=order,
        author_kind=VENDOR,
        actor=desk.user,
        key=key,
        text=form.cleaned_data["text"],
        photos=photos_of(request, "photo", most=1),
    )
