"""The province's vouchers: make one, pause it, see what is owed to which vendor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from promotions.models import Voucher
from promotions.selectors import list_uses, list_vouchers, sums_by_vendor
from promotions.services import managing
from web.accounts.forming import accepts
from web.staff.access import staff_page
from web.staff.frame import page_of, show
from web.vouchers import VoucherForm, rows_of, state_of, terms_of


@staff_page("GET")
def vouchers(request: HttpRequest, user: User) -> HttpResponse:
    """The province's own; vendors manage theirs themselves."""
    page = page_of(request, list_vouchers(Voucher.objects.for_province()))
    context = {"page": page, "rows": rows_of(page.object_list)}
    return show(request, "vouchers", context, section="vouchers")


@staff_page("GET", "POST")
def voucher_new(request: HttpRequest, user: User) -> HttpResponse:
    """The province pays what its vouchers take off; the form says from which decision."""
    form = VoucherForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and accepts(
        form,
        lambda: managing.create_voucher(vendor=None, terms=terms_of(form), actor=user),
    ):
        messages.success(request, _("The voucher is there. Buyers can use it from its first day."))
        return redirect("staff:vouchers")
    return show(request, "voucher_new", {}, section="vouchers", form=form)


@staff_page("GET", "POST")
def voucher(request: HttpRequest, user: User, voucher_id: int) -> HttpResponse:
    """One voucher with its sums by vendor; a post pauses it or takes it up again."""
    found = list_vouchers(Voucher.objects.for_province().filter(pk=voucher_id)).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        turn = managing.resume_voucher if found.paused_at else managing.pause_voucher
        turn(voucher=found, actor=user)
        return redirect("staff:voucher", voucher_id=found.pk)
    context = {
        "voucher": found,
        "state": state_of(found, clock.now()),
        "sums": sums_by_vendor(found),
        "page": page_of(request, list_uses(found)),
    }
    return show(request, "voucher", context, section="vouchers")
