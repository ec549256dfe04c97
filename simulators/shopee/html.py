"""The shell of the simulator's few pages; styles are in the page, so that it stands alone."""

from html import escape
from pathlib import Path

_STYLE = Path(__file__).with_name("look.css").read_text(encoding="utf-8")


def page(*, lang: str, title: str, header: str, main: str, narrow: bool = False) -> str:
    width = "narrow" if narrow else "wrap"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f'<header><div class="{width}">{header}</div></header>'
        f'<main class="{width}">{main}</main></body></html>'
    )


def vnd(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + "\u00a0₫"


def hidden(**values: object) -> str:
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(str(value))}">'
        for name, value in values.items()
    )
