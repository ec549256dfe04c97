"""A product's properties as lines that people type: "Độ ẩm: ≤ 5 %", and the same in English."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.services.texts import MOST_SPECS

LONGEST = 120
NONE = "–"  # stands for a line that has no English
NO_COLON = _("Write each line as “Name: value”, like “Moisture: ≤ 5 %%”. Mend line %(line)s.")
TOO_LONG = _("Shorten line %(line)s: name and value have at most %(limit)s characters each.")
TOO_MANY = _("Write at most %(limit)s lines.")
UNEQUAL = _("Write as many lines as in Vietnamese, in the same order; – where there is none.")


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    value: str


def free(specs: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Those that people write themselves; the others state a property of the grade."""
    return [row for row in specs if not row.get("key")]


def vietnamese(specs: Iterable[Mapping[str, str]]) -> str:
    """The lines as they are typed."""
    return "\n".join(f"{row.get('vi', '')}: {row.get('value', '')}" for row in specs)


def english(specs: Iterable[Mapping[str, str]]) -> str:
    """The same lines in English; empty when none has any."""
    lines = [_english(row) for row in specs]
    return "\n".join(lines) if any(line != NONE for line in lines) else ""


def read_vietnamese(text: str) -> list[Line]:
    """Raises ValidationError that names the line."""
    lines = [
        _read(line, number, is_value_needed=True) for number, line in enumerate(_lines(text), 1)
    ]
    if len(lines) > MOST_SPECS:
        raise ValidationError(TOO_MANY, "too_many", {"limit": MOST_SPECS})
    return lines


def read_english(text: str, *, count: int) -> list[Line]:
    """Empty, or as many lines as in Vietnamese. Raises ValidationError that says what to do."""
    lines = [
        Line("", "") if line in (NONE, "-") else _read(line, number, is_value_needed=False)
        for number, line in enumerate(_lines(text), 1)
    ]
    if lines and len(lines) != count:
        raise ValidationError(UNEQUAL, "unequal")
    return lines


def joined(lines: list[Line], in_english: list[Line]) -> list[dict[str, str]]:
    """As they are stored: a value that English says in the same way is kept once."""
    others = in_english or [Line("", "")] * len(lines)
    rows = []
    for line, other in zip(lines, others, strict=True):
        row = {"vi": line.name, "en": other.name, "value": line.value}
        is_own = other.value not in ("", line.value)
        rows.append(row | {"value_en": other.value} if is_own else row)
    return rows


def _english(row: Mapping[str, str]) -> str:
    name = row.get("en", "")
    value = row.get("value_en") or row.get("value", "")
    return f"{name}: {value}" if name else NONE


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _read(line: str, number: int, *, is_value_needed: bool) -> Line:
    name, _colon, value = (part.strip() for part in line.partition(":"))
    if not name or (is_value_needed and not value):
        raise ValidationError(NO_COLON, "no_colon", {"line": number})
    if max(len(name), len(value)) > LONGEST:
        raise ValidationError(TOO_LONG, "too_long", {"line": number, "limit": LONGEST})
    return Line(name, value)
