"""Goods to buy, a Valkey that may be broken, and a line for the table of `make faults`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.servers import Server, own_valkey
from tests.races.conftest import MakeGoods, books, make_goods

__all__ = ["MakeGoods", "books", "make_goods"]
Tell = Callable[[str, str, str], None]


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Server]:
    with own_valkey(tmp_path / "servers") as server:
        yield server


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Called with the rule's number, what was done and the figures; `bench.faults` reads it."""

    def say(rule: str, done: str, figures: str) -> None:
        for name, said in (("rule", rule), ("done", done), ("figures", figures)):
            record_property(name, said)

    return say
