import pytest

from catalog.ranking import popularity, text_query
from catalog.selectors.spelling import deletion_keys, is_one_step
from catalog.synonyms import synonyms_for
from catalog.words import query_words, without_stop_words, words_of


def plain(text: str) -> list[str]:
    return [word.plain for word in query_words(text)]


def test_marks_case_and_signs_do_not_matter() -> None:
    assert plain("HẠT  Điều, rang-muối!") == ["hat", "dieu", "rang", "muoi"]


def test_both_ways_to_place_a_tone_are_one_spelling() -> None:
    assert words_of("hoà")[0].spelled == words_of("hòa")[0].spelled != ""


def test_a_word_without_marks_has_no_spelling_of_its_own() -> None:
    assert words_of("honey")[0].spelled == ""


def test_marks_typed_in_pieces_are_the_same_word() -> None:
    assert words_of("bơ") == words_of("bo\u031b")


def test_words_around_a_search_are_left_out() -> None:
    assert plain("mua hạt điều ở đâu rẻ nhất") == ["hat", "dieu"]


def test_an_unmarked_stop_word_may_be_a_place() -> None:
    assert plain("bu gia map") == ["bu", "gia", "map"]
    left = without_stop_words(query_words("hat dieu gia"))
    assert [word.plain for word in left] == ["hat", "dieu"]


def test_a_search_of_stop_words_alone_keeps_them() -> None:
    assert plain("giá rẻ") == ["gia", "re"]


def test_a_long_search_is_cut_to_ten_words() -> None:
    assert len(query_words(" ".join(f"chu{n}" for n in range(40)))) == 10


def test_goods_have_their_other_names() -> None:
    found = synonyms_for(["Hạt điều rang muối"])
    assert "đào lộn hột" in found
    assert "cashew" in found
    assert "pepper" not in found


def test_names_that_only_fold_alike_are_not_the_same_goods() -> None:
    assert "avocado" in synonyms_for(["Quả bơ"])
    assert synonyms_for(["Bò khô"]) == []


def test_white_pepper_is_pepper_but_not_the_other_way_round() -> None:
    assert "hồ tiêu" in synonyms_for(["Tiêu sọ"])
    assert "tiêu trắng" not in synonyms_for(["Tiêu đen"])


def test_standards_are_not_pepper() -> None:
    assert "pepper" not in synonyms_for(["Gạo tiêu chuẩn"])


@pytest.mark.parametrize(
    ("a", "b"), [("dieu", "diue"), ("dieu", "dieuu"), ("dieu", "deu"), ("dieu", "dixu")]
)
def test_one_wrong_letter_is_one_step(a: str, b: str) -> None:
    assert is_one_step(a, b)
    assert is_one_step(b, a)
    assert set(deletion_keys(a)) & set(deletion_keys(b))


@pytest.mark.parametrize(("a", "b"), [("dieu", "dieu"), ("dieu", "tieu x"), ("dieu", "uied")])
def test_the_same_word_or_two_wrong_letters_are_not(a: str, b: str) -> None:
    assert not is_one_step(a, b)


def test_nothing_typed_asks_for_nothing() -> None:
    assert text_query(query_words("  !? ")) is None


def test_a_lone_short_word_must_be_whole() -> None:
    short, longer = text_query(query_words("bo")), text_query(query_words("tie"))
    assert short is not None
    assert longer is not None
    assert short.anywhere == "'bo'"
    assert longer.anywhere == "'tie':*"


def test_sold_and_liked_come_first_and_sold_out_last() -> None:
    liked = popularity(sold=10, rating_sum=10, ratings=2, in_stock=True)
    assert liked == 28
    assert popularity(sold=900, rating_sum=0, ratings=0, in_stock=False) == -999_100
