"""What list and product pages are made of. Plain data: no query hides behind an attribute."""

from dataclasses import dataclass, field
from datetime import date, datetime

SORTS = ("popular", "new", "price", "-price", "name")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list page asks for; every field is already checked and bounded."""

    category_id: int | None = None
    vendor_id: int | None = None
    text: str = ""
    grades: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()
    vendor_kinds: tuple[str, ...] = ()
    price_steps: tuple[str, ...] = ()  # see `catalog.prices`
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool = False
    sort: str = "popular"
    page: int = 1
    per_page: int = 24


@dataclass(frozen=True, slots=True)
class Card:
    """One product on a list page. `data` is the stored card (see `catalog.services.indexing`):
    keys name_vi, name_en, slug, vendor, vendor_slug, vendor_id, ward_vi, ward_en, price_vnd,
    price_max_vnd, unit_vi, unit_en (the sale unit, "gói 500 g"), per_kg_vnd, badge_vi, badge_en,
    badge_tone ("gold" | "leaf" | ""), picture (token or ""), rating (0-50, tenths), ratings,
    in_stock."""

    product_id: int
    version: int
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a facet with the number of goods it would leave."""

    value: str
    label_vi: str
    label_en: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow a list; `name` is one of `catalog.selectors.matching.FACETS`."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of cards with its totals; `corrected` is set when a typing error was forgiven,
    `is_partial` when no goods have all the words and these have some."""

    cards: tuple[Card, ...]
    total: int
    page: int
    pages: int
    facets: tuple[Facet, ...] = ()
    corrected: str = ""
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """A category with what hangs below it; `count` is the public goods in its whole subtree."""

    id: int
    slug: str
    name_vi: str
    name_en: str
    commodity: str
    count: int
    parent_id: int | None
    children: tuple["CategoryNode", ...] = ()
    slug_en: str = ""  # its address in English; `slug` where empty


@dataclass(frozen=True, slots=True)
class VariantView:
    """A sale unit as the product page shows it (stock left is shown by the live fragment)."""

    id: int
    name_vi: str
    name_en: str
    sku: str
    net_grams: int
    gross_grams: int
    price_vnd: int
    per_kg_vnd: int


@dataclass(frozen=True, slots=True)
class PaperView:
    """A checked paper whose end date hasn't passed."""

    kind: str
    label_vi: str
    label_en: str
    issuer: str
    number: str
    stars: int | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review as everybody sees it; a removed one has only its reason."""

    id: int
    author: str
    rating: int
    text: str
    answer: str
    at: datetime
    removed_reason: str
    photos: tuple[str, ...] = ()  # picture tokens
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A public question, perhaps not answered yet; a removed one has only its reason."""

    id: int
    author: str
    language: str
    text: str
    at: datetime
    answer: str
    removed_reason: str


@dataclass(frozen=True, slots=True)
class VendorFacts:
    """What a vendor's record says; None where there is too little of it."""

    since: date
    rating_tenths: int
    ratings: int
    answer_minutes: int | None  # the median
    answered_percent: int | None


@dataclass(frozen=True, slots=True)
class VendorView:
    id: int
    slug: str
    name: str
    name_en: str
    label: str
    kind: str
    ward_code: str
    ward_vi: str
    ward_en: str
    product_count: int
    street: str = ""
    story_vi: str = ""
    story_en: str = ""


@dataclass(frozen=True, slots=True)
class VendorPage:
    """A page of vendors in alphabetical order."""

    vendors: tuple[VendorView, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ProductPage:
    """All that the public product page shows; the same for everybody."""

    id: int
    version: int
    slug: str
    name_vi: str
    name_en: str
    summary_vi: str
    summary_en: str
    description_vi: str
    description_en: str
    grade: str
    specs: tuple[dict[str, str], ...]
    pictures: tuple[str, ...]  # picture tokens, in order
    variants: tuple[VariantView, ...]
    papers: tuple[PaperView, ...]
    vendor: VendorView
    trail: tuple[CategoryNode, ...]  # from the root to the product's category, without children
    rating_tenths: int
    rating_count: int
    reviews: tuple[ReviewView, ...]  # the newest ones
    stars: tuple[int, ...]  # how many gave five stars, four, … one
    review_count: int
    questions: tuple[QuestionView, ...]  # the newest ones
    question_count: int
    facts: VendorFacts
    similar: tuple[Card, ...] = field(default=())
    in_stock: bool = True  # whether any pack is left, as lists say it
