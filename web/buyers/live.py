"""What must be true at this moment: units left, and fee and day to the visitor's ward."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from catalog.selectors.pages import live_stock, product_page
from catalog.selectors.types import ProductPage
from catalog.selectors.wanted import Wanted, wanted_of
from core import clock
from orders.services import cart as carts
from shipping.quotes import Box, NoDelivery, Quote, quote_boxes
from web.buyers import address, links, visitor
from web.buyers.cart import SeeOther
from web.buyers.frame import page, render
from web.buyers.tokens import form_token


@require_GET
def fragment(request: HttpRequest, pk: int) -> HttpResponse:
    """The part that the product page fetches; never cached."""
    return fragment_of(request, pk)


def fragment_of(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a form on it that has just been sent."""
    html = render("buyers/live.html", _context(request, product_page(pk)))
    return HttpResponse(html, headers={"Cache-Control": "no-store"})


@require_http_methods(["GET", "HEAD", "POST"])
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on a page of its own; posting chooses the ward, which the cart remembers."""
    found = product_page(pk)
    if request.method != "POST":
        return page(request, "buyers/live_page.html", _context(request, found))
    chosen = address.picked(request.POST.get("province", ""), request.POST.get("ward", ""))
    stays = request.headers.get("Accept") == "text/fragment"
    if not chosen.ward:
        context = _context(request, found, chosen)
        return page(request, f"buyers/{'live' if stays else 'live_page'}.html", context)
    cart, token = visitor.open_cart(request)
    carts.set_ward(cart=cart, ward_code=chosen.ward)
    response: HttpResponse
    if stays:
        response = page(request, "buyers/live.html", _context(request, found, chosen))
    else:
        response = SeeOther(links.here(f"/giao/{found.id}"))
    visitor.remember(response, token)
    return response


def _context(
    request: HttpRequest, found: ProductPage, chosen: address.Picked | None = None
) -> dict[str, Any]:
    if chosen is None:
        cart = visitor.find(request)
        chosen = address.picked("", cart.ward_code if cart else "")
    left = live_stock(found.id)
    person = visitor.user_id(request)
    return {
        "wanted": _wanted(found, person) if person else Wanted(),
        "product": found,
        "rows": [
            {"variant": variant, "left": left.get(variant.id, 0)} for variant in found.variants
        ],
        "where": chosen,
        "quote": quote(found, chosen.ward),
        "form_token": form_token(request),
    }


def _wanted(found: ProductPage, user_id: int) -> Wanted:
    return wanted_of(user_id=user_id, product_id=found.id, vendor_id=found.vendor.id)


def quote(found: ProductPage, ward_code: str) -> Quote | None:
    """Fee and days for one pack to this ward; None while the ward isn't known or isn't served."""
    if not ward_code or not found.variants:
        return None
    first = found.variants[0]
    box = Box(
        vendor_id=found.vendor.id,
        vendor_name=found.vendor.label,
        from_ward=found.vendor.ward_code,
        grams=first.gross_grams,
        goods_vnd=first.price_vnd,
    )
    try:
        return quote_boxes([box], to_ward=ward_code, on=clock.today())[found.vendor.id]
    except NoDelivery:
        return None
