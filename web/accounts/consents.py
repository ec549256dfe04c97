"""What I agree to, each by itself, with all my answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.consents import answer_consent, standings
from web.accounts.shell import own_page, show


@own_page("GET", "POST")
def consents(request: HttpRequest, user: User) -> HttpResponse:
    """Giving and taking back is one button each."""
    if request.method == "POST":
        is_given = request.POST.get("answer") == "yes"
        answer_consent(
            user=user,
            purpose=request.POST.get("purpose", ""),
            is_given=is_given,
            language=(get_language() or "vi")[:2],
        )
        told = _("Thank you. We have noted that you agree.")
        messages.success(request, told if is_given else _("Noted. We won't send this any more."))
        return redirect("accounts:consents")
    return show(request, "consents", {"all": standings(user_id=user.pk)}, active="consents")
