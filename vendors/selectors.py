"""Reading vendors: whose they are, what is missing, what waits for the province."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotFound
from vendors.models import Paper, PaperKind, PaperState, Vendor, VendorKind
from vendors.states import VendorState


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a file still lacks: the form field it belongs to, and a sentence."""

    field: str
    sentence: str


# One paper of each group must be there; the person's own card is enough only for small vendors.
REQUIRED_PAPERS: dict[str, tuple[frozenset[str], ...]] = {
    VendorKind.COMPANY: (frozenset({PaperKind.REGISTRATION}),),
    VendorKind.COOPERATIVE: (frozenset({PaperKind.REGISTRATION}),),
    VendorKind.HOUSEHOLD: (frozenset({PaperKind.REGISTRATION, PaperKind.IDENTITY}),),
    VendorKind.PERSON: (frozenset({PaperKind.IDENTITY}),),
}


def get_for_member(*, user_id: int, vendor_id: int) -> Vendor:
    """A vendor that this person works for; anybody else's is NotFound, like a missing one."""
    vendor = Vendor.objects.for_member(user_id).filter(pk=vendor_id).first()
    if vendor is None:
        raise NotFound()
    return vendor


def list_for_member(*, user_id: int) -> QuerySet[Vendor]:
    """The vendors this person works for, the newest file first."""
    return Vendor.objects.for_member(user_id).exclude(state=VendorState.CLOSED).order_by("-pk")


def list_papers(vendor: Vendor) -> QuerySet[Paper]:
    """The papers of the file, without those taken out."""
    return vendor.papers.filter(archived_at=None).select_related("file").order_by("kind", "pk")


def what_is_missing(vendor: Vendor) -> list[Missing]:
    """The checklist by kind of vendor: what must be there before the file can be sent."""
    found = [
        Missing(field, sentence)
        for field, value, sentence in (
            ("name", vendor.name, _("Type the name, as it stands in the registration.")),
            ("tax_code", vendor.tax_code, _("Type the tax code.")),
            ("ward_code", vendor.ward_code, _("Choose the ward or commune.")),
            ("street", vendor.street, _("Type the hamlet, street and house number.")),
            ("phone", vendor.phone, _("Type a phone number where we can call you.")),
        )
        if not value
    ]
    kinds = set(
        vendor.papers.filter(archived_at=None)
        .exclude(state=PaperState.REFUSED)
        .filter(Q(file__isnull=False) | Q(state=PaperState.ACCEPTED))
        .values_list("kind", flat=True)
    )
    if any(not (group & kinds) for group in REQUIRED_PAPERS[vendor.kind]):
        found.append(Missing("papers", _paper_sentence(vendor.kind)))
    return found


def is_paper_required(paper: Paper) -> bool:
    """Whether the file stands on a paper of this kind."""
    return any(paper.kind in group for group in REQUIRED_PAPERS[paper.vendor.kind])


def is_paper_valid(paper: Paper, on: date | None = None) -> bool:
    """Whether a badge may stand on it: accepted, not taken out, not expired."""
    return (
        paper.state == PaperState.ACCEPTED
        and paper.archived_at is None
        and (paper.valid_to is None or paper.valid_to >= (on or clock.today()))
    )


def list_waiting() -> QuerySet[Vendor]:
    """The province's queue of files, the longest waiting first."""
    return Vendor.objects.filter(state=VendorState.SUBMITTED).order_by("submitted_at", "pk")


def list_waiting_papers() -> QuerySet[Paper]:
    """New papers of approved vendors that wait for the province, oldest first."""
    return (
        Paper.objects.filter(
            state=PaperState.WAITING, archived_at=None, vendor__state=VendorState.APPROVED
        )
        .select_related("vendor", "file")
        .order_by("created_at", "pk")
    )


def _paper_sentence(kind: str) -> str:
    if kind == VendorKind.COOPERATIVE:
        return _("Add a photo or PDF of the cooperative's registration.")
    if kind == VendorKind.HOUSEHOLD:
        return _("Add a photo of the household's registration or of your identity card.")
    if kind == VendorKind.PERSON:
        return _("Add a photo of your identity card.")
    return _("Add a photo or PDF of the business registration.")
