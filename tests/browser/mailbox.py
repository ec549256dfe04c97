"""What arrived at /dev/mailbox/, read as its owner would."""

import re

from tests.browser.person import Person

_CODE = re.compile(r"\b([0-9]{6})\b")
PATIENCE_MS, LOOK_MS = 20_000, 300


def letter(person: Person, to: str, having: str) -> str:
    """The newest message to this phone or address that holds these words; in a window of its own,
    so that the person stays where they are."""
    window = person.page.context.new_page()
    try:
        for _ in range(PATIENCE_MS // LOOK_MS):
            window.goto(f"/dev/mailbox/?to={to.replace('+', '%2B')}")
            found = window.locator("a.mail").filter(has_text=re.compile(having))
            if found.count():
                found.first.click()
                return window.locator(".letter").inner_text()
            window.wait_for_timeout(LOOK_MS)
        told = window.locator("main").inner_text()
        raise AssertionError(f"no message to {to} with {having!r}: {told}")
    finally:
        window.close()


def code(person: Person, to: str) -> str:
    """The six digits of the newest code."""
    found = _CODE.search(letter(person, to, r"[0-9]{6}"))
    assert found is not None
    return found.group(1)
