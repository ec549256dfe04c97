"""Brings what measures: node where the machine's is too old, Lighthouse, axe and puppeteer.

All of it into `.cache/ux`, pinned by the lock file beside this module; the measuring scripts are
copied there too, so that they find it.
"""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from marketplace.embedded.says import say
from scripts.browser import APT

HERE = Path(__file__).parent
PLACE = HERE.parent.parent / ".cache" / "ux"
LEAST = (22, 19)  # what Lighthouse 13 asks for
INSTALL = ("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")


class NoTool(Exception):
    """Something is missing here and couldn't be brought."""


def bring_tools() -> Path:
    """The node to run `measure.mjs` in PLACE with. Raises NoTool."""
    PLACE.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_bytes()
    mark, wanted = PLACE / "installed", hashlib.sha256(lock).hexdigest()
    if not mark.exists() or mark.read_text(encoding="ascii") != wanted:
        mark.unlink(missing_ok=True)
        install()
        mark.write_text(wanted, encoding="ascii")
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, PLACE)
    for node in (shutil.which("node"), PLACE / "node_modules" / "node" / "bin" / "node"):
        if node and is_new_enough(Path(node)):
            return Path(node)
    raise NoTool(f"no node >= {'.'.join(map(str, LEAST))}, and the package didn't bring one")


def install() -> None:
    say("Tải công cụ đo trang", "bringing Lighthouse, axe and puppeteer")
    if not shutil.which("npm"):
        by_apt()
    if not shutil.which("npm"):
        raise NoTool("npm is needed to bring Lighthouse and axe: install nodejs and npm")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, PLACE)
    own = shutil.which("node")
    enough = ("--omit=dev",) if own and is_new_enough(Path(own)) else ()
    env = os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}
    done = subprocess.run([*INSTALL, *enough], cwd=PLACE, env=env, check=False)
    if done.returncode:
        raise NoTool("npm couldn't install what bench/ux/package-lock.json names")


def by_apt() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        command = [*APT, "install", "-y", "--no-install-recommends", "nodejs", "npm"]
        subprocess.run(command, env=env, check=False)


def is_new_enough(node: Path) -> bool:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    major, minor, *_ = said.stdout.strip().lstrip("v").split(".")
    return (int(major), int(minor)) >= LEAST


def measure(node: Path, job: dict[str, Any]) -> dict[str, Any]:
    """What `measure.mjs` finds for this job; its progress goes to the terminal."""
    file = PLACE / "job.json"
    file.write_text(json.dumps(job), encoding="utf-8")
    done = subprocess.run(
        [node, "measure.mjs", file.name], cwd=PLACE, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise NoTool("the measuring ended early; what went wrong stands above")
    told: dict[str, Any] = json.loads(done.stdout)
    return told
