"""What a refusal proposes: built as proposed, to the second, from the smallest conflict, and never less careful."""

import random
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from app.rules.vocabulary import Condition, Equipment, Goal, Position, Purpose
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions import assemble
from app.sessions.assemble import is_solvable
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.explain import conflicts, suggestions
from app.sessions.explain.obstacles import InfeasibleRequest
from app.sessions.explain.refusal_sentences import describe_change
from app.sessions.explain.request_changes import RequestChange
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.prepared_problem import prepare_problem
from benchmarks.catalogues import index_of

KIT = get_args(Equipment)
CONDITIONS = [one for one in get_args(Condition) if one != "vertebral_fracture_recent"]
ANY: dict[str, Any] = {
    "available_equipment": KIT, "positions": None, "level": 5, "exclude": (), "history": (), "conditions": (),
    "duration_s": 3600, "purpose": "standalone", "age_band": None,
}  # fmt: skip
"""The most that each field may allow. Purpose and age also decide doses: as they are, others may be longer."""


def request(**more: Any) -> SessionRequest:
    return SessionRequest.model_validate({"duration_s": 600, "goals": [{"goal": "rotation"}], **more})


def hard(dice: random.Random, exercises: tuple[Exercise, ...], named: bool) -> SessionRequest:
    """A request that asks too much of itself more often than not."""
    few = [one.slug for one in dice.sample(exercises, dice.choice((1, 2, 3, 6)))]
    more: dict[str, Any] = {
        "duration_s": dice.choice((30, 45, 60, 120, 300, 600)),
        "goals": [{"goal": goal} for goal in dice.sample(get_args(Goal), dice.choice((1, 1, 2)))],
        "available_equipment": dice.choice(((), ("chair",), KIT, KIT)),
        "positions": dice.choice((None, None, dice.sample(get_args(Position), dice.choice((1, 2))))),
        "level": dice.choice((1, 2, 3, 5, 5)),
        "age_band": dice.choice((None, None, "40-64", "65+")),
        "purpose": dice.choice(("standalone", *get_args(Purpose))),
        "conditions": dice.sample(CONDITIONS, dice.choice((0, 0, 1, 4))),
        "history": dice.choice(((), [{"days_ago": 1, "items": [{"slug": few[0], "pain": 8}]}])),
        "exclude": few[:1] if dice.random() < 0.2 else [],
        "include": few if named else [],
    }
    if named and dice.random() < 0.5:
        more |= {field: ANY[field] for field in ("available_equipment", "positions", "level", "age_band", "exclude")}
    return request(**more)


@pytest.fixture
def proposed(monkeypatch: pytest.MonkeyPatch) -> list[list[RequestChange]]:
    """The changes of each refusal, as fields and values."""
    found: list[list[RequestChange]] = []
    find = suggestions.suggest_changes

    def heard(case: InfeasibleRequest, *more: Any) -> list[RequestChange]:
        found.append(find(case, *more))
        return found[-1]

    monkeypatch.setattr(conflicts, "suggest_changes", heard)
    return found


def possible(wish: SessionRequest, index: ExerciseIndex) -> bool:
    return is_solvable(prepare_problem(wish, index))


def refusals(
    exercises: tuple[Exercise, ...], count: int, seed: int, named: bool
) -> Iterator[tuple[SessionRequest, InfeasibleRequestError]]:
    dice = random.Random(seed)
    for wish in [hard(dice, exercises, named) for _ in range(count)]:
        if not possible(wish, index_of(exercises)):
            with pytest.raises(InfeasibleRequestError) as caught:
                build_session(wish, index_of(exercises))
            yield wish, caught.value


