"""Tell me when it is back: members at once, guests after a code has proved their address."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.contacts import contact_of, read_login
from accounts.services.codes import check_code, count_asking, issue_code
from catalog.errors import AlreadyInStock
from catalog.models import Product, StockWatch, Variant
from catalog.services.watches import end_watch, watch_stock
from core.errors import DomainError
from core.limits import client_address
from web.buyers import links
from web.buyers.asking import member
from web.buyers.cart import SeeOther
from web.buyers.frame import page
from web.buyers.tokens import form_token
from web.signed import SignedCookie

PURPOSE = "stock_watch"
ASKED = SignedCookie("watch", "buyers.watching", 15 * 60)


@require_http_methods(["GET", "HEAD", "POST"])
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one pack: a member only presses the button, a guest says where to."""
    variant = _shown(pk)
    person = member(request)
    if request.method != "POST":
        shown = {"is_member": person is not None, "is_done": "xong" in request.GET}
        return _form(request, variant, shown)
    if person is not None:
        try:
            watch_stock(variant_id=variant.pk, user=person)
        except DomainError as error:
            return _form(request, variant, {"is_member": True, "error": error})
        return _done(variant)
    typed = request.POST.get("contact", "")[:254]
    try:
        contact = read_login(typed, field="contact").value
    except DomainError as error:
        return _form(request, variant, {"error": error, "typed": typed})
    return _send(request, variant, contact, typed)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """A guest types the code: from then on the address is proved, and waits."""
    asked: tuple[int, str] | None = ASKED.read(request)
    if asked is None:
        raise Http404
    variant = _shown(asked[0])
    if request.method != "POST":
        return _code_form(request, variant, asked[1])
    try:
        check_code(
            purpose=PURPOSE,
            target=asked[1],
            subject=str(variant.pk),
            text=request.POST.get("code", "")[:12],
        )
        watch_stock(variant_id=variant.pk, contact=asked[1])
    except DomainError as error:
        return _code_form(request, variant, asked[1], error)
    response = _done(variant)
    ASKED.drop(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a message: a visit only asks (mail programs open links), a post ends it."""
    found = StockWatch.objects.filter(token=token).first()
    if found is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        end_watch(token=token)
    context = {"is_done": is_done, "token": token, "form_token": form_token(request)}
    return page(request, "buyers/stop_watch.html", context)


def _send(request: HttpRequest, variant: Variant, contact: str, typed: str) -> HttpResponse:
    """A code on its way, unless there is nothing to wait for or this network sends too many."""
    try:
        if variant.stock.available > 0:
            raise AlreadyInStock()
        count_asking(address=client_address(request))
        issue_code(purpose=PURPOSE, target=contact, subject=str(variant.pk))
    except DomainError as error:
        return _form(request, variant, {"error": error, "typed": typed})
    response = SeeOther(links.here("/bao-hang/ma"))
    ASKED.put(response, [variant.pk, contact])
    return response


def _shown(pk: int) -> Variant:
    found = Variant.objects.filter(
        pk=pk, archived_at=None, product__in=Product.objects.public()
    ).select_related("product__vendor", "stock")
    variant = found.first()
    if variant is None:
        raise Http404
    return variant


def _form(request: HttpRequest, variant: Variant, context: dict[str, Any]) -> HttpResponse:
    error = context.get("error")
    told = {"form_token": form_token(request), "is_back": variant.stock.available > 0}
    status = error.status if isinstance(error, DomainError) else 200
    return page(request, "buyers/watch.html", _about(variant) | told | context, status=status)


def _code_form(
    request: HttpRequest, variant: Variant, contact: str, error: DomainError | None = None
) -> HttpResponse:
    context = _about(variant) | {
        "contact": contact_of(contact).masked,
        "typed": contact,
        "error": error,
        "form_token": form_token(request),
    }
    status = error.status if error else 200
    return page(request, "buyers/watch_code.html", context, status=status)


def _done(variant: Variant) -> HttpResponse:
    return SeeOther(links.here(f"/bao-hang/{variant.pk}", xong=1))


def _about(variant: Variant) -> dict[str, Any]:
    product = variant.product
    href = links.here(links.product(product.slug, product.pk, product.name_en))
    return {"variant": variant, "product": product, "href": href}
