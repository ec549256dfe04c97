"""A contact sheet of the drawn product pictures: contact_sheet.py <out.png> [view …]."""

import io
import sys
import time
from pathlib import Path

from PIL import Image

from catalog.demo.motifs import MOTIFS, VIEWS, draw
from catalog.demo.raster import render_png

WIDTH, COLUMNS, GAP = 160, 12, 8
TITLES = ("Hạt điều rang muối vỏ lụa", "Tiêu đen nguyên hạt 550 g/l", "Mật ong hoa điều")
VENDORS = ("HTX Điều Bù Đăng", "HTX Hồ tiêu Lộc Ninh", "Trại ong Bù Gia Mập")


def sheet(*, views: tuple[str, ...]) -> Image.Image:
    """Every motif in these views, row by row."""
    pictures = [
        render_png(
            draw(motif=motif, title=TITLES[i % 3], vendor=VENDORS[i % 3], seed=i, view=view),
            width=WIDTH,
        )
        for i, motif in enumerate(MOTIFS)
        for view in views
    ]
    step = (WIDTH + GAP, WIDTH * 5 // 4 + GAP)
    rows = -(-len(pictures) // COLUMNS)
    page = Image.new("RGB", (COLUMNS * step[0], rows * step[1]), "white")
    for i, picture in enumerate(pictures):
        page.paste(
            Image.open(io.BytesIO(picture)).convert("RGB"),
            (i % COLUMNS * step[0], i // COLUMNS * step[1]),
        )
    return page


def main() -> None:
    """Write the sheet and say how long a picture took."""
    out, views = Path(sys.argv[1]), tuple(sys.argv[2:]) or ("front",)
    unknown = set(views) - set(VIEWS)
    if unknown:
        sys.exit(f"Unknown view: {', '.join(sorted(unknown))}")
    start = time.perf_counter()
    page = sheet(views=views)
    each = (time.perf_counter() - start) / (len(MOTIFS) * len(views))
    page.save(out)
    sys.stdout.write(f"{len(MOTIFS)} motifs, {each * 1000:.0f} ms each: {out}\n")


if __name__ == "__main__":
    main()
