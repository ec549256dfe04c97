"""Public numbers of purchases and orders: "BP" and nine characters that survive phone and paper.

The alphabet leaves out 0, O, 1, I and L, and has 31 characters: a prime, so that one weighted sum
catches every single wrong character and every swap of two different ones.
"""

import re
import secrets

PREFIX = "BP"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

_BASE = len(ALPHABET)
_RANDOM_LENGTH = 8
_SPACE = _BASE**_RANDOM_LENGTH
# Scatters consecutive seeds; not a multiple of 31, so no two seeds below _SPACE give one number.
_SCATTER = 618_033_988_749
_SHAPE = re.compile(rf"{PREFIX}([{ALPHABET}]{{{_RANDOM_LENGTH + 1}}})")


def make_number(seed: int | None = None) -> str:
    """A new random number, or the one that belongs to a seed (for demo data that must repeat)."""
    value = secrets.randbelow(_SPACE) if seed is None else seed * _SCATTER % _SPACE
    characters: list[str] = []
    for _ in range(_RANDOM_LENGTH):
        value, position = divmod(value, _BASE)
        characters.append(ALPHABET[position])
    body = "".join(characters)
    return f"{PREFIX}{body}{_check_character(body)}"


def normalise_number(text: str) -> str:
    """The number as it is stored: capitals, without the spaces and dashes people add."""
    return re.sub(r"[\s\-.\u2010-\u2015]+", "", text).upper()


def is_number(text: str) -> bool:
    """Whether the text, normalised, is a number we could have given out."""
    shape = _SHAPE.fullmatch(normalise_number(text))
    return shape is not None and _check_character(shape.group(1)[:-1]) == shape.group(1)[-1]


def _check_character(body: str) -> str:
    # Weights 2…9 with 1 for the check character itself: all different, none a multiple of 31.
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(body, start=2))
    return ALPHABET[-total % _BASE]
