"""The dated rules of one-time codes and of people's own data, with the values they began with."""

from core.rules import DatedRule

CODES_PER_ADDRESS = DatedRule("accounts.codes_per_address_hour", first=60, unit="codes")
CODES_ALARM = DatedRule("accounts.codes_alarm_per_hour", first=1000, unit="codes")
ERASE_AFTER = DatedRule("accounts.erase_after_days", first=7, unit="days")
KEEP_EXPORT = DatedRule("accounts.keep_export_days", first=7, unit="days")
EXPORTS_PER_DAY = DatedRule("accounts.exports_per_day", first=3, unit="exports")
