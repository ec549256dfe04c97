"""The one place that writes search entries and the words of the market."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from catalog import labels
from catalog.models import Category, Product, SearchEntry, SearchTerm, Stock, Variant
from catalog.selectors.spelling import SHORTEST, deletion_keys
from catalog.services.counts import Place, Shown, change_counts, places
from catalog.services.entries import (
    RECIPE,
    CategorySource,
    Entry,
    EntrySource,
    UnitSource,
    VendorSource,
    make_entry,
)
from core import clock, versions
from core.models import PictureState
from vendors.models import Paper, PaperState, Vendor

# Badges of papers that ended longer ago were taken off by earlier runs.
LOOK_BACK = timedelta(days=45)
BEFORE = """
SELECT tsvector_to_array(words), category_ids, grade, badges, ward_code, vendor_kind, price_vnd,
    in_stock
FROM catalog_searchentry WHERE product_id = %s
"""
# Words are counted one transaction at a time: shared rows in two orders would deadlock.
WORDS_LOCK = 7_301
ADD_TERM = """
INSERT INTO catalog_searchterm (word, display, uses, keys) VALUES (%s, %s, 1, %s)
ON CONFLICT (word) DO UPDATE SET uses = catalog_searchterm.uses + 1,
    display = COALESCE(NULLIF(catalog_searchterm.display, ''), EXCLUDED.display)
"""


def index_product(product_id: int) -> None:
    """Write the product's search entry, or remove it when the product isn't public.

    Bumps the version of the product and of the catalogue, so that no cached page outlives the
    change; where nothing public was or is, nothing is bumped. Locks the product's row. Twice is
    safe. Unknown ids are ignored: a subscriber may come late.
    """
    with transaction.atomic():
        product = (
            Product.objects.select_for_update(of=("self",))
            .select_related("vendor")
            .filter(pk=product_id)
            .first()
        )
        if product is None:
            return
        words, counted = _indexed(product_id)
        entry = _entry_of(product)
        if entry is None and not counted:
            return
        Product.objects.filter(pk=product_id).update(version=F("version") + 1, changed_at=Now())
        if entry is None:
            SearchEntry.objects.filter(pk=product_id).delete()
        else:
            _write(entry)
        _change_terms(words, entry.terms if entry else {})
        change_counts(counted, places(entry) if entry else frozenset())
        versions.bump_catalog()


def index_vendor(vendor_id: int) -> None:
    """Index every product of a vendor again: it was approved, suspended or renamed."""
    with transaction.atomic():
        for pk in Product.objects.filter(vendor_id=vendor_id).order_by("pk").values_list("pk"):
            index_product(pk[0])
        versions.bump_catalog()


def index_outdated(*, at_most: int = 500) -> int:
    """Index goods again whose entries an older program made; how many. Twice is safe."""
    outdated = SearchEntry.objects.filter(recipe__lt=RECIPE).order_by("pk").values_list("pk")
    found = [pk for (pk,) in outdated[:at_most]]
    for product_id in found:
        index_product(product_id)
    return len(found)


def index_expired() -> int:
    """Index goods again whose badges no longer fit their papers; how many. Twice is safe."""
    today = clock.today()
    ended = Paper.objects.filter(
        products__search_entry__isnull=False,
        kind__in=labels.BADGE_KINDS,
        valid_to__lt=today,
        valid_to__gte=today - LOOK_BACK,
    )
    products = Product.objects.filter(papers__in=ended).distinct().prefetch_related("papers")
    shown = dict(
        SearchEntry.objects.filter(product__in=products).values_list("product_id", "badges")
    )
    changed = [
        product.pk for product in products if set(shown[product.pk]) != set(_badges(product))
    ]
    for product_id in changed:
        index_product(product_id)
    return len(changed)


def on_stock_turned(key: str, payload: dict[str, Any]) -> None:
    """Tell the lists when goods sell out or come back; other changes of stock don't show there."""
    product_id = (
        Variant.objects.filter(pk=payload["variant_id"])
        .values_list("product_id", flat=True)
        .first()
    )
    if product_id is None:
        return
    shown = SearchEntry.objects.filter(pk=product_id).values_list("in_stock", flat=True).first()
    if shown is not None and shown != _units(product_id).filter(on_hand__gt=F("held")).exists():
        index_product(product_id)


