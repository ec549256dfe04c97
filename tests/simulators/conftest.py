from collections.abc import Iterator
from pathlib import Path

import pytest

from simulators.testing import running_simulator
from tests.simulators.calling import Partner


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    with running_simulator(tmp_path) as url:
        yield url


@pytest.fixture
def partner(base: str) -> Partner:
    """A registered app whose seller has consented."""
    return Partner(base).connect()
