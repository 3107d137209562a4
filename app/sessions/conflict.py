"""Why a request cannot be met: the smallest set of its requirements that contradict, said so that a person can follow.

A condition, pain or level is never proposed for change; what level would be needed is said.
"""

from itertools import combinations

from app.catalogue.shapes import Exercise
from app.sessions.eligibility import Setting, setting_of, sieves
from app.sessions.past import Past
from app.sessions.prepare import Prepared, Variation, prepare
from app.sessions.reasons import listed, words
from app.sessions.refusal import CannotBuild
from app.sessions.remedy import needed_s, suggestions
from app.sessions.request import SessionRequest
from app.sessions.shelf import Shelf

FIELD = {
    "equipment": "available_equipment",
    "position": "positions",
    "level": "level",
    "purpose": "purpose",
    "excluded": "exclude",
    "history": "history",
    "conditions": "conditions",
}
FIRM = ("conditions", "history", "level", "age_band")
"""Named first where several requirements stand against an exercise: these are never for bargaining."""
PURPOSE = {
    "standalone": "session",
    "desk_break": "desk break",
    "pre_training": "warm-up before training",
    "recovery": "recovery session",
}


def refusal(request: SessionRequest, shelf: Shelf, prepared: Prepared) -> CannotBuild:
    """The refusal of a request for which nothing was found."""
    variation = prepared.variation
    setting = setting_of(request, shelf, prepared.past)
    barred = [slug for slug in request.include if shelf.index[slug] not in prepared.eligibility.numbers]
    needed = needed_s(request, shelf, variation)
    helpful = suggestions(request, shelf, variation, needed)
    if barred:
        return _barred(barred, request, setting, shelf, prepared, helpful)
    if request.include:
        return _named(request, shelf, helpful, needed)
    conflict = _hitting_set(request, setting, shelf, prepared.past, variation)
    detail = _nothing(conflict, request, setting, shelf)
    if not helpful and conflict != ["goals"]:
        nearest, against = _nearest(request, setting, shelf, prepared.past)
        stands = [_stands(field, nearest, request, setting) for field in against]
        detail += f" The nearest, {nearest.name}, {_joined(stands)}." if stands else ""
        conflict = list(dict.fromkeys((*conflict, *against)))
    return CannotBuild(detail, conflict, helpful, needed)


def _nearest(request: SessionRequest, setting: Setting, shelf: Shelf, past: Past) -> tuple[Exercise, list[str]]:
    """The exercise for the goals that the fewest requirements stand against, and those requirements."""
    asked = {wish.goal for wish in request.goals}
    serving = [n for n, exercise in enumerate(shelf.exercises) if not asked.isdisjoint(exercise.goal_weights)]
    against = {number: _against(number, request, setting, shelf, past) for number in serving}
    nearest = min(serving, key=lambda number: (len(against[number]), shelf.exercises[number].level, number))
    return shelf.exercises[nearest], against[nearest]


def _barred(
    barred: list[str],
    request: SessionRequest,
    setting: Setting,
    shelf: Shelf,
    prepared: Prepared,
    helpful: tuple[str, ...],
) -> CannotBuild:
    """Exercises asked for by name that the rest of the request keeps out, each with all that stands against it."""
    fields: list[str] = []
    said = []
    for slug in barred:
        number = shelf.index[slug]
        exercise = shelf.exercises[number]
        against = _against(number, request, setting, shelf, prepared.past) or ["reason"]
        fields += against
        said.append(f"{exercise.name} {_joined([_stands(field, exercise, request, setting) for field in against])}.")
    asked = "It is asked for by name" if len(barred) == 1 else "They are asked for by name"
    firm = sorted(dict.fromkeys(fields), key=lambda field: (field not in FIRM, fields.index(field)))
    named = [f"include:{slug}" for slug in barred]
    return CannotBuild(f"{' '.join(said)} {asked}, so this is impossible.", [*named, *firm], helpful)


def _named(request: SessionRequest, shelf: Shelf, helpful: tuple[str, ...], needed: int | None) -> CannotBuild:
    """Exercises that may each be in a session, but not all of them in this one."""
    families: dict[str, Exercise] = {}
    for slug in request.include:
        one = shelf.exercises[shelf.index[slug]]
        other = families.setdefault(one.family, one)
        if other is not one:
            detail = f"{other.name} and {one.name} are forms of one drill; a session holds one of them."
            return CannotBuild(detail, [f"include:{other.slug}", f"include:{slug}"], helpful, needed)
    conflict = _irreducible(request, shelf)
    requirements = [f"include:{slug}" for slug in conflict]
    if needed is not None:
        detail = f"What is asked for by name takes {needed} s at the least; there are {request.duration_s} s."
        return CannotBuild(detail, [*requirements, "duration_s"], helpful, needed)
    detail = "No order was found that keeps equal loads apart within the limits of the session."
    return CannotBuild(detail, requirements, helpful, needed)


