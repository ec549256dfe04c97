"""My orders: those of the account, and older ones of a guest that a code adds to it."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.contacts import contact_of
from accounts.errors import TooManyCodes
from accounts.models import User
from core.errors import DomainError
from orders.models import Purchase
from orders.selectors.complaints import waiting_for_buyer
from orders.selectors.messages import unseen_per_order
from orders.selectors.orders import list_purchases_of
from orders.services.attach import attach_purchases, send_attach_code, targets_of
from web.buyers import links, visitor
from web.buyers.cart import SeeOther
from web.buyers.frame import page
from web.buyers.tokens import form_token
from web.signed import SignedCookie

PER_PAGE = 20
ASKED = SignedCookie("attach", "buyers.attach", 15 * 60)


def purchases_of(request: HttpRequest) -> "Page[Purchase] | None":
    """The account's purchases, newest first; None for a guest."""
    account = visitor.user_id(request)
    if account is None:
        return None
    return Paginator(list_purchases_of(account), PER_PAGE).get_page(request.GET.get("trang"))


@dataclass(frozen=True, slots=True)
class Marks:
    """Purchases (by key) with words that weren't opened, or a complaint on the buyer's turn."""

    unseen: set[int]
    turn: set[int]


def marks_of(purchases: "Page[Purchase] | None") -> Marks:
    """What is new beside one page of purchases, in two queries."""
    owner = {
        order.pk: purchase.pk for purchase in purchases or () for order in purchase.orders.all()
    }
    if not owner:
        return Marks(set(), set())
    unseen = unseen_per_order(owner, reader_kind="buyer")
    return Marks({owner[pk] for pk in unseen}, {owner[pk] for pk in waiting_for_buyer(owner)})


def ways_of(request: HttpRequest) -> list[dict[str, object]]:
    """Where a code could go that adds older orders: numbered, masked."""
    user = _user(request)
    targets = targets_of(user) if user else []
    return [{"n": n, "name": contact_of(target).masked} for n, target in enumerate(targets)]


@require_http_methods(["POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Send a code to the account's own phone or mailbox."""
    user = _user(request)
    target = _target(user, request.POST.get("way", "")) if user else ""
    if user is None or not target:
        return SeeOther(links.here("/don-hang/"))
    try:
        send_attach_code(user=user, target=target)
    except TooManyCodes as error:
        return _code_page(request, target, error, status=error.status)
    return _keep(SeeOther(links.here("/don-hang/gan/ma")), target)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code adds this phone's or mailbox's guest orders to the account."""
    user, target = _user(request), _asked(request)
    if user is None or target not in targets_of(user):
        return SeeOther(links.here("/don-hang/"))
    if request.method != "POST":
        return _code_page(request, target, None)
    try:
        found = attach_purchases(user=user, target=target, text=request.POST.get("code", "")[:12])
    except DomainError as error:
        return _code_page(request, target, error, status=error.status)
    response = SeeOther(links.here("/don-hang/", them=len(found)))
    ASKED.drop(response)
    return response


def _user(request: HttpRequest) -> User | None:
    if visitor.user_id(request) is None:
        return None
    return request.user if isinstance(request.user, User) else None


def _target(user: User, way: str) -> str:
    targets = targets_of(user)
    return targets[int(way)] if way in {str(n) for n in range(len(targets))} else ""


def _code_page(
    request: HttpRequest, target: str, error: DomainError | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "to": contact_of(target).masked,
        "error": error,
        "form_token": form_token(request),
    }
    return _keep(page(request, "buyers/attach_code.html", context, status=status), target)


def _keep(response: HttpResponse, target: str) -> HttpResponse:
    ASKED.put(response, target)
    return response


def _asked(request: HttpRequest) -> str:
    return ASKED.read(request) or ""
