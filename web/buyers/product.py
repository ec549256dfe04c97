"""The product page: the same for everybody; stock left and delivery come from `live`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.grades import find_grade
from catalog.selectors.pages import product_page
from catalog.selectors.types import ProductPage
from catalog.services.specs import free_rows, grade_rows
from core import pictures
from web.buyers import absolute, links, said, sharing, structured
from web.buyers.cards import cards, tenths
from web.buyers.frame import About, page, render
from web.buyers.memory import Memory
from web.buyers.vendors import vendor_items
from web.public import public_page
from web.templatetags.market import both, in_language, plainly

LARGE, SMALL = 960, 480
BADGES = 3
_BADGES = frozenset({"ocop", "organic", "vietgap", "haccp", "growing_area"})
_bodies = Memory(size=2_000)
_heads = Memory(size=2_000)


@public_page
def product(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """The id decides; a wrong or old slug moves to the right one."""
    found = product_page(int(pk))
    right = links.product(found.slug, found.id, found.name_en)
    if request.path_info != right:
        return links.moved(request, right)
    context = {
        "product": found,
        "name": plainly(found, "name"),
        "body": _bodies.piece((pk, links.language()), found, lambda: body(found)),
    }
    about = About(
        active=found.trail[0].slug if found.trail else "",
        public=True,
        canonical=right,
        other=links.product(found.slug, found.id, found.name_en, links.other()),
        both_languages=bool(found.name_en),
        meta=_heads.piece((pk, links.language()), found, lambda: _shared(found)),
    )
    return page(request, "buyers/product.html", context, about=about)


def body(found: ProductPage) -> SafeString:
    """All that the page says of the product."""
    name = plainly(found, "name")
    context: dict[str, Any] = {
        "product": found,
        "rating": tenths(found.rating_tenths),
        "pictures": shown_pictures(found, name),
        "vendor_href": links.here(
            links.vendor(found.vendor.slug, found.vendor.id, found.vendor.name_en)
        ),
        "badges": [paper for paper in found.papers if paper.kind in _BADGES][:BADGES],
        "grade": find_grade(found.grade),
        "grade_rows": graded(found),
        "specs": specs(found),
        "description": description(found),
        "vendor_card": vendor_items([found.vendor]),
        "similar": cards(found.similar),
        **said.context_of(found),
    }
    html = render("buyers/product_body.html", context)
    return mark_safe(f"{html}{structured.of_product(found)}")  # noqa: S308 a rendered template


def _shared(found: ProductPage) -> SafeString:
    return sharing.tags(
        title=plainly(found, "name"),
        url=absolute.product(found.slug, found.id, found.name_en, links.language()),
        text=plainly(found, "summary"),
        token=next(iter(found.pictures), ""),
        kind="product",
    )


def shown_pictures(found: ProductPage, name: str) -> list[dict[str, str]]:
    """Addresses of all pictures in the sizes that the gallery uses."""
    return [
        {
            "large": pictures.url(token, LARGE, "webp"),
            "small": pictures.url(token, SMALL, "webp"),
            "srcset": f"{pictures.url(token, SMALL, 'webp')} {SMALL}w, "
            f"{pictures.url(token, LARGE, 'webp')} {LARGE}w",
            "alt": name if n == 1 else _("%(name)s, picture %(n)s") % {"name": name, "n": n},
        }
        for n, token in enumerate(found.pictures, start=1)
    ]


def graded(found: ProductPage) -> list[dict[str, str]]:
    """Each property of the grade: the vendor's value and what the grade allows."""
    lang = links.language()
    return [
        {
            "name": row.name_en if lang == "en" else row.name_vi,
            "value": row.said(lang),
            "limit": row.limit.said(lang),
        }
        for row in grade_rows(found.grade, found.specs)
    ]


def specs(found: ProductPage) -> list[dict[str, str]]:
    """The rest of the specification in the page's language; an unknown grade comes first."""
    lang = links.language()
    rows = [
        {
            "name": in_language(spec.get("vi", ""), spec.get("en", ""), language=lang),
            "value": spec_value(spec, lang),
        }
        for spec in free_rows(found.grade, found.specs)
    ]
    if found.grade and find_grade(found.grade) is None:
        rows.insert(0, {"name": _("Grade of the goods"), "value": found.grade})
    return rows


def spec_value(spec: dict[str, str], lang: str) -> str:
    """A value in `lang`; "≤ 5 %" or "TCVN 4850" is in both languages and needs no mark."""
    vi, en = spec.get("value", ""), spec.get("value_en", "")
    same = "" if any(mark.isalpha() and not mark.isascii() for mark in vi) else vi
    return in_language(vi, en or same, language=lang)


def description(found: ProductPage) -> SafeString:
    """Its paragraphs, escaped; Vietnamese is marked on an English page."""
    vi, en = both(found, "description")
    if links.language() == "en" and en:
        return mark_safe(linebreaks(en, autoescape=True))  # noqa: S308 escaped by linebreaks
    html = linebreaks(vi, autoescape=True)
    foreign = links.language() == "en"
    return mark_safe(f'<div lang="vi" class="prose">{html}</div>' if foreign else html)  # noqa: S308
