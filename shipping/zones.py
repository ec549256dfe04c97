"""How far a parcel travels, by the official codes of the two wards."""

from shipping.models import Zone
from vietnam.places import find_ward

# Provinces and cities of the south (codes since July 2025) that the market counts as near.
SOUTH = frozenset({"68", "75", "79", "80", "82", "86", "91", "92", "96"})


def zone_between(from_ward: str, to_ward: str) -> Zone:
    """The zone of a parcel from one ward to another; unknown wards count as far."""
    if from_ward == to_ward:
        return Zone.WARD
    start, end = find_ward(from_ward), find_ward(to_ward)
    if start is None or end is None:
        return Zone.NATION
    if start.province_code == end.province_code:
        return Zone.PROVINCE
    near = start.province_code in SOUTH and end.province_code in SOUTH
    return Zone.SOUTH if near else Zone.NATION
