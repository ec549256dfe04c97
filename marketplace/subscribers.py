"""Who is told what: the only wiring between the apps. Each function is safe to run twice.

A topic maps to functions `(key: str, payload: dict) -> None`, written as dotted paths so that a
delivery row names its subscriber.
"""

SUBSCRIBERS: dict[str, tuple[str, ...]] = {
    "stock.changed": ("catalog.services.indexing.on_stock_changed",),
    "vendor.decided": ("catalog.services.indexing.on_vendor_decided",),
}
