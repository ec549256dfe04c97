"""How goods are ranked, told from the code that ranks them (Law 122/2025/QH15, article 11)."""

from django.http import HttpRequest, HttpResponse

from catalog.ranking import BUCKETS, POINTS_PER_SALE, POINTS_PER_STAR_OVER_TWO, popularity
from catalog.selectors.types import SORTS
from web.buyers.cards import tenths
from web.buyers.facets import SORT_NAMES
from web.buyers.frame import About, page
from web.public import public_page

# The example on the page: sold units, reviews, stars in all.
SOLD, RATINGS, STARS = 120, 10, 45


@public_page
def ranking(request: HttpRequest) -> HttpResponse:
    """Every rule with its numbers; nothing here is written down a second time."""
    context = {
        "buckets": BUCKETS,
        "per_sale": POINTS_PER_SALE,
        "per_star": POINTS_PER_STAR_OVER_TWO,
        "sorts": [SORT_NAMES[sort] for sort in SORTS],
        "sold": SOLD,
        "ratings": RATINGS,
        "mean": tenths(STARS * 10 // RATINGS),
        "points": popularity(sold=SOLD, rating_sum=STARS, ratings=RATINGS, in_stock=True),
    }
    return page(request, "buyers/ranking.html", context, about=About(public=True))
