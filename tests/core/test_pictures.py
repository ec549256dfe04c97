import secrets
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pytest
from django.core.files.storage import storages
from PIL import Image
from pytest_django import Settings

from core import files, images, pictures, tasks
from core.errors import InvalidInput
from core.models import Case, OutboxEntry, Picture, PictureState, StoredFile
from tests.core import samples


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> Path:
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": backend,
            "OPTIONS": {"location": str(tmp_path / "media"), "base_url": "/media/"},
        },
        "private": {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / "private")}},
    }
    return tmp_path


def shown(picture: Picture, width: int, fmt: str = "webp") -> Image.Image:
    with storages["default"].open(pictures.path(picture.token, width, fmt)) as file:
        image = Image.open(BytesIO(file.read()))
    image.load()
    return image


@pytest.mark.django_db
def test_the_worker_makes_480_first_and_all_widths_in_the_end() -> None:
    picture = pictures.from_bytes(samples.photo(1200, 900))
    pictures.make_next(picture.pk, everything=False)
    picture.refresh_from_db()
    assert (picture.state, picture.complete_at) == (PictureState.READY, None)
    assert [(r.width, r.format) for r in picture.renditions.all()] == [(480, "webp")]
    tasks.finish_pictures()
    picture.refresh_from_db()
    assert picture.complete_at is not None
    sizes = {(r.width, r.format): r.height for r in picture.renditions.all()}
    assert sizes == {
        (160, "webp"): 120,
        (320, "webp"): 240,
        (480, "webp"): 360,
        (640, "webp"): 480,
        (960, "webp"): 720,
        (480, "avif"): 360,
        (960, "avif"): 720,
    }
    assert shown(picture, 960, "avif").size == (960, 720)
    assert shown(picture, 160).format == "WEBP"


@pytest.mark.django_db
def test_others_are_told_once_when_a_picture_can_be_shown() -> None:
    picture = pictures.from_bytes(samples.photo(1200, 900))
    told = OutboxEntry.objects.filter(topic="picture.ready")
    assert not told.exists()
    for everything in (False, False, True):
        pictures.make_next(picture.pk, everything=everything)
    assert [entry.payload for entry in told] == [{"picture_id": picture.pk}]


@pytest.mark.django_db
def test_a_photo_is_turned_upright_and_says_nothing_of_where_it_was_taken() -> None:
    data = samples.turned_photo_with_place()
    assert b"PhoneMaker" in data
    picture = pictures.from_bytes(data)
    assert (picture.width, picture.height) == (900, 1200)
    pictures.render_now(picture, widths=(480,), formats=("webp", "avif"))
    for fmt in ("webp", "avif"):
        image = shown(picture, 480, fmt)
        assert image.size == (480, 640)
        assert len(image.getexif()) == 0
        assert not {"exif", "xmp", "icc_profile"} & set(image.info)
        path = storages["default"].path(pictures.path(picture.token, 480, fmt))
        assert b"PhoneMaker" not in Path(path).read_bytes()


@pytest.mark.django_db
def test_a_small_picture_is_never_blown_up() -> None:
    picture = pictures.from_bytes(samples.photo(300, 200))
    pictures.render_now(picture, widths=(160, 480, 960))
    assert shown(picture, 160).size == (160, 107)
    assert shown(picture, 480).size == (300, 200)
    assert shown(picture, 960).size == (300, 200)


@pytest.mark.django_db
def test_a_script_behind_the_picture_is_gone_from_what_is_shown() -> None:
    picture = pictures.from_bytes(samples.photo() + b"<script>alert(1)</script>")
    pictures.render_now(picture)
    path = storages["default"].path(pictures.path(picture.token, 480, "webp"))
    assert b"<script>" not in Path(path).read_bytes()


