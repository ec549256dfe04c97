"""Whose is it: every address of the market, asked by everybody, about An's things."""

from enum import StrEnum
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Variant
from channels.models import Connection, Listing
from orders.models import OrderMessage
from tests.web.isolation_making import (
    SECRETS,
    World,
    address,
    addresses,
    fingerprint,
    live_variant,
    make_world,
    shown_things,
    told,
)

pytestmark = pytest.mark.django_db


class Rule(StrEnum):
    """Who may see what stands at an address."""

    ALL = "the same for everybody"
    GOODS = "public goods only: An's draft is missing"
    OWN = "about the visitor: nothing in the address says whose"
    PROOF = "the buyer's, after a code"
    SELLER = "a vendor's own thing"
    MEMBER = "a person's own thing"
    DESK = "the province's staff"
    DEMO = "the demo's mailbox, which is open on purpose"
    PARTY = "signed by an outside party"


RULES = {
    **dict.fromkeys(
        ("platform:healthz", "platform:readyz", "platform:metrics", "platform:theme",
         "platform:robots", "platform:favicon", "api:docs", "api:schema", "api:products",
         "api:vendors", "buyers:home", "buyers:search", "buyers:vendors", "buyers:rules",
         "buyers:complaints", "buyers:data", "buyers:ranking", "buyers:delivery",
         "buyers:wards_fragment", "buyers:map", "buyers:suggestions",
         "buyers:sitemap", "buyers:sitemap_pages",
         "buyers:sitemap_vendors", "buyers:rss", "buyers:manifest",
         "buyers:offline", "platform:worker", "buyers:feed_google", "buyers:feed_facebook"),
        Rule.ALL,
    ),
    **dict.fromkeys(
        ("platform:media", "api:product", "buyers:category", "buyers:product", "buyers:vendor",
         "buyers:live", "buyers:live_fragment", "buyers:sitemap_goods", "buyers:rss_category",
         "buyers:rss_vendor", "platform:jpeg",
         "buyers:reviews", "buyers:questions", "buyers:ask", "buyers:watch", "buyers:stop_watch",
         "buyers:commodity"),
        Rule.GOODS,
    ),
    **dict.fromkeys(
        ("buyers:my_questions", "buyers:wishes", "buyers:wish", "buyers:end_watch",
         "buyers:following", "buyers:follow_vendor", "buyers:watch_code", "sellers:questions",
         "buyers:cart", "buyers:add", "buyers:change", "buyers:later", "buyers:take_up",
         "buyers:remove", "buyers:checkout", "buyers:vouchers_now",
         "buyers:done", "buyers:follow", "buyers:follow_code", "buyers:cart_count",
         "buyers:bill_fragment", "accounts:me", "accounts:sign_in", "accounts:sign_up",
         "accounts:sign_out", "accounts:forgot", "accounts:code", "accounts:passkey_ask",
         "accounts:passkey_answer", "accounts:prove", "accounts:contact", "accounts:contact_code",
         "accounts:security", "accounts:app", "accounts:passkey", "accounts:recovery_codes",
         "accounts:devices", "accounts:end_others", "accounts:addresses", "accounts:add_address",
         "accounts:consents", "accounts:data", "accounts:export", "accounts:erase",
         "accounts:undo_erasure", "sellers:home",
         "sellers:choose_vendor", "sellers:money", "sellers:undo", "sellers:apply",
         "sellers:apply_kind", "sellers:apply_name", "sellers:apply_address",
         "sellers:apply_papers", "sellers:apply_send", "sellers:status", "sellers:products",
         "sellers:product_new", "sellers:suggestions", "sellers:orders", "sellers:channels",
         "sellers:channel_start", "sellers:channel_back", "sellers:vouchers",
         "sellers:voucher_new", "sellers:complaints", "sellers:conversations", "sellers:reviews",
         "buyers:attach", "buyers:attach_code"),
        Rule.OWN,
    ),
    **dict.fromkeys(
        ("buyers:order", "buyers:cancel", "buyers:again", "buyers:receipt", "buyers:messages",
         "buyers:message_photo", "buyers:review", "buyers:complain", "buyers:complaint",
         "buyers:complaint_photo"),
        Rule.PROOF,
    ),
    **dict.fromkeys(
        ("sellers:product_specs", "sellers:question",
         "sellers:paper_file", "sellers:paper_remove", "sellers:picture", "sellers:product",
         "sellers:step_photo", "sellers:photo_remove", "sellers:step_name", "sellers:step_price",
         "sellers:step_count", "sellers:step_send", "sellers:product_edit", "sellers:revision",
         "sellers:revision_withdraw", "sellers:product_pause", "sellers:product_resume",
         "sellers:variant_add", "sellers:quick_price", "sellers:quick_stock",
         "sellers:variant_remove", "sellers:order", "sellers:order_confirm", "sellers:order_pack",
         "sellers:order_hand_over", "sellers:order_cancel", "sellers:packing_slip",
         "sellers:channel_stop", "sellers:channel_buffer", "sellers:channel_offer",
         "sellers:channel_end", "sellers:channel_push", "sellers:voucher",
         "sellers:voucher_pause", "sellers:voucher_resume", "sellers:messages",
         "sellers:message_photo", "sellers:order_take_in", "sellers:complaint",
         "sellers:complaint_photo", "sellers:review"),
        Rule.SELLER,
    ),
    **dict.fromkeys(
        ("accounts:remove_authenticator", "accounts:end_device", "accounts:address",
         "accounts:usual_address", "accounts:remove_address", "accounts:download_export"),
        Rule.MEMBER,
    ),
    **dict.fromkeys(
        ("staff:categories", "staff:category", "staff:questions", "staff:question",
         "staff:home", "staff:vendors", "staff:vendor", "staff:papers", "staff:paper",
         "staff:paper_file", "staff:products", "staff:product", "staff:revisions",
         "staff:revision", "staff:cases", "staff:case", "staff:trail", "staff:outbox",
         "staff:delivery", "staff:message", "staff:vouchers", "staff:voucher_new",
         "staff:voucher", "staff:complaints", "staff:complaint", "staff:complaint_photo",
         "staff:reviews", "staff:review"),
        Rule.DESK,
    ),
    **dict.fromkeys(("dev:mailbox", "dev:message"), Rule.DEMO),
    "hooks:shopee": Rule.PARTY,
}  # fmt: skip
MISSING: dict[str, object] = {
    **dict.fromkeys(
        ("category_id", "question_id",
         "product_id", "variant_id", "picture_id", "paper_id", "connection_id", "listing_id",
         "vendor_id", "revision_id", "case_id", "delivery_id", "message_id", "voucher_id",
         "authenticator_id", "device_id", "address_id", "export_id", "review_id", "position", "pk"),
        987_654_321,
    ),
    "number": "BP222222222",
    "complaint": "BP222222222",
    "slug": "khong-co",
    "token": "f" * 24,
    "folder": "ff",
    "width": 480,
    "fmt": "webp",
}  # fmt: skip
REFUSED = {
    Rule.GOODS: {404, 405},
    Rule.PROOF: {303, 405},
    Rule.SELLER: {404, 405},
    Rule.MEMBER: {404, 405},
    Rule.DESK: {403},
}
# To sign in, to register, or to show once more who one is.
LED_TO = ("/tai-khoan/dang-nhap/?next=", "/ban-hang/dang-ky/", "/tai-khoan/xac-nhan-lai/?next=")
LEADING = (Rule.SELLER, Rule.MEMBER)
OTHERS = ("anonymous", "buyer", "vendor", "guest")
EVERYBODY = (*OTHERS, "member", "device", "an", "staff")
VERBS = ("get", "head", "post", "put", "patch", "delete")
# The buyer's pages that a visit shows; the other addresses are posts and photos.
PROOF_PAGES = {
    f"buyers:{name}"
    for name in ("order", "again", "receipt", "messages", "review", "complain", "complaint")
}
# Counted on purpose: who keeps knocking at the province's desk becomes a case.
KNOCKS = ("core_case", "core_auditentry")


