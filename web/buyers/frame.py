"""The frame of every shop page; header and footer are kept per language and catalogue version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from catalog.selectors.cached import PerVersion
from catalog.selectors.tree import category_tree
from core import versions
from web.buyers import links
from web.buyers.markup import escape
from web.buyers.region import region
from web.templatetags.market import both

_SWITCH = "[[switch]]"
_QUERY = "[[query]]"
_NOTHING = SafeString("")
_kept = PerVersion(size=64)


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page's own words."""

    head: SafeString
    header: SafeString
    footer: SafeString


@dataclass(frozen=True, slots=True)
class About:
    """What the frame must know of a page. `public` pages say their other language and address."""

    active: str = ""  # the kind of goods (slug) whose link is marked
    query: str = ""  # what stands in the search field
    public: bool = False
    index: bool = True
    canonical: str = ""  # path and parameters; the page's own path if empty
    other: str = ""  # the same in the other language, where the path differs
    both_languages: bool = True
    meta: SafeString = _NOTHING  # for the head: how the page is shown where it is shared
    data: SafeString = _NOTHING  # for the page's end: what machines read (JSON-LD)


NOBODYS = About()


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    about: About = NOBODYS,
    status: int = 200,
) -> HttpResponse:
    """Render a shop page. No context processor runs: nothing of the visitor gets in unasked."""
    lang = links.language()
    html = render(template, {"frame": frame(request, about), "region": region(lang), **context})
    response = HttpResponse(html, status=status)
    if not about.public:
        response.headers["Cache-Control"] = "no-store"
    return response


def render(template: str, context: Mapping[str, Any]) -> str:
    """A template of the shop. Numbers come out bare (ids stand in addresses); filters make the
    ones that people read."""
    lang = links.language()
    values = {"lang": lang, "base": links.base(lang), **context}
    made: Any = get_template(template)
    html: str = made.template.render(Context(values, use_l10n=False))
    return html


def frame(request: HttpRequest, about: About) -> Frame:
    """The frame around one page."""
    lang = links.language()
    before, between, after, footer = _parts(lang, about.active)
    switch = escape(links.other_language(request, about.other.partition("?")[0]))
    header = f"{before}{escape(about.query)}{between}{switch}{after}"
    return Frame(
        head=mark_safe(_head(request, about, lang)),  # noqa: S308 made of escaped parts
        header=mark_safe(header),  # noqa: S308
        footer=mark_safe(f"{footer}{about.data}"),  # noqa: S308
    )


def forget() -> None:
    """Render every frame again (tests)."""
    _kept.forget()


def _parts(lang: str, active: str) -> tuple[str, str, str, str]:
    """Header (cut where the page speaks) and footer."""
    version, key = versions.catalog_version(), (lang, active)
    parts: tuple[str, str, str, str] | None = _kept.get(version, key)
    if parts is None:
        parts = _rendered(lang, active)
        _kept.put(version, key, parts)
    return parts


def _rendered(lang: str, active: str) -> tuple[str, str, str, str]:
    kinds = [
        {
            "slug": node.slug,
            "href": links.here(links.category(node.slug)),
            "name": _name(node, lang),
        }
        for node in category_tree()
        if node.count
    ]
    context = {
        "other": "vi" if lang == "en" else "en",
        "region": region(lang),
        "kinds": kinds,
        "active": active,
    }
    header = render("buyers/header.html", context)
    before, rest = header.split(_QUERY)
    between, after = rest.split(_SWITCH)
    return before, between, after, render("buyers/footer.html", context)


def _name(node: object, lang: str) -> str:
    vi, en = both(node, "name")
    return en or vi if lang == "en" else vi


def _head(request: HttpRequest, about: About, lang: str) -> str:
    head = (
        f'<link rel="stylesheet" href="{static("css/buyers.css")}">'
        f'<script type="module" src="{static("js/buyers.js")}"></script>'
        f'<script type="module" src="{static("js/offline.js")}"></script>'
        f'<link rel="manifest" href="{links.base(lang)}/manifest.webmanifest">'
    )
    if not about.public or not about.index:
        head += '<meta name="robots" content="noindex">'
    if not about.public:
        return head
    here = about.canonical or request.path_info
    vi, en = (about.other or here, here) if lang == "en" else (here, about.other or here)
    root = settings.PUBLIC_URL
    vi, en = f"{root}{escape(vi)}", f"{root}{links.ENGLISH}{escape(en)}"
    # Without English words the English page is the Vietnamese one in another frame.
    right = en if lang == "en" and about.both_languages else vi
    head += f'<link rel="canonical" href="{right}">'
    if about.both_languages:
        head += (
            f'<link rel="alternate" hreflang="vi" href="{vi}">'
            f'<link rel="alternate" hreflang="en" href="{en}">'
            f'<link rel="alternate" hreflang="x-default" href="{vi}">'
        )
    return head + about.meta
