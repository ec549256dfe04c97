"""Shopee's signatures: HMAC-SHA256 with the partner key as plain text, lower-case hexadecimal."""

import hashlib
import hmac
from urllib.parse import urlencode

AUTH_PATH = "/api/v2/shop/auth_partner"


def sign_public(*, partner_id: int, partner_key: str, path: str, timestamp: int) -> str:
    """For calls without a shop: consent link, tokens, pictures, push settings."""
    return _hexdigest(partner_key, f"{partner_id}{path}{timestamp}".encode())


def sign_shop(
    *,
    partner_id: int,
    partner_key: str,
    path: str,
    timestamp: int,
    access_token: str,
    shop_id: int,
) -> str:
    """For calls about one shop. Neither query nor body is part of it."""
    base = f"{partner_id}{path}{timestamp}{access_token}{shop_id}"
    return _hexdigest(partner_key, base.encode())


def auth_link(
    *, base_url: str, partner_id: int, partner_key: str, timestamp: int, redirect: str
) -> str:
    """Where the seller consents; good for five minutes from `timestamp`."""
    sign = sign_public(
        partner_id=partner_id, partner_key=partner_key, path=AUTH_PATH, timestamp=timestamp
    )
    query = {
        "partner_id": partner_id,
        "timestamp": timestamp,
        "sign": sign,
        "redirect": redirect,
    }
    return f"{base_url}{AUTH_PATH}?{urlencode(query)}"


def verify_push(*, key: str, url: str, raw_body: bytes, authorization: str | None) -> bool:
    """Whether Shopee signed this notice. `url` is the registered one, `raw_body` the bytes as they
    came; a missing signature is compared like a wrong one."""
    expected = _hexdigest(key, url.encode() + b"|" + raw_body)
    given = (authorization or "").encode("utf-8", "replace")
    return hmac.compare_digest(expected.encode(), given)


def _hexdigest(key: str, message: bytes) -> str:
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()
