"""Shopee's signatures, written from the documentation for this side only."""

import hashlib
import hmac


def base_string(
    partner_id: str, path: str, timestamp: str, access_token: str = "", shop_id: str = ""
) -> str:
    """Public calls leave the last two empty. Every part is taken as it stood in the query."""
    return f"{partner_id}{path}{timestamp}{access_token}{shop_id}"


def digest(key: str, message: bytes) -> str:
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def is_right(key: str, base: str, given: str) -> bool:
    """Lower-case hexadecimal only: an upper-case signature is a wrong one."""
    return hmac.compare_digest(digest(key, base.encode()).encode(), given.encode())


def push_authorization(key: str, callback_url: str, raw_body: bytes) -> str:
    return digest(key, callback_url.encode() + b"|" + raw_body)
