"""Why a request cannot be met: the smallest set of its requirements that contradict, said so that a person can follow.

A condition, pain or level is never proposed for change; what level would be needed is said.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import combinations

from app.rules.dose_options import DosingContext
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.sessions.assemble import possible
from app.sessions.errors import CannotBuild
from app.sessions.explain.item_reasons import PURPOSE, listed, words
from app.sessions.explain.suggestions import Refused, Way, needed_s, suggestions
from app.sessions.problem.eligibility import LEVEL_CAP, manner_of, setting_of, sieves
from app.sessions.problem.exercise_index import Shelf
from app.sessions.problem.prepare import PLAIN, Prepared

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


def refusal(request: SessionRequest, shelf: Shelf, prepared: Prepared) -> CannotBuild:
    """The refusal of a request for which nothing was found; how to change it is said where it is a request's own."""
    case = _Case(request, shelf, prepared)
    barred = [slug for slug in request.include if shelf.index[slug] not in prepared.eligibility.numbers]
    own = prepared.variation == PLAIN
    needed = needed_s(request, shelf) if own and not barred else None
    clash = [] if barred else _clash(request, shelf)
    refused = Refused(request, shelf, lambda changed: _Case(changed, shelf, prepared).against)
    kept = _together(request, shelf, barred) if own else ()
    helpful = suggestions(refused, needed, barred, clash, kept) if own else []
    if barred:
        detail, conflict = _barred(barred, case)
    elif request.include:
        detail, conflict = _named(clash, needed, request, shelf)
    else:
        conflict = _hitting_set(case)
        detail = _nothing(conflict, case)
        if own and not helpful and case.serving:
            nearest, against = _nearest(case)
            if not set(against).issubset(conflict):
                detail += f" The nearest, {nearest.name}, {_joined([_stands(one, nearest, case) for one in against])}."
                conflict = list(dict.fromkeys((*conflict, *against)))
    return CannotBuild(detail, conflict, [_worded(way, request) for way in helpful], needed)


class _Case:
    """A request that cannot be met, and what in it stands against each exercise."""

    def __init__(self, request: SessionRequest, shelf: Shelf, prepared: Prepared) -> None:
        self.request = request
        self.shelf = shelf
        self.past = prepared.past
        self.without = prepared.variation.without
        self.setting = setting_of(request, shelf, prepared.past)
        self._sieves = sieves(request, self.setting, shelf, prepared.past)
        wished = {wish.goal for wish in request.goals}
        self._lines = {line.exercise for line in prepared.problem.placements}
        self.serving = [n for n, one in enumerate(shelf.exercises) if not wished.isdisjoint(one.goal_weights)]

    def against(self, number: int) -> list[str]:
        """The fields of the request that keep an exercise out, those that are not for bargaining first."""
        found = []
        for step, holds in self._sieves.items():
            if holds is not None and holds(number):
                field = self._of_level(self.shelf.exercises[number].level) if step == "level" else FIELD[step]
                found.append("age_band" if step == "position" and self.request.positions is None else field)
        return sorted(dict.fromkeys(found), key=lambda field: (field not in FIRM, found.index(field)))

    def _of_level(self, level: int) -> str:
        """Which field it is that so high a level is too high for."""
        capped = LEVEL_CAP.get(self.request.age_band or "", level)
        if level > self.request.level:
            return "level"
        if level > capped:
            return "age_band"
        return "history" if self.past.long_away and level >= min(self.request.level, capped) else "purpose"

    def manner(self, against: Sequence[str]) -> DosingContext:
        """How an exercise would be dosed were it not for these fields."""
        more = {"purpose": "standalone", "age_band": None}
        return manner_of(self.request.model_copy(update={one: more[one] for one in against if one in more}))

    def otherwise(self, number: int) -> str:
        """What keeps out an exercise that nothing stands against."""
        if number in self._lines:
            return "duration_s"
        return "history" if self.shelf.exercises[number].slug in self.past.courses else "purpose"


