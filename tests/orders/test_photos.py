"""Photos between buyer and vendor: small, private, without metadata, all or none."""

import pytest
from django.core.files.storage import storages

from core.errors import InvalidInput
from core.files import Upload
from orders.models import Complaint, ComplaintPhoto, Order
from tests.orders.complaining import complain, make_delivered, photo
from vendors.models import Vendor


@pytest.fixture
def order(an: Vendor) -> Order:
    return make_delivered(an)


def test_photos_are_small_private_and_know_no_place(order: Order) -> None:
    complaint = complain(order, photos=[photo(), photo("red")])
    files = [shot.file for shot in ComplaintPhoto.objects.filter(entry__complaint=complaint)]
    assert [(file.content_type, file.is_private) for file in files] == [("image/webp", True)] * 2
    with storages["private"].open(files[0].key) as kept:
        data = kept.read()
    assert "nhà tôi".encode() not in data
    assert b"EXIF" not in data


def test_a_bad_photo_refuses_the_form_and_writes_nothing(order: Order) -> None:
    with pytest.raises(InvalidInput) as error:
        complain(order, photos=[photo(), Upload("x.exe", b"MZ" * 40)])
    assert error.value.field == "photos"
    with pytest.raises(InvalidInput) as error:
        complain(order, photos=[photo()] * 6)
    assert error.value.code == "too_many_photos"
    assert not Complaint.objects.exists()
