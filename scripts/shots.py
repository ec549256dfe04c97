"""Pictures of pages, phone and desktop, to be looked at by people.

    python scripts/shots.py http://localhost:8000 /tmp/shots / /tim?q=tieu …

Without paths: the shop's main pages. Each path is taken in Vietnamese and English at 360 and
1280 px (`--dark` too), and sideways scrolling or a script's error is told.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.browser import find_browser

PATHS = ("/", "/tim?q=hat+dieu", "/gian-hang/", "/gio", "/don-hang/", "/quy-che/", "/khong-co")
WIDTHS = {360: 740, 1280: 900}
LOAD_ALL = """async () => {
  const all = [...document.images];
  all.forEach(image => { image.loading = "eager"; });
  await Promise.all(all.map(image => image.decode().catch(() => {})));
}"""


def take(browser: Browser, *, url: str, to: Path, width: int, dark: bool) -> list[str]:
    """One picture of the whole page; returns what looks wrong."""
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(url, wait_until="networkidle")
    page.evaluate(LOAD_ALL)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        wrong.append("scrolls sideways")
    page.screenshot(path=to, full_page=True)
    context.close()
    return wrong


def main(arguments: list[str]) -> int:
    dark = "--dark" in arguments
    rest = [one for one in arguments if not one.startswith("--")]
    if len(rest) < 2:
        sys.stdout.write(__doc__ or "")
        return 2
    root, folder, paths = rest[0], Path(rest[1]), rest[2:] or list(PATHS)
    folder.mkdir(parents=True, exist_ok=True)
    found = 0
    with sync_playwright() as play:
        path = find_browser()
        browser = play.chromium.launch(
            executable_path=str(path) if path else None, args=["--no-sandbox"]
        )
        for language, prefix in (("vi", ""), ("en", "/en")):
            for one in paths:
                name = re.sub(r"\W+", "-", one).strip("-") or "home"
                for width in WIDTHS:
                    to = folder / f"{name}-{language}-{width}{'-dark' if dark else ''}.png"
                    for what in take(
                        browser, url=f"{root}{prefix}{one}", to=to, width=width, dark=dark
                    ):
                        found += 1
                        sys.stdout.write(f"{to.name}: {what}\n")
        browser.close()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