@pytest.fixture
def world() -> World:
    return make_world()


def named(*rules: Rule) -> list[str]:
    return [name for name, rule in RULES.items() if rule in rules]


def answer(client: Client, verb: str, name: str, things: dict[str, object]) -> tuple[int, str, str]:
    """Status, way on and text, without what belongs to this one asking."""
    path = address(name, things)
    made = getattr(client, verb)(path, headers={"Sec-Fetch-Site": "same-origin"})
    body = b"".join(made) if made.streaming else made.content
    return made.status_code, told(made.get("Location", ""), path), told(body.decode(), path)


def test_every_address_has_a_rule() -> None:
    assert set(addresses()) == set(RULES)


@pytest.mark.parametrize("who", [*OTHERS, "staff"])
def test_somebody_elses_thing_answers_like_a_missing_one(world: World, who: str) -> None:
    client = world.staff if who == "staff" else world.others[who]
    before = fingerprint()
    for name in named(Rule.GOODS, Rule.PROOF, Rule.SELLER, Rule.MEMBER):
        for verb in VERBS:
            theirs = answer(client, verb, name, world.things)
            assert theirs == answer(client, verb, name, MISSING), (verb, name)
            is_led_away = RULES[name] in LEADING and theirs[1].startswith(LED_TO)
            assert is_led_away or theirs[0] in REFUSED[RULES[name]], (verb, name)
    assert fingerprint() == before


