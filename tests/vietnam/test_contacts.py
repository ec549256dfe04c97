import pytest

from vietnam.contacts import holds_contact


@pytest.mark.parametrize(
    "text",
    [
        "Gọi cho tôi 0912 345 678 nhé",
        "zalo 0912.345.678",
        "+84912345678",
        "call (0271) 3879 123",
        "09 12 34 56 78",
        "thư: an@vuon.vn",
        "xem www.vuondieu.com",
        "vuondieu.vn có hình",
        "https://a.b/c",
    ],
)
def test_phones_mails_and_links_are_found(text: str) -> None:
    assert holds_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Gói 500 g giá 185.000 đ, thùng 10 gói 1.850.000 đ?",
        "Giá 1.200.000.000 đ cho 25 tấn",
        "Lô 2026-11-23, hạn dùng 01/08/2027",
        "W320 có 300–320 hạt/lb không?",
        "Hàng về ngày 5.10 hay 6.10?",
    ],
)
def test_prices_weights_and_dates_are_none(text: str) -> None:
    assert not holds_contact(text)
