"""Measures pages with Lighthouse: `python -m tests.site.lighthouse` serves the catalogue and prints a table."""

import json
import shutil
import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.server_process import run_server
from tests.site.tools import BUILD, run_tool

PAGES = ("/", "/exercises/open-book", "/routines/desk-break-3-min-chair")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
CHROMIUM_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def measure_page(address: str, categories: Iterable[str] = CATEGORIES) -> dict[str, int]:
    """Return the scores of a page on a simulated phone with a slow network, 0 to 100, by category."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    report = BUILD / "lighthouse.json"
    run_tool(
        "lighthouse",
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags={CHROMIUM_FLAGS}",
        CHROME_PATH=chromium,
    )
    found = json.loads(report.read_text())["categories"]
    return {name: round(100 * found[name]["score"]) for name in categories}


def main() -> None:
    """Print the scores of the pages: medians, because a score depends on what else the machine does."""
    print(f"| page | {' | '.join(CATEGORIES)} |\n|{'---|' * (len(CATEGORIES) + 1)}")
    with tempfile.TemporaryDirectory() as folder, run_server(Path(folder), seed="if-empty") as server:
        for page in PAGES:
            runs = [measure_page(f"http://127.0.0.1:{server.port}{page}") for _ in range(RUNS)]
            medians = [statistics.median(run[name] for run in runs) for name in CATEGORIES]
            print(f"| `{page}` | {' | '.join(map(str, medians))} |", flush=True)


if __name__ == "__main__":
    main()
