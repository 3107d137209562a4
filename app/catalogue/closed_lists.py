"""The closed lists of the contract by their names in the vocabulary: the schemas of their words, and who takes them.

A test compares both tables with the OpenAPI document: it tells of a new list and of a new parameter.
"""

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from app.kit.errors import ErrorLocation
from app.kit.models import FrozenModel


class ListParameter(FrozenModel):
    """A parameter, or a field of a body, that takes words of a list."""

    location: ErrorLocation
    name: str = Field(
        description="The parameter; in a body the path to the field as a JSON pointer, with `*` for each item.",
        examples=["goal", "/goals/*/goal"],
    )
    operations: tuple[str, ...] = Field(description="`operationId` of the operations that have it.")


def _query(name: str, operations: tuple[str, ...]) -> ListParameter:
    return ListParameter(location="query", name=name, operations=operations)


def _body(name: str, operations: tuple[str, ...]) -> ListParameter:
    return ListParameter(location="body", name=name, operations=operations)


EXERCISES = ("list_exercises", "get_exercise_facets", "list_partial_exercises")
GUIDELINES = ("list_guidelines", "list_partial_guidelines")
ROUTINES = ("list_routines", "list_partial_routines")
REFERENCES = ("list_references", "list_partial_references")
BUILDS = ("create_session", "swap_exercise", "create_alternatives")
FITS = ("fit_workstation", "draw_workstation")
PICTURES = (
    "get_exercise_figure_svg",
    "get_exercise_figure_png",
    "get_exercise_figure_webp",
    "get_exercise_figure_gif",
    "get_exercise_figure_lottie",
)
EXPORTS = ("export_session", "export_routine")

