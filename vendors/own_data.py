"""What vendors hold about a person who works for one."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import audit, clock
from core.own_data import Erasing, Kept, Part, Person
from vendors.models import Member, Vendor
from vendors.states import VendorState

TABLES = frozenset({"vendors_member", "vendors_vendordecision"})
_ENDED = (VendorState.DRAFT, VendorState.CLOSED)


def export(person: Person) -> Iterable[Part]:
    labels = {
        "vendor__name": gettext_lazy("Vendor"),
        "role": gettext_lazy("Role"),
        "added_at": gettext_lazy("Since"),
        "removed_at": gettext_lazy("Until"),
    }
    mine = Member.objects.filter(user_id=person.user_id).order_by("id")
    yield Part(
        "memberships", gettext_lazy("Vendors I work for"), labels, list(mine.values(*labels))
    )


def hindrances(person: Person) -> Iterable[str]:
    """A vendor must not lose the last one who answers for it; an unsent file is no vendor yet."""
    for vendor in Vendor.objects.for_member(person.user_id).exclude(state__in=_ENDED):
        if not _others(vendor, person).exists():
            yield (
                _("You are the only one who answers for %(vendor)s. Ask the province to close it.")
                % {"vendor": vendor.name}
            )


def kept(person: Person, today: date) -> Iterable[Kept]:
    return ()


def erase(erasing: Erasing) -> None:
    """Rights end; a file that was never sent is emptied. Decisions point at a number alone."""
    person = erasing.person
    mine = Vendor.objects.for_member(person.user_id)
    for draft in mine.filter(state=VendorState.DRAFT):
        if not _others(draft, person).exists():
            _empty(draft, erasing)
    Member.objects.filter(user_id=person.user_id, removed_at=None).update(removed_at=clock.now())


def _others(vendor: Vendor, person: Person) -> QuerySet[Member]:
    return vendor.members.filter(removed_at=None).exclude(user_id=person.user_id)


def _empty(draft: Vendor, erasing: Erasing) -> None:
    for paper in draft.papers.exclude(file=None).select_related("file"):
        stored, paper.file = paper.file, None
        paper.number = paper.issuer = paper.title = ""
        paper.save()
        if stored is not None:
            erasing.drop(stored)
    audit.forget_personal(subject=("vendor", str(draft.pk)))
    Vendor.objects.filter(pk=draft.pk).update(
        name="", name_en="", short_name="", slug="", tax_code="", street="", phone="", email="",
        story_vi="", story_en="", state=VendorState.CLOSED,
    )  # fmt: skip
