"""How messages and desks name the answers of a vendor's file and the parts of a product."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.utils.translation import pgettext_lazy as in_context

VENDOR_LABELS = {
    "kind": _("Kind of vendor"),
    "name": in_context("vendor", "Name"),
    "name_en": _("English name"),
    "short_name": _("Short name on labels"),
    "tax_code": _("Tax code"),
    "ward_code": _("Ward or commune"),
    "street": _("Hamlet, street, number"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "story_vi": _("About the vendor"),
    "story_en": _("About the vendor, in English"),
    "papers": _("Papers"),
}
PRODUCT_LABELS = {
    "category_id": _("Category"),
    "name_vi": in_context("product", "Name"),
    "name_en": _("English name"),
    "summary_vi": _("Short text"),
    "summary_en": _("Short text, in English"),
    "description_vi": _("Description"),
    "description_en": _("Description, in English"),
    "grade": _("Grade"),
    "specs": _("Properties"),
    "pictures": _("Pictures"),
    "papers": _("Papers"),
    "variants": _("Sale units and prices"),
}


def spelled(
    reasons: Mapping[str, str], labels: Mapping[str, object], language: str
) -> list[tuple[str, str]]:
    """Reasons under the names that the reader knows, in the reader's language."""
    with override(language):
        return [
            (str(labels.get(field, field)), reason.rstrip(" ."))
            for field, reason in reasons.items()
        ]
