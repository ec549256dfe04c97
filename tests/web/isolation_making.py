"""An's whole business, people who must see nothing of it, and what the database holds. No test."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse, set_script_prefix

from accounts.models import User
from catalog.models import Product, Revision, Variant
from catalog.services import wishes
from catalog.services.indexing import index_product
from channels.models import Connection, Listing, ListingState
from core import cases, clock, crypto, files, outbox, relay
from core.models import DeliveryState, OutboxDelivery, Picture
from notifications.models import Message
from orders.models import Order
from tests.making import (
    BU_DANG,
    make_cart,
    make_product,
    make_purchase,
    make_question,
    make_rates,
    make_user,
    make_variant,
    make_vendor,
)
from tests.orders.complaining import deliver
from tests.promotions.making import make_voucher
from tests.web.following_making import device_of, make_complaint, make_review
from tests.web.sellers_making import add_photo, browser_of, jpeg, pdf
from vendors.models import Vendor
from vendors.services import filing
from web.buyers.sitemaps import GOODS_PER_FILE

SECRETS = ("Mẻ rang thử chưa bán", "Khách Riêng", "0912 777 666", "+84912777666",
           "Gian riêng của An", "GIAY-RIENG-7",
           "Hạt mốc riêng của khách", "Lời riêng của An")  # fmt: skip
SESSIONS = "django_session"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SUM = """SELECT %(name)s, count(*), sum(hashtextextended((to_jsonb(t) - %(column)s)::text, 0))
FROM {table} t"""
# What opening a page may change: "I have seen it", of one's own (docs/adr/0010).
READ_MARKS = {"orders_ordermessage": "seen_at", "catalog_vendorfollow": "seen_at"}
_SHIFTING = re.compile(r'\b[0-9a-f]{16}\b|BP[0-9A-Z]{9}|name="csrfmiddlewaretoken" value="\w+"')


@dataclass(frozen=True)
class World:
    """What is An's and of An's buyer, by the names that addresses give it, and the browsers of
    everybody: `buyers` are the account that bought and a device that proved it with a code."""

    things: dict[str, object]
    hidden: Product
    an: Client
    buyers: dict[str, Client]
    others: dict[str, Client] = field(default_factory=dict)
    staff: Client = field(default_factory=Client)

    @property
    def everybody(self) -> dict[str, Client]:
        return {**self.others, **self.buyers, "an": self.an, "staff": self.staff}


def addresses() -> dict[str, tuple[str, ...]]:
    """Every address of the market: its full name and the names of its parts."""
    return dict(_flat(get_resolver().url_patterns, ""))


def _flat(
    patterns: "list[URLPattern | URLResolver]", space: str
) -> "list[tuple[str, tuple[str, ...]]]":
    found: list[tuple[str, tuple[str, ...]]] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            found += _flat(one.url_patterns, inner)
        else:
            parts = tuple(one.pattern.converters) or tuple(one.pattern.regex.groupindex)
            found.append((f"{space}{one.name}", parts))
    return found


def address(name: str, things: dict[str, object]) -> str:
    """The address of this name, about these things; `name` among them means other ones."""
    own = things.get(name)
    things = own if isinstance(own, dict) else things
    parts = {part: things[part] for part in addresses()[name]}
    set_script_prefix("/")  # an English page before may have left its own
    return reverse(name, kwargs=parts or None)


def make_world() -> World:
    """An sells cashews and prepares a batch that nobody may know of; Bình sells too."""
    make_rates()
    owner = make_user()
    an = make_vendor(owner=owner, name="HTX An", slug="htx-an")
    live = make_variant(an, on_hand=10)
    index_product(live.product_id)
    draft = make_product(an, name_vi=SECRETS[0], slug="me-rang-thu", state="draft")
    make_variant(an, product=draft)
    photo = Picture.objects.get(pk=add_photo(draft))
    chi = make_user()
    order = _bought(live, chi)
    new = make_vendor(name="HTX chưa duyệt", slug="htx-moi", state="submitted")
    things = {
        "buyers:vendor": {"slug": new.slug, "pk": new.pk},
        "buyers:rss_vendor": {"pk": new.pk},
        "category_id": live.product.category_id,
        "buyers:sitemap_goods": {"pk": 10**9 + draft.pk},
        "product_id": draft.pk,
        "variant_id": draft.variants.get().pk,
        "picture_id": photo.pk,
        "token": photo.token,
        "number": order.number,
        "pk": draft.pk,
        "buyers:watch": {"pk": draft.variants.get().pk},
        "slug": draft.slug,
        "folder": photo.token[:2],
        "width": 480,
        "fmt": "webp",
        **_papers(an, owner),
        **_shop(an, live),
        **_desk_things(an, live.product, owner),
        **_own_things(owner),
        **_words_about(order, live.product),
    }
    _wanted_by(chi, live)
    binh = make_user()
    binhs = make_variant(make_vendor(owner=binh, name="HTX Bình", slug="htx-binh"))
    others = {
        "anonymous": Client(),
        "buyer": browser_of(make_user()),
        "vendor": browser_of(binh),
        "guest": device_of(make_purchase({binhs: 1}, phone="0909 111 222").orders.get()),
    }
    staff = browser_of(make_user(is_staff=True))
    buyers = {"member": browser_of(chi), "device": device_of(order)}
    return World(things, draft, browser_of(owner), buyers, others, staff)


def shown_things(world: World) -> dict[str, object]:
    """An's things that are on the shop, for the addresses of public goods."""
    variant = live_variant()
    product = variant.product
    return {
        **world.things,
        "pk": product.pk,
        "slug": product.slug,
        "buyers:watch": {"pk": variant.pk},
        "buyers:vendor": {"slug": product.vendor.slug, "pk": product.vendor_id},
        "buyers:rss_vendor": {"pk": product.vendor_id},
        "buyers:rss_category": {"slug": product.category.slug},
        "buyers:sitemap_goods": {"pk": product.pk // GOODS_PER_FILE},
        "buyers:category": {"slug": product.category.slug},
        "api:product": {"slug": f"{product.slug}-{product.pk}"},
        "product_id": product.pk,
    }


def live_variant() -> Variant:
    """The one pack of An's that the shop shows."""
    return Variant.objects.get(product__vendor__slug="htx-an", product__state="live")


def _bought(live: Variant, chi: User) -> Order:
    """Two packs of An's, in Chi's hands."""
    bought = make_purchase({live: 2}, name=SECRETS[1], phone=SECRETS[2], buyer_id=chi.pk)
    return deliver(bought.orders.get())


def _wanted_by(chi: User, live: Variant) -> None:
    """Chi's list, followed vendor with new goods, pack waited for, and cart at an older price."""
    wishes.keep_wish(product_id=live.product_id, user=chi)
    wishes.follow_vendor(vendor_id=live.product.vendor_id, user=chi)
    live.watches.create(user=chi, token="b" * 24, asked_at=clock.now())
    cart = make_cart({live: 1})
    cart.lines.update(seen_price_vnd=1)
    cart.user = chi
    cart.save()


def _own_things(owner: User) -> dict[str, object]:
    """What is the person's: an address, a device, an app with codes, a copy of the data."""
    now = clock.now()
    at = owner.addresses.create(name=SECRETS[1], phone=SECRETS[3], ward_code=BU_DANG, street="1")
    app = owner.authenticators.create(kind="totp", secret=crypto.encrypt("A"), created_at=now)
    device = owner.signed_in.create(session_key="x" * 32, device="An", at=now)
    kept = files.keep(SECRETS[4].encode(), kind="application/zip", name="a", folder="export")
    copy = owner.data_exports.create(
        state="ready", file=kept, asked_at=now, expires_at=now + timedelta(days=1)
    )
    return {
        "address_id": at.pk,
        "authenticator_id": app.pk,
        "device_id": device.pk,
        "export_id": copy.pk,
    }


def _words_about(order: Order, product: Product) -> dict[str, object]:
    """A complaint with a photo, a message each way with another, not opened; a review."""
    complaint = make_complaint(order, text=SECRETS[6])
    photo = files.keep(jpeg().read(), kind="image/webp", name="a", folder="photo")
    for author, text in (("vendor", SECRETS[7]), ("buyer", SECRETS[6])):
        order.messages.create(
            key=uuid4(), author_kind=author, text=text, photo=photo, at=clock.now()
        )
    review = make_review(product, order)
    return {"complaint": complaint.number, "position": 1, "review_id": review.pk}


def _papers(an: Vendor, owner: User) -> dict[str, object]:
    form = filing.PaperForm(kind="registration", number=SECRETS[5])
    upload = files.read_upload(pdf(), purpose="paper")
    return {"paper_id": filing.add_paper(vendor=an, form=form, upload=upload, actor=owner).pk}


def _shop(an: Vendor, live: Variant) -> dict[str, object]:
    shop = Connection.objects.create(
        vendor=an, channel="shopee", shop_id="7001", shop_name=SECRETS[4]
    )
    listing = Listing.objects.create(
        connection=shop, variant=live, price_vnd=1, state=ListingState.LIVE, item_id="1"
    )
    return {"connection_id": shop.pk, "listing_id": listing.pk}


def _desk_things(an: Vendor, live: Product, owner: User) -> dict[str, object]:
    """What only the province looks at."""
    revision = Revision.objects.create(product=live, changes={"name_vi": SECRETS[0]}, author=owner)
    case = cases.open_case(
        kind="oversold", subject=("vendor", str(an.pk)), title=SECRETS[0], dedupe_key="an"
    )
    outbox.emit("vendor.changed", key=f"vendor:{an.pk}", vendor_id=an.pk)
    relay.fan_out()
    delivery = OutboxDelivery.objects.order_by("-pk").first()
    assert delivery is not None
    OutboxDelivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.PARKED)
    message = Message.objects.order_by("pk").first()
    return {
        "vendor_id": an.pk,
        "revision_id": revision.pk,
        "case_id": case.pk,
        "question_id": make_question(live, author=owner, text=SECRETS[0]).pk,
        "voucher_id": make_voucher(an).pk,
        "staff:voucher": {"voucher_id": make_voucher().pk},
        "delivery_id": delivery.pk,
        "message_id": message.pk if message else 1,
    }


def fingerprint(
    *, without: tuple[str, ...] = (), marks: bool = True
) -> dict[str, tuple[int, object]]:
    """Per table its number of rows and a sum over all they hold; sessions are left out, and where
    `marks` is off what says that somebody has looked."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [row[0] for row in cursor.fetchall() if row[0] not in (SESSIONS, *without)]
        found = {}
        for table in tables:
            column = "" if marks else READ_MARKS.get(table, "")
            told = {"name": table, "column": column}
            cursor.execute(SUM.format(table=connection.ops.quote_name(table)), told)
            found[table] = tuple(cursor.fetchone()[1:])
    return found


def told(text: str, path: str) -> str:
    """An answer without what differs each time, and without the address that was asked for."""
    return _SHIFTING.sub("", text.replace(path, "…"))
