"""The doses that a session may choose from for an exercise.

Seconds and repetitions after the same sources as `app.rules.dose`; editorial, no clinician has reviewed them yet.
"""

from itertools import product
from typing import NamedTuple

from app.rules.dose import Dose, select_dose_range, set_work_s, total_duration_s, total_work_s
from app.rules.dose_limits import (
    HANG_SECONDS,
    HANG_SECONDS_65_PLUS,
    HOLD_SECONDS,
    HOLD_SECONDS_65_PLUS,
    LONG_HOLD_SECONDS,
    MAX_HANGING_SET_S,
    MAX_HOLD_TOTAL_65_PLUS_S,
    MAX_HOLD_TOTAL_S,
    MAX_SLOW_SET_S,
    MAX_STRENGTH_SET_S,
    MAX_WEIGHT_BEARING_HOLD_S,
    MAX_WORK_S,
    MIN_REST_S,
    REST_STEP_S,
    SHORT_HOLD_SECONDS,
)
from app.rules.halved_doses import Amount, list_halved_amounts
from app.rules.vocabulary import LoadGroup, Pattern, Position


class DosingContext(NamedTuple):
    """What a session changes in the doses of its exercises."""

    desk_break: bool = False
    """One short set."""
    aged_65_plus: bool = False
    """Holds of 30 s and more, 10 to 15 repetitions, rests longer by half."""
    pre_training: bool = False
    """No hold over 30 s, because a long hold costs power for a while."""
    max_hold_s: int | None = None
    """Most seconds of one static hold that the person's conditions allow; None where they do not matter."""
    halved: bool = False
    """About half of the exercise's own dose, because something that strains alike hurt."""
    extra_set: bool = False
    """The stiffer side does one set more: the doses are the same, but each takes longer."""
    introduction: bool = False
    """The steps are spoken before the exercise: the doses are the same, but each takes longer."""


def list_dose_options(
    own_dose: Dose, pattern: Pattern, load_group: LoadGroup, position: Position, context: DosingContext
) -> tuple[Dose, ...]:
    """Return the doses that a session may choose from for an exercise whose own dose is `own_dose`.

    Shortest first by `total_duration_s`, and never empty.
    """
    options = [
        own_dose.model_copy(
            update={
                "sets": sets,
                "reps": reps,
                "hold_s": own_dose.hold_s if own_dose.tempo is not None and breaths is None else hold_s,
                "breaths": breaths,
                "rest_s": choose_rest_s(own_dose, (sets, reps, hold_s, breaths), pattern, load_group, context),
            }
        )
        for sets, reps, hold_s, breaths in _list_amounts(own_dose, pattern, load_group, context)
    ]
    options.sort(key=lambda dose: (total_duration_s(dose, position), dose.sets, dose.reps or 0, dose.hold_s or 0))
    # The shortest option stays whatever it takes, so that the result is never empty.
    max_work_s = max(MAX_WORK_S, total_work_s(own_dose))
    return tuple(dose for index, dose in enumerate(options) if index == 0 or total_work_s(dose) <= max_work_s)


def _list_amounts(own_dose: Dose, pattern: Pattern, load_group: LoadGroup, context: DosingContext) -> list[Amount]:
    if context.halved:
        halved = list_halved_amounts(own_dose, pattern, max_sets=1 if context.desk_break else own_dose.sets)
        return halved if pattern != "static_hold" else _limit_halved_holds(halved, context)
    if pattern == "static_hold":
        holds = _limit_holds(_list_static_holds(own_dose, load_group, context), context)
        return [(sets, None, hold_s, None) for sets, hold_s in holds]
    if pattern == "isometric":
        return [(sets, reps, hold_s, None) for sets, reps, hold_s in _list_isometric_sets(own_dose, context)]
    if pattern == "breathing":
        breath_counts = (6, 8, 10, 12) if context.desk_break else (6, 8, 10, 12, 15, 18, 24)
        return [(1, None, None, breaths) for breaths in breath_counts]
    return [(sets, reps, None, None) for sets, reps in _list_repetition_sets(own_dose, pattern, load_group, context)]


