"""Pages of the region's commodities: what it is, its season, its grades, where it grows."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.grades import Grade, all_grades
from catalog.selectors.lists import list_products
from catalog.selectors.tree import find_category_at
from catalog.selectors.types import CategoryNode, ListPage, ListQuery
from catalog.selectors.wards import ward_counts
from vietnam import places
from web.buyers import absolute, links, lists, sharing, structured, ward_map
from web.buyers.cards import cards
from web.buyers.frame import About, page
from web.public import public_page
from web.templatetags.market import plainly

_FILE = Path(__file__).resolve().parent / "data" / "commodities.toml"
ON_TOP, WARDS = 8, 6
MONTHS = 12


@public_page
def commodity(request: HttpRequest, slug: str) -> HttpResponse:
    """One commodity, by the slug of its top category in the page's language."""
    lang = links.language()
    node = find_category_at(slug, lang)
    told = _told().get(node.slug) if node else None
    if node is None or told is None:
        raise Http404
    right = address(node)
    if request.path_info != right:
        return links.moved(request, right)
    found = list_products(ListQuery(category_id=node.id, per_page=ON_TOP))
    goods = {code: count.goods for code, count in ward_counts(node.id).items() if count.goods}
    name = plainly(node, "name")
    title = _("Where it comes from: %(name)s") % {"name": name}
    context: dict[str, Any] = {
        "category": node,
        "path": links.base(lang) + links.category(node.slug),
        "paragraphs": told[lang].split("\n"),
        "seasons": [_season(season, lang) for season in told["seasons"]],
        "months": range(1, MONTHS + 1),
        "grades": _grades(told["commodity"], node, found, lang),
        "sources": list(_sources(told["commodity"], found, lang)),
        "wards": _wards(goods, node, lang),
        "map": ward_map.drawing(goods, lambda code: _from_ward(node, code), lang, title),
        "found": found,
        "cards": cards(found.cards),
    }
    return page(request, "buyers/commodity.html", context, about=_about(node, name, right, found))


def address(node: CategoryNode, lang: str = "") -> str:
    """Its path without the language's prefix."""
    slug = (lang or links.language()) == "en" and node.slug_en
    return f"/nong-san/{slug or node.slug}/"


def is_told(node: CategoryNode) -> bool:
    """Whether this category has such a page."""
    return node.slug in _told()


def _about(node: CategoryNode, name: str, path: str, found: ListPage) -> About:
    url = absolute.page(path, links.language())
    return About(
        active=node.slug,
        public=True,
        canonical=path,
        other=address(node, links.other()),
        meta=sharing.tags(title=name, url=url, token=sharing.first_picture(found.cards)),
        data=structured.of_list(found, structured.crumbs((), (name, url))),
    )


def _season(season: Mapping[str, Any], lang: str) -> dict[str, object]:
    """A row of the calendar: its months in order, in words and as a flag per month."""
    first, last = season["months"]
    inside = [(first + i - 1) % MONTHS + 1 for i in range((last - first) % MONTHS + 1)]
    said = _("all year") if len(inside) == MONTHS else _("month %(first)s to %(last)s")
    return {
        "name": season[lang],
        "said": said % {"first": first, "last": last} if len(inside) < MONTHS else said,
        "months": [month in inside for month in range(1, MONTHS + 1)],
        "is_main": season.get("main", False),
    }


def _counts(found: ListPage, name: str) -> dict[str, int]:
    facet = next((facet for facet in found.facets if facet.name == name), None)
    return {option.value: option.count for option in facet.options} if facet else {}


def _grades(
    commodity: str, node: CategoryNode, found: ListPage, lang: str
) -> list[dict[str, object]]:
    """Each grade in plain words and limits, with the goods that carry it."""
    counts = _counts(found, "grade")
    return [
        {
            "code": grade.code,
            "plain": grade.plain_en if lang == "en" else grade.plain_vi,
            "limits": [
                (limit.property.en if lang == "en" else limit.property.vi, limit.said(lang))
                for limit in grade.limits
            ],
            "count": counts.get(grade.code, 0),
            "href": links.here(links.category(node.slug), **{lists.PARAMS["grade"]: grade.code}),
        }
        for grade in _known(commodity, found)
    ]


def _known(commodity: str, found: ListPage) -> list[Grade]:
    """Grades of this commodity; of a long list those that are sold come first."""
    counts = _counts(found, "grade")
    grades = [grade for grade in all_grades().values() if grade.commodity == commodity]
    return sorted(grades, key=lambda grade: not counts.get(grade.code))


def _sources(commodity: str, found: ListPage, lang: str) -> dict[str, None]:
    grades = _known(commodity, found)
    return dict.fromkeys(grade.source_en if lang == "en" else grade.source_vi for grade in grades)


def _from_ward(node: CategoryNode, code: str) -> str:
    return links.here(links.category(node.slug), **{lists.PARAMS["ward"]: code})


def _wards(goods: Mapping[str, int], node: CategoryNode, lang: places.Lang) -> list[dict[str, Any]]:
    """All wards where it comes from, those with most of it first."""
    ordered = sorted(goods.items(), key=lambda pair: -pair[1])
    found = [(places.find_ward(code), count) for code, count in ordered]
    return [
        {"name": places.full_name(ward, lang), "count": count, "href": _from_ward(node, ward.code)}
        for ward, count in found
        if ward is not None
    ]


@cache
def _told() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
