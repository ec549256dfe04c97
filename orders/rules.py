"""The dated rules of orders, with the values they began with."""

from core.rules import DatedRule

CONFIRM_WITHIN = DatedRule("orders.confirm_minutes_cod", first=24 * 60, unit="minutes")
CLOSE_AFTER = DatedRule("orders.close_minutes", first=7 * 24 * 60, unit="minutes")
MOST_WAITING_PER_PHONE = DatedRule("orders.most_waiting_per_phone", first=20, unit="orders")
