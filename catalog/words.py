"""From text to the words that goods are found by: the same way for the index and for a query.

A word is stored folded ("dieu") and, where it carries marks, also as it is spelled ("điều"), so
that somebody who types marks meets exactly that word first ("bơ" before "bò").
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from vietnam.text import fold, nfc, sort_key

LONGEST_WORD = 40
MOST_WORDS = 8
# A lone short word must be whole: "bo" would otherwise also find "bot", "bong", "boi".
SHORTEST_LONE_PREFIX = 3

_DATA = Path(__file__).resolve().parent / "data"
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word; `spelled` holds letters and tone as typed, empty where there are no marks."""

    plain: str
    typed: str
    spelled: str = ""


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
    """The words of a search without those that say nothing (see `data/stop_words.txt`)."""
    words = words_of(text)[: MOST_WORDS * 2]
    telling = [word for word in words if word.typed not in _stop_words()]
    return (telling or words)[:MOST_WORDS]


def without_stop_words(words: list[Word]) -> list[Word]:
    """The words left when unmarked stop words go too; all of them when nothing would be left."""
    telling = [word for word in words if word.plain not in _folded_stop_words()]
    return telling or words


def synonyms_for(texts: Iterable[str]) -> list[str]:
    """Other names, in both languages, of the goods that these names and categories speak of."""
    groups = sorted({number for text in texts for number in _groups_in(text)})
    return [name for number in groups for name in _synonym_groups()[number][1]]


def singular(word: Word) -> Word | None:
    """The word without the "s" of an English plural, if it has one."""
    if len(word.plain) < 4 or not word.plain.endswith("s") or word.plain.endswith("ss"):
        return None
    return Word(word.plain[:-1], word.typed[:-1])


@lru_cache(maxsize=10_000)
def _groups_in(text: str) -> tuple[int, ...]:
    """The groups of which a name stands in the text."""
    padded = _spelled_out(text)
    return tuple(
        number
        for number, (triggers, _) in enumerate(_synonym_groups())
        if any(trigger in padded for trigger in triggers)
    )


def _spelled_out(text: str) -> str:
    return f" {' '.join(word.spelled or word.plain for word in words_of(text))} "


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for line in _lines("stop_words.txt") for word in nfc(line).split())


@cache
def _folded_stop_words() -> frozenset[str]:
    return frozenset(fold(word) for word in _stop_words())


@cache
def _synonym_groups() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """(what must stand in a name, what it is also called) per line."""
    groups = []
    for line in _lines("synonyms.txt"):
        left, _, right = line.partition("=>")
        names = tuple(name.strip() for name in (right or left).split(","))
        groups.append((tuple(_spelled_out(name) for name in left.split(",")), names))
    return tuple(groups)


def _lines(name: str) -> Iterator[str]:
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line
