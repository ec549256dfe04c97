"""The forms of a product: one for each short page, and one for all of its text."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Product
from vendors.models import PaperKind, PaperState, Vendor
from web.sellers import spec_lines
from web.sellers.fields import Count, Paragraphs, Price, Weight, Words, grams, typing_attrs
from web.sellers.suggest import leaves, suggest
from web.sellers.units import UNITS
from web.templatetags.market import plainly

ABOUT_THE_VENDOR = (PaperKind.REGISTRATION, PaperKind.IDENTITY)
CATEGORY_EMPTY = _("Choose what kind of goods this is.")


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of files under one name; what they are is decided by their bytes, later."""

    widget = ManyFiles(attrs={"accept": "image/*", "multiple": True, "data-shrink": "1600"})

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[bytes]"]:
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        return [upload for upload in uploads if upload]


class PhotosForm(forms.Form):
    pictures = PhotosField(required=False, label=_("Photos"))

    def clean_pictures(self) -> list["UploadedFile[bytes]"]:
        uploads: list[UploadedFile[bytes]] = self.cleaned_data["pictures"]
        if not uploads:
            raise ValidationError(_("Take or choose a photo first."), "empty")
        return uploads


class CategoryMixin(forms.Form):
    """Choosing a category: a few likely ones to tap, all of them in a list."""

    category_id = forms.CharField(required=False, label=_("Kind of goods"))
    other_id = forms.CharField(required=False, label=_("Another kind"))
    grade = forms.CharField(required=False, label=_("Grade"))

    def set_up(self, name: str, chosen: int | None) -> None:
        """Fill the choices; `likely` are those that the name sounds like, the chosen one first."""
        known = list(Category.objects.all())
        self.by_id = {str(category.pk): category for category in leaves(known)}
        self.likely = suggest(name, known)
        if str(chosen) in self.by_id and self.by_id[str(chosen)] not in self.likely:
            self.likely.insert(0, self.by_id[str(chosen)])
        self.fields["other_id"].widget = forms.Select(choices=[("", "–"), *_grouped(known)])
        self.grades = _grades_by_category(known)
        near = [self.by_id[str(chosen)]] if str(chosen) in self.by_id else self.likely
        grades = _grades(self.grades, near or self.by_id.values())
        self.fields["grade"].widget = forms.Select(choices=[("", "–"), *grades])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wanted = data.get("other_id") or data.get("category_id") or ""
        category = self.by_id.get(wanted)
        if category is None:
            self.add_error("category_id", CATEGORY_EMPTY)
        elif data.get("grade") and data["grade"] not in self.grades[category.pk]:
            self.add_error("grade", _("This grade is not one of the chosen kind."))
        data["category_id"] = category.pk if category else None
        return data


class NameForm(CategoryMixin):
    """Screen 2: what it is."""

    name_vi = Words(
        label=_("Name of the product"),
        help_text=_("For example: Hạt điều rang muối"),
        error_messages={"required": _("Give the product a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-suggest": ""}),
    )
    field_order = ("name_vi", "category_id", "other_id", "grade")


