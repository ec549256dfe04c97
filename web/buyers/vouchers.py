"""The vouchers that everybody may use now; codes that a vendor tells its own people aren't here."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core import clock
from promotions.selectors import list_offered
from web.buyers.frame import page

MOST_SHOWN = 200


@require_GET
def vouchers(request: HttpRequest) -> HttpResponse:
    """Asked for anew each time: a voucher may be used up a moment later."""
    found = list(list_offered(clock.now())[:MOST_SHOWN])
    return page(request, "buyers/vouchers.html", {"vouchers": found})
