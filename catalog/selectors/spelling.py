"""Typing errors: a search that found nothing is tried once more with the nearest known words.

Every known word stands in a table with its deletion keys (the word without one letter each, and
itself): two words that share a key are at most two steps apart, and one step is checked here.
"""

from collections.abc import Sequence

from django.db.models import QuerySet

from catalog.models import SearchTerm
from catalog.words import Word, without_stop_words, words_of

SHORTEST = 3


def deletion_keys(word: str) -> list[str]:
    """The word and what is left of it when one letter is missing."""
    return sorted({word, *(word[:i] + word[i + 1 :] for i in range(len(word)))})


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
    """The search with its unknown words mended and stop words left out; None if that's no change.

    One query. A word that stands in the table stays as it is.
    """
    telling = without_stop_words(list(words))
    mendable = [word.plain for word in telling if len(word.plain) >= SHORTEST]
    terms = list(_terms_near(mendable))
    known = {term.word: term for term in terms}
    mended = [
        _known(word, known[word.plain]) if word.plain in known else _nearest(word, terms)
        for word in telling
    ]
    is_same = [word.plain for word in mended] == [word.plain for word in words]
    return None if is_same else mended


def _known(word: Word, term: SearchTerm) -> Word:
    """The word as it was, shown with the marks it usually has."""
    return word if word.spelled else Word(word.plain, term.display or word.typed)


def _terms_near(words: list[str]) -> QuerySet[SearchTerm]:
    keys = sorted({key for word in words for key in deletion_keys(word)})
    return SearchTerm.objects.filter(keys__overlap=keys) if keys else SearchTerm.objects.none()


def _nearest(word: Word, terms: list[SearchTerm]) -> Word:
    near = [term for term in terms if is_one_step(word.plain, term.word)]
    if not near or len(word.plain) < SHORTEST or not word.plain.isalpha():
        return word
    # The first letter is the one least often mistyped.
    best = max(near, key=lambda term: (term.word[0] == word.plain[0], term.uses, term.word))
    return words_of(best.display or best.word)[0]