def _list_static_holds(own_dose: Dose, load_group: LoadGroup, context: DosingContext) -> list[tuple[int, int]]:
    """Return sets and seconds of a static hold: 60 s in all is the aim, 10-30 s a hold (30-60 s from 65 on)."""
    if load_group == "grip":
        hang_lengths = HANG_SECONDS_65_PLUS if context.aged_65_plus else HANG_SECONDS
        return _combine_holds(context, hang_lengths, min_total_s=0, max_total_s=MAX_HOLD_TOTAL_S)
    if context.pre_training:
        return [(1, hold_s) for hold_s in SHORT_HOLD_SECONDS]
    if context.desk_break and not context.aged_65_plus:
        return [*((1, hold_s) for hold_s in SHORT_HOLD_SECONDS), (2, SHORT_HOLD_SECONDS[0])]
    return _list_stretches(own_dose, load_group, context)


def _limit_holds(holds: list[tuple[int, int]], context: DosingContext) -> list[tuple[int, int]]:
    """Return the sets and seconds that a condition allows; where all are too long, as many sets of the longest."""
    if context.max_hold_s is None:
        return holds
    short = [(sets, hold_s) for sets, hold_s in holds if hold_s <= context.max_hold_s]
    return short or [(sets, context.max_hold_s) for sets in sorted({sets for sets, _ in holds})]


def _limit_halved_holds(amounts: list[Amount], context: DosingContext) -> list[Amount]:
    """Return the amounts with the holds that are longer than a condition allows cut to what it allows."""
    max_hold_s = context.max_hold_s
    if max_hold_s is None:
        return amounts
    return [(sets, reps, min(hold_s or 0, max_hold_s), breaths) for sets, reps, hold_s, breaths in amounts]


def _list_stretches(own_dose: Dose, load_group: LoadGroup, context: DosingContext) -> list[tuple[int, int]]:
    """Return sets and seconds of a stretch without a time limit from the purpose of the session."""
    min_total_s = min(30, own_dose.sets * (own_dose.hold_s or 30))
    max_total_s = MAX_HOLD_TOTAL_65_PLUS_S if context.aged_65_plus else MAX_HOLD_TOTAL_S
    if (own_dose.hold_s or 0) > HOLD_SECONDS[-1] and not context.aged_65_plus:
        # A rest that is long at ease is one stay, and never cut into pieces.
        return [(1, hold_s) for hold_s in LONG_HOLD_SECONDS if hold_s >= min_total_s]
    max_hold_s = MAX_WEIGHT_BEARING_HOLD_S if load_group == "wrist" else max_total_s
    lengths = tuple(hold_s for hold_s in _list_hold_seconds(own_dose, context) if hold_s <= max_hold_s)
    return _combine_holds(context, lengths, min_total_s, max_total_s)


def _combine_holds(
    context: DosingContext, lengths: tuple[int, ...], min_total_s: int, max_total_s: int
) -> list[tuple[int, int]]:
    """Return sets and seconds of a hold whose seconds in all sets together are within the limits."""
    return [
        (sets, hold_s)
        for sets, hold_s in product(_set_counts(context), lengths)
        if min_total_s <= sets * hold_s <= max_total_s
    ]


def _set_counts(context: DosingContext) -> tuple[int, ...]:
    """Return the numbers of sets of a held exercise."""
    return (1,) if context.desk_break else (1, 2, 3)


def _list_hold_seconds(own_dose: Dose, context: DosingContext) -> tuple[int, ...]:
    """Return the seconds of one hold: a stretch that is brief may stay so."""
    own_hold_s = own_dose.hold_s or 20
    if context.aged_65_plus:
        return HOLD_SECONDS_65_PLUS
    return (own_hold_s, *HOLD_SECONDS) if own_hold_s < HOLD_SECONDS[0] else HOLD_SECONDS


