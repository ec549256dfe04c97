import pytest

from vietnam import old_places
from vietnam.old_places import find_old
from vietnam.places import find_ward


def only(text: str) -> tuple[str, tuple[str, ...]]:
    (found,) = find_old(text)
    return found.full_name, found.successors


@pytest.mark.parametrize(
    "typed",
    [
        "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh",
        "12 Lê Lợi, P. Bến Nghé, Q.1, TPHCM",
        "ben nghe quan 1",
        "BẾN NGHÉ",
        "p bến nghé q1 sg",
    ],
)
def test_an_old_ward_is_found_however_it_is_written(typed: str) -> None:
    assert only(typed) == ("Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh", ("26740",))


@pytest.mark.parametrize(
    ("typed", "name", "successors"),
    [
        ("thọ sơn, bù đăng", "Xã Thọ Sơn, Huyện Bù Đăng, Tỉnh Bình Phước", ("25402",)),
        ("P12 gò vấp", "Phường 12, Quận Gò Vấp, Thành phố Hồ Chí Minh", ("26882",)),
        ("tân thành, bù đốp", "Xã Tân Thành, Huyện Bù Đốp, Tỉnh Bình Phước", ("25318",)),
        ("Hoàng Sa", "Huyện Hoàng Sa, Thành phố Đà Nẵng", ("20333",)),
        ("ea h'leo", "Xã Ea H'leo, Huyện Ea H'leo, Tỉnh Đắk Lắk", ("24184",)),
    ],
)
def test_the_district_tells_wards_of_one_name_apart(
    typed: str, name: str, successors: tuple[str, ...]
) -> None:
    assert only(typed) == (name, successors)


def test_a_divided_ward_names_its_successors_the_likeliest_first() -> None:
    (found,) = find_old("thị trấn Tây Đằng, Ba Vì")
    assert found.is_divided
    assert found.successors == ("09661", "09619")
    named = [ward.name for ward in map(find_ward, found.successors) if ward]
    assert named == ["Minh Châu", "Quảng Oai"]


@pytest.mark.parametrize("typed", ["", "abc", "123", "ấp ấp ấp", "x" * 5000])
def test_what_names_no_ward_finds_nothing(typed: str) -> None:
    assert find_old(typed) == ()


def test_a_common_name_alone_finds_a_few_and_not_all() -> None:
    assert len(find_old("Tân Thành")) == old_places.MOST_FOUND


def test_every_old_ward_is_found_by_its_full_name_and_lives_on() -> None:
    every = [one.unit for one in old_places._all()]
    assert len(every) == 10_040
    assert sum(unit.is_divided for unit in every) == 446
    for unit in every:
        assert unit in find_old(unit.full_name)
        assert all(find_ward(code) for code in unit.successors)
