"""The twin: the same market with the conditional UPDATE made unconditional.

What is left is what shops usually do: read the stock (`view_cart`), find it sufficient, write.
"""

from importlib import import_module

from tests.races.guarded import application as application

UNCONDITIONAL = """
UPDATE catalog_stock SET held = held + %(units)s WHERE variant_id = %(variant)s
RETURNING on_hand - held
"""
vars(import_module("catalog.services.stock"))["TAKE"] = UNCONDITIONAL
