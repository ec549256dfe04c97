"""S25: what people type is text and nothing else, on every page of everybody, in every column."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction
from django.test import Client

from catalog.models import Variant
from catalog.services.indexing import index_product
from core import versions
from tests.web.isolation_making import World, address, addresses, make_world
from web.buyers.sitemaps import GOODS_PER_FILE

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script>\"'>"
RAW = ("<script>alert(1)", "\"'>", "</script><script>")
# Columns whose words come from people, in whichever table they stand.
TYPED = {
    "name", "name_vi", "name_en", "short_name", "full_name", "story_vi", "story_en", "summary_vi",
    "summary_en", "description_vi", "description_en", "street", "note", "text", "answer", "title",
    "author_name", "issuer", "reason", "refusal", "variant_name", "variant_name_en", "vendor_name",
    "shop_name", "removed_reason", "device", "subject", "body", "place", "original_name",
    "invoice_name", "invoice_address", "resolution", "reference", "last_error", "error",
}  # fmt: skip
KEPT = {"core_auditentry", "core_auditseal", "accounts_consent"}  # the database refuses changes
MARKUP = ("text/html", "application/xml", "text/xml", "application/rss+xml", "image/svg+xml")


@pytest.fixture
def world() -> World:
    return make_world()


def poison() -> int:
    """Put the hostile words into every such column of every row; says how many columns took it."""
    count = 0
    for model in apps.get_models():
        if model._meta.db_table in KEPT:
            continue
        for field in model._meta.concrete_fields:
            fits = isinstance(field, models.CharField | models.TextField) and (
                (field.max_length or 1000) >= len(HOSTILE)
            )
            if not fits or field.name not in TYPED or field.unique or field.choices:
                continue
            with suppress(IntegrityError, DataError), transaction.atomic():
                count += bool(model._base_manager.update(**{field.name: HOSTILE}))
    return count


def test_no_page_of_anybody_takes_words_for_markup(world: World) -> None:
    live = Variant.objects.get(product__vendor__slug="htx-an", product__state="live")
    assert poison() >= 30
    index_product(live.product_id)
    versions.bump_now()
    product = live.product
    public = world.things | {
        "pk": product.pk,
        "slug": product.slug,
        "buyers:watch": {"pk": live.pk},
        "buyers:vendor": {"slug": product.vendor.slug, "pk": product.vendor_id},
        "buyers:rss_vendor": {"pk": product.vendor_id},
        "buyers:rss_category": {"slug": product.category.slug},
        "buyers:sitemap_goods": {"pk": product.pk // GOODS_PER_FILE},
        "buyers:category": {"slug": product.category.slug},
        "api:product": {"slug": f"{product.slug}-{product.pk}"},
        "product_id": product.pk,
    }
    people = {**world.others, "an": world.an, "staff": world.staff}
    seen = {who: look(client, [world.things, public]) for who, client in people.items()}
    assert {who: found for who, (found, _escaped) in seen.items() if found} == {}
    escaped = {who: pages for who, (_found, pages) in seen.items()}
    assert escaped["anonymous"] >= 8
    assert escaped["an"] >= 20
    assert escaped["staff"] >= 10


def look(client: Client, chosen: list[dict[str, object]]) -> tuple[list[str], int]:
    """Where the words stand as markup, and on how many pages they stand as words."""
    wrong, escaped = [], 0
    for name in sorted(addresses()):
        for things in chosen:
            try:
                path = address(name, things)
            except KeyError:
                continue
            page = client.get(path)
            if page.streaming or not page["Content-Type"].startswith(MARKUP):
                continue
            text = page.content.decode()
            wrong += [f"{path}: {raw}" for raw in RAW if raw in text]
            escaped += "alert(1)" in text
    return wrong, escaped
