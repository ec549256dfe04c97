"""The market without any memory, for gunicorn: the "cold" rows.

Everything that pages may keep per catalogue or product version (category tree, totals, facet
counts, product pages, cards, header and footer) is worked out again for every single request, as
for the very first visitor after a change. The template loader and the address tables stay: they
belong to the code, not to the catalogue.
"""

import sys
import threading
from collections.abc import Callable, Hashable, Iterable
from importlib import import_module
from typing import Any

from marketplace.wsgi import application as warm

under_version = import_module("catalog.selectors.cached").under_version

_request = threading.local()


class Nothing(dict[Any, Any]):
    """Takes everything and keeps nothing."""

    def __setitem__(self, key: Any, value: Any) -> None:
        return None


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    _request.known = {}
    return warm(environ, start_response)


def worked_out(name: str, key: Hashable, make: Callable[[], Any]) -> Any:
    """Once in this request."""
    known: dict[Hashable, Any] = _request.known
    if (name, key) not in known:
        known[name, key] = make()
    return known[name, key]


import_module("marketplace.urls")
for module in [found for name, found in sys.modules.items() if name.startswith(("catalog", "web"))]:
    if vars(module).get("under_version") is under_version:
        vars(module)["under_version"] = worked_out
import_module("web.buyers.frame")._kept.put = lambda version, key, value: None
vars(import_module("web.buyers.cards"))["_cards"] = Nothing()
