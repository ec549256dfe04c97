"""One's own account: who I am, how one reaches me, the way to everything that is mine."""

from dataclasses import asdict, dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import services
from accounts.contacts import contact_of
from accounts.errors import CodeEnded
from accounts.models import User
from accounts.services import contact_change
from accounts.services.codes import count_asking
from core.limits import client_address
from vendors.selectors import list_for_member
from web import unsent
from web.accounts.forming import accepts, status_of
from web.accounts.forms import CodeForm, ContactForm, ProfileForm
from web.accounts.shell import needs_factor, own_page, show, to_proof

KEY = "new_contact"


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact that waits for its code; a new password makes an end of it."""

    target: str
    user_hash: str


@own_page("GET", "POST", keeps=True)
def me(request: HttpRequest, user: User) -> HttpResponse:
    """The overview, with the form for name and language."""
    form = ProfileForm(
        request.POST or None, initial={"full_name": user.full_name, "language": user.language}
    )
    if form.is_valid() and accepts(
        form, lambda: services.save_profile(user=user, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    context = {
        "form": form,
        "back": unsent.give_back(request, form),
        "vendors": list_for_member(user_id=user.pk),
    }
    return show(request, "me", context, active="me", status=status_of(form))


@own_page("GET", "POST", keeps=True)
def contact(request: HttpRequest, user: User) -> HttpResponse:
    """A new phone number or e-mail address, with the password."""
    if needs_factor(request, user):
        return to_proof(request.path)
    form = ContactForm(request.POST or None)

    def begin() -> None:
        count_asking(address=client_address(request))
        new = contact_change.begin_contact_change(user=user, **form.cleaned_data)
        kept = NewContact(new.value, user.get_session_auth_hash())
        request.session[KEY] = asdict(kept)

    if form.is_valid() and accepts(form, begin):
        return redirect("accounts:contact_code")
    context = {"form": form, "back": unsent.give_back(request, form)}
    return show(request, "contact", context, active="me", status=status_of(form))


@own_page("GET", "POST")
def contact_code(request: HttpRequest, user: User) -> HttpResponse:
    """The code that went to the new contact."""
    kept = NewContact(**request.session[KEY]) if KEY in request.session else None
    if kept is None or kept.user_hash != user.get_session_auth_hash():
        request.session.pop(KEY, None)
        messages.error(request, str(CodeEnded()))
        return redirect("accounts:contact")
    form = CodeForm(request.POST or None)

    def finish() -> None:
        code = form.cleaned_data["code"]
        contact_change.finish_contact_change(user=user, target=kept.target, code=code)

    if form.is_valid() and accepts(form, finish):
        request.session.pop(KEY, None)
        messages.success(request, _("Changed. We have told the old contact about it, too."))
        return redirect("accounts:me")
    context = {"form": form, "contact": contact_of(kept.target), "target": kept.target}
    return show(request, "contact_code", context, active="me", status=status_of(form))
