"""All goods for price comparers: Google Merchant (RSS 2.0 with its namespace) and Facebook (CSV).

One item per pack. Made of what is public at this moment, in the language of the address; goods
without English words are left out of the English ones.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from catalog.selectors import published
from catalog.selectors.published import Good, Pack
from catalog.selectors.tree import trail
from web.buyers import absolute, links
from web.buyers.region import region
from web.buyers.xml import HEAD, element
from web.kept_files import kept_file

MOST_PICTURES = 10
LONGEST_TITLE, LONGEST_TEXT = 150, 5_000
FACEBOOK = (
    "id", "title", "description", "availability", "condition", "price", "link", "image_link",
    "brand", "additional_image_link", "item_group_id", "size", "product_type", "shipping_weight",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def google(request: HttpRequest) -> HttpResponseBase:
    """For Google Merchant Center, and everybody who reads its format."""
    lang = links.language()
    kind = "application/xml; charset=utf-8"
    return kept_file(request, f"google-{lang}", kind, lambda: _google(lang))


@require_safe
def facebook(request: HttpRequest) -> HttpResponseBase:
    """For a catalogue of Facebook, Instagram or Zalo."""
    lang = links.language()
    kind = "text/csv; charset=utf-8"
    return kept_file(request, f"facebook-{lang}", kind, lambda: _facebook(lang))


def _google(lang: str) -> Iterator[str]:
    words = region(lang)
    yield f'{HEAD}<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
    yield element("title", f"{words.name} {words.region}")
    yield element("link", absolute.page("/", lang))
    yield element("description", words.operator) + "\n"
    for item, pictures in _items(lang):
        said = "".join(element(f"g:{name}", value) for name, value in item.items() if value)
        said += "".join(element("g:additional_image_link", url) for url in pictures)
        yield f"<item>{said}</item>\n"
    yield "</channel></rss>\n"


def _facebook(lang: str) -> Iterator[str]:
    yield _line(FACEBOOK)
    for item, pictures in _items(lang):
        row = item | {
            "additional_image_link": ",".join(pictures),
            "availability": item["availability"].replace("_", " "),
        }
        yield _line(tuple(row.get(name, "") for name in FACEBOOK))


def _items(lang: str) -> Iterator[tuple[dict[str, str], list[str]]]:
    """Each pack by Google's names, and its further pictures. Without a picture nobody takes it."""
    for good in published.all_goods():
        pictures = [absolute.jpeg(token) for token in good.pictures[:MOST_PICTURES]]
        if not pictures or (lang == "en" and not good.name_en):
            continue
        for pack in good.packs:
            yield _item(good, pack, lang) | {"image_link": pictures[0]}, pictures[1:]


def _item(good: Good, pack: Pack, lang: str) -> dict[str, str]:
    name = _said(good.name_vi, good.name_en, lang)
    size = _said(pack.name_vi, pack.name_en, lang)
    summary = _said(good.summary_vi, good.summary_en, lang)
    described = _said(good.description_vi, good.description_en, lang)
    has_several = len(good.packs) > 1
    return {
        "id": f"{good.id}-{pack.id}",
        "title": f"{name}, {size}"[:LONGEST_TITLE],
        "description": (f"{summary}\n{described}".strip() or name)[:LONGEST_TEXT],
        "link": absolute.product(good.slug, good.id, good.name_en, lang),
        "availability": "in_stock" if pack.left > 0 else "out_of_stock",
        "price": f"{pack.price_vnd} VND",
        "condition": "new",
        "brand": good.vendor,
        "identifier_exists": "no",
        "product_type": " > ".join(
            _said(node.name_vi, node.name_en, lang) for node in trail(good.category_id)
        ),
        "item_group_id": str(good.id) if has_several else "",
        "size": size if has_several else "",
        "unit_pricing_measure": f"{pack.net_grams} g",
        "unit_pricing_base_measure": "1 kg",
        "shipping_weight": f"{pack.gross_grams} g",
    }


def _said(vi: str, en: str, lang: str) -> str:
    return en or vi if lang == "en" else vi


def _line(cells: tuple[str, ...]) -> str:
    """A line that no spreadsheet takes for a formula."""
    out = StringIO()
    safe = [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
    csv.writer(out, lineterminator="\r\n").writerow(safe)
    return out.getvalue()
