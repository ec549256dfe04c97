from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import translation
from pytest_django import Settings

from accounts.models import User
from core import files, limits
from core.errors import InvalidInput, TooMany
from core.models import StoredFile
from tests.core import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }
    return tmp_path


def nothing_is_left(folder: Path) -> bool:
    return not [p for p in folder.rglob("*") if p.is_file()] and not StoredFile.objects.exists()


def refused(data: bytes, purpose: files.Purpose, name: str = "a.jpg") -> tuple[str, str]:
    with pytest.raises(InvalidInput) as caught:
        files.store_upload(files.Upload(name, data), purpose=purpose, field="file", actor=None)
    with translation.override("en"):
        return caught.value.code, str(caught.value)


def test_a_photo_is_kept_privately_under_a_name_of_our_own(private_folder: Path) -> None:
    data = samples.photo(fmt="PNG")
    upload = SimpleUploadedFile("C:\\Users\\Ba\\vườn\u0000 điều.jpg", data)
    sent = files.read_upload(upload, purpose="photo")
    stored = files.store_upload(sent, purpose="photo", field="file", actor=None)
    assert (stored.content_type, stored.size, stored.is_private) == ("image/png", len(data), True)
    assert stored.key.endswith(".png")
    assert "điều" not in stored.key
    assert (private_folder / stored.key).read_bytes() == data == files.read(stored)


def test_a_plain_pdf_is_taken_as_a_paper_whatever_its_name_says(private_folder: Path) -> None:
    stored = files.store_upload(
        files.Upload("giay.jpg", samples.PDF), purpose="paper", field="file", actor=None
    )
    assert stored.content_type == "application/pdf"
    assert stored.original_name == "giay.jpg"


def test_a_pdf_named_jpg_is_no_photo(private_folder: Path) -> None:
    assert refused(samples.PDF, "photo", "vuon-dieu.jpg") == (
        "photo_is_pdf",
        "“vuon-dieu.jpg” is a PDF document, not a photo. Choose a photo (JPEG, PNG or WebP).",
    )
    assert nothing_is_left(private_folder)


@pytest.mark.parametrize(
    ("data", "purpose", "code"),
    [
        (b"", "photo", "file_empty"),
        (b"hello", "photo", "file_unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo", "file_unknown"),
        (b"GIF89a....", "photo", "file_unknown"),
        (b"II*\x00" + bytes(100), "photo", "file_unknown"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "photo", "photo_is_heic"),
        (b"\xff\xd8\xff" + bytes(12 * 1024 * 1024), "photo", "file_too_big"),
        (samples.photo()[:2000], "photo", "picture_broken"),
        (samples.photo(fmt="PNG")[:500], "photo", "picture_broken"),
        (b"%PDF-1.7" + bytes(10 * 1024 * 1024), "paper", "file_too_big"),
        (samples.PDF[:-8], "paper", "pdf_broken"),
        (samples.PDF.replace(b"/Root", b"/Encrypt 2 0 R /Root"), "paper", "pdf_unsafe"),
        (samples.PDF.replace(b"/Type", b"/S /JavaScript /Type"), "paper", "pdf_unsafe"),
        (samples.png_that_claims(20_000, 20_000), "photo", "picture_too_large"),
        (samples.png_that_claims(20_000, 20_000), "paper", "picture_too_large"),
        (samples.png_that_claims(12_000, 4_000), "photo", "picture_too_large"),
        (samples.png_that_claims(7_000, 6_000), "photo", "picture_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),
)
def test_what_is_no_picture_or_document_leaves_nothing_behind(
    private_folder: Path, data: bytes, purpose: files.Purpose, code: str
) -> None:
    assert refused(data, purpose)[0] == code
    assert nothing_is_left(private_folder)


def test_a_huge_picture_is_refused_with_what_to_do() -> None:
    assert refused(samples.png_that_claims(20_000, 20_000), "photo")[1] == (
        "This picture has too many pixels (over 40 million). Make it smaller and send it again."
    )


def test_a_row_that_can_not_be_written_takes_the_file_with_it(private_folder: Path) -> None:
    with pytest.raises(DatabaseError):
        files.keep(samples.PDF, kind="application/pdf", name="a", folder="x" * 130)
    assert nothing_is_left(private_folder)


def test_hundreds_of_uploads_in_an_hour_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "UPLOADS_PER_HOUR", 1)
    actor = User.objects.create_user(email="an@example.com")
    limits.forget("upload", actor.pk, per_seconds=3600)
    sent = files.Upload("a.pdf", samples.PDF)
    files.store_upload(sent, purpose="paper", field="file", actor=actor)
    with pytest.raises(TooMany):
        files.store_upload(sent, purpose="paper", field="file", actor=actor)
