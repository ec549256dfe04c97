"""Where the data folder is and what is said when it can't be used."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from marketplace.embedded import folders
from marketplace.embedded.folders import Folder
from marketplace.embedded.says import StartError

ROOT = Path(__file__).resolve().parents[2]


def make_folder(path: Path) -> Folder:
    folder = Folder(path, None)
    folder.run.mkdir()
    return folder


def test_the_environment_chooses_the_folder() -> None:
    assert folders.locate({"MARKET_DATA": "/srv/market"}) == Path("/srv/market")


def test_root_gets_a_folder_that_servers_can_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    path = folders.locate({})
    assert path.parent == Path("/var/lib/nong-san")
    assert len(path.name) == 12


def test_a_normal_user_gets_a_folder_in_the_clone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert folders.locate({}) == ROOT / "var"


def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=499_999_999)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(StartError) as refusal:
        folders.require_room(tmp_path)
    assert str(refusal.value) == (
        f"Ổ đĩa chứa {tmp_path} chỉ còn 499 MB trống; cần ít nhất 500 MB. / "
        f"The disk of {tmp_path} has only 499 MB left; at least 500 MB are needed."
    )


def test_a_folder_with_another_purpose_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    tmp_path.chmod(0o755)
    folders.open_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_secrets_are_drawn_once(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    first = folders.read_secrets(folder)
    assert folders.read_secrets(folder) == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert len(set(first.values())) == 6


def test_broken_secrets_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{")
    with pytest.raises(StartError, match="can't be read; bring it back"):
        folders.read_secrets(make_folder(tmp_path))


def test_ports_stay_the_same_unless_taken(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    first = dict(folders.choose_ports(folder, ("a", "b")))
    assert folders.choose_ports(folder, ("a", "b")) == first
    with socket.create_server(("127.0.0.1", first["a"])):
        second = folders.choose_ports(folder, ("a", "b"))
    assert second["b"] == first["b"]
    assert second["a"] not in first.values()


def test_a_python_that_is_too_old_is_one_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    done = subprocess.run(  # noqa: S603
        ["/bin/sh", str(ROOT / "scripts/bootstrap.sh"), "requirements.txt"],
        env={"PYTHON": str(old), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "Cần Python 3.11 trở lên; máy này có: Python 3.9.2. / "
        "Python 3.11 or newer is needed; this machine has: Python 3.9.2.\n"
    )