def _worded(way: Way, request: SessionRequest) -> str:
    """What is to be changed, field by field."""
    said = []
    for field, value in way:
        if not isinstance(value, tuple):
            said.append(f"set {field} to {value}")
            continue
        held = getattr(request, field) or ()
        more, gone = [one for one in value if one not in held], [one for one in held if one not in value]
        if more:
            said.append(f"add {listed(more)} to {field}")
        elif len(gone) <= 3 or len(gone) <= len(value):
            said.append(f"remove {listed(gone)} from {field}")
        else:
            said.append(f"keep only {listed(value)} in {field}" if value else f"leave {field} empty")
    return " and ".join(said)


def _nearest(case: _Case) -> tuple[Exercise, list[str]]:
    """The exercise for the goals that the fewest requirements stand against, and those requirements."""
    against = {number: case.against(number) for number in case.serving}
    exercises = case.shelf.exercises
    nearest = min(case.serving, key=lambda number: (len(against[number]), exercises[number].level, number))
    return exercises[nearest], against[nearest]


def _barred(barred: list[str], case: _Case) -> tuple[str, list[str]]:
    """Exercises asked for by name that the rest of the request keeps out, each with all that stands against it."""
    fields: list[str] = []
    said = []
    for slug in barred:
        number = case.shelf.index[slug]
        exercise = case.shelf.exercises[number]
        against = case.against(number) or ["reason"]
        fields += against
        said.append(f"{exercise.name} {_joined([_stands(field, exercise, case) for field in against])}.")
    asked = "It is asked for by name" if len(barred) == 1 else "They are asked for by name"
    firm = sorted(dict.fromkeys(fields), key=lambda field: (field not in FIRM, fields.index(field)))
    return f"{' '.join(said)} {asked}, so this is impossible.", [*(f"include:{slug}" for slug in barred), *firm]


def _named(clash: list[str], needed: int | None, request: SessionRequest, shelf: Shelf) -> tuple[str, list[str]]:
    """Exercises that may each be in a session, but not all of them in this one."""
    exercises = [shelf.exercises[shelf.index[slug]] for slug in clash]
    requirements = [f"include:{slug}" for slug in clash]
    names = listed([one.name for one in exercises])
    if len(clash) == 2 and exercises[0].family == exercises[1].family:
        return f"{names} are forms of one drill; a session holds one of them.", requirements
    alone = request.model_copy(update={"include": tuple(clash)})
    least = needed if len(clash) == len(request.include) else needed_s(alone, shelf)
    if least is not None:
        detail = f"The shortest session with {names} takes {least} s; there are {request.duration_s} s."
        if needed is not None and needed > least:
            detail += f" With all that is asked for by name it takes {needed} s."
        return detail, [*requirements, "duration_s"]
    loads = {one.load_group for one in exercises} if len(clash) > 1 else {"none"}
    if len(loads) == 1 and loads != {"none"}:
        return f"{names} tire the same; no order was found in which they do not follow each other.", requirements
    return f"No session was found that holds {names} within the limits of its phases.", requirements


def _clash(request: SessionRequest, shelf: Shelf) -> list[str]:
    """Named exercises of which none can be left out of the contradiction; the short ones are tried first."""
    families: dict[str, str] = {}
    for slug in request.include:
        other = families.setdefault(shelf.exercises[shelf.index[slug]].family, slug)
        if other != slug:
            return [other, slug]
    seconds = _shortest(request, shelf)

    def spared(gone: tuple[str, ...]) -> bool:
        left = tuple(slug for slug in request.include if slug not in gone)
        too_long = sum(seconds[slug] for slug in left) > request.duration_s
        return bool(left) and (too_long or not possible(request.model_copy(update={"include": left}), shelf))

    gone = _most(request.include, seconds, spared)
    return [slug for slug in request.include if slug not in gone]


def _together(request: SessionRequest, shelf: Shelf, barred: Sequence[str]) -> tuple[str, ...]:
    """Named exercises that go together in the time there is; the short ones are tried first."""
    seconds = _shortest(request, shelf)

    def fit(kept: tuple[str, ...]) -> bool:
        in_time = sum(seconds[slug] for slug in kept) <= request.duration_s
        return in_time and possible(request.model_copy(update={"include": kept}), shelf)

    return _most(set(request.include).difference(barred), seconds, fit)


