"""A sheet of paper for the demo's files: plainly marked as a sample, no seal, no signature."""

from html import escape
from textwrap import wrap

LINE_LENGTH = 22
MIDDLE = 400


def draw_paper(*, title: str, holder: str, number: str, issuer: str, day: str) -> str:
    """An A4-shaped SVG of a registration or certificate, with SAMPLE across it."""
    heads = wrap(title.upper(), LINE_LENGTH)
    rows = (("Cấp cho", holder), ("Số", number), ("Nơi cấp", issuer), ("Ngày cấp", day))
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 1130">',
        '<rect width="800" height="1130" fill="#fdfbf4"/>',
        '<rect x="42" y="42" width="716" height="1046" fill="none" stroke="#b9770e"'
        ' stroke-width="3"/>',
        _text(MIDDLE, 130, issuer, 24),
    ]
    parts += [_text(MIDDLE, 240 + 52 * n, line, 36) for n, line in enumerate(heads)]
    for n, (label, value) in enumerate(rows):
        parts.append(_text(120, 440 + 92 * n, label, 22, colour="#6b6258"))
        parts.append(_text(120, 476 + 92 * n, value, 28))
    parts.append(
        '<text x="400" y="860" text-anchor="middle" font-family="Noto Sans" font-weight="700"'
        ' font-size="110" fill="#96371b" fill-opacity=".16" transform="rotate(-24 400 860)">'
        "BẢN MẪU</text></svg>"
    )
    return "".join(parts)


def _text(x: int, y: int, text: str, size: int, *, colour: str = "#2a231b") -> str:
    anchor = "middle" if x == MIDDLE else "start"
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-family="Noto Serif"'
        f' font-weight="700" font-size="{size}" fill="{colour}">{escape(text)}</text>'
    )