@pytest.mark.parametrize("who", OTHERS)
def test_the_desk_is_closed_to_everybody_else(world: World, who: str) -> None:
    before = fingerprint(without=KNOCKS)
    for name in named(Rule.DESK):
        for verb in VERBS:
            theirs = answer(world.others[who], verb, name, world.things)
            assert theirs == answer(world.others[who], verb, name, MISSING), (verb, name)
            assert theirs[0] == (302 if who in ("anonymous", "guest") else 403), (verb, name)
    assert fingerprint(without=KNOCKS) == before


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_no_page_tells_what_is_ans(world: World, who: str, language: str) -> None:
    for name in RULES:
        if RULES[name] == Rule.DEMO:
            continue
        page = world.others[who].get(language + address(name, world.things))
        body = (b"".join(page) if page.streaming else page.content).decode("utf-8", "replace")
        assert not [secret for secret in SECRETS if secret in body], name


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("verb", ["head", "get"])
def test_looking_changes_nothing(world: World, who: str, verb: str) -> None:
    """S27; a visit marks the visitor's own new things as seen (docs/adr/0010), a HEAD not even
    that."""
    client, shown = world.everybody[who], set()
    sums = partial(fingerprint, without=() if who == "staff" else KNOCKS, marks=verb == "head")
    before = sums()
    for things in (world.things, shown_things(world), MISSING):
        for name in RULES:
            page = getattr(client, verb)(address(name, things))
            if page.streaming:
                assert b"".join(page) or verb == "head"
            if page.status_code == 200 and RULES[name] in (Rule.PROOF, Rule.OWN):
                shown.add(name)
    assert sums() == before
    assert (who not in world.buyers) or shown >= PROOF_PAGES


@pytest.mark.parametrize("who", ["member", "an"])
def test_a_look_marks_exactly_what_was_new_and_not_looked_at(world: World, who: str) -> None:
    """What the test above leaves out, named: the words of the other side, new goods followed."""
    before = fingerprint(without=KNOCKS)
    for name in RULES:
        page = world.everybody[who].get(address(name, world.things))
        assert not page.streaming or b"".join(page)
    after = fingerprint(without=KNOCKS)
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"orders_ordermessage"} | (
        {"catalog_vendorfollow"} if who == "member" else set()
    )
    seen = OrderMessage.objects.exclude(seen_at=None).values_list("author_kind", flat=True)
    assert list(seen) == ["vendor" if who == "member" else "buyer"]


@pytest.mark.parametrize("listed", [("wish", "/yeu-thich/"), ("follow", "/theo-doi/")])
def test_what_a_guest_asked_for_is_done_once_after_signing_in(
    world: World, listed: tuple[str, str]
) -> None:
    """The other reasoned exception: signed by a guarded post of this device, done by the page to
    which signing in leads, and neither by a HEAD nor by a second look."""
    live = live_variant()
    kind, path = listed
    pk = live.product_id if kind == "wish" else live.product.vendor_id
    member = world.others["buyer"]
    asked = world.others["anonymous"].post(f"{path}sua", {"id": pk})
    member.cookies.update(asked.cookies)
    before = fingerprint()
    assert member.head(path).status_code == 200
    assert fingerprint() == before
    assert member.get(path).status_code == 200
    done = fingerprint()
    table = {"wish": "catalog_wish", "follow": "catalog_vendorfollow"}[kind]
    assert [name for name in done if done[name] != before[name]] == [table]
    assert done[table][0] == before[table][0] + 1
    member.get(path)
    assert fingerprint(marks=False)[table][0] == done[table][0]


def test_a_shop_of_ones_own_takes_no_goods_or_offers_of_others(world: World) -> None:
    binhs = Connection.objects.create(
        vendor=Variant.objects.get(product__vendor__slug="htx-binh").product.vendor,
        channel="shopee",
        shop_id="7002",
    )
    before = fingerprint()
    mine = world.things | {"connection_id": binhs.pk}
    for name in ("sellers:channel_offer", "sellers:channel_end", "sellers:channel_push"):
        assert answer(world.others["vendor"], "post", name, mine)[0] == 404, name
    assert fingerprint() == before
    assert Listing.objects.count() == 1


def test_a_number_of_another_purchase_opens_nothing_with_ones_own_code(world: World) -> None:
    """A device that proved one purchase asks for another: it is led to the form, as for none."""
    number = str(world.things["number"])
    page = world.others["anonymous"].post("/don-hang/", {"number": number, "phone": "0900 111 222"})
    assert (page.status_code, page["Location"]) == (303, "/don-hang/ma")
    wrong = world.others["anonymous"].post("/don-hang/ma", {"code": "000000"})
    assert wrong.status_code in (400, 409)
    assert world.others["anonymous"].get(reverse("buyers:order", args=[number])).status_code == 303
