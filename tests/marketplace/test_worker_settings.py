"""Celery and Valkey are set as measured (docs/reliability.md); each value was learned by loss."""

import pytest
from celery.schedules import maybe_schedule
from django.conf import settings

from core import wake
from core.tasks import MarketTask
from marketplace.celery import app
from marketplace.embedded.folders import Folder
from marketplace.embedded.valkey import Valkey

AS_MEASURED = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_time_limit": 240,
    "task_soft_time_limit": 210,
    "worker_soft_shutdown_timeout": 20,
    "accept_content": ["json"],
    "task_serializer": "json",
}


@pytest.mark.parametrize(("name", "value"), AS_MEASURED.items())
def test_the_worker_has_the_measured_value(name: str, value: object) -> None:
    assert app.conf[name] == value


def test_the_visibility_timeout_is_said_in_all_three_places_and_outlives_every_task() -> None:
    places = (
        app.conf.broker_transport_options,
        app.conf.result_backend_transport_options,
        app.conf,
    )
    assert [place["visibility_timeout"] for place in places] == [600, 600, 600]
    assert app.conf.task_time_limit < 600
    assert MarketTask.default_retry_delay < 600


def test_a_killed_workers_tasks_are_looked_for_every_ten_seconds() -> None:
    options = app.conf.broker_transport_options
    assert options["unacked_restore_interval"] == 10
    assert options["unacked_restore_throttle"] == 1
    assert options["socket_timeout"] == 5


def test_publishing_never_holds_a_request_up_for_long() -> None:
    policy = settings.CELERY["task_publish_retry_policy"]
    pauses = [
        min(policy["interval_start"] + n * policy["interval_step"], policy["interval_max"])
        for n in range(policy["max_retries"])
    ]
    assert sum(pauses) <= 2.0
    tries = 1 + wake.ONCE_MORE["max_retries"]
    assert tries * sum(wake.PATIENCE.values()) <= 2.0


def test_nothing_on_the_beat_waits_beyond_a_day() -> None:
    """What must happen later stands in a table that the beat reads, never in an ETA."""
    for entry in app.conf.beat_schedule.values():
        assert maybe_schedule(entry["schedule"]).run_every.total_seconds() <= 86_400
        assert not {"eta", "countdown"} & set(entry.get("options", {}))


def test_valkey_refuses_instead_of_forgetting(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("valkey")
    Valkey(Folder(path, user=None), path / "valkey-server", "secret", 1).server()
    written = (path / "valkey" / "valkey.conf").read_text().splitlines()
    for line in ("maxmemory-policy noeviction", "appendonly yes", "appendfsync everysec"):
        assert line in written
