"""Why a request cannot be met: the smallest set of its requirements that contradict, and what single change would do.

A condition, pain or level is never proposed for change.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import get_args

from app.rules.vocabulary import Equipment
from app.sessions.eligibility import Setting, setting_of, sieves
from app.sessions.past import Past
from app.sessions.prepare import Prepared, prepare
from app.sessions.refusal import CannotBuild
from app.sessions.request import SessionRequest
from app.sessions.shelf import Shelf

LONGEST_S = 3600
MOST_SUGGESTIONS = 5
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
    """The refusal of a request for which nothing was found."""
    setting = setting_of(request, shelf, prepared.past)
    barred = [slug for slug in request.include if shelf.index[slug] not in prepared.eligibility.numbers]
    suggestions = tuple(_suggestions(request, shelf, prepared))
    needed = needed_s(request, shelf)
    if needed is not None:
        suggestions = (f"set duration_s to {needed} or more", *suggestions)[:MOST_SUGGESTIONS]
    if barred:
        slug = barred[0]
        against = _against(shelf.index[slug], request, setting, shelf, prepared.past)
        detail = f"{slug} is asked for by name, and {_said(against[0])} rules it out: this is impossible."
        return CannotBuild(detail, [f"include:{slug}", against[0]], suggestions, needed)
    if request.include:
        return _named(request, shelf, suggestions, needed)
    conflict = _hitting_set(request, setting, shelf, prepared.past)
    detail = f"No exercise passes {' and '.join(_said(one) for one in conflict)}: this is impossible."
    return CannotBuild(detail, conflict, suggestions, needed)


def needed_s(request: SessionRequest, shelf: Shelf) -> int | None:
    """The seconds from which on it works, where more time is all that is lacking."""

    def works(seconds: int) -> bool:
        return prepare(request.model_copy(update={"duration_s": seconds}), shelf).feasible

    if not works(LONGEST_S):
        return None
    low, high = request.duration_s, LONGEST_S
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


def _named(request: SessionRequest, shelf: Shelf, suggestions: tuple[str, ...], needed: int | None) -> CannotBuild:
    """Exercises that may each be in a session, but not all of them in this one."""
    families: dict[str, str] = {}
    for slug in request.include:
        family = shelf.exercises[shelf.index[slug]].family
        if family in families:
            detail = f"{families[family]} and {slug} are forms of one drill; a session holds one of them."
            return CannotBuild(detail, [f"include:{families[family]}", f"include:{slug}"], suggestions, needed)
        families[family] = slug
    conflict = _irreducible(request, shelf)
    requirements = [f"include:{slug}" for slug in conflict]
    if needed is not None:
        detail = f"What is asked for by name takes {needed} s at the least; there are {request.duration_s} s."
        return CannotBuild(detail, [*requirements, "duration_s"], suggestions, needed)
    detail = "No order was found that keeps equal loads apart within the limits of the session."
    return CannotBuild(detail, requirements, suggestions, needed)


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
            if step == "position" and request.positions is None:
                field = "age_band"
            found.append(field)
    return sorted(dict.fromkeys(found), key=lambda field: (field not in FIRM, found.index(field)))


def _hitting_set(request: SessionRequest, setting: Setting, shelf: Shelf, past: Past) -> list[str]:
    """The fewest requirements of which every exercise breaks one."""
    broken: set[frozenset[str]] = set()
    for number in range(len(shelf.exercises)):
        against = _against(number, request, setting, shelf, past)
        if shelf.options(number, setting.manner)[0].time_s > request.duration_s:
            against.append("duration_s")
        broken.add(frozenset(against or ("purpose",)))
    fields = sorted({field for one in broken for field in one})
    for size in range(1, len(fields) + 1):
        for chosen in combinations(fields, size):
            if all(one.intersection(chosen) for one in broken):
                return list(chosen)
    return fields


def _suggestions(request: SessionRequest, shelf: Shelf, prepared: Prepared) -> Iterator[str]:
    """Single changes, each tried, that make the request possible."""
    given = 0
    for said, changed in _changes(request, shelf, prepared):
        if prepare(changed, shelf).feasible:
            yield said
            given += 1
            if given == MOST_SUGGESTIONS:
                return


def _changes(request: SessionRequest, shelf: Shelf, prepared: Prepared) -> Iterator[tuple[str, SessionRequest]]:
    for kit in _kits(request, shelf, prepared):
        more = (*request.available_equipment, *kit)
        yield (
            f"add {' and '.join(kit)} to available_equipment",
            request.model_copy(update={"available_equipment": more}),
        )
    if request.positions is not None:
        for position in _positions(request, shelf):
            wider = (*request.positions, position)
            yield f"add {position} to positions", request.model_copy(update={"positions": wider})
    for slug in request.exclude:
        fewer = tuple(other for other in request.exclude if other != slug)
        yield f"remove {slug} from exclude", request.model_copy(update={"exclude": fewer})
    if request.purpose != "standalone":
        yield "set purpose to standalone", request.model_copy(update={"purpose": "standalone"})
    for slug in request.include:
        fewer = tuple(other for other in request.include if other != slug)
        yield f"remove {slug} from include", request.model_copy(update={"include": fewer})


def _kits(request: SessionRequest, shelf: Shelf, prepared: Prepared) -> list[tuple[Equipment, ...]]:
    """Kit that would open a way: for what is named, all that it still lacks; else each single piece."""
    at_hand = prepared.eligibility.setting.at_hand
    if not request.include:
        return [(kit,) for kit in get_args(Equipment) if kit not in at_hand and kit != "mat"]
    lacking = []
    for slug in request.include:
        groups = shelf.exercises[shelf.index[slug]].equipment
        short = tuple(group[0] for group in groups if not at_hand.intersection(group) and "mat" not in group)
        if short:
            lacking.append(tuple(dict.fromkeys(short)))
    return list(dict.fromkeys(lacking))


def _positions(request: SessionRequest, shelf: Shelf) -> list[str]:
    slugs = request.include or tuple(shelf.index)
    wanted = dict.fromkeys(shelf.exercises[shelf.index[slug]].position for slug in slugs)
    return [position for position in wanted if position not in (request.positions or ())]


def _said(field: str) -> str:
    return {
        "available_equipment": "the kit at hand",
        "positions": "the positions allowed",
        "level": "the level",
        "age_band": "the age band",
        "purpose": "the purpose",
        "exclude": "the exclusions",
        "history": "the pain reported lately",
        "conditions": "a stated condition",
        "duration_s": "the time",
    }[field]
