"""How goods are ranked, all of it: what the page "Cách xếp hạng hàng hoá" tells is read from here.

1. Where the searched words stand decides first (BUCKETS, the best first).
2. Inside a bucket, and on pages without a search, goods that many people bought and liked come
   first; what is sold out comes last.
Nobody can pay for a place, and nothing about the person who looks plays a part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from django.utils.translation import gettext_lazy as _

from catalog.words import (
    SHORTEST_LONE_PREFIX,
    Word,
    amount_at_end,
    is_amount,
    is_unit,
    without_amounts,
    without_stop_words,
)

BUCKETS = (
    _(
        "The name begins with your words (in English: ends with them, before a comma), or a checked"
        " paper is called so."
    ),
    _("Your words are the name of that kind of goods, or another name of it."),
    _(
        "Your words stand side by side in the name, in another name of such goods, or in the name"
        " of the vendor or the ward. The last word may be half typed."
    ),
    _("Your words are in the name, or in another name of such goods."),
    _(
        "Your words stand anywhere: name, vendor, ward, former district, grade, item code, papers,"
        " kind of goods, summary, packs."
    ),
)

# Where no goods have all the words: those with at least half of them in their names, most first.
# Longer searches are cut here, or the ways to leave words out would grow without end.
MOST_LOOSE_WORDS = 6

# Popularity: one sold unit counts 1; each review counts by its stars beyond 2.
POINTS_PER_SALE = 1
POINTS_PER_STAR_OVER_TWO = 3
SOLD_OUT = -1_000_000


def popularity(*, sold: int, rating_sum: int, ratings: int, in_stock: bool) -> int:
    """The number that goods are ordered by within a bucket."""
    liked = POINTS_PER_STAR_OVER_TWO * (rating_sum - 2 * ratings)
    return POINTS_PER_SALE * sold + liked + (0 if in_stock else SOLD_OUT)


@dataclass(frozen=True, slots=True)
class TextQuery:
    """One search as PostgreSQL `tsquery` texts, one per bucket, each a subset of the next.

    They ask for whole entries of the index only, never for positions or weights, so the index
    alone answers them and its statistics tell how many there are.
    """

    is_name: str
    is_kind: str
    side_by_side: str
    in_name: str
    anywhere: str

    @property
    def buckets(self) -> tuple[str, ...]:
        return (self.is_name, self.is_kind, self.side_by_side, self.in_name, self.anywhere)


@dataclass(frozen=True, slots=True)
class LooseQuery:
    """A search for goods that have only some of the words; as `TextQuery`, the best first."""

    buckets: tuple[str, ...]

    @property
    def anywhere(self) -> str:
        return self.buckets[-1]


Search = TextQuery | LooseQuery


def loose_query(words: Sequence[Word]) -> LooseQuery | None:
    """Goods with some of these words in their names; None where a part would say too little.

    Words that say nothing and amounts don't count; at least half of the others must be there.
    """
    telling = without_amounts(without_stop_words(list(words)))[:MOST_LOOSE_WORDS]
    names = list(dict.fromkeys(f"'={word.plain}'" for word in telling if len(word.plain) > 1))
    if len(names) < 2:
        return None
    parts: list[str] = []
    buckets: list[str] = []
    for size in range(len(names) - 1, (len(names) - 1) // 2, -1):
        parts += [f"({_and(some)})" for some in combinations(names, size)]
        buckets.append(" | ".join(parts))
    return LooseQuery(tuple(buckets))


def name_lexemes(words: Sequence[Word]) -> Iterator[str]:
    """What a name adds to the index for the first three buckets; marks as typed and without."""
    for spell in (plain, spelled):
        forms = [spell(word) for word in words]
        yield from (f"={form}" for form in forms)
        yield from (f"{first}_{second}" for first, second in pairwise(forms))


def kind_lexemes(words: Sequence[Word]) -> Iterator[str]:
    """What the whole name of a kind of goods adds."""
    return (f"#{'_'.join(spell(word) for word in words)}" for spell in (plain, spelled))


def place_lexemes(words: Sequence[Word]) -> Iterator[str]:
    """What the name of a vendor or a ward adds: its words side by side."""
    return (f"@{first.plain}_{second.plain}" for first, second in pairwise(words))


def first_lexemes(words: Sequence[Word]) -> Iterator[str]:
    """What marks the first word, and the first two, of a Vietnamese name.

    Two words in one entry: the index knows how frequent an entry is, not how often two meet.
    """
    for spell in (plain, spelled):
        forms = [spell(word) for word in words[:2]]
        yield from ("^" + "_".join(forms[:length]) for length in range(1, len(forms) + 1))


def last_lexemes(words: Sequence[Word]) -> Iterator[str]:
    """What marks the last word, and the last two, of the head of an English name."""
    for spell in (plain, spelled):
        forms = [spell(word) for word in words[-2:]]
        yield from ("_".join(forms[start:]) + "$" for start in range(len(forms)))


def plain(word: Word) -> str:
    return word.plain


def spelled(word: Word) -> str:
    return word.spelled or word.plain


def text_query(words: Sequence[Word]) -> TextQuery | None:
    """The search for these words; None without a word. The last word may be unfinished.

    A pack size at the end ("500 g") may stand anywhere, whatever the words before it must fit.
    """
    if not words:
        return None
    goods, amount = amount_at_end(words)
    if goods and amount:
        query, packed = _text_query(goods, ""), _all("", amount)
        return TextQuery(*(f"({bucket}) & {packed}" for bucket in query.buckets))
    return _text_query(words, _tail(words))


def _text_query(words: Sequence[Word], tail: str) -> TextQuery:
    forms = [spelled(word) for word in words]
    pairs = _pairs("", forms)
    begins = _and(_open([f"'^{'_'.join(forms[:2])}'", *pairs[1:]], tail if pairs else ""))
    ends = _and([*pairs[:-1], f"'{'_'.join(forms[-2:])}$'"])
    is_name = f"({begins}) | ({ends})"
    is_kind = f"'#{'_'.join(word.plain for word in words)}'"
    if len(words) == 1:
        is_kind = f"'#{forms[0]}'{tail}"
    beside = f"'={forms[0]}'" if len(words) == 1 else _beside(words, tail)
    in_name = _all("=", words, tail)
    return TextQuery(
        is_name=is_name,
        is_kind=f"{is_name} | {is_kind}",
        side_by_side=f"{beside} | {is_kind}",
        in_name=f"({in_name}) | {beside} | {is_kind}",
        anywhere=_all("", words, tail),
    )


def _tail(words: Sequence[Word]) -> str:
    """What lets the last word go on: nothing behind a lone short word or a unit."""
    is_whole = len(words) == 1 and len(words[0].plain) < SHORTEST_LONE_PREFIX
    return "" if is_whole or is_unit(words, len(words) - 1) else ":*"


def _beside(words: Sequence[Word], tail: str) -> str:
    """The words in pairs in a name, or in the name of a vendor or ward; marks left aside."""
    forms = [word.plain for word in words]
    return " | ".join(f"({_and(_open(_pairs(sign, forms), tail))})" for sign in ("", "@"))


def _pairs(sign: str, forms: Sequence[str]) -> list[str]:
    return [f"'{sign}{first}_{second}'" for first, second in pairwise(forms)]


def _open(pairs: list[str], tail: str) -> list[str]:
    return [*pairs[:-1], f"{pairs[-1]}{tail}"] if pairs else []


def _all(sign: str, words: Sequence[Word], tail: str = "") -> str:
    return _and([f"'{sign}{word.plain}'" for word in words]) + tail


def _and(tests: Sequence[str]) -> str:
    return " & ".join(tests)


def in_names(words: Sequence[Word], *, anywhere: bool) -> str:
    """What a mended search must fit: its words in names, amounts anywhere."""
    signs = ["" if anywhere or is_amount(words, i) else "=" for i in range(len(words))]
    tests = _and([f"'{sign}{word.plain}'" for sign, word in zip(signs, words, strict=True)])
    return f"({tests}) | {_beside(words, '')}" if len(words) > 1 else tests
