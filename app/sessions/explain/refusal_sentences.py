"""The sentences of a refusal."""

from collections.abc import Sequence
from typing import NamedTuple

from app.rules.condition_rules import first_level
from app.rules.equipment import missing_equipment
from app.rules.terms import load_terms
from app.rules.vocabulary import Condition
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.explain.min_duration import min_duration_s
from app.sessions.explain.obstacles import InfeasibleRequest, sort_fields
from app.sessions.explain.phrases import equipment_phrase, goal_phrase, join_alternatives, join_words
from app.sessions.explain.suggested_changes import RequestChange
from app.sessions.problem.strain_order import count_limits, limit_field
from app.sessions.texts import ObstacleTexts, PhraseTexts, RefusalTexts, load_texts

MAX_LISTED_REMOVALS = 3
"""Values that are listed as removed; where more go, those that stay are listed."""


class Refusal(NamedTuple):
    """Why a request cannot be met, in a sentence and as requirements: fields, and `include:` with a slug."""

    detail: str
    requirements: list[str]


def describe_excluded(excluded: Sequence[str], case: InfeasibleRequest) -> Refusal:
    """Return the refusal of included exercises that the rest of the request excludes."""
    texts = load_texts(RefusalTexts)
    all_fields: list[str] = []
    sentences = []
    for slug in excluded:
        fields = case.excluding_fields(case.prepared.index.number_of[slug]) or ["reason"]
        all_fields += fields
        exercise = case.prepared.index.by_slug(slug)
        obstacles = _join_obstacles(fields, exercise, case)
        sentences.append(texts.excluded_exercise.fill(exercise=exercise.name, obstacles=obstacles))
    template = texts.excluded_one if len(excluded) == 1 else texts.excluded_several
    detail = template.fill(exercises=" ".join(sentences))
    return Refusal(detail, [*(f"include:{slug}" for slug in excluded), *sort_fields(all_fields)])


def describe_conflicting(conflicting: Sequence[str], min_s: int | None, case: InfeasibleRequest) -> Refusal:
    """Return the refusal of included exercises that do not go together. `min_s` is the time that all of them take."""
    texts, request = load_texts(RefusalTexts), case.request
    exercises = [case.prepared.index.by_slug(slug) for slug in conflicting]
    requirements = [f"include:{slug}" for slug in conflicting]
    names = join_words([exercise.name for exercise in exercises])
    if len(conflicting) == 2 and exercises[0].family == exercises[1].family:
        return Refusal(texts.same_drill.fill(exercises=names), requirements)
    needed_s = min_s
    if len(conflicting) != len(request.include):
        alone = request.model_copy(update={"include": tuple(conflicting)})
        needed_s = min_duration_s(alone, case.prepared.index)
    if needed_s is not None:
        detail = texts.needs_time.fill(exercises=names, needed=needed_s, available=request.duration_s)
        return Refusal(_add_total_time(detail, needed_s, min_s), [*requirements, "duration_s"])
    if _share_strain_limit(conflicting, case):
        return Refusal(texts.condition_limits.fill(exercises=names), requirements)
    template = texts.same_load if _have_same_load(exercises) else texts.phase_limits
    return Refusal(template.fill(exercises=names), requirements)


def _add_total_time(detail: str, needed_s: int, min_s: int | None) -> str:
    """The sentence with the time of all included exercises, where that is longer."""
    if min_s is None or min_s <= needed_s:
        return detail
    return load_texts(RefusalTexts).all_needs_time.fill(detail=detail, needed=min_s)


def _share_strain_limit(slugs: Sequence[str], case: InfeasibleRequest) -> bool:
    """True where the stated conditions limit what several exercises take together.

    What the week before limits always leaves room for what is asked for by name.
    """
    eligibility = case.prepared.eligibility
    numbers = [case.prepared.index.number_of[slug] for slug in slugs]
    limits = [set(count_limits(number, eligibility)) for number in numbers]
    shared = set.intersection(*limits) if len(limits) > 1 else set()
    return any(limit_field(limit, eligibility) == "conditions" for limit in shared)


def _have_same_load(exercises: Sequence[Exercise]) -> bool:
    """True where several exercises load the same, so that they may not follow each other."""
    loads = {exercise.load_group for exercise in exercises}
    return len(exercises) > 1 and len(loads) == 1 and "none" not in loads


def describe_no_candidate(requirements: Sequence[str], case: InfeasibleRequest) -> str:
    """Return that no exercise for the goals is possible under these requirements."""
    texts, request = load_texts(RefusalTexts), case.request
    goals = join_alternatives([goal_phrase(goal) for goal in request.weight_by_goal])
    if list(requirements) == ["goals"]:
        return texts.not_in_catalogue.fill(goals=goals)
    limits = join_words([_describe_limit(field, case) for field in requirements])
    detail = texts.no_candidate.fill(goals=goals, limits=limits)
    if "level" in requirements:
        exercises = case.prepared.index.exercises
        levels = [exercises[number].level for number in case.serving_exercises()]
        next_level = min(level for level in levels if level > case.effective.level)
        detail = texts.next_level.fill(detail=detail, level=next_level)
    return detail


