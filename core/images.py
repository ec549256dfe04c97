"""Pixels: measured before they are unpacked, turned upright, scaled and written without metadata.

Plain functions over bytes, without database or settings, so that they run in any process.
"""

import struct
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, UnidentifiedImageError

from core.errors import InvalidInput

Format = Literal["webp", "avif"]
FORMATS = ("JPEG", "PNG", "WEBP")  # never let Pillow guess among its rarer readers
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000  # WebP's own limit is 16,383
QUALITY: dict[Format, dict[str, int]] = {
    "webp": {"quality": 78, "method": 4},
    "avif": {"quality": 58, "speed": 7, "max_threads": 1},
}

# Pillow's own alarm rings far above our limit; heard, it is a refusal like ours.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One made rendition; `slot` is the width that pages ask for, `width` what it really has."""

    slot: int
    format: Format
    width: int
    height: int
    data: bytes


def check(data: bytes) -> tuple[int, int]:
    """Width and height, upright, from the header. Raises InvalidInput for bombs and broken files.

    A JPEG is also unpacked at an eighth of its size and a PNG's checksums are compared: a photo cut
    off on its way is told at once. The worker, which unpacks all of it, has the last word.
    """
    image = _open(data)
    with image:
        try:
            turned = _orientation(image) >= 5
            width, height = image.size
            if image.format == "PNG":
                image.verify()
            elif image.format == "JPEG":
                image.draft("RGB", (max(1, width // 8), max(1, height // 8)))
                image.load()
        except BROKEN as error:
            raise _broken() from error
    return (height, width) if turned else (width, height)


def encode(data: bytes, width: int, fmt: Format) -> tuple[bytes, int, int]:
    """One rendition: its bytes, width and height. Never wider than the original."""
    made = encode_many(data, [(width, fmt)])[0]
    return made.data, made.width, made.height


def encode_many(data: bytes, wanted: Sequence[tuple[int, Format]]) -> list[Encoded]:
    """Several renditions from one unpacking; raises InvalidInput for what can't be unpacked."""
    widest = max(width for width, _format in wanted)
    try:
        upright = _upright(_open(data), widest)
        scaled: dict[int, Image.Image] = {}
        made = []
        for slot, fmt in wanted:
            image = scaled.get(slot) or scaled.setdefault(slot, _scale(upright, slot))
            out = BytesIO()
            image.save(out, format=fmt.upper(), **QUALITY[fmt])
            made.append(Encoded(slot, fmt, image.width, image.height, out.getvalue()))
    except BROKEN as error:
        raise _broken() from error
    except BOMB as error:
        raise _too_large() from error
    return made


def as_jpeg(data: bytes) -> bytes:
    """The same picture as JPEG, on white where one could see through it; raises InvalidInput."""
    try:
        image = _open(data).convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(image, mask=image.getchannel("A"))
        out = BytesIO()
        flat.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    except BROKEN as error:
        raise _broken() from error
    return out.getvalue()


def _open(data: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except BOMB as error:
        raise _too_large() from error
    except BROKEN as error:
        raise _broken() from error
    if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
        raise _too_large()
    return image


def _upright(image: Image.Image, widest: int) -> Image.Image:
    """Unpacked (a JPEG no larger than needed), turned as the camera was held, in sRGB."""
    if image.format == "JPEG":
        image.draft("RGB", (2 * widest, 2 * widest))
    profile = image.info.get("icc_profile")
    how = TURNS.get(_orientation(image))
    if how is not None:
        image = image.transpose(how)
    see_through = "transparency" in image.info or image.mode in ("RGBA", "LA", "PA")
    image = image.convert("RGBA" if see_through else "RGB")
    if profile and not see_through:
        image = _to_srgb(image, profile)
    image.info.clear()  # or the writers would put back what they find there
    return image


def _orientation(image: Image.Image) -> int:
    """How the camera was held; 1 (upright) where the metadata can't be read."""
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif", b""))
        return int(exif.get(ORIENTATION, 1))
    except (*BROKEN, TypeError, struct.error):
        return 1


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Phones write wider colours; without their profile these would look pale."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):  # a profile that isn't for these channels
        return image
    return turned or image


def _scale(image: Image.Image, width: int) -> Image.Image:
    if width >= image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _too_large() -> InvalidInput:
    return InvalidInput(
        "picture_too_large",
        _("This picture has too many pixels (over 40 million). Make it smaller and send it again."),
    )


def _broken() -> InvalidInput:
    return InvalidInput(
        "picture_broken",
        _("This picture can't be opened. Please take it again, or choose another one."),
    )
