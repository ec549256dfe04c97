"""The desk's forms: shape only; the rules are in the services."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vietnam.money import InvalidAmount, parse_vnd
from web.accounts.forms import PlainForm

LONGEST = 500
DECIDE = "decide"  # the id of the form on the page: reasons stand elsewhere and point at it


def _words(label: object, *, rows: int = 2, hint: object = "", form_id: str = "") -> forms.Field:
    attrs: dict[str, Any] = {"rows": rows, "maxlength": LONGEST}
    if form_id:
        attrs["form"] = form_id
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        max_length=LONGEST,
        help_text=hint,  # type: ignore[arg-type]
        widget=forms.Textarea(attrs=attrs),
    )


class DecisionForm(PlainForm):
    """A decision with a note and a reason per answer; which decision is said by the button."""

    decision = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    note = _words(_("Note to the vendor"), rows=3)
    sure = forms.BooleanField(required=False, label=_("Yes, I am sure"))

    def __init__(
        self, *args: Any, labels: Mapping[str, object], fields: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reason_names = [name for name in fields if name in labels]
        for name in self.reason_names:
            self.fields[f"reason_{name}"] = _words(_("What should be changed?"), form_id=DECIDE)

    def reasons(self) -> dict[str, str]:
        """Field -> reason, as typed."""
        return {name: self.cleaned_data.get(f"reason_{name}", "") for name in self.reason_names}

    def reason(self, name: str) -> forms.BoundField | None:
        """The box for the reason about one answer."""
        return self[f"reason_{name}"] if name in self.reason_names else None


class PaperForm(PlainForm):
    decision = forms.CharField(max_length=10, widget=forms.HiddenInput)
    reason = _words(_("Why is it refused?"))


class ResolveForm(PlainForm):
    resolution = forms.CharField(
        label=_("What was done?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
    )


class JobForm(PlainForm):
    action = forms.ChoiceField(choices=[("replay", ""), ("drop", "")])
    reason = forms.CharField(required=False, max_length=LONGEST)
    sure = forms.BooleanField(required=False)


class ComplaintForm(PlainForm):
    """The province's decision about a complaint; the rules are in the services."""

    outcome = forms.CharField(max_length=10, widget=forms.HiddenInput)
    amount_vnd = forms.CharField(
        required=False,
        max_length=20,
        label=_("How much money back?"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    with_return = forms.BooleanField(required=False, label=_("Only once the goods have come back"))
    text = _words(_("The reasons: buyer and vendor read them"), rows=5)

    def amount(self) -> int:
        """The amount as typed; 0 for nothing and for what can't be read, which the rules refuse."""
        try:
            return parse_vnd(self.cleaned_data["amount_vnd"])
        except InvalidAmount:
            return 0


class RemoveReviewForm(PlainForm):
    reason = _words(_("The reason: it stands on the page instead of the review"), rows=3)
