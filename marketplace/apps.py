from django.apps import AppConfig
from django.core.checks import Tags, register

from marketplace.celery import app


class MarketplaceConfig(AppConfig):
    name = "marketplace"

    def ready(self) -> None:
        """Every thread of every process knows the broker, so that a page can wake the worker."""
        from marketplace.checks import deploy_check  # noqa: PLC0415 (needs the models)

        app.set_default()
        register(deploy_check, Tags.security, deploy=True)