@pytest.mark.parametrize("named", [False, True])
def test_what_is_proposed_is_built_and_never_less_careful(
    exercises: tuple[Exercise, ...], proposed: list[list[RequestChange]], named: bool
) -> None:
    tried = 0
    for wish, cannot in refusals(exercises, 50, 11 + named, named):
        assert len(proposed[-1]) == len(cannot.suggestions)
        for way in proposed[-1]:
            tried += 1
            fields = [field for field, _ in way]
            assert set(fields) <= {"available_equipment", "positions", "exclude", "purpose", "include", "duration_s"}
            assert len(fields) == len(set(fields))
            changed = SessionRequest.model_validate({**wish.model_dump(), **dict(way)})
            plan = build_session(changed, index_of(exercises))
            assert set(changed.include) <= set(plan.exercises)
            assert changed.include or any(one.seconds for one in plan.coverage)
            if wish.age_band == "65+" and wish.positions is not None and "positions" in fields:
                places = set(changed.positions or ()) - set(wish.positions)
                on_floor = {one.position for one in exercises if "floor_transfer" in one.features}
                assert places.isdisjoint(on_floor)
    assert tried > 30


@pytest.mark.parametrize("named", [False, True])
def test_the_seconds_are_the_fewest_of_all(
    exercises: tuple[Exercise, ...], proposed: list[list[RequestChange]], named: bool
) -> None:
    index = index_of(exercises)
    counted = 0
    for wish, cannot in refusals(exercises, 90, 3, named):
        if cannot.needed_s is None:
            assert not possible(lasting(wish, 300), index) or wish.duration_s >= 300
            assert not possible(lasting(wish, 3600), index)
        else:
            assert proposed[-1][0] == (("duration_s", cannot.needed_s),)
            assert cannot.suggestions[0] == f"set duration_s to {cannot.needed_s}"
        for way in proposed[-1]:
            if "duration_s" in dict(way) and counted < 8:
                counted += 1
                changed = wish.model_copy(update=dict(way))
                assert possible(changed, index)
                few = range(wish.duration_s, changed.duration_s, 1 + changed.duration_s // 200)
                assert not any(possible(lasting(changed, seconds), index) for seconds in few)
                assert not possible(lasting(changed, changed.duration_s - 1), index)
    assert counted > 4


def lasting(wish: SessionRequest, seconds: int) -> SessionRequest:
    return wish.model_copy(update={"duration_s": seconds})


def test_where_the_load_is_capped_the_seconds_are_exact_too(exercises: tuple[Exercise, ...]) -> None:
    wish = request(duration_s=60, positions=["split_stance"], level=3)
    with pytest.raises(InfeasibleRequestError) as caught:
        build_session(wish, index_of(exercises))
    needed = caught.value.needed_s
    assert needed is not None
    index = index_of(exercises)
    assert [one for one in range(60, needed + 1) if possible(lasting(wish, one), index)] == [needed]
    assert build_session(lasting(wish, needed), index_of(exercises)).coverage[0].seconds


def test_the_conflict_is_enough_and_no_less_would_be(exercises: tuple[Exercise, ...]) -> None:
    index = index_of(exercises)
    seen = 0
    for wish, cannot in refusals(exercises, 150, 8, False):
        if not cannot.suggestions or cannot.conflict == ("goals",):
            continue
        seen += 1
        firm = {*cannot.conflict, "purpose", "age_band"}
        alone = {field: value for field, value in ANY.items() if field not in firm}
        assert not possible(wish.model_copy(update=alone), index), cannot.detail
        for field in cannot.conflict:
            free = wish.model_copy(update={**alone, field: ANY[field]})
            others: tuple[dict[str, Any], ...] = (
                {},
                {"purpose": "standalone"},
                {"age_band": None},
                {"purpose": "standalone", "age_band": None},
            )
            assert any(possible(free.model_copy(update=other), index) for other in others), (field, cannot.detail)
    assert seen > 30


def test_of_the_names_that_clash_none_can_be_left_out(exercises: tuple[Exercise, ...]) -> None:
    index = index_of(exercises)
    seen = 0
    for wish, cannot in refusals(exercises, 120, 21, True):
        named = [one.removeprefix("include:") for one in cannot.conflict if one.startswith("include:")]
        if set(cannot.conflict) - {f"include:{slug}" for slug in named} - {"duration_s"}:
            continue
        seen += 1
        wish = wish if "duration_s" in cannot.conflict else lasting(wish, 3600)
        assert not possible(wish.model_copy(update={"include": tuple(named)}), index)
        for slug in named if len(named) > 1 else ():
            fewer = tuple(other for other in named if other != slug)
            assert possible(wish.model_copy(update={"include": fewer}), index)
    assert seen > 10


def test_a_refusal_costs_no_search(exercises: tuple[Exercise, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(assemble, "search")
    for named in (False, True):
        assert sum(1 for _ in refusals(exercises, 30, 5, named)) > 10


def test_what_is_possible_is_built_whatever_the_search_finds(
    exercises: tuple[Exercise, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assemble, "search", lambda *asked: None)
    assert build_session(request(), index_of(exercises)).coverage[0].seconds
    assert "cat-cow" in build_session(request(duration_s=60, include=["cat-cow"]), index_of(exercises)).exercises


def test_the_floor_is_not_proposed_at_65(exercises: tuple[Exercise, ...]) -> None:
    for cannot in (
        caught(exercises, age_band="65+", positions=["hanging"], goals=[{"goal": "flexion"}]),
        caught(exercises, age_band="65+", positions=["seated"], include=["cat-cow"]),
    ):
        assert not any(place in said for said in cannot.suggestions for place in ("quadruped", "supine", "prone"))


def caught(exercises: tuple[Exercise, ...], **more: Any) -> InfeasibleRequestError:
    with pytest.raises(InfeasibleRequestError) as found:
        build_session(request(**more), index_of(exercises))
    return found.value


def test_changes_are_worded_field_by_field(exercises: tuple[Exercise, ...]) -> None:
    slugs = [one.slug for one in exercises[:6]]
    wish = request(positions=["seated"], include=slugs, purpose="recovery")
    for way, said in (
        ((("available_equipment", ("chair", "wall", "step")),), "add chair, wall and step to available_equipment"),
        ((("include", tuple(slugs[1:])),), f"remove {slugs[0]} from include"),
        ((("include", tuple(slugs[:2])),), f"keep only {slugs[0]} and {slugs[1]} in include"),
        ((("include", ()),), "leave include empty"),
        (
            (("positions", ("seated", "prone")), ("purpose", "standalone"), ("duration_s", 90)),
            "add prone to positions and set purpose to standalone and set duration_s to 90",
        ),
    ):
        assert describe_change(way, wish) == said


def test_one_name_that_is_too_long_is_named_alone(exercises: tuple[Exercise, ...]) -> None:
    cannot = caught(exercises, duration_s=30, level=5, include=["cat-cow", "open-book"])
    assert cannot.conflict == ("include:open-book", "duration_s")
    assert "The shortest session with Open book takes" in cannot.detail
    assert f"With all that is asked for by name it takes {cannot.needed_s} s." in cannot.detail


def test_time_and_kit_are_named_together_where_both_lack(exercises: tuple[Exercise, ...]) -> None:
    cannot = caught(exercises, duration_s=60, include=["floor-angel", "foam-roller-thoracic-extension"])
    kept = [said for said in cannot.suggestions if "include" not in said]
    assert kept
    assert kept[0].startswith("add foam_roller to available_equipment and set duration_s to ")


def test_a_second_field_is_named_where_one_alone_does_not_do(exercises: tuple[Exercise, ...]) -> None:
    cannot = caught(exercises, goals=[{"goal": "decompression"}], positions=["inverted_v"])
    assert cannot.suggestions == ("add pullup_bar to available_equipment and add hanging to positions",)


def test_shelves_of_other_catalogues_are_left_alone(exercises: tuple[Exercise, ...]) -> None:
    few = tuple(one for one in exercises if "rotation" not in one.goal_weights)
    cannot = caught(few)
    assert cannot.conflict == ("goals",)
    assert cannot.suggestions == ()
    assert not possible(request(), ExerciseIndex(few))
