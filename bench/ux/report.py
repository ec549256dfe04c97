"""The tables: printed, and written as ux.md and ux.json. Over a budget ends with 1."""

import json
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.report import machine
from bench.ux.budgets import (
    ALL_SCRIPTS_KB,
    BUDGETS,
    FIRST_FLIGHT,
    LOOKS,
    MEASURES,
    NETWORK,
    SCORES,
    Measure,
)

SECONDS = {"fcp_s": "fcp", "lcp_s": "lcp"}
TABLES = (
    ("Lighthouse, mobile, Vietnamese", SCORES),
    ("Slow network and bytes", NETWORK),
    ("Looks: what is wrong, counted", LOOKS),
)
EXPLAINED = (
    "Bold is over the budget, which then stands in brackets. Public pages come from the page "
    "cache, as in production; cart, checkout and the followed order are a guest's own.",
    "",
    "Slow: 400 kbit/s, 400 ms for each request, processor ÷ 4, first view with an empty cache; "
    "the trips of a TLS handshake come on top of it (here there is none). Usable: painted, and the "
    "scripts have run. Second page: from the page before, with what that one left in the cache. "
    "Bytes as a phone of 360 × 740 at double density asks for them, KB = 1,000 bytes on the wire; "
    "pictures include those further down that the browser loads in advance.",
    "",
    "axe: WCAG 2.0 to 2.2, A and AA, at 360 × 740. At 200 %: a window of 1280 × 900 zoomed; "
    "counted are sideways scrolling and words cut off. Both in Vietnamese and English.",
)
Figures = dict[str, dict[str, float]]


def write(told: dict[str, Any], folder: Path) -> int:
    """Both files, and the table to the terminal; 1 when a page is over its budget."""
    figures = {name: figures_of(found) for name, found in told["pages"].items()}
    over = list(over_budget(figures, told))
    text = "\n".join(lines(told, figures, over)) + "\n"
    (folder / "ux.md").write_text(text, encoding="utf-8")
    kept = {"machine": machine(), "figures": figures, "over": over, **told}
    plain = json.dumps(kept, ensure_ascii=False, indent=1)
    (folder / "ux.json").write_text(plain + "\n", encoding="utf-8")
    sys.stdout.write("\n" + text)
    return 1 if over else 0


def figures_of(found: dict[str, Any]) -> dict[str, float]:
    """A page's value for each measure: medians of the runs, sums of the bytes."""
    scores = [run["scores"] for run in found["runs"]]
    median = {key: statistics.median(one[key] for one in scores) for key in scores[0]}
    figures = {one.key: median[one.key] for one in SCORES if one.key in median}
    figures |= {key: median[name] / 1000 for key, name in SECONDS.items()}
    figures["tbt_ms"] = median["tbt"]
    slow, view = found["slow"], found["view"]
    figures["slow_paint_s"] = slow["first"]["paint"] / 1000
    figures["slow_usable_s"] = slow["first"]["usable"] / 1000
    figures["slow_second_s"] = slow["second"]["paint"] / 1000
    figures["html_css_kb"] = kilobytes(view, "Document", "Stylesheet")
    figures["js_kb"] = kilobytes(view, "Script")
    figures["pictures_kb"] = kilobytes(view, "Image")
    figures["requests"] = len(view)
    figures["fonts"] = sum(one["type"] == "Font" for one in view)
    figures["third_party"] = sum(not one["url"].startswith("/") for one in view)
    return figures | {one.key: len(found["seen"][one.key]) for one in LOOKS}


def kilobytes(view: list[dict[str, Any]], *kinds: str) -> float:
    return float(sum(one["bytes"] for one in view if one["type"] in kinds) / 1000)


def over_budget(figures: Figures, told: dict[str, Any]) -> Iterator[str]:
    for name, values in figures.items():
        for one in MEASURES:
            limit = BUDGETS[name].get(one.key)
            if limit is not None and one.is_over(values[one.key], limit):
                yield f"{name}: {one.title} {one.told(values[one.key])} ({sign(one)} {limit:g})"
    if told["all_scripts_kb"] > ALL_SCRIPTS_KB:
        yield f"all scripts together: {told['all_scripts_kb']:.1f} KB (≤ {ALL_SCRIPTS_KB})"


def sign(measure: Measure) -> str:
    return "≥" if measure.at_least else "≤"


def lines(told: dict[str, Any], figures: Figures, over: list[str]) -> list[str]:
    about, load = machine(), ", ".join(map(str, told["load"]))
    found = [
        "# Measured by `make ux`",
        "",
        f"{about['when']}; {about['cores']} cores ({about['cpu']}); 390 products; Lighthouse 13, "
        f"median of {told['runs']}; load average of the machine before and after (1 and 5 min): "
        f"{load}; took {told['took']} s. On a loaded machine performance and times are worse.",
        "",
    ]
    for title, measures in TABLES:
        found += [f"## {title}", "", *table(measures, figures), ""]
    found += [*EXPLAINED, "", *first_screens(told)]
    found += [f"All scripts of the shop together: {told['all_scripts_kb']:.1f} KB.", ""]
    found += ["## Over the budget", "", *([f"- {one}" for one in over] or ["Nothing."]), ""]
    return [*found, *details(told)]


def table(measures: tuple[Measure, ...], figures: Figures) -> Iterator[str]:
    yield "| page | " + " | ".join(one.title for one in measures) + " |"
    yield "|---|" + "---:|" * len(measures)
    for name, values in figures.items():
        cells = (cell(one, values[one.key], BUDGETS[name].get(one.key)) for one in measures)
        yield f"| {name} | " + " | ".join(cells) + " |"


def cell(measure: Measure, value: float, limit: float | None) -> str:
    """A page that search engines are told to leave has no SEO score."""
    if limit is None and measure.key == "seo":
        return "–"
    if limit is None or not measure.is_over(value, limit):
        return measure.told(value)
    return f"**{measure.told(value)}** ({sign(measure)} {limit:g})"


def first_screens(told: dict[str, Any]) -> Iterator[str]:
    """The goal for lists: what the server sends at once paints the first screen."""
    for name, found in told["pages"].items():
        if first := found["first"]:
            needed = first["head"] + first["css"] + first["html"]
            verdict = "met" if needed <= FIRST_FLIGHT else "not met"
            yield (
                f"- {name}: the first screen needs {needed:,} bytes (CSS {first['css']:,}, "
                f"{first['html']:,} of {first['whole']:,} of HTML, head {first['head']:,}); goal "
                f"{FIRST_FLIGHT:,}: {verdict}"
            )
    yield ""


def details(told: dict[str, Any]) -> Iterator[str]:
    """What the counts stand for."""
    for name, found in told["pages"].items():
        missed = {said for run in found["runs"] for said in run["missed"]}
        seen = {f"{key}: {said}" for key, list_ in found["seen"].items() for said in list_}
        wanted = "seo" in BUDGETS[name]
        shown = sorted(one for one in missed | seen if wanted or not one.startswith("seo:"))
        if shown:
            yield from (f"### {name}", "", *(f"- `{one}`" for one in shown), "")
