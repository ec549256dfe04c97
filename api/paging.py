"""Cursor paging: stable while goods come and go, and as fast on the last page as on the first."""

from rest_framework.pagination import CursorPagination


class ByNewest(CursorPagination):
    """Products, newest first."""

    page_size = 24
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering = ("-published_at", "product_id")


class ById(CursorPagination):
    """Vendors, in the order in which they joined."""

    page_size = 50
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering = "id"
