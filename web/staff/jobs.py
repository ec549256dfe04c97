"""Stuck jobs: deliveries of the outbox that were parked, and messages that couldn't be sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, relay
from core.models import DeliveryState, OutboxDelivery
from notifications.models import Message, MessageState
from notifications.services import retry_failed
from web.staff.access import staff_page
from web.staff.forms import JobForm
from web.staff.frame import page_of, show


@staff_page("GET")
def outbox(request: HttpRequest, user: User) -> HttpResponse:
    """What is parked, how much waits behind it, and how the outbox stands in all."""
    parked = OutboxDelivery.objects.filter(state=DeliveryState.PARKED).select_related("entry")
    rows = page_of(request, parked.order_by("entry_id", "pk"))
    context = {
        "page": rows,
        "behind": {row.pk: _behind(row) for row in rows.object_list},
        "pending": OutboxDelivery.objects.filter(state=DeliveryState.PENDING).count(),
        "failed": Message.objects.filter(state=MessageState.FAILED).order_by("pk")[:50],
    }
    return show(request, "outbox", context, section="outbox")


@staff_page("POST")
def delivery(request: HttpRequest, user: User, delivery_id: int) -> HttpResponse:
    """Let a parked delivery try again, or give it up (which asks for a tick)."""
    form = JobForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what to do."))
        return redirect("staff:outbox")
    reason = form.cleaned_data["reason"].strip()
    if form.cleaned_data["action"] == "replay":
        relay.replay(delivery_id=delivery_id, actor=user, reason=reason)
        messages.success(request, _("It tries again now."))
    elif not (form.cleaned_data["sure"] and reason):
        messages.error(request, _("To give a job up, tick the box and write why."))
    else:
        relay.drop(delivery_id=delivery_id, actor=user, reason=reason)
        messages.success(request, _("Given up. What waited behind it goes on."))
    return redirect("staff:outbox")


@staff_page("POST")
def message(request: HttpRequest, user: User, message_id: int) -> HttpResponse:
    """Send a failed message again."""
    sent = retry_failed(message_id=message_id)
    audit.record(actor=user, action="message.retry", subject=("message", str(sent.pk)))
    messages.success(request, _("It tries again now."))
    return redirect("staff:outbox")


def _behind(row: OutboxDelivery) -> int:
    return OutboxDelivery.objects.filter(
        subscriber=row.subscriber,
        key=row.key,
        entry_id__gt=row.entry_id,
        state=DeliveryState.PENDING,
    ).count()
