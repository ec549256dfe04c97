"""Goods on one's own list, and vendors one follows; guests sign in, and nothing is forgotten."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.selectors.wanted import list_followed, list_new_goods, list_watches, list_wishes
from catalog.services import wishes
from catalog.services.watches import end_own_watch
from core.digits import parse_digits
from core.errors import DomainError, NotFound
from web.buyers import later, links, lists, live
from web.buyers.asking import member
from web.buyers.cards import cards
from web.buyers.cart import SeeOther
from web.buyers.frame import page
from web.buyers.tokens import form_token

WISHES, FOLLOWS = "/yeu-thich/", "/theo-doi/"


@require_safe
def wish_list(request: HttpRequest) -> HttpResponse:
    """The member's list with prices then and now; what a guest wanted is put there first."""
    person = member(request)
    kept = _wanted(request, "wish")
    if person is None:
        return _please_sign_in(request, "wishes", WISHES)
    error = _do(kept, lambda pk: wishes.keep_wish(product_id=pk, user=person))
    context = {
        "rows": list_wishes(person),
        "watches": list_watches(person),
        "error": error,
        "is_new": bool(kept and not error),
        "form_token": form_token(request),
    }
    return _done(page(request, "buyers/wishes.html", context), kept)


@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """New goods of the vendors that a member follows, and who they are."""
    person = member(request)
    kept = _wanted(request, "follow")
    if person is None:
        return _please_sign_in(request, "following", FOLLOWS)
    error = _do(kept, lambda pk: wishes.follow_vendor(vendor_id=pk, user=person))
    number = lists.read_page(request.GET)
    goods = list_new_goods(person, page=number)
    if number > goods.pages:
        raise Http404
    context = {
        "goods": goods,
        "items": cards(goods.cards, eager=2),
        "follows": list_followed(person),
        "error": error,
        "numbers": [
            (n, links.here(FOLLOWS, trang=n if n > 1 else "")) for n in range(1, goods.pages + 1)
        ],
        "form_token": form_token(request),
    }
    response = _done(page(request, "buyers/following.html", context), kept)
    if goods.unseen and request.method == "GET":
        wishes.mark_seen(user=person)
    return response


@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Put a product on the list, or take it off (`act`); from the product page or from the list."""
    pk = read_pk(request)
    person = member(request)
    if person is None:
        return _later(request, "wish", pk, WISHES)
    if request.POST.get("act") == "bo":
        wishes.drop_wish(product_id=pk, user=person)
    else:
        wishes.keep_wish(product_id=pk, user=person)
    return _back(request, WISHES)


@require_POST
def follow(request: HttpRequest) -> HttpResponse:
    """Follow a vendor, or no longer (`act`)."""
    pk = read_pk(request)
    person = member(request)
    if person is None:
        return _later(request, "follow", pk, FOLLOWS)
    if request.POST.get("act") == "bo":
        wishes.unfollow_vendor(vendor_id=pk, user=person)
    else:
        wishes.follow_vendor(vendor_id=pk, user=person)
    return _back(request, FOLLOWS)


@require_POST
def end_watch(request: HttpRequest) -> HttpResponse:
    """A member no longer waits for a pack."""
    person = member(request)
    if person is None:
        return SeeOther(links.here(WISHES))
    end_own_watch(variant_id=read_pk(request), user=person)
    return SeeOther(links.here(WISHES))


def read_pk(request: HttpRequest, name: str = "id") -> int:
    """A key from a form; nonsense is like a missing thing."""
    number = parse_digits(request.POST.get(name, ""))
    if number is None:
        raise NotFound()
    return number


def _back(request: HttpRequest, listed: str) -> HttpResponse:
    """With JavaScript the part of the product page again; else to where the form stood."""
    product = parse_digits(request.POST.get("product", ""))
    if product is None:
        return SeeOther(links.here(listed))
    if request.headers.get("Accept") == "text/fragment":
        return live.fragment_of(request, product)
    return SeeOther(links.here(f"/giao/{product}"))


def _later(request: HttpRequest, kind: later.Wanted, pk: int, after: str) -> HttpResponse:
    if request.headers.get("Accept") == "text/fragment":
        return HttpResponse(status=204)  # nothing to show: the script sends the form as it is
    return later.sign_in_first(kind, pk, after=after)


def _wanted(request: HttpRequest, kind: later.Wanted) -> tuple[int, str] | None:
    """What a guest asked for before signing in; a HEAD leaves it for the visit (docs/adr/0010)."""
    return later.wanted(request, kind) if request.method == "GET" else None


def _do(kept: tuple[int, str] | None, act: Callable[[int], object]) -> DomainError | None:
    if kept is None:
        return None
    try:
        act(kept[0])
    except DomainError as error:
        return error
    return None


def _done(response: HttpResponse, kept: tuple[int, str] | None) -> HttpResponse:
    if kept is not None:
        later.forget(response)
    return response


def _please_sign_in(request: HttpRequest, what: str, after: str) -> HttpResponse:
    words = {
        "wishes": (_("Saved goods"), _("Sign in to see what you have saved, on any device.")),
        "following": (_("Vendors you follow"), _("Sign in to see their new goods in one place.")),
    }
    title, sentence = words[what]
    sign_in = links.here("/tai-khoan/dang-nhap/", next=links.here(after))
    context = {"title": title, "sentence": sentence, "sign_in": sign_in}
    return page(request, "buyers/please_sign_in.html", context)
