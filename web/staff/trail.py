"""The audit trail: who decided what, when and why; and whether its chain is whole."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date

from accounts.models import User
from core.models import AuditEntry
from web.staff.access import staff_page
from web.staff.chain import look_at_chain
from web.staff.frame import page_of, show


@staff_page("GET")
def trail(request: HttpRequest, user: User) -> HttpResponse:
    """Newest first; `kind`, `key`, `action`, `who`, `from` and `to` narrow the list."""
    typed = {
        name: request.GET.get(name, "").strip()[:80]
        for name in ("kind", "key", "action", "who", "from", "to")
    }
    found = AuditEntry.objects.order_by("-pk")
    exact = {"subject_kind": typed["kind"], "subject_key": typed["key"]}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if typed["action"]:
        found = found.filter(action__startswith=typed["action"])
    if typed["who"]:
        found = found.filter(actor_label__icontains=typed["who"])
    first, last = _day(typed["from"]), _day(typed["to"])
    if first:
        found = found.filter(at__date__gte=first)
    if last:
        found = found.filter(at__date__lte=last)
    page = page_of(request, found)
    context = {
        "page": page,
        "typed": typed,
        "names": _names(page.object_list),
        "kinds": list(
            AuditEntry.objects.order_by("subject_kind")
            .values_list("subject_kind", flat=True)
            .distinct()[:50]
        ),
        "chain": look_at_chain(asked="check" in request.GET),
    }
    return show(request, "trail", context, section="trail")


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _names(entries: Iterable[AuditEntry]) -> dict[int, str]:
    ids = {entry.actor_id for entry in entries if entry.actor_id}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
