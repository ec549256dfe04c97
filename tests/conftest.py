"""What holds for every test."""

from collections.abc import Iterator

import pytest
from django.urls import set_script_prefix
from django.utils import translation


@pytest.fixture(autouse=True)
def _no_language_is_left() -> Iterator[None]:
    """A page that a test asks for turns on its language, and its prefix for `reverse`: neither
    reaches the next test of this process."""
    yield
    translation.deactivate()
    set_script_prefix("/")
