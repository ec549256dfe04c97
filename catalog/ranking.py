"""How goods are ranked, all of it: what the page "Cách xếp hạng hàng hoá" tells is read from here.

1. Where the searched words stand decides first (BUCKETS, the best first).
2. Inside a bucket, and on pages without a search, goods that many people bought and liked come
   first; what is sold out comes last.
Nobody can pay for a place, and nothing about the person who looks plays a part.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.words import SHORTEST_LONE_PREFIX, Word

# Where a word stands: the weight it gets in the index.
NAME, AROUND, SUMMARY = "A", "B", "C"
WEIGHTS = {
    NAME: ("name_vi", "name_en"),
    AROUND: ("vendor", "ward", "grade", "sku", "category", "synonyms"),
    SUMMARY: ("summary_vi", "summary_en", "variants"),
}
BUCKETS = (
    "the name begins with the words (in English: ends with them, before a comma)",
    "the words stand side by side in the name",
    "in the name",
    "anywhere in the entry",
)
# Signs that stand before a Vietnamese name and after the head of an English one in the index.
BEGIN, END = "^", "$"

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
    """One search as PostgreSQL `tsquery` texts, one per bucket, each a subset of the next."""

    is_name: str
    side_by_side: str
    in_name: str
    anywhere: str

    @property
    def buckets(self) -> tuple[str, ...]:
        return (self.is_name, self.side_by_side, self.in_name, self.anywhere)


def text_query(words: Sequence[Word]) -> TextQuery | None:
    """The search for these words; None without a word. The last word may be unfinished."""
    if not words:
        return None
    last = "*" if len(words) > 1 or len(words[-1].plain) >= SHORTEST_LONE_PREFIX else ""
    ends = [""] * (len(words) - 1) + [last]
    phrase = " <-> ".join(f"'{word.spelled or word.plain}':{NAME}" for word in words)
    return TextQuery(
        is_name=f"('{BEGIN}' <-> {phrase}) | ({phrase} <-> '{END}')",
        side_by_side=phrase,
        in_name=" & ".join(
            f"'{word.plain}':{end}{NAME}" for word, end in zip(words, ends, strict=True)
        ),
        anywhere=" & ".join(
            f"'{word.plain}'" + (f":{end}" if end else "")
            for word, end in zip(words, ends, strict=True)
        ),
    )
