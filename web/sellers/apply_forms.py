"""The forms of the registration, one short page each."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vendors.models import PaperKind, Vendor, VendorKind
from vietnam import places
from web.sellers.fields import Paragraphs, Words, typing_attrs

KIND_WORDS = [
    (VendorKind.COOPERATIVE, _("Cooperative")),
    (VendorKind.HOUSEHOLD, _("Household business")),
    (VendorKind.COMPANY, _("Company")),
    (VendorKind.PERSON, _("One person")),
]
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        choices=KIND_WORDS,
        widget=forms.RadioSelect,
        label=_("Choose one"),
        error_messages={"required": _("Choose one of the kinds of vendor.")},
    )


class NameForm(forms.Form):
    name = Words(
        required=False,
        label=_("Name, as in the registration"),
        help_text=_("For example: HTX Điều Bù Đăng"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    tax_code = Words(
        required=False,
        label=_("Tax code"),
        help_text=_("10 digits. A household or a person has 12."),
        widget=forms.TextInput(attrs=typing_attrs("numeric")),
    )
    story_vi = Paragraphs(
        required=False,
        label=_("A few words about you"),
        help_text=_("Buyers read this. You can write it later."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AddressForm(forms.Form):
    ward_code = forms.CharField(required=False, label=_("Ward or commune"))
    street = Words(
        required=False,
        label=_("Hamlet, street, house number"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    phone = forms.CharField(
        required=False,
        label=_("Phone number"),
        help_text=_("We send new orders to this number."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        required=False,
        label=_("E-mail"),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )

    def __init__(self, vendor: Vendor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if vendor.is_public:
            del self.fields["ward_code"]  # checked by the province; the rest stays open
            return
        lang: places.Lang = "en" if get_language() == "en" else "vi"
        wards = [(ward.code, places.full_name(ward, lang)) for ward in places.region_wards()]
        self.fields["ward_code"].widget = forms.Select(choices=[("", _("Choose…")), *wards])


class PaperForm(forms.Form):
    kind = forms.ChoiceField(choices=PaperKind.choices, label=_("Which paper is it?"))
    file = forms.FileField(
        required=False,
        label=_("Photo or PDF"),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf", "data-shrink": "2400"}),
    )
    number = Words(required=False, label=_("Number on the paper"))
    issuer = Words(required=False, label=_("Who issued it"))
    valid_to = forms.DateField(
        required=False,
        label=_("Last day it is valid"),
        widget=DAY,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("Write the day like 31/12/2027.")},
    )
    stars = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=_("OCOP stars"),
        choices=[("", "–"), *((n, f"{n} ★") for n in (3, 4, 5))],
    )
