"""From text to the words that goods are found by: the same way for the index and for a query.

A word is stored folded ("dieu") and, where it carries marks, also as it is spelled ("điều"), so
that somebody who types marks meets exactly that word first ("bơ" before "bò"). Letters and digits
are words of their own: "W320" and "w 320", "550g/l" and "550 g/l" are the same words.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from vietnam.text import fold, nfc, sort_key

LONGEST_WORD = 40
MOST_WORDS = 10
# A lone short word must be whole: "bo" would otherwise also find "bot", "bong", "boi".
SHORTEST_LONE_PREFIX = 3

DATA = Path(__file__).resolve().parent / "data"
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
# Marks typed as digits with no Vietnamese keyboard on: "d9ieu62" is "điều".
_MARK_DIGITS_INSIDE = re.compile(r"\b(?=\w*[aeiouy])[a-z]+[1-9]+[a-z]+[1-9]*\b")
_MARK_DIGITS = re.compile(r"\b(?=\w*[aeiouy])[a-z]+[1-9a-z]*\b")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word; `spelled` holds letters and tone as typed, empty where there are no marks."""

    plain: str
    typed: str
    spelled: str = ""


@dataclass(frozen=True, slots=True)
class _Asking:
    """`data/asking.toml`, folded: phrases are tuples of words."""

    words: frozenset[str]
    folded_words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    praise: tuple[tuple[str, ...], ...]
    region: tuple[tuple[str, ...], ...]
    named_after_region: tuple[tuple[str, ...], ...]
    leading: dict[str, list[str]]
    units: dict[str, tuple[str, ...]]  # "gram" -> ("g",)
    unit_words: frozenset[str]


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    return [word for token in _TOKEN.findall(nfc(text).lower()) for word in _words_in(token)]


@lru_cache(maxsize=20_000)
def _words_in(token: str) -> tuple[Word, ...]:
    parts = fold(token).split()
    spelled = spelling(token) if len(parts) == 1 and parts[0] != token else ""
    return tuple(Word(part[:LONGEST_WORD], token[:LONGEST_WORD], spelled) for part in parts)


def spelling(token: str) -> str:
    """Letters with their own signs and the tones, wherever the tone mark sits: hoà = hòa."""
    return sort_key(token).replace(" ", "~")[: LONGEST_WORD * 2]


def query_words(text: str) -> list[Word]:
    """The words of a search without those that say nothing (see `data/asking.toml`)."""
    words = _with_known_units(words_of(_without_mark_digits(text))[: MOST_WORDS * 2])
    asking = _asking()
    telling = [word for word in without(words, asking.phrases) if word.typed not in asking.words]
    telling = _without_leading(telling or words)
    if not _has(telling, asking.named_after_region):
        telling = without(telling, asking.region)
    return telling[:MOST_WORDS]


def without_stop_words(words: list[Word]) -> list[Word]:
    """The words left when praise and unmarked stop words go too; all of them if none would stay."""
    asking = _asking()
    telling = [word for word in words if word.plain not in asking.folded_words]
    return without(telling or words, asking.praise)


def without_amounts(words: list[Word]) -> list[Word]:
    """The words without numbers and their units; all of them when no whole word would be left."""
    kept = [word for i, word in enumerate(words) if not is_amount(words, i)]
    return kept if any(len(word.plain) >= SHORTEST_LONE_PREFIX for word in kept) else words


def is_amount(words: Sequence[Word], i: int) -> bool:
    """Whether this word is a number, or a unit behind one."""
    return words[i].plain.isdigit() or is_unit(words, i)


def amount_at_end(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """What is searched for, and the pack size behind it: "cà phê" and "500 g"."""
    cut = len(words) - 2
    return (words[:cut], words[cut:]) if cut > 0 and is_unit(words, cut + 1) else (words, [])


def is_unit(words: Sequence[Word], i: int) -> bool:
    """Whether this word is a unit behind a number: the "g" of "500 g"."""
    return i > 0 and words[i - 1].plain.isdigit() and words[i].plain in _asking().unit_words


def without(words: list[Word], phrases: Iterable[tuple[str, ...]]) -> list[Word]:
    """The words without these phrases; all of them when nothing would be left."""
    kept = list(words)
    for phrase in phrases:
        size = len(phrase)
        for i in range(len(kept) - size, -1, -1):
            if tuple(word.plain for word in kept[i : i + size]) == phrase and len(kept) > size:
                del kept[i : i + size]
    return kept


def singular(word: Word) -> Word | None:
    """The word without the "s" of an English plural, if it has one."""
    if len(word.plain) < 4 or not word.plain.endswith("s") or word.plain.endswith("ss"):
        return None
    return Word(word.plain[:-1], word.typed[:-1])


def _without_mark_digits(text: str) -> str:
    """Who types one mark as a digit types all of them so: "hat5 d9ieu62" but not "ri6"."""
    lower = nfc(text).lower()
    if not _MARK_DIGITS_INSIDE.search(lower):
        return lower
    return _MARK_DIGITS.sub(lambda found: re.sub(r"\d", "", found.group()), lower)


def _with_known_units(words: list[Word]) -> list[Word]:
    units = _asking().units
    found: list[Word] = []
    for i, word in enumerate(words):
        named = units.get(word.plain) if i and words[i - 1].plain.isdigit() else None
        found += [Word(name, name) for name in named] if named else [word]
    return found


def _without_leading(words: list[Word]) -> list[Word]:
    """Typed without marks, "gia tieu" starts with "giá"; "gia vi" doesn't."""
    kept = list(words)
    while len(kept) > 1 and kept[0].plain == kept[0].typed:
        unless = _asking().leading.get(kept[0].plain)
        if unless is None or kept[1].plain in unless:
            break
        del kept[0]
    return kept


def _has(words: list[Word], phrases: Iterable[tuple[str, ...]]) -> bool:
    text = f" {' '.join(word.plain for word in words)} "
    return any(f" {' '.join(phrase)} " in text for phrase in phrases)


@cache
def _asking() -> _Asking:
    data = tomllib.loads((DATA / "asking.toml").read_text(encoding="utf-8"))
    words = frozenset(nfc(data["words"]).split())
    return _Asking(
        words=words,
        folded_words=frozenset(fold(word) for word in words),
        phrases=_phrases(data["phrases"]),
        praise=_phrases(data["praise"]),
        region=_phrases(data["region"]),
        named_after_region=_phrases(data["named_after_region"]),
        leading=data["leading"],
        units={
            alias: tuple(unit.split()) for unit, names in data["units"].items() for alias in names
        },
        unit_words=frozenset(unit for unit in data["units"] if " " not in unit),
    )


def _phrases(texts: list[str]) -> tuple[tuple[str, ...], ...]:
    """Longer phrases first, so that a short one doesn't tear them apart."""
    found = (tuple(word.plain for word in words_of(text)) for text in texts)
    return tuple(sorted(found, key=len, reverse=True))
