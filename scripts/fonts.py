"""Cuts the shipped fonts down to Latin and Vietnamese: fonts.py <folder of Noto TTFs> <out>.

Needs fonttools' `pyftsubset` on the PATH (from any throw-away environment); the market does not.
"""

import subprocess
import sys
from pathlib import Path

FACES = ("NotoSerif-Bold.ttf", "NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
UNICODES = (
    "U+0020-007E,U+00A0-017F,U+01A0,U+01A1,U+01AF,U+01B0,U+0300-0303,U+0306,U+0309,U+031B,U+0323,"
    "U+1EA0-1EF9,U+2010-2015,U+2018-201E,U+2022,U+2026,U+2030,U+20AB,U+20AC,U+2122,U+2153,"
    "U+2154,U+2212,U+2248,U+2264,U+2265"
)
FEATURES = "kern,mark,mkmk,ccmp,locl,liga,tnum,lnum"


def subset(*, source: Path, out: Path) -> int:
    """Write one subset without hinting; returns its size in bytes."""
    subprocess.run(
        [
            "pyftsubset",
            str(source),
            f"--output-file={out}",
            f"--unicodes={UNICODES}",
            f"--layout-features={FEATURES}",
            "--no-hinting",
            "--desubroutinize",
            "--name-IDs=0,1,2,3,4,5,6,13,14",
        ],
        check=True,
    )
    return out.stat().st_size


def main() -> None:
    """Subset every face into the second folder."""
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    for face in FACES:
        size = subset(source=source / face, out=out / face)
        sys.stdout.write(f"{face}: {size // 1024} KB\n")


if __name__ == "__main__":
    main()
