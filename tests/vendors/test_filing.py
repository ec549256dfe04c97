"""The vendor's own side: answers, papers, checklist, sending in."""

from datetime import date
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils.translation import override

from core.errors import BadFields, InvalidInput, NotFound
from core.files import Upload
from core.models import AuditEntry, OutboxEntry, StoredFile
from tests.core.samples import PDF, photo, png_that_claims
from tests.making import make_user
from tests.vendors import cast
from vendors import selectors, services
from vendors.errors import FieldLocked, FileIncomplete, FileLocked
from vendors.models import Paper, PaperState, Vendor, VendorDecision
from vendors.states import VendorState

pytestmark = pytest.mark.django_db


def refused(vendor: Vendor, owner: Any, **fields: str) -> dict[str, tuple[str, str]]:
    """Field -> (code, English sentence) of what `save_file` refuses."""
    with override("en"), pytest.raises(BadFields) as refusal:
        services.save_file(vendor=vendor, fields=fields, actor=owner)
    with override("en"):
        return {field: (each.code, str(each)) for field, each in refusal.value.errors.items()}


def test_starting_makes_a_draft_with_its_owner() -> None:
    an = make_user()
    vendor = cast.start(an)
    assert (vendor.state, vendor.slug) == (VendorState.DRAFT, "htx-dieu-bu-dang")
    assert list(selectors.list_for_member(user_id=an.pk)) == [vendor]
    assert AuditEntry.objects.get().action == "vendor.start"


def test_a_name_and_a_known_kind_are_needed_to_start() -> None:
    for kind, name, wrong in (("cooperative", " ", {"name"}), ("state", "HTX", {"kind"})):
        with pytest.raises(BadFields) as refusal:
            services.start_vendor(user=make_user(), kind=kind, name=name)
        assert set(refusal.value.errors) == wrong
    assert not Vendor.objects.exists()


def test_answers_are_kept_in_their_one_written_form() -> None:
    vendor = cast.complete(make_user())
    assert (vendor.tax_code, vendor.phone, vendor.street) == (
        "0100233488",
        "+84912345678",
        "Thôn 3, đường ĐT 741",
    )


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        (
            "0100233489",
            "tax_code_check_digit",
            "A digit of this tax code is wrong. Copy it again from the registration.",
        ),
        (
            "010023348",
            "tax_code_length",
            "A tax code has 10 digits, 10 and 3 for a branch, or 12 for a person. "
            "Count them again.",
        ),
        (
            "01OO233488",
            "tax_code_characters",
            "A tax code has only digits, and a dash before a branch. Take out other marks.",
        ),
        (
            "0100000000",
            "tax_code_serial",
            "This tax code can't exist. Copy it again from the registration.",
        ),
        (
            "0100233488-000",
            "tax_code_branch",
            "A branch is numbered from 001. Copy the tax code again.",
        ),
        (
            "000203001234",
            "tax_code_personal",
            "A personal number doesn't begin with 000. Copy it from your card.",
        ),
        (
            "079203001234",
            "tax_code_kind",
            "12 digits are a person's number. A company's or cooperative's code has 10.",
        ),
    ],
)
def test_a_wrong_tax_code_says_what_to_mend(text: str, code: str, sentence: str) -> None:
    an = make_user()
    vendor = cast.start(an)
    assert refused(vendor, an, tax_code=text) == {"tax_code": (code, sentence)}
    vendor.refresh_from_db()
    assert vendor.tax_code == ""


def test_a_household_uses_its_personal_number() -> None:
    an = make_user()
    vendor = cast.start(an, kind="household", name="Hộ Lê An")
    saved = services.save_file(vendor=vendor, fields={"tax_code": "079203001234"}, actor=an)
    assert saved.tax_code == "079203001234"


def test_all_wrong_answers_are_told_at_once_and_none_is_written() -> None:
    an = make_user()
    vendor = cast.start(an)
    wrong = refused(
        vendor, an, street="Thôn 3", phone="0912", ward_code="26743", email="an@", name="x" * 161
    )
    assert wrong == {
        "phone": (
            "phone_length",
            "A mobile number has 10 digits, such as 0912 345 678. Count them again.",
        ),
        "ward_code": (
            "ward_unknown",
            "Choose a ward or commune of the region from the list.",
        ),
        "email": (
            "email_shape",
            "This e-mail address isn't complete. It looks like ten@thudientu.vn.",
        ),
        "name": ("too_long", "Shorten this to 160 characters; it has 161 now."),
    }
    vendor.refresh_from_db()
    assert vendor.street == ""


