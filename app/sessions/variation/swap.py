"""The session with one exercise exchanged: the others stay."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from app.rules.condition_rules import equipment_of_conditions
from app.rules.dose import Dose
from app.rules.equipment import list_pieces, missing_equipment
from app.rules.vocabulary import OPTIONAL_EQUIPMENT
from app.schemas.exercise import Exercise
from app.schemas.session_request import SessionRequest
from app.schemas.session_variation import SwapReason
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError
from app.sessions.plan import Plan
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.problem.pain_effects import describe_painful, list_strained_alike
from app.sessions.problem.prepared_problem import Replacement, Variation, prepare_problem
from app.sessions.texts import HistoryTexts, RefusalTexts, load_texts
from app.sessions.variation.replacements import rank_replacements, unsuitable_replacements
from app.sessions.variation.session_to_vary import SessionToVary, VariedPlan

Value = TypeVar("Value")
MIN_FILLED_PERCENT: Final = 90
"""Percent of the time that a session with one exercise exchanged must fill."""
MIN_FILLED_PERCENT_HALVED: Final = 60
"""The same where what strains like it is halved: a shorter session is right then."""


@dataclass(frozen=True)
class Swap:
    """A session without one of its exercises, before anything comes in its place."""

    request: SessionRequest
    index: ExerciseIndex
    old: Exercise | None
    """The exercise that goes; None where it was deleted since."""
    phase: str
    """Its phase."""
    retained: tuple[str, ...]
    """The exercises that stay."""
    excluded: frozenset[str]
    """The exercises that may not come."""
    pinned_phases: tuple[tuple[str, str], ...]
    """The exercises that stay, with their phases."""
    pinned_doses: tuple[tuple[str, Dose], ...]
    """The exercises that stay, with their doses."""
    min_duration_s: int
    """Seconds that a session with a replacement must fill before anything else is changed."""
    halved: tuple[tuple[str, Dose], ...]
    """The exercises that stay and strain like the one that goes, which hurt, with their doses."""
    others: tuple[str, ...]
    """All exercises of the session before but the one that goes."""

    def variation(self, retained: tuple[str, ...] | None = None) -> Variation:
        """The variation with these exercises retained, or with all."""
        kept = self.retained if retained is None else retained
        halved = tuple(pair for pair in self.halved if pair[0] in kept)
        advice: tuple[str, ...] = ()
        if halved and self.old is not None:
            template = load_texts(HistoryTexts).halved_after_swap
            advice = (template.fill(**describe_painful(self.old.slug, self.index)),)
        return Variation(
            kept,
            self.excluded,
            halved,
            advice,
            pinned_phases=tuple(pair for pair in self.pinned_phases if pair[0] in kept),
            pinned_doses=tuple(pair for pair in self.pinned_doses if pair[0] in kept),
            others=self.others,
        )


def replace_exercise(session: SessionToVary, place: int, reason: SwapReason, index: ExerciseIndex) -> VariedPlan:
    """Return the session without the exercise at `place`, from 0.

    All others stay in their phases with their doses, where the time is still filled and no rule speaks against it.
    After `too_hard` nothing comes that is as hard, after `no_equipment` nothing that needs the equipment, after `pain`
    nothing that strains alike, and what stays and strains alike is halved. Raises what `build_session` raises.
    """
    swap = _prepare_swap(session, place, reason, index)
    removed = session.removed | {session.slugs[place]}
    plan = _build_with_replacement(swap) or _build_retaining_most(swap)
    return VariedPlan(plan, swap.request, removed)


def _prepare_swap(session: SessionToVary, place: int, reason: SwapReason, index: ExerciseIndex) -> Swap:
    old_slug = session.slugs[place]
    old = index.by_slug(old_slug) if old_slug in index.number_of else None
    include = tuple(slug for slug in session.request.include if slug != old_slug)
    request = session.request.model_copy(update={"include": include})
    others, excluded = _other_slugs(session, old_slug, index), session.removed | {old_slug}
    retained = others
    if old is not None and reason == "no_equipment":
        request, retained = _without_equipment(old, request, retained, index)
    elif old is not None:
        excluded |= unsuitable_replacements(old, reason, index) - set(retained)
    # Conditions and history are those of now: what stayed before may be excluded now.
    retained = _still_eligible(retained, request, excluded, index)
    alike = _list_strained_alike(old, reason, retained, index)
    min_filled_percent = MIN_FILLED_PERCENT_HALVED if alike else MIN_FILLED_PERCENT
    doses = _select_pairs(session.slugs, session.doses, retained)
    return Swap(
        request=request,
        index=index,
        old=old,
        phase=session.phases[place],
        retained=retained,
        excluded=excluded,
        pinned_phases=_select_pairs(session.slugs, session.phases, retained),
        pinned_doses=tuple(pair for pair in doses if pair[0] not in alike),
        min_duration_s=request.duration_s * min_filled_percent // 100,
        halved=tuple(pair for pair in doses if pair[0] in alike),
        others=others,
    )


def _list_strained_alike(
    old: Exercise | None, reason: SwapReason, retained: tuple[str, ...], index: ExerciseIndex
) -> frozenset[str]:
    """The exercises that stay and share the strain that hurt; none after another reason."""
    if old is None or reason != "pain":
        return frozenset()
    return list_strained_alike(old.slug, index).intersection(retained)


def _select_pairs(
    slugs: Sequence[str], values: Sequence[Value], retained: tuple[str, ...]
) -> tuple[tuple[str, Value], ...]:
    """Each exercise that stays, with its value."""
    return tuple(pair for pair in zip(slugs, values, strict=True) if pair[0] in retained)


def _other_slugs(session: SessionToVary, old_slug: str, index: ExerciseIndex) -> tuple[str, ...]:
    """The exercises of the session that stay, once each: two may have been renamed to one."""
    standing = (slug for slug in session.slugs if slug != old_slug and slug in index.number_of)
    return tuple(dict.fromkeys(standing))


def _without_equipment(
    old: Exercise, request: SessionRequest, retained: tuple[str, ...], index: ExerciseIndex
) -> tuple[SessionRequest, tuple[str, ...]]:
    """The request without the equipment of the exercise that goes, and the exercises that need none of it."""
    seat = equipment_of_conditions(request.conditions)
    pieces = list_pieces(old.equipment) - OPTIONAL_EQUIPMENT - set(seat)
    available = tuple(piece for piece in request.available_equipment if piece not in pieces)
    at_hand = frozenset((*available, *seat))
    retained = tuple(slug for slug in retained if not missing_equipment(index.by_slug(slug).equipment, at_hand))
    include = tuple(slug for slug in request.include if slug in retained)
    return request.model_copy(update={"available_equipment": available, "include": include}), retained


def _still_eligible(
    retained: tuple[str, ...], request: SessionRequest, excluded: frozenset[str], index: ExerciseIndex
) -> tuple[str, ...]:
    """Those of the retained exercises that may be in a session now: what is stated of the person may be new."""
    placements = prepare_problem(request, index, Variation(removed=excluded)).problem.placements
    eligible = {index.exercises[placement.exercise].slug for placement in placements}
    return tuple(slug for slug in retained if slug in eligible)


def _build_with_replacement(swap: Swap) -> Plan | None:
    """The session with another exercise in the place of the one that goes; None where none was found.

    First nothing else changes, then exercises may be added. The doses of the others stay: one may have been lowered
    for a reason that is forgotten.
    """
    if swap.old is None:
        return None
    plans: list[Plan] = []
    for adds_nothing in (True, False):
        plan = _build_with(swap, swap.old, adds_nothing=adds_nothing)
        if plan is not None and plan.duration_s >= swap.min_duration_s:
            return plan
        plans += [plan] if plan is not None else []
    longest_s = max((plan.duration_s for plan in plans), default=0)
    # What fills hardly less time than the longest and changes less is better.
    return next((plan for plan in plans if plan.duration_s * 100 >= longest_s * MIN_FILLED_PERCENT), None)


def _build_with(swap: Swap, old: Exercise, *, adds_nothing: bool) -> Plan | None:
    """The session with the best replacement that leaves the rest of the session as it is; None where none does."""
    without_old = prepare_problem(swap.request, swap.index, swap.variation())
    for slug in rank_replacements(old, swap.phase, swap.retained, without_old.eligibility):
        keeps_phase = swap.phase in swap.index.by_slug(slug).phases
        variation = swap.variation((*swap.retained, slug))
        variation = variation._replace(
            pinned_phases=(*variation.pinned_phases, *([(slug, swap.phase)] if keeps_phase else [])),
            adds_nothing=adds_nothing,
            replacement=Replacement(old.slug, slug),
        )
        prepared = prepare_problem(swap.request, swap.index, variation)
        # A replacement was not included by name: it may not make two exercises that load the wrists meet.
        if prepared.is_feasible and prepared.problem.repeatable_load <= without_old.problem.repeatable_load:
            with contextlib.suppress(InfeasibleRequestError):
                return build_session(swap.request, swap.index, variation)
    return None


def _build_retaining_most(swap: Swap) -> Plan:
    """The session with all retained exercises, or without as few of the last ones as leave a session."""
    retained = swap.retained
    while True:
        while retained and not prepare_problem(swap.request, swap.index, swap.variation(retained)).is_feasible:
            retained = retained[:-1]
        try:
            return build_session(swap.request, swap.index, swap.variation(retained))
        except InfeasibleRequestError as error:
            if not retained:
                # What a new request might change is of no use to a swap: it takes no equipment and no time.
                texts = load_texts(RefusalTexts).variation
                detail = texts.nothing_in_its_place.fill(detail=error.detail)
                raise InfeasibleRequestError(detail, error.conflict, texts.without_replacement) from None
            retained = retained[:-1]
