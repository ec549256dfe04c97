"""The vendor's vouchers: make one, pause it, see who used it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core import clock
from promotions.models import Voucher
from promotions.selectors import list_uses, list_vouchers
from promotions.services import managing
from vendors.models import Vendor
from web.sellers.access import Desk, desk_page, object_page
from web.sellers.pages import accepts, posted, show, show_form, try_or_say
from web.vouchers import VoucherForm, rows_of, state_of, terms_of

PER_PAGE = 30


def _find(vendors: QuerySet[Vendor], keys: dict[str, Any]) -> Voucher | None:
    mine = Voucher.objects.filter(vendor__in=vendors).select_related("vendor")
    return mine.filter(pk=keys.pop("voucher_id")).first()


def _owner(voucher: Voucher) -> Vendor:
    assert voucher.vendor is not None  # noqa: S101 found among vendors
    return voucher.vendor


@desk_page("GET")
def voucher_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    rows = rows_of(list_vouchers(Voucher.objects.for_vendor(desk.vendor)))
    return show(request, desk, "vouchers", {"section": "vouchers", "rows": rows})


@desk_page("GET", "POST")
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new voucher counts at once, or from its first day. The vendor bears what it gives."""
    form = VoucherForm(posted(request))
    if form.is_valid() and accepts(
        form,
        lambda: managing.create_voucher(vendor=desk.vendor, terms=terms_of(form), actor=desk.user),
    ):
        return redirect("sellers:vouchers")
    return show_form(request, desk, "voucher_new", {"section": "vouchers", "form": form})


@object_page(_find, _owner, ("GET",))
def detail(request: HttpRequest, desk: Desk, voucher: Voucher) -> HttpResponse:
    found = list_vouchers(Voucher.objects.filter(pk=voucher.pk)).get()
    uses = Paginator(list_uses(voucher), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "vouchers",
        "voucher": found,
        "state": state_of(voucher, clock.now()),
        "page": uses,
    }
    return show(request, desk, "voucher", context)


@object_page(_find, _owner, ("POST",))
def pause(request: HttpRequest, desk: Desk, voucher: Voucher) -> HttpResponse:
    try_or_say(
        request,
        lambda: managing.pause_voucher(voucher=voucher, actor=desk.user),
        _("Paused: it lowers no price now. Orders placed with it keep theirs."),
    )
    return redirect("sellers:voucher", voucher_id=voucher.pk)


@object_page(_find, _owner, ("POST",))
def resume(request: HttpRequest, desk: Desk, voucher: Voucher) -> HttpResponse:
    try_or_say(
        request,
        lambda: managing.resume_voucher(voucher=voucher, actor=desk.user),
        _("The voucher counts again."),
    )
    return redirect("sellers:voucher", voucher_id=voucher.pk)
