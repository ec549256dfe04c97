"""A vendor's own side of the file: start it, fill it in, add papers, send it to the province."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit, clock, files, outbox
from core.errors import BadFields, InvalidInput, NotFound
from core.models import StoredFile
from vendors.errors import FieldLocked, FileIncomplete, FileLocked
from vendors.locks import locked_paper, locked_vendor
from vendors.models import Member, MemberRole, Paper, PaperKind, PaperState, Vendor
from vendors.selectors import is_paper_required, what_is_missing
from vendors.services.fields import OPEN_WHEN_APPROVED, read_fields
from vendors.services.moves import move_vendor
from vendors.states import VendorState
from vietnam.text import nfc, slugify

_BEING_FILLED_IN = (VendorState.DRAFT, VendorState.CHANGES_REQUESTED)
_TAKES_PAPERS = (*_BEING_FILLED_IN, VendorState.APPROVED)
# Audited beside the chain: a person's own number, address and street.
_PERSONAL_FIELDS = frozenset({"tax_code", "phone", "email", "street"})
MOST_PAPERS = 40
MOST_DRAFTS = 5
LONGEST_PAPER_TEXT = 160
LONGEST_PAPER_NUMBER = 80


@dataclass(frozen=True, slots=True)
class PaperForm:
    """What is told about a paper beside its file."""

    kind: str
    title: str = ""
    issuer: str = ""
    number: str = ""
    stars: int | None = None
    issued_on: date | None = None
    valid_to: date | None = None


def start_vendor(*, user: User, kind: str, name: str) -> Vendor:
    """Open a draft file with `user` as its owner. Audited.

    Raises BadFields for an unknown kind or an empty or too long name, InvalidInput when the person
    already has many unfinished files.
    """
    blank = Vendor(kind=kind, language=user.language)
    fields = read_fields(blank, {"kind": kind, "name": name})
    missing = {
        field: InvalidInput("empty", sentence, field=field)
        for field, sentence in (
            ("kind", _("Choose one of the kinds of vendor.")),
            ("name", _("Type the name, as it stands in the registration.")),
        )
        if not fields.get(field)
    }
    if missing:
        raise BadFields(missing)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        drafts = Vendor.objects.for_member(user.pk).filter(state__in=_BEING_FILLED_IN)
        if drafts.count() >= MOST_DRAFTS:
            raise InvalidInput(
                "many_drafts", _("Finish one of your other files first."), field="name"
            )
        vendor = Vendor.objects.create(
            **fields, slug=slugify(fields["name"])[:80] or "nha-ban", language=user.language
        )
        Member.objects.create(vendor=vendor, user=user, role=MemberRole.OWNER)
        audit.record(
            actor=user,
            action="vendor.start",
            subject=_subject(vendor),
            change=({}, {"kind": vendor.kind, "name": vendor.name}),
        )
        return vendor


def save_file(*, vendor: Vendor, fields: Mapping[str, str], actor: User) -> Vendor:
    """Keep the given answers (only those named); the rest of the draft stays as it is.

    All or nothing: raises BadFields with one error per wrong field, FileLocked while the province
    reads the file, FieldLocked for checked answers of an approved vendor. Locks the vendor; twice
    is safe. Audited, personal values beside the chain. Emits `vendor.changed` {vendor_id} when the
    public can see the vendor.
    """
    with transaction.atomic():
        locked = _for_actor(vendor.pk, actor)
        read = read_fields(locked, fields)
        changed = {field: value for field, value in read.items() if getattr(locked, field) != value}
        _check_open(locked, changed)
        if not changed:
            return locked
        before = {field: getattr(locked, field) for field in changed}
        for field, value in changed.items():
            setattr(locked, field, value)
        _note_mended(locked, changed)
        if "name" in changed and locked.approved_at is None:
            locked.slug = slugify(locked.name)[:80] or "nha-ban"
        _save_once(locked)
        _audit_change(locked, actor, before, changed)
        if locked.is_public:
            outbox.emit("vendor.changed", key=f"vendor:{locked.pk}", vendor_id=locked.pk)
        return locked


def add_paper(
    *, vendor: Vendor, form: PaperForm, upload: files.Upload | None, actor: User
) -> Paper:
    """Put a paper into the file; it waits for the province. Audited.

    Raises InvalidInput at "file" (its sentence says what to do), BadFields, FileLocked.
    """
    checked = _read_paper(form)
    if upload is None:
        raise InvalidInput(
            "paper_missing", _("Choose a photo or a PDF of the paper."), field="file"
        )
    stored = files.store_upload(upload, purpose="paper", field="file", actor=actor)
    with transaction.atomic():
        locked = _for_actor(vendor.pk, actor)
        _check_takes_papers(locked)
        return _add(locked, checked, stored, actor)


def remove_paper(*, paper: Paper, actor: User) -> Paper:
    """Take a paper out of the file; the row stays, for the history. Twice is safe. Audited.

    Raises FileLocked, and FieldLocked for a paper that an approved vendor stands on. Emits
    `vendor.papers_changed` {vendor_id}.
    """
    with transaction.atomic():
        locked = locked_paper(paper.pk)
        _for_actor(locked.vendor_id, actor)
        if locked.archived_at is not None:
            return locked
        _check_takes_papers(locked.vendor)
        if locked.vendor.state == VendorState.APPROVED and is_paper_required(locked):
            raise FieldLocked()
        locked.archived_at = clock.now()
        locked.save(update_fields=["archived_at"])
        _note_papers_mended(locked.vendor)
        audit.record(
            actor=actor,
            action="paper.remove",
            subject=_subject(locked.vendor),
            change=({"paper": locked.pk, "kind": locked.kind}, {}),
        )
        outbox.emit(
            "vendor.papers_changed",
            key=f"vendor:{locked.vendor_id}",
            vendor_id=locked.vendor_id,
        )
        return locked


def submit(*, vendor: Vendor, actor: User) -> Vendor:
    """Send the file to the province. Twice is safe: the second changes nothing.

    Raises FileIncomplete with what is missing. Locks the vendor; writes the timeline and the audit
    row; emits `vendor.submitted` {vendor_id}.
    """
    with transaction.atomic():
        locked = _for_actor(vendor.pk, actor)
        if locked.state == VendorState.SUBMITTED:
            return locked
        if locked.state not in _BEING_FILLED_IN:
            raise FileLocked()
        missing = what_is_missing(locked)
        if missing:
            raise FileIncomplete({item.field: item.sentence for item in missing})
        locked.change_reasons, locked.mended_fields = {}, []
        locked.submitted_at = clock.now()
        move_vendor(vendor=locked, to_state=VendorState.SUBMITTED, actor=actor)
        outbox.emit("vendor.submitted", key=f"vendor:{locked.pk}", vendor_id=locked.pk)
        return locked


def _for_actor(vendor_id: int, actor: User) -> Vendor:
    """The vendor, locked, when the actor works for it; anybody else's is like a missing one."""
    locked = locked_vendor(vendor_id)
    if not locked.members.filter(user=actor, removed_at=None).exists():
        raise NotFound()
    return locked


