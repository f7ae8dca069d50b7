"""Lighthouse over a front, a story and a topic of the demonstration paper; the median of three runs each.

Starts the paper itself on a free port, from the data that `make demo` made (or makes it first). Exit code 1 when a
page stays under a bar. `--site URL` measures a paper that runs already.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tooling.debian import find_program
from tooling.processes import stop_in_order_when_terminated
from tooling.running_paper import running_paper

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = ROOT / "node_modules/.bin/lighthouse"
BARS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
ATTEMPTS = 3
RUNS = 3  # Lighthouse's own advice: the median of several, for performance varies with the machine's load
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
_TIMEOUT_SECONDS = 180
_STORY_LINK = re.compile(r'href="(/\d{4}/\d{2}/\d{2}/[^"/]+/)"')
_TOPIC_LINK = re.compile(r'href="(/topic/[^"/]+/)"')

Scores = dict[str, float]


class LighthouseError(Exception):
    """A page could not be measured, or the paper shows no story to measure."""


def main() -> int:
    """Measure the pages and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", help="address of a running paper, e.g. http://127.0.0.1:8000")
    parser.add_argument("--desktop", action="store_true", help="measure as a desktop, not as a phone")
    parser.add_argument("--runs", type=int, default=RUNS)
    arguments = parser.parse_args()
    stop_in_order_when_terminated()
    if arguments.site:
        return _measure(arguments.site.rstrip("/"), runs=arguments.runs, desktop=arguments.desktop)
    with running_paper() as site:
        return _measure(site, runs=arguments.runs, desktop=arguments.desktop)


def _measure(site: str, *, runs: int, desktop: bool) -> int:
    story = _first_link(site, "/", _STORY_LINK)
    pages = {"front": "/", "story": story, "topic": _first_link(site, story, _TOPIC_LINK)}
    print(f"{'page':<8}{''.join(f'{category:>16}' for category in BARS)}  (bars: {', '.join(map(str, BARS.values()))})")
    good = True
    for name, path in pages.items():
        scores = _median([_run_lighthouse(f"{site}{path}", desktop=desktop) for _ in range(runs)])
        print(f"{name:<8}{''.join(f'{scores[category]:>16.0f}' for category in BARS)}  {path}", flush=True)
        good = good and all(scores[category] >= bar for category, bar in BARS.items())
    return 0 if good else 1


def _first_link(site: str, path: str, pattern: re.Pattern[str]) -> str:
    with urlopen(f"{site}{path}", timeout=_TIMEOUT_SECONDS) as response:
        found = pattern.search(response.read().decode())
    if found is None:
        raise LighthouseError(f"{site}{path} has no link like {pattern.pattern}")
    return found[1]


def _run_lighthouse(url: str, *, desktop: bool) -> Scores:
    """Return the scores of one run, 0 to 100, by category; print what cost a page its full score."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-lighthouse-") as folder:
        report_path = Path(folder) / "report.json"
        command = [str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--output-path={report_path}"]
        command += [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(BARS)}"]
        if desktop:
            command.append("--preset=desktop")
        _run_until_it_measured(command)
        report = json.loads(report_path.read_text(encoding="utf-8"))
    scores = {category: report["categories"][category]["score"] * 100 for category in BARS}
    for category, bar in BARS.items():
        if scores[category] < bar:
            print(f"  {category} {scores[category]:.0f}: {'; '.join(_lost_points(report, category))}", file=sys.stderr)
    return scores


def _run_until_it_measured(command: list[str]) -> None:
    """Run Lighthouse, again when Chromium lost its trace, which happens on a busy machine."""
    environment = {**os.environ, "CHROME_PATH": str(find_program("chromium"))}
    for attempts_left in reversed(range(ATTEMPTS)):
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False
        )
        if result.returncode == 0:
            return
        print(f"  {result.stderr.strip()}", file=sys.stderr)
        if not attempts_left:
            raise LighthouseError(f"Lighthouse did not measure {command[1]} in {ATTEMPTS} attempts.")


def _lost_points(report: dict[str, Any], category: str) -> list[str]:
    audits = [reference["id"] for reference in report["categories"][category]["auditRefs"] if reference["weight"]]
    results = [report["audits"][audit] for audit in audits]
    lost = [result for result in results if result["score"] is not None and result["score"] < 1]
    return [f"{result['title']} {result.get('displayValue', '')}".strip() for result in lost]


def _median(runs: list[Scores]) -> Scores:
    return {category: statistics.median(run[category] for run in runs) for category in BARS}


if __name__ == "__main__":
    sys.exit(main())
