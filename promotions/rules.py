"""The dated rules of vouchers.

A vendor's own reduction is at most half of the price; the province's programmes may go further
(Decree 81/2018/NĐ-CP, articles 6 and 7). Something is always left to pay.
"""

from core.rules import DatedRule

MOST_PERCENT_VENDOR = DatedRule("promotions.most_percent_vendor", first=50, unit="percent")
MOST_PERCENT_PROVINCE = DatedRule("promotions.most_percent_province", first=90, unit="percent")