def _check_open(vendor: Vendor, changed: Mapping[str, str]) -> None:
    if vendor.state in _BEING_FILLED_IN:
        return
    if vendor.state != VendorState.APPROVED:
        raise FileLocked()
    closed = [field for field in changed if field not in OPEN_WHEN_APPROVED]
    if closed:
        raise BadFields({field: FieldLocked(field=field) for field in closed})
    empty = [field for field, value in changed.items() if not value and field != "email"]
    if empty:
        raise BadFields(
            {
                field: InvalidInput("empty", _("This answer can't be empty."), field=field)
                for field in empty
            }
        )


def _note_mended(vendor: Vendor, fields: Iterable[str]) -> None:
    """What the province asked for and the vendor has just changed; the caller saves the row."""
    answered = {*vendor.mended_fields, *fields}
    vendor.mended_fields = [field for field in vendor.change_reasons if field in answered]


def _note_papers_mended(vendor: Vendor) -> None:
    if "papers" in vendor.change_reasons:
        _note_mended(vendor, ["papers"])
        vendor.save(update_fields=["mended_fields"])


def _check_takes_papers(vendor: Vendor) -> None:
    if vendor.state not in _TAKES_PAPERS:
        raise FileLocked()


def _save_once(vendor: Vendor) -> None:
    try:
        with transaction.atomic():
            vendor.save()
    except IntegrityError as error:
        raise BadFields(
            {
                "tax_code": InvalidInput(
                    "tax_code_taken",
                    _(
                        "Another file already has this tax code. If it is yours, sign in with the "
                        "account that started it, or call the market's desk."
                    ),
                    field="tax_code",
                )
            }
        ) from error


