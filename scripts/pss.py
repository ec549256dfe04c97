"""Prints the memory of a process and all below it, as sums of PSS: `python scripts/pss.py PID`."""

import sys
from pathlib import Path


def parents() -> dict[int, int]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            found[int(folder.name)] = int(fields[1])
    return found


def tree(top: int) -> list[int]:
    """The process and everything below it, in the order of a walk."""
    above = parents()
    found, waiting = [], [top]
    while waiting:
        pid = waiting.pop(0)
        found.append(pid)
        waiting += sorted(child for child, parent in above.items() if parent == pid)
    return found


def pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def command(pid: int) -> str:
    try:
        text = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    except OSError:
        return "(gone)"
    return text.decode(errors="replace").strip()[:90]


def main() -> int:
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.stderr.write("usage: python scripts/pss.py PID\n")
        return 2
    total = 0
    for pid in tree(int(sys.argv[1])):
        size = pss_kb(pid)
        total += size
        sys.stdout.write(f"{size / 1024:8.1f} MB  {pid:>7}  {command(pid)}\n")
    sys.stdout.write(f"{total / 1024:8.1f} MB  in all\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
