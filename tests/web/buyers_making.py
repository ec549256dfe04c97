"""A small shop for the tests of the buyers' pages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.test import Client

from catalog.models import Category, Product, Variant
from catalog.services.indexing import index_product
from tests.making import make_category, make_product, make_rates, make_variant, make_vendor
from vendors.models import Vendor

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

SAIGON, BEN_THANH = "79", "26743"
HIDDEN = ("key", "shown_ward", "shown_total", "shown_goods")


@dataclass(frozen=True, slots=True)
class Shop:
    """Two vendors: cashews of one, pepper of the other."""

    cashew: Variant
    pepper: Variant
    category: Category
    vendor: Vendor

    @property
    def product(self) -> Product:
        return self.cashew.product


def make_shop(*, on_hand: int = 10) -> Shop:
    """A shop with fees everywhere; both goods are found and bought."""
    make_rates(fee_vnd=22_000)
    category = make_category(slug="hat-dieu", name_vi="Hạt điều", name_en="Cashew")
    first = make_vendor(name="Hợp tác xã Điều Bù Đăng", short_name="HTX Bù Đăng", slug="bu-dang")
    second = make_vendor(
        name="Hợp tác xã Tiêu Lộc Ninh", short_name="HTX Lộc Ninh", slug="loc-ninh"
    )
    cashew = offer(
        first,
        category=category,
        slug="hat-dieu-rang-muoi",
        name_vi="Hạt điều rang muối",
        name_en="Salted cashews",
        price_vnd=185_000,
        on_hand=on_hand,
    )
    pepper = offer(
        second,
        category=make_category(slug="ho-tieu", name_vi="Hồ tiêu", name_en="Pepper"),
        slug="tieu-den",
        name_vi="Tiêu đen",
        name_en="",
        price_vnd=96_000,
        on_hand=on_hand,
    )
    return Shop(cashew, pepper, category, first)


def offer(vendor: Vendor, *, price_vnd: int, on_hand: int = 10, **fields: Any) -> Variant:
    """A live, indexed product with one pack."""
    product = make_product(vendor, **fields)
    variant = make_variant(vendor, product=product, price_vnd=price_vnd, on_hand=on_hand)
    index_product(product.pk)
    return variant


def add(client: Client, variant: Variant, quantity: object = 1, *, base: str = "") -> "Response":
    """Put a variant into the client's cart through its form."""
    return client.post(f"{base}/gio/them", {"variant": variant.pk, "quantity": str(quantity)})


def field(response: "Response", name: str) -> str:
    """The value of a hidden field of the page."""
    text = response.content.decode()
    start = text.index(f'name="{name}" value="') + len(f'name="{name}" value="')
    return text[start : text.index('"', start)]


def seen(page: "Response") -> dict[str, str]:
    """What a page of checkout carries to its button, beside what was typed."""
    return {name: field(page, name) for name in HIDDEN}


def address(**changes: object) -> dict[str, object]:
    """What Chi types at checkout."""
    typed: dict[str, object] = {
        "name": "Trần Thị Chi",
        "phone": "0912 345 678",
        "province": SAIGON,
        "ward": BEN_THANH,
        "street": "12 Lê Lợi",
        "note": "",
        "email": "",
        "do": "place",
    }
    return typed | changes


def shown(client: Client, **changes: object) -> dict[str, object]:
    """The checkout form filled in, after its fees were shown for the chosen ward."""
    page = client.post("/dat-hang", address(**changes) | {"do": "ward"}, follow=True)
    return address(**changes) | seen(page)
