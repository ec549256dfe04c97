"""The dated rules of orders, with the values they began with."""

from dataclasses import dataclass

from core.rules import DatedRule

DAY = 24 * 60

CONFIRM_WITHIN = DatedRule("orders.confirm_minutes_cod", first=24 * 60, unit="minutes")
CLOSE_AFTER = DatedRule("orders.close_minutes", first=7 * 24 * 60, unit="minutes")
MOST_WAITING_PER_PHONE = DatedRule("orders.most_waiting_per_phone", first=20, unit="orders")


@dataclass(frozen=True, slots=True)
class ComplaintClocks:
    """The published times of one kind of complaint; `tell` 0 means at any time."""

    tell: DatedRule  # the buyer, counted from delivery
    answer: DatedRule  # the vendor, counted from the complaint
    settle: DatedRule  # the province, counted from when it gets it


def _clocks(kind: str, *, tell: int, answer: int, settle: int) -> ComplaintClocks:
    return ComplaintClocks(
        DatedRule(f"complaints.{kind}.tell_minutes", first=tell, unit="minutes"),
        DatedRule(f"complaints.{kind}.answer_minutes", first=answer, unit="minutes"),
        DatedRule(f"complaints.{kind}.settle_minutes", first=settle, unit="minutes"),
    )


# By kind of complaint; shown on the page about complaints (Law 122/2025/QH15, article 7.3).
COMPLAINTS = {
    "spoilt": _clocks("spoilt", tell=DAY, answer=DAY, settle=3 * DAY),
    "wrong": _clocks("wrong", tell=7 * DAY, answer=2 * DAY, settle=7 * DAY),
    "late": _clocks("late", tell=0, answer=2 * DAY, settle=7 * DAY),
    "false": _clocks("false", tell=0, answer=3 * DAY, settle=15 * DAY),
}
# The clocks after the vendor's answer: the buyer decides and sends back, the vendor looks, pays or
# sends, and the buyer objects.
DECIDE_WITHIN = DatedRule("complaints.decide_minutes", first=3 * DAY, unit="minutes")
SEND_BACK_WITHIN = DatedRule("complaints.send_back_minutes", first=7 * DAY, unit="minutes")
TAKE_BACK_WITHIN = DatedRule("complaints.take_back_minutes", first=10 * DAY, unit="minutes")
FULFIL_WITHIN = DatedRule("complaints.fulfil_minutes", first=5 * DAY, unit="minutes")
OBJECT_WITHIN = DatedRule("complaints.object_minutes", first=5 * DAY, unit="minutes")
MESSAGES_PER_HOUR = DatedRule("orders.messages_per_hour", first=20, unit="messages")
ATTACH_DAYS = DatedRule("orders.attach_days", first=365, unit="days")
EDIT_REVIEW_WITHIN = DatedRule("reviews.edit_minutes", first=30 * DAY, unit="minutes")

# How long the law keeps what an erased person bought; `orders.own_data` names the articles.
KEEP_YEARS = DatedRule("orders.keep_years", first=3, unit="years")
KEEP_INVOICE_YEARS = DatedRule("orders.keep_invoice_years", first=10, unit="years")
