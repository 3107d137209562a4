"""CPU of one search over the catalogue, and over 3,000 synthetic records: `python -m benchmarks search --full`."""

import random
import statistics
import time
from collections.abc import Sequence

from app.catalogue.search.index import SearchIndex
from app.catalogue.search.model import Document
from benchmarks.measured_value import MeasuredValue
from tests.catalogue.search.seed_index import load_documents, load_queries, load_synonyms

AREA = "search"
ROUNDS = 5
SYNTHETIC_RECORDS = 3000
PREFIXED_QUERIES = 40
"""The queries of which every beginning is searched, too, as somebody types."""


def synthetic_documents(count: int) -> list[Document]:
    """Records whose names and texts are mixed from those of the catalogue, the same at every call."""
    rng = random.Random(7)
    originals = load_documents("exercises")
    mixed = list(originals)
    while len(mixed) < count:
        first, second, third = rng.sample(originals, 3)
        names = tuple(
            f"{start.split()[0]} {end.split()[-1]}"
            for start, end in zip(first.names, second.names + third.names, strict=False)
        )
        fields = first.fields[:4] + second.fields[4:12] + third.fields[12:]
        mixed.append(Document(f"record-{len(mixed)}", names, fields, third.facets))
    return mixed


def measure_queries(index: SearchIndex, texts: Sequence[str]) -> tuple[float, float]:
    """Milliseconds of CPU a query: the mean, and the 99th percentile of the fastest round of each query."""
    fastest_s = [float("inf")] * len(texts)
    start_s = time.process_time()
    for _ in range(ROUNDS):
        for number, text in enumerate(texts):
            query_start_s = time.thread_time()
            index.search(text)
            fastest_s[number] = min(fastest_s[number], time.thread_time() - query_start_s)
    mean_s = (time.process_time() - start_s) / (ROUNDS * len(texts))
    return 1000 * mean_s, 1000 * statistics.quantiles(fastest_s, n=100)[-1]


def measure(full: bool) -> list[MeasuredValue]:
    """Return the CPU of a query over the catalogue; with `full` over the synthetic records, too."""
    texts = [query["q"] for query in load_queries() if query["kind"] == "exercises"]
    texts += [text[:end] for text in texts[:PREFIXED_QUERIES] for end in range(2, len(text))]
    measurements = []
    for name in ("catalogue", "synthetic") if full else ("catalogue",):
        records = load_documents("exercises") if name == "catalogue" else synthetic_documents(SYNTHETIC_RECORDS)
        start_s = time.process_time()
        index = SearchIndex(records, load_synonyms())
        details = {"records": len(records), "queries": len(texts), "index s": time.process_time() - start_s}
        mean_ms, p99_ms = measure_queries(index, texts)
        measurements.append(MeasuredValue(AREA, f"search, {name}, mean", mean_ms, "ms", None, details))
        measurements.append(MeasuredValue(AREA, f"search, {name}, p99", p99_ms, "ms"))
    return measurements
