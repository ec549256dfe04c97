"""Refuses Python files of more than 400 lines (ruff has no such rule)."""

import subprocess
import sys
from pathlib import Path

MOST = 400


def main() -> int:
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"]
    names = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()
    paths = [Path(name) for name in names if "/migrations/" not in name and Path(name).exists()]
    sizes = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)
    for path in paths:
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST:
            sys.stdout.write(f"{path}: {lines} lines, {MOST} are allowed\n")
    sys.stdout.write(f"{len(sizes)} files, median {sizes[len(sizes) // 2]} lines\n")
    return int(sizes[-1] > MOST)


if __name__ == "__main__":
    sys.exit(main())
