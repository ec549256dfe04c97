"""Between the steps of checkout: what was typed waits on the server until the next page shows it.

A step is answered with a redirect, so that "back" never asks to send a form again; nothing personal
gets into an address. It waits encrypted, for half an hour, under the cart's checkout key, which an
order uses up. While Valkey is away nothing is kept, and the caller answers with the page itself.
"""

from django.http import QueryDict

from core import crypto, valkey
from orders.models import Cart

LIFETIME = 30 * 60
MOST_CHARACTERS = 20_000
_ANEW = ("csrfmiddlewaretoken", "key", "do", "shown_ward", "shown_total", "shown_goods")


def keep(cart: Cart, sent: QueryDict) -> bool:
    """Whether all that was typed is kept for the next page of this cart."""
    typed = sent.copy()
    for name in _ANEW:
        typed.pop(name, None)
    text = typed.urlencode()
    if len(text) > MOST_CHARACTERS:
        return False
    box = crypto.encrypt(text)
    done = valkey.ask(lambda server: server.set(_key(cart), box, ex=LIFETIME), otherwise=None)
    return bool(done)


def kept(cart: Cart) -> QueryDict:
    """What was typed on the way to this page; empty when it waited too long."""
    box = valkey.ask(lambda server: server.get(_key(cart)), otherwise=None)
    text = crypto.decrypt(box.decode()) if isinstance(box, bytes) else ""
    return QueryDict(text)


def _key(cart: Cart) -> str:
    return f"{valkey.PREFIX}checkout:{cart.checkout_key}"
