"""Alternatives differ from the session and from each other."""

import pytest

from app.schemas.exercise import Exercise
from app.sessions.variation.alternatives import build_alternatives
from benchmarks.catalogues import index_of
from tests.sessions.invariants import broken_promises
from tests.sessions.variation.built_sessions import build_sessions


@pytest.mark.parametrize(
    "part", [0, pytest.param(1, marks=pytest.mark.sweep), pytest.param(2, marks=pytest.mark.sweep)]
)
def test_alternatives_keep_their_promises(exercises: tuple[Exercise, ...], part: int) -> None:
    by_slug = {exercise.slug: exercise for exercise in exercises}
    several = 0
    for session in build_sessions(exercises, 15, 7 + part):
        alternatives, is_exhausted = build_alternatives(session, 3, index_of(exercises))
        slug_sets = [frozenset(session.slugs), *(frozenset(varied.plan.exercises) for varied in alternatives)]
        assert len(set(slug_sets)) == len(slug_sets)
        assert is_exhausted == (len(alternatives) < 3)
        several += len(alternatives) > 1
        for varied in alternatives:
            assert broken_promises(varied.request, varied.plan, by_slug) == []
    assert several > 5
