from datetime import timedelta

from pytest_django import DjangoCaptureOnCommitCallbacks

from catalog.models import Product, ProductPicture, SearchEntry, SearchTerm
from catalog.selectors.pages import product_page
from catalog.services import indexing, stock
from catalog.tasks import reindex_expired_papers
from core import clock, pictures, versions
from tests.catalog.shelf import find, make_paper, put_up
from tests.core import samples
from tests.making import make_product, make_variant
from vendors.models import Vendor
from vendors.states import VendorState


def test_indexing_bumps_the_product_and_the_entry_alike(shop: Vendor) -> None:
    product = put_up(shop, "A")
    indexing.index_product(product.pk)
    product.refresh_from_db()
    assert (product.version, SearchEntry.objects.get().version) == (3, 3)


def test_indexing_bumps_the_catalogue_once_it_commits(
    shop: Vendor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = versions.catalog_version()
    with django_capture_on_commit_callbacks(execute=True):
        put_up(shop, "A")
        versions_inside = versions.catalog_version()
    assert versions_inside == before + 1  # put_up itself
    assert versions.catalog_version() == before + 2


def test_what_is_not_public_has_no_entry_and_bumps_nothing(shop: Vendor) -> None:
    draft = make_product(shop, state="draft")
    make_variant(shop, product=draft)
    indexing.index_product(draft.pk)
    draft.refresh_from_db()
    assert (draft.version, SearchEntry.objects.count(), SearchTerm.objects.count()) == (1, 0, 0)


def test_a_product_without_a_pack_to_sell_is_not_shown(shop: Vendor) -> None:
    product = put_up(shop, "A")
    product.variants.update(archived_at=clock.now())
    indexing.index_product(product.pk)
    assert SearchEntry.objects.count() == 0


def test_an_unknown_product_is_ignored(db: None) -> None:
    indexing.index_product(404)


def test_words_are_counted_and_forgotten(shop: Vendor) -> None:
    first, second = put_up(shop, "Sầu riêng"), put_up(shop, "Sầu đâu")
    terms = dict(SearchTerm.objects.values_list("word", "uses"))
    assert (terms["sau"], terms["rieng"], terms["dau"]) == (2, 1, 1)
    assert SearchTerm.objects.get(word="rieng").display == "riêng"
    Product.objects.filter(pk=first.pk).update(state="paused")
    indexing.index_product(first.pk)
    terms = dict(SearchTerm.objects.values_list("word", "uses"))
    assert terms["sau"] == 1
    assert "rieng" not in terms
    Product.objects.filter(pk=second.pk).update(name_vi="Sầu đâu sầu đâu")
    indexing.index_product(second.pk)
    assert SearchTerm.objects.get(word="sau").uses == 1


def test_goods_vanish_and_come_back_with_their_vendor(shop: Vendor) -> None:
    put_up(shop, "A")
    shop.state = VendorState.SUSPENDED
    shop.save()
    indexing.on_vendor_decided("vendor:1", {"vendor_id": shop.pk})
    versions.bump_now()
    assert find("a") == []
    shop.state = VendorState.APPROVED
    shop.save()
    indexing.on_vendor_decided("vendor:1", {"vendor_id": shop.pk})
    versions.bump_now()
    assert find("a") == ["A"]


def test_only_selling_out_and_coming_back_are_written(shop: Vendor) -> None:
    product = put_up(shop, "A", on_hand=2)
    variant = product.variants.get()
    told = {"variant_id": variant.pk}

    def shown() -> tuple[bool, int]:
        indexing.on_stock_turned("variant:1", told)
        entry = SearchEntry.objects.get()
        return entry.in_stock, entry.version

    stock.set_on_hand(variant=variant, on_hand=1, actor_id=None)
    assert shown() == (True, 2)
    stock.hold(units={variant.pk: 1}, order_number="BP1")
    assert shown() == (False, 3)
    assert shown() == (False, 3)
    stock.release(units={variant.pk: 1}, order_number="BP1")
    assert shown() == (True, 4)


def test_stock_of_an_unknown_variant_is_ignored(db: None) -> None:
    indexing.on_stock_turned("variant:404", {"variant_id": 404})


def test_a_badge_falls_off_the_day_after_its_paper_ends(shop: Vendor) -> None:
    product = put_up(shop, "A")
    product.papers.add(make_paper(shop, "vietgap", valid_to=clock.today()))
    indexing.index_product(product.pk)
    assert reindex_expired_papers() == 0
    assert SearchEntry.objects.get().badges == ["vietgap"]
    with clock.shifted(timedelta(days=1)):
        assert reindex_expired_papers() == 1
        assert SearchEntry.objects.get().badges == []
        assert reindex_expired_papers() == 0


def test_a_picture_shows_once_the_worker_has_made_it(
    shop: Vendor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """Its worker may be far behind when staff approve the product."""
    picture = pictures.from_bytes(samples.photo(1200, 900), wake_worker=False)
    product = put_up(shop, "A")
    ProductPicture.objects.create(product=product, picture=picture)
    indexing.index_product(product.pk)
    versions.bump_now()
    assert product_page(product.pk).pictures == ()
    assert SearchEntry.objects.get().card["picture"] == ""
    pictures.make_next(picture.pk, everything=False)
    with django_capture_on_commit_callbacks(execute=True):
        indexing.on_picture_ready("", {"picture_id": picture.pk})
    assert product_page(product.pk).pictures == (picture.token,)
    assert SearchEntry.objects.get().card["picture"] == picture.token
