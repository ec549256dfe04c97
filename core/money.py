"""Whole đồng: splitting so that parts add up to the whole."""

from collections.abc import Sequence

MAX_PRICE_VND = 10_000_000_000


def allocate(total_vnd: int, weights: Sequence[int]) -> list[int]:
    """Split `total_vnd` by `weights` (largest remainder; ties to the earlier part).

    The parts are whole đồng, keep the sign of the total and always add up to it. All weights zero
    splits evenly. Raises ValueError for no or negative weights.
    """
    if not weights or min(weights) < 0:
        raise ValueError("weights must be given and not negative")
    if sum(weights) == 0:
        weights = [1] * len(weights)
    sign, amount, whole = (-1 if total_vnd < 0 else 1), abs(total_vnd), sum(weights)
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]
