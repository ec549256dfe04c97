"""Pictures: from a stored upload to the widths and formats that pages show.

A page may ask for every width in WEBP_WIDTHS as soon as the picture is complete; 480 px is there
first. A width above the original's holds the original's pixels: nothing is blown up.
"""

import secrets
from collections.abc import Iterable, Sequence
from functools import cache

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext

from core import cases, clock, files, images, outbox, wake
from core.errors import InvalidInput
from core.models import Picture, PictureState, Rendition, StoredFile

FIRST_WIDTH = 480
WEBP_WIDTHS = (160, 320, 480, 640, 960)
AVIF_WIDTHS = (480, 960)
FIRST: tuple[tuple[int, images.Format], ...] = ((FIRST_WIDTH, "webp"),)
ALL: tuple[tuple[int, images.Format], ...] = (
    *((width, "webp") for width in WEBP_WIDTHS),
    *((width, "avif") for width in AVIF_WIDTHS),
)
MAKE = "core.tasks.make_renditions"
TRIES = 3
GIVEN_UP = "given_up"

encode = images.encode


def take(stored: StoredFile) -> Picture:
    """A picture of a stored upload; the worker makes its renditions after this commits.

    Raises InvalidInput when the file is no picture that can be shown.
    """
    return _create(stored, files.read(stored), token=new_token())


def from_bytes(
    data: bytes, *, name: str = "", token: str | None = None, wake_worker: bool = True
) -> Picture:
    """Check and keep a picture that isn't an upload (drawn by us, fetched for a vendor).

    Raises InvalidInput as `files.store_upload` does. `token` lets a seeder be deterministic.
    """
    kind = files.content_type(data)
    images.check(data)
    with transaction.atomic():
        stored = files.keep(data, kind=kind, name=name, folder="photo")
        return _create(stored, data, token=token or new_token(), wake_worker=wake_worker)


def _create(stored: StoredFile, data: bytes, *, token: str, wake_worker: bool = True) -> Picture:
    width, height = images.check(data)
    with transaction.atomic():
        picture = Picture.objects.create(original=stored, token=token, width=width, height=height)
        if wake_worker:
            wake.after_commit(MAKE, picture.pk)
    return picture


def new_token() -> str:
    return secrets.token_hex(12)


def url(token: str, width: int, fmt: str = "webp") -> str:
    """Where a rendition is; it never changes and may be cached for ever."""
    return f"{_base()}{path(token, width, fmt)}"


def path(token: str, width: int, fmt: str) -> str:
    """The rendition's name in the media storage."""
    return f"{token[:2]}/{token}-{width}.{fmt}"


@cache
def _base() -> str:
    return storages["default"].url("")


def render_now(
    picture: Picture,
    widths: Sequence[int] = (FIRST_WIDTH,),
    formats: Sequence[images.Format] = ("webp",),
) -> None:
    """Make renditions in this process and keep them. Twice is safe."""
    wanted = [(width, fmt) for fmt in formats for width in widths]
    keep(picture, images.encode_many(files.read(picture.original), wanted))


def keep(picture: Picture, made: Iterable[images.Encoded]) -> None:
    """Write made renditions (perhaps by a process pool) and their rows; twice is safe.

    Afterwards the picture is READY if its 480 px WebP exists, and complete if all exist.
    """
    storage = storages["default"]
    for one in made:
        name = path(picture.token, one.slot, one.format)
        storage.delete(name)  # left by a run that died before its commit
        storage.save(name, ContentFile(one.data))
        Rendition.objects.update_or_create(
            picture=picture,
            width=one.slot,
            format=one.format,
            defaults={"height": one.height, "size": len(one.data)},
        )
    there = set(picture.renditions.values_list("width", "format"))
    picture.state = PictureState.READY if there.issuperset(FIRST) else PictureState.WAITING
    picture.complete_at = clock.now() if there.issuperset(ALL) else None
    picture.save(update_fields=["state", "complete_at"])


def make_next(picture_id: int | None = None, *, everything: bool) -> Picture | None:
    """Make what is missing of one picture, or of the next incomplete one; None if none is.

    Emits `picture.ready` when it can be shown from now on.
    What can't be unpacked is refused for good; what ends its worker three times is given up (see
    `begin`). Locks the picture's row and skips locked ones.
    """
    incomplete = Picture.objects.filter(complete_at=None).exclude(state=PictureState.REFUSED)
    if picture_id is not None:
        incomplete = incomplete.filter(pk=picture_id)
    begun = begin(incomplete)
    if begun is None:
        return None
    with transaction.atomic():
        locked = Picture.objects.select_for_update(skip_locked=True, of=("self",))
        picture = locked.select_related("original").filter(pk=begun.pk).first()
        if picture is None:  # somebody else is at it
            return begun
        there = set(picture.renditions.values_list("width", "format"))
        missing = [one for one in (ALL if everything else FIRST) if one not in there]
        was_ready = picture.state == PictureState.READY
        if missing:
            _make(picture, missing)
        if picture.state == PictureState.READY and not was_ready:
            outbox.emit("picture.ready", key=f"picture:{picture.pk}", picture_id=picture.pk)
        Picture.objects.filter(pk=picture.pk).update(tries=0)
        return picture


def begin(among: QuerySet[Picture]) -> Picture | None:
    """The one of these to work on next; None if none is left.

    Its try is counted, and committed, before the work begins: a picture that ends its worker goes
    behind all others, and after three tries it is given up with a Case. Skips locked rows, those
    that somebody works on.
    """
    with transaction.atomic():
        free = among.select_for_update(skip_locked=True, of=("self",)).filter(refusal="")
        for picture in free.filter(tries__gte=TRIES):
            _give_up(picture)
        chosen = free.filter(tries__lt=TRIES).order_by("tries", "pk").first()
        if chosen is not None:
            Picture.objects.filter(pk=chosen.pk).update(tries=F("tries") + 1)
        return chosen


def _give_up(picture: Picture) -> None:
    """What is there of it stays; without its first size it can't be shown and counts as refused."""
    picture.refusal = GIVEN_UP
    if picture.state == PictureState.WAITING:
        picture.state = PictureState.REFUSED
    picture.save(update_fields=["refusal", "state"])
    cases.open_case(
        kind="picture.given_up",
        subject=("picture", picture.token),
        title=gettext("A picture can't be prepared: its worker ends each time"),
        detail={"tries": picture.tries, "state": picture.state, "width": picture.width},
        dedupe_key=f"picture.given_up:{picture.pk}",
    )


def _make(picture: Picture, missing: list[tuple[int, images.Format]]) -> None:
    try:
        keep(picture, images.encode_many(files.read(picture.original), missing))
    except InvalidInput as error:
        _refuse(picture, error.code)
    except FileNotFoundError:
        _refuse(picture, "original_missing")


def _refuse(picture: Picture, code: str) -> None:
    picture.state, picture.refusal = PictureState.REFUSED, code
    picture.save(update_fields=["state", "refusal"])
