"""The worker's part in orders; the rules are in `orders.services`."""

from celery import shared_task

from orders.services import deadlines, parcels
from orders.services.complaints import clocks


@shared_task
def cancel_unconfirmed() -> int:
    """End what no vendor confirmed in time."""
    return deadlines.cancel_unconfirmed()


@shared_task
def close_delivered() -> int:
    """Close what was delivered long enough ago."""
    return deadlines.close_delivered()


@shared_task
def follow_parcels() -> int:
    """Ask carriers about parcels on their way."""
    return parcels.follow_parcels()


@shared_task
def run_complaint_clocks() -> int:
    """Move complaints whose clock has run out."""
    return clocks.run_clocks()
