"""Orders: the list by what is to be done, one order, its steps, cancelling, the packing slip."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, pgettext_lazy

from orders.models import Order
from orders.selectors.messages import unseen_per_order
from orders.services import fulfil
from orders.services.messages import VENDOR, may_write
from orders.services.moves import By
from orders.services.returns import is_taken_in
from orders.states import ORDER_MOVES, OrderState
from web.sellers.access import Desk, desk_page, order_page
from web.sellers.pages import accepts, posted, show, show_form, try_or_say
from web.sellers.recipients import place_name, recipient_of

PER_PAGE = 20

# Tab -> the states in it; the order of work from left to right.
TABS: dict[str, tuple[OrderState, ...]] = {
    "new": (OrderState.PLACED,),
    "pack": (OrderState.CONFIRMED, OrderState.PACKED),
    "way": (OrderState.SHIPPED,),
    "done": (
        OrderState.DELIVERED,
        OrderState.CLOSED,
        OrderState.CANCELLED,
        OrderState.RETURNED,
    ),
}
TAB_WORDS = {
    "new": pgettext_lazy("order tab", "New"),
    "pack": pgettext_lazy("order tab", "To pack"),
    "way": pgettext_lazy("order tab", "On the way"),
    "done": pgettext_lazy("order tab", "Done"),
}
REASON_WORDS = {
    "out_of_stock": gettext_lazy("The goods are sold out"),
    "cannot_deliver": gettext_lazy("I can't send it to this place"),
    "wrong_price": gettext_lazy("The price was wrong"),
    "buyer_asked": gettext_lazy("The buyer asked for it"),
    "other": gettext_lazy("Another reason"),
    "not_confirmed": gettext_lazy("It wasn't confirmed in time"),
    "changed_mind": gettext_lazy("The buyer changed their mind"),
    "wrong_address": gettext_lazy("The address was wrong"),
    "too_slow": gettext_lazy("It took too long for the buyer"),
    "found_cheaper": gettext_lazy("The buyer found it cheaper"),
    "not_delivered": gettext_lazy("The carrier couldn't deliver it"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """The one next thing to do with an order: its address, its button, what it does."""

    url_name: str
    label: object
    done: object
    act: Callable[..., Order]


STEPS: dict[str, Step] = {
    OrderState.PLACED: Step(
        "sellers:order_confirm",
        pgettext_lazy("order step", "Confirm"),
        gettext_lazy("Confirmed. Now pack the goods."),
        fulfil.confirm_order,
    ),
    OrderState.CONFIRMED: Step(
        "sellers:order_pack",
        pgettext_lazy("order step", "Packed"),
        gettext_lazy("Packed. Now hand it to the carrier."),
        fulfil.pack_order,
    ),
    OrderState.PACKED: Step(
        "sellers:order_hand_over",
        pgettext_lazy("order step", "Handed over"),
        gettext_lazy("Handed over. The buyer has been told."),
        fulfil.hand_over,
    ),
}


class CancelForm(forms.Form):
    reason = forms.ChoiceField(
        choices=[(code, REASON_WORDS[code]) for code in fulfil.VENDOR_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a reason.")},
        label=gettext_lazy("Why can't you send it?"),
    )


@desk_page("GET")
def order_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        tab = "new"
    page = Paginator(orders_in(desk, tab), PER_PAGE).get_page(request.GET.get("page"))
    counts = dict(
        Order.objects.for_vendor(desk.vendor).values_list("state").annotate(Count("pk")).order_by()
    )
    tabs = [
        {"key": key, "label": TAB_WORDS[key], "count": sum(counts.get(s, 0) for s in states)}
        for key, states in TABS.items()
    ]
    context = {
        "section": "orders",
        "tab": tab,
        "tabs": tabs,
        "page": page,
        "rows": [_row(order) for order in page.object_list],
    }
    return show(request, desk, "orders", context)


@order_page("GET")
def order_detail(request: HttpRequest, desk: Desk, order: Order) -> HttpResponse:
    return show(request, desk, "order", {"section": "orders", **_everything(order)})


@order_page("GET")
def packing_slip(request: HttpRequest, desk: Desk, order: Order) -> HttpResponse:
    return show(request, desk, "packing_slip", {"section": "orders", **_everything(order)})


@order_page("POST")
def confirm(request: HttpRequest, desk: Desk, order: Order) -> HttpResponse:
    return _take_step(request, desk, order, OrderState.PLACED)


@order_page("POST")
def pack(request: HttpRequest, desk: Desk, order: Order) -> HttpResponse:
    return _take_step(request, desk, order, OrderState.CONFIRMED)


@order_page("POST")
def hand_over(request: HttpRequest, desk: Desk, order: Order) -> HttpResponse:
    return _take_step(request, desk, order, OrderState.PACKED)


@order_page("GET", "POST")
def cancel(request: HttpRequest, desk: Desk, order: Order) -> HttpResponse:
    form = CancelForm(posted(request))
    if form.is_valid() and accepts(
        form,
        lambda: fulfil.cancel_order(order=order, by=_by(desk), reason=form.cleaned_data["reason"]),
    ):
        return redirect("sellers:order", number=order.number)
    context = {"section": "orders", "order": order, "form": form}
    return show_form(request, desk, "order_cancel", context)


def orders_in(desk: Desk, tab: str) -> QuerySet[Order]:
    """The vendor's orders of one tab: urgent first where something is to be done."""
    orders = Order.objects.for_vendor(desk.vendor).filter(state__in=TABS[tab])
    orders = orders.select_related("purchase", "vendor").prefetch_related("lines")
    return orders.order_by("confirm_by" if tab == "new" else "-placed_at", "pk")


def _take_step(request: HttpRequest, desk: Desk, order: Order, at: OrderState) -> HttpResponse:
    step = STEPS[at]
    try_or_say(request, lambda: step.act(order=order, by=_by(desk)), str(step.done))
    return redirect("sellers:order", number=order.number)


def _by(desk: Desk) -> By:
    return By("vendor", desk.user.pk)


def _row(order: Order) -> dict[str, Any]:
    lines = list(order.lines.all())
    return {
        "order": order,
        "recipient": recipient_of(order),
        "first": lines[0] if lines else None,
        "more": len(lines) - 1,
        "step": STEPS.get(order.state),
    }


def _everything(order: Order) -> dict[str, Any]:
    parcel = getattr(order, "parcel", None)
    events = [
        {
            "at": event.at,
            "state": OrderState(event.to_state).label,
            "reason": REASON_WORDS.get(event.reason, ""),
        }
        for event in order.events.all()
    ]
    return {
        "order": order,
        "lines": list(order.lines.all()),
        "recipient": recipient_of(order),
        "parcel": parcel,
        "from_place": ", ".join(
            filter(None, [order.vendor.street, place_name(order.vendor.ward_code)])
        ),
        "collect_vnd": parcel.cod_vnd if parcel else 0,
        "step": STEPS.get(order.state),
        "can_cancel": OrderState.CANCELLED in ORDER_MOVES[order.state],
        "cancel_reason": REASON_WORDS.get(order.cancel_reason, order.cancel_reason),
        "events": events,
        "complaints": list(order.complaints.order_by("-pk")),
        "unseen": unseen_per_order([order.pk], reader_kind=VENDOR).get(order.pk, 0),
        "may_write": may_write(order),
        "can_take_in": order.state == OrderState.RETURNED and not is_taken_in(order),
    }
