"""Buy the same again, and the order on paper."""

from django.http import HttpRequest, HttpResponse

from orders.models import Order, Purchase
from orders.selectors.orders import list_orders_of
from orders.services.reorder import reorder
from web.buyers import address, links, own, visitor
from web.buyers.cart import SeeOther
from web.buyers.frame import page


@own.order_page("GET", "POST")
def again(request: HttpRequest, order: Order) -> HttpResponse:
    """A post fills the cart with what is still for sale; the page then says what isn't.

    Lines are told by their place in the order: `thieu` are gone, `it` are fewer than before.
    """
    if request.method != "POST":
        return _page(request, order)
    cart, token = visitor.open_cart(request)
    found = reorder(orders=[order], cart=cart)
    gone = [n for n, one in enumerate(found, start=1) if one.in_cart == 0]
    fewer = [n for n, one in enumerate(found, start=1) if one.in_cart and not one.is_whole]
    if gone or fewer:
        place = links.here(
            f"/don-hang/{order.number}/mua-lai", thieu=_joined(gone), it=_joined(fewer)
        )
    else:
        place = links.here("/gio")
    response = SeeOther(place)
    visitor.remember(response, token)
    return response


@own.purchase_page("GET")
def receipt(request: HttpRequest, purchase: Purchase) -> HttpResponse:
    """The confirmation of a whole purchase, order by order, for the printer."""
    context = {
        "purchase": purchase,
        "orders": list_orders_of(purchase),
        "where": address.picked("", purchase.ward_code),
    }
    return page(request, "buyers/receipt.html", context)


def _page(request: HttpRequest, order: Order) -> HttpResponse:
    gone, fewer = _places(request, "thieu"), _places(request, "it")
    lines = list(order.lines.order_by("pk"))
    context = {
        "order": order,
        "gone": [line for n, line in enumerate(lines, start=1) if n in gone],
        "fewer": [line for n, line in enumerate(lines, start=1) if n in fewer],
        "has_some": len(gone) < len(lines),
    }
    return page(request, "buyers/again.html", context)


def _joined(places: list[int]) -> str:
    return "-".join(str(place) for place in places)


def _places(request: HttpRequest, name: str) -> set[int]:
    told = request.GET.get(name, "")[:400].split("-")
    return {int(part) for part in told if part.isascii() and part.isdecimal() and len(part) < 5}
