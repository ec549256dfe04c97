"""The order in which the demo market is made: all of it, or nothing."""

import random
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from catalog.models import SearchEntry
from core import clock, versions
from marketplace import demo_accounts
from marketplace.seeding import (
    aftercare,
    album,
    people,
    shelf,
    shopfront,
    trade,
    voices,
    vouchers,
    waiting,
)
from marketplace.seeding.buyers import Fees
from marketplace.seeding.drawing import Recipe, Small, drawing
from marketplace.seeding.sheets import Making, Sheets
from vendors.models import Vendor

# From here on, indexes are made after the rows.
BULK = 5_000
BUSY = 14
Report = Callable[[str, str], None]  # Vietnamese, English
Draw = Callable[[list[Recipe]], AbstractContextManager[list["Future[Small]"]]]


@dataclass(frozen=True, slots=True)
class Size:
    """How large the market shall be, and the seed that decides everything else."""

    vendors: int = 99
    products: int = 390
    orders: int = 2_400
    seed: int = 7


def is_empty() -> bool:
    return not Vendor.objects.exists()


def make_market(size: Size, report: Report, *, draw: Draw = drawing) -> None:
    """Fill an empty database in one transaction: killed at any moment, it leaves no row.

    Files are named by the seed, so that a second run replaces what a killed one left. Pictures are
    drawn on all processors meanwhile.
    """
    now = clock.now().replace(microsecond=0)
    chance = random.Random(size.seed)  # noqa: S311 no secret
    making = Making(Sheets(), chance, now, make_password(demo_accounts.PASSWORD))
    with transaction.atomic():
        _prepare(making.sheets, is_bulk=size.products > BULK)
        report(f"{size.vendors} gian hàng", f"{size.vendors} vendors")
        crowd = people.make_people(making, count=size.vendors)
        categories = shelf.make_categories(making.sheets)
        report(f"{size.products} sản phẩm", f"{size.products} products")
        items = shelf.make_items(making, count=size.products, people=crowd, categories=categories)
        making.sheets.copy()
        pictures = album.Album(items, seed=size.seed)
        with draw(pictures.recipes) as drawn:
            _trade(making, items, crowd, size.orders, report)
            report("Mục lục tìm kiếm", "search entries")
            shopfront.write_figures(items)
            shopfront.write_entries(items, categories, pictures)
            pictures.write(making, drawn, _bar(len(drawn), "bức ảnh", "pictures", report))
        making.sheets.finish()
        waiting.add_waiting(making)
        voices.add_voices(making)
        vouchers.add_vouchers(making)
        aftercare.add_aftercare(making)
        if size.products > BULK:
            _index(report)
        versions.bump_catalog()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _prepare(sheets: Sheets, *, is_bulk: bool) -> None:
    for part in (people, shelf, album, trade):
        part.open_sheets(sheets)
    with connection.cursor() as cursor:
        # Checked per copy: a million waiting checks would fill the memory.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    if is_bulk:
        with connection.schema_editor(atomic=False) as editor:
            for index in SearchEntry._meta.indexes:
                editor.remove_index(SearchEntry, index)


def _index(report: Report) -> None:
    report("Lập chỉ mục", "building indexes")
    with connection.schema_editor(atomic=False) as editor:
        for index in SearchEntry._meta.indexes:
            editor.add_index(SearchEntry, index)


def _trade(
    making: Making,
    items: list[shelf.Item],
    crowd: people.People,
    count: int,
    report: Report,
) -> None:
    fees = Fees()
    fees.write(making.sheets)
    made = trade.Trade(making, items, crowd, fees)
    made.run(count, _bar(count, "đơn hàng", "orders", report))
    made.keep_busy([seller.source.id for seller in crowd.sellers[:2]], BUSY)
    trade.stock_up(making, items)
    making.sheets.copy()


def _bar(whole: int, vi: str, en: str, report: Report) -> Callable[[int], None]:
    """Reports each tenth of a long step."""
    last = 0

    def progress(made: int) -> None:
        nonlocal last
        tenths = made * 10 // whole
        if tenths > last:
            last = tenths
            bar = "█" * tenths + "░" * (10 - tenths)
            report(f"{bar} {made} {vi}", f"{made} {en}")

    return progress
