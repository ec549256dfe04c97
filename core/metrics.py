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
PAGE_HITS = Counter("market_page_cache_hits_total", "Public pages answered without Django")
PAGE_MISSES = Counter("market_page_cache_misses_total", "Public pages made by Django and kept")
REQUESTS = Histogram(
    "market_request_seconds",
    "Requests that Django answered",
    ["view", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
)