def _list_isometric_sets(own_dose: Dose, context: DosingContext) -> list[tuple[int, int, int]]:
    """Return sets, holds and seconds of isometric work: 5-10 holds of 5-10 s, or one hold of 15-30 s in each set."""
    own_reps = own_dose.reps or 1
    if own_reps == 1:
        lengths = (15, 20) if context.desk_break or context.pre_training else (15, 20, 30)
        return list(product(_set_counts(context), (1,), lengths))
    if context.desk_break:
        return list(product((1,), (4, 5, 6, 7, 8), (5, 6)))
    if own_dose.sets == 1:
        return list(product((1,), (5, 6, 8, 10), (5, 8)))
    # An exercise whose own dose has several sets is tiring: one set must not take the holds of all of them.
    rep_counts = tuple(reps for reps in (5, 6, 8, 10) if reps <= own_reps + 2)
    return [*product((1,), rep_counts, (5, 8)), (2, 5, 5), (2, 5, 8)]


def _list_repetition_sets(
    own_dose: Dose, pattern: Pattern, load_group: LoadGroup, context: DosingContext
) -> list[tuple[int, int]]:
    """Return sets and repetitions: at most one set more than the exercise's own, and no set that takes too long."""
    usual_counts, max_set_s, max_sets = _repetition_limits(own_dose, pattern, load_group, context)
    counts = _list_repetition_counts(own_dose, pattern, usual_counts, context)
    rep_s = own_dose.tempo.total_s if own_dose.tempo is not None else 0
    # A very slow exercise keeps at least its lowest number of repetitions.
    max_set_s = max(max_set_s, set_work_s(own_dose), counts[0] * rep_s)
    # Three rounds of moving have at most the exercise's own repetitions, or what is the least at this age.
    max_third_reps = max(own_dose.reps or 0, counts[0]) if pattern == "dynamic" else counts[-1]
    return [
        (sets, reps)
        for sets in range(1, max_sets + 1)
        for reps in counts
        if reps * rep_s <= max_set_s and (sets < 3 or reps <= max_third_reps)
    ]


def _list_repetition_counts(
    own_dose: Dose, pattern: Pattern, usual_counts: tuple[int, ...], context: DosingContext
) -> tuple[int, ...]:
    """Return the repetitions of one set, fewest first: the usual ones and the exercise's own."""
    if context.desk_break and pattern == "dynamic":
        return (3, 4, 5, 6, 8, 10, 12)
    # From 65 on the repetitions of the guidelines replace the exercise's own.
    if own_dose.reps is None or context.aged_65_plus:
        return usual_counts
    return tuple(sorted({own_dose.reps, *usual_counts}))


def _repetition_limits(
    own_dose: Dose, pattern: Pattern, load_group: LoadGroup, context: DosingContext
) -> tuple[tuple[int, ...], int, int]:
    """Return the usual repetitions, the most seconds of a set and the most sets of a kind of work."""
    max_sets = 1 if context.desk_break else 2 if context.pre_training else 4
    if pattern == "dynamic":
        return (6, 8, 10, 12), MAX_SLOW_SET_S, min(3, max_sets)
    if load_group == "grip":
        return (3, 4, 5, 6, 8), MAX_HANGING_SET_S, min(3, max_sets)
    max_sets = min(4, own_dose.sets + 1, max_sets)
    if context.aged_65_plus:
        return (10, 12, 15), MAX_STRENGTH_SET_S, min(3, max_sets)
    return (8, 10, 12), MAX_STRENGTH_SET_S, max_sets


def choose_rest_s(
    own_dose: Dose, amount: Amount, pattern: Pattern, load_group: LoadGroup, context: DosingContext
) -> int:
    """Return the seconds of rest between sets: by the kind of work and by age, a multiple of `REST_STEP_S`."""
    sets, reps, _, breaths = amount
    max_rest_s = select_dose_range(pattern, load_group).rest_s[1]
    rest_s = own_dose.rest_s
    # The next set starts on the side that has just worked, so even two-sided work needs a rest.
    if sets > 1 and breaths is None and rest_s < MIN_REST_S:
        dynamic_rest_s = 15 if own_dose.tempo is not None else 30
        rest_s = MIN_REST_S if own_dose.per_side or reps is None else dynamic_rest_s
    if context.aged_65_plus:
        # Longer by half, rounded up.
        rest_s += (rest_s + 1) // 2
    return min(max_rest_s, -(-rest_s // REST_STEP_S) * REST_STEP_S)
