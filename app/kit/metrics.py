"""The metrics of the service in the text format of Prometheus, made when somebody asks for them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.kit.request_statistics import MAX_SECONDS_BY_BUCKET, Durations, RequestStatistics

PREFIX = "thoracic_"
METRICS_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Gauge(NamedTuple):
    """A number of the service as it is now."""

    name: str
    help: str
    read_value: Callable[[], float]


class MetricSources(NamedTuple):
    """What the metrics are read from."""

    requests: RequestStatistics
    """Requests that the application answered."""
    ready_counts: Mapping[tuple[str, str, int], int]
    """Requests that were answered from memory, by method, template of the route and status."""
    builds: Durations
    gauges: tuple[Gauge, ...]


def format_metrics(sources: MetricSources) -> bytes:
    """Return the metrics as text."""
    from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest  # only who scrapes pays for it

    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    registry.register(_Collector(sources))
    return generate_latest(registry)


class _Collector:
    """Reads the sources, as prometheus_client wants it."""

    def __init__(self, sources: MetricSources) -> None:
        self.sources = sources

    def collect(self) -> Iterator[Any]:
        """Yield every metric."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        sources = self.sources
        labels = ["method", "route", "status", "answered_by"]
        counter = CounterMetricFamily(f"{PREFIX}http_requests", "Requests that were answered.", labels=labels)
        for (method, route, status), count in sources.requests.counts.items():
            counter.add_metric([method, route, str(status), "application"], count)
        for (method, route, status), count in sources.ready_counts.items():
            counter.add_metric([method, route, str(status), "memory"], count)
        yield counter
        histogram = HistogramMetricFamily(
            f"{PREFIX}http_request_duration_seconds",
            "Seconds that the application took; answers from memory take microseconds and are not in it.",
            labels=["method", "route"],
        )
        for (method, route), durations in sources.requests.durations.items():
            histogram.add_metric([method, route], list(_cumulate(durations.counts)), durations.total_s)
        yield histogram
        builds = HistogramMetricFamily(f"{PREFIX}build_duration_seconds", "Seconds that a worker took for a build.")
        builds.add_metric([], list(_cumulate(sources.builds.counts)), sources.builds.total_s)
        yield builds
        for gauge in sources.gauges:
            yield GaugeMetricFamily(f"{PREFIX}{gauge.name}", gauge.help, value=gauge.read_value())


def _cumulate(counts: Iterable[int]) -> Iterator[tuple[str, int]]:
    """Yield for each upper limit how many durations are not above it."""
    total = 0
    for limit, count in zip((*map(str, MAX_SECONDS_BY_BUCKET), "+Inf"), counts, strict=True):
        total += count
        yield limit, total