@pytest.mark.django_db
def test_what_can_not_be_unpacked_is_refused_for_good() -> None:
    whole = samples.photo(fmt="WEBP")
    picture = pictures.from_bytes(whole)
    storages["private"].delete(picture.original.key)
    storages["private"].save(picture.original.key, BytesIO(whole[: len(whole) // 2]))
    tasks.make_renditions(picture.pk)
    picture.refresh_from_db()
    assert (picture.state, picture.refusal) == (PictureState.REFUSED, "picture_broken")
    assert pictures.make_next(everything=True) is None


@pytest.mark.django_db
def test_a_missing_original_does_not_hold_up_the_others() -> None:
    first = pictures.from_bytes(samples.photo(200, 200))
    second = pictures.from_bytes(samples.photo(200, 200))
    storages["private"].delete(first.original.key)
    tasks.finish_pictures()
    states = {p.pk: (p.state, p.refusal) for p in Picture.objects.all()}
    assert states == {
        first.pk: (PictureState.REFUSED, "original_missing"),
        second.pk: (PictureState.READY, ""),
    }


@pytest.mark.django_db
def test_a_picture_that_ends_its_worker_is_given_up_and_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deadly = pictures.from_bytes(samples.photo(300, 200), wake_worker=False)
    others = [pictures.from_bytes(samples.photo(200, n), wake_worker=False) for n in (200, 201)]
    begun: list[str] = []
    read = files.read

    def die_of(stored: StoredFile) -> bytes:
        begun.append(stored.key)
        if stored == deadly.original:
            raise MemoryError  # as near to a killed process as one process can come
        return read(stored)

    monkeypatch.setattr(files, "read", die_of)
    deaths = 0
    while True:
        try:
            if pictures.make_next(everything=True) is None:
                break
        except MemoryError:
            deaths += 1
    keys = [one.original.key for one in (deadly, *others)]
    assert begun == [*keys, keys[0], keys[0]]
    assert deaths == pictures.TRIES
    assert all(Picture.objects.get(pk=one.pk).complete_at for one in others)
    deadly.refresh_from_db()
    assert (deadly.state, deadly.refusal) == (PictureState.REFUSED, "given_up")
    case = Case.objects.get()
    assert (case.kind, case.subject_key) == ("picture.given_up", deadly.token)


@pytest.mark.django_db
def test_larger_sizes_that_fail_leave_the_first_one_on_the_shop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = pictures.from_bytes(samples.photo(300, 200), wake_worker=False)
    pictures.make_next(picture.pk, everything=False)
    Picture.objects.update(tries=pictures.TRIES)
    assert pictures.make_next(everything=True) is None
    assert pictures.make_next(everything=True) is None
    picture.refresh_from_db()
    assert (picture.state, picture.refusal) == (PictureState.READY, "given_up")
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_try_that_worked_is_forgotten() -> None:
    picture = pictures.from_bytes(samples.photo(300, 200), wake_worker=False)
    Picture.objects.update(tries=2)
    assert pictures.make_next(picture.pk, everything=False) == picture
    picture.refresh_from_db()
    assert (picture.tries, picture.state) == (0, PictureState.READY)


@pytest.mark.django_db
def test_rendering_twice_leaves_the_same() -> None:
    picture = pictures.from_bytes(samples.photo(), token=secrets.token_hex(12))
    pictures.render_now(picture)
    pictures.render_now(picture)
    assert picture.renditions.count() == 1
    folder = Path(storages["default"].path(pictures.path(picture.token, 480, "webp"))).parent
    assert [p.name for p in folder.iterdir()] == [f"{picture.token}-480.webp"]


def test_the_address_of_a_rendition_is_plain() -> None:
    assert pictures.url("abcdef", 320) == "/media/ab/abcdef-320.webp"
    assert pictures.url("abcdef", 480, "avif") == "/media/ab/abcdef-480.avif"


def test_transparency_and_palettes_survive() -> None:
    out = BytesIO()
    Image.new("RGBA", (600, 600), (200, 0, 0, 0)).save(out, "PNG")
    data, width, height = images.encode(out.getvalue(), 480, "webp")
    image = Image.open(BytesIO(data))
    assert (width, height, image.mode) == (480, 480, "RGBA")
    out = BytesIO()
    Image.new("P", (600, 600)).save(out, "PNG")
    assert images.encode(out.getvalue(), 160, "avif")[1:] == (160, 160)


def test_broken_metadata_does_not_spoil_a_good_photo() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = samples.photo(600, 400, exif=exif).replace(b"MM\x00*", b"MM\x00?", 1)
    assert images.check(data) == (600, 400)
    assert images.encode(data, 320, "webp")[1:] == (320, 213)


def test_cmyk_from_a_print_shop_is_taken() -> None:
    out = BytesIO()
    Image.new("CMYK", (600, 400)).save(out, "JPEG")
    assert images.encode(out.getvalue(), 320, "webp")[1:] == (320, 213)


def test_a_bomb_is_refused_by_the_encoder_too() -> None:
    with pytest.raises(InvalidInput) as caught:
        images.encode(samples.png_that_claims(20_000, 20_000), 480, "webp")
    assert caught.value.code == "picture_too_large"


def test_the_encoder_runs_in_a_process_pool() -> None:
    data = samples.photo(600, 400)
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        made = [pool.submit(images.encode, data, 480, "webp") for _ in range(3)]
    assert {job.result()[1:] for job in made} == {(480, 320)}
