"""Addresses in messages lead to pages that exist, under the configured name."""

import pytest
from django.test import override_settings
from django.urls import resolve

from notifications.links import link

PLACES = [
    ("me", {}, "accounts:me"),
    ("sign_in", {}, "accounts:sign_in"),
    ("forgot", {}, "accounts:forgot"),
    ("file", {}, "sellers:status"),
    ("desk_product", {"pk": 7}, "sellers:product"),
    ("desk_order", {"number": "BPABCDEFGH2"}, "sellers:order"),
    ("product", {"slug": "hat-dieu", "pk": 7}, "buyers:product"),
    ("follow", {"number": "BPABCDEFGH2"}, "buyers:order"),
]


@pytest.mark.parametrize(("name", "parts", "page"), PLACES)
@override_settings(PUBLIC_URL="https://nongsan.vn/")
def test_a_link_leads_to_its_page(name: str, parts: dict[str, object], page: str) -> None:
    address = link(name, "vi", **parts)
    assert address.startswith("https://nongsan.vn/")
    assert resolve(address.removeprefix("https://nongsan.vn")).view_name == page
    assert link(name, "en", **parts) == address.replace("nongsan.vn", "nongsan.vn/en")
