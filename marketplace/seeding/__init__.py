"""Fills an empty market with the demo: deterministic from a seed, at any size."""