def _irreducible(request: SessionRequest, shelf: Shelf) -> list[str]:
    """Named exercises of which none can be left out of the contradiction; the short ones are tried first."""
    manner = setting_of(request, shelf, prepare(request, shelf).past).manner
    kept = sorted(request.include, key=lambda slug: (shelf.options(shelf.index[slug], manner)[0].time_s, slug))
    for slug in tuple(kept):
        fewer = [other for other in kept if other != slug]
        if fewer and not prepare(request.model_copy(update={"include": tuple(fewer)}), shelf).feasible:
            kept = fewer
    return [slug for slug in request.include if slug in kept]


def _against(number: int, request: SessionRequest, setting: Setting, shelf: Shelf, past: Past) -> list[str]:
    """The fields of the request that keep an exercise out, those that are not for bargaining first."""
    found = []
    for step, holds in sieves(request, setting, shelf, past).items():
        if holds(number):
            field = FIELD[step]
            if step == "level" and shelf.exercises[number].level <= request.level:
                field = "purpose" if request.purpose == "recovery" and request.age_band is None else "age_band"
                field = "history" if past.long_away and request.age_band is None else field
            if step == "position" and request.positions is None:
                field = "age_band"
            found.append(field)
    return sorted(dict.fromkeys(found), key=lambda field: (field not in FIRM, found.index(field)))


def _hitting_set(
    request: SessionRequest, setting: Setting, shelf: Shelf, past: Past, variation: Variation
) -> list[str]:
    """The fewest requirements of which every exercise for the goals breaks one."""
    asked = {wish.goal for wish in request.goals}
    broken: set[frozenset[str]] = set()
    for number, exercise in enumerate(shelf.exercises):
        if asked.isdisjoint(exercise.goal_weights):
            continue
        against = _against(number, request, setting, shelf, past)
        if exercise.slug in variation.without:
            against.append("reason")
        if shelf.options(number, setting.manner)[0].time_s > request.duration_s:
            against.append("duration_s")
        broken.add(frozenset(against or ("purpose" if request.purpose != "standalone" else "history",)))
    if not broken:
        return ["goals"]
    fields = sorted({field for one in broken for field in one}, key=lambda field: (field in FIRM, field))
    for size in range(1, len(fields) + 1):
        for chosen in combinations(fields, size):
            if all(one.intersection(chosen) for one in broken):
                return list(chosen)
    return fields


def _nothing(conflict: list[str], request: SessionRequest, setting: Setting, shelf: Shelf) -> str:
    """That no exercise for the goals is possible, and under which requirements."""
    goals = " or ".join(words(wish.goal) for wish in request.goals)
    if conflict == ["goals"]:
        return f"The catalogue holds nothing for {goals}: this is impossible."
    said = {
        "available_equipment": "with the kit given" if request.available_equipment else "without kit",
        "positions": "in the positions allowed",
        "level": f"at level {setting.level}",
        "age_band": "at this age",
        "purpose": f"in a {PURPOSE[request.purpose]}",
        "exclude": "beside what is excluded",
        "history": "after what was reported lately",
        "conditions": "with a stated condition",
        "duration_s": f"in {request.duration_s} s",
        "reason": "beside what was exchanged and what is like it",
    }
    text = f"No exercise for {goals} is possible {listed([said[field] for field in conflict])}."
    if "level" in conflict:
        asked = {wish.goal for wish in request.goals}
        least = min(one.level for one in shelf.exercises if not asked.isdisjoint(one.goal_weights))
        more = min(
            (one.level for one in shelf.exercises if one.level > setting.level and asked & one.goal_weights.keys()),
            default=least,
        )
        text += f" More begins at level {more}."
    return text


def _stands(field: str, exercise: Exercise, request: SessionRequest, setting: Setting) -> str:
    """What stands against an exercise, as the rest of a sentence that begins with its name."""
    if field == "available_equipment":
        lacking = [g for g in exercise.equipment if not setting.at_hand.intersection(g) and "mat" not in g]
        return f"needs {listed([' or '.join(_kit(kit) for kit in group) for group in lacking])}"
    place = exercise.position.replace("_", " ")
    return {
        "positions": f"is done in a position that is not allowed ({place})",
        "level": f"is of level {exercise.level} (asked: {request.level} at most)",
        "age_band": "is kept out at this age",
        "purpose": f"does not suit a {PURPOSE[request.purpose]}",
        "exclude": "is excluded",
        "history": "is left out after what was reported lately",
        "conditions": "is ruled out by a stated condition",
        "reason": "has been exchanged",
    }[field]


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"


def _kit(kit: str) -> str:
    return f"a {'pull-up bar' if kit == 'pullup_bar' else kit.replace('_', ' ')}"
