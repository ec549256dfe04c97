"""The walk "Buy" stays short: what `place_purchase` runs through, counted (design, "Buy")."""

import ast
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from orders.services.invoices import Invoice
from orders.services.place import place_purchase
from tests.making import make_cart, make_placement, make_variant
from tests.promotions.making import make_voucher
from vendors.models import Vendor

ROOT = Path(__file__).resolve().parents[2]
MOST_FILES, MOST_FUNCTIONS, MOST_LINES = 12, 60, 40
# What a voucher, a chosen way, a note and invoice data may add when they are used at all.
MOST_FILES_MORE, MOST_FUNCTIONS_MORE = 5, 25


def is_ours(path: str) -> bool:
    relative = path.removeprefix(f"{ROOT}/")
    if relative == path or relative.startswith((".venv", "tests", "var")):
        return False
    parts = Path(relative).with_suffix("").parts
    return "models" not in parts and "middleware" not in parts


def run_counted(vendors: list[Vendor], **wishes: Any) -> set[tuple[str, str, int]]:
    """(file, function, first line) of our own code that one placing runs, warm."""
    cart = make_cart({make_variant(vendor): 1 for vendor in vendors})
    placement = make_placement(cart, **wishes)
    seen: set[tuple[str, str, int]] = set()

    def watch(frame: FrameType, event: str, argument: object) -> None:
        code = frame.f_code
        if event == "call" and is_ours(code.co_filename) and not code.co_name.startswith("<"):
            seen.add((code.co_filename, code.co_name, code.co_firstlineno))

    sys.setprofile(watch)
    try:
        place_purchase(placement)
    finally:
        sys.setprofile(None)
    return seen


def run_with_everything(vendors: list[Vendor]) -> set[tuple[str, str, int]]:
    """The same with a voucher, a chosen way, a note and invoice data."""
    code = make_voucher(vendors[0]).code
    return run_counted(
        vendors,
        vouchers=(code,),
        services={vendors[0].pk: "standard"},
        notes={vendors[0].pk: "x"},
        invoice=Invoice("0100233488", "An", "1", "an@an.vn", agreed=True),
        shown_total_vnd=234_000,
    )


def longest(path: str) -> int:
    tree = ast.parse(Path(path).read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return max((node.end_lineno or 0) - node.lineno + 1 for node in functions)


def test_place_purchase_is_short(an: Vendor, binh: Vendor) -> None:
    run_counted([an, binh])
    seen = run_counted([an, binh])
    files = {path for path, _, _ in seen}
    assert len(files) <= MOST_FILES, sorted(files)
    assert len(seen) <= MOST_FUNCTIONS
    assert max(longest(path) for path in files) <= MOST_LINES


def test_each_choice_lengthens_the_walk_by_its_own_functions(an: Vendor, binh: Vendor) -> None:
    run_with_everything([an, binh])
    plain, full = run_counted([an, binh]), run_with_everything([an, binh])
    files = {path for path, _, _ in full} - {path for path, _, _ in plain}
    assert len(files) <= MOST_FILES_MORE, sorted(files)
    assert len(full - plain) <= MOST_FUNCTIONS_MORE
    assert max(longest(path) for path, _, _ in full) <= MOST_LINES
