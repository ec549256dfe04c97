"""Runs things at the same moment, and says how each of them ended."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

from core.errors import DomainError

T = TypeVar("T")


def all_at_once(works: Sequence[Callable[[], T]]) -> list[T | DomainError]:
    """One thread per work; none begins before all are there. A rule's refusal is a result, any
    other error is raised."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], T]) -> T | DomainError:
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return work()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def many_at_once(works: Sequence[Callable[[], T]], *, crowd: int) -> list[T]:
    """`crowd` threads take the works in turn: that many are on their way at any moment. They
    touch no database."""
    with ThreadPoolExecutor(crowd) as pool:
        return list(pool.map(lambda work: work(), works))
