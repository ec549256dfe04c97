"""`python -m bench.faults`: breaks the market on purpose, and writes down what came of it.

Runs `tests/faults` and `tests/races` one after the other, alone on the machine. Without arguments
the table goes to `bench/faults.md` too.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from bench.report import machine
from scripts.test import main as run_tests

FOLDERS = ("tests/faults", "tests/races")
TABLE = Path(__file__).with_name("faults.md")
HEAD = (
    "| fault | what was done | what came of it | passed | seconds |",
    "|---|---|---|---|---:|",
)


@dataclass(frozen=True)
class Row:
    """One test. `rule` names its line in the table of faults; races have none."""

    rule: str
    done: str
    figures: str
    passed: bool
    seconds: float

    def __str__(self) -> str:
        rule, mark = self.rule or "race", "yes" if self.passed else "**no**"
        return f"| {rule} | {self.done} | {self.figures} | {mark} | {self.seconds:.0f} |"


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.xml")
        load = os.getloadavg()[0]
        told = [f"--junitxml={results}", "-o", "junit_family=xunit1"]
        failed = run_tests(["--", *(arguments or FOLDERS), *told])
        if not results.exists():
            return failed or 1
        text = "\n".join(lines(list(rows(results)), load)) + "\n"
    sys.stdout.write("\n" + text)
    if not arguments:
        TABLE.write_text(text, encoding="utf-8")
    return failed


def rows(results: Path) -> Iterator[Row]:
    for case in ElementTree.parse(results).iter("testcase"):  # noqa: S314 (pytest wrote it for us)
        said = {one.get("name", ""): one.get("value", "") for one in case.iter("property")}
        wrong = next((one for one in case if one.tag in {"failure", "error"}), None)
        figures = said.get("figures", "")
        if wrong is not None:
            figures = wrong.get("message", "").partition("\n")[0][:120].replace("|", "/")
        name = case.get("name", "").removeprefix("test_").replace("_", " ")
        seconds = float(case.get("time", 0))
        yield Row(said.get("rule", ""), said.get("done", name), figures, wrong is None, seconds)


def lines(found: list[Row], load: float) -> list[str]:
    """Faults in the order of their numbers, then the races."""
    about = machine()
    faults = sorted((row for row in found if row.rule), key=lambda row: row.rule)
    races = [row for row in found if not row.rule]
    return [
        "# Measured by `make faults`",
        "",
        f"{about['when']}; {about['cores']} cores ({about['cpu']}), Python {about['python']}; "
        f"what else ran before the start: a load of {load:.1f}. Each test ends with the books "
        "in order (`manage.py check_books`). What carries each fault: `docs/reliability.md`.",
        "",
        *HEAD,
        *(str(row) for row in (*faults, *races)),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
