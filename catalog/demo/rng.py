"""A small random source whose numbers are the same on every machine and Python for ever."""

import zlib
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Rng:
    """Deterministic numbers from the given keys (xorshift, never for secrets)."""

    def __init__(self, *keys: object) -> None:
        text = "\x1f".join(str(key) for key in keys).encode()
        self._state = (zlib.crc32(text) << 32 | zlib.crc32(text[::-1] + b"!")) or 1
        for _ in range(8):
            self.unit()

    def unit(self) -> float:
        """The next number in [0, 1)."""
        state = self._state
        state ^= state << 13 & 0xFFFFFFFFFFFFFFFF
        state ^= state >> 7
        state ^= state << 17 & 0xFFFFFFFFFFFFFFFF
        self._state = state
        return (state >> 11) / (1 << 53)

    def uniform(self, low: float, high: float) -> float:
        """The next number between the two."""
        return low + (high - low) * self.unit()

    def integer(self, low: int, high: int) -> int:
        """The next whole number, both ends included."""
        return low + int(self.unit() * (high - low + 1))

    def choice(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(self.unit() * len(items))]

    def chance(self, share: float) -> bool:
        """True in this share of the draws."""
        return self.unit() < share
