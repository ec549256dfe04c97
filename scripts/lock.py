"""Turns requirements*.in into requirements*.txt: versions and hashes, the same anywhere."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    for name in ("requirements", "requirements-dev"):
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--no-header"]
        command += ["--python-version=3.11", f"{name}.in", "-o", f"{name}.txt", *sys.argv[1:]]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
        path = ROOT / f"{name}.txt"
        text = path.read_text(encoding="utf-8")
        if re.search(r"https?://|file://", text):
            sys.stderr.write(f"{path.name} names an index or a file\n")
            return 1
        path.write_text(f"# Made by `make lock` from {name}.in.\n{text}", encoding="utf-8")
        sys.stdout.write(f"{path.name}: {text.count('==')} packages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
