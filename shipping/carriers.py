"""The carriers that this market knows, by the name stored with a parcel."""

from shipping.demo import client as demo
from shipping.parties import Booking, Carrier, Shipment, Tracking, TrackingEvent

CARRIERS: dict[str, Carrier] = {"demo": Carrier(book=demo.book, track=demo.track)}

__all__ = ["CARRIERS", "Booking", "Carrier", "Shipment", "Tracking", "TrackingEvent"]
