"""Descriptions put together from the sentences of `data/prose.toml` and of each good."""

import random
import re
from functools import cache

from catalog import labels
from marketplace.seeding import measured, texts
from marketplace.seeding.people import Seller
from marketplace.seeding.texts import Good, Grade, Pair

_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_NOTE_OR = re.compile(r"\{grade_note_or:([^}]*)\}")


def fill_grade(pair: Pair, grade: Grade) -> Pair:
    """Both texts with the grade and its note in their places."""
    return _fill(pair[0], grade), _fill(pair[1], grade)


def description(good: Good, grade: Grade, seller: Seller, rng: random.Random) -> Pair:
    """Three short paragraphs: where it comes from, what it is, how to keep and use it."""
    pools = texts.read("prose")
    commodity = texts.commodity_of(good.category)
    origin = rng.choice(pools["origin"])
    about = [fill_grade(pair, grade) for pair in good.about]
    keep, serve, pack = (
        rng.choice(pool)
        for pool in (pools["store"][commodity], pools["serve"][commodity], pools["pack"])
    )
    ward = labels.ward_label(seller.source.ward_code)
    made: list[str] = []
    for side in (0, 1):
        first = origin[side].format(vendor=seller.source.label, ward=ward[side])
        middle = " ".join(pair[side] for pair in about)
        made.append("\n\n".join((first, middle, f"{serve[side]} {keep[side]}", pack[side])))
    return made[0], made[1]


def specs(good: Good, grade: Grade, *, number: int) -> list[dict[str, str]]:
    """The table of a product: what was measured for its grade, then the rest."""
    rows = measured.rows_of(grade.code, number=number)
    left_out = {grade.code, grade.note} if rows else {grade.code}
    for vi, en, value in good.specs:
        filled = _fill(value, grade)
        if filled and filled not in left_out and not (rows and measured.is_limit(filled)):
            row = {"vi": vi, "en": en, "value": filled}
            english = _english(value, grade)
            rows.append(row if english == filled else row | {"value_en": english})
    return rows


def review_texts(commodity: str, rating: int) -> list[str]:
    """What buyers write who give this many stars."""
    pools = texts.read("prose")["reviews"]
    name = {5: "five", 4: "four", 3: "three"}.get(rating, "two")
    return [*pools[name], *pools.get(f"{commodity}_{name}", [])]


@cache
def authors() -> tuple[str, ...]:
    return tuple(f"Khách ở {place}" for place in texts.read("prose")["reviews"]["authors"])


def _english(value: str, grade: Grade) -> str:
    """A value's English: its words by the table, its numbers with a decimal point."""
    words = texts.read("values")
    known = Grade(grade.code, grade.factor, words.get(grade.note, grade.note))
    return _DECIMAL_COMMA.sub(".", _fill(words.get(value, value), known))


def _fill(text: str, grade: Grade) -> str:
    text = _NOTE_OR.sub(lambda found: grade.note or found.group(1), text)
    return text.replace("{grade_note}", grade.note).replace("{grade}", grade.code)