SCHEMAS_OF_LIST: Final[Mapping[str, tuple[str, ...]]] = {
    "advice_codes": ("AdviceCode",),
    "age_bands": ("AgeBand",),
    "applies_to": ("AppliesTo",),
    "archive_formats": ("ArchiveFormat",),
    "available_equipment": ("AvailableEquipment",),
    "backgrounds": ("Background",),
    "band_labels": ("BandLabel",),
    "better_directions": ("BetterDirection",),
    "sides": ("BodySide", "Side", "WorkingSide"),
    "categories": ("Category",),
    "certainties": ("Certainty",),
    "change_actions": ("ChangeAction",),
    "change_verdicts": ("ChangeVerdict",),
    "check_ids": ("CheckId",),
    "conditions": ("Condition",),
    "confidences": ("Confidence",),
    "sources": ("ContentSource",),
    "devices": ("Device",),
    "dimension_units": ("DimensionUnit",),
    "eligibility_steps": ("EligibilityStepName",),
    "equipment": ("Equipment",),
    "error_locations": ("ErrorLocation",),
    "event_kinds": ("EventKind",),
    "export_formats": ("ExportFormat",),
    "feet_supports": ("FeetSupport",),
    "figure_phases": ("FigurePhase", "StillFigurePhase"),
    "frames": ("Frame", "MotionFrame"),
    "themes": ("FixedTheme", "Theme"),
    "goals": ("Goal",),
    "edit_actions": ("EditAction",),
    "item_orders": ("ItemOrder",),
    "key_scopes": ("KeyScope",),
    "delivery_faults": ("DeliveryFault",),
    "disabled_reasons": ("DisabledReason",),
    "record_actions": ("RecordAction",),
    "restored_states": ("RestoredState",),
    "length_units": ("LengthUnit",),
    "lenses": ("Lenses",),
    "load_groups": ("LoadGroup",),
    "movements": ("Movement",),
    "muscles": ("Muscle",),
    "muscle_roles": ("MuscleRole",),
    "observed_states": ("ObservedState",),
    "suits": ("Occasion",),
    "papers": ("Paper",),
    "persons": ("PersonChoice", "SittingPerson"),
    "patterns": ("Pattern",),
    "phases": ("Phase",),
    "positions": ("Position",),
    "posture_heights": ("PostureHeight",),
    "purposes": ("Purpose",),
    "record_kinds": ("RecordKind",),
    "reference_kinds": ("ReferenceKind",),
    "regions": ("Region",),
    "reminder_kinds": ("ReminderKind",),
    "screen_aspects": ("ScreenAspect",),
    "screening_outcomes": ("ScreeningOutcome",),
    "screens": ("Screens",),
    "self_test_units": ("SelfTestUnit",),
    "severities": ("Severity",),
    "side_scorings": ("SideScoring",),
    "sign_groups": ("SignGroup",),
    "skin_tones": ("SkinTone",),
    "strains": ("Strain",),
    "strain_degrees": ("StrainDegree",),
    "swap_reasons": ("SwapReason",),
    "topics": ("Topic",),
    "urgencies": ("Urgency",),
    "verdicts": ("Verdict",),
    "weekdays": ("Weekday",),
}
"""List of the vocabulary -> the schemas with its words, or with some of them."""
PARAMETERS_OF_LIST: Final[Mapping[str, tuple[ListParameter, ...]]] = {
    "age_bands": (_body("/age_band", BUILDS),),
    "applies_to": (_query("applies_to", GUIDELINES),),
    "archive_formats": (_query("format", ("get_figures_archive",)),),
    "available_equipment": (
        _query("available_equipment", (*EXERCISES, *ROUTINES)),
        _body("/available_equipment/*", ("create_session",)),
    ),
    "backgrounds": (
        _query(
            "background",
            (
                "get_exercise_figure_svg",
                "get_exercise_figure_png",
                "get_exercise_figure_webp",
                "get_exercise_figure_lottie",
            ),
        ),
    ),
    "sides": (
        _query("side", PICTURES),
        _body("/stiffer_side", BUILDS),
        _body("/items/*/side", ("create_session",)),
    ),
    "categories": (_query("category", EXERCISES),),
    "certainties": (_query("certainty", REFERENCES),),
    "conditions": (
        _body("/conditions/*", BUILDS),
        _body("/items/*/override_conditions/*", ("create_session",)),
    ),
    "item_orders": (_body("/order", ("create_session",)),),
    "sources": (_query("source", EXERCISES),),
    "devices": (
        _body("/device", FITS),
        _body("/body/device", ("assess_workstation",)),
    ),
    "export_formats": (_query("format", EXPORTS),),
    "feet_supports": (_body("/measured/feet", ("assess_workstation",)),),
    "figure_phases": (
        _query("phase", ("get_exercise_figure_svg", "get_figures_archive")),
        _query("phase", ("get_exercise_figure_png",)),
    ),
    "frames": (
        _query("frame", ("get_exercise_figure_svg", "get_exercise_figure_png", "get_figures_archive")),
        _query(
            "frame",
            ("get_exercise_figure_webp", "get_exercise_figure_gif", "get_exercise_figure_lottie"),
        ),
    ),
    "themes": (
        _query("theme", ("get_exercise_figure_svg", "get_figures_archive", "draw_workstation")),
        _query(
            "theme",
            (
                "get_exercise_figure_png",
                "get_exercise_figure_webp",
                "get_exercise_figure_gif",
                "get_exercise_figure_lottie",
            ),
        ),
    ),
    "goals": (
        _query("goal", (*EXERCISES, *GUIDELINES, *ROUTINES)),
        _body("/goals/*/goal", ("create_session",)),
    ),
    "length_units": (
        _body("/results/*/unit", ("score_self_tests",)),
        _body("/earlier/*/unit", ("score_self_tests",)),
    ),
    "lenses": (
        _body("/lenses", FITS),
        _body("/body/lenses", ("assess_workstation",)),
    ),
    "movements": (_query("movement", EXERCISES),),
    "muscles": (_query("muscle", EXERCISES),),
    "muscle_roles": (_query("muscle_role", EXERCISES),),
    "suits": (_query("suits", (*EXERCISES, *ROUTINES)),),
    "papers": (_query("paper", EXPORTS),),
    "persons": (_query("person", PICTURES), _query("person", ("draw_workstation",))),
    "skin_tones": (_query("skin", (*PICTURES, "draw_workstation")),),
    "positions": (
        _query("position", (*EXERCISES, *ROUTINES)),
        _body("/positions/*", ("create_session",)),
    ),
    "purposes": (_body("/purpose", ("create_session",)),),
    "record_kinds": (
        _query("kind", ("list_audit",)),
        ListParameter(location="path", name="kind", operations=("get_entry",)),
        _body("/kinds/*", ("create_webhook", "change_webhook")),
    ),
    "restored_states": (_body("/state", ("restore_record",)),),
    "reference_kinds": (_query("kind", REFERENCES),),
    "regions": (_query("region", EXERCISES),),
    "reminder_kinds": (_query("kinds", ("list_reminders", "get_reminders_calendar")),),
    "screen_aspects": (
        _body("/screen_aspect", FITS),
        _body("/body/screen_aspect", ("assess_workstation",)),
    ),
    "screens": (
        _body("/screens", FITS),
        _body("/body/screens", ("assess_workstation",)),
    ),
    "strains": (_query("without_strain", EXERCISES),),
    "swap_reasons": (_body("/reason", ("swap_exercise",)),),
    "topics": (_query("topic", GUIDELINES),),
    "levels": (
        _query("level_max", (*EXERCISES, *ROUTINES)),
        _body("/level", ("create_session",)),
    ),
}
"""List of the vocabulary -> what takes its words; lists that only answers have are not here."""
