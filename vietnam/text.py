"""Vietnamese text: one form for storing, one for searching, one for sorting.

The database has no ICU and no extension, so folded text and sort keys are made here and stored.
"""

import re
import unicodedata

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans({"đ": "d", "ð": "d"})
_NOT_SLUG = re.compile(r"[^a-z0-9]+")

# A letter with its own place in the alphabet becomes its base plus a sign that sorts after "z":
# "a" < "ab" < "az" < "ă" < "â" < "b".
_MARKED_LETTERS = {
    "ă": "a{",
    "â": "a|",
    "đ": "d{",
    "ð": "d{",
    "ê": "e{",
    "ô": "o{",
    "ơ": "o|",
    "ư": "u{",
}
_LETTER_MARKS = ("\u0302", "\u0306", "\u031b")
# Dictionary order of the tones: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LEVEL_SEPARATOR = " "
_WORD_SEPARATOR = "!"


def nfc(text: str) -> str:
    """The form text is stored in; phones and Macs send marks apart from their letters."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower-case words without marks, one space between them: the form both index and query use.

    "Hạt Điều – Bù Đăng" and "hat dieu bu dang" fold to the same text, and so do "hoà" and "hòa".
    Folding a folded text changes nothing.
    """
    bare = "".join(sign for sign in _decomposed(text) if not unicodedata.combining(sign))
    return " ".join(_spaced(bare.translate(_LETTERS_WITHOUT_DECOMPOSITION)).split())


def slugify(text: str) -> str:
    """ASCII words joined by hyphens, for addresses; empty without a Latin letter or digit."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def sort_key(text: str) -> str:
    """A text whose plain code-point order is Vietnamese alphabetical order.

    Letters first over the whole text (a ă â b c d đ e ê …), then the tones word by word, so that
    the old and the new place of a tone mark make no difference. Case and punctuation don't count.
    Digits come before letters. A column that holds it needs the collation "C".
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in _spaced(unicodedata.normalize("NFC", _decomposed(text)), keep_marks=True).split():
        word_letters, word_tones = _word_key(word)
        if word_letters:
            letters.append(word_letters)
            tones.append(word_tones or "0")
    return _WORD_SEPARATOR.join(letters) + _LEVEL_SEPARATOR + "".join(tones)


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def _spaced(text: str, *, keep_marks: bool = False) -> str:
    return "".join(
        sign if sign.isalnum() or (keep_marks and unicodedata.combining(sign)) else " "
        for sign in text
    )


def _word_key(word: str) -> tuple[str, str]:
    letters: list[str] = []
    tones: list[str] = []
    for sign in word:
        parts = unicodedata.normalize("NFD", sign)
        base, marks = parts[0], parts[1:]
        letter = unicodedata.normalize(
            "NFC", base + "".join(mark for mark in marks if mark in _LETTER_MARKS)
        )
        if not unicodedata.combining(letter[0]):
            letters.append(_MARKED_LETTERS.get(letter, base))
        tones.extend(_TONES[mark] for mark in parts if mark in _TONES)
    return "".join(letters), "".join(tones)
