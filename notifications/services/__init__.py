"""Telling people: one function tells, the others are what the outbox calls."""

from notifications.services.accounts import (
    on_account_changed,
    on_account_exists,
    on_code_issued,
    on_erasure_asked,
    on_export_ready,
)
from notifications.services.bodies import readable_body
from notifications.services.complaints import on_complaint_moved
from notifications.services.goods import on_product_decided, on_revision_decided
from notifications.services.orders import on_order_moved, on_order_placed
from notifications.services.talk import (
    on_order_message,
    on_review_answered,
    on_review_removed,
    on_review_written,
)
from notifications.services.telling import Target, retry_failed, send_due, tell
from notifications.services.vendors import on_paper_decided, on_vendor_decided, on_vendor_submitted
from notifications.services.wanted import (
    on_question_answered,
    on_question_asked,
    on_question_removed,
    on_stock_back,
)

__all__ = [
    "Target",
    "on_account_changed",
    "on_account_exists",
    "on_code_issued",
    "on_complaint_moved",
    "on_erasure_asked",
    "on_export_ready",
    "on_order_message",
    "on_order_moved",
    "on_order_placed",
    "on_paper_decided",
    "on_product_decided",
    "on_question_answered",
    "on_question_asked",
    "on_question_removed",
    "on_review_answered",
    "on_review_removed",
    "on_review_written",
    "on_revision_decided",
    "on_stock_back",
    "on_vendor_decided",
    "on_vendor_submitted",
    "readable_body",
    "retry_failed",
    "send_due",
    "tell",
]
