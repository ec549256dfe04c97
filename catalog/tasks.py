"""What time does to the catalogue."""

from celery import shared_task

from catalog.services import drawings, indexing, questions
from core import wake
from core.tasks import MarketTask

DRAW = "catalog.tasks.draw_demo_pictures"


@shared_task(base=MarketTask)
def reindex_expired_papers() -> int:
    """Take badges off goods whose paper ended; how many goods were written again."""
    return indexing.index_expired()


@shared_task(base=MarketTask)
def show_unanswered_questions() -> int:
    """Questions whose time for an answer is over are public; how many pages were written again."""
    return questions.show_unanswered()


@shared_task(base=MarketTask)
def reindex_outdated() -> int:
    """After an upgrade: write search entries anew that an older program made."""
    return indexing.index_outdated()


@shared_task(base=MarketTask)
def draw_demo_pictures() -> None:
    """One product's full drawings, then queue again behind what came meanwhile: also after a
    failure, because a drawing that fails is tried three times at most."""
    is_some_left = True
    try:
        is_some_left = drawings.draw_next()
    finally:
        if is_some_left:
            wake.now(DRAW, queue="low")
