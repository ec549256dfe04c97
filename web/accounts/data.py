"""My data: a copy of everything, and the end of the account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import rules
from accounts.errors import ErasureBlocked
from accounts.models import User
from accounts.services import erasing, exporting
from core.errors import TooMany
from web.accounts.shell import own_page, show
from web.private_files import private_file


@own_page("GET")
def data(request: HttpRequest, user: User) -> HttpResponse:
    """What was asked for, how far it is, and what can be asked."""
    exports = user.data_exports.order_by("-id")[:5]
    is_busy = any(one.state in ("waiting", "making") for one in exports)
    return show(request, "data", {"exports": exports, "is_busy": is_busy}, active="data")


@own_page("POST")
def export(request: HttpRequest, user: User) -> HttpResponse:
    """Ask for a copy; the worker makes it, and a message says when it is there."""
    try:
        exporting.ask_export(user=user, language=(get_language() or "vi")[:2])
    except TooMany as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("We put your file together and tell you when it is ready."))
    return redirect("accounts:data")


@own_page("GET", proved=True)
def download(request: HttpRequest, user: User, export_id: int) -> HttpResponseBase:
    """The file, for its owner, a short time after the password."""
    stored = exporting.get_ready(user_id=user.pk, export_id=export_id)
    return private_file(request, stored, name="du-lieu-cua-toi")


@own_page("GET", "POST", proved=True)
def erase(request: HttpRequest, user: User) -> HttpResponse:
    """Say what goes and what the law keeps; then ask once more, and note the wish."""
    reasons: list[str] = []
    if request.method == "POST":
        try:
            erasing.ask_erasure(user=user)
        except ErasureBlocked as error:
            reasons = error.reasons
        else:
            messages.success(request, _("Noted. You can take it back until the day comes."))
            return redirect("accounts:data")
    context = {
        "reasons": reasons or erasing.hindrances(user=user),
        "kept": erasing.kept(user=user),
        "days": rules.ERASE_AFTER.value(),
    }
    return show(request, "erase", context, active="data", status=409 if reasons else 200)


@own_page("POST")
def undo(request: HttpRequest, user: User) -> HttpResponse:
    """Keep the account."""
    erasing.undo_erasure(user=user)
    messages.success(request, _("Your account stays. Nothing was deleted."))
    return redirect("accounts:data")
