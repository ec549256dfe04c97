"""What `manage.py demo` says when it can't start: one sentence, nothing touched."""

import shutil
import signal
import socket

import pytest

from tests.marketplace.stand import Stand


def test_a_second_launcher_says_that_the_market_runs(opened: Stand) -> None:
    text = opened.refusal()
    assert text.count("\n") == 1
    assert f"This market already runs at http://localhost:{opened.port}" in text


def test_a_taken_port_is_one_sentence(stand: Stand) -> None:
    with socket.create_server(("127.0.0.1", stand.port)):
        text = stand.refusal()
    assert text.count("\n") == 1
    assert text.startswith(f"Cổng {stand.port} đang bận")
    assert f"Port {stand.port} is taken" in text
    assert stand.running() == []


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_a_port_that_is_none_is_one_sentence(stand: Stand, port: str) -> None:
    text = stand.refusal(PORT=port)
    assert text == (
        f"PORT={port} không phải là số cổng từ 1 đến 65535. / "
        f"PORT={port} is no port number from 1 to 65535.\n"
    )


def test_a_data_folder_that_is_a_file_is_one_sentence(stand: Stand) -> None:
    stand.data.write_text("")
    text = stand.refusal()
    assert text.count("\n") == 1
    assert f"The data folder {stand.data} can't be written" in text


@pytest.mark.parametrize(("version", "sentence"), [("12", "is of PostgreSQL 12"), ("", "is of")])
def test_data_of_another_postgresql_is_refused_untouched(
    stand: Stand, version: str, sentence: str
) -> None:
    cluster = stand.data / "postgres/data"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text(version)
    text = stand.refusal()
    assert "Traceback" not in text
    assert sentence in text
    assert [path.name for path in cluster.iterdir()] == ["PG_VERSION"]


def test_a_folder_without_a_cluster_in_it_is_refused_untouched(stand: Stand) -> None:
    (stand.data / "postgres").mkdir(parents=True)
    text = stand.refusal()
    assert "holds no readable PostgreSQL data" in text
    assert list((stand.data / "postgres").iterdir()) == []


@pytest.mark.parametrize(
    ("damage", "cause"),
    [
        ("global/pg_control", 'could not read file "global/pg_control"'),
        ("pg_wal", 'required WAL directory "pg_wal" does not exist'),
    ],
)
def test_a_cluster_with_damaged_files_is_one_sentence_and_nothing_is_made_anew(
    stand: Stand, damage: str, cause: str
) -> None:
    stand.open().send_signal(signal.SIGTERM)
    assert stand.started[0].wait(timeout=20) == 0
    cluster, control = stand.data / "postgres/data", stand.data / "postgres/data/global/pg_control"
    if damage == "pg_wal":
        shutil.rmtree(cluster / damage)
    else:
        control.write_bytes(control.read_bytes()[:100])
    left = {path.name for path in cluster.iterdir()} - {"postmaster.pid"}
    first, sentence = stand.refusal().splitlines()
    assert "starting PostgreSQL" in first
    assert sentence.startswith("Không khởi động được postgres: ")
    assert cause in sentence.partition(" / postgres could not start: ")[2]
    assert sentence.endswith(f"(see {stand.data}/logs/postgres.log).")
    assert {path.name for path in cluster.iterdir()} - {"postmaster.pid"} == left
    assert stand.running() == []


def test_production_is_not_started_by_the_demo(stand: Stand) -> None:
    assert "only for MODE=demo" in stand.refusal(MODE="production")
