from hypothesis import assume, given
from hypothesis import strategies as st

from vietnam.number import ALPHABET, PREFIX, is_number, make_number, normalise_number

seeds = st.integers(0, 31**8 - 1)
signs = st.sampled_from(ALPHABET)


def test_the_alphabet_has_no_look_alikes_and_a_prime_length() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert not set("0O1IL") & set(ALPHABET)


def test_new_numbers_are_well_formed_and_differ() -> None:
    numbers = {make_number() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(is_number(number) and len(number) == 11 for number in numbers)


def test_a_seed_always_gives_the_same_number() -> None:
    assert make_number(7) == make_number(7)
    assert len({make_number(seed) for seed in range(20_000)}) == 20_000


def test_numbers_of_neighbouring_seeds_do_not_look_alike() -> None:
    first, second = make_number(1), make_number(2)
    assert sum(a != b for a, b in zip(first, second, strict=True)) >= 5


@given(seeds, seeds)
def test_different_seeds_never_share_a_number(one: int, other: int) -> None:
    assume(one != other)
    assert make_number(one) != make_number(other)


@given(seeds, st.integers(len(PREFIX), 10), signs)
def test_one_wrong_character_is_caught(seed: int, place: int, sign: str) -> None:
    number = make_number(seed)
    assume(number[place] != sign)
    assert not is_number(number[:place] + sign + number[place + 1 :])


@given(seeds, st.integers(len(PREFIX), 9))
def test_two_swapped_neighbours_are_caught(seed: int, place: int) -> None:
    number = make_number(seed)
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert not is_number(swapped)


def test_case_spaces_and_dashes_are_forgiven() -> None:
    number = make_number(42)
    typed = f" {number[:2].lower()} {number[2:6]}-{number[6:].lower()} "
    assert normalise_number(typed) == number
    assert is_number(typed)


def test_other_texts_are_no_numbers() -> None:
    number = make_number(42)
    for text in ("", "BP", number[2:], number + "2", "XX" + number[2:], "BP" + "0" * 9):
        assert not is_number(text)
