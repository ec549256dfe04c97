"""What an address says of a thing in words: made from its name, while its number decides."""

from functools import lru_cache

from vietnam.text import slugify

LONGEST = 120


def slug_in(lang: str, slug: object, name_en: object) -> str:
    """The words for a page in `lang`: from the English name, where there is one."""
    english = _words(str(name_en)) if lang == "en" and name_en else ""
    return english or str(slug)


@lru_cache(maxsize=50_000)
def _words(name: str) -> str:
    return slugify(name)[:LONGEST].strip("-")
