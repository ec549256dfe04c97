"""Typing errors: a search that found nothing is tried once more with words that goods are found by.

Every known word stands in a table with its deletion keys (the word without one letter each, and
itself) and with how it sounds: words that share a key are looked at. Of all ways to mend a search,
the one that changes least and finds most in the names of goods is taken.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from django.db import connection

from catalog.keyboard import from_telex, sound
from catalog.models import SearchTerm
from catalog.ranking import in_names
from catalog.synonyms import as_goods_are_spelled
from catalog.words import Word, is_amount, without_amounts, without_stop_words, words_of

SHORTEST = 3
SHORTEST_SPLIT = 5
MOST_NEIGHBOURS = 4
MOST_TRIED = 24
# Fits are counted up to here: enough to tell the likely from the odd.
ENOUGH = 300
UNCHANGED = -1  # the cost of the search as it was typed
FITS = (
    "SELECT %s, count(*) FROM"
    " (SELECT FROM catalog_searchentry WHERE words @@ %s::tsquery LIMIT %s) AS found"
)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A search as it may have been meant; `cost` says how much had to be changed."""

    cost: int
    words: tuple[Word, ...]


def deletion_keys(word: str) -> list[str]:
    """The word, what is left of it when one letter is missing, and how it sounds."""
    return sorted({word, f"~{sound(word)}", *(word[:i] + word[i + 1 :] for i in range(len(word)))})


def is_one_step(a: str, b: str) -> bool:
    """Whether one letter was changed, added or left out, or two neighbours were swapped."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if start is None:
        return True
    if len(a) == len(b):
        swapped = a[:start] + a[start : start + 2][::-1] + a[start + 2 :]
        return a[start + 1 :] == b[start + 1 :] or swapped == b
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[start + 1 :] == shorter[start:]


def correct(words: Sequence[Word]) -> list[Word] | None:
    """The search with its unknown words mended and idle words left out; None if that's no use, or
    if some goods of the market have all of its words in their names (a filter hides them).

    Two queries. A word that stands in the table stays as it is, unless all words do.
    """
    telling = without_stop_words(list(words))
    terms = _terms_near(telling)
    attempts = [
        attempt
        for attempt in _attempts(telling, terms)
        if [word.plain for word in attempt.words] != [word.plain for word in words]
    ][:MOST_TRIED]
    as_typed, *fits = _fits([_Attempt(UNCHANGED, tuple(words)), *attempts])
    if as_typed:
        return None
    found = [(attempt, fit) for attempt, fit in zip(attempts, fits, strict=True) if fit]
    if not found:
        return None
    best, _ = min(found, key=lambda pair: (pair[0].cost, -pair[1]))
    return as_goods_are_spelled(best.words)


def _attempts(words: list[Word], terms: dict[str, SearchTerm]) -> list[_Attempt]:
    """The ways to mend a search, the cheapest first; each also without its amounts."""
    known = [_shown(word, terms) for word in words]
    unknown = dict.fromkeys(
        word.plain
        for i, word in enumerate(words)
        if word.plain not in terms and not is_amount(words, i)
    )
    tried = [_Attempt(0, tuple(known))] if not unknown else []
    if unknown:
        choices = [_meant(plain, terms) for plain in unknown]
        for chosen in product(*choices):
            swap = dict(zip(unknown, (meant for _, meant in chosen), strict=True))
            tried.append(_Attempt(max(cost for cost, _ in chosen), _swapped(known, swap)))
    else:
        for plain in dict.fromkeys(word.plain for word in words if len(word.plain) >= SHORTEST):
            for near in _neighbours(plain, terms):
                tried.append(_Attempt(3, _swapped(known, {plain: (near,)})))
    shorter = [_Attempt(one.cost, tuple(without_amounts(list(one.words)))) for one in tried]
    return sorted(dict.fromkeys([*tried, *shorter]), key=lambda one: one.cost)


def _meant(plain: str, terms: dict[str, SearchTerm]) -> list[tuple[int, tuple[Word, ...]]]:
    """What an unknown word may stand for, with what it costs to believe so."""
    typed = from_telex(plain)
    if typed != plain and typed in terms:
        return [(1, (_word(terms[typed]),))]
    apart = [
        (2, (_word(terms[first]), _word(terms[second])))
        for first, second in _splits(plain)
        if first in terms and second in terms
    ]
    return apart + [(2, (near,)) for near in _neighbours(plain, terms)]


def _neighbours(plain: str, terms: dict[str, SearchTerm]) -> list[Word]:
    """Known words one step away or of the same sound, the likeliest first."""
    near = [
        term
        for term in terms.values()
        if len(plain) >= SHORTEST
        and plain.isalpha()
        and term.word != plain
        and (is_one_step(plain, term.word) or sound(plain) == sound(term.word))
    ]
    near.sort(key=lambda term: (_oddity(plain, term.word), -term.uses, term.word))
    return [_word(term) for term in near[:MOST_NEIGHBOURS]]


def _oddity(typed: str, word: str) -> int:
    """Words that sound the same are mixed up most, the first letter is mistyped least."""
    if sound(typed) == sound(word):
        return 0
    return 1 if typed[0] == word[0] else 2


def _splits(plain: str) -> Iterable[tuple[str, str]]:
    """Two words typed as one: "hatdieu"."""
    if len(plain) < SHORTEST_SPLIT or not plain.isalpha():
        return []
    return [(plain[:i], plain[i:]) for i in range(2, len(plain) - 1)]


def _swapped(words: list[Word], swap: dict[str, tuple[Word, ...]]) -> tuple[Word, ...]:
    return tuple(new for word in words for new in swap.get(word.plain, (word,)))


def _shown(word: Word, terms: dict[str, SearchTerm]) -> Word:
    """The word as it was, shown with the marks it usually has."""
    term = terms.get(word.plain)
    return word if word.spelled or term is None else Word(word.plain, term.display or word.typed)


def _word(term: SearchTerm) -> Word:
    return words_of(term.display or term.word)[0]


def _terms_near(words: Sequence[Word]) -> dict[str, SearchTerm]:
    keys: set[str] = set()
    for word in words:
        keys.update((word.plain, from_telex(word.plain)))
        keys.update(part for parts in _splits(word.plain) for part in parts)
        if len(word.plain) >= SHORTEST and word.plain.isalpha():
            keys.update(deletion_keys(word.plain))
    found = SearchTerm.objects.filter(keys__overlap=sorted(keys)) if keys else ()
    return {term.word: term for term in found}


def _fits(attempts: Sequence[_Attempt]) -> list[int]:
    """How many goods have the words of each attempt in their name (or in their vendor's)."""
    if not attempts:
        return []
    params = [
        value
        for number, attempt in enumerate(attempts)
        for value in (number, in_names(attempt.words, anywhere=not attempt.cost), ENOUGH)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([FITS] * len(attempts)), params)
        return [int(fit) for _, fit in sorted(cursor.fetchall())]
