"""Files of papers: photos and plain PDFs, kept privately by `core.files`."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.base import File
from django.core.files.storage import storages

from core import audit, files
from core.errors import InvalidInput, NotFound
from core.models import StoredFile


@dataclass(frozen=True, slots=True)
class Upload:
    """What a person sent: the name it had and its bytes."""

    name: str
    content: bytes


def read_upload(file: "File[bytes]") -> Upload:
    """What a form brought, read no further than one byte over what is allowed."""
    return Upload(name=file.name or "", content=file.read(files.MAX_BYTES["paper"] + 1))


def store_upload(upload: Upload, *, actor: audit.Actor) -> StoredFile:
    """Keep the file under a name of our own; what it is, its bytes say, never its name.

    Raises InvalidInput at the field "file", with a sentence that says what to do.
    """
    try:
        return files.store_upload(
            file=upload.content, name=upload.name, purpose="paper", actor=actor
        )
    except InvalidInput as error:
        error.field = "file"
        raise


def open_stored(stored: StoredFile) -> Iterator[bytes]:
    """The bytes of a private file, in chunks; the caller has asked whose it is.

    Raises NotFound at once, not halfway through an answer, when the file itself is gone.
    """
    try:
        file = storages["private"].open(stored.key)
    except FileNotFoundError as error:
        raise NotFound() from error
    return _chunks(file)


def _chunks(file: "File[bytes]") -> Iterator[bytes]:
    with file:
        yield from file.chunks()
