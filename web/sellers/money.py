"""My money: simple sums over the vendor's own orders. The platform holds nobody's money."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, Sum
from django.http import HttpRequest, HttpResponse

from core import clock
from orders.models import Order
from orders.states import OrderState
from vendors.models import Vendor
from web.sellers.access import Desk, desk_page
from web.sellers.pages import show

ARRIVED = (OrderState.DELIVERED, OrderState.CLOSED)
GOODS = F("goods_vnd") - F("discount_vnd")  # the fee for delivery is the carrier's
COMING = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.PACKED, OrderState.SHIPPED)
PER_PAGE = 30


@desk_page("GET")
def money(request: HttpRequest, desk: Desk) -> HttpResponse:
    arrived = Order.objects.for_vendor(desk.vendor).filter(state__in=ARRIVED)
    page = Paginator(arrived.order_by("-delivered_at", "-pk"), PER_PAGE)
    context = {
        "section": "money",
        "sums": sums_of(desk.vendor),
        "page": page.get_page(request.GET.get("page")),
    }
    return show(request, desk, "money", context)


def sums_of(vendor: Vendor) -> dict[str, Any]:
    """What buyers pay for the goods, by how far the orders are."""
    first = datetime.combine(clock.today().replace(day=1), time(), ZoneInfo(settings.TIME_ZONE))
    coming = Q(state__in=COMING)
    month = Q(state__in=ARRIVED, delivered_at__gte=first)
    arrived = Q(state__in=ARRIVED)
    sums: dict[str, Any] = Order.objects.for_vendor(vendor).aggregate(
        coming_vnd=Sum(GOODS, filter=coming, default=0),
        coming=Count("pk", filter=coming),
        month_vnd=Sum(GOODS, filter=month, default=0),
        month=Count("pk", filter=month),
        all_vnd=Sum(GOODS, filter=arrived, default=0),
        all=Count("pk", filter=arrived),
    )
    return sums
