import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnam.text import fold, nfc, slugify, sort_key

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")

# Words as lists of (letter, tone), written without a word of the code under test.
syllables = st.tuples(
    st.text(alphabet=ALPHABET, min_size=1, max_size=4), st.integers(min_value=0, max_value=5)
)
names = st.lists(syllables, min_size=1, max_size=3)


def written(name: list[tuple[str, int]]) -> str:
    return unicodedata.normalize("NFC", " ".join(letters + TONES[tone] for letters, tone in name))


def alphabetical(name: list[tuple[str, int]]) -> tuple[list[list[int]], list[int]]:
    letters = [[ALPHABET.index(letter) for letter in word] for word, _ in name]
    return letters, [tone for _, tone in name]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hạt Điều rang muối Bù Đăng", "hat dieu rang muoi bu dang"),
        ("  HẠT   ĐIỀU – (W320) ", "hat dieu w320"),
        ("Tiêu đen 500 g/l, 1.5kg", "tieu den 500 g l 1 5kg"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("Đường Ðồng Phú", "duong dong phu"),
        ("ỄỆỐỘỮỰẶẴỠ", "eeoouuaao"),
        ("m²", "m2"),
        ("–…!", ""),
    ],
)
def test_folded_text_has_no_marks_and_single_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_what_a_mac_sends_folds_like_what_a_pc_sends() -> None:
    name = "Hạt điều Bình Phước – ưu đãi"
    decomposed = unicodedata.normalize("NFD", name)
    assert (len(name), len(decomposed)) == (28, 37)
    assert fold(decomposed) == fold(name) == "hat dieu binh phuoc uu dai"
    assert nfc(decomposed) == name
    assert sort_key(decomposed) == sort_key(name)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_slugs_are_plain_ascii(text: str) -> None:
    slug = slugify(text)
    assert slug == slug.strip("-")
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in slug


def test_a_slug_reads_like_the_name() -> None:
    assert slugify("Hạt Điều rang muối – Bù Đăng (500 g)") == "hat-dieu-rang-muoi-bu-dang-500-g"
    assert slugify("腰果") == ""


def test_names_sort_in_vietnamese_alphabetical_order() -> None:
    in_order = [
        "500 g",
        "an",
        "Ăn",
        "ân",
        "Bơ",
        "Cà phê",
        "Dừa",
        "Đa Kia",
        "Đak Nhau",
        "Đăk Ơ",
        "Điều",
        "Em",
        "Ếch",
        "ma",
        "Mà",
        "mả",
        "mã",
        "má",
        "Mạ",
        "Mận",
        "Oi",
        "Ổi",
        "Ớt",
        "Phú Riềng",
        "Phước Long",
        "Tiêu",
        "ưu đãi",
        "vải",
        "Yến",
    ]
    assert sorted(reversed(in_order), key=sort_key) == in_order


def test_a_shorter_name_comes_before_its_continuation() -> None:
    assert sort_key("Lộc") < sort_key("Lộc Ninh") < sort_key("Lộca")


def test_tones_decide_only_between_equal_letters() -> None:
    assert sort_key("hoa cúc") > sort_key("hòa bình")
    assert sort_key("lộc thành") < sort_key("lộc thạnh")


def test_case_punctuation_and_place_of_the_tone_do_not_count() -> None:
    assert sort_key("Hoà-Bình") == sort_key("HÒA BÌNH")


@given(names, names)
def test_keys_compare_like_the_alphabet_does(
    one: list[tuple[str, int]], other: list[tuple[str, int]]
) -> None:
    expected = alphabetical(one) < alphabetical(other)
    assert (sort_key(written(one)) < sort_key(written(other))) is expected


@given(st.text())
def test_any_text_has_a_key_that_a_database_can_hold(text: str) -> None:
    sort_key(text).encode()
    assert "\x00" not in sort_key(text)
