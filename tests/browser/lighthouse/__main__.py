"""Measure one page of each main kind with Lighthouse on a phone and a desktop, and write docs/quality.md.

`make lighthouse` installs and runs it; `make lighthouse RUNS=1` is a quick pass. Build site/ first.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.browser import chromium, host

TRIES = 3

PROGRAM = Path(sys.prefix) / "node-lighthouse" / "node_modules" / ".bin" / "lighthouse"
#: One page of each main kind, usually the heaviest.
PAGES = {
    "home": "",
    "list of occupations": "occupations/",
    "list of offers": "offers/",
    "occupation": "occupations/registered-nurses/",
    "occupation in brief": "occupations/phlebotomists/",
    "school": "schools/san-marcos-high-school/",
    "sector": "sectors/health-science-medical-technology/",
    "pathway": "pathways/patient-care/",
    "colleges for a pathway": "pathways/patient-care/colleges/",
    "employer": "employers/cordillera-medical-center/",
    "institution": "institutions/california-state-university-san-marcos/",
    "activity": "activities/internship/",
    "skill": "skills/dependability/",
    "comparison": "compare/",
    "interests": "match/",
    "plan": "plan/",
    "search": "search/",
    "prose": "about/cte/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
DEVICES = {"phone": [], "desktop": ["--preset=desktop"]}
#: On this device the simulated processor is slow, so a single run says little about performance.
SLOW = "phone"


class Result(NamedTuple):
    """Lighthouse's results for a page on a device: medians of scores, layout shift and bytes sent, and points lost."""

    scores: dict[str, int]
    shift: float
    kilobytes: float
    lost: set[str]


def report(address: str, browser: str, options: list[str]) -> dict[str, Any]:
    """Run Lighthouse on an address, again if the browser fails to start on a busy machine."""
    command = [str(PROGRAM), address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}", *options]
    environment = {**os.environ, "CHROME_PATH": browser}
    for _ in range(TRIES):
        with TemporaryDirectory(prefix="lighthouse-", ignore_cleanup_errors=True) as profile:
            flags = f"--chrome-flags={' '.join([*chromium.ARGUMENTS, f'--user-data-dir={profile}'])}"
            done = subprocess.run([*command, flags], capture_output=True, text=True, check=False, env=environment)
        if done.returncode == 0:
            found: dict[str, Any] = json.loads(done.stdout)
            return found
    sys.exit(f"{address}: {done.stderr.strip()[-1000:]}")


def lost(one: dict[str, Any]) -> set[str]:
    """Return the audits that cost points, except in performance, where audits only advise."""
    names = {
        reference["id"]
        for category in CATEGORIES[1:]
        for reference in one["categories"][category]["auditRefs"]
        if reference["weight"]
    }
    return {name for name in names if one["audits"][name]["score"] not in (1, None)}


def measure(address: str, browser: str, options: list[str], runs: int) -> Result:
    """Run Lighthouse several times and return medians."""
    reports = [report(address, browser, options) for _ in range(runs)]
    scores = {
        category: round(100 * statistics.median(one["categories"][category]["score"] for one in reports))
        for category in CATEGORIES
    }

    def median(audit: str) -> float:
        return statistics.median(one["audits"][audit]["numericValue"] for one in reports)

    return Result(
        scores,
        median("cumulative-layout-shift"),
        median("total-byte-weight") / 1000,
        set().union(*(lost(one) for one in reports)),
    )


def version(*command: str) -> str:
    """Return a program's version."""
    done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def document(results: dict[str, dict[str, Result]], runs: int, browser: str) -> str:
    """Return the table with everything needed to reproduce it."""
    rows = [
        f"| {kind} | {device} | {' | '.join(str(result.scores[one]) for one in CATEGORIES)}"
        f" | {result.shift:.3f} | {result.kilobytes:.1f} | {', '.join(sorted(result.lost)) or '-'} |"
        for kind, by_device in results.items()
        for device, result in by_device.items()
    ]
    times = "one run per page" if runs == 1 else f"the median of {runs} runs per page on a phone, one run on a desktop"
    today = datetime.now(UTC).date().isoformat()
    heads = (
        "Page",
        "Device",
        "Performance",
        "Accessibility",
        "Best practices",
        "SEO",
        "Shift",
        "kB sent",
        "Points lost to",
    )
    return f"""# Measured with Lighthouse

Written by `make lighthouse RUNS={runs}` on {today}: {times}, on a computer
with {os.cpu_count()} processors, with the built site on a local port with gzip. Lighthouse simulates a phone with a
slow processor and network. Performance depends on what else the computer is doing; the other figures don't.

Lighthouse {version(str(PROGRAM))}, {version(browser)}, Node.js {version("node")}.

| {" | ".join(heads)} |
|{" --- |" * len(heads)}
{chr(10).join(rows)}
"""


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("--site-dir", type=Path, default=Path("site"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--output", type=Path, default=Path("docs/quality.md"))
    options = parser.parse_args()
    browser = chromium.install(os.environ)
    results: dict[str, dict[str, Result]] = {}
    with host.compressed(options.site_dir) as address:
        for kind, page in PAGES.items():
            for device, settings in DEVICES.items():
                result = measure(address + page, browser, settings, options.runs if device == SLOW else 1)
                results.setdefault(kind, {})[device] = result
                print(kind, device, result, flush=True)  # noqa: T201 - a command
    options.output.write_text(document(results, options.runs, browser), encoding="utf-8")


if __name__ == "__main__":
    main()
