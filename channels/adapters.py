"""The channels that this market knows, by the name stored with a connection."""

from channels.parties import Adapter
from channels.shopee.adapter import ShopeeAdapter

ADAPTERS: dict[str, Adapter] = {"shopee": ShopeeAdapter()}
