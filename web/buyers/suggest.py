"""Suggestions under the search field: a list of options that the script puts there."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.selectors.suggest import Suggestion, suggest
from web.buyers import links, lists
from web.buyers.markup import escape
from web.public import public_page


@public_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options of a listbox; each says what it is and where it leads."""
    lang = links.language()
    found = suggest(lists.read_text(request.GET.get(lists.TEXT_PARAM, "")))
    html = "".join(_option(number, one, lang) for number, one in enumerate(found))
    return HttpResponse(html)


def _option(number: int, one: Suggestion, lang: str) -> str:
    label = one.label_en if lang == "en" and one.kind != "words" else one.label_vi
    said = {
        "words": "",
        "category": _("kind of goods"),
        "vendor": _("vendor"),
        "goods": one.detail,
    }
    return (
        f'<li role="option" id="offer-{number}" data-go="{escape(_address(one))}">'
        f"<span>{escape(label)}</span> <small>{escape(said[one.kind])}</small></li>"
    )


def _address(one: Suggestion) -> str:
    if one.kind == "words":
        return links.here("/tim", **{lists.TEXT_PARAM: one.label_vi})
    paths = {
        "category": links.category(one.slug),
        "vendor": links.vendor(one.slug, one.ref, one.label_en),
        "goods": links.product(one.slug, one.ref, one.label_en),
    }
    return links.here(paths[one.kind])
