import threading

import pytest
from django.db import connection

from core import inbox
from core.models import InboxNotice


@pytest.mark.django_db
def test_a_notice_is_new_once_per_party_and_event() -> None:
    assert inbox.take("shopee", "e1", "order", {"n": 1}) is True
    assert inbox.take("shopee", "e1", "order", {"n": 2}) is False
    assert inbox.take("lazada", "e1", "order", {"n": 3}) is True
    kept = InboxNotice.objects.get(party="shopee")
    assert (kept.kind, kept.body, kept.handled_at, kept.attempts) == ("order", {"n": 1}, None, 0)


@pytest.mark.django_db
def test_an_overlong_event_id_is_kept_by_its_hash() -> None:
    assert inbox.take("shopee", "x" * 500, "order", {}) is True
    assert inbox.take("shopee", "x" * 500, "order", {}) is False
    assert inbox.take("shopee", "x" * 499 + "y", "order", {}) is True


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_notice_eight_times_at_once_is_new_exactly_once() -> None:
    told: list[bool] = []
    barrier = threading.Barrier(8)

    def knock() -> None:
        barrier.wait()
        told.append(inbox.take("shopee", "e1", "order", {}))
        connection.close()

    threads = [threading.Thread(target=knock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False] * 7 + [True]
