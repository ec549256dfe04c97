"""What the audit trail and the cases hold about a person (the core's part of `core.own_data`)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import AuditEntry, AuditPersonal, Case
from core.own_data import Erasing, Kept, Part, Person

TABLES = frozenset({"core_auditentry", "core_auditpersonal", "core_case"})


def export(person: Person) -> Iterable[Part]:
    labels = {
        "at": _("When"),
        "action": _("What"),
        "subject_kind": _("About"),
        "subject_key": _("Number"),
        "reason": _("Reason"),
        "personal": _("Personal values"),
    }
    rows = [
        {
            "at": entry.at,
            "action": entry.action,
            "subject_kind": entry.subject_kind,
            "subject_key": entry.subject_key,
            "reason": entry.reason,
            "personal": getattr(getattr(entry, "personal", None), "values", {}),
        }
        for entry in _entries(person).select_related("personal").order_by("id")
    ]
    yield Part("audit", _("Decisions and changes by me or about me"), labels, rows)


def hindrances(person: Person) -> Iterable[str]:
    return ()


def kept(person: Person, today: date) -> Iterable[Kept]:
    return ()


def erase(erasing: Erasing) -> None:
    """The trail keeps that something was done, by a number; the personal values beside it go."""
    person = erasing.person
    audit.forget_personal(subject=("user", str(person.user_id)))
    AuditPersonal.objects.filter(
        entry__actor_id=person.user_id, entry__subject_kind="user"
    ).delete()
    Case.objects.filter(subject_kind="user", subject_key=str(person.user_id)).update(detail={})


def _entries(person: Person) -> QuerySet[AuditEntry]:
    about = Q(subject_kind="user", subject_key=str(person.user_id))
    return AuditEntry.objects.filter(about | Q(actor_id=person.user_id))
