"""What a seed decides for one product: ground, pack colour, accent, label style, setting."""

from dataclasses import dataclass

from catalog.demo.rng import Rng
from catalog.demo.tint import darken, luminance, mix

CREAM = "#fffaee"
INK = "#271e15"


@dataclass(frozen=True)
class Ground:
    """Wall behind and table under the goods, each from top to bottom."""

    wall: tuple[str, str]
    table: tuple[str, str]


GROUNDS = (
    Ground(("#f8f0df", "#efe0c3"), ("#e7d3ae", "#dcc397")),
    Ground(("#f4efe6", "#e7dccb"), ("#dccdb6", "#cfbc9f")),
    Ground(("#f5ead0", "#edd7a6"), ("#e6c98a", "#d9b56d")),
    Ground(("#eff0e0", "#dde2c4"), ("#cdd4ac", "#bac393")),
    Ground(("#f6e6da", "#eccdb8"), ("#e0b396", "#d09d7d")),
    Ground(("#ebefe9", "#d3ded3"), ("#c0cfc0", "#abbdac")),
    Ground(("#f3ece9", "#e5d5ce"), ("#d8c0b6", "#c8ab9f")),
    Ground(("#eeebe2", "#dcd6c6"), ("#cdc4af", "#bab097")),
    Ground(("#f9e9cf", "#f1cf9f"), ("#e8b97d", "#d9a362")),
    Ground(("#e9eef0", "#d2dde0"), ("#d9ccb4", "#c8b897")),
    Ground(("#c98a64", "#b8704a"), ("#a85c38", "#94492a")),
    Ground(("#aebb9c", "#93a480"), ("#8a7b5b", "#77694b")),
    Ground(("#d9b66c", "#cb9f4d"), ("#b98a3b", "#a3752c")),
    Ground(("#5d7a66", "#4a6753"), ("#8d6f4c", "#775b3b")),
)
ACCENTS = ("#96371b", "#c98412", "#1f5d43", "#96371b", "#2f3b30", "#8a5a14", "#7c2b13")
LEAVES = ("#2f6b4a", "#3f7a45", "#567f3c", "#28604a")
# Pack colours per family of goods; the seed picks one.
BODIES: dict[str, tuple[str, ...]] = {
    "cashew": (
        "#2f6b4a", "#b9770e", "#96371b", "#e9dcc0", "#b08a58", "#23524a", "#d9a441", "#5a3a22",
    ),
    "pepper": (
        "#2b302d", "#1f4c3a", "#b08a58", "#6d2418", "#ece2cd", "#3a3128", "#46573b", "#8c6a3d",
    ),
    "coffee": ("#3b2619", "#b08a58", "#1f3f38", "#e6d8bd", "#6d2418", "#2a2a28", "#8f5b2b"),
    "honey": ("#c98412", "#96371b", "#2f6b4a", "#e9d6a8", "#5a3a22"),
    "rubber": ("#1f5d43", "#2d5f86", "#96371b", "#3a4146"),
    "fruit": ("#7f9a3e", "#d8922a", "#2f6b4a", "#e9dcc0", "#b9552b", "#c9a23c"),
    "turmeric": ("#d1820f", "#8f3d17", "#2f6b4a", "#ecdcb4", "#b08a58"),
    "special": ("#96371b", "#b9770e", "#1f5d43", "#b08a58", "#6d2418", "#e9dcc0"),
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """The look of one product, the same in each of its views."""

    family: str
    title: str
    vendor: str
    ground: Ground
    body: str
    accent: str
    leaf: str
    label: int
    setting: int
    shape: int
    flip: int

    @property
    def ink(self) -> str:
        """Text that reads on the pack itself."""
        return CREAM if luminance(self.body) < 0.58 else INK

    @property
    def shadow(self) -> str:
        """The tone of shadows on this table."""
        return darken(self.ground.table[1], 0.72)


def make_look(*, motif: str, family: str, words: tuple[str, str], seed: int) -> Look:
    """The look for this motif and seed."""
    rng = Rng("look", motif, seed)
    # Middle tones make one shelf lively; a shelf full of them is loud.
    ground = rng.choice(GROUNDS[:10]) if rng.chance(0.76) else rng.choice(GROUNDS[10:])
    body = rng.choice(BODIES[family])
    accents = [colour for colour in ACCENTS if _far(colour, body)]
    return Look(
        family=family,
        title=words[0],
        vendor=words[1],
        ground=ground,
        body=mix(body, rng.choice(("#ffffff", "#000000", "#7a4a1e")), rng.uniform(0, 0.08)),
        accent=rng.choice(accents or list(ACCENTS)),
        leaf=rng.choice(LEAVES),
        label=rng.integer(0, 5),
        setting=rng.integer(0, 5),
        shape=rng.integer(0, 11),
        flip=rng.choice((1, -1)),
    )


def _far(one: str, other: str) -> bool:
    spans = (abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return sum(spans) > 90
