"""The verdict of `make ux`: a page over its budget fails, and only that."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.ux import report
from bench.ux.budgets import LOOKS


def found(*, performance: int = 100, tbt: float = 0, axe: tuple[str, ...] = ()) -> dict[str, Any]:
    scores = {"performance": performance, "accessibility": 100, "best-practices": 100, "seo": 63}
    times = {"fcp": 900.0, "lcp": 1000.0, "tbt": tbt, "cls": 0.0, "si": 900.0}
    seen: dict[str, list[str]] = {one.key: [] for one in LOOKS}
    return {
        "path": "/gio",
        "view": [
            {"url": "/gio", "type": "Document", "bytes": 9_000},
            {"url": "/static/a.css", "type": "Stylesheet", "bytes": 6_000},
            {"url": "/static/a.js", "type": "Script", "bytes": 5_000},
        ],
        "slow": {
            "first": {"paint": 1500, "largest": 1600, "usable": 1700},
            "second": {"paint": 500, "largest": 600, "usable": 700},
        },
        "seen": seen | {"axe_en": list(axe)},
        "first": None,
        "runs": [{"scores": scores | times, "missed": []}] * 3,
    }


def told(page: dict[str, Any], *, scripts: float = 9.0) -> dict[str, Any]:
    return {
        "pages": {"cart": page},
        "all_scripts_kb": scripts,
        "runs": 3,
        "load": [0.1, 0.2, 0.3, 0.4],
        "took": 60,
    }


def test_a_page_inside_its_budget_passes_and_both_files_are_written(tmp_path: Path) -> None:
    assert report.write(told(found()), tmp_path) == 0
    kept = json.loads((tmp_path / "ux.json").read_text(encoding="utf-8"))
    assert kept["over"] == []
    assert kept["figures"]["cart"]["html_css_kb"] == 15.0
    text = (tmp_path / "ux.md").read_text(encoding="utf-8")
    assert "| cart | 100 | 100 | 100 | – | 0.90 | 1.00 | 0 | 0.000 |" in text


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (found(performance=96), "cart: performance 96 (≥ 97)"),
        (found(tbt=51), "cart: TBT ms 51 (≤ 50)"),
        (found(axe=("label: <input>",)), "cart: axe, English 1 (≤ 0)"),
    ],
)
def test_a_page_over_its_budget_fails_and_is_named(
    tmp_path: Path, page: dict[str, Any], said: str
) -> None:
    assert report.write(told(page), tmp_path) == 1
    text = (tmp_path / "ux.md").read_text(encoding="utf-8")
    assert f"- {said}" in text
    assert "**" in text


def test_all_scripts_together_have_a_budget_too(tmp_path: Path) -> None:
    assert report.write(told(found(), scripts=20.1), tmp_path) == 1
