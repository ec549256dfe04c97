"""Pictures of pages for people to look at: SHOTS=/tmp/walk keeps them, otherwise none are made."""

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = os.environ.get("SHOTS", "")


def shoot(page: Page, name: str) -> None:
    """The whole page as a PNG."""
    if FOLDER:
        page.screenshot(path=Path(FOLDER) / f"{name}.png", full_page=True)
