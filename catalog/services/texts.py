"""Checks what a vendor typed about a product: format here, decisions by staff later."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Category, Product
from core.errors import BadFields, DomainError, InvalidInput
from core.models import Picture, PictureState
from vendors.models import Paper, Vendor
from vietnam.text import nfc, slugify

LIMITS = {
    "name_vi": 160,
    "name_en": 160,
    "summary_vi": 300,
    "summary_en": 300,
    "description_vi": 20_000,
    "description_en": 20_000,
    "grade": 24,
}
FIELDS = (*LIMITS, "category_id", "specs", "pictures", "papers")
MOST_SPECS = 30
MORE_OF_A_SPEC = ("value_en", "key")  # the value in English; the grade's property that it states
MOST_PICTURES = 8
MOST_PAPERS = 12


def read_changes(changes: Mapping[str, Any], *, vendor: Vendor) -> dict[str, Any]:
    """The changes in stored form; unknown fields are left out.

    "pictures" and "papers" are lists of ids in order. Raises BadFields with an error per field.
    """
    errors: dict[str, DomainError] = {}
    read: dict[str, Any] = {}
    for field in FIELDS:
        if field in changes:
            try:
                read[field] = _reader(field)(field, changes[field], vendor)
            except InvalidInput as error:
                errors[field] = error
    if errors:
        raise BadFields(errors)
    return read


def apply_changes(product: Product, read: Mapping[str, Any]) -> None:
    """Put checked changes on a product and save it; the address follows the name."""
    for field in (*LIMITS, "category_id", "specs"):
        if field in read:
            setattr(product, field, read[field])
    product.slug = slugify(product.name_vi)[:120].strip("-") or "hang"
    product.save()
    if "pictures" in read:
        product.pictures.all().delete()
        for position, picture_id in enumerate(read["pictures"]):
            product.pictures.create(picture_id=picture_id, position=position)
    if "papers" in read:
        product.papers.set(read["papers"])


Reader = Callable[[str, Any, Vendor], Any]


def _reader(field: str) -> Reader:
    special: dict[str, Reader] = {
        "category_id": _category,
        "specs": _specs,
        "pictures": _pictures,
        "papers": _papers,
    }
    return special.get(field, _text)


def _text(field: str, value: Any, vendor: Vendor) -> str:
    clean = nfc(str(value).replace("\x00", "").replace("\r\n", "\n")).strip()
    if field == "name_vi" and len(clean) < 3:
        raise InvalidInput("name_missing", _("Give the product a name."), field=field)
    if len(clean) > LIMITS[field]:
        raise InvalidInput(
            "too_long",
            _("Shorten this to %(limit)s characters; it has %(length)s now."),
            field=field,
            limit=LIMITS[field],
            length=len(clean),
        )
    return clean


def _category(field: str, value: Any, vendor: Vendor) -> int:
    found = Category.objects.filter(pk=value).values_list("pk", flat=True).first()
    if found is None:
        raise InvalidInput("bad_category", _("Choose a category from the list."), field=field)
    return found


def _specs(field: str, value: Any, vendor: Vendor) -> list[dict[str, str]]:
    rows = [
        {key: _short(row.get(key, "")) for key in ("vi", "en", "value")}
        | {key: _short(row[key]) for key in MORE_OF_A_SPEC if row.get(key)}
        for row in list(value)[:MOST_SPECS]
        if isinstance(row, Mapping)
    ]
    return [row for row in rows if row["vi"] and row["value"]]


def _short(value: object) -> str:
    return nfc(str(value)).strip()[:120]


def _pictures(field: str, value: Sequence[int], vendor: Vendor) -> list[int]:
    ids = list(dict.fromkeys(int(pk) for pk in value))
    usable = set(
        Picture.objects.filter(pk__in=ids)
        .exclude(state=PictureState.REFUSED)
        .values_list("pk", flat=True)
    )
    if set(ids) - usable:
        raise InvalidInput(
            "bad_picture", _("One picture can't be used. Send it again."), field=field
        )
    if len(ids) > MOST_PICTURES:
        raise InvalidInput(
            "too_many_pictures",
            _("Choose at most %(limit)s pictures."),
            field=field,
            limit=MOST_PICTURES,
        )
    return ids


def _papers(field: str, value: Sequence[int], vendor: Vendor) -> list[int]:
    ids = list(dict.fromkeys(int(pk) for pk in value))
    own = Paper.objects.filter(pk__in=ids, vendor=vendor, archived_at__isnull=True)
    if own.count() != len(ids) or len(ids) > MOST_PAPERS:
        raise InvalidInput("bad_paper", _("Choose papers from your own file."), field=field)
    return ids
