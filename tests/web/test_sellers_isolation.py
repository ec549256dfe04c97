"""Bình at An's addresses: every one, every verb, exactly as if the thing weren't there."""

import re
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse

from catalog.models import Product, ProductPicture, Question, Review, Revision, Stock, Variant
from core.models import AuditEntry, OutboxEntry
from orders.models import Complaint, Order, OrderEvent, OrderMessage, Parcel
from promotions.models import Voucher
from tests.making import make_product, make_question
from tests.promotions.making import make_voucher
from tests.web.following_making import make_complaint, make_review
from tests.web.sellers_making import add_photo, desk, jpeg, make_order
from vendors.models import Paper, Vendor
from web.sellers.urls import urlpatterns

pytestmark = pytest.mark.django_db
VERBS = ("get", "head", "post", "put", "patch", "delete")
WATCHED: tuple[type[Model], ...] = (
    AuditEntry,
    Complaint,
    Order,
    OrderEvent,
    OutboxEntry,
    Paper,
    OrderMessage,
    Parcel,
    Product,
    ProductPicture,
    Question,
    Review,
    Revision,
    Stock,
    Variant,
    Vendor,
    Voucher,
)
MISSING = {"product_id": 987654321, "variant_id": 987654321, "paper_id": 987654321,
           "complaint": "BP222222222", "review_id": 987654321, "position": 987654321,
           "number": "BP222222222", "picture_id": 987654321, "token": "f" * 24,
           "voucher_id": 987654321, "question_id": 987654321}  # fmt: skip
OURS = [
    pattern
    for pattern in urlpatterns
    if pattern.pattern.converters and not str(pattern.pattern).startswith("kenh/")
]


@pytest.fixture
def keys() -> dict[str, Any]:
    """An's things: a live product with a waiting revision, a draft, a paper and a new order."""
    page, an = desk(name="HTX An", slug="htx-an")
    order = make_order(an)
    variant = Variant.objects.get()
    picture_id = add_photo(variant.product)
    paper = an.papers.create(kind="ocop")
    page.post("/ban-hang/dang-ky/giay-to/", {"kind": "vietgap", "file": jpeg()})
    Revision.objects.create(
        product=variant.product,
        changes={"name_vi": "Mới"},
        author_id=an.members.get().user_id,
    )
    token = variant.product.pictures.get().picture.token
    return {
        "product_id": variant.product_id,
        "variant_id": variant.pk,
        "paper_id": paper.pk,
        "number": order.number,
        "picture_id": picture_id,
        "token": token,
        "complaint": make_complaint(order).number,
        "question_id": make_question(variant.product).pk,
        "review_id": make_review(variant.product, order).pk,
        "position": 1,
        "voucher_id": make_voucher(an).pk,
    }


def snapshot() -> list[list[dict[str, Any]]]:
    return [list(model._default_manager.order_by("pk").values()) for model in WATCHED]


def answer_of(
    page: Client, verb: str, pattern: URLPattern, values: dict[str, Any]
) -> tuple[int, str]:
    wanted = {name: values[name] for name in pattern.pattern.converters}
    answer = getattr(page, verb)(reverse(f"sellers:{pattern.name}", kwargs=wanted))
    return answer.status_code, re.sub(r"\b[0-9a-f]{16}\b", "", answer.text)


def test_the_list_of_addresses_is_not_empty() -> None:
    assert len(OURS) >= 28


@pytest.mark.parametrize("who", ["a vendor", "nobody's member"])
@pytest.mark.parametrize("pattern", OURS, ids=lambda pattern: str(pattern.name))
def test_somebody_elses_things_answer_like_missing_ones(
    pattern: URLPattern, who: str, keys: dict[str, Any]
) -> None:
    page, binh = desk(name="HTX Bình", slug="htx-binh")
    make_product(binh)
    if who == "nobody's member":
        binh.members.all().delete()
    before = snapshot()
    for verb in VERBS:
        theirs = answer_of(page, verb, pattern, keys)
        assert theirs[0] == 404, verb
        assert theirs == answer_of(page, verb, pattern, MISSING), verb
    assert snapshot() == before


@pytest.mark.parametrize("pattern", OURS, ids=lambda pattern: str(pattern.name))
def test_a_stranger_is_asked_to_sign_in_everywhere(
    pattern: URLPattern, keys: dict[str, Any]
) -> None:
    before = snapshot()
    for verb in ("get", "post", "delete"):
        assert answer_of(Client(), verb, pattern, keys)[0] == 302
    assert snapshot() == before


@pytest.mark.parametrize(
    ("base", "title", "text"),
    [
        (
            "",
            "Không tìm thấy trang này",
            "Trang có thể đã chuyển chỗ hoặc không còn nữa. Hãy tìm kiếm, hoặc quay lại chợ.",
        ),
        (
            "/en",
            "We can&#x27;t find this page",
            "It may have moved or ended. Search for it, or go back to the market.",
        ),
    ],
)
def test_another_vendors_id_is_a_page_that_is_not_there(
    keys: dict[str, Any], base: str, title: str, text: str
) -> None:
    page, _binh = desk(name="HTX Bình", slug="htx-binh")
    before = snapshot()
    for path in (f"san-pham/{keys['product_id']}/", f"don-hang/{keys['number']}/"):
        answer = page.get(f"{base}/ban-hang/{path}")
        assert answer.status_code == 404
        assert f"<h1>{title}</h1>" in answer.text
        assert f"<p>{text}</p>" in answer.text
        assert "HTX An" not in answer.text
    assert snapshot() == before


def test_a_member_who_was_removed_sees_nothing(keys: dict[str, Any]) -> None:
    page, vendor = desk()
    product = make_product(vendor)
    assert page.get(f"/ban-hang/san-pham/{product.pk}/").status_code == 200
    vendor.members.update(removed_at=product.created_at)
    assert page.get(f"/ban-hang/san-pham/{product.pk}/").status_code == 404


def test_nobody_can_sit_down_for_a_strangers_vendor(keys: dict[str, Any]) -> None:
    page, binh = desk(name="HTX Bình", slug="htx-binh")
    an = Vendor.objects.get(slug="htx-an")
    page.post("/ban-hang/doi-nha-ban/", {"vendor": an.pk})
    assert page.get("/ban-hang/").context["vendor"] == binh


def test_private_pages_are_kept_by_no_cache(keys: dict[str, Any]) -> None:
    page, _ = desk()
    for path in ("/ban-hang/", "/ban-hang/don-hang/", "/ban-hang/san-pham/", "/ban-hang/tien/"):
        cached = page.get(path)["Cache-Control"].split(", ")
        assert sorted(cached) == ["no-store", "private"]
