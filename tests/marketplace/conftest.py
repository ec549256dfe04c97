"""The launcher's stand."""

from collections.abc import Iterator

import pytest

from tests.marketplace.stand import Stand, temporary_stand


@pytest.fixture
def stand() -> Iterator[Stand]:
    with temporary_stand() as stand:
        yield stand


@pytest.fixture(scope="module")
def opened() -> Iterator[Stand]:
    """One that runs; for tests that only look at it."""
    with temporary_stand() as stand:
        stand.open()
        yield stand