def _describe_limit(field: str, case: InfeasibleRequest) -> str:
    """A requirement as it stands in `No exercise for rotation is possible ...`."""
    texts, request = load_texts(RefusalTexts).limits, case.request
    if field == "available_equipment":
        return texts.with_equipment if case.effective.available_equipment else texts.without_equipment
    if field == "conditions":
        return texts.conditions.fill(conditions=_name_conditions(_limiting_conditions(case) or request.conditions))
    if field == "level":
        return texts.level.fill(level=case.effective.level)
    if field == "purpose":
        return texts.purpose.fill(purpose=load_texts(PhraseTexts).purposes[request.purpose])
    if field == "duration_s":
        return texts.duration_s.fill(seconds=request.duration_s)
    plain = {
        "positions": texts.positions,
        "age_band": texts.age_band,
        "exclude": texts.exclude,
        "history": texts.history,
        "reason": texts.reason,
    }
    return plain[field]


def describe_nearest(exercise: Exercise, fields: Sequence[str], case: InfeasibleRequest) -> str:
    """Return what excludes the exercise that comes nearest to being possible."""
    obstacles = _join_obstacles(fields, exercise, case)
    return load_texts(RefusalTexts).nearest.fill(exercise=exercise.name, obstacles=obstacles)


def _join_obstacles(fields: Sequence[str], exercise: Exercise, case: InfeasibleRequest) -> str:
    return load_texts(PhraseTexts).clauses.join([_describe_obstacle(field, exercise, case) for field in fields])


def _describe_level_obstacle(number: int, case: InfeasibleRequest) -> str:
    texts, exercise = load_texts(RefusalTexts).obstacles, case.prepared.index.exercises[number]
    levels = {"level": exercise.level, "max_level": case.request.level}
    needed_level = case.needed_level(number) if exercise.slug in case.request.include else None
    if needed_level is None:
        return texts.level.fill(**levels)
    return texts.level_of_included.fill(**levels, needed_level=needed_level)


def _describe_condition_obstacle(number: int, case: InfeasibleRequest) -> str:
    """Which stated conditions bar an exercise, or else put it off until a first session is reported."""
    texts = load_texts(RefusalTexts).obstacles
    barring, putting_off = case.barring_conditions(number), case.first_level_conditions(number)
    if putting_off and not barring:
        return texts.first_level.fill(conditions=_name_conditions(putting_off), level=first_level(putting_off))
    return texts.conditions.fill(conditions=_name_conditions(barring or case.request.conditions))


def _limiting_conditions(case: InfeasibleRequest) -> list[Condition]:
    """The stated conditions that keep out an exercise for the goals."""
    serving = case.serving_exercises()
    causes = {one for number in serving for one in case.barring_conditions(number)}
    causes |= {one for number in serving for one in case.first_level_conditions(number)}
    return [condition for condition in case.request.conditions if condition in causes]


def _name_conditions(conditions: Sequence[Condition]) -> str:
    terms = load_terms()["conditions"]
    return join_words([terms[condition].label_in_sentence for condition in conditions])


def _describe_obstacle(field: str, exercise: Exercise, case: InfeasibleRequest) -> str:
    """What excludes an exercise, as the rest of a sentence that begins with its name."""
    texts: ObstacleTexts = load_texts(RefusalTexts).obstacles
    if field == "available_equipment":
        missing = missing_equipment(exercise.equipment, case.effective.available_equipment)
        return texts.available_equipment.fill(
            equipment=join_words([equipment_phrase(group.any_of) for group in missing])
        )
    if field == "positions":
        return texts.positions.fill(position=exercise.position.replace("_", " "))
    number = case.prepared.index.number_of[exercise.slug]
    if field == "level":
        return _describe_level_obstacle(number, case)
    if field == "conditions":
        return _describe_condition_obstacle(number, case)
    if field == "purpose":
        return texts.purpose.fill(purpose=load_texts(PhraseTexts).purposes[case.request.purpose])
    plain = {
        "age_band": texts.age_band,
        "exclude": texts.exclude,
        "history": texts.history,
        "reason": texts.reason,
    }
    return plain[field]


def describe_change(change: RequestChange, request: SessionRequest) -> str:
    """Return what to change, field by field: `add chair to available_equipment and set duration_s to 120`."""
    each_of = load_texts(PhraseTexts).each_of
    return each_of.join([_describe_field_change(field, value, request) for field, value in change])


def _describe_field_change(field: str, value: tuple[str, ...] | str | int, request: SessionRequest) -> str:
    if not isinstance(value, tuple):
        return load_texts(RefusalTexts).changes.set_value.fill(field=field, value=value)
    return _describe_list_change(field, value, request)


def _describe_list_change(field: str, value: tuple[str, ...], request: SessionRequest) -> str:
    """What to add; where nothing is added, what to remove, or to keep where more is removed than stays."""
    texts = load_texts(RefusalTexts).changes
    present = getattr(request, field) or ()
    added = [entry for entry in value if entry not in present]
    if added:
        return texts.add.fill(values=join_words(added), field=field)
    removed = [entry for entry in present if entry not in value]
    if len(removed) <= MAX_LISTED_REMOVALS or len(removed) <= len(value):
        return texts.remove.fill(values=join_words(removed), field=field)
    if value:
        return texts.keep_only.fill(values=join_words(value), field=field)
    return texts.leave_empty.fill(field=field)
