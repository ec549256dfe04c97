"""A change of a product, old beside new, with the words marked that differ."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from catalog.grades import find_grade
from catalog.models import Category, Revision
from catalog.services.revisions import present_values
from catalog.states import RevisionState
from core.models import Picture
from notifications.words import PRODUCT_LABELS
from vendors.models import Paper
from web.templatetags.market import plainly

LONGEST_COMPARED = 6000  # words marked one by one up to here; longer texts stand side by side


@dataclass(frozen=True, slots=True)
class Change:
    """One field: texts with the differing words marked, or the tokens of pictures."""

    field: str
    label: str
    old: SafeString
    new: SafeString
    old_pictures: tuple[str, ...] = ()
    new_pictures: tuple[str, ...] = ()
    limits: str = ""  # of the grade, beside a specification


def changes_of(revision: Revision) -> list[Change]:
    """What the revision would change. Decided ones no longer know the old side: it stays empty."""
    waiting = revision.state == RevisionState.WAITING
    present = present_values(revision.product, revision.changes) if waiting else {}
    made = [_change(name, present.get(name), wished) for name, wished in revision.changes.items()]
    limits = _limits(revision)
    return [replace(one, limits=limits) if one.field == "specs" else one for one in made]


def _limits(revision: Revision) -> str:
    """What the grade allows, for staff to hold the stated values against."""
    grade = find_grade(revision.changes.get("grade", revision.product.grade))
    if grade is None:
        return ""
    lang = "en" if get_language() == "en" else "vi"
    said = (f"{getattr(limit.property, lang)} {limit.said(lang)}" for limit in grade.limits)
    return f"{grade.code}: {' · '.join(said)}"


def _change(name: str, old: Any, new: Any) -> Change:
    label = str(PRODUCT_LABELS.get(name, name))
    if name == "pictures":
        empty = SafeString("")
        return Change(name, label, empty, empty, _tokens(old or []), _tokens(new))
    before, after = _marked(_readable(name, old), _readable(name, new))
    return Change(name, label, before, after)


def _readable(name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if name == "category_id":
        found = Category.objects.filter(pk=value).first()
        return plainly(found, "name") if found else ""
    if name == "papers":
        papers = Paper.objects.filter(pk__in=value).order_by("pk")
        return "\n".join(f"{paper.get_kind_display()} {paper.number}".strip() for paper in papers)
    if name == "specs":
        return "\n".join(_spec(row) for row in value)
    return str(value)


def _spec(row: dict[str, str]) -> str:
    """One property; its English behind it, where it has any."""
    vi, en = f"{row.get('vi', '')}: {row.get('value', '')}", row.get("en", "")
    return f"{vi} / {en}: {row.get('value_en') or row.get('value', '')}" if en else vi


def _tokens(ids: Sequence[int]) -> tuple[str, ...]:
    found = dict(Picture.objects.filter(pk__in=ids).values_list("pk", "token"))
    return tuple(found[pk] for pk in ids if pk in found)


def _marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    if not old or len(old) + len(new) > LONGEST_COMPARED:
        return escape(old), escape(new)
    left, right = _words(old), _words(new)
    before: list[str] = []
    after: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        gone, come = escape("".join(left[a:b])), escape("".join(right[c:d]))
        if kind == "equal":
            before.append(gone)
            after.append(come)
            continue
        before.append(f"<del>{gone}</del>" if gone else "")
        after.append(f"<ins>{come}</ins>" if come else "")
    # Every part is escaped above; only our own marks are added.
    return mark_safe("".join(before)), mark_safe("".join(after))  # noqa: S308


def _words(text: str) -> list[str]:
    words: list[str] = []
    for line in text.splitlines(keepends=True):
        words.extend(f"{word} " for word in line.split(" ")[:-1])
        words.append(line.split(" ")[-1])
    return words
