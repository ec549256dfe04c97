"""From SVG to PNG with the shipped fonts only, so that every machine paints the same bytes."""

import resvg_py

from catalog.demo.lettering import FILES

_FONTS = [str(file) for file in FILES.values()]


def render_png(svg: str, *, width: int = 960) -> bytes:
    """The picture as PNG, `width` pixels wide; raises ValueError when it is no valid SVG."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            skip_system_fonts=True,
            font_files=_FONTS,
            serif_family="Noto Serif",
            sans_serif_family="Noto Sans",
        )
    )
