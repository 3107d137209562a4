"""A long run fails for each of its bounds, and for nothing else."""

from typing import Any

import pytest

from benchmarks.soak import MAX_MEMORY_MB, Sample, find_faults

CALM = Sample(0, 120.0, 250.0, "8=50.0", descriptors=40, threads=10, processes=3, requests=0, unexpected=0)


def run_of(count: int, **grows_to: float) -> list[Sample]:
    """Return samples every ten seconds; what is named grows steadily to this value."""
    steps: dict[str, float] = {name: (last - getattr(CALM, name)) / (count - 1) for name, last in grows_to.items()}
    samples = []
    for number in range(count):
        grown: dict[str, Any] = {name: getattr(CALM, name) + number * step for name, step in steps.items()}
        samples.append(CALM._replace(time_s=10.0 * number, **grown))
    return samples


@pytest.mark.parametrize("count", [2, 61, 361])
def test_what_stays_as_it_is_has_no_fault(count: int) -> None:
    assert find_faults(run_of(count, server_mb=123, descriptors=43), 0) == []


@pytest.mark.parametrize(
    ("name", "last", "words"),
    [
        ("server_mb", 140, "memory of the server"),
        ("total_mb", 290, "memory of all processes"),
        ("descriptors", 60, "descriptors"),
        ("threads", 20, "threads"),
    ],
)
def test_what_grows_is_named(name: str, last: float, words: str) -> None:
    (fault,) = find_faults(run_of(361, **{name: last}), 0)
    assert words in fault


def test_growth_of_the_warm_up_alone_is_no_fault() -> None:
    samples = [sample._replace(server_mb=100 + min(sample.time_s / 60, 10)) for sample in run_of(361)]
    assert find_faults(samples, 0) == []


def test_too_much_memory_and_unexpected_answers_are_faults() -> None:
    faults = find_faults([CALM._replace(server_mb=MAX_MEMORY_MB + 1)] * 20, 3)
    assert faults == ["3 unexpected answers", "the server holds 151.0 MB, more than 150"]
