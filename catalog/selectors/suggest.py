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
# A word that fewer goods have is looked up in the index of words; for others the goods that are
# bought most are looked through. Either way a bounded number is read.
FREQUENT = 1_500
LOOKED_THROUGH = 1_500
CHOSEN_FROM = 60

# How many goods have the rarest of the words; the last one may be half typed.
RARE = """
WITH rare AS MATERIALIZED (SELECT min(goods) AS goods FROM (
    SELECT COALESCE(sum(uses), 0) AS goods FROM unnest(%s::text[]) AS asked (pattern)
    LEFT JOIN catalog_searchterm ON word LIKE pattern GROUP BY pattern) AS counted)
"""
GOODS = """
(SELECT 'goods', product_id::text, card ->> 'slug', card ->> 'name_vi', card ->> 'name_en',
    card ->> 'vendor'
FROM (SELECT * FROM ({source}) AS source OFFSET 0) AS found
ORDER BY (words @@ %s::tsquery) DESC, popularity DESC, product_id LIMIT %s)
"""
LOOKED_UP = """SELECT * FROM catalog_searchentry
WHERE (SELECT goods FROM rare) < %s AND words @@ %s::tsquery LIMIT %s"""
BOUGHT_MOST = """SELECT * FROM (SELECT * FROM catalog_searchentry
    WHERE (SELECT goods FROM rare) >= %s ORDER BY popularity DESC, product_id LIMIT %s) AS most
WHERE words @@ %s::tsquery LIMIT %s"""
VENDORS = """
(SELECT 'vendor', id::text, slug, COALESCE(NULLIF(short_name, ''), name), name_en, ''
FROM vendors_vendor WHERE state = %s AND '-' || slug LIKE ALL (%s)
ORDER BY length(slug), id LIMIT %s)
"""
WORDS = """
(SELECT 'known', '', '', word, '', '' FROM catalog_searchterm WHERE word = ANY (%s))
"""

Kind = Literal["words", "known", "category", "vendor", "goods"]


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
    said = {fold(label) for kind in kinds for label in (kind.label_vi, kind.label_en)}
    names = [name for name in _going_on(text, _searches()) if fold(name) not in said]
    names = names[:TRIED_WORDS]
    found = _ask(query, names, [word.plain for word in words])
    goods = {one.label_vi: one for one in reversed(found) if one.kind == "goods"}
    known = {one.label_vi for one in found if one.kind == "known"}
    return [
        *[_search(name) for name in names if _words(name) <= known][:MOST_WORDS],
        *kinds,
        *(one for one in found if one.kind == "vendor"),
        *list(reversed(goods.values()))[:MOST_GOODS],
    ]


def _search(name: str) -> Suggestion:
    return Suggestion("words", name, name)


def _words(name: str) -> set[str]:
    """The words of a search that stand in the table of words: all but numbers."""
    return {word.plain for word in words_of(name) if word.plain.isalpha()}


def _ask(query: TextQuery, names: list[str], words: list[str]) -> list[Suggestion]:
    """What one query tells: goods and vendors that go on so, and which words are known at all."""
    spelled = [word for word in words if word.isalpha()]
    patterns = [*spelled[:-1], *(f"{word}%" for word in spelled[-1:])]
    best = [query.is_kind, READ_GOODS]
    parts = [GOODS.format(source=LOOKED_UP), GOODS.format(source=BOUGHT_MOST), WORDS]
    params: list[object] = [
        patterns,
        *(FREQUENT, query.in_name, FREQUENT, *best),
        *(FREQUENT, LOOKED_THROUGH, query.in_name, CHOSEN_FROM, *best),
        sorted({word for name in names for word in _words(name)}),
    ]
    if any(len(word) > 1 for word in words):
        parts.append(VENDORS)
        params += [VendorState.APPROVED.value, [f"%-{word}%" for word in words], MOST_VENDORS]
    with connection.cursor() as cursor:
        execute_planned_anew(cursor, RARE + " UNION ALL ".join(parts), params)
        rows = cursor.fetchall()
    return [
        Suggestion(kind, vi, en or vi, slug, ref, more) for kind, ref, slug, vi, en, more in rows
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
