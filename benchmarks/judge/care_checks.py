"""Whether a session is as careful as the stated conditions and the reported pain ask for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.schemas.session import SessionItem, TimelineEvent
from app.schemas.session_request import PerformedExercise, SessionRequest
from app.sessions.plan import Plan
from benchmarks.judge.facts import FLOOR, ExerciseFacts, Facts

Finding = tuple[str, str]
"""The kind of a fault, and what exactly is wrong."""
REST_DAYS, RETURN_DAYS = 7, 14
MAX_AMBER_PAIN, MAX_GREEN_PAIN = 5, 3
MAX_HALVED_SHARE = 0.7
"""Of an exercise's own work: the most that is about half of it."""
EYES_FOLLOW = re.compile(r"\beyes?\b.*\b(hand|follow|chest|arm)\b|\blook\b.*\bat the hand\b", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """A session under judgement."""

    request: SessionRequest
    plan: Plan
    facts: Facts

    @property
    def items(self) -> list[SessionItem]:
        """The items in order."""
        return [item for phase in self.plan.phases for item in phase.items]

    @property
    def exercises(self) -> list[ExerciseFacts]:
        """The exercise of each item, in order."""
        return [self.facts.exercises[item.exercise.slug] for item in self.items]

    def events_of(self, slug: str, *kinds: str) -> list[TimelineEvent]:
        """Return the events of an exercise, of these kinds or of all."""
        return [event for event in self.plan.timeline if event.slug == slug and (not kinds or event.kind in kinds)]

    def work_s(self, slug: str) -> int:
        """Return the seconds of work of an exercise."""
        return sum(event.duration_s for event in self.events_of(slug, "work"))


def find_care_faults(case: Case) -> Iterator[Finding]:
    """Yield where the session is less careful than it must be."""
    for check in (_barred, _time_limits, _cautions, _cues, _positions, _first_level, _pain, _alternatives):
        yield from check(case)


def _barred(case: Case) -> Iterator[Finding]:
    slugs = {event.slug for event in case.plan.timeline} | {item.exercise.slug for item in case.items}
    for slug in sorted(slugs):
        for condition in case.request.conditions:
            for strain in case.facts.barring_strains(condition, case.facts.exercises[slug]):
                yield "barred strain", f"{condition}: {slug} ({strain})"


def _time_limits(case: Case) -> Iterator[Finding]:
    for condition in case.request.conditions:
        for strain, limit in case.facts.rules[condition]["strains"].items():
            concerned = [one.reaches(strain, limit.get("caution")) for one in case.exercises]
            items = [item for item, counts in zip(case.items, concerned, strict=True) if counts]
            kinds = ("get_ready", "work", "switch", "rest")
            seconds = sum(event.duration_s for i in items for event in case.events_of(i.exercise.slug, *kinds))
            if seconds > limit.get("max_total_s", seconds):
                yield "time limit of a strain", f"{condition}: {seconds} s of {strain}"
            if limit.get("apart") and any(before and after for before, after in pairwise(concerned)):
                yield "strains to keep apart", f"{condition}: two of {strain} running"
            for item in items:
                holds = [dose.hold_s or 0 for dose in (item.dose, item.extra_set) if dose is not None]
                if item.dose.tempo is None and max(holds) > limit.get("max_hold_s", 999):
                    yield "hold limit of a strain", f"{condition}: {item.exercise.slug} held {max(holds)} s"


def _cautions(case: Case) -> Iterator[Finding]:
    for item, exercise in zip(case.items, case.exercises, strict=True):
        told = {caution.condition: set(caution.strains) for caution in item.cautions}
        for condition in case.request.conditions:
            missing = set(case.facts.careful_strains(condition, exercise)) - told.get(condition, set())
            if missing:
                yield "caution not told", f"{condition}: {exercise.slug} {sorted(missing)}"
            elif any(not caution.advice for caution in item.cautions):
                yield "caution without advice", exercise.slug


def _cues(case: Case) -> Iterator[Finding]:
    for exercise in case.exercises:
        careful = {s for one in case.request.conditions for s in case.facts.careful_strains(one, exercise)}
        lines = [line.text for event in case.events_of(exercise.slug) for line in event.say]
        for cue, strain in exercise.cue_strains.items():
            if strain in careful and any(cue in line for line in lines):
                yield "cue against a caution", f"{exercise.slug}: {cue}"
        if "neck_rotation" in careful and any(EYES_FOLLOW.search(line) for line in lines):
            yield "cue that turns the neck", exercise.slug


def _positions(case: Case) -> Iterator[Finding]:
    request, allowed = case.request, case.facts.default_positions(case.request.conditions)
    if allowed is None:
        return
    if request.positions is not None:
        is_told = any(note.startswith(case.facts.named_positions_note) for note in case.plan.notes)
        if not set(request.positions) <= allowed and not is_told:
            yield "set-aside positions not told", f"{request.conditions}: {request.positions}"
        return
    for exercise in case.exercises:
        if exercise.position not in allowed and exercise.slug not in request.include:
            yield "position of a condition", f"{request.conditions}: {exercise.slug} ({exercise.position})"


def _first_level(case: Case) -> Iterator[Finding]:
    level = case.facts.first_level(case.request.conditions)
    for exercise in case.exercises if not case.request.history else []:
        if exercise.level > level:
            yield "level of a first session", f"{case.request.conditions}: {exercise.slug} ({exercise.level})"
    has_mat = "mat" in case.request.available_equipment
    goes_down = [e.slug for e in case.exercises if e.position in FLOOR and e.slug not in case.request.include]
    if case.request.age_band == "65+" and case.request.positions is None and not has_mat and goes_down:
        yield "floor from 65 on", f"{goes_down}"


def _pain(case: Case) -> Iterator[Finding]:
    for slug, reports in _reports_by_slug(case.request).items():
        painful = case.facts.exercises[slug]
        days_ago, newest = reports[0]
        rests = any(_zone(one) == "red" and days <= REST_DAYS for days, one in reports)
        returns = _zone(newest) == "red" and days_ago <= RETURN_DAYS
        eases = _zone(newest) == "amber" and days_ago <= REST_DAYS
        for exercise, item in zip(case.exercises, case.items, strict=True):
            if not exercise.shares_strain(painful):
                continue
            if rests:
                yield "strain rests after pain", f"{slug} hurt, {exercise.slug} is given"
            own_sets = case.plan.exercises[exercise.slug].dose.sets
            if (returns or eases) and _is_more_than_half(case, exercise, own_sets) and "mildest" not in str(item.why):
                yield "strain halved after pain", f"{slug} hurt, {exercise.slug} {case.work_s(exercise.slug)} s"
        if rests and not any("doctor" in note for note in case.plan.notes):
            yield "whom to ask after pain", slug


def _is_more_than_half(case: Case, exercise: ExerciseFacts, sets: int) -> bool:
    dose = exercise.dose
    tempo = dose.get("tempo")
    one_s = sum(tempo.values()) if tempo else dose.get("hold_s") or 0
    count = dose.get("breaths") or dose.get("reps") or 1
    release_s = 2 * count if not tempo and count > 1 else 0
    own_s = sets * (one_s * count + release_s) * (2 if exercise.unilateral else 1)
    return case.work_s(exercise.slug) > MAX_HALVED_SHARE * own_s


def _reports_by_slug(request: SessionRequest) -> dict[str, list[tuple[int, PerformedExercise]]]:
    """Return the reports of each exercise, newest first; of one day the one that hurt most first."""
    reports: dict[str, list[tuple[int, PerformedExercise]]] = {}
    for session in sorted(request.history, key=lambda one: one.days_ago):
        for item in session.items:
            reports.setdefault(item.slug, []).append((session.days_ago, item))
    ranks = ("green", "amber", "red")
    for own in reports.values():
        own.sort(key=lambda pair: (pair[0], -ranks.index(_zone(pair[1]))))
    return reports


def _zone(report: PerformedExercise) -> str:
    if (report.pain or 0) > MAX_AMBER_PAIN:
        return "red"
    unsettled = report.settled is False and report.pain != 0
    return "amber" if (report.pain or 0) > MAX_GREEN_PAIN or unsettled else "green"


def _alternatives(case: Case) -> Iterator[Finding]:
    for excluded in case.plan.excluded:
        if excluded.alternative is None:
            continue
        other = case.facts.exercises[excluded.alternative]
        for condition in case.request.conditions:
            judged = case.facts.careful_strains(condition, other) + case.facts.barring_strains(condition, other)
            if judged:
                yield "alternative that needs care", f"{condition}: {excluded.slug} -> {other.slug} {judged}"
