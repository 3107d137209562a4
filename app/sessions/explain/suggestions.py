"""What would make a refused request possible: each change that is named is proved with a session in hand.

That session is the least one: what is asked for by name at its shortest, or one exercise that serves a goal. `attempt`
never answers less than it, so what is proved so is built.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from app.schemas.session_request import SessionRequest
from app.sessions.assemble import least, possible
from app.sessions.problem.eligibility import manner_of
from app.sessions.problem.exercise_index import Shelf
from app.sessions.problem.limits import BREAK_S
from app.sessions.problem.prepare import Prepared, prepare
from app.sessions.solver.objective import (
    ordered_transition_s,
)

LONGEST_S = 3600
MOST_SUGGESTIONS, MOST_TRIES = 5, 24
"""Ways that are named, and that are tried, the most promising first."""
MENDED = ("available_equipment", "positions", "exclude", "purpose")
"""Fields that may be changed, beside `include` and time: care is never for bargaining."""


Way = tuple[tuple[str, tuple[str, ...] | str | int], ...]
"""Changes that do together: fields of a request, each once, and their new values."""


class Refused(NamedTuple):
    """A request that cannot be met, and what tells of a request which of its fields stand against an exercise."""

    request: SessionRequest
    shelf: Shelf
    against_in: Callable[[SessionRequest], Callable[[int], Sequence[str]]]

    def changed(self, way: Way) -> "Refused":
        """The same with these changes."""
        return self._replace(request=self.request.model_copy(update=dict(way)))


def needed_s(request: SessionRequest, shelf: Shelf) -> int | None:
    """The seconds with which it works and with one less does not, where more time is all that is lacking."""
    low = request.duration_s
    for last in (BREAK_S, LONGEST_S):  # Sessions of one phase keep other limits than longer ones.
        if low < last:
            longest = request.model_copy(update={"duration_s": last})
            prepared = prepare(longest, shelf)
            if possible(longest, shelf, prepared):
                return _fewest(request, shelf, low, last, prepared)
            low = last
    return None


def _fewest(request: SessionRequest, shelf: Shelf, low: int, high: int, prepared: Prepared) -> int:
    """Between seconds that do not do and seconds that do; first near those that the shortest doses come to."""
    bound, hint = _bounds(prepared)
    low = max(low, bound - 1)
    near = [hint + more for more in (0, -1, 8, 32, 128, 512)]
    while high - low > 1:
        middle = near.pop(0) if near else (low + high) // 2
        if low < middle < high:
            does = possible(request.model_copy(update={"duration_s": middle}), shelf)
            low, high = (low, middle) if does else (middle, high)
    return high


def _bounds(prepared: Prepared) -> tuple[int, int]:
    """Seconds under which nothing can do, and seconds that are likely to."""
    problem, start = prepared.problem, prepared.start or ()
    if not problem.required:
        shortest = min(line.options[0].time_s for line in problem.placements if any(line.goal_shares))
        return shortest, shortest
    times = [problem.placements[choice.placement].options[choice.option].time_s for choice in start]
    return sum(times[: len(problem.required)]), sum(times) + (ordered_transition_s(problem, start) or 0)


def suggestions(
    refused: Refused, needed: int | None, barred: Sequence[str], clash: Sequence[str], kept: Sequence[str]
) -> list[Way]:
    """Single changes that do, where there are any; else several together.

    Of what is named, `barred` is kept out, `clash` does not go together, and `kept` does.
    """
    if refused.request.include:
        rest = _without([slug for slug in refused.request.include if slug not in kept], refused)
        ways, slow = _mending(refused, barred, rest) if barred else _parting(refused, clash, rest), list[Way]()
    else:
        ways, slow = _openings(refused)
    found: list[Way] = [] if needed is None else [(("duration_s", needed),)]
    serving, plain = _proved([way for way in ways if len(way) == 1], refused)
    found += serving
    if not found:
        found = _proved([way for way in ways if len(way) > 1], refused)[0] or _extended(ways, refused) or plain
    if not found:
        found = _with_time([*ways, *slow], refused)
    elif barred and all(way[0][0] == "include" for way in found):
        # Where every single change gives up what was named, what it takes to have more of it is said too.
        more = [way for way in ways if way[0][0] != "include"]
        serving, plain = _proved(more, refused)
        found += serving or plain or _with_time(more, refused)
    return found[:MOST_SUGGESTIONS]


def _proved(ways: Sequence[Way], refused: Refused) -> tuple[list[Way], list[Way]]:
    """Of these ways those that do and serve a goal, and those that do and serve none; only as few changes as any."""
    sound, plain = list[Way](), list[Way]()
    for _, alike in groupby(ways, len):
        for way in islice(alike, MOST_TRIES):
            if len(sound) < MOST_SUGGESTIONS and not any(_asks_no_less(way, other, refused) for other in sound):
                changed = refused.changed(way).request
                prepared = prepare(changed, refused.shelf)
                if possible(changed, refused.shelf, prepared):
                    (plain if least(prepared) is None else sound).append(way)
        if sound:
            break
    return sound, plain


def _extended(ways: Sequence[Way], refused: Refused) -> list[Way]:
    """What lets a goal be served beside what was named, or without it."""
    found: list[Way] = []
    for way in ways:
        changed = refused.changed(way)
        if not changed.request.include or possible(changed.request, refused.shelf):
            ready, slow = _openings(changed)
            more = _proved(ready, changed)[0] or _with_time([] if changed.request.include else slow, changed)
            found += [tuple({**dict(way), **dict(one)}.items()) for one in more]
    return sorted(found, key=len)


def _with_time(ways: Sequence[Way], refused: Refused) -> list[Way]:
    """The first of these ways that does with more time as well."""
    for way in ways[:MOST_TRIES]:
        seconds = needed_s(refused.changed(way).request, refused.shelf)
        if seconds is not None:
            return [(*way, ("duration_s", seconds))]
    return []


def _asks_no_less(way: Way, other: Way, refused: Refused) -> bool:
    """True where a way that is known to do asks for the same, or for part of it."""
    mine = dict(way)
    for field, value in other:
        own = mine.get(field)
        if isinstance(value, tuple) and isinstance(own, tuple):
            held = set(getattr(refused.request, field) or ())
            if not held ^ set(own) >= held ^ set(value):
                return False
        elif own != value:
            return False
    return True


def _openings(refused: Refused) -> tuple[list[Way], list[Way]]:
    """What would let in an exercise that serves a goal: ways that do in the time there is, and others.

    First what takes the fewest changes and serves most goals, then one of each field in turn.
    """
    request, shelf = refused.request, refused.shelf
    against = refused.against_in(request)
    wished = {wish.goal for wish in request.goals}
    opened: dict[Way, list[int]] = {}
    for number, exercise in enumerate(shelf.exercises):
        if not wished.isdisjoint(exercise.goal_weights):
            for way in _changes([exercise.slug], against(number), refused):
                opened.setdefault(way, []).append(number)
    ranked = []
    for way, numbers in opened.items():
        goals = {goal for n in numbers for goal in shelf.exercises[n].goal_weights} & wished
        values = sum(len(value) for _, value in way if isinstance(value, tuple))
        ranked.append((len(way), -len(goals), values, -len(numbers), str(way), way))
    turns: dict[str, int] = {}
    in_turn = []
    for few, goals_less, *_, way in sorted(ranked):
        fields = str([MENDED.index(field) for field, _ in way])
        turns[fields] = turns.get(fields, 0) + 1
        in_turn.append((few, goals_less, turns[fields], fields, way))
    ready, slow = list[Way](), list[Way]()
    manner = manner_of(request)
    for *_, way in sorted(in_turn):
        seconds = min(shelf.options(n, manner)[0].time_s for n in opened[way])
        (ready if seconds <= request.duration_s or "purpose" in dict(way) else slow).append(way)
    return ready, slow


def _mending(refused: Refused, barred: Sequence[str], without: Way) -> list[Way]:
    """What would let in the named exercises that are barred, or as many as may be; or without them."""
    against = refused.against_in(refused.request)
    stands = {slug: against(refused.shelf.index[slug]) for slug in barred}
    mended = [slug for slug in barred if _changes([slug], stands[slug], refused)]
    groups = [mended, *([slug for slug in mended if set(stands[slug]) == {field}] for field in MENDED)]
    ways: list[Way] = []
    for group in groups:
        fields = {field for slug in group for field in stands[slug]}
        rest = _without([slug for slug in barred if slug not in group], refused)
        ways += [(*way, *rest) for way in _changes(group, fields, refused)]
    ways += [_without(barred, refused), without]
    return sorted(dict.fromkeys(ways), key=len)


def _parting(refused: Refused, clash: Sequence[str], without: Way) -> list[Way]:
    """Without one of those that do not go together, or without as few of all as may be; another purpose."""
    purpose: Way = () if refused.request.purpose == "standalone" else (("purpose", "standalone"),)
    ways = (*(_without([slug], refused) for slug in clash), purpose, without)
    return [way for way in dict.fromkeys(ways) if way]


def _without(slugs: Sequence[str], refused: Refused) -> Way:
    kept = tuple(slug for slug in refused.request.include if slug not in slugs)
    return (("include", kept),) if slugs else ()


def _changes(slugs: Sequence[str], fields: Collection[str], refused: Refused) -> list[Way]:
    """Ways to let these exercises in against these fields; none where one of the fields is not for bargaining."""
    request = refused.request
    exercises = [refused.shelf.exercises[refused.shelf.index[slug]] for slug in slugs]
    to_the_floor = "positions" in fields and any("floor_transfer" in one.features for one in exercises)
    if not fields or not set(fields).issubset(MENDED) or (to_the_floor and request.age_band == "65+"):
        return []
    way: Way = ()
    if "positions" in fields:
        places = dict.fromkeys((*(request.positions or ()), *(one.position for one in exercises)))
        way += (("positions", tuple(places)),)
    if "exclude" in fields:
        way += (("exclude", tuple(slug for slug in request.exclude if slug not in slugs)),)
    if "purpose" in fields:
        way += (("purpose", "standalone"),)
    if "available_equipment" not in fields:
        return [way]
    held = request.available_equipment
    lacking = [g for one in exercises for g in one.equipment if not set(g).intersection(held) and "mat" not in g]
    return [(("available_equipment", (*held, *kit)), *way) for kit in _kits(lacking)]


def _kits(lacking: Sequence[Sequence[str]]) -> list[list[str]]:
    """Kit that meets every need: each piece that alone does, else one of each need, as few as can be."""
    alone = [kit for kit in lacking[0] if all(kit in group for group in lacking)]
    chosen: list[str] = []
    for group in sorted(lacking, key=len):
        if not set(group).intersection(chosen):
            chosen.append(group[0])
    return [[kit] for kit in alone] or [chosen]
