"""Photos that buyer and vendor show each other: small, private, without metadata."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from core import audit, files
from core.errors import InvalidInput
from core.models import StoredFile

MOST = 5
WIDTH = 1280


def store_photos(
    uploads: Sequence[files.Upload], *, field: str, actor: audit.Actor
) -> list[StoredFile]:
    """Keep up to five photos. Raises InvalidInput at `field`; one bad photo refuses them all."""
    if len(uploads) > MOST:
        raise InvalidInput(
            "too_many_photos", _("Choose at most %(most)s photos."), field=field, most=MOST
        )
    return [
        files.store_small_photo(upload, width=WIDTH, field=field, actor=actor) for upload in uploads
    ]
