"""What every carrier is asked and answers, whatever its own words are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Shipment:
    """A box to book. `reference` is the order's number: booking it twice gives one shipment."""

    reference: str
    from_ward: str
    to_ward: str
    to_name: str
    to_phone: str
    to_street: str
    weight_grams: int
    cod_vnd: int


@dataclass(frozen=True, slots=True)
class Booking:
    """The carrier's own code of the shipment."""

    code: str


@dataclass(frozen=True, slots=True)
class TrackingEvent:
    """One report; `state` is one of ours where we know the carrier's word, else its own."""

    state: str
    at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Tracking:
    events: tuple[TrackingEvent, ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier's two calls; both raise ProviderError."""

    book: Callable[[Shipment], Booking]
    track: Callable[[str], Tracking]
