"""XML put together piece by piece: large files are written while they are read."""

import re
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What XML 1.0 can't hold, not even escaped.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: object) -> str:
    """Escaped text."""
    return escape(_UNFIT.sub("", str(value)))


def element(name: str, value: object, **attributes: str) -> str:
    """<name …>value</name>."""
    said = "".join(f" {key}={quoteattr(_UNFIT.sub('', one))}" for key, one in attributes.items())
    return f"<{name}{said}>{text(value)}</{name}>"
