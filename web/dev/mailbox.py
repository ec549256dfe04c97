"""The demo's mailbox: every message that would have left the machine, newest first."""

import re

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.contacts import read_login
from accounts.errors import BadContact
from notifications.models import Message
from notifications.services import readable_body

PER_PAGE = 30
_ADDRESS = re.compile(r"https?://[^\s<>“”]+[^\s<>“”.,;:)]")


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The list; `to` keeps one phone number or e-mail address."""
    _demo_only()
    wanted = request.GET.get("to", "").strip()[:254]
    messages = Message.objects.order_by("-created_at", "-pk")
    if wanted:
        messages = messages.filter(to__icontains=_as_stored(wanted))
    page = Paginator(messages, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(message, readable_body(message)) for message in page.object_list]
    return render(request, "dev/mailbox.html", {"page": page, "rows": rows, "to": wanted})


@never_cache
@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as its reader would see it, with its addresses to click."""
    _demo_only()
    found = Message.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    body = linked(readable_body(found), own=settings.PUBLIC_URL)
    return render(request, "dev/message.html", {"message": found, "body": body})


def linked(text: str, *, own: str) -> SafeString:
    """Escaped text in which addresses can be clicked; our own lead to this very server."""
    parts, end = [], 0
    for match in _ADDRESS.finditer(text):
        parts.append(conditional_escape(text[end : match.start()]))
        address = match.group()
        target = address.removeprefix(own.rstrip("/")) or "/"
        parts.append(format_html('<a href="{}">{}</a>', target, address))
        end = match.end()
    parts.append(conditional_escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 every part is escaped


def _as_stored(text: str) -> str:
    try:
        return read_login(text).value
    except BadContact:
        return text


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404