def _shortest(request: SessionRequest, shelf: Shelf) -> dict[str, int]:
    manner = manner_of(request)
    return {slug: shelf.options(shelf.index[slug], manner)[0].time_s for slug in request.include}


def _most(
    names: Collection[str], seconds: Mapping[str, int], holds: Callable[[tuple[str, ...]], bool]
) -> tuple[str, ...]:
    """Of these names, the short ones first, each with which it still holds; many are tried at once."""
    left = sorted(names, key=lambda slug: (seconds[slug], slug))
    kept: tuple[str, ...] = ()
    size = len(left)
    while left:
        if holds((*kept, *left[:size])):
            kept, left = (*kept, *left[:size]), left[size:]
        elif size == 1:
            left = left[1:]
            size = 2 * len(left)
        size = size // 2 or 1
    return kept


def _hitting_set(case: _Case) -> list[str]:
    """The fewest requirements of which every exercise for the goals breaks one."""
    broken: set[frozenset[str]] = set()
    for number in case.serving:
        against = case.against(number)
        if case.shelf.exercises[number].slug in case.without:
            against.append("reason")
        if case.shelf.options(number, case.manner(against))[0].time_s > case.request.duration_s:
            against.append("duration_s")
        broken.add(frozenset(against or [case.otherwise(number)]))
    if not broken:
        return ["goals"]
    last = (*FIRM, "duration_s")
    fields = sorted({field for one in broken for field in one}, key=lambda field: (field in last, field in FIRM, field))
    for size in range(1, len(fields) + 1):
        for chosen in combinations(fields, size):
            if all(one.intersection(chosen) for one in broken):
                return list(chosen)
    return fields


def _nothing(conflict: list[str], case: _Case) -> str:
    """That no exercise for the goals is possible, and under which requirements."""
    request = case.request
    goals = _any_of([words(wish.goal) for wish in request.goals])
    if conflict == ["goals"]:
        return f"The catalogue holds nothing for {goals}: this is impossible."
    level = case.setting.level
    said = {
        "available_equipment": "with the kit given" if request.available_equipment else "without kit",
        "positions": "in the positions allowed",
        "level": f"at level {level}",
        "age_band": "at this age",
        "purpose": f"in a {PURPOSE[request.purpose]}",
        "exclude": "beside what is excluded",
        "history": "after what was reported lately",
        "conditions": f"with the stated condition{'s' if len(request.conditions) > 1 else ''}",
        "duration_s": f"in {request.duration_s} s",
        "reason": "beside what was exchanged and what is like it",
    }
    text = f"No exercise for {goals} is possible {listed([said[field] for field in conflict])}."
    if "level" in conflict:
        more = min(one for one in (case.shelf.exercises[n].level for n in case.serving) if one > level)
        text += f" The next are of level {more}."
    return text


def _stands(field: str, exercise: Exercise, case: _Case) -> str:
    """What stands against an exercise, as the rest of a sentence that begins with its name."""
    if field == "available_equipment":
        at_hand = case.setting.at_hand
        lacking = [group for group in exercise.equipment if not at_hand.intersection(group) and "mat" not in group]
        return f"needs {listed([_any_of([_kit(kit) for kit in group]) for group in lacking])}"
    return {
        "positions": f"is done in a position that is not allowed ({exercise.position.replace('_', ' ')})",
        "level": f"is of level {exercise.level} (asked: {case.request.level} at most)",
        "age_band": "is kept out at this age",
        "purpose": f"does not suit a {PURPOSE[case.request.purpose]}",
        "exclude": "is excluded",
        "history": "is left out after what was reported lately",
        "conditions": "is ruled out by a stated condition",
        "reason": "has been exchanged",
    }[field]


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"


def _any_of(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def _kit(kit: str) -> str:
    return f"a {'pull-up bar' if kit == 'pullup_bar' else kit.replace('_', ' ')}"
