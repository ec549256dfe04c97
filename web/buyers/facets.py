"""Filters, chosen filters, sorting and page numbers of a list, as HTML.

Plain string work: a list page has up to a hundred of these small pieces.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.selectors.types import SORTS, Facet, ListPage, ListQuery, Option
from vietnam.money import format_vnd
from web.buyers import links, lists
from web.buyers.markup import escape
from web.buyers.memory import Memory
from web.templatetags.market import dotted

SHOWN = 7
_boxes = Memory(size=1_000)
_HERE = ' aria-current="true"'

TITLES = {
    "stock": gettext_lazy("Stock"),
    "price": gettext_lazy("Price range"),
    "grade": gettext_lazy("Grade of the goods"),
    "ocop": gettext_lazy("OCOP distinction"),
    "badge": gettext_lazy("Checked papers"),
    "ward": gettext_lazy("Ward or commune"),
    "kind": gettext_lazy("Who sells"),
}
SORT_NAMES = {
    "popular": gettext_lazy("Most bought"),
    "new": gettext_lazy("Newest"),
    "price": gettext_lazy("Price: low first"),
    "-price": gettext_lazy("Price: high first"),
    "name": gettext_lazy("By name"),
}


def boxes(facets: tuple[Facet, ...]) -> SafeString:
    """A group of checkboxes per facet that leaves a choice."""
    return _boxes.piece((id(facets), links.language()), facets, lambda: _made(facets))


def _made(facets: Iterable[Facet]) -> SafeString:
    return mark_safe("".join(_group(facet) for facet in facets if _is_useful(facet)))  # noqa: S308


def _is_useful(facet: Facet) -> bool:
    chosen = any(option.selected for option in facet.options)
    return facet.name in TITLES and (chosen or len(facet.options) > 1 or facet.name == "stock")


def _group(facet: Facet) -> str:
    lang = links.language()
    name = lists.PARAMS[facet.name]
    is_scale = facet.name == "price"
    ordered = sorted(facet.options, key=lambda option: not (option.selected or is_scale))
    items = [_box(option, name, lang) for option in ordered]
    rest = ""
    if len(items) > SHOWN + 2:
        more = escape(_("%(count)s more") % {"count": len(items) - SHOWN})
        rest = f"<details><summary>{more}</summary>{''.join(items[SHOWN:])}</details>"
        items = items[:SHOWN]
    hidden = ' class="hidden"' if facet.name == "stock" else ""
    legend = f"<legend{hidden}>{escape(TITLES[facet.name])}</legend>"
    return f"<fieldset>{legend}{''.join(items)}{rest}</fieldset>"


def _box(option: Option, name: str, lang: str) -> str:
    checked = " checked" if option.selected else ""
    return (
        f'<label class="check"><input type="checkbox" name="{name}" value="{escape(option.value)}"'
        f"{checked}><span>{escape(_label(option, lang))}</span>"
        f'<span class="n">{dotted(option.count)}</span></label>'
    )


def _label(option: Option, lang: str) -> str:
    return option.label_en if lang == "en" else option.label_vi


def choices(query: ListQuery, facets: Iterable[Facet]) -> list[lists.Choice]:
    """What narrows the list: the facet, the value and its words."""
    lang = links.language()
    found = [
        (facet.name, option.value, _label(option, lang))
        for facet in facets
        if facet.name in TITLES
        for option in facet.options
        if option.selected
    ]
    if query.price_min is not None or query.price_max is not None:
        found.append(("bounds", "", price_range(query)))
    return found


def chosen(query: ListQuery, facets: Iterable[Facet], place: lists.Place) -> SafeString:
    """What narrows the list, each with a link that takes it back."""
    base = links.base(links.language())
    back = escape(_("take this filter off"))
    html = "".join(
        f'<a href="{escape(base + lists.address(lists.without(query, name, value), place))}">'
        f'{escape(label)} <span aria-hidden="true">✕</span><span class="hidden">, {back}</span></a>'
        for name, value, label in choices(query, facets)
    )
    return mark_safe(html)  # noqa: S308


def price_range(query: ListQuery) -> str:
    """ "100.000 ₫ – 200.000 ₫", or one side of it."""
    low, high = query.price_min, query.price_max
    if low is not None and high is not None:
        return f"{format_vnd(low)} – {format_vnd(high)}"
    if low is not None:
        return _("from %(amount)s") % {"amount": format_vnd(low)}
    return _("up to %(amount)s") % {"amount": format_vnd(high or 0)}


def sorts(query: ListQuery, place: lists.Place) -> SafeString:
    """The orders a list can have, as links."""
    base = links.base(links.language())
    html = "".join(
        f'<a href="{escape(base + lists.address(replace(query, sort=sort), place))}"'
        f"{_HERE if sort == query.sort else ''}>{escape(SORT_NAMES[sort])}</a>"
        for sort in SORTS
    )
    return mark_safe(html)  # noqa: S308


def pages(query: ListQuery, found: ListPage, place: lists.Place) -> SafeString:
    """Page numbers: the first, the last and those around this one."""
    if found.pages < 2:
        return mark_safe("")
    base = links.base(links.language())
    near = {1, found.pages, *range(found.page - 1, found.page + 2)}
    shown = sorted(number for number in near if 1 <= number <= found.pages)
    items: list[str] = []
    before = 0
    for number in shown:
        if number - before > 1:
            items.append("<li><span aria-hidden='true'>…</span></li>")
        here = ' aria-current="page"' if number == found.page else ""
        href = escape(base + lists.address(query, place, page=number))
        items.append(f'<li><a href="{href}"{here}>{number}</a></li>')
        before = number
    return mark_safe("".join(items))  # noqa: S308
