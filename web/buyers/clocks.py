"""The clocks of complaints in words, from the dated rules themselves."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.rules import DatedRule
from orders import rules
from orders.models import ComplaintKind
from orders.selectors.complaint_figures import Figures, figures_since

FIGURE_DAYS = 90
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Clocks:
    """One kind of complaint: by when to tell, to answer, to settle."""

    kind: str
    tell: str
    answer: str
    settle: str


def complaint_clocks() -> dict[str, object]:
    """What the page about complaints shows; changes with the rules, at most a minute later."""
    return {
        "clocks": [_of_kind(kind) for kind in ComplaintKind],
        "decide": spoken(rules.DECIDE_WITHIN),
        "send_back": spoken(rules.SEND_BACK_WITHIN),
        "take_back": spoken(rules.TAKE_BACK_WITHIN),
        "fulfil": spoken(rules.FULFIL_WITHIN),
        "object": spoken(rules.OBJECT_WITHIN),
        "figures": _figures(),
        "figure_days": FIGURE_DAYS,
    }


def _figures() -> list[tuple[str, Figures]]:
    """How the complaints of the last days went, by the name of their kind."""
    found = figures_since(clock.now() - timedelta(days=FIGURE_DAYS))
    return [(str(kind.label), found[kind]) for kind in ComplaintKind if kind in found]


def spoken(rule: DatedRule) -> str:
    """A rule that counts minutes: "24 hours", "3 days"; up to a day in hours."""
    minutes = rule.value()
    if minutes > _DAY and minutes % _DAY == 0:
        days = minutes // _DAY
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    hours = -(-minutes // 60)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def _of_kind(kind: ComplaintKind) -> Clocks:
    clocks = rules.COMPLAINTS[kind]
    if kind == ComplaintKind.LATE:
        tell = _("any time after its day")
    elif not clocks.tell.value():
        tell = _("any time")
    else:
        tell = _("%(time)s of delivery") % {"time": spoken(clocks.tell)}
    return Clocks(str(kind.label), tell, spoken(clocks.answer), spoken(clocks.settle))