def test_unknown_fields_and_states_from_outside_change_nothing() -> None:
    an = make_user()
    vendor = cast.start(an)
    saved = services.save_file(
        vendor=vendor,
        fields={"state": "approved", "approved_at": "2026-01-01", "id": "1"},
        actor=an,
    )
    assert (saved.state, saved.approved_at) == (VendorState.DRAFT, None)


def test_a_tax_code_belongs_to_one_open_file() -> None:
    cast.complete(make_user())
    binh = make_user()
    vendor = cast.start(binh, name="HTX Bình")
    assert refused(vendor, binh, tax_code=cast.TAX_CODE) == {
        "tax_code": (
            "tax_code_taken",
            "Another file already has this tax code. If it is yours, sign in with the account that "
            "started it, or call the market's desk.",
        )
    }


def test_personal_values_stand_beside_the_audit_chain() -> None:
    an = make_user()
    services.save_file(vendor=cast.start(an), fields=cast.ANSWERS, actor=an)
    entry = AuditEntry.objects.get(action="vendor.save")
    assert entry.after == {"ward_code": "25396"}
    assert set(entry.personal.values) == {"tax_code", "street", "phone"}


def test_somebody_elses_file_is_like_a_missing_one() -> None:
    vendor = cast.complete(make_user())
    dung = make_user()
    with pytest.raises(NotFound):
        services.save_file(vendor=vendor, fields={"street": "x"}, actor=dung)
    with pytest.raises(NotFound):
        services.submit(vendor=vendor, actor=dung)
    with pytest.raises(NotFound):
        services.remove_paper(paper=vendor.papers.get(), actor=dung)
    with pytest.raises(NotFound):
        cast.add_registration(vendor, dung)
    with pytest.raises(NotFound):
        selectors.get_for_member(user_id=dung.pk, vendor_id=vendor.pk)
    vendor.refresh_from_db()
    assert (vendor.state, vendor.street) == (VendorState.DRAFT, "Thôn 3, đường ĐT 741")
    assert vendor.papers.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "code", "sentence"),
    [
        (
            "giay.jpg",
            b"MZ\x90\x00 a program",
            "file_unknown",
            "We can't read this file. Send a photo (JPEG, PNG or WebP) or, for papers, a PDF.",
        ),
        (
            "anh.png",
            png_that_claims(20_000, 20_000),
            "picture_too_large",
            "This picture has too many pixels (over 40 million). "
            "Make it smaller and send it again.",
        ),
        ("giay.pdf", b"", "file_empty", "This file is empty. Please choose it again."),
        (
            "giay.pdf",
            PDF + b" " * (10 * 1024 * 1024),
            "file_too_big",
            "This file is larger than 10 MB. Send a smaller one.",
        ),
        (
            "khoa.pdf",
            PDF.replace(b"/Catalog", b"/Catalog /Encrypt 3 0 R"),
            "pdf_unsafe",
            "This PDF is locked or holds a program. "
            "Print it to a plain PDF, or send a photo of the paper.",
        ),
    ],
)
def test_a_file_that_is_no_paper_says_what_to_send(
    name: str, content: bytes, code: str, sentence: str
) -> None:
    an = make_user()
    vendor = cast.start(an)
    form = services.PaperForm(kind="registration")
    with override("en"), pytest.raises(InvalidInput) as refusal:
        services.add_paper(vendor=vendor, form=form, upload=Upload(name, content), actor=an)
    with override("en"):
        assert (refusal.value.code, str(refusal.value)) == (code, sentence)
    assert refusal.value.field == "file"
    assert not Paper.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_pdf_named_jpg_is_kept_as_the_pdf_that_it_is() -> None:
    an = make_user()
    paper = services.add_paper(
        vendor=cast.start(an),
        form=services.PaperForm(kind="registration"),
        upload=Upload("giay.jpg", PDF),
        actor=an,
    )
    assert paper.file is not None
    assert (paper.file.content_type, paper.file.is_private) == ("application/pdf", True)
    assert paper.file.key.endswith(".pdf")
    assert storages["private"].exists(paper.file.key)


