"""Pictures as JPEG, for readers outside who take nothing newer (messengers, price comparers).

No page of ours shows them, so each is made when it is first asked for, and then kept.
"""

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core import images, pictures

WIDEST = pictures.WEBP_WIDTHS[-1]


def find_jpeg(token: str) -> tuple[bytes, bool] | None:
    """The JPEG of a picture, and whether it is the final one; None where no picture is shown.

    Made of the widest rendition, or for a while of the first one: that one isn't kept. Twice at
    once is safe: both write the same bytes.
    """
    kept = _read(pictures.path(token, WIDEST, "jpg"))
    if kept is not None:
        return kept, True
    for width in (WIDEST, pictures.FIRST_WIDTH):
        rendition = _read(pictures.path(token, width, "webp"))
        if rendition is not None:
            made = images.as_jpeg(rendition)
            if width == WIDEST:
                _keep(pictures.path(token, WIDEST, "jpg"), made)
            return made, width == WIDEST
    return None


def _read(name: str) -> bytes | None:
    try:
        with storages["default"].open(name) as file:
            data: bytes = file.read()
            return data
    except FileNotFoundError:
        return None


def _keep(name: str, data: bytes) -> None:
    storage = storages["default"]
    saved = storage.save(name, ContentFile(data))
    if saved != name:  # somebody else was quicker
        storage.delete(saved)
