"""The market's own words: rules, complaints, data, ranking, delivery. One template per language."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from web.buyers import links
from web.buyers.clocks import complaint_clocks
from web.buyers.frame import About, page
from web.public import public_page


@public_page
def words(request: HttpRequest, topic: str) -> HttpResponse:
    """A page of plain text; `topic` comes from the table of addresses, never from outside."""
    context: dict[str, Any] = {
        "text": f"buyers/words/{topic}_{links.language()}.html",
        "title": _title(topic),
    }
    if topic == "complaints":
        context |= complaint_clocks()
    return page(request, "buyers/words.html", context, about=About(public=True))


def _title(topic: str) -> str:
    titles = {
        "rules": _("Rules of the market"),
        "complaints": _("Complaints"),
        "data": _("Your data"),
        "delivery": _("Delivery and payment"),
    }
    return titles[topic]
