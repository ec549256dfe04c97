"""Which category a name sounds like, so that nobody has to read a tree."""

from collections import Counter
from collections.abc import Iterable

from catalog.models import Category
from catalog.synonyms import synonyms_for
from vietnam.text import fold

SHOWN = 4


def leaves(categories: Iterable[Category]) -> list[Category]:
    """Those without others below them: where products belong."""
    known = list(categories)
    parents = {category.parent_id for category in known}
    return [category for category in known if category.pk not in parents]


def suggest(name: str, categories: Iterable[Category]) -> list[Category]:
    """The likeliest leaf categories of a name, the best first; rare words count more."""
    wanted = set(fold(name).split())
    words = {category: set(_words(category)) for category in leaves(categories)}
    common = Counter(word for each in words.values() for word in each)
    scores = {
        category: sum(1 / common[word] for word in wanted & each)
        + (2 if f" {fold(category.name_vi)} " in f" {fold(name)} " else 0)
        for category, each in words.items()
    }
    likely = [category for category in scores if scores[category] > 0]
    return sorted(likely, key=lambda category: (-scores[category], category.path))[:SHOWN]


def _words(category: Category) -> list[str]:
    names = [category.name_vi, category.name_en]
    return fold(" ".join([*names, *synonyms_for(names)])).split()
