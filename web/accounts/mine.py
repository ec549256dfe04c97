"""One's own account: name, language of messages, password, the way to one's desks."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.models import User
from vendors.selectors import list_for_member
from web.accounts.forming import accepts, status_of
from web.accounts.forms import PasswordForm, ProfileForm


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Two forms on one page; `form` in the post says which one was sent."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 login_required
    which = request.POST.get("form", "")
    profile = ProfileForm(
        request.POST if which == "profile" else None,
        initial={"full_name": user.full_name, "language": user.language},
    )
    password = PasswordForm(request.POST if which == "password" else None)
    if profile.is_valid() and accepts(
        profile, lambda: services.save_profile(user=user, **profile.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    if password.is_valid() and accepts(
        password, lambda: services.change_password(user=user, **password.cleaned_data)
    ):
        update_session_auth_hash(request, user)
        messages.success(request, _("Your new password is set."))
        return redirect("accounts:me")
    sent = password if password.is_bound else profile
    context = {
        "profile": profile,
        "password": password,
        "form": sent,
        "vendors": list_for_member(user_id=user.pk),
    }
    return render(request, "accounts/me.html", context, status=status_of(sent))
