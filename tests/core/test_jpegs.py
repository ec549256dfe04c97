"""Pictures as JPEG for outside readers: made once, of the widest rendition there is."""

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from core import images, jpegs, pictures
from core.models import Picture
from tests.core import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(settings: Settings, tmp_path: Path) -> Picture:
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        name: {
            "BACKEND": backend,
            "OPTIONS": {"location": str(tmp_path / name), "base_url": "/media/"},
        }
        for name in ("default", "private")
    }
    return pictures.from_bytes(samples.photo(), wake_worker=False)


def test_until_the_widest_is_made_the_first_rendition_serves(picture: Picture) -> None:
    assert jpegs.find_jpeg(picture.token) is None
    pictures.render_now(picture)
    found = jpegs.find_jpeg(picture.token)
    assert found is not None
    assert found[1] is False
    pictures.render_now(picture, widths=(960,))
    final = jpegs.find_jpeg(picture.token)
    assert final is not None
    assert final[1] is True
    assert jpegs.find_jpeg(picture.token) == final


def test_what_shines_through_stands_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(out, "PNG")
    made = Image.open(BytesIO(images.as_jpeg(out.getvalue())))
    assert (made.format, made.mode, made.getpixel((4, 4))) == ("JPEG", "RGB", (255, 255, 255))


def test_the_address_answers_as_messengers_want_it(client: Client, picture: Picture) -> None:
    pictures.render_now(picture, widths=(480, 960))
    page = client.get(f"/anh/{picture.token}.jpg")
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "image/jpeg"
    assert page.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert page.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert page.headers["Content-Security-Policy"] == "default-src 'none'"
    assert Image.open(BytesIO(page.content)).format == "JPEG"


@pytest.mark.parametrize("path", ["/anh/khong-co-anh.jpg", "/anh/../x.jpg", "/anh/a.jpg"])
def test_other_addresses_are_missing(client: Client, picture: Picture, path: str) -> None:
    assert client.get(path).status_code == 404
