"""Contacts inside a text: phone numbers, mail addresses and links, however they are spaced out."""

import re

_PHONE = re.compile(r"(?<![\d.,])(?:\+?84|0)(?:[ .\-()]{0,2}\d){8,10}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)*", re.ASCII)
_LINK = re.compile(r"https?:|\bwww\.|\b[\w-]+\.(?:com|net|org|vn|info|shop|me|gl|ly)\b", re.I)


def holds_contact(text: str) -> bool:
    """Whether the text gives away a phone number, a mail address or a link.

    Prices ("1.200.000 đ"), weights and lot numbers are none.
    """
    return any(pattern.search(text) for pattern in (_PHONE, _MAIL, _LINK))
