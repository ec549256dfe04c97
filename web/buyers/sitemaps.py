"""The way to every public page, in both languages, for search engines.

An index and its parts: pages and categories, vendors, and the goods in parts by key. Only what
answers 200 at this very address is named; what moved or has no words in a language isn't.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from catalog.selectors import published
from catalog.selectors.pages import list_vendors
from catalog.selectors.tree import category_tree
from catalog.selectors.types import CategoryNode
from web.buyers import absolute, commodity
from web.buyers.xml import HEAD, text
from web.kept_files import kept_file
from web.public import public_page

GOODS_PER_FILE = 5_000  # two addresses each
KIND = "application/xml; charset=utf-8"
PAGES = (
    "/",
    "/gian-hang/",
    "/ban-do/",
    "/quy-che/",
    "/khieu-nai/",
    "/du-lieu-ca-nhan/",
    "/cach-xep-hang/",
    "/giao-hang/",
)
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OPEN = f'{HEAD}<urlset xmlns="{_XMLNS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """All parts with the day of their last change."""
    parts = published.product_parts(GOODS_PER_FILE)
    newest = max((at for _part, at in parts), default=None)
    files: list[tuple[str, datetime | None]] = [
        ("/sitemap/trang.xml", newest),
        ("/sitemap/gian-hang.xml", newest),
        *((f"/sitemap/san-pham-{part}.xml", at) for part, at in parts),
    ]
    said = "".join(
        f"<sitemap><loc>{text(absolute.page(path, 'vi'))}</loc>{_changed(at)}</sitemap>\n"
        for path, at in files
    )
    html = f'{HEAD}<sitemapindex xmlns="{_XMLNS}">\n{said}</sitemapindex>\n'
    return HttpResponse(html, content_type=KIND)


@public_page
def pages(request: HttpRequest) -> HttpResponse:
    """The market's own pages and its categories."""
    changes = published.changes_by_category()
    said = [_url({lang: absolute.page(path, lang) for lang in ("vi", "en")}) for path in PAGES]
    said += [
        _url({lang: absolute.category(node.slug, lang) for lang in ("vi", "en")}, changes[node.id])
        for node in _flat(category_tree())
        if node.id in changes
    ]
    said += [
        _url({lang: absolute.page(commodity.address(node, lang), lang) for lang in ("vi", "en")})
        for node in category_tree()
        if commodity.is_told(node)
    ]
    return HttpResponse(f"{_OPEN}{''.join(said)}</urlset>\n", content_type=KIND)


@require_safe
def vendors(request: HttpRequest) -> HttpResponseBase:
    """All vendors whose goods are shown."""
    return kept_file(request, "sitemap-vendors", KIND, _vendors)


@require_safe
def products(request: HttpRequest, pk: str) -> HttpResponseBase:
    """One part of the goods; missing where no public product has its key in it."""
    part = int(pk)
    if part not in {number for number, _at in published.product_parts(GOODS_PER_FILE)}:
        raise Http404
    return kept_file(request, f"sitemap-goods-{part}", KIND, lambda: _products(part))


def _vendors() -> Iterator[str]:
    changes = published.changes_by_vendor()
    yield _OPEN
    for one in list_vendors(per_page=100_000).vendors:
        yield _url(
            {lang: absolute.vendor(one.slug, one.id, one.name_en, lang) for lang in ("vi", "en")},
            changes.get(one.id),
        )
    yield "</urlset>\n"


def _products(part: int) -> Iterator[str]:
    yield _OPEN
    for one in published.products_of_part(part, GOODS_PER_FILE):
        langs = ("vi", "en") if one.name_en else ("vi",)
        yield _url(
            {lang: absolute.product(one.slug, one.id, one.name_en, lang) for lang in langs},
            one.changed_at,
        )
    yield "</urlset>\n"


def _flat(nodes: Iterable[CategoryNode]) -> Iterator[CategoryNode]:
    for node in nodes:
        yield node
        yield from _flat(node.children)


def _url(by_language: dict[str, str], changed: datetime | None = None) -> str:
    """One entry per language; each names all of them."""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{text(url)}"/>'
        for lang, url in by_language.items()
        if len(by_language) > 1
    )
    return "".join(
        f"<url><loc>{text(url)}</loc>{_changed(changed)}{others}</url>\n"
        for url in by_language.values()
    )


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
