"""Who holds what about a person: the apps' modules, top of the ladder first (`core.own_data`)."""

APPS: tuple[str, ...] = (
    "notifications.own_data",
    "channels.own_data",
    "orders.own_data",
    "promotions.own_data",
    "catalog.own_data",
    "vendors.own_data",
    "accounts.own_data",
    "core.own_audit",
)
