"""How goods are ranked, all of it: what the page "Cách xếp hạng hàng hoá" tells is read from here.

1. Where the searched words stand decides first (BUCKETS, the best first).
2. Inside a bucket, and on pages without a search, goods that many people bought and liked come
   first; what is sold out comes last.
Nobody can pay for a place, and nothing about the person who looks plays a part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog.words import SHORTEST_LONE_PREFIX, Word

BUCKETS = (
    "the name begins with the words (in English: ends with them, before a comma)",
    "the words stand side by side in the name, or in another name of such goods",
    "in the name, or in another name of such goods",
    "anywhere: names, vendor, ward, grade, code, category, summary, packs",
)

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
    side_by_side: str
    in_name: str
    anywhere: str

    @property
    def buckets(self) -> tuple[str, ...]:
        return (self.is_name, self.side_by_side, self.in_name, self.anywhere)


def name_lexemes(words: Sequence[Word]) -> Iterator[str]:
    """What a name adds to the index for the first three buckets; marks as typed and without."""
    for spell in (plain, spelled):
        forms = [spell(word) for word in words]
        yield from (f"={form}" for form in forms)
        yield from (f"{first}_{second}" for first, second in pairwise(forms))


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
    """The search for these words; None without a word. The last word may be unfinished."""
    if not words:
        return None
    forms = [spelled(word) for word in words]
    pairs = [f"'{first}_{second}'" for first, second in pairwise(forms)]
    side_by_side = pairs or [f"'={forms[0]}'"]
    begins = " & ".join([f"'^{'_'.join(forms[:2])}'", *pairs[1:]])
    ends = " & ".join([*pairs[:-1], f"'{'_'.join(forms[-2:])}$'"])
    last = ":*" if len(words) > 1 or len(words[-1].plain) >= SHORTEST_LONE_PREFIX else ""
    tails = [""] * (len(words) - 1) + [last]
    return TextQuery(
        is_name=f"({begins}) | ({ends})",
        side_by_side=" & ".join(side_by_side),
        in_name=" & ".join(
            f"'={word.plain}'{tail}" for word, tail in zip(words, tails, strict=True)
        ),
        anywhere=" & ".join(
            f"'{word.plain}'{tail}" for word, tail in zip(words, tails, strict=True)
        ),
    )
