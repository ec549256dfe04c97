"""Files without a row go; whatever somebody still points at stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from pytest_django import Settings

from core import clock, files, pictures, sweep, tasks
from core.models import Picture, StoredFile
from tests.core import samples
from tests.making import make_vendor

pytestmark = pytest.mark.django_db
LATER = timedelta(days=2)


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> Path:
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {
        name: {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / name)}}
        for name in ("default", "private")
    }
    return tmp_path


def paper() -> StoredFile:
    sent = files.Upload("giay.pdf", samples.PDF)
    return files.store_upload(sent, purpose="paper", field="file", actor=None)


def sweep_all() -> int:
    return sum(sweep.sweep(f"{n:02x}", now=clock.now()) for n in range(sweep.FOLDERS))


def left(folders: Path) -> list[str]:
    return sorted(str(p.relative_to(folders)) for p in folders.rglob("*") if p.is_file())


def test_a_file_of_a_rolled_back_transaction_goes_after_a_day(folders: Path) -> None:
    with transaction.atomic():
        key = paper().key
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    assert left(folders) == [f"private/{key}"]
    assert sweep_all() == 0
    with clock.shifted(LATER):
        assert sweep_all() == 1
        assert sweep_all() == 0
    assert left(folders) == []


def test_an_upload_that_nothing_points_at_goes_with_its_row(folders: Path) -> None:
    paper()
    with clock.shifted(LATER):
        assert sweep_all() == 1
    assert (left(folders), StoredFile.objects.count()) == ([], 0)


def test_what_somebody_points_at_stays(folders: Path) -> None:
    stored = paper()
    make_vendor().papers.create(kind="ocop", file=stored)
    picture = pictures.from_bytes(samples.photo(300, 200), wake_worker=False)
    pictures.render_now(picture)
    before = left(folders)
    with clock.shifted(LATER):
        assert sweep_all() == 0
    assert left(folders) == before
    assert len(before) == 3


def test_renditions_without_a_picture_go(folders: Path) -> None:
    name = pictures.path("ab12", 480, "webp")
    storages["default"].save(name, ContentFile(b"x"))
    storages["default"].save("robots.txt", ContentFile(b"x"))
    with clock.shifted(LATER):
        assert sweep_all() == 1
    assert left(folders) == ["default/robots.txt"]
    assert not Picture.objects.exists()


def test_the_task_sweeps_the_folder_whose_turn_it_is(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[str] = []
    monkeypatch.setattr(sweep, "sweep", lambda folder, *, now: swept.append(folder))
    for n in range(sweep.FOLDERS):
        with clock.shifted(timedelta(seconds=n * sweep.ROUND_SECONDS / sweep.FOLDERS)):
            tasks.sweep_files()
    assert sorted(swept) == [f"{n:02x}" for n in range(sweep.FOLDERS)]
