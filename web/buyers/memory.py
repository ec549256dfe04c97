"""Rendered pieces, kept as long as the thing they were made of is the same object."""

from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString


class Memory:
    """A bounded memory of this process: `key` finds a piece, `of` proves that it still holds.

    Selectors keep what they worked out per catalogue version and hand out the same object again;
    a new object means that something public has changed.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._kept: dict[Hashable, tuple[object, SafeString]] = {}

    def piece(self, key: Hashable, of: object, make: Callable[[], SafeString]) -> SafeString:
        """The piece made of `of`, from memory where it is there."""
        kept = self._kept.get(key)
        if kept is not None and kept[0] is of:
            return kept[1]
        made = make()
        if len(self._kept) >= self.size:
            self._kept.clear()
        self._kept[key] = (of, made)
        return made

    def forget(self) -> None:
        self._kept.clear()
