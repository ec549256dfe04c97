from django.apps import AppConfig

from marketplace.celery import app


class MarketplaceConfig(AppConfig):
    name = "marketplace"

    def ready(self) -> None:
        """Every thread of every process knows the broker, so that a page can wake the worker."""
        app.set_default()
