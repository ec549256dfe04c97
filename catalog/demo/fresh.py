"""Every motif that carries no pack: fruit, roots, combs, nests."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.demo import bunches, knobbly, pantry, smoothskin
from catalog.demo.look import Look
from catalog.demo.pen import Pen

Markup = Callable[[Pen, Look], str]


@dataclass(frozen=True)
class Fresh:
    """One piece and what it looks like cut, each standing on the origin, with their sizes."""

    family: str
    whole: Markup
    cut: Markup
    size: tuple[float, float]
    cut_size: tuple[float, float]
    # How many pieces a picture of the goods shows: 1 for a durian, 6 for rambutans.
    count: int = 1
    # Width of the cut over the width of a whole one, and how much nearer it may be shown.
    ratio: float = 1.0
    near: float = 1.0


FRESH: dict[str, Fresh] = {
    "cashew_apple": Fresh(
        "cashew", smoothskin.cashew_apple, smoothskin.cashew_apple_cut,
        (210, 330), (210, 240), 3, 1.0, 1.05,
    ),
    "pepper_spike": Fresh(
        "pepper", bunches.pepper_spike, bunches.spike_cut, (360, 420), (250, 110), 1, 0.62, 1.1,
    ),
    "comb_honey": Fresh(
        "honey", bunches.comb, bunches.comb_cut, (470, 350), (400, 200), 1, 0.84,
    ),
    "durian_ri6": Fresh(
        "fruit", knobbly.ri6, knobbly.ri6_cut, (420, 470), (460, 320), 1, 0.9,
    ),
    "durian_monthong": Fresh(
        "fruit", knobbly.monthong, knobbly.monthong_cut, (400, 540), (460, 320), 1, 0.96,
    ),
    "jackfruit": Fresh(
        "fruit", knobbly.jack_whole, knobbly.jack_cut, (520, 310), (430, 365), 1, 0.62,
    ),
    "avocado": Fresh(
        "fruit", smoothskin.avocado, smoothskin.avocado_cut, (250, 355), (250, 335), 2, 1.0, 1.05,
    ),
    "pomelo": Fresh(
        "fruit", smoothskin.pomelo, smoothskin.pomelo_cut, (400, 420), (360, 350), 1, 0.86,
    ),
    "mandarin": Fresh(
        "fruit", smoothskin.mandarin, smoothskin.mandarin_cut, (260, 280), (360, 350), 3, 0.94,
    ),
    "mangosteen": Fresh(
        "fruit", smoothskin.mangosteen, smoothskin.mangosteen_cut,
        (240, 225), (250, 210), 6, 1.0, 1.1,
    ),
    "rambutan": Fresh(
        "fruit", bunches.rambutan, bunches.rambutan_cut, (220, 200), (200, 200), 6, 0.86, 1.15,
    ),
    "longan": Fresh(
        "fruit", bunches.longan, bunches.longan_cut, (330, 340), (210, 150), 1, 0.4, 1.1,
    ),
    "turmeric_root": Fresh(
        "turmeric", pantry.turmeric, pantry.turmeric_cut, (330, 240), (310, 160), 3, 0.86, 1.05,
    ),
    "mushroom": Fresh(
        "special", pantry.mushroom, pantry.mushroom_cut, (360, 360), (330, 260), 1, 0.72,
    ),
    "bamboo_shoot": Fresh(
        "special", pantry.bamboo, pantry.bamboo_cut, (330, 345), (180, 345), 1, 0.44, 1.1,
    ),
    "sausage": Fresh(
        "special", pantry.sausage, pantry.sausage_cut, (390, 230), (360, 130), 1, 0.8,
    ),
    "birds_nest": Fresh(
        "special", pantry.nest, pantry.nest_cut, (310, 145), (210, 220), 2, 0.56,
    ),
}  # fmt: skip
