"""Counts of requests and durations, kept as plain numbers: they cost nothing until somebody reads them."""

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MAX_SECONDS_BY_BUCKET: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper limits of the buckets of durations; the last bucket has none."""


class Durations:
    """How many durations fell into each bucket, and their sum."""

    __slots__ = ("counts", "total_s")

    def __init__(self) -> None:
        self.counts = [0] * (len(MAX_SECONDS_BY_BUCKET) + 1)
        self.total_s = 0.0

    def observe(self, seconds: float) -> None:
        """Add one duration."""
        self.counts[bisect_left(MAX_SECONDS_BY_BUCKET, seconds)] += 1
        self.total_s += seconds

    @contextmanager
    def measure(self) -> Iterator[None]:
        """Add the duration of the block."""
        began_at = time.perf_counter()
        try:
            yield
        finally:
            self.observe(time.perf_counter() - began_at)


class RequestStatistics:
    """Requests by method, template of the route and status. No value of a request is in it."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str, int]] = Counter()
        self.durations: defaultdict[tuple[str, str], Durations] = defaultdict(Durations)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Add one request that was answered."""
        self.counts[method, route, status] += 1
        self.durations[method, route].observe(seconds)
