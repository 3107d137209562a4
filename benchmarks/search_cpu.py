"""CPU of one search over the catalogue and over 3,000 synthetic records: `python -m benchmarks.search_cpu`."""

import random
import statistics
import time

from app.catalogue.search.index import Document, SearchIndex
from tests.catalogue.search.seed_index import documents, queries, synonyms

ROUNDS = 5


def synthetic(count: int) -> list[Document]:
    """Records whose names and texts are mixed from those of the catalogue, the same at every call."""
    chance = random.Random(7)
    own = documents("exercises")
    made = list(own)
    while len(made) < count:
        one, other, third = chance.sample(own, 3)
        names = tuple(
            f"{a.split()[0]} {b.split()[-1]}" for a, b in zip(one.names, other.names + third.names, strict=False)
        )
        fields = one.fields[:4] + other.fields[4:12] + third.fields[12:]
        made.append(Document(f"record-{len(made)}", names, fields, third.facets))
    return made


def measure(index: SearchIndex, asked: list[str]) -> tuple[float, float]:
    """Milliseconds of CPU a query: mean, and the slowest in the best of its rounds."""
    best = [float("inf")] * len(asked)
    started = time.process_time()
    for _ in range(ROUNDS):
        for place, query in enumerate(asked):
            began = time.thread_time()
            index.search(query)
            best[place] = min(best[place], time.thread_time() - began)
    mean = (time.process_time() - started) / (ROUNDS * len(asked))
    return 1000 * mean, 1000 * statistics.quantiles(best, n=100)[-1]


def main() -> None:
    asked = [one["q"] for one in queries() if one["kind"] == "exercises"]
    asked += [query[:end] for query in asked[:40] for end in range(2, len(query))]
    for name, found in (("catalogue", documents("exercises")), ("synthetic", synthetic(3000))):
        began = time.process_time()
        index = SearchIndex(found, synonyms())
        built = time.process_time() - began
        mean, worst = measure(index, asked)
        print(f"{name}: {len(found)} records, {len(asked)} queries, built in {built:.2f} s")
        print(f"  CPU a query: mean {mean:.3f} ms, p99 {worst:.3f} ms")


if __name__ == "__main__":
    main()
