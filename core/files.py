"""Uploads: what they are is decided by their bytes, never by their name; nothing unsafe is kept."""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from core import audit, images, limits
from core.errors import InvalidInput, NotFound
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
    "application/zip": "zip",  # only ever made by us
}
PHOTO_ENDINGS = frozenset({"jpg", "jpeg", "png", "webp", "heic"})
# What a plain certificate never holds: a lock, a script, a command to start a program.
UNSAFE_IN_PDF = (b"/Encrypt", b"/JavaScript", b"/Launch")
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Upload:
    """What a person sent: the name it had and its bytes."""

    name: str
    content: bytes


def read_upload(file: "File[bytes]", *, purpose: Purpose) -> Upload:
    """What a form brought, read no further than one byte over what is allowed."""
    return Upload(name=file.name or "", content=file.read(MAX_BYTES[purpose] + 1))


def store_upload(
    upload: Upload, *, purpose: Purpose, field: str, actor: audit.Actor | None
) -> StoredFile:
    """Keep an upload privately, under a name of our own; what it is, its bytes say.

    A paper may be a photo or a PDF, whatever its name says. Raises InvalidInput at `field`, with a
    sentence that says what to do, for anything but a whole JPEG, PNG or WebP picture of at most 40
    million pixels or, as a paper, a plain PDF; then nothing is left behind. Raises TooMany when one
    person sends hundreds of files in an hour.
    """
    if actor is not None:
        limits.check("upload", actor.pk, limit=UPLOADS_PER_HOUR, per_seconds=3600)
    try:
        kind = _checked_type(upload, purpose)
    except InvalidInput as error:
        error.field = field
        raise
    return keep(upload.content, kind=kind, name=upload.name, folder=purpose)


def store_small_photo(upload: Upload, *, width: int, field: str, actor: audit.Actor) -> StoredFile:
    """Keep a photo privately as a WebP of at most this width, without place, time or camera in it.

    For photos that the other side of an order looks at: the original is not kept. Raises as
    `store_upload` does for a photo. A guest is counted by the purchase that the device proved.
    """
    limits.check("upload", actor.audit_label(), limit=UPLOADS_PER_HOUR, per_seconds=3600)
    try:
        _checked_type(upload, "photo")
        data, _width, _height = images.encode(upload.content, width, "webp")
    except InvalidInput as error:
        error.field = field
        raise
    return keep(data, kind="image/webp", name=upload.name, folder="photo")


def is_misnamed(stored: StoredFile) -> bool:
    """Whether the sender's name promised a photo and it is a PDF, or the other way round."""
    ending = PurePosixPath(stored.original_name.lower()).suffix.lstrip(".")
    promised = "pdf" if ending == "pdf" else "photo" if ending in PHOTO_ENDINGS else ""
    return promised not in ("", "pdf" if stored.content_type == PDF else "photo")


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


def open_stored(stored: StoredFile) -> Iterator[bytes]:
    """The bytes of a private file, in chunks; the caller has asked whose it is.

    Raises NotFound at once, not halfway through an answer, when the file itself is gone.
    """
    try:
        file = storages["private"].open(stored.key)
    except FileNotFoundError as error:
        raise NotFound() from error
    return _chunks(file)


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


def _checked_type(upload: Upload, purpose: Purpose) -> str:
    """The one set of checks that every upload passes."""
    data, limit = upload.content, MAX_BYTES[purpose]
    if len(data) > limit:
        raise InvalidInput(
            "file_too_big",
            _("This file is larger than %(megabytes)s MB. Send a smaller one."),
            megabytes=limit // MEGABYTE,
        )
    if not data:
        raise InvalidInput("file_empty", _("This file is empty. Please choose it again."))
    kind = content_type(data)
    if kind != PDF:
        images.check(data)
    elif purpose == "paper":
        _check_pdf(data)
    else:
        raise InvalidInput(
            "photo_is_pdf",
            _("“%(name)s” is a PDF document, not a photo. Choose a photo (JPEG, PNG or WebP)."),
            name=shown_name(upload.name),
        )
    return kind


def _chunks(file: "File[bytes]") -> Iterator[bytes]:
    with file:
        yield from file.chunks()


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
