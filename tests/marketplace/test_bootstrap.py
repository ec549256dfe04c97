"""What `make` says when .venv can't be made: one clear sentence, and no half of it stays."""

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest

from scripts import bootstrap

MB = 1_000_000


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone in which nothing was installed."""
    (tmp_path / "requirements.txt").write_text("django==6.0\n")
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "requirements.txt"])
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(bootstrap, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(bootstrap, "UNFINISHED", tmp_path / ".cache/install-unfinished")
    return tmp_path


def leave(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)


def test_a_full_disk_is_one_sentence_before_anything_is_made(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    leave(monkeypatch, bootstrap.NEEDED_BYTES - 1)
    assert bootstrap.main() == 1
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "",
        "Ổ đĩa chỉ còn 699 MB, cần 700 MB. / The disk has only 699 MB, 700 are needed.\n",
    )
    assert not (clone / ".venv").exists()


def test_a_disk_that_fills_up_meanwhile_is_one_sentence_and_is_begun_again(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fill(*_what: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(clone / ".cache/install.log"))

    leave(monkeypatch, 900 * MB)
    monkeypatch.setattr(bootstrap, "make_venv", lambda: None)
    monkeypatch.setattr(bootstrap, "install", fill)
    assert bootstrap.main() == 1
    log = clone / ".cache/install.log"
    assert capsys.readouterr().err == (
        f"Không ghi được {log} (No space left on device). / "
        f"{log} can't be written (No space left on device).\n"
    )
    assert bootstrap.UNFINISHED.exists()
    assert not bootstrap.is_installed(clone / "requirements.txt")


def test_a_clone_that_cannot_be_written_is_one_sentence(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (clone / ".cache").write_text("")
    assert bootstrap.main() == 1
    assert capsys.readouterr().err == (
        f"Không ghi được vào {clone} (File exists). / {clone} can't be written (File exists).\n"
    )
