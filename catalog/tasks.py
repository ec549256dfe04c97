"""What time does to the catalogue."""

from celery import shared_task

from catalog.services import indexing
from core.tasks import MarketTask


@shared_task(base=MarketTask)
def reindex_expired_papers() -> int:
    """Take badges off goods whose paper ended; how many goods were written again."""
    return indexing.index_expired()
