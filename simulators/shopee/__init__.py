"""Plays the Shopee Open Platform v2 (Viet Nam), as strictly as its documentation reads.

Own signing code, own state, nothing shared with the adapter that it tests.
"""
