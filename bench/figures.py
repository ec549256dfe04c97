"""What was measured, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Load:
    """One run of the load generator; latencies in milliseconds, at saturation."""

    rate: float
    p50: float
    p99: float
    errors: int


@dataclass(frozen=True)
class Measured:
    """A load and what it was put on. `cpu_ms`: what one request (or purchase) cost the cores in
    all parts together, the load generator aside; what else the machine does hardly matters."""

    products: int
    what: str
    load: Load
    cpu_ms: float


@dataclass
class Results:
    """Everything that the table is made of; `queries`, `memory` and `checkouts` by products."""

    seconds: float
    calibrations: list[Measured] = field(default_factory=list)
    measured: list[Measured] = field(default_factory=list)
    queries: dict[int, dict[str, Any]] = field(default_factory=dict)
    memory: dict[int, dict[str, float]] = field(default_factory=dict)
    checkouts: dict[int, dict[str, Any]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def calibration(self) -> float:
        """The rate that all others are told as shares of."""
        return median([one.load for one in self.calibrations]).rate


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest rank; 0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def median(loads: Sequence[Load]) -> Load:
    """The run whose rate is in the middle."""
    return sorted(loads, key=lambda load: load.rate)[len(loads) // 2]
