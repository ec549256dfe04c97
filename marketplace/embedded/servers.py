"""Brings PostgreSQL and Valkey up in a data folder, and clears what a killed run left there."""

from collections.abc import Mapping

from marketplace.embedded import market, postgres, valkey
from marketplace.embedded.folders import Binaries, Folder, find_binaries, require_reachable
from marketplace.embedded.postgres import Postgres
from marketplace.embedded.processes import Steps, end, recorded, session_of
from marketplace.embedded.says import StartError, say
from marketplace.embedded.supervisor import Supervisor
from marketplace.embedded.valkey import Valkey

RECOVERY_SECONDS = 120.0
LEFT_BEHIND = (market.WEB, market.BEAT, market.WORKER, market.SIMULATORS, market.PREPARE)
PATIENCE: Steps = ((15, 5.0),)


def start_servers(
    supervisor: Supervisor,
    environ: Mapping[str, str],
    known: Mapping[str, str],
    ports: Mapping[str, int],
    *,
    safe: bool = True,
) -> dict[str, str]:
    """Starts those of the two servers that the environment doesn't name; returns both addresses.

    `safe` off trades the data's safety for speed: for tests only.
    """
    urls = {k: environ[k] for k in ("DATABASE_URL", "REDIS_URL") if environ.get(k)}
    if len(urls) == 2:
        return urls
    folder = supervisor.folder
    binaries = find_binaries(folder)
    major = require_reachable(folder, binaries)
    if "DATABASE_URL" not in urls:
        cluster = Postgres(folder, binaries, major, ports[postgres.NAME])
        start_postgres(supervisor, cluster, {} if safe else postgres.NO_SAFETY)
        urls["DATABASE_URL"] = cluster.url
    if "REDIS_URL" not in urls:
        password = known["valkey_password"]
        queue = Valkey(folder, binaries.valkey, password, ports[valkey.NAME], keep=safe)
        start_valkey(supervisor, queue)
        urls["REDIS_URL"] = queue.url
    return urls


def start_postgres(supervisor: Supervisor, cluster: Postgres, extra: dict[str, str]) -> None:
    """Makes the cluster if there is none, then waits until it takes connections."""
    if not cluster.is_made():
        say("Tạo cơ sở dữ liệu PostgreSQL", "making the PostgreSQL cluster")
        supervisor.run_once(cluster.initdb(), seconds=RECOVERY_SECONDS)
        supervisor.run_once(cluster.create_database(), seconds=RECOVERY_SECONDS)
        cluster.adopt()
    say("Khởi động PostgreSQL", "starting PostgreSQL")

    def clear_ground() -> None:
        clear_cluster(cluster)

    supervisor.before_restart[postgres.NAME] = clear_ground
    child = supervisor.start(cluster.server(extra))
    supervisor.wait_for(
        postgres.NAME,
        lambda: cluster.is_ready(child.process.pid),
        seconds=RECOVERY_SECONDS,
        note=("PostgreSQL đang phục hồi dữ liệu", "PostgreSQL is recovering its data"),
    )


def start_valkey(supervisor: Supervisor, queue: Valkey) -> None:
    """A queue file that can't be read is set aside: what it held is repeated from the outbox."""
    say("Khởi động Valkey", "starting Valkey")
    note = ("Valkey đang đọc dữ liệu", "Valkey is loading its data")
    supervisor.start(queue.server())
    try:
        supervisor.wait_for(valkey.NAME, queue.is_ready, seconds=60.0, note=note)
    except StartError:
        supervisor.stop_one(valkey.NAME)
        aside = queue.set_aside()
        say(
            f"Valkey không đọc được hàng đợi cũ, đã cất vào {aside}",
            "Valkey can't read its old queue, which is set aside",
        )
        supervisor.start(queue.server())
        supervisor.wait_for(valkey.NAME, queue.is_ready, seconds=60.0, note=note)


def clean_up(folder: Folder) -> None:
    """Stops what a killed launcher of this data folder left, in the order of an ordinary stop.

    Only the holder of the folder's lock may call it.
    """
    for name in (*LEFT_BEHIND, valkey.NAME):
        stop_left_behind(folder, name, market.WORKER_STOP if name == market.WORKER else PATIENCE)
    cluster = Postgres(folder, Binaries(folder.path, folder.path), "", 0)
    if cluster.leftovers():
        say("Dọn PostgreSQL của lần chạy trước", "stopping PostgreSQL, left by a killed run")
    clear_cluster(cluster)
    end(0, cluster.draft_leftovers, ())


def stop_left_behind(folder: Folder, name: str, steps: Steps) -> None:
    record = recorded(folder.run, name)
    if record and session_of(*record):
        say(f"Dọn {name} của lần chạy trước", f"stopping {name}, left by a killed run")
        end(record[0], lambda: session_of(*record), steps)
    (folder.run / f"{name}.json").unlink(missing_ok=True)


def clear_cluster(cluster: Postgres) -> None:
    """With nobody left in its folder, the pid file can only mislead the next start."""
    end(cluster.postmaster(), cluster.leftovers, postgres.STOP)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
