"""The account pages' forms: shape only; the rules are in `accounts.services`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NEEDED = {"required": _("Please fill this in.")}
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]


class PlainForm(forms.Form):
    """No browser bubbles: the sentences are ours, in the page's language."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = NEEDED["required"]


def _password(label: object, *, new: bool, hint: object = "") -> forms.CharField:
    words = "new-password" if new else "current-password"
    return forms.CharField(
        label=str(label) if isinstance(label, str) else label,  # type: ignore[arg-type]
        help_text=hint,  # type: ignore[arg-type]
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": words, "maxlength": 200}),
    )


def _login() -> forms.CharField:
    return forms.CharField(
        label=_("Phone number or e-mail"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


NEW_PASSWORD_HINT = _("At least 8 characters. A short sentence is easy to remember.")


class SignInForm(PlainForm):
    login = _login()
    password = _password(_("Password"), new=False)


class SignUpForm(PlainForm):
    full_name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    login = _login()
    password = _password(_("Password"), new=True, hint=NEW_PASSWORD_HINT)


class ForgotForm(PlainForm):
    login = _login()


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("The code of 6 digits"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}
        ),
    )


class FactorForm(PlainForm):
    code = forms.CharField(
        label=_("Code of your app, or a recovery code"),
        max_length=24,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class AppForm(CodeForm):
    """The first code of a new app."""


class ProveForm(PlainForm):
    password = _password(_("Your password"), new=False)
    code = FactorForm.base_fields["code"]

    def __init__(self, *args: Any, needs_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]


class ContactForm(PlainForm):
    contact = forms.CharField(
        label=_("New phone number or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    password = _password(_("Your password"), new=False)


class NewPasswordForm(CodeForm):
    password = _password(_("New password"), new=True, hint=NEW_PASSWORD_HINT)


class ProfileForm(PlainForm):
    full_name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of our messages"), choices=LANGUAGES)


class PasswordForm(PlainForm):
    old_password = _password(_("Present password"), new=False)
    new_password = _password(_("New password"), new=True, hint=NEW_PASSWORD_HINT)