def test_a_paper_says_what_is_wrong_with_its_details() -> None:
    an = make_user()
    form = services.PaperForm(
        kind="passport",
        number="x" * 81,
        stars=6,
        issued_on=date(2026, 5, 1),
        valid_to=date(2026, 4, 30),
    )
    with pytest.raises(BadFields) as refusal:
        services.add_paper(vendor=cast.start(an), form=form, upload=cast.SCAN, actor=an)
    assert {field: each.code for field, each in refusal.value.errors.items()} == {
        "kind": "paper_kind",
        "number": "too_long",
        "stars": "stars",
        "valid_to": "paper_dates",
    }
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("kind", "paper", "missing"),
    [
        ("cooperative", "identity", ["papers"]),
        ("cooperative", "registration", []),
        ("company", "ocop", ["papers"]),
        ("household", "identity", []),
        ("household", "registration", []),
        ("person", "registration", ["papers"]),
        ("person", "identity", []),
    ],
)
def test_the_kind_of_vendor_decides_which_paper_is_needed(
    kind: str, paper: str, missing: list[str]
) -> None:
    an = make_user()
    vendor = cast.start(an, kind=kind, name="Nhà Lê An")
    vendor = services.save_file(vendor=vendor, fields=cast.ANSWERS, actor=an)
    services.add_paper(
        vendor=vendor, form=services.PaperForm(kind=paper), upload=cast.SCAN, actor=an
    )
    assert [item.field for item in services.what_is_missing(vendor)] == missing


def test_an_empty_draft_lacks_everything_in_the_order_of_the_form() -> None:
    vendor = cast.start(make_user())
    with override("en"):
        missing = [(item.field, item.sentence) for item in services.what_is_missing(vendor)]
    assert missing == [
        ("tax_code", "Type the tax code."),
        ("ward_code", "Choose the ward or commune."),
        ("street", "Type the hamlet, street and house number."),
        ("phone", "Type a phone number where we can call you."),
        ("papers", "Add a photo or PDF of the cooperative's registration."),
    ]


def test_a_refused_or_removed_paper_does_not_count() -> None:
    an = make_user()
    vendor = cast.complete(an)
    paper = vendor.papers.get()
    Paper.objects.filter(pk=paper.pk).update(state=PaperState.REFUSED)
    assert [item.field for item in services.what_is_missing(vendor)] == ["papers"]
    Paper.objects.filter(pk=paper.pk).update(state=PaperState.WAITING)
    services.remove_paper(paper=paper, actor=an)
    assert [item.field for item in services.what_is_missing(vendor)] == ["papers"]


def test_an_incomplete_file_is_not_sent() -> None:
    an = make_user()
    vendor = cast.start(an)
    with pytest.raises(FileIncomplete) as refusal:
        services.submit(vendor=vendor, actor=an)
    assert list(refusal.value.missing) == ["tax_code", "ward_code", "street", "phone", "papers"]
    vendor.refresh_from_db()
    assert vendor.state == VendorState.DRAFT
    assert not VendorDecision.objects.exists()


def test_sending_twice_sends_once() -> None:
    an = make_user()
    vendor = cast.complete(an)
    first = services.submit(vendor=vendor, actor=an)
    second = services.submit(vendor=vendor, actor=an)
    assert (first.state, second.submitted_at) == (VendorState.SUBMITTED, first.submitted_at)
    assert VendorDecision.objects.count() == 1
    assert OutboxEntry.objects.filter(topic="vendor.submitted").count() == 1


def test_a_file_that_the_province_reads_is_locked() -> None:
    an = make_user()
    vendor = cast.submitted(an)
    with pytest.raises(BadFields) as refusal:
        services.save_file(vendor=vendor, fields={"tax_code": "x"}, actor=an)
    assert refusal.value.errors["tax_code"].code == "tax_code_characters"
    with pytest.raises(FileLocked):
        services.save_file(vendor=vendor, fields={"street": "Thôn 4"}, actor=an)
    with pytest.raises(FileLocked):
        cast.add_registration(vendor, an)
    with pytest.raises(FileLocked):
        services.remove_paper(paper=vendor.papers.get(), actor=an)


def test_an_approved_vendor_changes_how_to_reach_it_but_not_who_it_is() -> None:
    an, staff = make_user(), cast.make_staff()
    vendor = cast.approved(an, staff)
    services.save_file(vendor=vendor, fields={"phone": "0912 345 679"}, actor=an)
    vendor.refresh_from_db()
    assert vendor.phone == "+84912345679"
    assert OutboxEntry.objects.filter(topic="vendor.changed").count() == 1
    with pytest.raises(BadFields) as refusal:
        services.save_file(vendor=vendor, fields={"name": "HTX Khác", "phone": ""}, actor=an)
    assert isinstance(refusal.value.errors["name"], FieldLocked)
    with pytest.raises(FieldLocked):
        services.remove_paper(paper=vendor.papers.get(), actor=an)


def test_a_photo_is_measured_before_it_is_unpacked() -> None:
    an = make_user()
    paper = services.add_paper(
        vendor=cast.start(an),
        form=services.PaperForm(kind="identity"),
        upload=Upload("..\\..\\căn cước\u202e.jpg", photo(300, 200)),
        actor=an,
    )
    assert paper.file is not None
    assert paper.file.key.startswith("paper/")
    assert "\u202e" not in paper.file.original_name
