"""`/metrics` for Prometheus: what all processes counted, and how the queues stand now."""

import hmac
import os
from collections.abc import Iterator
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from core import breaker, limits, tasks, valkey

STANDING = """
    SELECT (SELECT count(*) FROM core_outboxentry WHERE NOT fanned_out)
             + (SELECT count(*) FROM core_outboxdelivery WHERE state = 'pending'),
           (SELECT count(*) FROM core_outboxdelivery WHERE state = 'parked'),
           (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(e.created_at)), 0)
              FROM core_outboxentry e
             WHERE NOT e.fanned_out OR EXISTS (
                SELECT 1 FROM core_outboxdelivery d
                WHERE d.entry_id = e.id AND d.state = 'pending')),
           (SELECT count(*) FROM core_case WHERE state = 'open')
"""
NAMES = (
    ("market_outbox_waiting", "Outbox entries and deliveries that wait"),
    ("market_outbox_parked", "Deliveries that wait for staff"),
    ("market_outbox_age_seconds", "Age of the oldest entry that waits"),
    ("market_cases_open", "Cases that a person must look at"),
)


def metrics(request: HttpRequest) -> HttpResponse:
    """For this machine, or whoever knows METRICS_TOKEN; missing for everybody else."""
    if not is_allowed(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Standing())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        body = generate_latest(registry)
    else:
        body = generate_latest(registry) + generate_latest(REGISTRY)
    return HttpResponse(
        body, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )


def is_allowed(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    said = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
        return True
    # A proxy on this machine also calls from loopback: then the host asked for is a public one.
    host = split_domain_port(request.headers.get("Host", ""))[0]
    return (
        "X-Forwarded-For" not in request.headers
        and host in ("localhost", "127.0.0.1", "[::1]")
        and _is_loopback(limits.client_address(request))
    )


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


class Standing(Collector):
    """What the database and Valkey say now."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for (name, text), value in zip(NAMES, self._standing(), strict=False):
            yield GaugeMetricFamily(name, text, value=value)
        seen = valkey.ask(lambda server: bool(server.exists(tasks.HEARTBEAT)), otherwise=False)
        yield GaugeMetricFamily("market_worker_seen", "Within a minute", value=int(seen))
        opened = GaugeMetricFamily("market_breaker_open", "Parties we don't call", labels=["party"])
        for party, is_open in breaker.states().items():
            opened.add_metric([party], int(is_open))
        yield opened

    def _standing(self) -> tuple[float, ...]:
        try:
            with connection.cursor() as cursor:
                cursor.execute(STANDING)
                return tuple(float(value) for value in cursor.fetchone())
        except DatabaseError:
            return ()
