"""Exercises for the builder's tests."""

import pytest

from app.schemas.exercise import Exercise
from benchmarks.catalogues import seed_exercises


@pytest.fixture(scope="session")
def exercises() -> tuple[Exercise, ...]:
    """The catalogue of the seed files."""
    return seed_exercises()