class UnitForm(forms.Form):
    """Screen 3: how it is sold, how heavy it is, what it costs."""

    unit = forms.ChoiceField(
        choices=[(unit.key, unit.label) for unit in UNITS.values()],
        widget=forms.RadioSelect,
        label=_("How do you sell it?"),
        error_messages={"required": _("Choose how you sell it.")},
    )
    weight = Weight(label=_("Weight of the goods"), help_text=_("Without the packing."))
    weight_unit = forms.ChoiceField(
        choices=[("g", "g"), ("kg", "kg")], required=False, label=_("g or kg")
    )
    price_vnd = Price(label=_("Price"), help_text=_("For example: 185.000"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and UNITS.get(self.data.get("unit", ""), UNITS["pack"]).fixed_grams:
            self.fields["weight"] = forms.CharField(required=False, label=_("Weight of the goods"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        unit = UNITS.get(data.get("unit", ""))
        if unit is not None and unit.fixed_grams:
            data["net_grams"] = unit.fixed_grams
        elif isinstance(data.get("weight"), float):
            try:
                data["net_grams"] = grams(
                    data["weight"], data.get("weight_unit", "g"), self.data.get("weight", "")
                )
            except ValidationError as wrong:
                self.add_error("weight", wrong)
        return data


class CountForm(forms.Form):
    """Screen 4: how many there are."""

    on_hand = Count(low=1, label=_("How many do you have now?"))


class VariantForm(UnitForm):
    """One more pack size of a product: unit, weight, price and how many, on one page."""

    on_hand = Count(low=0, label=_("How many do you have now?"))


class QuickPriceForm(forms.Form):
    price_vnd = Price(label=_("Price"))


class QuickStockForm(forms.Form):
    on_hand = Count(low=0, label=_("In stock"))


class SendForm(forms.Form):
    """Screen 5: a few words and the papers that prove a claim."""

    description_vi = Paragraphs(
        required=False,
        label=_("A few sentences for buyers"),
        help_text=_("Where does it grow? How is it made? How long does it keep?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papers = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Papers that belong to it"),
    )

    def __init__(self, vendor: Vendor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_papers(self, vendor)


class TextForm(CategoryMixin):
    """All text and claims of a product, with its photos."""

    name_vi = Words(
        label=_("Name of the product"), error_messages={"required": _("Give the product a name.")}
    )
    name_en = Words(required=False, label=_("Name in English"))
    summary_vi = Words(
        required=False,
        label=_("In one sentence"),
        widget=forms.TextInput(attrs=typing_attrs("text", maxlength="300")),
    )
    summary_en = Words(required=False, label=_("In one sentence, in English"))
    description_vi = Paragraphs(required=False, label=_("A few sentences for buyers"))
    description_en = Paragraphs(required=False, label=_("The same in English"))
    specs_vi = Paragraphs(
        required=False,
        label=_("Properties"),
        help_text=_("One per line, name and value: Độ ẩm: ≤ 5 %"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    specs_en = Paragraphs(
        required=False,
        label=_("Properties in English"),
        help_text=_("The same lines in the same order: Moisture: ≤ 5 %"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    papers = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Papers that belong to it"),
    )
    pictures = PhotosField(
        required=False,
        label=_("Add photos"),
        widget=ManyFiles(attrs={"accept": "image/*", "multiple": True, "data-shrink": "1600"}),
    )

    def __init__(self, vendor: Vendor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_papers(self, vendor)

    def clean_specs_vi(self) -> list[spec_lines.Line]:
        return spec_lines.read_vietnamese(self.cleaned_data["specs_vi"])

    def clean_specs_en(self) -> list[spec_lines.Line]:
        typed, known = self.cleaned_data["specs_en"], self.cleaned_data.get("specs_vi")
        if known is None:  # the Vietnamese lines must be mended first
            return []
        return spec_lines.read_english(typed, count=len(known))

    def specs(self) -> list[dict[str, str]]:
        """The properties of a valid form, as they are stored."""
        return spec_lines.joined(self.cleaned_data["specs_vi"], self.cleaned_data["specs_en"])


def set_papers(form: forms.Form, vendor: Vendor) -> None:
    """Offer the vendor's own papers that can speak for goods; none leaves the field out."""
    papers = vendor.papers.filter(archived_at__isnull=True).exclude(
        Q(state=PaperState.REFUSED) | Q(kind__in=ABOUT_THE_VENDOR)
    )
    choices = [(str(paper.pk), _paper_words(paper)) for paper in papers.order_by("kind", "pk")]
    if choices:
        field = form.fields["papers"]
        field.choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField
    else:
        del form.fields["papers"]


def present_text(product: Product, changes: dict[str, Any]) -> dict[str, Any]:
    """What the text form starts from: what is public, and over it what already waits."""
    names = [name for name in TextForm.base_fields if hasattr(product, name)]
    values = {name: getattr(product, name) for name in names if name not in ("papers", "pictures")}
    papers = [str(pk) for pk in changes.get("papers", product.papers.values_list("pk", flat=True))]
    specs = spec_lines.free(changes.get("specs", product.specs))
    lines = {"specs_vi": spec_lines.vietnamese(specs), "specs_en": spec_lines.english(specs)}
    return {**values, **changes, **lines, "papers": papers}


def _paper_words(paper: Any) -> str:
    words = [paper.get_kind_display(), f"{paper.stars}★" if paper.stars else "", paper.number]
    return " · ".join(word for word in words if word)


def _grouped(known: list[Category]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Leaf categories under the name of their root, for a list."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for leaf in leaves(known):
        root = _line(leaf, known)[-1]
        groups.setdefault(plainly(root, "name"), []).append((str(leaf.pk), plainly(leaf, "name")))
    return list(groups.items())


def grades_of(known: Iterable[Category], category_id: int) -> list[str]:
    """The grades that goods of this category may carry."""
    return _grades_by_category(list(known)).get(category_id, [])


def _grades_by_category(known: list[Category]) -> dict[int, list[str]]:
    """The grades of each category, or else those of the nearest category above it."""
    return {
        category.pk: next((each.grades for each in _line(category, known) if each.grades), [])
        for category in known
    }


def _line(category: Category, known: list[Category]) -> list[Category]:
    """A category and those above it, up to its root."""
    by_pk = {each.pk: each for each in known}
    line = [category]
    while (parent := by_pk.get(line[-1].parent_id or 0)) is not None:
        line.append(parent)
    return line


def _grades(grades: dict[int, list[str]], categories: Iterable[Category]) -> list[tuple[str, str]]:
    codes = {code: None for category in categories for code in grades[category.pk]}
    return [(code, code) for code in codes]
