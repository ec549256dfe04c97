"""What is sold, where it is found, what people say about it, ask and wish."""

from catalog.models.goods import (
    Category,
    CategoryAddress,
    Product,
    ProductDecision,
    ProductPicture,
    Revision,
    Variant,
)
from catalog.models.questions import Question
from catalog.models.reviews import Review, ReviewPhoto
from catalog.models.search import FacetCount, SearchEntry, SearchTerm
from catalog.models.stock import MovementKind, Stock, StockMovement
from catalog.models.wishes import StockWatch, VendorFollow, Wish

__all__ = [
    "Category",
    "CategoryAddress",
    "FacetCount",
    "MovementKind",
    "Product",
    "ProductDecision",
    "ProductPicture",
    "Question",
    "Review",
    "ReviewPhoto",
    "Revision",
    "SearchEntry",
    "SearchTerm",
    "Stock",
    "StockMovement",
    "StockWatch",
    "Variant",
    "VendorFollow",
    "Wish",
]
