"""A few rows in one statement are what `bulk_create` would write."""

import pytest
from django.db import IntegrityError, transaction

from core import clock, rows
from core.models import OutboxDelivery, OutboxEntry


def test_rows_come_in_order_and_get_their_keys(db: None) -> None:
    made = [OutboxEntry(topic="t", key=f"k{n}", payload={"n": n, "tên": "điều"}) for n in range(3)]
    rows.insert(made)
    found = list(OutboxEntry.objects.order_by("pk"))
    assert [one.pk for one in found] == [one.pk for one in made]
    assert [one.payload for one in found] == [{"n": n, "tên": "điều"} for n in range(3)]
    assert all(one.created_at is not None and not one.fanned_out for one in found)
    made[0].key = "other"
    made[0].save()
    assert OutboxEntry.objects.get(pk=made[0].pk).key == "other"


def test_nothing_is_written_of_nothing(db: None) -> None:
    rows.insert([])
    assert not OutboxEntry.objects.exists()


def test_a_broken_constraint_speaks(db: None) -> None:
    entry = OutboxEntry.objects.create(topic="t", key="k")
    told = [OutboxDelivery(entry=entry, subscriber="a", key="k", next_try_at=clock.now())]
    rows.insert(told)
    told[0].pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(told)
    assert OutboxDelivery.objects.count() == 1
