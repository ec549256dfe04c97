"""Categories get new names; their addresses follow, and every old address keeps leading there."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.errors import CategoryNameTaken
from catalog.models import Category, CategoryAddress, SearchEntry
from catalog.services.indexing import index_product
from core import audit, outbox, versions
from core.errors import InvalidInput, NotAllowed, NotFound
from vietnam.text import nfc, slugify

LONGEST_NAME, LONGEST_SLUG = 120, 80


def rename_category(*, category_id: int, name_vi: str, name_en: str, actor: User) -> Category:
    """Give a category new names. What was its address in either language moves to the new one.

    Audited; emits `category.renamed`, after which its goods are found by the new words. Locks all
    categories, in the order of their keys: addresses are one space. The same names twice are a
    no-op. Raises NotAllowed, NotFound, InvalidInput, and CategoryNameTaken when the address would
    be one that another category has or had: old links must not change what they show.
    """
    if not actor.is_staff:
        raise NotAllowed()
    vi, en = _name(name_vi, "name_vi"), _name(name_en, "name_en")
    with transaction.atomic():
        every = {one.pk: one for one in Category.objects.select_for_update().order_by("pk")}
        category = every.pop(category_id, None)
        if category is None:
            raise NotFound()
        before = _said(category)
        old = {category.slug, category.slug_en} - {""}
        _give(category, vi, en, _taken(category, list(every.values())))
        if _said(category) == before:
            return category
        category.save(update_fields=["name_vi", "name_en", "slug", "slug_en"])
        _remember(category, old)
        audit.record(
            actor=actor,
            action="category.renamed",
            subject=("category", str(category.pk)),
            change=(before, _said(category)),
        )
        outbox.emit("category.renamed", key=f"category:{category.pk}", category_id=category.pk)
        versions.bump_catalog()
        return category


def on_category_renamed(key: str, payload: dict[str, Any]) -> None:
    """Its goods, and those of the categories below it, are found by the new name."""
    entries = SearchEntry.objects.filter(category_ids__contains=[payload["category_id"]])
    for (pk,) in entries.order_by("pk").values_list("pk"):
        index_product(pk)


def _name(text: str, field: str) -> str:
    clean = " ".join(nfc(text).split())[:LONGEST_NAME]
    if not slugify(clean):
        raise InvalidInput("name_missing", _("Write a name."), field=field)
    return clean


def _taken(category: Category, others: list[Category]) -> set[str]:
    """The addresses that belong to other categories, present and old."""
    present = {slug for other in others for slug in (other.slug, other.slug_en)}
    old = CategoryAddress.objects.exclude(category=category).values_list("slug", flat=True)
    return (present | set(old)) - {""}


def _give(category: Category, vi: str, en: str, taken: set[str]) -> None:
    for name, field in ((vi, "name_vi"), (en, "name_en")):
        slug = slugify(name)[:LONGEST_SLUG].strip("-")
        if slug in taken:
            raise CategoryNameTaken(field=field, name=name)
        setattr(category, field, name)
        setattr(category, "slug" if field == "name_vi" else "slug_en", slug)


def _remember(category: Category, old: set[str]) -> None:
    present = {category.slug, category.slug_en}
    CategoryAddress.objects.filter(slug__in=present).delete()
    CategoryAddress.objects.bulk_create(
        [CategoryAddress(slug=slug, category=category) for slug in sorted(old - present)],
        ignore_conflicts=True,
    )


def _said(category: Category) -> dict[str, object]:
    return {
        "name_vi": category.name_vi,
        "name_en": category.name_en,
        "slug": category.slug,
        "slug_en": category.slug_en,
    }