def _audit_change(
    vendor: Vendor, actor: User, before: dict[str, str], after: dict[str, str]
) -> None:
    open_before = {key: value for key, value in before.items() if key not in _PERSONAL_FIELDS}
    open_after = {key: value for key, value in after.items() if key not in _PERSONAL_FIELDS}
    personal: dict[str, object] = {
        key: {"before": before[key], "after": after[key]}
        for key in after
        if key in _PERSONAL_FIELDS
    }
    audit.record(
        actor=actor,
        action="vendor.save",
        subject=_subject(vendor),
        change=(dict(open_before), dict(open_after)),
        personal=personal or None,
    )


def _read_paper(form: PaperForm) -> PaperForm:
    errors = {}
    if form.kind not in PaperKind.values:
        errors["kind"] = InvalidInput(
            "paper_kind", _("Choose what kind of paper this is."), field="kind"
        )
    texts = {
        field: " ".join(nfc(getattr(form, field)).replace("\x00", "").split())
        for field in ("title", "issuer", "number")
    }
    for field, text in texts.items():
        limit = LONGEST_PAPER_NUMBER if field == "number" else LONGEST_PAPER_TEXT
        if len(text) > limit:
            errors[field] = InvalidInput(
                "too_long",
                _("Shorten this to %(limit)s characters; it has %(length)s now."),
                field=field,
                limit=limit,
                length=len(text),
            )
    if form.stars is not None and not 1 <= form.stars <= 5:
        errors["stars"] = InvalidInput("stars", _("OCOP has 1 to 5 stars."), field="stars")
    if form.issued_on and form.valid_to and form.valid_to < form.issued_on:
        errors["valid_to"] = InvalidInput(
            "paper_dates", _("The paper can't end before it was issued."), field="valid_to"
        )
    if errors:
        raise BadFields(errors)
    return PaperForm(
        kind=form.kind,
        stars=form.stars if form.kind == PaperKind.OCOP else None,
        issued_on=form.issued_on,
        valid_to=form.valid_to,
        **texts,
    )


def _add(vendor: Vendor, form: PaperForm, stored: StoredFile, actor: User) -> Paper:
    if vendor.papers.filter(archived_at=None).count() >= MOST_PAPERS:
        raise InvalidInput(
            "many_papers", _("The file is full. Take a paper out first."), field="file"
        )
    paper = Paper.objects.create(
        vendor=vendor,
        kind=form.kind,
        title=form.title,
        issuer=form.issuer,
        number=form.number,
        stars=form.stars,
        issued_on=form.issued_on,
        valid_to=form.valid_to,
        file=stored,
        state=PaperState.WAITING,
    )
    _note_papers_mended(vendor)
    audit.record(
        actor=actor,
        action="paper.add",
        subject=_subject(vendor),
        change=({}, {"paper": paper.pk, "kind": paper.kind, "sha256": stored.sha256}),
    )
    return paper


def _subject(vendor: Vendor) -> tuple[str, str]:
    return "vendor", str(vendor.pk)
