"""Sale units as pictures: what a pack is called, and how its name is made from its weight."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy, pgettext_lazy


@dataclass(frozen=True, slots=True)
class Unit:
    """`fixed_grams` is set where the unit is itself a weight."""

    key: str
    label: object
    vi: str
    en: str
    fixed_grams: int = 0

    @property
    def icon(self) -> str:
        return f"sellers/icons/unit_{self.key}.html"


UNITS: dict[str, Unit] = {
    unit.key: unit
    for unit in (
        Unit("pack", pgettext_lazy("unit", "Pack"), "Gói", "pack"),
        Unit("jar", pgettext_lazy("unit", "Jar"), "Hũ", "jar"),
        Unit("bottle", pgettext_lazy("unit", "Bottle"), "Chai", "bottle"),
        Unit("box", pgettext_lazy("unit", "Box"), "Hộp", "box"),
        Unit("sack", pgettext_lazy("unit", "Sack"), "Bao", "sack"),
        Unit("piece", pgettext_lazy("unit", "Piece"), "Trái", "piece"),
        Unit("kg", gettext_lazy("1 kg"), "1 kg", "1 kg", 1000),
        Unit("tonne", gettext_lazy("1 tonne"), "1 tấn", "1 tonne", 1_000_000),
    )
}


def unit_names(unit: Unit, grams: int) -> tuple[str, str]:
    """("Gói 500 g", "500 g pack"); a weight by itself is just its weight."""
    if unit.fixed_grams:
        return unit.vi, unit.en
    if grams % 1000 and grams < 10_000:
        size_vi = size_en = f"{grams} g"
    else:
        size_en = f"{grams / 1000:g} kg"
        size_vi = size_en.replace(".", ",")
    return f"{unit.vi} {size_vi}", f"{size_en} {unit.en}"
