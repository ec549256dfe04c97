"""All simulated parties behind one address, each with its own state."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from simulators.carrier import app as carrier_app
from simulators.serving import WSGIApp
from simulators.shopee import app as shopee_app
from simulators.shopee.life import start_timers
from simulators.shopee.pushing import start_senders
from simulators.shopee.sim import open_sim
from simulators.web import Request, Response, json_response, wsgi


@dataclass(frozen=True)
class Simulators:
    application: WSGIApp
    close: Callable[[], None]


def open_simulators(directory: Path) -> Simulators:
    """Open the parties on this folder and start what they do by themselves."""
    sim, carrier = open_sim(directory), carrier_app.open_carrier(directory)
    shopee, parcels = shopee_app.make_handler(sim), carrier_app.make_handler(carrier)

    def handler(request: Request) -> Response:
        if request.path == "/healthz":
            return json_response({"ok": True})
        if request.path.startswith(("/carrier/", "/_sim/carrier/")):
            return parcels(request)
        return shopee(request)

    stop = threading.Event()
    threads = [*start_senders(sim, stop), start_timers(sim, stop)]

    def close() -> None:
        stop.set()
        sim.wake.set()
        for thread in threads:
            thread.join(timeout=5)
        sim.store.close()
        carrier.store.close()

    return Simulators(wsgi(handler), close)
