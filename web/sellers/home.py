"""The first screen: three big tasks, today's numbers, what can't wait, what the province says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Product, Revision, Stock
from catalog.states import ProductState, RevisionState
from core import clock
from orders.models import Order
from orders.states import OrderState
from vendors.models import Paper, PaperState, Vendor
from vendors.states import VendorState
from web.sellers.access import VENDOR_KEY, Desk, desk_page, person_page, vendors_of
from web.sellers.orders import orders_in
from web.sellers.pages import show

URGENT_SHOWN = 3
LOW_STOCK = 5
PAPER_WARNING = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing the province says, or that needs a look, with the page where to do it."""

    text: str
    detail: str
    url: str
    action: str
    is_bad: bool = False


@desk_page("GET")
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    vendor = desk.vendor
    urgent = list(orders_in(desk, "new")[:URGENT_SHOWN])
    context = {
        "section": "home",
        "urgent": urgent,
        "to_pack": orders_in(desk, "pack").count(),
        "on_the_way": orders_in(desk, "way").count(),
        "today": today_of(vendor),
        "low_stock": low_stock_of(vendor).count(),
        "notices": list(notices_for(vendor)),
        "live_goods": Product.objects.for_vendor(vendor).filter(state=ProductState.LIVE).count(),
    }
    return show(request, desk, "home", context)


@person_page("POST")
def choose_vendor(request: HttpRequest, user: User) -> HttpResponse:
    """Sit down for another of one's vendors; a stranger's is ignored, as if it weren't there."""
    chosen = next((v for v in vendors_of(user) if str(v.pk) == request.POST.get("vendor")), None)
    if chosen is not None:
        request.session[VENDOR_KEY] = chosen.pk
    return redirect("sellers:home")


def today_of(vendor: Vendor) -> dict[str, int]:
    """Orders placed since midnight here, and what they add up to (cancelled ones left out)."""
    zone = ZoneInfo(settings.TIME_ZONE)
    midnight = datetime.combine(clock.today(), time(), zone)
    placed = Order.objects.for_vendor(vendor).filter(placed_at__gte=midnight)
    placed = placed.exclude(state=OrderState.CANCELLED)
    total = placed.aggregate(total=Sum("goods_vnd"))["total"] or 0
    return {"orders": placed.count(), "goods_vnd": total}


def low_stock_of(vendor: Vendor) -> QuerySet[Stock]:
    """Stock rows of goods on the shop with few units left."""
    rows = Stock.objects.filter(
        variant__product__vendor=vendor,
        variant__product__state=ProductState.LIVE,
        variant__archived_at__isnull=True,
    )
    return rows.filter(on_hand__lt=F("held") + LOW_STOCK)


def notices_for(vendor: Vendor) -> Iterator[Notice]:
    """The newest words of the province first: the vendor itself, goods, changes, papers."""
    yield from _about_vendor(vendor)
    yield from _about_products(vendor)
    yield from _about_revisions(vendor)
    yield from _about_papers(vendor)


def _about_vendor(vendor: Vendor) -> Iterator[Notice]:
    url, action = reverse("sellers:status"), _("See what's missing")
    if vendor.state == VendorState.DRAFT:
        yield Notice(_("Your registration isn't sent yet."), "", url, action)
    elif vendor.state == VendorState.CHANGES_REQUESTED:
        yield _about_changes(vendor)
    elif vendor.state == VendorState.SUBMITTED:
        text = _("The province is checking your registration.")
        yield Notice(text, _("You can already prepare your products."), url, _("See status"))
    elif vendor.state == VendorState.SUSPENDED:
        text = _("The province has paused your shop.")
        yield Notice(text, _("Buyers can't see your products now."), url, _("See why"), is_bad=True)


def _about_changes(vendor: Vendor) -> Notice:
    """What the province asked for; once all is mended, that it waits to be sent."""
    if set(vendor.change_reasons) == set(vendor.mended_fields):
        send = reverse("sellers:apply_send")
        text = _("You have mended all that the province asked for. It isn't sent yet.")
        return Notice(text, "", send, _("Check and send"))
    text = _("The province asks you to change something.")
    return Notice(text, "", reverse("sellers:status"), _("See what's missing"), is_bad=True)


def _about_products(vendor: Vendor) -> Iterator[Notice]:
    asked = Product.objects.for_vendor(vendor).filter(
        state__in=[ProductState.CHANGES_REQUESTED, ProductState.TAKEN_DOWN]
    )
    for product in asked.order_by("-pk")[:5]:
        url = reverse("sellers:product", kwargs={"product_id": product.pk})
        if product.state == ProductState.TAKEN_DOWN:
            text = _("“%(name)s” was taken off the shop.") % {"name": product.name_vi}
            yield Notice(text, product.takedown_reason, url, _("See why"), is_bad=True)
        else:
            text = _("“%(name)s” needs a change.") % {"name": product.name_vi}
            yield Notice(text, _first(product.change_reasons), url, _("Change it"), is_bad=True)


def _about_revisions(vendor: Vendor) -> Iterator[Notice]:
    recent = clock.now() - timedelta(days=7)
    refused = Revision.objects.filter(
        product__vendor=vendor, state=RevisionState.REFUSED, decided_at__gte=recent
    ).select_related("product")
    for revision in refused.order_by("-pk")[:5]:
        text = _("The change of “%(name)s” was refused.") % {"name": revision.product.name_vi}
        url = reverse("sellers:product_edit", kwargs={"product_id": revision.product_id})
        yield Notice(text, _first(revision.reasons), url, _("Try again"), is_bad=True)


def _about_papers(vendor: Vendor) -> Iterator[Notice]:
    url, action = reverse("sellers:apply_papers"), _("New paper")
    mine = Paper.objects.filter(vendor=vendor, archived_at__isnull=True)
    for paper in mine.filter(state=PaperState.REFUSED)[:5]:
        text = _("A paper was refused: %(paper)s.") % {"paper": paper.get_kind_display()}
        yield Notice(text, paper.refusal, url, action, is_bad=True)
    soon = clock.today() + PAPER_WARNING
    for paper in mine.filter(state=PaperState.ACCEPTED, valid_to__lte=soon)[:5]:
        text = _("A paper ends soon: %(paper)s.") % {"paper": paper.get_kind_display()}
        ends = _("Its last day is %(day)s.") % {"day": f"{paper.valid_to:%d/%m/%Y}"}
        yield Notice(text, ends, url, action)


def _first(reasons: dict[str, str]) -> str:
    return next(iter(reasons.values()), "")
