"""`manage.py demo`: the whole market on one machine, in order, and away again without a trace.

The order: data folder, lock, what a killed run left, PostgreSQL and Valkey, the database's content,
simulators, web, worker, beat. It stops in reverse. It never imports Django, so that the process
that stays beside the market all day is small.
"""

import contextlib
import os
import shutil
import socket
import sys
import time
from collections.abc import Mapping
from functools import partial

from marketplace.embedded import market as parts
from marketplace.embedded import postgres, valkey
from marketplace.embedded.folders import (
    Folder,
    choose_ports,
    is_free,
    locate,
    open_folder,
    read_secrets,
)
from marketplace.embedded.lock import STOPPING, FolderLock
from marketplace.embedded.market import Market, make_env, sign_in_line
from marketplace.embedded.processes import follows_make
from marketplace.embedded.says import (
    STARTED_KEY,
    AskedToStop,
    StartError,
    elapsed,
    say,
    use_utf8,
    write,
)
from marketplace.embedded.servers import clean_up, start_servers
from marketplace.embedded.supervisor import Supervisor

PREPARE_SECONDS = 3600.0
READY_SECONDS = 90.0


def main(environ: Mapping[str, str] = os.environ) -> int:
    """Runs until asked to stop. Returns 0 after an orderly stop, 1 with one sentence otherwise."""
    use_utf8()
    os.environ[STARTED_KEY] = str(time.monotonic())
    os.umask(0o022)
    try:
        port = read_port(environ)
        require_demo(environ)
        folder = open_folder(locate(environ))
        lock = FolderLock(folder.path / "launcher.lock", port=port)
        lock.take()
        return run(environ, folder, lock)
    except StartError as error:
        write_error(str(error))
    except KeyboardInterrupt:  # before anything was started
        write_error("Đã dừng / stopped")
    return 1


def run(environ: Mapping[str, str], folder: Folder, lock: FolderLock) -> int:
    supervisor = Supervisor(folder)
    follows_make()
    code = 0
    try:
        clean_up(folder)
        require_port(lock.port)
        market = start(supervisor, environ, lock.port)
        announce(market)
        supervisor.tend()
    except AskedToStop:
        say("Đang dừng", "stopping")
    except StartError as error:
        write_error(str(error))
        code = 1
    finally:
        lock.write(STOPPING)
        supervisor.stop_all()
    if not code:
        say("Đã dừng; dữ liệu còn nguyên", f"stopped; the data stays in {folder.path}")
    return code


def start(supervisor: Supervisor, environ: Mapping[str, str], port: int) -> Market:
    """Brings everything up in order; afterwards the market answers at its address."""
    folder = supervisor.folder
    known = read_secrets(folder)
    ports = choose_ports(folder, (postgres.NAME, valkey.NAME, parts.SIMULATORS))
    servers = start_servers(supervisor, environ, known, ports)
    sim = ports[parts.SIMULATORS]
    env = make_env(environ, folder=folder, ports=(port, sim), known=known, servers=servers)
    market = Market(folder, port, sim, env)
    metrics = folder.run / "prometheus"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(mode=0o700)
    say("Chuẩn bị dữ liệu chợ", "preparing the market's data")
    supervisor.run_once(market.prepare(), seconds=PREPARE_SECONDS)
    say("Mở cửa hàng và thợ phụ", "starting web, worker, beat and simulators")
    for spec in (market.simulators(), market.worker(), market.beat(), market.web()):
        supervisor.start(spec)
    for name, at, path in ((parts.SIMULATORS, sim, "/healthz"), (parts.WEB, port, "/readyz")):
        note = (f"Đang chờ {name}", f"waiting for {name}")
        ready = partial(answers, at, path)
        supervisor.wait_for(name, ready, seconds=READY_SECONDS, note=note)
    wait_for_worker(supervisor)
    return market


def read_port(environ: Mapping[str, str]) -> int:
    text = environ.get("PORT") or "8000"
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise StartError(
        f"PORT={text} không phải là số cổng từ 1 đến 65535.",
        f"PORT={text} is no port number from 1 to 65535.",
    )


def require_demo(environ: Mapping[str, str]) -> None:
    if environ.get("MODE", "demo") != "demo":
        raise StartError(
            "`manage.py demo` chỉ dành cho MODE=demo; cách chạy thật ở docs/running.md.",
            "`manage.py demo` is only for MODE=demo; docs/running.md says how to run it for real.",
        )


def require_port(port: int) -> None:
    """Looks at both loopback addresses: a browser may try either for `localhost`."""
    taken = not is_free(port)
    with contextlib.suppress(OSError), socket.create_connection(("::1", port), timeout=0.2):
        taken = True
    if taken:
        raise StartError(
            f"Cổng {port} đang bận hoặc không được phép dùng; hãy chọn cổng khác, ví dụ "
            f"`make run PORT={port + 1000 if port < 64000 else 8000}`.",
            f"Port {port} is taken or not allowed; choose another, for example "
            f"`make run PORT={port + 1000 if port < 64000 else 8000}`.",
        )


def answers(port: int, path: str) -> bool:
    """One bare request: http.client would load the whole of TLS into the launcher."""
    request = f"GET {path} HTTP/1.0\r\nHost: localhost:{port}\r\n\r\n".encode()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(request)
            return b" 200 " in line.recv(64).split(b"\r\n")[0]
    except OSError:
        return False


def wait_for_worker(supervisor: Supervisor) -> None:
    """The worker says so in its log; if it doesn't, the market opens all the same."""
    worker = supervisor.children[parts.WORKER]
    until = time.monotonic() + 10
    while worker.exit_code is None and time.monotonic() < until:
        if " ready." in supervisor.said(parts.WORKER):
            return
        supervisor.pause(0.1)


def announce(market: Market) -> None:
    line = f"Chợ đã mở · the market is open: http://localhost:{market.port}"
    shopee = f"Shopee giả lập · simulated Shopee: http://localhost:{market.simulators_port}"
    signs = sign_in_line(market.folder)
    write(f"[{elapsed():5.1f} s] " + " · ".join(filter(None, (line, signs, shopee))))


def write_error(sentence: str) -> None:
    with contextlib.suppress(OSError):
        sys.stderr.write(sentence + "\n")
