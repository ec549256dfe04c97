from typing import Any

import pytest

from accounts.models import User
from catalog.errors import BadMove, ProductIncomplete, ProductLocked, VendorNotApproved
from catalog.models import Product, ProductDecision, SearchEntry
from catalog.services import listing
from catalog.states import ProductState
from core.errors import BadFields
from core.models import AuditEntry, OutboxEntry, Picture, StoredFile
from tests.catalog.shelf import put_up
from tests.making import make_category, make_product, make_variant, make_vendor
from vendors.models import Vendor
from vendors.states import VendorState


def make_picture(token: str = "a" * 24, **changes: Any) -> Picture:
    stored = StoredFile.objects.create(
        key=f"photo/{token}", content_type="image/png", size=1, sha256="0"
    )
    return Picture.objects.create(original=stored, token=token, **changes)


def make_draft(shop: Vendor, an: User, **fields: Any) -> Product:
    given = {"name_vi": "Hạt điều", "category_id": make_category().pk} | fields
    return listing.create_product(vendor=shop, fields=given, actor=an)


def make_complete(shop: Vendor, an: User) -> Product:
    product = make_draft(shop, an, summary_vi="Ngon", pictures=[make_picture().pk])
    make_variant(shop, product=product)
    return product


def topics() -> list[str]:
    return list(OutboxEntry.objects.order_by("id").values_list("topic", flat=True))


def test_a_draft_is_stored_clean_and_not_public(shop: Vendor, an: User) -> None:
    product = make_draft(
        shop,
        an,
        name_vi="  Ha\u0323t điều  ",
        specs=[{"vi": "Độ ẩm", "en": "Moisture", "value": "5 %"}, {"vi": "", "value": "x"}, "?"],
        unknown="x",
    )
    product.refresh_from_db()
    assert (product.name_vi, product.slug, product.state) == ("Hạt điều", "hat-dieu", "draft")
    assert product.specs == [{"vi": "Độ ẩm", "en": "Moisture", "value": "5 %"}]
    assert SearchEntry.objects.count() == 0


def test_every_bad_field_has_its_own_error_and_nothing_is_written(shop: Vendor, an: User) -> None:
    fields = {"name_vi": "x", "category_id": 404, "summary_vi": "a" * 301, "pictures": [404]}
    with pytest.raises(BadFields) as error:
        listing.create_product(vendor=shop, fields=fields, actor=an)
    assert {name: one.code for name, one in error.value.errors.items()} == {
        "name_vi": "name_missing",
        "category_id": "bad_category",
        "summary_vi": "too_long",
        "pictures": "bad_picture",
    }
    assert Product.objects.count() == 0


def test_papers_of_another_vendor_are_refused(shop: Vendor, an: User) -> None:
    other = make_vendor()
    paper = other.papers.create(kind="ocop")
    with pytest.raises(BadFields) as error:
        make_draft(shop, an, papers=[paper.pk])
    assert error.value.errors["papers"].code == "bad_paper"


def test_a_draft_says_what_is_missing(shop: Vendor, an: User) -> None:
    product = make_draft(shop, an)
    assert list(listing.what_is_missing(product)) == ["description_vi", "variants", "pictures"]
    with pytest.raises(ProductIncomplete):
        listing.submit_product(product=product, actor=an)
    product.refresh_from_db()
    assert product.state == ProductState.DRAFT


def test_submitting_writes_timeline_audit_and_outbox_once(shop: Vendor, an: User) -> None:
    product = make_complete(shop, an)
    for _ in range(2):
        listing.submit_product(product=product, actor=an)
    product.refresh_from_db()
    assert product.state == ProductState.SUBMITTED
    row = ProductDecision.objects.get()
    assert (row.from_state, row.to_state, row.actor) == ("draft", "submitted", an)
    assert AuditEntry.objects.filter(action="product.submitted").count() == 1
    assert topics().count("product.submitted") == 1


def test_goods_of_an_unapproved_vendor_wait_as_drafts(an: User) -> None:
    shop = make_vendor(owner=an, state=VendorState.SUBMITTED)
    product = make_complete(shop, an)
    with pytest.raises(VendorNotApproved):
        listing.submit_product(product=product, actor=an)
    assert Product.objects.get().state == ProductState.DRAFT


def test_what_staff_look_at_or_approved_is_not_edited_in_place(shop: Vendor, an: User) -> None:
    live = put_up(shop, "Hạt điều")
    waiting = make_product(shop, state="submitted")
    for product in (live, waiting):
        with pytest.raises(ProductLocked):
            listing.edit_product(product=product, fields={"name_vi": "Khác hẳn"}, actor=an)
    assert not Product.objects.filter(name_vi="Khác hẳn").exists()


def test_what_was_sent_back_can_be_edited_and_sent_again(shop: Vendor, an: User) -> None:
    product = make_complete(shop, an)
    product.state, product.change_reasons = ProductState.CHANGES_REQUESTED, {"name_vi": "Sai"}
    product.save()
    listing.edit_product(product=product, fields={"name_vi": "Điều rang"}, actor=an)
    listing.submit_product(product=product, actor=an)
    product.refresh_from_db()
    assert (product.name_vi, product.slug) == ("Điều rang", "dieu-rang")
    assert (product.state, product.change_reasons) == ("submitted", {})


def test_pausing_hides_and_resuming_shows(shop: Vendor, an: User) -> None:
    product = put_up(shop, "A")
    listing.pause_product(product=product, actor=an)
    assert SearchEntry.objects.count() == 0
    listing.resume_product(product=product, actor=an)
    assert SearchEntry.objects.count() == 1
    assert topics() == ["product.paused", "product.resumed"]


def test_a_vendor_cannot_put_back_what_staff_took_down(shop: Vendor, an: User) -> None:
    product = make_product(shop, state="taken_down")
    with pytest.raises(ProductLocked):
        listing.resume_product(product=product, actor=an)


def test_an_archived_product_stays_archived(shop: Vendor, an: User) -> None:
    product = put_up(shop, "A")
    listing.archive_product(product=product, actor=an)
    listing.archive_product(product=product, actor=an)
    with pytest.raises(BadMove):
        listing.pause_product(product=product, actor=an)
    assert ProductDecision.objects.count() == 1
    assert SearchEntry.objects.count() == 0
