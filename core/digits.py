"""Whole numbers from outside: keys, pages, amounts in a hidden field."""

LONGEST = 18  # digits that a bigint always holds; `int` itself refuses thousands of them


def parse_digits(text: str, *, longest: int = LONGEST) -> int | None:
    """ "042" → 42; None for anything but 1 to `longest` ASCII digits. Never raises."""
    return int(text) if 0 < len(text) <= longest and text.isascii() and text.isdigit() else None
