"""Which exercises may be in a session, and what stands against the others."""

from collections.abc import Callable
from typing import NamedTuple

from app.rules.dose_options import DosingContext
from app.schemas.exercise import Contraindication, Exercise
from app.schemas.session import EligibilityStep
from app.schemas.session_request import SessionRequest
from app.sessions.problem.exercise_index import FURNITURE, Shelf
from app.sessions.problem.history import Past

LEVEL_CAP = {"18-39": 5, "40-64": 3, "65+": 2}
"""The level to start from at an age."""
EASY_LEVEL = 2
"""Recovery stays at or under this level."""
Sieve = Callable[[int], bool]


class Setting(NamedTuple):
    """What the request comes to once age and purpose have had their say."""

    level: int
    manner: DosingContext
    at_hand: frozenset[str]
    positions: frozenset[str] | None
    to_the_floor: bool
    break_kit: frozenset[str]
    """The one portable thing that a desk break may use."""


class Eligibility(NamedTuple):
    """The exercises that are left, by their numbers on the shelf, and why the others are not."""

    setting: Setting
    numbers: tuple[int, ...]
    funnel: tuple[EligibilityStep, ...]
    barred: dict[int, Contraindication]
    """Exercises that only a stated condition keeps out."""
    cautions: dict[int, tuple[Contraindication, ...]]


def manner_of(request: SessionRequest) -> DosingContext:
    """How a session for this purpose and age is dosed."""
    return DosingContext(request.purpose == "desk_break", request.age_band == "65+", request.purpose == "pre_training")


def setting_of(request: SessionRequest, shelf: Shelf, past: Past) -> Setting:
    """Levels, manner and kit as this request means them."""
    level = min(request.level, LEVEL_CAP.get(request.age_band or "", 5))
    if past.long_away:
        level = max(1, level - 1)
    if request.purpose == "recovery":
        level = min(level, EASY_LEVEL)
    older = request.age_band == "65+"
    return Setting(
        level=level,
        manner=manner_of(request),
        at_hand=frozenset(request.available_equipment),
        positions=None if request.positions is None else frozenset(request.positions),
        to_the_floor=not older or request.positions is not None,
        break_kit=_break_kit(request, shelf) if request.purpose == "desk_break" else frozenset(),
    )


def sift(request: SessionRequest, shelf: Shelf, past: Past) -> Eligibility:
    """Every exercise through every sieve, in order."""
    setting = setting_of(request, shelf, past)
    stated = frozenset(request.conditions)
    left = list(range(len(shelf.exercises)))
    funnel = [EligibilityStep(step="catalogue", left=len(left))]
    barred: dict[int, Contraindication] = {}
    for step, holds in sieves(request, setting, shelf, past).items():
        kept = left if holds is None else [number for number in left if not holds(number)]
        if step == "conditions" and len(kept) < len(left):
            through = set(kept)
            barred = {number: _bar(shelf.exercises[number], stated) for number in left if number not in through}
        left = kept
        funnel.append(EligibilityStep.model_validate({"step": step, "left": len(left)}))
    funnel.append(EligibilityStep(step="eligible", left=len(left)))
    cautions = {number: _cautions(shelf.exercises[number], stated) for number in left} if stated else {}
    return Eligibility(
        setting, tuple(left), tuple(funnel), barred, {n: found for n, found in cautions.items() if found}
    )


def sieves(request: SessionRequest, setting: Setting, shelf: Shelf, past: Past) -> dict[str, Sieve | None]:
    """For each step, whether it holds an exercise back; None where it holds back none."""
    exercises, needs = shelf.exercises, shelf.needs
    at_hand, positions, level = setting.at_hand, setting.positions, setting.level
    left_out, stated = frozenset(request.exclude), frozenset(request.conditions)
    keep_up, plain = not setting.to_the_floor, request.purpose == "standalone"

    def position(number: int) -> bool:
        exercise = exercises[number]
        barred = positions is not None and exercise.position not in positions
        return barred or (keep_up and "floor_transfer" in exercise.features)

    return {
        "equipment": lambda number: not all(map(at_hand.intersection, needs[number])),
        "position": position if positions is not None or keep_up else None,
        "level": lambda number: exercises[number].level > level,
        "purpose": None if plain else lambda number: not _fits_purpose(number, request, setting, shelf),
        "excluded": (lambda number: exercises[number].slug in left_out) if left_out else None,
        "history": (lambda number: exercises[number].slug in past.painful) if past.painful else None,
        "conditions": (lambda number: not stated.isdisjoint(shelf.avoided_with[number])) if stated else None,
    }


def _fits_purpose(number: int, request: SessionRequest, setting: Setting, shelf: Shelf) -> bool:
    purpose = request.purpose
    if purpose == "standalone":
        return True
    exercise = shelf.exercises[number]
    if purpose == "desk_break":
        if "desk_break" not in exercise.suits or shelf.height[number] != "up" or "floor_transfer" in exercise.features:
            return False
        portable = [group for group in shelf.needs[number] if not FURNITURE & group]
        return all(setting.break_kit & group for group in portable)
    if purpose == "pre_training":
        # What was asked for by name is kept short.
        return exercise.phases[0] != "restore" and (_keeps_power(exercise) or exercise.slug in request.include)
    # Recovery asks for nothing that tires: no strength work, and no bracing of the trunk or on the hands.
    tires = exercise.pattern == "strength" or (exercise.pattern == "isometric" and exercise.load_group != "none")
    return not tires and exercise.phases != ("strengthen",)


def _keeps_power(exercise: Exercise) -> bool:
    """Before power work holding still costs power, and strength work tires unless it also serves to warm up."""
    if exercise.pattern in ("strength", "isometric"):
        return "prepare" in exercise.phases or "pre_training" in exercise.suits
    return exercise.pattern != "static_hold"


def _break_kit(request: SessionRequest, shelf: Shelf) -> frozenset[str]:
    """Of the portable kit at hand, the one piece that serves the goals of a desk break best: kit is not changed."""
    wishes = {wish.goal: wish.weight for wish in request.goals}
    worth: dict[str, int] = {kit: 0 for kit in request.available_equipment if kit not in FURNITURE and kit != "mat"}
    for number, exercise in enumerate(shelf.exercises):
        if "desk_break" not in exercise.suits:
            continue
        asked = 1000 if exercise.slug in request.include else 0
        served = asked + sum(wishes.get(goal, 0) * weight for goal, weight in exercise.goal_weights.items())
        for kit in {kit for group in shelf.needs[number] for kit in group if not FURNITURE & group}:
            if kit in worth:
                worth[kit] += served
    best = max(worth, key=lambda kit: (worth[kit], kit), default=None)
    return frozenset() if best is None else frozenset({best})


def _bar(exercise: Exercise, stated: frozenset[str]) -> Contraindication:
    return next(c for c in exercise.contraindications if c.verdict == "avoid" and c.condition in stated)


def _cautions(exercise: Exercise, stated: frozenset[str]) -> tuple[Contraindication, ...]:
    return tuple(c for c in exercise.contraindications if c.verdict == "caution" and c.condition in stated)
