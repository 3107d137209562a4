"""Derives public records from what people write: contraindications, easier links, durations, built sessions."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from app.catalogue.figure_responses import find_drawn_slug, to_motion_tempo, to_shown_muscles
from app.changes.ownership import is_visible, owner_of
from app.editing.entry_fields import ExerciseEntry, GuidelineEntry, ReferenceEntry, RoutineEntry
from app.figures import assets
from app.figures.figure_hash import hash_figure
from app.rules.conditions import list_restrictions, write_advice
from app.rules.dose import Dose, total_duration_s
from app.rules.muscles import ExerciseMuscles
from app.rules.notices import CONTENT_LICENSE, load_disclaimer, load_stop_rules
from app.rules.strains import StrainDegrees, list_strains, map_strains
from app.rules.vocabulary import Position
from app.schemas.exercise import Contraindication, Exercise, Figure
from app.schemas.guideline import Guideline
from app.schemas.reference import Reference
from app.schemas.routine import Routine
from app.schemas.session_recipe import SessionRecipe
from app.schemas.session_request import SessionRequest
from app.sessions.build import build_session
from app.sessions.errors import InfeasibleRequestError, SessionBlockedError, UnknownExerciseError
from app.sessions.problem.exercise_index import ExerciseIndex
from app.sessions.storage.stored_session import to_impersonal

UNSET_TIMESTAMP = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a record, beside serial 0, until the writer has compared it with the stored one."""

OTHER_SIDE = {"left": "right", "right": "left"}
"""The side that works in the mirror image of a one-sided drawing."""


def derive_exercises(entries: Mapping[str, ExerciseEntry], edited: Mapping[str, Exercise]) -> dict[str, Exercise]:
    """Return the public exercises by slug. Those `edited` over the API keep their texts and get new derived fields."""
    slugs = sorted({*entries, *edited})
    easier: dict[str, list[str]] = {slug: [] for slug in slugs}
    easier |= {slug: list_shared_easier(entry) for slug, entry in entries.items()}
    for slug in slugs:
        for harder_slug in edited[slug].harder if slug in edited else entries[slug].harder:
            if is_visible(slug, owner_of(harder_slug)):  # a shared exercise does not know those of partners
                easier[harder_slug].append(slug)
    return {
        slug: _rederive(edited[slug], easier[slug]) if slug in edited else _derive_exercise(entries[slug], easier[slug])
        for slug in slugs
    }


def list_shared_easier(entry: ExerciseEntry) -> list[str]:
    """Return the shared exercises that an own one calls easier: nothing else says so, since they do not name it."""
    return [slug for slug in entry.easier or () if owner_of(slug) is None] if owner_of(entry.slug) else []


def _derived_fields(
    slugs: list[str],
    degrees: StrainDegrees,
    dose: Dose,
    position: Position,
    easier: list[str],
    muscles: ExerciseMuscles,
) -> dict[str, Any]:
    """Return the fields that nobody writes. `slugs` are the present one and those that the exercise had before."""
    return {
        "est_duration_s": total_duration_s(dose, position),
        "easier": tuple(sorted(easier)),
        "strains": list_strains(degrees),
        "contraindications": derive_contraindications(degrees),
        "figure": derive_figure(slugs, dose, muscles),
    }


def derive_contraindications(degrees: StrainDegrees) -> tuple[Contraindication, ...]:
    """Return the verdict of each condition on an exercise with these strains, with advice."""
    return tuple(
        Contraindication(**restriction._asdict(), advice=write_advice(restriction))
        for restriction in list_restrictions(degrees)
    )


def rederive_own(exercise: Exercise) -> Exercise:
    """Return a partner's own exercise with what is derived from its own fields; its links stay as they are."""
    return _rederive(exercise, list(exercise.easier))


def _rederive(exercise: Exercise, easier: list[str]) -> Exercise:
    strains, dose = map_strains(exercise.strains), exercise.dose
    fields = _derived_fields([exercise.slug], strains, dose, exercise.position, easier, exercise.muscles)
    return exercise.model_copy(update=fields)


def _derive_exercise(entry: ExerciseEntry, easier: list[str]) -> Exercise:
    dose, muscles = entry.full_dose, ExerciseMuscles.model_validate(entry.muscles.model_dump())
    return Exercise(
        **entry.model_dump(exclude={"goals", "dose", "easier", "harder", "formerly", "strains"}),
        **_derived_fields([entry.slug, *entry.formerly], entry.strains, dose, entry.position, easier, muscles),
        goals=tuple(entry.goals),
        goal_weights=entry.goals,
        dose=dose,
        harder=tuple(sorted(entry.harder)),
        license=CONTENT_LICENSE,
        stop_rules=load_stop_rules(),
        disclaimer=load_disclaimer(),
        updated_at=UNSET_TIMESTAMP,
        serial=0,
    )


def derive_figure(slugs: Sequence[str], dose: Dose, muscles: ExerciseMuscles) -> Figure | None:
    """Return the links to the illustration of an exercise with this dose and muscles; None where there is no drawing.

    `slugs` are its own and those that it had before: the drawing may have one of them.
    """
    drawing = find_drawn_slug(slugs)
    if drawing is None:
        return None
    path, side = f"/v1/exercises/{slugs[0]}/figure", assets.get_drawn_side(drawing)
    other_side = OTHER_SIDE.get(side)
    return Figure(
        hash=hash_figure(drawing, to_motion_tempo(dose), to_shown_muscles(muscles)),
        svg=f"{path}.svg",
        png=f"{path}.png",
        webp=f"{path}.webp",
        gif=f"{path}.gif",
        lottie=f"{path}.json",
        drawn_side=side,
        alt=assets.get_alt_text(drawing, "both"),
        alt_other_side=assets.get_alt_text(drawing, "both", other_side) if other_side else None,
        license=CONTENT_LICENSE.id,
        credit=CONTENT_LICENSE.attribution,
    )


def derive_guideline(entry: GuidelineEntry) -> Guideline:
    """Return the public guideline."""
    fields = entry.model_dump(exclude={"formerly"})
    return Guideline(**fields, license=CONTENT_LICENSE, updated_at=UNSET_TIMESTAMP, serial=0)


def derive_reference(entry: ReferenceEntry) -> Reference:
    """Return the public reference."""
    fields = entry.model_dump(exclude={"formerly"})
    return Reference(**fields, license=CONTENT_LICENSE, updated_at=UNSET_TIMESTAMP, serial=0)


def rebuild_routine(routine: Routine, index: ExerciseIndex) -> Routine:
    """Return a routine with its texts and recipe, and a session built from the exercises as they now are.

    Raises `ValueError` when nothing can be built.
    """
    written = routine.model_dump(mode="json", include=set(RoutineEntry.model_fields) - {"formerly"})
    return derive_routine(RoutineEntry.model_validate(written), index)


def derive_routine(entry: RoutineEntry, index: ExerciseIndex) -> Routine:
    """Return a routine with a session built from its recipe. Raises `ValueError` when nothing can be built."""
    request = SessionRequest.model_validate(entry.recipe)
    try:
        plan = build_session(request, index)
    except (SessionBlockedError, InfeasibleRequestError, UnknownExerciseError) as error:
        raise ValueError(str(error)) from error
    session = to_impersonal(plan._replace(title=entry.name), f"routine-{entry.slug}", 0)
    return Routine(
        **entry.model_dump(exclude={"formerly", "recipe"}),
        goals=tuple(goal.goal for goal in request.goals),
        recipe=SessionRecipe.from_request(request),
        session=session,
        license=CONTENT_LICENSE,
        updated_at=UNSET_TIMESTAMP,
        serial=0,
    )
