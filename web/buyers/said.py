"""What people say about goods, on pages of their own: all reviews, all questions."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.selectors.pages import product_page
from catalog.selectors.types import ProductPage, VendorFacts
from catalog.selectors.voices import list_questions, list_reviews
from web.buyers import links, lists
from web.buyers.cards import tenths
from web.buyers.frame import About, page
from web.public import public_page
from web.templatetags.market import dotted

REVIEWS, QUESTIONS = "/danh-gia", "/hoi-dap"
PHOTOS = "anh"
HOUR, DAY = 60, 24 * 60


@public_page
def reviews(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """All reviews of a product, by stars or only those with photos."""
    found = product_page(int(pk))
    right = address(found, REVIEWS)
    if request.path_info != right:
        return links.moved(request, right)
    wanted = request.GET.get("sao", "")
    rating = int(wanted) if wanted in ("1", "2", "3", "4", "5") else 0
    with_photos = wanted == PHOTOS
    number = lists.read_page(request.GET)
    listed = list_reviews(found.id, rating=rating, with_photos=with_photos, page=number)
    if number > listed.pages:
        raise Http404
    kept = wanted if rating or with_photos else ""
    context = {
        "product": found,
        "rating": tenths(found.rating_tenths),
        "stars": histogram(found),
        "listed": listed,
        "wanted": kept,
        "photos": PHOTOS,
        "numbers": _numbers(right, listed.pages, sao=kept),
        "href": product_href(found),
    }
    return page(request, "buyers/reviews.html", context, about=_about(found, right))


@public_page
def questions(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """All public questions about a product."""
    found = product_page(int(pk))
    right = address(found, QUESTIONS)
    if request.path_info != right:
        return links.moved(request, right)
    number = lists.read_page(request.GET)
    listed = list_questions(found.id, page=number)
    if number > listed.pages:
        raise Http404
    context = {
        "product": found,
        "listed": listed,
        "numbers": _numbers(right, listed.pages),
        "href": product_href(found),
    }
    return page(request, "buyers/questions.html", context, about=_about(found, right))


def context_of(found: ProductPage) -> dict[str, Any]:
    """What the product page's own part about reviews, questions and the vendor needs."""
    return {
        "stars": histogram(found),
        "reviews_href": links.here(address(found, REVIEWS)),
        "questions_href": links.here(address(found, QUESTIONS)),
        "facts": facts_of(found.facts),
    }


def histogram(found: ProductPage) -> list[dict[str, object]]:
    """Five rows, the most stars on top, each with the way to those reviews."""
    right = address(found, REVIEWS)
    return [
        {"stars": stars, "count": count, "href": links.here(right, sao=stars)}
        for stars, count in zip((5, 4, 3, 2, 1), found.stars, strict=True)
    ]


def facts_of(facts: VendorFacts) -> list[str]:
    """The vendor's record in short sentences."""
    said = [_("On the market since %(month)s") % {"month": f"{facts.since:%m/%Y}"}]
    if facts.ratings:
        params = {"rating": tenths(facts.rating_tenths), "count": dotted(facts.ratings)}
        said.append(_("★ %(rating)s over all goods (%(count)s ratings)") % params)
    if facts.answer_minutes is not None:
        params = {"percent": str(facts.answered_percent), "time": spoken(facts.answer_minutes)}
        said.append(_("answers %(percent)s %% of questions, usually within %(time)s") % params)
    return said


def spoken(minutes: int) -> str:
    """A time as people say it: rounded up to minutes, hours or days."""
    if minutes < HOUR:
        return ngettext("%(n)s minute", "%(n)s minutes", max(1, minutes)) % {"n": max(1, minutes)}
    if minutes < DAY:
        hours = -(-minutes // HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = -(-minutes // DAY)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def address(found: ProductPage, part: str) -> str:
    """The path of a product's page of reviews or questions, in this page's language."""
    return f"{links.product(found.slug, found.id, found.name_en)}{part}"


def product_href(found: ProductPage) -> str:
    return links.here(links.product(found.slug, found.id, found.name_en))


def _about(found: ProductPage, right: str) -> About:
    """Kept out of search engines: the product's own page is the one to be found."""
    part = right[right.rindex("/") :]
    other = links.product(found.slug, found.id, found.name_en, links.other())
    return About(
        active=found.trail[0].slug if found.trail else "",
        public=True,
        index=False,
        canonical=right,
        other=f"{other}{part}",
        both_languages=bool(found.name_en),
    )


def _numbers(right: str, pages: int, **params: object) -> list[tuple[int, str]]:
    return [(n, links.here(right, **params, trang=n if n > 1 else "")) for n in range(1, pages + 1)]
