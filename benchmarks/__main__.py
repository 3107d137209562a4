"""Measures the service: `make bench`; one area: `python -m benchmarks http`; everything: `make bench FULL=1`."""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.kit.settings import PROJECT_ROOT
from benchmarks import http_ratios, overload, search_cpu, session_builder, start_up
from benchmarks.bar_chart import Bar, draw_bars
from benchmarks.measured_value import MeasuredValue, format_table
from benchmarks.peers import format_peers, own_ratios, read_peers

IMAGES = PROJECT_ROOT / "docs" / "images"
AREAS: dict[str, Callable[[bool], list[MeasuredValue]]] = {
    http_ratios.AREA: http_ratios.measure,
    start_up.AREA: start_up.measure,
    search_cpu.AREA: search_cpu.measure,
    session_builder.AREA: session_builder.measure,
    overload.AREA: overload.measure,
}
TITLES = {
    "http": "CPU of a request, in times of a bare ASGI application",
    "start": "Start and memory",
    "search": "CPU of a search",
    "builder": "CPU of building a session, in plain Python",
    "overload": "Cached reads beside clients that ask for the dearest builds",
}


def main() -> None:
    """Print a table for each area; write JSON and charts where they are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="AREA", help=f"of {', '.join(AREAS)} (default: all)")
    parser.add_argument("--full", action="store_true", help="more rounds, all catalogues, gaps to the proven optimum")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measurement")
    parser.add_argument("--charts", action="store_true", help="draw docs/images/bench-AREA.svg anew")
    chosen = parser.parse_args()
    unknown = set(chosen.areas) - AREAS.keys()
    if unknown:
        parser.error(f"no such area: {', '.join(sorted(unknown))}; there are {', '.join(AREAS)}")
    measurements: list[MeasuredValue] = []
    for area in chosen.areas or AREAS:
        started_at = time.monotonic()
        own = AREAS[area](chosen.full)
        print(f"\n== {TITLES[area]} ({time.monotonic() - started_at:.0f} s)\n{format_table(own)}", flush=True)
        if area == http_ratios.AREA:
            print(f"\n{format_peers(own)}", flush=True)
        if chosen.charts:
            _draw_charts(area, own)
        measurements += own
    if chosen.json:
        content = {"full": chosen.full, "measurements": [one.to_json() for one in measurements]}
        chosen.json.write_text(json.dumps(content, indent=2) + "\n")


def _draw_charts(area: str, measurements: Sequence[MeasuredValue]) -> None:
    """Write the chart of an area, and beside that of HTTP the one of the peers."""
    bars = [Bar(one.name, one.value, one.unit, one.goal) for one in measurements]
    (IMAGES / f"bench-{area}.svg").write_text(draw_bars(TITLES[area], bars))
    if area == http_ratios.AREA:
        _, peers = read_peers()
        own = own_ratios(measurements)
        rows = [
            Bar(f"{kind}: {peer.name}", peer.ratios[kind], "x bare", is_own=peer is own)
            for kind in own.ratios
            for peer in (own, *peers)
            if kind in peer.ratios
        ]
        title = "CPU of a request, in times of a bare ASGI application (logarithmic)"
        (IMAGES / "bench-peers.svg").write_text(draw_bars(title, rows, is_logarithmic=True))


if __name__ == "__main__":
    main()
