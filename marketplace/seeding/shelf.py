"""The demo's goods: who offers what, under which name, in which packs, with which papers."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalog.models import Category, Product, ProductDecision, Variant
from catalog.services.entries import CategorySource
from marketplace.seeding import prose, texts
from marketplace.seeding.people import People, Seller, add_paper
from marketplace.seeding.sheets import Making, Sheets
from vietnam.text import slugify

# How likely a good carries one of the badges it could have.
BADGE_CHANCE = 0.62
NEW_SHARE = 0.1  # goods of the last weeks that nobody has bought yet
Offer = tuple[texts.Good, Seller]
OCOP_STARS = (3, 3, 3, 3, 4, 4, 4, 5)
# A vendor's own field first; these may also carry goods of the others.
NEIGHBOURS = {
    "dried": ("fruit", "special", "turmeric"),
    "turmeric": ("dried", "honey", "special"),
    "special": ("dried", "pepper", "cashew"),
    "honey": ("cashew", "coffee"),
    "coffee": ("pepper", "fruit"),
    "fruit": ("dried",),
    "pepper": ("coffee", "cashew"),
    "cashew": ("honey", "pepper"),
    "rubber": (),
}


@dataclass(slots=True)
class Unit:
    """A variant while the market is made; `weight` says how often it is bought."""

    id: int
    vi: str
    en: str
    sku: str
    grams: int
    gross: int
    price: int
    weight: float
    shipped: int = 0
    held: int = 0
    left: int = 0


@dataclass(slots=True)
class Item:
    """A product while the market is made."""

    id: int
    seller: Seller
    good: texts.Good
    grade: texts.Grade
    name: texts.Pair
    summary: texts.Pair
    slug: str
    title: str
    published_at: datetime
    units: list[Unit]
    badges: tuple[str, ...]
    weight: float
    sold: int = 0
    rating_sum: int = 0
    rating_count: int = 0
    version: int = 1


def open_sheets(sheets: Sheets) -> None:
    sheets.open(
        Category, "id", "parent_id", "path", "slug", "slug_en", "name_vi", "name_en", "commodity",
        "grades", "position",
    )  # fmt: skip
    sheets.open(
        Product, "id", "vendor_id", "category_id", "slug", "name_vi", "name_en", "summary_vi",
        "summary_en", "description_vi", "description_en", "grade", "specs", "state",
        "change_reasons", "takedown_reason", "version", "rating_sum", "rating_count", "sold_count",
        "created_at", "submitted_at", "published_at",
    )  # fmt: skip
    sheets.open(
        ProductDecision, "id", "product_id", "at", "actor_id", "from_state", "to_state", "reasons",
        "note",
    )  # fmt: skip
    sheets.open(
        Variant, "id", "product_id", "name_vi", "name_en", "sku", "net_grams", "gross_grams",
        "price_vnd", "position", "created_at",
    )  # fmt: skip
    sheets.open(Product.papers.through, "id", "product_id", "paper_id")


def make_categories(sheets: Sheets) -> dict[str, CategorySource]:
    """The category tree; slug -> ids and names from the root."""
    made: dict[str, CategorySource] = {"": CategorySource((), ())}
    for position, node in enumerate(texts.nodes()):
        above = made[node.parent]
        key = sheets.key(Category)
        ids = (*above.ids, key)
        made[node.slug] = CategorySource(ids, (*above.names, *node.name))
        sheets.add(
            Category, key, above.ids[-1] if above.ids else None,
            "".join(f"{step:04d}/" for step in ids), node.slug, slugify(node.name[1]),
            *node.name, node.commodity, json.dumps(node.grades), position,
        )  # fmt: skip
    return made


def make_items(
    making: Making, *, count: int, people: People, categories: dict[str, CategorySource]
) -> list[Item]:
    """`count` live products over all vendors, with packs, papers and decisions."""
    turn: Counter[tuple[str, int]] = Counter()
    items: list[Item] = []
    offers = list(_offers(count, people.sellers, making.rng))
    for good, seller in _shared(offers, people.sellers):
        turn[good.key, seller.source.id] += 1
        item = _item(making, good, seller, turn[good.key, seller.source.id] - 1)
        _write(making, item, categories[good.category].ids[-1], people.staff_id)
        _give_papers(making, item)
        items.append(item)
    return items


def _offers(count: int, sellers: list[Seller], rng: random.Random) -> Iterator[Offer]:
    """Each good as often as its share says, its vendors in turn."""
    every = texts.goods()
    shares = sum(good.share for good in every)
    fitting = {good.key: _fitting(good, sellers, rng) for good in every}
    given = 0
    for position, good in enumerate(every):
        wanted = round(count * sum(one.share for one in every[: position + 1]) / shares)
        for number in range(wanted - given):
            line = fitting[good.key]
            yield good, line[number % len(line)]
        given = wanted


def _shared(offers: list[Offer], sellers: list[Seller]) -> list[Offer]:
    """Who came away with nothing takes a good of its own field over from whoever has most: no shop
    of the demo is empty while there are goods enough."""
    counts = Counter(seller.source.id for _, seller in offers)
    for empty in (seller for seller in sellers if not counts[seller.source.id]):
        fitting = [
            (counts[giver.source.id], -place)
            for place, (good, giver) in enumerate(offers)
            if counts[giver.source.id] > 1 and _suits(good, empty)
        ]
        if fitting:
            place = -max(fitting)[1]
            good, giver = offers[place]
            offers[place] = (good, empty)
            counts.update({empty.source.id: 1, giver.source.id: -1})
    return offers


def _suits(good: texts.Good, seller: Seller) -> bool:
    is_small = seller.source.kind == "household"
    return seller.commodity == texts.commodity_of(good.category) and not (
        is_small and _is_bulk(good)
    )


def _is_bulk(good: texts.Good) -> bool:
    return max(unit.grams for unit in good.units) >= 20_000


def _fitting(good: texts.Good, sellers: list[Seller], rng: random.Random) -> list[Seller]:
    """Who could offer a good: those of its own field first, each group in its own order."""
    commodity = texts.commodity_of(good.category)
    own = [seller for seller in sellers if seller.commodity == commodity]
    near = [seller for seller in sellers if commodity in NEIGHBOURS[seller.commodity]]
    if _is_bulk(good):
        own = [seller for seller in own if seller.source.kind != "household"] or own
        near = []
    rng.shuffle(own)
    rng.shuffle(near)
    return own + near[: max(0, 6 - len(own))] or list(sellers)


def _item(making: Making, good: texts.Good, seller: Seller, turn: int) -> Item:
    rng = making.rng
    start = rng.randrange(1000)
    grade = good.grades[(start + turn) % len(good.grades)]
    quality = good.qualities[(start // 7 + turn) % len(good.qualities)]
    name = _name(good, grade, quality, seller.place)
    slug = slugify(name[0])[:120].strip("-")
    is_new = rng.random() < NEW_SHARE
    weight = 1e-9 if is_new else 1 / (1 + rng.paretovariate(0.9) * rng.random() * 6)
    days = rng.uniform(1, 25) if is_new else rng.uniform(96, 168)
    item = Item(
        id=making.sheets.key(Product),
        seller=seller,
        good=good,
        grade=grade,
        name=name,
        summary=prose.fill_grade(rng.choice(good.summaries), grade),
        slug=slug,
        title=good.title.format(grade=grade.code or "").strip(),
        published_at=making.now - timedelta(days=days),
        units=[],
        badges=(),
        weight=weight,
    )
    item.units = _units(making, item)
    return item


def _name(good: texts.Good, grade: texts.Grade, quality: texts.Pair, place: str) -> texts.Pair:
    vi, en = (text.format(grade=grade.code) for text in good.name)
    is_told = "{grade}" in good.name[0] or grade.code.startswith("TCVN")
    if grade.code and not is_told:
        vi, en = f"{vi} {grade.code}", f"{en} {grade.code}"
    if quality[0] and quality[0] not in vi:
        vi, en = f"{vi} {quality[0]}", f"{en}, {quality[1]}"
    if good.has_place:
        vi, en = f"{vi} {place}", f"{en}, {place}"
    return vi, en


def _units(making: Making, item: Item) -> list[Unit]:
    low, high = item.good.price_kg
    per_kg = making.rng.uniform(low, high) * item.grade.factor
    made: list[Unit] = []
    for kind in item.good.units:
        price = _round(per_kg * kind.grams / 1000 * kind.factor)
        made.append(
            Unit(
                id=making.sheets.key(Variant),
                vi=kind.vi,
                en=kind.en,
                sku=f"{item.id}-{kind.code}",
                grams=kind.grams,
                gross=kind.grams + max(20, kind.grams // 20),
                price=price,
                weight=item.weight * min(1.0, 400_000 / price),
            )
        )
    return made


def _round(price: float) -> int:
    """As shops write prices: whole thousands, below 100,000 ₫ half ones too."""
    step = 500 if price < 100_000 else 1_000 if price < 5_000_000 else 10_000
    return max(step, round(price / step) * step)


def _write(making: Making, item: Item, category_id: int, staff_id: int) -> None:
    sheets, made = making.sheets, item.published_at - timedelta(days=3)
    submitted = item.published_at - timedelta(days=1)
    description = prose.description(item.good, item.grade, item.seller, making.rng)
    specs = json.dumps(prose.specs(item.good, item.grade, number=item.id))
    sheets.add(
        Product, item.id, item.seller.source.id, category_id, item.slug, *item.name,
        *item.summary, *description, item.grade.code, specs, "live", "{}", "", 1, 0, 0, 0, made,
        submitted, item.published_at,
    )  # fmt: skip
    for position, unit in enumerate(item.units):
        sheets.add(
            Variant, unit.id, item.id, unit.vi, unit.en, unit.sku, unit.grams, unit.gross,
            unit.price, position, made,
        )  # fmt: skip
    for at, actor, before, after in (
        (submitted, item.seller.owner_id, "draft", "submitted"),
        (item.published_at, staff_id, "submitted", "live"),
    ):
        key = sheets.key(ProductDecision)
        sheets.add(ProductDecision, key, item.id, at, actor, before, after, "{}", "")


def _give_papers(making: Making, item: Item) -> None:
    """Perhaps one badge, with its paper; a few end soon, a few ended: their badge is gone."""
    sheets, rng, today = making.sheets, making.rng, making.now.date()
    if not item.good.badges or rng.random() > BADGE_CHANCE:
        return
    kind = rng.choice(item.good.badges)
    stars = rng.choice(OCOP_STARS) if kind == "ocop" else None
    shared = item.seller.papers.get(kind)
    luck = rng.random()
    ends = today + timedelta(days=rng.randint(3, 20)) if luck < 0.04 else None
    if luck > 0.98:
        ends = today - timedelta(days=rng.randint(1, 9))
    if shared is None or kind == "ocop":
        title = item.name[0] if kind == "ocop" else ""
        shared = add_paper(making, item.seller, (kind, stars), title=title, valid_to=ends)
        if kind != "ocop" and luck <= 0.98:
            item.seller.papers[kind] = shared
    else:
        ends = None
    through = Product.papers.through
    sheets.add(through, sheets.key(through), item.id, shared)
    if ends is None or ends >= today:
        item.badges = (f"ocop-{stars}" if kind == "ocop" else kind,)
