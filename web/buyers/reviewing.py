"""Write about goods that were delivered, or change what was written."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse

from catalog.models import Review
from catalog.services.reviews import MOST_PHOTOS, Words
from core import pictures
from core.errors import DomainError
from core.models import PictureState
from orders.models import Order, OrderLine
from orders.services.reviewing import is_open, may_review, review_line, review_of, shown_name
from web.buyers import late, links, once, own
from web.buyers.cart import SeeOther
from web.buyers.fields import errors_of, fields_of
from web.buyers.frame import page
from web.buyers.tokens import form_token
from web.uploads import photos_of

TEXT_MOST = 4000


@own.order_page("GET", "POST")
def review(request: HttpRequest, order: Order, position: int) -> HttpResponse:
    """Stars, words and photos about the n-th line of the order."""
    line = _line(order, position)
    known = review_of(line)
    if request.method != "POST":
        return _page(request, line, known, {})
    assert order.purchase is not None  # noqa: S101 own.order_page
    photos = photos_of(request, "photos", most=MOST_PHOTOS)
    rating = request.POST.get("rating", "")
    words = Words(
        rating=int(rating) if rating in {"1", "2", "3", "4", "5"} else 0,
        text=request.POST.get("text", "")[:TEXT_MOST],
        photos=photos,
        keep_photos="drop" not in request.POST,
    )
    try:
        review_line(line=line, words=words, actor=own.actor(request, order.purchase))
    except DomainError as error:
        return _page(request, line, known, errors_of(error), status=error.status)
    address = f"/don-hang/{order.number}/danh-gia/{position}"
    return SeeOther(links.here(address, xong=1))


def _line(order: Order, position: int) -> OrderLine:
    lines = order.lines.select_related("order__purchase", "variant__product").order_by("pk")
    for line in lines[position - 1 : position] if position > 0 else []:
        if may_review(order) and line.variant is not None:
            return line
    raise Http404


def _page(
    request: HttpRequest,
    line: OrderLine,
    known: Review | None,
    errors: Mapping[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    assert line.order.purchase is not None  # noqa: S101 may_review
    old, said = known.rating if known else "", late.said(request)
    can_write = known is None or is_open(known)
    values = {
        "rating": said.typed.get("rating", str(old)),
        "text": said.typed.get("text", known.text if known else "")[:TEXT_MOST],
        "photos": "",
    }
    context = {
        "line": line,
        "order": line.order,
        "known": known,
        "shots": _shots(known),
        "is_open": can_write,
        "author": known.author_name if known else shown_name(line.order.purchase.name),
        "fields": fields_of(values, errors),
        "errors": {name: sentence for name, sentence in errors.items() if name},
        "told": errors.get("", ""),
        "is_done": "xong" in request.GET,
        "most": MOST_PHOTOS,
        "key": request.POST.get("key") or once.new_key(),
        "form_token": form_token(request),
        "whose": late.mark(request, line.order.purchase),
        "back": said.told(is_open=can_write),
    }
    return page(request, "buyers/review.html", context, status=status)


def _shots(known: Review | None) -> list[str]:
    """The photos' addresses; one whose widths the worker hasn't made yet is an empty place."""
    if known is None:
        return []
    return [
        pictures.url(one.picture.token, pictures.FIRST_WIDTH)
        if one.picture.state == PictureState.READY
        else ""
        for one in known.photos.select_related("picture")
        if one.picture.state != PictureState.REFUSED
    ]
