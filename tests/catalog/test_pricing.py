import pytest

from accounts.models import User
from catalog.errors import BadPrice, BadQuantity, ProductLocked
from catalog.models import SearchEntry, StockMovement, Variant
from catalog.services import pricing
from catalog.services.pricing import Unit
from core.errors import BadFields, InvalidInput
from core.models import AuditEntry
from tests.catalog.shelf import put_up
from tests.making import make_product
from vendors.models import Vendor


def test_a_price_changes_at_once_and_leaves_a_trace(shop: Vendor, an: User) -> None:
    product = put_up(shop, "A", price_vnd=100_000)
    variant = pricing.set_price(variant=product.variants.get(), price_vnd=95_000, actor=an)
    assert variant.price_vnd == SearchEntry.objects.get().price_vnd == 95_000
    row = AuditEntry.objects.get(action="variant.price")
    assert row.before == {"price_vnd": 100_000}
    assert row.after == {"variant": variant.pk, "price_vnd": 95_000}


def test_the_same_price_changes_nothing(shop: Vendor, an: User) -> None:
    product = put_up(shop, "A", price_vnd=100_000)
    pricing.set_price(variant=product.variants.get(), price_vnd=100_000, actor=an)
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("price_vnd", [-1, 0, 499, 10_000_000_001, 10**12])
def test_prices_outside_the_range_are_refused(shop: Vendor, an: User, price_vnd: int) -> None:
    product = put_up(shop, "A", price_vnd=100_000)
    with pytest.raises(BadPrice):
        pricing.set_price(variant=product.variants.get(), price_vnd=price_vnd, actor=an)
    assert Variant.objects.get().price_vnd == 100_000


def test_a_new_pack_has_stock_with_its_movement(shop: Vendor, an: User) -> None:
    product = put_up(shop, "A", price_vnd=100_000)
    unit = Unit(name_vi="gói 1 kg", net_grams=1000, price_vnd=180_000)
    variant = pricing.add_variant(product=product, unit=unit, on_hand=12, actor=an)
    assert (variant.gross_grams, variant.position, variant.sku) == (1100, 1, f"SP{product.pk}-2")
    assert variant.stock.on_hand == 12
    assert StockMovement.objects.get(variant=variant).on_hand_change == 12
    assert SearchEntry.objects.get().card["price_max_vnd"] == 180_000


def test_a_bad_pack_names_every_bad_field(shop: Vendor, an: User) -> None:
    product = make_product(shop, state="draft")
    with pytest.raises(BadFields) as error:
        pricing.add_variant(
            product=product, unit=Unit(name_vi=" ", net_grams=0, price_vnd=1), actor=an
        )
    assert sorted(error.value.errors) == ["name_vi", "net_grams", "price_vnd"]
    assert Variant.objects.count() == 0


@pytest.mark.parametrize("on_hand", [-1, 1_000_001, 10**12])
def test_an_impossible_stock_leaves_no_pack(shop: Vendor, an: User, on_hand: int) -> None:
    product = make_product(shop, state="draft")
    unit = Unit(name_vi="gói", net_grams=1, price_vnd=1_000)
    with pytest.raises(BadQuantity):
        pricing.add_variant(product=product, unit=unit, on_hand=on_hand, actor=an)
    assert Variant.objects.count() == 0


def test_two_packs_do_not_share_a_code(shop: Vendor, an: User) -> None:
    product = make_product(shop, state="draft")
    unit = Unit(name_vi="gói", net_grams=1, price_vnd=1_000, sku="X1")
    pricing.add_variant(product=product, unit=unit, actor=an)
    with pytest.raises(InvalidInput) as error:
        pricing.add_variant(product=product, unit=unit, actor=an)
    assert error.value.code == "sku_taken"


def test_the_last_pack_of_live_goods_stays(shop: Vendor, an: User) -> None:
    product = put_up(shop, "A")
    with pytest.raises(ProductLocked) as error:
        pricing.archive_variant(variant=product.variants.get(), actor=an)
    assert error.value.code == "last_variant"
    second = pricing.add_variant(
        product=product, unit=Unit(name_vi="gói", net_grams=1, price_vnd=900), actor=an
    )
    pricing.archive_variant(variant=second, actor=an)
    pricing.archive_variant(variant=second, actor=an)
    assert SearchEntry.objects.get().price_vnd == 100_000
    assert AuditEntry.objects.filter(action="variant.archive").count() == 1
