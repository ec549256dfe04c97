"""What the market counts; `/metrics` shows it, added up over all processes."""

from prometheus_client import Counter, Histogram

OUTGOING = Counter("market_outgoing_total", "Calls to outside parties", ["party", "outcome"])
OUTGOING_SECONDS = Histogram(
    "market_outgoing_seconds",
    "How long outside parties took",
    ["party"],
    buckets=(0.1, 0.5, 1, 3, 10),
)
DELIVERIES = Counter("market_deliveries_total", "Outbox deliveries by how they ended", ["outcome"])
