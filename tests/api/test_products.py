import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import Product
from catalog.services.indexing import index_product
from core import limits
from tests.making import make_category, make_product, make_user, make_variant, make_vendor
from vendors.models import Vendor


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "check", lambda *keys, **options: None)


@pytest.fixture
def an(db: None) -> Vendor:
    return make_vendor(owner=make_user(), name="HTX An", slug="htx-an")


def make_public(vendor: Vendor, *, days_ago: int = 0, **changes: object) -> Product:
    moment = datetime(2026, 11, 1, tzinfo=UTC) - timedelta(days=days_ago)
    product = make_product(vendor, published_at=moment, **changes)
    make_variant(vendor, product=product, price_vnd=185_000)
    index_product(product.pk)
    return product


def get(client: Client, path: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(client.get(path).content)
    return found


def ids(answer: dict[str, object]) -> list[int]:
    results = answer["results"]
    assert isinstance(results, list)
    return [row["id"] for row in results]


def test_products_come_newest_first_with_money_in_whole_dong(client: Client, an: Vendor) -> None:
    old, new = make_public(an, days_ago=5), make_public(an)
    answer = get(client, "/api/v1/products/")
    assert ids(answer) == [new.pk, old.pk]
    first = answer["results"][0]  # type: ignore[index]
    assert (first["price_vnd"], first["in_stock"]) == (185_000, True)
    assert first["slug"] == f"{new.slug}-{new.pk}"


def test_the_cursor_leads_through_all_pages_without_repeats(client: Client, an: Vendor) -> None:
    made = [make_public(an, days_ago=day).pk for day in range(5)]
    seen: list[int] = []
    path: object = "/api/v1/products/?page_size=2"
    while path:
        answer = get(client, str(path))
        seen += ids(answer)
        path = answer["next"]
    assert seen == made


def test_filters_combine(client: Client, an: Vendor) -> None:
    category = make_category(slug="hat-dieu")
    wanted = make_public(an, category=category, grade="W320")
    make_public(an, category=category, grade="W240")
    make_public(make_vendor(), grade="W320")
    path = f"/api/v1/products/?category=hat-dieu&grade=W320&vendor={an.pk}&price_max=200000"
    assert ids(get(client, path)) == [wanted.pk]


def test_words_are_found_without_accents(client: Client, an: Vendor) -> None:
    wanted = make_public(an, name_vi="Tiêu sọ Lộc Ninh")
    make_public(an, name_vi="Mật ong")
    assert ids(get(client, "/api/v1/products/?q=tieu+so")) == [wanted.pk]


def test_a_product_by_slug_or_id_with_stock_as_of_now(client: Client, an: Vendor) -> None:
    product = make_public(an)
    by_slug = get(client, f"/api/v1/products/ten-cu-{product.pk}/")
    assert by_slug == get(client, f"/api/v1/products/{product.pk}/")
    assert by_slug["variants"][0]["available"] == 10  # type: ignore[index]


@pytest.mark.parametrize("state", ["draft", "submitted", "taken_down", "paused"])
def test_what_is_not_public_answers_like_a_missing_one(
    client: Client, an: Vendor, state: str
) -> None:
    hidden = make_product(an, state=state)
    answer = client.get(f"/api/v1/products/{hidden.pk}/")
    missing = client.get("/api/v1/products/999999999/")
    assert answer.status_code == missing.status_code == 404
    left, right = json.loads(answer.content), json.loads(missing.content)
    assert left | {"request_id": ""} == right | {"request_id": ""}
    assert left["code"] == "not_found"


@pytest.mark.parametrize(
    "query", ["price_min=abc", "vendor=x", "published_after=yesterday", "vendor_kind=king"]
)
def test_an_unreadable_filter_is_a_problem_with_its_name(
    client: Client, an: Vendor, query: str
) -> None:
    answer = client.get(f"/api/v1/products/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    body = json.loads(answer.content)
    assert body["code"] == "invalid"
    assert list(body["errors"]) == [query.split("=", maxsplit=1)[0]]


@pytest.mark.parametrize("size", ["0", "-1", "1000000000", "x"])
def test_the_page_size_is_bounded(client: Client, an: Vendor, size: str) -> None:
    for day in range(3):
        make_public(an, days_ago=day)
    assert len(ids(get(client, f"/api/v1/products/?page_size={size}"))) == 3


def test_a_list_costs_the_same_for_few_and_many(
    client: Client, an: Vendor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(10):
        make_public(an, days_ago=day)
    with django_assert_max_num_queries(2):
        client.get("/api/v1/products/")


def test_vendors_are_listed_with_the_count_of_their_goods(client: Client, an: Vendor) -> None:
    make_public(an)
    make_vendor(state="suspended")
    answer = get(client, "/api/v1/vendors/?kind=cooperative")
    assert ids(answer) == [an.pk]
    assert answer["results"][0]["product_count"] == 1  # type: ignore[index]


def test_writing_is_refused(client: Client, an: Vendor) -> None:
    answer = client.post("/api/v1/products/", {}, content_type="application/json")
    assert (answer.status_code, json.loads(answer.content)["code"]) == (405, "method_not_allowed")


def test_the_schema_names_every_call(client: Client) -> None:
    answer = client.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    schema = json.loads(answer.content)
    assert list(schema["paths"]) == [
        "/api/v1/products/",
        "/api/v1/products/{slug}/",
        "/api/v1/vendors/",
    ]


def test_the_page_to_read_it_names_them_too(client: Client, db: None) -> None:
    text = client.get("/api/").content.decode()
    assert "GET /api/v1/products/{slug}/" in text
    assert "price_vnd" in text
