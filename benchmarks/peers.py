"""Figures of other services, from `peers.yaml`, to stand beside those of this one."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from benchmarks.measured_value import MeasuredValue

KINDS = {
    "list": "list of 20, cached",
    "filter": "filtered list, not cached",
    "item": "one exercise, cached",
    "search": "search, not cached",
}
"""Kind of request -> the name of the measurement of this service that stands beside it."""


class Peer(NamedTuple):
    """A service, and its ratios to a bare ASGI application by kind of request."""

    name: str
    ratios: dict[str, float]


def read_peers() -> tuple[str, list[Peer]]:
    """Return how the peers were measured, and the peers."""
    content = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
    return content["source"], [Peer(one["name"], one["ratios"]) for one in content["services"]]


def own_ratios(measurements: Sequence[MeasuredValue]) -> Peer:
    """Return this service as one of them; empty where the area was not measured."""
    by_name = {one.name: one.value for one in measurements}
    return Peer("this service", {kind: by_name[name] for kind, name in KINDS.items() if name in by_name})


def format_peers(measurements: Sequence[MeasuredValue]) -> str:
    """Return the table of all services; a kind that was not measured is left open."""
    source, peers = read_peers()
    lines = [f"{'x bare':<44}" + "".join(f"{kind:>9}" for kind in KINDS)]
    for peer in (own_ratios(measurements), *peers):
        cells = (f"{peer.ratios[kind]:.3g}" if kind in peer.ratios else "-" for kind in KINDS)
        lines.append(f"{peer.name:<44}" + "".join(f"{cell:>9}" for cell in cells))
    return "\n".join([*lines, source.strip()])
