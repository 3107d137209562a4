"""What a refusal proposes: built as proposed, to the second, from the smallest conflict, and never less careful."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from app.kit.closed_lists import list_words
from app.rules.strains import map_strains
from app.rules.vocabulary import ConditionWithRules, Equipment, Goal, Position, Purpose
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions import solve
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.explain import proven_suggestions
from app.sessions.explain import refusals as conflicts
from app.sessions.explain.obstacles import InfeasibleRequest
from app.sessions.explain.refusal_sentences import describe_change
from app.sessions.explain.suggested_changes import RequestChange
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.prepared_problem import prepare_problem
from app.sessions.solve import is_solvable
from benchmarks.catalogues import index_of

KIT = list_words(Equipment)
CONDITIONS = [condition for condition in list_words(ConditionWithRules) if condition != "vertebral_fracture_recent"]
ANY: dict[str, Any] = {
    "available_equipment": KIT, "positions": None, "level": 5, "exclude": (), "history": (), "conditions": (),
    "duration_s": 3600, "purpose": "standalone", "age_band": None,
}  # fmt: skip
"""The most that each field may allow. Purpose and age also decide doses: as they are, others may be longer."""


def make_request(**fields: Any) -> SessionRequest:
    return SessionRequest.model_validate({"duration_s": 600, "goals": [{"goal": "rotation"}], **fields})


def demanding_request(rng: random.Random, exercises: tuple[Exercise, ...], has_include: bool) -> SessionRequest:
    """A request that asks too much of itself more often than not."""
    slugs = [exercise.slug for exercise in rng.sample(exercises, rng.choice((1, 2, 3, 6)))]
    fields: dict[str, Any] = {
        "duration_s": rng.choice((30, 45, 60, 120, 300, 600)),
        "goals": [{"goal": goal} for goal in rng.sample(list_words(Goal), rng.choice((1, 1, 2)))],
        "available_equipment": rng.choice(((), ("chair",), KIT, KIT)),
        "positions": rng.choice((None, None, rng.sample(list_words(Position), rng.choice((1, 2))))),
        "level": rng.choice((1, 2, 3, 5, 5)),
        "age_band": rng.choice((None, None, "40-64", "65+")),
        "purpose": rng.choice(("standalone", *list_words(Purpose))),
        "conditions": rng.sample(CONDITIONS, rng.choice((0, 0, 1, 4))),
        "history": rng.choice(((), [{"days_ago": 1, "items": [{"slug": slugs[0], "pain": 8}]}])),
        "exclude": slugs[:1] if rng.random() < 0.2 else [],
        "include": slugs if has_include else [],
    }
    if has_include and rng.random() < 0.5:
        fields |= {field: ANY[field] for field in ("available_equipment", "positions", "level", "age_band", "exclude")}
    return make_request(**fields)


@pytest.fixture
def suggested(monkeypatch: pytest.MonkeyPatch) -> list[list[RequestChange]]:
    """The changes of each refusal, as fields and values."""
    calls: list[list[RequestChange]] = []
    suggest = proven_suggestions.suggest_changes

    def record_changes(case: InfeasibleRequest, *arguments: Any) -> list[RequestChange]:
        calls.append(suggest(case, *arguments))
        return calls[-1]

    monkeypatch.setattr(conflicts, "suggest_changes", record_changes)
    return calls


def can_be_built(request: SessionRequest, index: ExerciseIndex) -> bool:
    return is_solvable(prepare_problem(request, index))


def refusals(
    exercises: tuple[Exercise, ...], count: int, seed: int, has_include: bool
) -> Iterator[tuple[SessionRequest, InfeasibleRequestError]]:
    rng = random.Random(seed)
    for request in [demanding_request(rng, exercises, has_include) for _ in range(count)]:
        if not can_be_built(request, index_of(exercises)):
            with pytest.raises(InfeasibleRequestError) as raised:
                build_session(request, index_of(exercises))
            yield request, raised.value


@pytest.mark.parametrize("has_include", [False, True])
def test_what_is_proposed_is_built_and_never_less_careful(
    exercises: tuple[Exercise, ...], suggested: list[list[RequestChange]], has_include: bool
) -> None:
    change_count = 0
    for request, error in refusals(exercises, 60, 11 + has_include, has_include):
        assert len(suggested[-1]) == len(error.suggestions)
        for change in suggested[-1]:
            change_count += 1
            fields = [field for field, _ in change]
            assert set(fields) <= {"available_equipment", "positions", "exclude", "purpose", "include", "duration_s"}
            assert len(fields) == len(set(fields))
            changed_request = SessionRequest.model_validate({**request.model_dump(), **dict(change)})
            plan = build_session(changed_request, index_of(exercises))
            assert set(changed_request.include) <= set(plan.exercises)
            assert changed_request.include or any(coverage.seconds for coverage in plan.coverage)
            if request.age_band == "65+" and request.positions is not None and "positions" in fields:
                places = set(changed_request.positions or ()) - set(request.positions)
                on_floor = {
                    exercise.position for exercise in exercises if "floor_transfer" in map_strains(exercise.strains)
                }
                assert places.isdisjoint(on_floor)
    assert change_count > 30


@pytest.mark.parametrize("has_include", [False, pytest.param(True, marks=pytest.mark.sweep)])
def test_the_seconds_are_the_fewest_of_all(
    exercises: tuple[Exercise, ...], suggested: list[list[RequestChange]], has_include: bool
) -> None:
    index = index_of(exercises)
    bisected_count = 0
    for request, error in refusals(exercises, 90, 3, has_include):
        if error.needed_s is None:
            assert not can_be_built(with_duration(request, 300), index) or request.duration_s >= 300
            assert not can_be_built(with_duration(request, 3600), index)
        else:
            assert suggested[-1][0] == (("duration_s", error.needed_s),)
            assert error.suggestions[0] == f"set duration_s to {error.needed_s}"
        for change in suggested[-1]:
            if "duration_s" in dict(change) and bisected_count < 8:
                bisected_count += 1
                changed_request = request.model_copy(update=dict(change))
                assert can_be_built(changed_request, index)
                shorter = range(request.duration_s, changed_request.duration_s, 1 + changed_request.duration_s // 200)
                assert not any(can_be_built(with_duration(changed_request, seconds), index) for seconds in shorter)
                assert not can_be_built(with_duration(changed_request, changed_request.duration_s - 1), index)
    assert bisected_count > 4


def with_duration(request: SessionRequest, seconds: int) -> SessionRequest:
    return request.model_copy(update={"duration_s": seconds})


def test_where_the_load_is_capped_the_seconds_are_exact_too(exercises: tuple[Exercise, ...]) -> None:
    request = make_request(duration_s=60, positions=["split_stance"], level=3)
    with pytest.raises(InfeasibleRequestError) as raised:
        build_session(request, index_of(exercises))
    needed_s = raised.value.needed_s
    assert needed_s is not None
    index = index_of(exercises)
    durations = range(60, needed_s + 1)
    assert [seconds for seconds in durations if can_be_built(with_duration(request, seconds), index)] == [needed_s]
    assert build_session(with_duration(request, needed_s), index_of(exercises)).coverage[0].seconds


def test_the_conflict_is_enough_and_no_less_would_be(exercises: tuple[Exercise, ...]) -> None:
    index = index_of(exercises)
    conflict_count = 0
    for request, error in refusals(exercises, 150, 8, False):
        if not error.suggestions or error.conflict == ("goals",):
            continue
        conflict_count += 1
        fixed_fields = {*error.conflict, "purpose", "age_band"}
        other_values = {field: value for field, value in ANY.items() if field not in fixed_fields}
        assert not can_be_built(request.model_copy(update=other_values), index), error.detail
        for field in error.conflict:
            freed_request = request.model_copy(update={**other_values, field: ANY[field]})
            further_changes: tuple[dict[str, Any], ...] = (
                {},
                {"purpose": "standalone"},
                {"age_band": None},
                {"purpose": "standalone", "age_band": None},
                # A condition holds the level of first sessions down, beside the level that was requested.
                {"conditions": ()},
            )
            relaxed = [freed_request.model_copy(update=change) for change in further_changes]
            assert any(can_be_built(request, index) for request in relaxed), (field, error.detail)
    assert conflict_count > 30


def test_of_the_names_that_clash_none_can_be_left_out(exercises: tuple[Exercise, ...]) -> None:
    index = index_of(exercises)
    conflict_count = 0
    for request, error in refusals(exercises, 180, 22, True):
        included = [name.removeprefix("include:") for name in error.conflict if name.startswith("include:")]
        if set(error.conflict) - {f"include:{slug}" for slug in included} - {"duration_s"}:
            continue
        conflict_count += 1
        long_enough = request if "duration_s" in error.conflict else with_duration(request, 3600)
        assert not can_be_built(long_enough.model_copy(update={"include": tuple(included)}), index)
        for slug in included if len(included) > 1 else ():
            remaining = tuple(other_slug for other_slug in included if other_slug != slug)
            assert can_be_built(long_enough.model_copy(update={"include": remaining}), index)
    assert conflict_count > 10


def test_a_refusal_costs_no_search(exercises: tuple[Exercise, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(solve, "search")
    for has_include in (False, True):
        assert sum(1 for _ in refusals(exercises, 30, 5, has_include)) > 10


def test_what_is_possible_is_built_whatever_the_search_finds(
    exercises: tuple[Exercise, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve, "search", lambda *arguments: None)
    assert build_session(make_request(), index_of(exercises)).coverage[0].seconds
    assert "cat-cow" in build_session(make_request(duration_s=60, include=["cat-cow"]), index_of(exercises)).exercises


@pytest.mark.parametrize("conditions", [["fall_risk"], ["osteoporosis", "fall_risk"], ["vertigo"]])
def test_no_position_is_proposed_that_a_stated_condition_keeps_out(
    exercises: tuple[Exercise, ...], conditions: list[str]
) -> None:
    for error in (
        refusal_of(exercises, conditions=conditions, positions=["hanging"], available_equipment=["pullup_bar"]),
        refusal_of(exercises, conditions=conditions, positions=["seated"], include=["open-book"]),
    ):
        assert not any(place in text for text in error.suggestions for place in ("side_lying", "supine", "prone"))


def test_the_floor_is_not_proposed_at_65(exercises: tuple[Exercise, ...]) -> None:
    for error in (
        refusal_of(exercises, age_band="65+", positions=["hanging"], goals=[{"goal": "flexion"}]),
        refusal_of(exercises, age_band="65+", positions=["seated"], include=["cat-cow"]),
    ):
        assert not any(place in text for text in error.suggestions for place in ("quadruped", "supine", "prone"))


def refusal_of(exercises: tuple[Exercise, ...], **fields: Any) -> InfeasibleRequestError:
    with pytest.raises(InfeasibleRequestError) as raised:
        build_session(make_request(**fields), index_of(exercises))
    return raised.value


def test_changes_are_worded_field_by_field(exercises: tuple[Exercise, ...]) -> None:
    slugs = [exercise.slug for exercise in exercises[:6]]
    request = make_request(positions=["seated"], include=slugs, purpose="recovery")
    for change, text in (
        ((("available_equipment", ("chair", "wall", "step")),), "add chair, wall and step to available_equipment"),
        ((("include", tuple(slugs[1:])),), f"remove {slugs[0]} from include"),
        ((("include", tuple(slugs[:2])),), f"keep only {slugs[0]} and {slugs[1]} in include"),
        ((("include", ()),), "leave include empty"),
        (
            (("positions", ("seated", "prone")), ("purpose", "standalone"), ("duration_s", 90)),
            "add prone to positions and set purpose to standalone and set duration_s to 90",
        ),
    ):
        assert describe_change(change, request) == text


def test_one_name_that_is_too_long_is_named_alone(exercises: tuple[Exercise, ...]) -> None:
    error = refusal_of(exercises, duration_s=30, level=5, include=["cat-cow", "open-book"])
    assert error.conflict == ("include:open-book", "duration_s")
    assert "The shortest session with Open book takes" in error.detail
    assert f"With all that you asked for by name it takes {error.needed_s} s." in error.detail


def test_time_and_kit_are_named_together_where_both_lack(exercises: tuple[Exercise, ...]) -> None:
    error = refusal_of(exercises, duration_s=60, include=["floor-angel", "foam-roller-thoracic-extension"])
    keeping = [text for text in error.suggestions if "include" not in text]
    assert keeping
    assert keeping[0].startswith("add foam_roller to available_equipment and set duration_s to ")


def test_a_second_field_is_named_where_one_alone_does_not_do(exercises: tuple[Exercise, ...]) -> None:
    with_bar = tuple(one for one in exercises if "decompression" not in one.goal_weights or one.position == "hanging")
    error = refusal_of(with_bar, goals=[{"goal": "decompression"}], positions=["inverted_v"])
    assert error.suggestions == ("add pullup_bar to available_equipment and add hanging to positions",)


def test_a_catalogue_without_anything_for_the_goal_is_said_to_be_so(exercises: tuple[Exercise, ...]) -> None:
    without_rotation = tuple(exercise for exercise in exercises if "rotation" not in exercise.goal_weights)
    error = refusal_of(without_rotation)
    assert error.conflict == ("goals",)
    assert error.suggestions == ()
    assert not can_be_built(make_request(), ExerciseIndex(without_rotation))
