"""Uploads: what they are is decided by their bytes, never by their name; nothing unsafe is kept."""

import hashlib
import secrets
import unicodedata
from io import BytesIO
from pathlib import PurePosixPath
from typing import Literal

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, images, limits
from core.errors import InvalidInput
from core.models import StoredFile

Purpose = Literal["paper", "photo"]
MEGABYTE = 1024 * 1024
MAX_BYTES: dict[Purpose, int] = {"paper": 10 * MEGABYTE, "photo": 12 * MEGABYTE}
UPLOADS_PER_HOUR = 300
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
}
# What a plain certificate never holds: a lock, a script, a command to start a program.
UNSAFE_IN_PDF = (b"/Encrypt", b"/JavaScript", b"/Launch")


def store_upload(
    *, file: "UploadedFile[bytes] | bytes", name: str, purpose: Purpose, actor: audit.Actor | None
) -> StoredFile:
    """Keep an upload privately, under a name of our own.

    Raises InvalidInput, with a sentence that says what to do, for anything but a whole JPEG, PNG or
    WebP picture of at most 40 million pixels or, as a paper, a plain PDF; then nothing is left
    behind. Raises TooMany when one person sends hundreds of files in an hour.
    """
    if actor is not None:
        limits.check("upload", actor.pk, limit=UPLOADS_PER_HOUR, per_seconds=3600)
    data = _read(file, MAX_BYTES[purpose])
    kind = content_type(data)
    if purpose == "photo" and kind == "application/pdf":
        raise InvalidInput(
            "photo_is_pdf",
            _("“%(name)s” is a PDF document, not a photo. Choose a photo (JPEG, PNG or WebP)."),
            name=shown_name(name),
        )
    if kind == "application/pdf":
        _check_pdf(data)
    else:
        images.check(data)
    return keep(data, kind=kind, name=name, folder=purpose)


def keep(data: bytes, *, kind: str, name: str, folder: str) -> StoredFile:
    """Write checked bytes and their row; a row that can't be written takes the file with it."""
    token = secrets.token_hex(16)
    storage = storages["private"]
    key = storage.save(f"{folder}/{token[:2]}/{token}.{ENDINGS[kind]}", ContentFile(data))
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                key=key,
                is_private=True,
                content_type=kind,
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
                original_name=shown_name(name),
            )
    except DatabaseError:
        storage.delete(key)
        raise


def read(stored: StoredFile) -> bytes:
    """The bytes of a kept file; whose it is has been asked before."""
    with storages["private"].open(stored.key) as file:
        data: bytes = file.read()
    return data


def content_type(data: bytes) -> str:
    """The type by the first bytes; InvalidInput for anything that we don't take."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise InvalidInput(
            "photo_is_heic",
            _(
                "This photo is in the HEIC format. On the iPhone choose Settings, Camera, Formats, "
                "Most Compatible, and take it again; or send it as JPEG."
            ),
        )
    raise InvalidInput(
        "file_unknown",
        _("We can't read this file. Send a photo (JPEG, PNG or WebP) or, for papers, a PDF."),
    )


def shown_name(name: str) -> str:
    """The sender's name for the file, only ever shown: no folders, no control characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(mark for mark in unicodedata.normalize("NFC", last) if mark.isprintable())
    return plain[-120:]


def _read(file: "UploadedFile[bytes] | bytes", limit: int) -> bytes:
    told = len(file) if isinstance(file, bytes) else (file.size or 0)
    data: bytes = b""
    if told <= limit:
        data = file if isinstance(file, bytes) else BytesIO(file.read(limit + 1)).getvalue()
    if told > limit or len(data) > limit:
        raise InvalidInput(
            "file_too_big",
            _("This file is larger than %(megabytes)s MB. Send a smaller one."),
            megabytes=limit // MEGABYTE,
        )
    if not data:
        raise InvalidInput("file_empty", _("This file is empty. Please choose it again."))
    return data


def _check_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-4096:]:
        raise InvalidInput(
            "pdf_broken", _("This PDF is not complete. Please save it again and send it once more.")
        )
    if any(mark in data for mark in UNSAFE_IN_PDF):
        raise InvalidInput(
            "pdf_unsafe",
            _(
                "This PDF is locked or holds a program. "
                "Print it to a plain PDF, or send a photo of the paper."
            ),
        )
