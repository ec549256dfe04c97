"""Other names of goods, in both languages, from `data/synonyms.txt`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from catalog.words import DATA, Word, words_of

LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Group:
    """What must stand in a name (spelled), what such goods are also called."""

    triggers: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    hides: bool  # a shorter name inside one of these doesn't count


def synonyms_for(texts: Iterable[str]) -> list[str]:
    """Other names of the goods that these names and categories speak of."""
    groups = sorted({number for text in texts for number in _groups_in(text)})
    return [name for number in groups for name in _groups()[number].names]


def names_of_kind(name: str) -> list[str]:
    """Other names of what a name begins with: "Lạp xưởng tiêu xanh" is a sausage, not pepper."""
    return [
        other for number in _groups_in(name, at_start=True) for other in _groups()[number].names
    ]


@cache
def goods_names() -> tuple[str, ...]:
    """Every name in the file, in its order, each once."""
    return tuple(dict.fromkeys(name for group in _groups() for name in group.names))


def as_goods_are_spelled(words: Sequence[Word]) -> list[Word]:
    """The words with the marks that names of goods give them: "sau rieng" is "sầu riêng"."""
    found = list(words)
    start = 0
    while start < len(found):
        size, name = _longest_name(found[start:])
        found[start : start + size] = name
        start += max(size, 1)
    return found


def are_goods(words: Sequence[Word]) -> bool:
    """Whether the words are nothing but names of goods, one after the other: none is mistyped."""
    plain = [word.plain for word in words]
    start = 0
    while start < len(plain):
        sizes = range(min(len(plain) - start, LONGEST_NAME), 0, -1)
        ends = [start + size for size in sizes]
        end = next((end for end in ends if tuple(plain[start:end]) in _by_plain()), None)
        if end is None:
            return False
        start = end
    return bool(plain)


def _longest_name(words: Sequence[Word]) -> tuple[int, list[Word]]:
    for size in range(min(len(words), LONGEST_NAME), 1, -1):
        name = _by_plain().get(tuple(word.plain for word in words[:size]))
        if name is not None:
            return size, list(name)
    return 0, []


@cache
def _by_plain() -> dict[tuple[str, ...], tuple[Word, ...]]:
    """Folded name -> the name as it is spelled; the first spelling in the file wins."""
    found: dict[tuple[str, ...], tuple[Word, ...]] = {}
    for name in goods_names():
        words = tuple(words_of(name))
        found.setdefault(tuple(word.plain for word in words), words)
    return found


@lru_cache(maxsize=10_000)
def _groups_in(text: str, *, at_start: bool = False) -> tuple[int, ...]:
    """The groups of which a name stands in the text."""
    words = _spelled(text)
    found: list[tuple[int, int, int]] = []
    hidden: list[tuple[int, int]] = []
    for start in range(len(words)):
        for size, number in _starting_with().get(words[start], ()):
            trigger, group = words[start : start + size], _groups()[number]
            if trigger in group.triggers:
                found.append((start, start + size, number))
                if group.hides:
                    hidden.append((start, start + size))
    kept = {
        number
        for start, end, number in found
        if not (at_start and start) and not _is_inside(start, end, hidden)
    }
    return tuple(sorted(kept))


def _is_inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(low <= start and end <= high and end - start < high - low for low, high in spans)


@cache
def _starting_with() -> dict[str, tuple[tuple[int, int], ...]]:
    """First word -> (number of words, group) of each name that begins so."""
    found: dict[str, set[tuple[int, int]]] = {}
    for number, group in enumerate(_groups()):
        for trigger in group.triggers:
            found.setdefault(trigger[0], set()).add((len(trigger), number))
    return {word: tuple(sorted(sizes)) for word, sizes in found.items()}


@cache
def _groups() -> tuple[_Group, ...]:
    groups = []
    for line in (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        left, _, right = line.removeprefix("!").partition("=>")
        names = tuple(name.strip() for name in (right or left).split(",") if name.strip())
        triggers = tuple(_spelled(name) for name in left.split(","))
        groups.append(_Group(triggers, names, line.startswith("!")))
    return tuple(groups)


def _spelled(text: str) -> tuple[str, ...]:
    return tuple(word.spelled or word.plain for word in words_of(text))
