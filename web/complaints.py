"""How all faces tell the story of a complaint: its steps, its clock, what was offered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.complaint_words import ACTION_WORDS, offer_words
from orders.models import Complaint, ComplaintEntry
from orders.states import ComplaintState
from web.templatetags.market import moment

_CLOCK_WORDS = {
    ComplaintState.OPENED: gettext_lazy("The vendor must answer by %(time)s."),
    ComplaintState.ANSWERED: gettext_lazy(
        "The buyer decides by %(time)s; without a word the answer counts as accepted."
    ),
    ComplaintState.PROVINCE: gettext_lazy("The province decides by %(time)s."),
    ComplaintState.RETURNING: gettext_lazy("The buyer sends the goods back by %(time)s."),
    ComplaintState.OWED: gettext_lazy("The vendor must pay or send by %(time)s."),
    ComplaintState.DONE: gettext_lazy(
        "If it hasn't arrived, the buyer says so by %(time)s; after that it is settled."
    ),
}
_LOOKS_BY = gettext_lazy("The vendor looks at the goods by %(time)s.")
TONES = {
    ComplaintState.SETTLED: "",
    ComplaintState.REFUSED: "plain",
    ComplaintState.WITHDRAWN: "plain",
    ComplaintState.PROVINCE: "earth",
}
_STOPPED = frozenset({"no_answer", "not_sent_back", "not_looked_at", "not_fulfilled", "contest"})


@dataclass(frozen=True, slots=True)
class Told:
    """One step: what happened, in whose words, with which photos (numbers for their addresses)."""

    words: str
    at: datetime
    text: str
    offer: str
    photos: list[int]
    kind: str


@dataclass(frozen=True, slots=True)
class Story:
    """A complaint as every face shows it."""

    complaint: Complaint
    kind: str
    wish: str
    state: str
    tone: str
    clock: str
    offer: str
    steps: list[Told]
    is_sent_back: bool


def story(complaint: Complaint) -> Story:
    """Reads only what the selectors have fetched."""
    entries = list(complaint.entries.all())
    numbers = count(1)
    sent = bool(entries) and entries[-1].action == "send_back"
    state = ComplaintState(complaint.state)
    return Story(
        complaint=complaint,
        kind=str(complaint.get_kind_display()),
        wish=str(complaint.get_wish_display()),
        state=str(state.label),
        tone=TONES.get(state, "gold"),
        clock=_clock(complaint, state, sent=sent),
        offer=offer_words(
            complaint.outcome, complaint.amount_vnd, with_return=complaint.with_return
        ),
        steps=[_told(entry, numbers) for entry in entries],
        is_sent_back=sent,
    )


def _told(entry: ComplaintEntry, numbers: Iterator[int]) -> Told:
    detail = entry.detail
    offer = offer_words(
        str(detail.get("outcome", "")),
        int(detail.get("amount_vnd", 0)),
        with_return=detail.get("with_return", False),
    )
    if entry.action == "take_back":
        offer = _("%(sellable)s of %(of)s can be sold again") % detail
    return Told(
        words=str(ACTION_WORDS.get(entry.action, entry.action)),
        at=entry.at,
        text=entry.text,
        offer=offer,
        photos=[next(numbers) for _photo in entry.photos.all()],
        kind="stopped" if entry.action in _STOPPED else "",
    )


def _clock(complaint: Complaint, state: ComplaintState, *, sent: bool) -> str:
    if complaint.due_at is None or state not in _CLOCK_WORDS:
        return ""
    words = _LOOKS_BY if state == ComplaintState.RETURNING and sent else _CLOCK_WORDS[state]
    return str(words) % {"time": moment(complaint.due_at)}
