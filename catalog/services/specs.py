"""The specification of goods: values under the limits of their grade, and free rows beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.errors import BadSpec
from catalog.grades import Grade, Limit, find_grade
from core.errors import BadFields, DomainError

PREFIX = "spec_"  # before a property's key in the name of a form field
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A property of a grade beside the value that the vendor states; empty when it states none."""

    limit: Limit
    value: str = ""
    holds: bool = True

    def said(self, lang: str) -> str:
        """The value as people read it in this language."""
        measure = self.limit.read(self.value)
        return measure.said(self.limit.property.unit, lang) if measure else self.value

    @property
    def name_vi(self) -> str:
        return self.limit.property.vi

    @property
    def name_en(self) -> str:
        return self.limit.property.en


def read_specs(grade: str, values: Mapping[str, str], free: Sequence[Row]) -> list[Row]:
    """Rows to store: `values` (key -> what was typed) first, in the grade's order, then `free`.

    Values of properties that the grade doesn't name are left out, empty ones too. Raises BadFields
    with an error per field `spec_<key>`.
    """
    found = find_grade(grade)
    limits = found.limits if found else ()
    rows = [_row(limit, values.get(limit.property.key, "")) for limit in limits]
    stated = [row for row in rows if row["value"]]
    check_specs(grade, stated)
    return [*stated, *free]


def check_specs(grade: str, specs: Sequence[Mapping[str, str]]) -> None:
    """Whether every stated value is a number that the grade allows.

    Raises BadFields with an error per field `spec_<key>`. Rows without a key are free text. The
    limits and their sources: `catalog/data/grades.toml` and its NOTICE.
    """
    found = find_grade(grade)
    errors: dict[str, DomainError] = {}
    for row in specs:
        limit = found.limit(row.get("key", "")) if found else None
        if found is not None and limit is not None:
            wrong = _wrong(found, limit, row["value"])
            if wrong is not None:
                errors[f"{PREFIX}{limit.property.key}"] = wrong
    if errors:
        raise BadFields(errors)


def settled(read: dict[str, Any], *, grade: str, specs: Sequence[Row]) -> dict[str, Any]:
    """Checked changes whose specification fits their grade; `grade` and `specs` are the present
    ones.

    A new grade keeps of the old values what it allows: numbers measured for another grade would be
    a false claim. Values that are new must fit. Raises BadFields.
    """
    wanted, old = read.get("grade", grade), list(specs)
    rows = read.get("specs", old)
    if wanted != grade:
        rows = [row for row in rows if row not in old or _fits(wanted, row)]
    if "specs" in read:
        check_specs(wanted, rows)
    elif rows == old:
        return read
    return {**read, "specs": rows}


def grade_rows(grade: str, specs: Sequence[Mapping[str, str]]) -> list[GradeRow]:
    """Every property of the grade beside the value that these specs state."""
    found = find_grade(grade)
    if found is None:
        return []
    stated = {row["key"]: row.get("value", "") for row in specs if row.get("key")}
    return [_grade_row(limit, stated.get(limit.property.key, "")) for limit in found.limits]


def free_rows(grade: str, specs: Sequence[Row]) -> list[Row]:
    """The rows that the grade says nothing about; the grade itself isn't one."""
    found = find_grade(grade)
    return [
        row
        for row in specs
        if row.get("value") != grade and not (found and found.limit(row.get("key", "")))
    ]


def _grade_row(limit: Limit, text: str) -> GradeRow:
    measure = limit.read(text) if text else None
    return GradeRow(limit, text, measure is None or limit.holds(measure))


def _row(limit: Limit, typed: str) -> Row:
    measured = limit.property
    read = limit.read(typed)
    value = read.said(measured.unit, "vi") if read else typed.strip()
    return {"key": measured.key, "vi": measured.vi, "en": measured.en, "value": value}


def _fits(grade: str, row: Mapping[str, str]) -> bool:
    if not row.get("key"):
        return True
    found = find_grade(grade)
    limit = found.limit(row["key"]) if found else None
    return found is not None and limit is not None and _wrong(found, limit, row["value"]) is None


def _wrong(grade: Grade, limit: Limit, text: str) -> BadSpec | None:
    measured = limit.property
    lang = "en" if get_language() == "en" else "vi"
    name = measured.en if lang == "en" else measured.vi
    params = {"name": name, "grade": grade.code, "limit": limit.said(lang)}
    field = f"{PREFIX}{measured.key}"
    measure = limit.read(text)
    if measure is None:
        sentence = _("%(name)s: please type a number (%(grade)s allows %(limit)s).")
        return BadSpec("spec_number", sentence, field=field, **params)
    if not limit.holds(measure):
        return BadSpec(field=field, value=measure.said(measured.unit, lang), **params)
    return None
