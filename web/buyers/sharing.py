"""How a page looks where people share it: Open Graph, and Twitter's card."""

from collections.abc import Iterable

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from catalog.selectors.types import Card
from web.buyers import absolute, links
from web.buyers.markup import escape
from web.buyers.region import region

LONGEST = 200
_LOCALES = {"vi": "vi_VN", "en": "en_US"}


def tags(  # noqa: PLR0913 the tags themselves
    *, title: str, url: str, text: str = "", token: str = "", kind: str = "website", alt: str = ""
) -> SafeString:
    """The tags of one page; without a picture of its own it shows the market's."""
    lang = links.language()
    words = region(lang)
    said = [
        ("og:type", kind),
        ("og:site_name", f"{words.name} {words.region}"),
        ("og:title", title),
        ("og:description", _short(text)),
        ("og:url", url),
        ("og:locale", _LOCALES[lang]),
        *_picture(token, alt or title),
    ]
    html = "".join(
        f'<meta property="{name}" content="{escape(value)}">' for name, value in said if value
    )
    html += '<meta name="twitter:card" content="summary_large_image">'
    return mark_safe(html)  # noqa: S308 made of escaped parts


def feed(path: str) -> SafeString:
    """Where feed readers find the new goods of this page."""
    href = escape(links.here(path))
    kind = "application/rss+xml"
    return mark_safe(f'<link rel="alternate" type="{kind}" href="{href}">')  # noqa: S308


def first_picture(found: Iterable[Card]) -> str:
    """The picture that stands for a list: that of its first product with one."""
    tokens = (str(card.data.get("picture") or "") for card in found)
    return next((token for token in tokens if token), "")


def _picture(token: str, alt: str) -> list[tuple[str, str]]:
    """JPEG: some messengers show nothing newer."""
    if token:
        return [
            ("og:image", absolute.jpeg(token)),
            ("og:image:type", "image/jpeg"),
            ("og:image:alt", alt),
        ]
    return [
        ("og:image", f"{settings.PUBLIC_URL}{static('img/share.jpg')}"),
        ("og:image:type", "image/jpeg"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
    ]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1].rstrip()}…"
