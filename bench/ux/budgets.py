"""What each page may cost. Over it, `make ux` fails.

From the issue about the shop that buyers love ("Measures"), and where it is silent from the table
"UX budgets" for pages of its kind.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A column. KB are 1,000 bytes on the wire, compressed, answers' heads included."""

    key: str
    title: str
    digits: int = 0
    at_least: bool = False

    def told(self, value: float) -> str:
        return f"{value:.{self.digits}f}"

    def is_over(self, value: float, limit: float) -> bool:
        return value < limit if self.at_least else value > limit


SCORES = (
    Measure("performance", "performance", at_least=True),
    Measure("accessibility", "accessibility", at_least=True),
    Measure("best-practices", "best practices", at_least=True),
    Measure("seo", "SEO", at_least=True),
    Measure("fcp_s", "FCP s", 2),
    Measure("lcp_s", "LCP s", 2),
    Measure("tbt_ms", "TBT ms"),
    Measure("cls", "CLS", 3),
)
NETWORK = (
    Measure("slow_paint_s", "slow: first paint s", 2),
    Measure("slow_usable_s", "slow: usable s", 2),
    Measure("slow_second_s", "slow: as second page s", 2),
    Measure("html_css_kb", "HTML + CSS KB", 1),
    Measure("js_kb", "JavaScript KB", 1),
    Measure("pictures_kb", "pictures KB", 1),
    Measure("requests", "requests"),
    Measure("fonts", "web fonts"),
    Measure("third_party", "third party"),
)
LOOKS = (
    Measure("axe_vi", "axe, Vietnamese"),
    Measure("axe_en", "axe, English"),
    Measure("axe_dark", "axe, dark"),
    Measure("sideways", "sideways at 320 px"),
    Measure("zoom_loss", "lost at 200 %"),
)
MEASURES = SCORES + NETWORK + LOOKS

_EVERY = {
    "accessibility": 100,
    "best-practices": 100,
    "slow_paint_s": 3.0,
    "slow_second_s": 2.0,
    "html_css_kb": 25,
    "js_kb": 20,
    "fonts": 0,
    "third_party": 0,
    "axe_vi": 0,
    "axe_en": 0,
    "axe_dark": 0,
    "sideways": 0,
    "zoom_loss": 0,
}
_SHOWN = _EVERY | {
    "performance": 97,
    "lcp_s": 2.0,
    "tbt_ms": 100,
    "cls": 0.05,
    "slow_usable_s": 5.0,
    "pictures_kb": 250,
    "requests": 25,
}
_FOUND = _SHOWN | {"seo": 100}
_BUYING = _SHOWN | {
    "lcp_s": 1.8,
    "tbt_ms": 50,
    "cls": 0.02,
    "slow_usable_s": 4.0,
    "pictures_kb": 120,
    "requests": 15,
}

# Search, cart, checkout and a followed order tell search engines to stay away.
BUDGETS: dict[str, dict[str, float]] = {
    "home": _FOUND,
    "category": _FOUND,
    "search": _SHOWN,
    "product": _FOUND | {"pictures_kb": 300},
    "vendor": _FOUND,
    "cart": _BUYING,
    "checkout": _BUYING | {"performance": 99},
    "tracking": _BUYING,
}
ALL_SCRIPTS_KB = 20  # everything in JavaScript that a buyer can ever load, compressed
FIRST_FLIGHT = 14_600  # ten packets: what a server may send before it hears from the browser
