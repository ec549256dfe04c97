"""Words on a label: measured with the shipped fonts, broken into even lines, never clipped."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
FILES = {
    "serif": FONTS / "NotoSerif-Bold.ttf",
    "sans": FONTS / "NotoSans-Regular.ttf",
    "bold": FONTS / "NotoSans-Bold.ttf",
}
# Stacked accents (Ễ, Ặ) reach 1.06 em above the line and 0.3 em below it.
LEADING = 1.3


@lru_cache(maxsize=4)
def _face(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FILES[face]), 1000)


@lru_cache(maxsize=4096)
def text_width(text: str, face: str) -> float:
    """Width of the text at one pixel of type size."""
    return _face(face).getlength(text) / 1000


@dataclass(frozen=True)
class Setting:
    """A text broken into lines at the size that fits its box."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """Height of all lines together."""
        return len(self.lines) * self.size * LEADING


def _even(words: list[str], count: int, face: str) -> tuple[str, ...]:
    """Break the words into `count` lines whose widest is as narrow as can be."""
    if count == 1 or len(words) == 1:
        return (" ".join(words),)
    best: tuple[str, ...] = ()
    best_width = float("inf")
    for cut in range(1, len(words) - count + 2):
        lines = (" ".join(words[:cut]), *_even(words[cut:], count - 1, face))
        widest = max(text_width(line, face) for line in lines)
        if widest < best_width:
            best, best_width = lines, widest
    return best


def set_text(
    text: str, *, face: str, width: float, height: float, largest: float, smallest: float = 17
) -> Setting:
    """The largest setting of the text in 1 to 3 lines that stays inside width and height.

    A text that is too long even at the smallest size loses whole words and ends with an ellipsis.
    """
    words = normalize("NFC", text).split() or ["·"]
    while True:
        best = Setting((), 0)
        for count in range(1, min(3, len(words)) + 1):
            lines = _even(words, count, face)
            widest = max(text_width(line, face) for line in lines)
            size = min(largest, width / widest, height / (count * LEADING))
            if size > best.size * 1.04:
                best = Setting(lines, size)
        if best.size >= smallest or len(words) <= 1:
            return best
        words = [*words[:-2], words[-2].rstrip("…") + "…"]