def on_picture_ready(key: str, payload: dict[str, Any]) -> None:
    """Goods and reviews show a picture from when it can be shown; twice is safe."""
    shown = Q(pictures__picture=payload["picture_id"])
    reviewed = Q(reviews__photos__picture=payload["picture_id"])
    found = Product.objects.filter(shown | reviewed).distinct().order_by("pk")
    for product_id in found.values_list("pk", flat=True):
        index_product(product_id)


def on_vendor_decided(key: str, payload: dict[str, Any]) -> None:
    """A vendor's goods appear and vanish with its approval."""
    index_vendor(payload["vendor_id"])


def _indexed(product_id: int) -> tuple[set[str], frozenset[Place]]:
    """The words and places under which the product stands now; none when it has no entry."""
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, [product_id])
        row = cursor.fetchone()
    if row is None:
        return set(), frozenset()
    words, *shown = row
    return {word for word in words if word.isalpha()}, places(Shown(*shown))


def _entry_of(product: Product) -> Entry | None:
    units = tuple(_unit(stock) for stock in _units(product.pk).select_related("variant"))
    if not units or not Product.objects.public().filter(pk=product.pk).exists():
        return None
    picture = product.pictures.filter(picture__state=PictureState.READY).first()
    source = EntrySource(
        product_id=product.pk,
        version=product.version + 1,
        name_vi=product.name_vi,
        name_en=product.name_en,
        summary_vi=product.summary_vi,
        summary_en=product.summary_en,
        slug=product.slug,
        grade=product.grade,
        published_at=product.published_at or clock.now(),
        rating_sum=product.rating_sum,
        rating_count=product.rating_count,
        sold_count=product.sold_count,
        picture=picture.picture.token if picture else "",
        badges=_badges(product),
        units=units,
        vendor=vendor_source(product.vendor),
        category=category_source(product.category_id),
    )
    return make_entry(source)


def _units(product_id: int) -> QuerySet[Stock]:
    return Stock.objects.filter(
        variant__product_id=product_id, variant__archived_at__isnull=True
    ).order_by("variant__position", "variant_id")


def _unit(stock: Stock) -> UnitSource:
    variant = stock.variant
    return UnitSource(
        name_vi=variant.name_vi,
        name_en=variant.name_en,
        sku=variant.sku,
        net_grams=variant.net_grams,
        price_vnd=variant.price_vnd,
        available=stock.available,
    )


def _badges(product: Product) -> tuple[str, ...]:
    papers = product.papers.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()),
        state=PaperState.ACCEPTED,
        archived_at__isnull=True,
    )
    return badges_of(papers)


def badges_of(papers: Iterable[Paper]) -> tuple[str, ...]:
    """The badges that these papers earn, each once."""
    found = {labels.badge_of(paper.kind, paper.stars) for paper in papers}
    return tuple(sorted(found - {""}))


def vendor_source(vendor: Vendor) -> VendorSource:
    return VendorSource(
        id=vendor.pk,
        slug=vendor.slug,
        name=vendor.name,
        name_en=vendor.name_en,
        label=vendor.label,
        kind=vendor.kind,
        ward_code=vendor.ward_code,
    )


def category_source(category_id: int) -> CategorySource:
    path = Category.objects.values_list("path", flat=True).get(pk=category_id)
    ids = tuple(int(step) for step in path.strip("/").split("/"))
    rows = Category.objects.in_bulk(ids)
    names = tuple(name for pk in ids for name in (rows[pk].name_vi, rows[pk].name_en))
    return CategorySource(ids=ids, names=names)


def _write(entry: Entry) -> None:
    columns = {name: value for name, value in asdict(entry).items() if name != "terms"}
    SearchEntry.objects.update_or_create(product_id=columns.pop("product_id"), defaults=columns)


def _change_terms(before: set[str], after: Mapping[str, str]) -> None:
    added = [(word, after[word], term_keys(word)) for word in sorted(set(after) - before)]
    gone = sorted(before - set(after))
    if not added and not gone:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WORDS_LOCK])
        if added:
            cursor.executemany(ADD_TERM, added)
    SearchTerm.objects.filter(word__in=gone).update(uses=F("uses") - 1)
    SearchTerm.objects.filter(word__in=gone, uses__lte=0).delete()


def term_keys(word: str) -> list[str]:
    """Short words get no keys: almost every typing error turns them into another word."""
    return deletion_keys(word) if len(word) >= SHORTEST else [word]
