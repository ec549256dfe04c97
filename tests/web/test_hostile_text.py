"""S25: what people type is text and nothing else, on every page of everybody, in every column."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction
from django.test import Client

from catalog.services.indexing import index_product
from core import versions
from tests.web.isolation_making import (
    World,
    address,
    addresses,
    live_variant,
    make_world,
    shown_things,
)
from tests.web.test_isolation import PROOF_PAGES

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
PAPERS = ("sellers:paper_file", "staff:paper_file")  # as they were handed in
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
    assert poison() >= 30
    index_product(live_variant().product_id)
    versions.bump_now()
    public = shown_things(world)
    seen = {who: look(client, [world.things, public]) for who, client in world.everybody.items()}
    assert {who: found for who, (found, _escaped) in seen.items() if found} == {}
    escaped = {who: pages for who, (_found, pages) in seen.items()}
    assert len(escaped["anonymous"]) >= 8
    assert len(escaped["an"]) >= 20
    assert len(escaped["staff"]) >= 10
    for buyer in world.buyers:
        assert escaped[buyer] >= PROOF_PAGES, buyer
    assert escaped["member"] >= {"buyers:wishes", "buyers:following", "buyers:my_questions"}
    assert escaped["an"] >= {"sellers:packing_slip", "sellers:order", "sellers:messages"}


def look(client: Client, chosen: list[dict[str, object]]) -> tuple[list[str], set[str]]:
    """Where the words stand as markup, and the addresses where they stand as words. Buyers get no
    PDF, the one other form in which words could act: receipts and slips are pages for a printer."""
    wrong: list[str] = []
    escaped: set[str] = set()
    for name in sorted(addresses()):
        for things in chosen:
            try:
                path = address(name, things)
            except KeyError:
                continue
            page = client.get(path)
            kind = page.headers.get("Content-Type", "")
            if kind == "application/pdf" and not name.startswith(PAPERS):
                wrong.append(f"{path}: a PDF")
            if page.streaming or not kind.startswith(MARKUP):
                continue
            text = page.content.decode()
            wrong += [f"{path}: {raw}" for raw in RAW if raw in text]
            if "alert(1)" in text:
                escaped.add(name)
    return wrong, escaped
