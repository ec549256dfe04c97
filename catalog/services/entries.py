"""What a search entry says: made of plain values, for one product or a hundred thousand alike."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from catalog import labels, ranking
from catalog.districts import former_districts, other_spellings
from catalog.selectors.pages import per_kg_vnd, rating_tenths
from catalog.synonyms import names_of_kind, synonyms_for
from catalog.words import singular, words_of
from vietnam.text import sort_key

LONGEST_SORT_KEY = 200
RECIPE = 2  # raise it with every change of what an entry says: the worker then makes all anew


@dataclass(frozen=True, slots=True)
class UnitSource:
    """A sale unit that isn't archived."""

    name_vi: str
    name_en: str
    sku: str
    net_grams: int
    price_vnd: int
    available: int


@dataclass(frozen=True, slots=True)
class VendorSource:
    id: int
    slug: str
    name: str
    name_en: str
    label: str
    kind: str
    ward_code: str


@dataclass(frozen=True, slots=True)
class CategorySource:
    """A product's category: ids from the root, and all names on that way."""

    ids: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntrySource:
    """Everything that a public product's entry is made of; `units` has at least one."""

    product_id: int
    version: int
    name_vi: str
    name_en: str
    summary_vi: str
    summary_en: str
    slug: str
    grade: str
    published_at: datetime
    rating_sum: int
    rating_count: int
    sold_count: int
    picture: str
    badges: tuple[str, ...]
    units: tuple[UnitSource, ...]
    vendor: VendorSource
    category: CategorySource


@dataclass(frozen=True, slots=True)
class Entry:
    """The columns of a search entry, and the words it is found by."""

    product_id: int
    vendor_id: int
    version: int
    recipe: int
    words: str
    category_ids: list[int]
    ward_code: str
    vendor_kind: str
    grade: str
    badges: list[str]
    price_vnd: int
    in_stock: bool
    popularity: int
    published_at: datetime
    sort_name: str
    card: dict[str, object]
    terms: dict[str, str]  # folded word -> as it is spelled


def make_entry(source: EntrySource) -> Entry:
    """The entry of one public product."""
    cheapest = min(source.units, key=lambda unit: unit.price_vnd)
    in_stock = any(unit.available > 0 for unit in source.units)
    lexemes, terms = _lexemes(source)
    return Entry(
        product_id=source.product_id,
        vendor_id=source.vendor.id,
        version=source.version,
        recipe=RECIPE,
        words=" ".join(f"'{lexeme}'" for lexeme in lexemes),
        category_ids=list(source.category.ids),
        ward_code=source.vendor.ward_code,
        vendor_kind=source.vendor.kind,
        grade=source.grade,
        badges=list(source.badges),
        price_vnd=cheapest.price_vnd,
        in_stock=in_stock,
        popularity=ranking.popularity(
            sold=source.sold_count,
            rating_sum=source.rating_sum,
            ratings=source.rating_count,
            in_stock=in_stock,
        ),
        published_at=source.published_at,
        sort_name=sort_key(source.name_vi)[:LONGEST_SORT_KEY],
        card=_card(source, cheapest, in_stock=in_stock),
        terms=terms,
    )


def _card(source: EntrySource, cheapest: UnitSource, *, in_stock: bool) -> dict[str, object]:
    badge = labels.best_badge(source.badges)
    badge_vi, badge_en = labels.badge_label(badge) if badge else ("", "")
    ward_vi, ward_en = labels.ward_label(source.vendor.ward_code)
    return {
        "name_vi": source.name_vi,
        "name_en": source.name_en,
        "slug": source.slug,
        "vendor": source.vendor.label,
        "vendor_slug": source.vendor.slug,
        "vendor_id": source.vendor.id,
        "ward_vi": ward_vi,
        "ward_en": ward_en,
        "price_vnd": cheapest.price_vnd,
        "price_max_vnd": max(unit.price_vnd for unit in source.units),
        "unit_vi": cheapest.name_vi,
        "unit_en": cheapest.name_en or cheapest.name_vi,
        "per_kg_vnd": per_kg_vnd(cheapest.price_vnd, cheapest.net_grams),
        "badge_vi": badge_vi,
        "badge_en": badge_en,
        "badge_tone": labels.badge_tone(badge),
        "picture": source.picture,
        "rating": rating_tenths(source.rating_sum, source.rating_count),
        "ratings": source.rating_count,
        "in_stock": in_stock,
    }


def _lexemes(source: EntrySource) -> tuple[list[str], dict[str, str]]:
    """The index entries of a product, each once, and its plain words with their spelling."""
    names = [source.name_vi, source.name_en]
    papers = [label for badge in source.badges for label in labels.badge_label(badge)]
    kinds = _kinds(source.category.names)
    other_names = synonyms_for([*names, source.grade, *kinds]) + papers
    found: dict[str, None] = {}
    terms: dict[str, str] = {}
    for text in (*names, *other_names, *_texts_around(source)):
        for word in words_of(text):
            found[word.plain] = None
            if word.plain.isalpha() and not terms.get(word.plain):
                terms[word.plain] = word.typed if word.spelled else ""
    for name in (*names, *other_names):
        found.update(_name_lexemes(name))
    for name in (source.name_vi, *papers):
        found.update(dict.fromkeys(ranking.first_lexemes(words_of(name))))
    for kind in (*kinds, *synonyms_for(kinds), *names_of_kind(source.name_vi)):
        found.update(dict.fromkeys(ranking.kind_lexemes(words_of(kind))))
    for place in _places(source.vendor):
        found.update(dict.fromkeys(ranking.place_lexemes(words_of(place))))
    found.update(_head_lexemes(source.name_en))
    return list(found), terms


def _kinds(names: tuple[str, ...]) -> list[str]:
    """The categories that are one kind: "Bưởi, cam, quýt" lends its goods no other names."""
    pairs = zip(names[::2], names[1::2], strict=True)
    return [name for vi, en in pairs if "," not in vi for name in (vi, en)]


def _head_lexemes(name_en: str) -> dict[str, None]:
    """What an English name ends with before a comma; plurals are found as singulars too."""
    found: dict[str, None] = {}
    head = words_of(name_en.partition(",")[0])
    if head:
        found.update(dict.fromkeys(ranking.last_lexemes(head)))
        if one := singular(head[-1]):
            single = [*head[:-1], one]
            found.update(dict.fromkeys(ranking.name_lexemes(single)))
            found.update(dict.fromkeys((one.plain, *ranking.last_lexemes(single))))
    return found


@lru_cache(maxsize=10_000)
def _name_lexemes(name: str) -> dict[str, None]:
    return dict.fromkeys(ranking.name_lexemes(words_of(name)))


def _places(vendor: VendorSource) -> list[str]:
    """Names of who sells and from where."""
    ward = [*labels.ward_label(vendor.ward_code), *other_spellings(vendor.ward_code)]
    return [vendor.name, vendor.label, vendor.name_en, *ward]


def _texts_around(source: EntrySource) -> list[str]:
    """Everything but the names that goods are found by."""
    return [
        *_places(source.vendor),
        *former_districts(source.vendor.ward_code),
        source.grade,
        *(unit.sku for unit in source.units),
        *source.category.names,
        *synonyms_for(source.category.names),
        source.summary_vi,
        source.summary_en,
        *(f"{unit.name_vi} {unit.name_en}" for unit in source.units),
    ]
