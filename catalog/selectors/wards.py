"""What comes from where: goods and vendors of each ward."""

from dataclasses import dataclass

from django.db import connection

from catalog.selectors.cached import under_version
from catalog.selectors.facets import WHOLE_MARKET
from vendors.states import VendorState

COUNTS = """
SELECT value, goods, 0 FROM catalog_facetcount
WHERE category_id = %s AND facet = 'ward' AND goods > 0
UNION ALL
SELECT ward_code, 0, count(*) FROM vendors_vendor WHERE state = %s GROUP BY ward_code
"""


@dataclass(frozen=True, slots=True)
class WardCount:
    goods: int = 0
    vendors: int = 0


def ward_counts(category_id: int = WHOLE_MARKET) -> dict[str, WardCount]:
    """Ward code -> its goods of this kind and all its vendors (one query per catalogue version)."""
    return under_version("wards", category_id, lambda: _counted(category_id))


def _counted(category_id: int) -> dict[str, WardCount]:
    found: dict[str, WardCount] = {}
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [category_id, VendorState.APPROVED.value])
        for ward, goods, vendors in cursor.fetchall():
            before = found.get(ward, WardCount())
            found[ward] = WardCount(before.goods + goods, before.vendors + vendors)
    return found
