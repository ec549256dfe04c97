"""The goals, from the issue "The main job, end to end", section Speed; and the verdict."""

from dataclasses import dataclass

from bench.figures import Measured, Results

SMALL, LARGE = 390, 100_000
CHECKOUT, WORD, NOBODY = "guest checkout", "new search, common word", "new search, nobody sells it"
TYPED, NARROWED = "suggestions while typing", "facets and search, new"


@dataclass(frozen=True)
class Goal:
    """`ratio` is the least share of the calibration's rate; `sql` the most queries of a page;
    `scales` asks for LARGE_KEEPS of the rate at 390 products."""

    ratio: float | None = None
    sql: int | None = None
    scales: bool = True


GOALS: dict[str, Goal] = {
    "home": Goal(),
    "category with facets, warm": Goal(ratio=0.08, sql=4),
    "category with facets, cold": Goal(ratio=0.02, sql=4, scales=False),
    "product, warm": Goal(ratio=0.08, sql=5),
    "product, cold": Goal(ratio=0.03, sql=5, scales=False),
    "search": Goal(ratio=0.06, sql=4),
    "add to cart": Goal(ratio=0.05),
    "from the page cache": Goal(ratio=0.5),
}
LARGE_KEEPS = 0.7  # of the rate at 390 products, at 100,000
P99_MS = {WORD: 50.0, NOBODY: 50.0, TYPED: 25.0, NARROWED: 80.0}  # at 100,000 products
PURCHASES_PER_SECOND = 40.0  # of two orders each, 8 clients, no error
MEMORY_MB = 700.0  # sum of PSS when idle
# What users could pick instead: same work, same kind of machine (docs/performance.md).
PEERS = {
    "category": "django-oscar 0.0008, Vendure 0.096 (JSON only; 0.005 at 50,000 products)",
    "product": "django-oscar 0.014, Vendure 0.034 (JSON)",
    "search": "django-oscar 0.0017, Vendure 0.007 (JSON; none completed at 50,000)",
    "add to cart": "django-oscar 0.018, Vendure 0.009 (JSON)",
    "guest checkout": "django-oscar 9.5/s, Vendure 11.7/s",
}


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    measured: Measured
    ratio: float | None
    goal: str
    met: bool | None


def judge(results: Results) -> list[Row]:
    """Each measurement beside its goal."""
    return [_row(results, one) for one in results.measured]


def _row(results: Results, one: Measured) -> Row:
    if one.what == CHECKOUT:
        met = one.load.rate >= PURCHASES_PER_SECOND and one.load.errors == 0
        return Row(one, None, f"≥ {PURCHASES_PER_SECOND:.0f}/s, 0 errors", met)
    if one.what not in GOALS:
        asked = one.products == LARGE
        most = P99_MS[one.what]
        goal = f"p99 ≤ {most:.0f} ms" if asked else ""
        return Row(one, None, goal, one.load.p99 <= most if asked else None)
    ratio, asks = one.load.rate / results.calibration, GOALS[one.what]
    verdicts, words = [], []
    if asks.ratio is not None:
        verdicts.append(ratio >= asks.ratio)
        words.append(f"≥ {asks.ratio}")
    small = next((m for m in results.measured if (m.products, m.what) == (SMALL, one.what)), None)
    if asks.scales and one.products == LARGE and small is not None:
        kept = one.load.rate / small.load.rate
        verdicts.append(kept >= LARGE_KEEPS)
        words.append(f"≥ {LARGE_KEEPS} of the rate at {SMALL} ({kept:.2f})")
    if one.load.errors:
        verdicts.append(False)
    return Row(one, ratio, ", ".join(words), all(verdicts) if verdicts else None)
