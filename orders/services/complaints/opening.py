"""Open a complaint: what is wrong with which goods, in time, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from core.errors import BadFields, DomainError, InvalidInput
from core.files import Upload
from orders import rules
from orders.errors import ComplaintOpen, ComplaintTooLate
from orders.locks import locked_order
from orders.models import Complaint, ComplaintItem, ComplaintKind, Order, Wish
from orders.selectors.complaints import kinds_open, units_left
from orders.services.complaints.moves import BUYER, Step, note
from orders.services.photos import store_photos
from orders.states import COMPLAINT_ENDED
from vietnam.number import make_number
from vietnam.text import nfc

LONGEST = 2000
SHORTEST = 10


@dataclass(frozen=True, slots=True)
class Draft:
    """What a buyer filled in; `units` says how many of which line of the order ({line id: n})."""

    key: UUID
    kind: str
    wish: str
    text: str
    units: Mapping[int, int]
    photos: Sequence[Upload] = ()


def open_complaint(*, order: Order, draft: Draft, actor: audit.Actor) -> Complaint:
    """Write the complaint and start the vendor's clock; the same form twice is one complaint.

    Locks the order, so that two forms at once are one. Raises BadFields with every field that
    needs mending, ComplaintTooLate outside the dated times, ComplaintOpen while another one runs.
    Audited; emits `complaint.moved`. Source of the times: `orders.rules.COMPLAINTS`.
    """
    first = _find(order, draft.key)
    if first is not None:
        return first
    _check(order, draft)
    photos = store_photos(draft.photos, field="photos", actor=actor)
    with transaction.atomic():
        order = locked_order(order.pk)
        first = _find(order, draft.key)
        if first is not None:
            return first
        units = _check(order, draft)
        complaint = _write(order, draft, units)
        step = Step("open", BUYER, actor, text=clean(draft.text), photos=photos)
        note(complaint, "", step)
        return complaint


def clean(text: str) -> str:
    """Words as they are kept: NFC, plain line ends, no spaces around."""
    return nfc(text).replace("\r\n", "\n").replace("\x00", "").strip()


def _find(order: Order, key: UUID) -> Complaint | None:
    return Complaint.objects.filter(order=order, key=key).first()


def _check(order: Order, draft: Draft) -> dict[int, int]:
    """The units complained about; everything that is wrong at once."""
    running = order.complaints.exclude(state__in=COMPLAINT_ENDED).first()
    if running is not None:
        raise ComplaintOpen(number=running.number)
    kinds = kinds_open(order, now=clock.now())
    if not kinds:
        raise ComplaintTooLate()
    left = units_left(order)
    units = left if draft.kind == ComplaintKind.LATE else draft.units
    units = {line: pieces for line, pieces in units.items() if pieces}
    found = {
        "kind": draft.kind not in kinds and _("Please say what is wrong."),
        "wish": draft.wish not in Wish.values and _("Please say what you would like."),
        "text": _wrong_text(clean(draft.text)),
        "units": _wrong_units(units, left),
    }
    errors: dict[str, DomainError] = {
        field: InvalidInput(f"{field}_wrong", sentence, field=field)
        for field, sentence in found.items()
        if sentence
    }
    if errors:
        raise BadFields(errors)
    return units


def _wrong_text(text: str) -> object:
    if len(text) < SHORTEST:
        return _("Please describe it in a sentence or two.")
    if len(text) > LONGEST:
        return _("This text is too long. Shorten it to 2,000 characters.")
    return None


def _wrong_units(units: Mapping[int, int], left: Mapping[int, int]) -> object:
    if not units:
        return _("Please choose at least one of the goods.")
    if any(not 0 < pieces <= left.get(line, 0) for line, pieces in units.items()):
        return _("There aren't so many of these goods to complain about. Lower the number.")
    return None


def _write(order: Order, draft: Draft, units: Mapping[int, int]) -> Complaint:
    now = clock.now()
    complaint = Complaint.objects.create(
        number=make_number(),
        key=draft.key,
        order=order,
        kind=draft.kind,
        wish=draft.wish,
        opened_at=now,
        due_at=now + rules.COMPLAINTS[draft.kind].answer.span(),
    )
    ComplaintItem.objects.bulk_create(
        ComplaintItem(complaint=complaint, line_id=line, quantity=pieces)
        for line, pieces in sorted(units.items())
    )
    return complaint
