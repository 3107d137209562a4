"""What would make a refused request possible: each change is tried by building and must serve a goal asked for."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, get_args

from app.rules.vocabulary import Equipment, Position
from app.sessions.prepare import PLAIN, Prepared, Variation, prepare
from app.sessions.request import SessionRequest
from app.sessions.score import Ordered, seconds_served
from app.sessions.search import search
from app.sessions.shelf import Shelf

LONGEST_S = 3600
MOST_SUGGESTIONS = 5
MOST_PAIRS = 150
"""Pairs of changes that are looked at where no single change does."""


class Attempt(NamedTuple):
    """What came of a request: all that was known of it, and what was chosen; None where nothing that was asked fits."""

    prepared: Prepared
    chosen: Ordered | None


class Change(NamedTuple):
    """One field of a request put otherwise, in words and as the field's new value."""

    said: str
    field: str
    value: tuple[str, ...] | str | int


def attempt(request: SessionRequest, shelf: Shelf, variation: Variation = PLAIN) -> Attempt:
    """Builds. A session that holds nothing named and serves none of its goals is not what was asked for."""
    prepared = prepare(request, shelf, variation)
    chosen = None
    if prepared.start is not None and (request.include or may_serve(prepared)):
        chosen = search(prepared.problem, request.seed, prepared.start)
    if chosen is not None and not request.include and not any(seconds_served(prepared.problem, chosen.choices)):
        chosen = None
    return Attempt(prepared, chosen)


def may_serve(prepared: Prepared) -> bool:
    """True where something that is possible serves a goal; without it no search is needed."""
    return any(any(line.serves) for line in prepared.problem.lines)


def serves(request: SessionRequest, shelf: Shelf, variation: Variation = PLAIN) -> bool:
    """True where a session is built that gives time to one of its goals."""
    found = attempt(request, shelf, variation)
    return found.chosen is not None and any(seconds_served(found.prepared.problem, found.chosen.choices))


def needed_s(request: SessionRequest, shelf: Shelf, variation: Variation = PLAIN) -> int | None:
    """The seconds from which on it works, where more time is all that is lacking."""

    def works(seconds: int) -> bool:
        prepared = prepare(request.model_copy(update={"duration_s": seconds}), shelf, variation)
        return prepared.feasible and (bool(request.include) or may_serve(prepared))

    if not works(LONGEST_S):
        return None
    low, high = request.duration_s, LONGEST_S
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


def suggestions(request: SessionRequest, shelf: Shelf, variation: Variation, needed: int | None) -> tuple[str, ...]:
    """Changes that do, single ones where there are any, else two together."""
    said = []
    if needed is not None:
        enough = _enough_s(request, shelf, variation, needed)
        said += [] if enough is None else [f"set duration_s to {enough} or more"]
    single = list(_changes(request, shelf))
    said += _proved([(one,) for one in single], request, shelf, variation)
    if not said:
        numbers = sorted(combinations(range(len(single)), 2), key=sum)
        pairs = [(single[a], single[b]) for a, b in numbers if single[a].field != single[b].field]
        said += _proved(pairs[:MOST_PAIRS], request, shelf, variation)
    return tuple(said[:MOST_SUGGESTIONS])


def _enough_s(request: SessionRequest, shelf: Shelf, variation: Variation, needed: int) -> int | None:
    """Seconds in which a goal is served too: what is named may take all of the least."""
    for seconds in (needed, needed + 30, needed + 60, needed + 120, needed + 300):
        if seconds <= LONGEST_S and serves(request.model_copy(update={"duration_s": seconds}), shelf, variation):
            return seconds
    return None


def _proved(
    ways: Sequence[tuple[Change, ...]], request: SessionRequest, shelf: Shelf, variation: Variation
) -> list[str]:
    """Of these ways those that serve a goal when built, first those that open most goals."""
    hopeful = []
    for way in ways:
        changed = request.model_copy(update={change.field: change.value for change in way})
        prepared = prepare(changed, shelf, variation)
        if prepared.feasible and may_serve(prepared):
            hopeful.append((len(prepared.problem.goals), way, changed))
    hopeful.sort(key=lambda one: -one[0])
    sound: list[tuple[Change, ...]] = []
    for _, way, changed in hopeful:
        if len(sound) == MOST_SUGGESTIONS:
            break
        if not any(_asks_no_less(way, other) for other in sound) and serves(changed, shelf, variation):
            sound.append(way)
    return [" and ".join(change.said for change in way) for way in sound]


def _asks_no_less(way: tuple[Change, ...], other: tuple[Change, ...]) -> bool:
    """True where a way that is known to do asks for the same, or for part of it."""
    return all(any(_covers(mine, theirs) for mine in way) for theirs in other)


def _covers(mine: Change, theirs: Change) -> bool:
    if mine.field != theirs.field or not isinstance(mine.value, tuple) or not isinstance(theirs.value, tuple):
        return mine == theirs
    more, less = (mine.value, theirs.value) if mine.said.startswith("add") else (theirs.value, mine.value)
    return set(more) >= set(less)


def _changes(request: SessionRequest, shelf: Shelf) -> Iterator[Change]:
    """Single changes; a condition, pain, age or level is never among them."""
    for kit in _kits(request, shelf):
        more = (*request.available_equipment, *kit)
        yield Change(f"add {' and '.join(kit)} to available_equipment", "available_equipment", more)
    if request.positions is not None:
        for position in _positions(request, shelf):
            yield Change(f"add {position} to positions", "positions", (*request.positions, position))
    for slug in request.exclude:
        fewer = tuple(other for other in request.exclude if other != slug)
        yield Change(f"remove {slug} from exclude", "exclude", fewer)
    if request.purpose != "standalone":
        yield Change("set purpose to standalone", "purpose", "standalone")
    for size in (1, 2):
        for gone in combinations(request.include, size):
            kept = tuple(slug for slug in request.include if slug not in gone)
            yield Change(f"remove {' and '.join(gone)} from include", "include", kept)


def _kits(request: SessionRequest, shelf: Shelf) -> list[tuple[str, ...]]:
    """Kit that may open a way: all that what is named still lacks, each single piece, what one exercise lacks."""
    at_hand = frozenset(request.available_equipment)
    lacking = [_lacking(slug, at_hand, shelf) for slug in request.include]
    together = tuple(dict.fromkeys(kit for one in lacking for kit in one))
    pieces: list[tuple[str, ...]] = [(kit,) for kit in get_args(Equipment) if kit not in at_hand and kit != "mat"]
    goals = {wish.goal for wish in request.goals}
    serving = [one.slug for one in shelf.exercises if not goals.isdisjoint(one.goal_weights)]
    sets = [_lacking(slug, at_hand, shelf) for slug in serving]
    return list(dict.fromkeys(kit for kit in (together, *lacking, *pieces, *sets) if kit))


def _lacking(slug: str, at_hand: frozenset[str], shelf: Shelf) -> tuple[str, ...]:
    groups = shelf.exercises[shelf.index[slug]].equipment
    return tuple(dict.fromkeys(g[0] for g in groups if not at_hand.intersection(g) and "mat" not in g))


def _positions(request: SessionRequest, shelf: Shelf) -> list[str]:
    """Positions that are not allowed yet: those of what is named first."""
    named = [shelf.exercises[shelf.index[slug]].position for slug in request.include]
    return [one for one in dict.fromkeys((*named, *get_args(Position))) if one not in (request.positions or ())]
