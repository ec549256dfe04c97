"""What is sold: categories, products, variants, stock, revisions, reviews and the search entry."""

from catalog.models.goods import (
    Category,
    CategoryAddress,
    Product,
    ProductDecision,
    ProductPicture,
    Revision,
    Variant,
)
from catalog.models.reviews import Review, ReviewPhoto
from catalog.models.search import SearchEntry, SearchTerm
from catalog.models.stock import MovementKind, Stock, StockMovement

__all__ = [
    "Category",
    "CategoryAddress",
    "MovementKind",
    "Product",
    "ProductDecision",
    "ProductPicture",
    "Review",
    "ReviewPhoto",
    "Revision",
    "SearchEntry",
    "SearchTerm",
    "Stock",
    "StockMovement",
    "Variant",
]
