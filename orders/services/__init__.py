"""Writes of carts, purchases and orders, one use case a file."""
