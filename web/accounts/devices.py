"""Where I am signed in, and ending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.services import devices as services
from web.accounts.shell import own_page, show


@own_page("GET")
def devices(request: HttpRequest, user: User) -> HttpResponse:
    this = request.session.session_key or ""
    found = services.list_devices(user_id=user.pk, this=this)
    return show(request, "devices", {"devices": found}, active="devices")


@own_page("POST")
def end(request: HttpRequest, user: User, device_id: int) -> HttpResponse:
    services.end_device(user=user, device_id=device_id)
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:devices")


@own_page("POST")
def end_others(request: HttpRequest, user: User) -> HttpResponse:
    count = services.end_others(user=user, keep=request.session.session_key or "")
    told = ngettext("%(count)d device is signed out.", "%(count)d devices are signed out.", count)
    messages.success(request, told % {"count": count})
    return redirect("accounts:devices")
