"""Somebody with a browser: goes, types, presses, reads; and notes what went wrong on the way."""

import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, FilePayload, Locator, Page, Response, expect

from tests.browser.english import ENGLISH
from tests.browser.shots import shoot

WAIT_MS, AGAIN_MS = 30_000, 400
# Chromium's own line for an answered error; bad answers are noted by `_answered`.
_NOISE = "Failed to load resource"


@dataclass
class Person:
    """One browser window."""

    page: Page
    has_js: bool = True
    lang: str = "vi"
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def word(self, text: str) -> str:
        """A sentence of the pages in this person's language; other words stay as they are."""
        return ENGLISH.get(text, text) if self.lang == "en" else text

    def path(self, path: str) -> str:
        """The same page in this person's language."""
        return f"/en{path}" if self.lang == "en" else path

    def go(self, path: str, *, status: int = 200) -> None:
        """Open a page in this person's language; the answer (after redirections) must have this
        status."""
        answer = self.page.goto(self.path(path))
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"

    def at(self, path: str) -> None:
        """Wait until the address is this one (a pattern from its beginning to its end), in this
        person's language."""
        here = self.path(path)
        self.page.wait_for_url(lambda url: bool(re.fullmatch(here, urlsplit(url).path)))

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def type(self, **fields: str) -> None:
        """Type into the fields with these names."""
        for name, value in fields.items():
            self.find(f'[name="{name}"]:visible').first.fill(value)

    def tick(self, name: str, value: str) -> None:
        """Tap the label around or beside a radio button or a box."""
        self.find(f'input[name="{name}"][value="{value}"]').check(force=True)

    def choose(self, name: str, value: str) -> None:
        self.find(f'select[name="{name}"]').select_option(value)

    def attach(self, selector: str, *files: FilePayload) -> None:
        self.find(selector).set_input_files(list(files))

    def press(self, selector: str) -> None:
        self.find(selector).first.click()

    def sees(self, *words: str) -> None:
        """Wait until the page's own part shows all of these."""
        for text in words:
            expect(self.find("main")).to_contain_text(self.word(text), timeout=WAIT_MS)

    def misses(self, *words: str) -> None:
        for text in words:
            expect(self.find("main")).not_to_contain_text(self.word(text))

    def until(self, words: str, *, within: str = "main", seconds: float = 30.0) -> None:
        """Load the page again and again until this part of it shows the words."""
        words, ends = self.word(words), time.monotonic() + seconds
        while words not in (told := self.find(within).inner_text()):
            assert time.monotonic() < ends, f"{words!r} didn't come: {told}"
            self.page.wait_for_timeout(AGAIN_MS)
            self.page.reload()

    def value(self, name: str) -> str:
        return self.find(f'[name="{name}"]').first.input_value()

    def shoot(self, name: str) -> None:
        """A picture of the whole page, where SHOTS says."""
        shoot(self.page, name)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and _NOISE not in message.text:
            self.troubles.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        """A bad answer is a trouble, except to a form or an address that a step expects to fail."""
        if response.status >= 400 and response.request.resource_type != "document":
            self.troubles.append(f"{response.status} {response.url}")
