"""Who is told what: the only wiring between the apps. Each function is safe to run twice.

A topic maps to functions `(key: str, payload: dict) -> None`, written as dotted paths so that a
delivery row names its subscriber.
"""

SUBSCRIBERS: dict[str, tuple[str, ...]] = {
    "stock.changed": ("channels.services.push.on_stock_changed",),
    "stock.turned": (
        "catalog.services.indexing.on_stock_turned",
        "catalog.services.watches.on_stock_turned",
    ),
    "picture.ready": ("catalog.services.indexing.on_picture_ready",),
    "vendor.decided": (
        "catalog.services.indexing.on_vendor_decided",
        "catalog.services.watches.on_vendor_shown",
        "notifications.services.on_vendor_decided",
    ),
    "category.renamed": ("catalog.services.categories.on_category_renamed",),
    "vendor.submitted": ("notifications.services.on_vendor_submitted",),
    "vendor.changed": ("catalog.services.indexing.on_vendor_decided",),
    "vendor.papers_changed": ("catalog.services.indexing.on_vendor_decided",),
    "paper.decided": (
        "catalog.services.indexing.on_vendor_decided",
        "notifications.services.on_paper_decided",
    ),
    "product.decided": (
        "catalog.services.watches.on_product_shown",
        "notifications.services.on_product_decided",
    ),
    "product.resumed": ("catalog.services.watches.on_product_shown",),
    "question.asked": ("notifications.services.on_question_asked",),
    "question.answered": ("notifications.services.on_question_answered",),
    "question.removed": ("notifications.services.on_question_removed",),
    "stock.back": ("notifications.services.on_stock_back",),
    "revision.decided": ("notifications.services.on_revision_decided",),
    "order.placed": ("notifications.services.on_order_placed",),
    "code.issued": ("notifications.services.on_code_issued",),
    "account.exists": ("notifications.services.on_account_exists",),
    "account.changed": ("notifications.services.on_account_changed",),
    "export.ready": ("notifications.services.on_export_ready",),
    "erasure.asked": ("notifications.services.on_erasure_asked",),
    "order.moved": (
        "notifications.services.on_order_moved",
        "orders.services.parcels.on_order_moved",
        "channels.services.ship_back.on_order_moved",
    ),
    "complaint.moved": ("notifications.services.on_complaint_moved",),
    "order.message": ("notifications.services.on_order_message",),
    "review.written": ("notifications.services.on_review_written",),
    "review.answered": ("notifications.services.on_review_answered",),
    "review.removed": ("notifications.services.on_review_removed",),
    "listing.wanted": ("channels.services.offer.on_listing_wanted",),
    "listing.stock": ("channels.services.push.on_listing_stock",),
}
