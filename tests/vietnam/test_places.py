from datetime import date

import pytest

from vietnam.places import (
    REGION_PROVINCE,
    distance_km,
    find_province,
    find_ward,
    full_name,
    provinces,
    region_wards,
    wards,
)
from vietnam.text import nfc, sort_key

BEFORE = date(2026, 4, 29)
CITY_DAY = date(2026, 4, 30)
BECAME_WARDS = (
    *("25270", "25357", "25363", "26116", "26170"),
    *("26248", "26326", "26368", "26425", "26485"),
)


def kinds(province_code: str, on: date | None = None) -> tuple[int, int, int]:
    units = [ward.kind for ward in wards(province_code, on)]
    return units.count("phuong"), units.count("xa"), units.count("dac_khu")


def test_the_country_has_34_provinces_and_3321_wards() -> None:
    assert len(provinces()) == 34
    every = [ward for province in provinces() for ward in wards(province.code)]
    assert len({ward.code for ward in every}) == len(every) == 3321
    assert {ward.kind for ward in every} == {"xa", "phuong", "dac_khu"}
    assert all(8 < ward.lat < 24 and 102 < ward.lon < 115 for ward in every)
    assert all(ward.name == nfc(ward.name) for ward in every)


def test_the_picker_shows_the_own_province_first_then_the_alphabet() -> None:
    names = [province.name for province in provinces()]
    assert names[:4] == ["Đồng Nai", "An Giang", "Bắc Ninh", "Cà Mau"]
    assert names[1:] == sorted(names[1:], key=sort_key)


def test_dong_nai_has_33_wards_and_62_communes_since_it_is_a_city() -> None:
    assert kinds(REGION_PROVINCE, BEFORE) == (23, 72, 0)
    assert kinds(REGION_PROVINCE, CITY_DAY) == kinds(REGION_PROVINCE) == (33, 62, 0)


@pytest.mark.parametrize("code", BECAME_WARDS)
def test_ten_communes_became_wards_on_one_day(code: str) -> None:
    old, new = find_ward(code, BEFORE), find_ward(code, CITY_DAY)
    assert old is not None
    assert new is not None
    assert (old.kind, old.valid_to) == ("xa", CITY_DAY)
    assert (new.kind, new.valid_from, new.valid_to) == ("phuong", CITY_DAY, None)
    assert find_ward(code) == new


def test_provinces_became_cities_on_their_days() -> None:
    days = {"75": CITY_DAY, "22": date(2026, 9, 1), "24": date(2026, 9, 20)}
    for code, day in days.items():
        before, after = find_province(code, date(2026, 4, 1)), find_province(code, day)
        assert before is not None
        assert after is not None
        assert (before.kind, after.kind) == ("tinh", "thanh_pho")
    cities = [province for province in provinces() if province.kind == "thanh_pho"]
    assert len(cities) == 9


def test_twelve_communes_of_bac_ninh_became_wards() -> None:
    before, after = kinds("24", date(2026, 9, 19)), kinds("24", date(2026, 9, 20))
    assert (after[0] - before[0], before[1] - after[1]) == (12, 12)


def test_the_region_is_the_forty_units_of_the_former_province() -> None:
    region = region_wards()
    assert len(region) == 40
    assert (min(ward.code for ward in region), max(ward.code for ward in region)) == (
        "25195",
        "25450",
    )
    assert {ward.province_code for ward in region} == {"75"}
    assert sum(ward.kind == "phuong" for ward in region) == 11
    assert sum(ward.kind == "xa" for ward in region) == 29
    assert [ward.name for ward in region[:3]] == ["An Lộc", "Bình Long", "Bình Phước"]
    assert region[-1].name == "Thuận Lợi"


def test_names_are_written_in_both_languages() -> None:
    commune, ward, zone = find_ward("25396"), find_ward("25270"), find_ward("22736")
    city = find_province("75")
    assert commune is not None
    assert ward is not None
    assert zone is not None
    assert city is not None
    assert full_name(commune, "vi") == "Xã Bù Đăng"
    assert full_name(commune, "en") == "Bù Đăng commune"
    assert full_name(ward, "vi") == "Phường Lộc Ninh"
    assert full_name(zone, "en") == "Trường Sa special zone"
    assert full_name(city, "vi") == "Thành phố Đồng Nai"


def test_unknown_codes_and_days_before_the_reform_find_nothing() -> None:
    assert find_ward("00001") is None
    assert find_ward("") is None
    assert find_ward("25396", date(2025, 6, 30)) is None
    assert wards("99") == ()
    assert find_province("99") is None


def test_distance_is_symmetric_and_plausible() -> None:
    dong_xoai, bu_dang = find_ward("25210"), find_ward("25396")
    assert dong_xoai is not None
    assert bu_dang is not None
    assert distance_km(dong_xoai, dong_xoai) == 0
    assert round(distance_km(dong_xoai, bu_dang), 1) == 56.9
    assert distance_km(bu_dang, dong_xoai) == distance_km(dong_xoai, bu_dang)
