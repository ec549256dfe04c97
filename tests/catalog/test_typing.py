"""How people type: wrong keyboards, by ear, units, old districts."""

import pytest

from catalog.districts import former_districts, other_spellings, wards_of_districts
from catalog.keyboard import from_telex, sound
from catalog.synonyms import as_goods_are_spelled, names_of_kind, synonyms_for
from catalog.words import amount_at_end, query_words, without_amounts, words_of
from vietnam.places import region_wards


def plain(text: str) -> list[str]:
    return [word.plain for word in query_words(text)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddieeuf", "dieu"),
        ("hatj", "hat"),
        ("saauf", "sau"),
        ("rieeng", "rieng"),
        ("buwowir", "buoi"),
        ("phee", "phe"),
        ("mits", "mit"),
        ("dieu", "dieu"),
    ],
)
def test_telex_keys_are_read(typed: str, meant: str) -> None:
    assert from_telex(typed) == meant


@pytest.mark.parametrize(
    ("said", "written"),
    [("trom", "chom"), ("cuc", "cut"), ("dieng", "rieng"), ("chy", "chi"), ("xau", "sau")],
)
def test_words_that_sound_alike_share_a_key(said: str, written: str) -> None:
    assert sound(said) == sound(written)


def test_marks_typed_as_digits_are_read_and_grades_are_not() -> None:
    assert plain("hat5 d9ieu62") == ["hat", "dieu"]
    assert plain("ri6") == ["ri", "6"]
    assert plain("SVR3L") == plain("svr 3l") == ["svr", "3", "l"]


def test_units_are_written_in_one_way() -> None:
    assert plain("hạt điều 500gr") == plain("hat dieu 500 gram") == ["hat", "dieu", "500", "g"]
    assert plain("tiêu đen 500 gl") == ["tieu", "den", "500", "g", "l"]
    words = query_words("cà phê 500g")
    goods, amount = amount_at_end(words)
    assert ([word.plain for word in goods], [word.plain for word in amount]) == (
        ["ca", "phe"],
        ["500", "g"],
    )
    assert [word.plain for word in without_amounts(words)] == ["ca", "phe"]
    assert without_amounts(words_of("w 320")) == words_of("w 320")


def test_questions_and_the_regions_name_are_left_out() -> None:
    assert plain("giá hạt điều bao nhiêu") == ["hat", "dieu"]
    assert plain("gia mu cao su hom nay") == ["mu", "cao", "su"]
    assert plain("hạt điều bình phước") == ["hat", "dieu"]
    assert plain("htx ong mật bình phước")[-2:] == ["binh", "phuoc"]
    assert plain("gia vị") == ["gia", "vi"]
    assert plain("bình phước") == ["binh", "phuoc"]


def test_a_longer_name_hides_the_shorter_one_inside() -> None:
    assert "rubber" not in synonyms_for(["Mật ong hoa cao su"])
    assert "fruit" not in synonyms_for(["Trái cây sấy và hạt"])
    assert "fruit" in synonyms_for(["Trái cây tươi"])


def test_a_name_is_of_the_kind_that_it_begins_with() -> None:
    assert "xúc xích" in names_of_kind("Lạp xưởng tiêu xanh")
    assert "pepper" not in names_of_kind("Lạp xưởng tiêu xanh")


def test_mended_words_get_the_marks_of_goods() -> None:
    told = [word.typed for word in as_goods_are_spelled(words_of("mua sau rieng ri6"))]
    assert told == ["mua", "sầu", "riêng", "ri", "6"]


def test_every_ward_belonged_to_one_district() -> None:
    codes = [code for codes in wards_of_districts().values() for code in codes]
    assert sorted(codes) == sorted(ward.code for ward in region_wards())
    assert former_districts("25303") == ("Lộc Ninh",)
    assert "Đắk Ơ" in other_spellings("25225")
    assert other_spellings("25396") == ()
