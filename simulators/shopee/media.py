"""media_space/upload_image: JPEG or PNG, at most 9 files of 10 MB."""

import hashlib
import sqlite3

from simulators.multipart import Part, parts_of
from simulators.shopee.refusals import Refusal, wrong
from simulators.shopee.sim import Call, Reply
from simulators.web import JSON

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 9


def upload_image(call: Call) -> Reply:
    try:
        parts = parts_of(call.request.headers.get("content-type", ""), call.request.body)
    except ValueError as error:
        raise wrong(str(error)) from error
    files = [part for part in parts if part.name == "image"]
    if not 1 <= len(files) <= MOST_FILES:
        raise wrong(f"image number should be between 1 and {MOST_FILES}")
    kept = [_kept(call, file) for file in files]
    entries = [
        {"id": place, "error": "", "message": "", "image_info": info}
        for place, info in enumerate(kept)
    ]
    return Reply({"image_info": kept[0], "image_info_list": entries})


def _kept(call: Call, file: Part) -> JSON:
    kind = _kind(file.data)
    if kind is None:
        raise wrong("the image format should be JPG, JPEG or PNG")
    if len(file.data) > MOST_BYTES:
        raise wrong("the image is larger than 10 MB")
    image_id = "vn-11134207-" + hashlib.sha256(file.data).hexdigest()[:24]
    call.db.execute(
        "INSERT OR IGNORE INTO images VALUES (?, ?, ?)",
        (image_id, kind, file.data),
    )
    url = image_url(call.request.base_url, image_id)
    return {
        "image_id": image_id,
        "image_url_list": [{"image_url_region": "VN", "image_url": url}],
    }


def _kind(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    return "image/png" if data.startswith(b"\x89PNG\r\n\x1a\n") else None


def image_url(base_url: str, image_id: str) -> str:
    return f"{base_url}/file/{image_id}"


def check_images(db: sqlite3.Connection, image_ids: list[str]) -> None:
    """Raises Refusal unless every picture was uploaded before."""
    for image_id in image_ids:
        if db.execute("SELECT 1 FROM images WHERE image_id = ?", (image_id,)).fetchone() is None:
            raise Refusal("error_param", "Image not exist.")
