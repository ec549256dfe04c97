"""What a half-typed search may become: names of goods, kinds, vendors and goods themselves."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.db import connection

from catalog.ranking import TextQuery, text_query
from catalog.selectors.tree import category_tree
from catalog.selectors.types import CategoryNode
from catalog.words import DATA, query_words, words_of
from core.sql import execute_planned_anew
from vendors.states import VendorState
from vietnam.text import fold, nfc

SHORTEST = 2
MOST_WORDS, MOST_KINDS, MOST_VENDORS, MOST_GOODS = 4, 2, 2, 4
TRIED_WORDS = 10
READ_GOODS = 12  # many goods of different vendors carry the same name: each is offered once
# Goods are looked at up to here and the best of them shown: half a word may fit half the market.
LOOKED_AT = 300

GOODS = """
(SELECT 'goods', product_id::text, card ->> 'slug', card ->> 'name_vi', card ->> 'name_en',
    card ->> 'vendor'
FROM (SELECT * FROM catalog_searchentry WHERE words @@ %s::tsquery LIMIT %s) AS found
ORDER BY (words @@ %s::tsquery) DESC, popularity DESC, product_id LIMIT %s)
"""
VENDORS = """
(SELECT 'vendor', id::text, slug, COALESCE(NULLIF(short_name, ''), name), name_en, ''
FROM vendors_vendor WHERE state = %s AND '-' || slug LIKE ALL (%s)
ORDER BY length(slug), id LIMIT %s)
"""
WORDS = """
(SELECT 'words', '', '', %s, '', '' WHERE EXISTS
(SELECT FROM catalog_searchentry WHERE words @@ %s::tsquery))
"""

Kind = Literal["words", "category", "vendor", "goods"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way on. `ref` is the id of goods and vendors; words lead to a search."""

    kind: Kind
    label_vi: str
    label_en: str
    slug: str = ""
    ref: str = ""
    detail: str = ""


def suggest(text: str) -> list[Suggestion]:
    """Words, kinds, vendors and goods that go on like this text, the likeliest of each first.

    One query, or none for a text that is too short; marks and the place of a tone don't matter.
    """
    words = query_words(text)
    query = text_query(words)
    if query is None or len(fold(text)) < SHORTEST:
        return []
    kinds = [_kind(node) for node in _kinds(text)]
    known = {fold(label) for kind in kinds for label in (kind.label_vi, kind.label_en)}
    names = [name for name in _going_on(text, _searches()) if fold(name) not in known]
    found = _ask(query, names[:TRIED_WORDS], [word.plain for word in words])
    goods = {one.label_vi: one for one in reversed(found) if one.kind == "goods"}
    return [
        *[one for one in found if one.kind == "words"][:MOST_WORDS],
        *kinds,
        *(one for one in found if one.kind == "vendor"),
        *list(reversed(goods.values()))[:MOST_GOODS],
    ]


def _ask(query: TextQuery, names: list[str], words: list[str]) -> list[Suggestion]:
    parts, params = [GOODS], [query.in_name, LOOKED_AT, query.is_kind, READ_GOODS]
    if any(len(word) > 1 for word in words):
        parts.append(VENDORS)
        params += [VendorState.APPROVED.value, [f"%-{word}%" for word in words], MOST_VENDORS]
    for name in names:
        asked = text_query(words_of(name))
        if asked is not None:
            parts.append(WORDS)
            params += [name, asked.in_name]
    with connection.cursor() as cursor:
        execute_planned_anew(cursor, " UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    return [
        Suggestion(kind, vi, en or vi, slug, ref, detail)
        for kind, ref, slug, vi, en, detail in rows
    ]


@cache
def _searches() -> tuple[str, ...]:
    """The file's searches, in both languages."""
    text = (DATA / "searches.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(name.strip() for line in lines for name in line.split("|"))


def _kinds(text: str) -> list[CategoryNode]:
    """Kinds of goods that have goods; a whole kind before its parts."""
    nodes = {name: node for node in _all(category_tree()) for name in (node.name_vi, node.name_en)}
    found = [nodes[name] for name in _going_on(text, tuple(nodes)) if nodes[name].count]
    return list(dict.fromkeys(found))[:MOST_KINDS]


def _all(nodes: tuple[CategoryNode, ...]) -> list[CategoryNode]:
    return [one for node in nodes for one in (node, *_all(node.children))]


def _kind(node: CategoryNode) -> Suggestion:
    return Suggestion("category", node.name_vi, node.name_en, node.slug, str(node.id))


def _going_on(text: str, names: tuple[str, ...]) -> list[str]:
    """Names in which a word goes on like the text: same marks first, then those that begin so."""
    typed, exact = fold(text), nfc(text).lower().strip()
    fitting = [name for name in names if f" {typed}" in f" {fold(name)}"]
    return sorted(
        fitting,
        key=lambda name: (exact not in name.lower(), not fold(name).startswith(typed)),
    )
