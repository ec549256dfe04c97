"""The cart: look, add, change, take out; every answer also serves a page without JavaScript."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.errors import BadQuantity
from catalog.models import Product, Variant
from core.digits import parse_digits
from core.errors import DomainError
from core.numbers import grouped, read_whole
from orders.errors import NotForSale
from orders.models.cart import MAX_QUANTITY
from orders.selectors.carts import CartView, count_units, view_cart
from orders.services import cart as carts
from web.buyers import address, links, visitor
from web.buyers.frame import page
from web.buyers.tokens import form_token
from web.templatetags.market import plainly


class SeeOther(HttpResponseRedirect):
    """After a post: the browser gets the next page, and going back never sends again."""

    status_code = 303


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The cart, with a word about what was just done."""
    return _cart_page(request, removed=_removed(request))


@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many units are in the cart, for the number beside its link."""
    cart = visitor.find(request)
    return _uncached(JsonResponse({"count": count_units(cart) if cart else 0}))


@require_POST
def add(request: HttpRequest) -> HttpResponseBase:
    """Put units of a variant into the cart; with JavaScript the visitor stays on the page."""
    stays = request.headers.get("Accept") == "application/json"
    try:
        variant_id = read_id(request.POST.get("variant", ""))
        quantity = read_quantity(request.POST.get("quantity", "1"))
        cart, token = visitor.open_cart(request)
        carts.add_line(cart=cart, variant_id=variant_id, quantity=quantity)
    except DomainError as error:
        if stays:
            return _uncached(JsonResponse({"error": str(error)}, status=error.status))
        return _cart_page(request, error=error, status=error.status)
    response: HttpResponse
    if stays:
        text = _("Added to the cart.")
        response = JsonResponse({"count": count_units(cart), "text": text, "go": _("To the cart")})
    else:
        response = SeeOther(links.here("/gio", them=variant_id))
    visitor.remember(response, token)
    return _uncached(response)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Set the quantity of a line; a wrong one is shown with the words that were typed."""
    cart = visitor.find(request)
    typed = request.POST.get("quantity", "")
    if cart is None and visitor.left_in_account(request):
        return SeeOther(links.here("/gio"))  # which says that the session has ended
    try:
        variant_id = read_id(request.POST.get("variant", ""))
        if cart is None:
            raise NotForSale()
        carts.set_quantity(cart=cart, variant_id=variant_id, quantity=read_quantity(typed))
    except DomainError as error:
        return _cart_page(request, error=error, status=error.status, typed=typed)
    return SeeOther(links.here("/gio"))


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take a line out; the page offers to put it back."""
    cart = visitor.find(request)
    variant_id = read_id(request.POST.get("variant", ""))
    if cart is None:
        return SeeOther(links.here("/gio"))
    line = cart.lines.filter(variant_id=variant_id).first()
    carts.remove_line(cart=cart, variant_id=variant_id)
    if line is None:
        return SeeOther(links.here("/gio"))
    return SeeOther(links.here("/gio", bo=variant_id, sl=line.quantity))


@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Leave a line for later; or all that stops the order, and go on to order the rest."""
    cart = visitor.find(request)
    if cart is None:
        return SeeOther(links.here("/gio"))
    if request.POST.get("variant") == "stopped":
        carts.set_aside(cart=cart, variant_ids=view_cart(cart).stopped)
        return SeeOther(links.here("/dat-hang"))
    carts.set_aside(cart=cart, variant_ids=[read_id(request.POST.get("variant", ""))])
    return SeeOther(links.here("/gio"))


@require_POST
def take_up(request: HttpRequest) -> HttpResponse:
    """A line left for later is wanted again."""
    cart = visitor.find(request)
    if cart is not None:
        carts.take_up(cart=cart, variant_id=read_id(request.POST.get("variant", "")))
    return SeeOther(links.here("/gio"))


def read_quantity(raw: str) -> int:
    """1 to 9,999 whole pieces, as the page's language writes them (core.numbers). Raises
    BadQuantity with the range."""
    number = read_whole(raw)
    if number is None or not 1 <= number <= MAX_QUANTITY:
        raise BadQuantity(field="quantity", low=1, high=grouped(MAX_QUANTITY))
    return number


def read_id(raw: str) -> int:
    """A key from a form. Raises NotForSale for anything that can't be one."""
    number = parse_digits(raw)
    if number is None:
        raise NotForSale()
    return number


def _cart_page(
    request: HttpRequest,
    *,
    error: DomainError | None = None,
    status: int = 200,
    typed: str = "",
    removed: dict[str, Any] | None = None,
) -> HttpResponse:
    cart = visitor.find(request)
    where = address.picked("", cart.ward_code) if cart else address.Picked()
    context = {
        "cart": view_cart(cart) if cart else CartView(),
        "is_left": cart is None and visitor.left_in_account(request),
        "sign_in": links.here("/tai-khoan/dang-nhap/", next=links.here("/gio")),
        "where": where,
        "joined": cart is not None and carts.has_just_joined(cart),
        "error": error,
        "wrong_variant": request.POST.get("variant", "") if error else "",
        "typed": typed,
        "added": request.GET.get("them", ""),
        "removed": removed,
        "form_token": form_token(request),
    }
    return page(request, "buyers/cart.html", context, status=status)


def _removed(request: HttpRequest) -> dict[str, Any] | None:
    """What was just taken out, named, so that it can be put back."""
    pk = parse_digits(request.GET.get("bo", ""))
    quantity = parse_digits(request.GET.get("sl", ""), longest=4)
    if pk is None or quantity is None:
        return None
    public = Variant.objects.filter(product__in=Product.objects.public())
    variant = public.filter(pk=pk).select_related("product").first()
    if variant is None:
        return None
    return {"variant": variant.pk, "quantity": quantity, "name": plainly(variant.product, "name")}


def _uncached(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
