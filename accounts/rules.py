"""The dated rules of people's own data, with the values they began with."""

from core.rules import DatedRule

ERASE_AFTER = DatedRule("accounts.erase_after_days", first=7, unit="days")
KEEP_EXPORT = DatedRule("accounts.keep_export_days", first=7, unit="days")
EXPORTS_PER_DAY = DatedRule("accounts.exports_per_day", first=3, unit="exports")
