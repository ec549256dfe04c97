"""Runs pytest with PostgreSQL and Valkey of its own: `python -m scripts.test [--browser] -- ARGS`.

`DATABASE_URL` and `REDIS_URL`, when set, are used instead of starting servers. The servers start
once for all workers and stop at the end, on Ctrl-C too.
"""

import os
import subprocess
import sys

from marketplace.embedded.says import AskedToStop, StartError, use_utf8
from marketplace.embedded.supervisor import Supervisor
from marketplace.embedded.testing import servers_for_tests
from scripts.browser import BROWSER_KEY, NoBrowser, bring_browser

BROWSER = "--browser"


def main(arguments: list[str]) -> int:
    use_utf8()
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    own, for_pytest = arguments[:cut], arguments[cut + 1 :]
    env = dict(os.environ)
    try:
        if BROWSER in own:
            env[BROWSER_KEY] = str(bring_browser())
        compile_messages()
        with servers_for_tests(os.environ) as (supervisor, urls):
            return run_pytest(supervisor, for_pytest, env | urls)
    except (StartError, NoBrowser) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except AskedToStop:
        return 130


def compile_messages() -> None:
    """Tests see the translations, in a fresh clone as in an old one."""
    subprocess.run([sys.executable, "scripts/messages.py", "compile"], check=True)


def run_pytest(supervisor: Supervisor, arguments: list[str], env: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    with subprocess.Popen(command, env=env) as pytest:
        while pytest.poll() is None:
            try:
                supervisor.pause(0.2)
            except AskedToStop:
                pytest.terminate()
                pytest.wait()
                raise
    return pytest.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
