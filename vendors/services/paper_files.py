"""Files of papers: recognised by their bytes, never by their name; kept private."""

import hashlib
import secrets
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from django.core.files.base import File
from django.core.files.storage import storages
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from core.models import StoredFile
from vendors.errors import BadPaperFile

MAX_BYTES = 10 * 1024 * 1024
MAX_SIDE = 12_000
MAX_PIXELS = 50_000_000
_ENDINGS = {
    "application/pdf": ("pdf",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
}
_PICTURE_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


@dataclass(frozen=True, slots=True)
class Upload:
    """What a person sent: the name it had and its bytes."""

    name: str
    content: bytes

    @property
    def ending(self) -> str:
        return PurePath(self.name).suffix.lower().lstrip(".")


def read_upload(file: File[bytes]) -> Upload:
    """Read what a form brought; raises BadPaperFile before reading more than is allowed."""
    if (file.size or 0) > MAX_BYTES:
        raise _too_big()
    return Upload(name=file.name or "", content=file.read())


def check_upload(upload: Upload) -> str:
    """The content type, by the bytes. Raises BadPaperFile with what to do.

    Pictures are only measured here, by their header: nothing is unpacked, so a small file that
    claims a huge picture costs nothing.
    """
    if not upload.content:
        raise BadPaperFile(
            "paper_empty", _("This file is empty. Choose it again, or take a new photo."), **_AT
        )
    if len(upload.content) > MAX_BYTES:
        raise _too_big()
    kind = _recognise(upload.content)
    if kind is None:
        raise BadPaperFile(**_AT)
    if upload.ending and upload.ending not in _ENDINGS[kind]:
        raise BadPaperFile(
            "paper_name_lies",
            _(
                "The name of this file ends in .%(ending)s, but inside it is a %(kind)s file. "
                "Save it again as .%(kind)s, or take a photo of the paper."
            ),
            ending=upload.ending[:10],
            kind=_ENDINGS[kind][0],
            **_AT,
        )
    if kind in _PICTURE_FORMATS:
        _measure(upload.content, _PICTURE_FORMATS[kind])
    return kind


def store_upload(upload: Upload) -> StoredFile:
    """Keep the file under a name of our own; the same checks first."""
    kind = check_upload(upload)
    key = f"papers/{secrets.token_hex(16)}.{_ENDINGS[kind][0]}"
    storages["private"].save(key, File(BytesIO(upload.content)))
    return StoredFile.objects.create(
        key=key,
        is_private=True,
        content_type=kind,
        size=len(upload.content),
        sha256=hashlib.sha256(upload.content).hexdigest(),
        original_name=_shown_name(upload.name),
    )


def open_stored(stored: StoredFile) -> Iterator[bytes]:
    """The bytes of a private file, in chunks; the caller has asked whose it is."""
    with storages["private"].open(stored.key) as file:
        yield from file.chunks()


_AT = {"field": "file"}


def _too_big() -> BadPaperFile:
    return BadPaperFile(
        "paper_too_big",
        _("This file is larger than 10 MB. Take the photo again with a smaller size."),
        **_AT,
    )


def _recognise(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def _measure(content: bytes, picture_format: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[picture_format]) as picture:
                width, height = picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BadPaperFile(
            "paper_broken", _("This photo can't be opened. Take it again and send it."), **_AT
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> BadPaperFile:
    return BadPaperFile(
        "paper_too_many_pixels",
        _("This picture has too many pixels. Take an ordinary photo with a phone and send that."),
        **_AT,
    )


def _shown_name(name: str) -> str:
    plain = "".join(character for character in PurePath(name).name if character.isprintable())
    return plain[-120:]
