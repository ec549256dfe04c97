"""Reads of carts and orders."""
