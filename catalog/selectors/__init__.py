"""Reads of the catalogue: list pages, product pages, the category tree."""
