"""Counts as people write them: twelve thousand is 12.000 in Vietnamese and 12,000 in English.

Money is written with dots in both languages (vietnam.money). Reading follows the page's language
and never guesses: where a sign would part a number in the other language it is refused, unless it
can mean one thing only.
"""

import re

from django.utils.translation import get_language

_BLANK = re.compile(r"\s")
_WHOLE = re.compile(r"[0-9]+")
_PARTS = re.compile(r"([0-9]+)[.,]([0-9]{1,3})")
LONGEST = 20


def grouped(number: int) -> str:
    """12345 -> 12.345, in English 12,345."""
    return f"{number:,}".replace(",", _group_sign())


def read_whole(text: str) -> int | None:
    """ "1200", "1 200", and "1.200" (in English "1,200") -> 1200; None for anything else."""
    bare = _BLANK.sub("", text)
    if len(bare) > LONGEST or not bare.isascii():
        return None
    if _WHOLE.fullmatch(bare):
        return int(bare)
    return int(re.sub("[.,]", "", bare)) if _is_grouped(bare) else None


def read_parts(text: str) -> float | None:
    """Like `read_whole`, and "2,125" (in English "2.125"); "0.5" means the same in both."""
    whole = read_whole(text)
    if whole is not None:
        return float(whole)
    bare = _BLANK.sub("", text)
    parts = _PARTS.fullmatch(bare) if len(bare) <= LONGEST and bare.isascii() else None
    return float(f"{parts[1]}.{parts[2]}") if parts else None


def is_unsure(text: str) -> bool:
    """Whether a weight like "2.125" would be another one to somebody of the other language."""
    bare = _BLANK.sub("", text)
    return _is_grouped(bare) and _PARTS.fullmatch(bare) is not None


def _is_grouped(bare: str) -> bool:
    sign = re.escape(_group_sign())
    return re.fullmatch(rf"[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}})+", bare) is not None


def _group_sign() -> str:
    return "," if get_language() == "en" else "."
