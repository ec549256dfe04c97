"""`manage.py seed_market`: the demo market, from 390 products to a hundred thousand."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import wake
from marketplace.embedded.says import say
from marketplace.seeding.market import Size, is_empty, make_market

DRAW = "catalog.tasks.draw_demo_pictures"


class Command(BaseCommand):
    help = "Fill an empty database with the demo market; the same seed gives the same market."

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        first = Size()
        parser.add_argument("--vendors", type=int, default=first.vendors)
        parser.add_argument("--products", type=int, default=first.products)
        parser.add_argument("--orders", type=int, default=first.orders)
        parser.add_argument("--seed", type=int, default=first.seed)
        parser.add_argument("--if-empty", action="store_true", help="do nothing if vendors exist")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo market belongs to MODE=demo only.")
        size = Size(*(options[name] for name in ("vendors", "products", "orders", "seed")))
        if size.vendors < 10 or size.products < 1 or size.orders < 1:
            raise CommandError("A market needs 10 vendors, a product and an order at least.")
        if is_empty():
            make_market(size, say)
        elif not options["if_empty"]:
            raise CommandError("There are vendors already; only an empty database can be filled.")
        wake.now(DRAW, queue="low")
