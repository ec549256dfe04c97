"""The simulated carrier of the demo (`simulators/carrier`), asked over HTTP as a real one."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings

from core import http
from core.errors import ProviderError
from shipping.parties import Booking, Shipment, Tracking, TrackingEvent


def book(shipment: Shipment) -> Booking:
    """Book a box; the carrier knows its reference, so a repeat returns the same code."""
    answer = _call(
        "POST",
        "/carrier/orders",
        {
            "reference": shipment.reference,
            "from_ward": shipment.from_ward,
            "to_ward": shipment.to_ward,
            "to_name": shipment.to_name,
            "to_phone": shipment.to_phone,
            "to_street": shipment.to_street,
            "weight_g": shipment.weight_grams,
            "cod_vnd": shipment.cod_vnd,
        },
    )
    return Booking(code=str(answer["code"]))


def track(code: str) -> Tracking:
    """All reports about a box so far, oldest first."""
    answer = _call("GET", f"/carrier/orders/{code}")
    return Tracking(
        events=tuple(
            TrackingEvent(
                state=str(event["state"]),
                at=datetime.fromisoformat(str(event["at"])),
                place=str(event.get("place", "")),
            )
            for event in answer["events"]
        )
    )


def _call(method: str, path: str, body: dict[str, object] | None = None) -> dict[str, Any]:
    if not settings.CARRIER["base_url"]:
        raise ProviderError("carrier_off", retryable=True)
    response = http.request(
        method,
        settings.CARRIER["base_url"] + path,
        headers={
            "Authorization": f"Bearer {settings.CARRIER['token']}",
            "Content-Type": "application/json",
        },
        body=json.dumps(body).encode() if body is not None else None,
        party="carrier-demo",
    )
    if response.status >= 300:
        raise ProviderError(
            "carrier_refused", retryable=response.status >= 500, status=response.status
        )
    try:
        answer = json.loads(response.body)
    except ValueError as error:
        raise ProviderError("carrier_unreadable", retryable=True) from error
    if not isinstance(answer, dict):
        raise ProviderError("carrier_unreadable", retryable=True)
    return answer
