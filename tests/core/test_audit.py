from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from core import audit, clock, seal
from core.models import AuditEntry, AuditPersonal, AuditSeal

pytestmark = pytest.mark.django_db


def decide(count: int = 1, **personal: object) -> list[AuditEntry]:
    actor = User.objects.filter(email="binh@example.com").first() or User.objects.create_user(
        email="binh@example.com", is_staff=True
    )
    return [
        audit.record(
            actor=actor,
            action="vendor.approve",
            subject=("vendor", f"V{n}"),
            reason="đủ giấy tờ",
            change=({"state": "submitted"}, {"state": "approved", "share": 0.5}),
            personal=personal or None,
        )
        for n in range(count)
    ]


def seal_later() -> int:
    with clock.shifted(timedelta(minutes=11)):
        return seal.seal_settled()


def forge(sql: str, *values: int) -> None:
    """What somebody with all rights over the database could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("core_auditentry", "core_auditseal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditentry SET reason = 'other'",
        "DELETE FROM core_auditentry",
        "UPDATE core_auditseal SET hash = 'x'",
        "DELETE FROM core_auditseal",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(sql: str) -> None:
    decide()
    seal_later()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)
    assert AuditEntry.objects.get().reason == "đủ giấy tờ"
    assert AuditSeal.objects.count() == 1


@pytest.mark.parametrize("table", ["core_auditentry", "core_auditseal"])
def test_the_database_refuses_to_empty_the_trail(table: str) -> None:
    guard = import_module("core.migrations.0003_append_only_audit")
    with connection.cursor() as cursor:
        cursor.execute(guard.WHOLE.format(table=table))
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
    assert apps.get_model("core", "AuditEntry").objects.count() == 0


def test_entries_are_sealed_in_order_and_once() -> None:
    entries = decide(3)
    assert seal_later() == 3
    assert seal_later() == 0
    seals = list(AuditSeal.objects.order_by("position"))
    assert [(s.position, s.entry_id) for s in seals] == [
        (n, entry.pk) for n, entry in enumerate(entries, 1)
    ]
    assert seals[0].previous_hash == "0" * 64
    assert seals[2].previous_hash == seals[1].hash
    assert seal.verify_chain() == []


def test_entries_of_the_last_seconds_wait_for_open_transactions() -> None:
    decide()
    assert seal.seal_settled() == 0


def test_long_trails_are_sealed_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "AT_ONCE", 2)
    decide(5)
    assert seal_later() == 5
    assert seal.verify_chain() == []


def test_a_changed_entry_is_found() -> None:
    first, second = decide(2)
    seal_later()
    forge("UPDATE core_auditentry SET reason = 'khác' WHERE id = %s", second.pk)
    assert seal.verify_chain() == [f"entry {second.pk} was changed after it was sealed"]


def test_a_removed_link_is_found() -> None:
    decide(3)
    seal_later()
    forge("DELETE FROM core_auditseal WHERE position = 2")
    assert seal.verify_chain() == [
        "link 2 is missing",
        "link 3 does not follow the one before",
    ]


def test_an_entry_that_was_never_sealed_is_told_after_an_hour() -> None:
    entry = decide()[0]
    assert seal.verify_chain() == []
    with clock.shifted(timedelta(hours=2)):
        assert seal.verify_chain() == [f"entry {entry.pk} was never sealed"]


def test_erasing_personal_values_leaves_the_chain_valid() -> None:
    entry = decide(1, phone="+84901234567")[0]
    assert "+84901234567" not in str(entry.after) + entry.actor_label
    seal_later()
    assert audit.forget_personal(subject=("vendor", "V0")) == 1
    assert audit.forget_personal(subject=("vendor", "V0")) == 0
    assert AuditPersonal.objects.count() == 0
    assert seal.verify_chain() == []


def test_changed_personal_values_are_found() -> None:
    entry = decide(1, phone="+84901234567")[0]
    seal_later()
    AuditPersonal.objects.update(values={"phone": "+84900000000"})
    assert seal.verify_chain() == [f"personal values of entry {entry.pk} were changed"]
