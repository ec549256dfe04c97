"""The drawn product pictures: each renders, each seed differs, no label is ever clipped."""

import re
import struct
from html import unescape

import pytest

from catalog.demo.lettering import LEADING, set_text, text_width
from catalog.demo.motifs import MOTIFS, VIEWS, draw
from catalog.demo.raster import render_png

LONG = (
    "Hạt điều rang muối vỏ lụa loại đặc biệt nguyên hạt cỡ lớn W240 hũ thuỷ tinh năm trăm gam "
    "dành tặng dịp Tết Nguyên Đán"
)
VENDOR = "Hợp tác xã Nông nghiệp Dịch vụ Thương mại Xuất nhập khẩu Hạt điều Bù Đăng"
TEXT = re.compile(
    r'<text [^>]*font-family="([^"]+)" font-weight="(\d+)" font-size="([\d.]+)"[^>]*>(.*?)</text>'
)


def picture(motif: str, *, seed: int = 1, view: str = "front") -> str:
    """The motif with ordinary words on it."""
    return draw(motif=motif, title="Hạt điều rang muối", vendor="HTX Bù Đăng", seed=seed, view=view)


def face(family: str, weight: str) -> str:
    """The shipped face behind a font family and weight."""
    if family == "Noto Serif":
        return "serif"
    return "bold" if weight == "700" else "sans"


def test_there_are_at_least_44_motifs_with_names_of_their_own() -> None:
    assert len(set(MOTIFS)) == len(MOTIFS) == 71


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_and_view_becomes_a_png_of_the_asked_width(motif: str, view: str) -> None:
    png = render_png(picture(motif, view=view), width=96)

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (96, 120)


@pytest.mark.parametrize("motif", MOTIFS)
def test_the_views_of_a_motif_differ(motif: str) -> None:
    assert len({picture(motif, view=view) for view in VIEWS}) == 4


@pytest.mark.parametrize("motif", MOTIFS)
def test_another_seed_gives_another_picture(motif: str) -> None:
    one, other = (render_png(picture(motif, seed=seed), width=48) for seed in (1, 2))

    assert one != other


def test_the_same_seed_gives_the_same_bytes() -> None:
    once, again = (render_png(picture("durian_ri6", seed=7), width=240) for _ in range(2))

    assert once == again


def test_an_unknown_motif_or_view_is_refused() -> None:
    with pytest.raises(KeyError, match="wine_bottle"):
        picture("wine_bottle")
    with pytest.raises(KeyError, match="behind"):
        picture("jar_honey", view="behind")


@pytest.mark.parametrize("title", [LONG, "Ẵ" * 40, "Mít", "SVR 3L", "Ễ Ặ Ỗ Ử Ậ Ỹ", ""])
def test_a_title_stays_inside_its_box(title: str) -> None:
    setting = set_text(title, face="serif", width=264.0, height=150.0, largest=48.0)

    assert 1 <= len(setting.lines) <= 3
    assert max(text_width(line, "serif") for line in setting.lines) * setting.size <= 264.01
    assert len(setting.lines) * setting.size * LEADING <= 150.01


def test_a_short_title_is_set_whole_and_large() -> None:
    setting = set_text("Tiêu đen Lộc Ninh", face="serif", width=264, height=150, largest=48)

    assert " ".join(setting.lines) == "Tiêu đen Lộc Ninh"
    assert setting.size > 40


def test_a_title_too_long_for_the_smallest_type_ends_with_an_ellipsis() -> None:
    setting = set_text(LONG, face="serif", width=180, height=70, largest=40)

    assert setting.lines[-1].endswith("…")
    assert setting.size >= 17


def test_decomposed_accents_are_joined_before_they_are_set() -> None:
    setting = set_text("Điê\u0300u", face="serif", width=264, height=150, largest=48)

    assert setting.lines == ("Điều",)


@pytest.mark.parametrize("motif", MOTIFS)
def test_no_line_on_a_pack_is_wider_than_the_widest_label(motif: str) -> None:
    svg = draw(motif=motif, title=LONG, vendor=VENDOR, seed=3)

    lines = TEXT.findall(svg)
    assert lines
    for family, weight, size, text in lines:
        assert text_width(unescape(text), face(family, weight)) * float(size) <= 324


def test_words_of_the_seller_are_escaped() -> None:
    svg = draw(motif="jar_honey", title="<b>Mật & ong", vendor="A<script>", seed=1)

    assert "&lt;b&gt;Mật" in svg
    assert "&amp; ong" in svg
    assert "<script" not in svg
