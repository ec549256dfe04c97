"""Price steps that lists are narrowed by: round, and each a little wider than the one before."""

from bisect import bisect_right

from vietnam.money import format_vnd

# Where a step begins, in đồng; the first begins at 0, the last has no end.
STEPS = (0, 50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000)
BAND_SQL = f"width_bucket(price_vnd, ARRAY{list(STEPS)}::bigint[])"  # 1 = the first step


def step_of(price_vnd: int) -> str:
    """The step that a price lies in, named by its beginning."""
    return str(STEPS[bisect_right(STEPS, price_vnd) - 1])


def band(step: str) -> int:
    """The step's number as `BAND_SQL` counts; 0 for something else."""
    return STEPS.index(int(step)) + 1 if is_step(step) else 0


def is_step(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 12 and int(value) in STEPS


def step_label(step: str) -> tuple[str, str]:
    """Its words in both languages."""
    low = int(step)
    later = [other for other in STEPS if other > low]
    if not later:
        return f"Từ {format_vnd(low)}", f"{format_vnd(low)} and more"
    if not low:
        return f"Dưới {format_vnd(later[0])}", f"Under {format_vnd(later[0])}"
    return (f"{format_vnd(low)} – {format_vnd(later[0])}",) * 2
