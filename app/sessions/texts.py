"""The shapes of the texts of sessions; the sentences themselves are in `seed/texts/en/session_*.yaml`."""

from typing import Annotated, Final

from app.kit.models import FrozenModel
from app.rules.vocabulary import Equipment, Goal, LoadGroup, Phase, Purpose
from app.texts.loader import EveryKey, TextFile
from app.texts.loader import load_texts as load_texts
from app.texts.templates import Fields, ListTemplate, PluralTemplate, Template, Text


class PhraseTexts(TextFile):
    """Words as they stand inside a sentence, and how several become one phrase."""

    file_name = "session_phrases.yaml"
    goals: Annotated[dict[Goal, Text], EveryKey(Goal)]
    purposes: Annotated[dict[Purpose, Text], EveryKey(Purpose)]
    phases: Annotated[dict[Phase, Text], EveryKey(Phase)]
    equipment: Annotated[dict[Equipment, Text], EveryKey(Equipment)]
    loads: Annotated[dict[LoadGroup, Text], EveryKey(LoadGroup)]
    dose_units: Annotated[dict[str, Text], EveryKey(("reps", "breaths", "sets", "hold_s"))]
    all_of: ListTemplate
    each_of: ListTemplate
    any_of: ListTemplate
    clauses: ListTemplate


class HistoryTexts(TextFile):
    """Advice after exercises that hurt."""

    file_name = "session_history.yaml"
    rests: Annotated[Template, Fields("exercise", "strains", "days")]
    returns: Annotated[Template, Fields("exercise", "strains")]
    halved: Annotated[Template, Fields("exercise", "strains")]
    no_strain: Text
    """Stands for the strains of an exercise that has none that may be what hurt."""
    eased: Annotated[Template, Fields("exercise")]
    whom_to_ask: Text
    halved_after_swap: Annotated[Template, Fields("exercise", "strains")]


class ItemReasonTexts(TextFile):
    """Why an exercise is in the session."""

    file_name = "session_item_reasons.yaml"
    included: Text
    replacement: Annotated[Template, Fields("exercise")]
    serves: Annotated[Template, Fields("goals")]
    helps: Annotated[Template, Fields("goals")]
    off_goal: Annotated[Template, Fields("goals")]
    calm_start: Text
    easy_start: Text
    fresh_strength: Text
    quiet_end: Text
    step_up: Annotated[Template, Fields("amount", "unit")]
    step_up_sets: Annotated[Template, Fields("sets", "reps")]
    eased: Text
    halved: Text
    after_miss: Text
    returning: Text
    returning_after_pain: Text
    mildest: Text
    outgrown: Text
    at_the_top: Text
    repeated: Text
    unrested: Text
    stiffer_side: Text
    stiffer_side_by_other: Annotated[Template, Fields("working", "stiffer")]
    preferred_for_goal: Annotated[Template, Fields("exercise", "goal")]
    preferred_for_care: Annotated[Template, Fields("exercise")]
    preferred_for_novelty: Annotated[Template, Fields("exercise")]
    preferred_for_level: Annotated[Template, Fields("exercise")]


class TitleTexts(FrozenModel):
    """The parts of a session's title."""

    seconds: Annotated[Template, Fields("count", "purpose")]
    minutes: Annotated[Template, Fields("count", "purpose")]
    with_goals: Annotated[Template, Fields("title", "goals")]
    with_few_goals: Annotated[Template, Fields("title", "goals")]


class CoverageTexts(FrozenModel):
    """Why a goal got another share than was requested."""

    over_share: Text
    low_others_do_not_fit: Annotated[Template, Fields("goal")]
    low_nothing_else: Annotated[Template, Fields("goal")]
    exchanged: Annotated[Template, Fields("goal")]
    all_used: Annotated[Template, Fields("goal")]
    all_used_in_full_time: Annotated[Template, Fields("goal")]
    max_exercises: Annotated[PluralTemplate, Fields("count")]
    more_would_tire: Annotated[Template, Fields("loads")]
    any_would_tire: Annotated[Template, Fields("loads")]
    costs_more: Annotated[Template, Fields("goal")]
    warm_up_is_full: Annotated[Template, Fields("goal")]
    end_is_full: Annotated[Template, Fields("goal")]
    goes_less_well: Annotated[Template, Fields("goal")]
    not_in_catalogue: Annotated[Template, Fields("goal")]
    not_with_request: Annotated[Template, Fields("goal")]
    takes_longer: Annotated[Template, Fields("goal")]
    not_in_session: Annotated[Template, Fields("goal")]


class ShortfallTexts(FrozenModel):
    """Why seconds of the session stay empty."""

    max_exercises_full_doses: Annotated[PluralTemplate, Fields("count")]
    max_exercises_costly_doses: Annotated[PluralTemplate, Fields("count")]
    all_used: Text
    only_off_goal: Text
    nothing_fits: Annotated[Template, Fields("seconds")]
    exchanged: Text
    exchanged_and_added: Text
    would_tire: Text
    phases_and_loads: Text


class SwapNoteTexts(FrozenModel):
    """What else changed where one exercise was exchanged."""

    exercises_added: Annotated[Template, Fields("exercises")]
    more_added: Annotated[Template, Fields("exercises")]
    """The same where the others are not as before."""
    without_equipment: Annotated[Template, Fields("exercises")]
    removed: Annotated[Template, Fields("exercises")]
    nothing_in_its_place: Text


class ConditionNoteTexts(FrozenModel):
    """What the stated conditions change in a session as a whole."""

    positions_inside: Annotated[Template, Fields("positions")]
    positions_outside: Annotated[Template, Fields("positions")]
    named_positions: Annotated[Template, Fields("positions")]
    first_level: Annotated[Template, Fields("level")]


class AgeNoteTexts(FrozenModel):
    """What an age of 65 or more changes in a session, and what it leaves as it was asked for."""

    level: Annotated[Template, Fields("level")]
    no_floor: Text
    named_on_floor: Text


class SessionNoteTexts(TextFile):
    """What a session says of itself as a whole."""

    file_name = "session_notes.yaml"
    title: TitleTexts
    coverage: CoverageTexts
    shortfall: ShortfallTexts
    serves_no_goal: Text
    mostly_off_goal: Text
    wrists_follow: Text
    phases_shorter: Annotated[Template, Fields("phases")]
    above_level: Annotated[Template, Fields("exercises")]
    pre_training: Text
    conditions: ConditionNoteTexts
    swap: SwapNoteTexts
    aged_65_plus: AgeNoteTexts
    held_back: Annotated[Template, Fields("strains")]
    next_level: Annotated[Template, Fields("level")]
    no_extra_set: Text
    cautions_not_kept: Text
    not_stored: Text


class LimitTexts(FrozenModel):
    """Requirements as they stand in `No exercise for rotation is possible ...`."""

    with_equipment: Text
    without_equipment: Text
    positions: Text
    level: Annotated[Template, Fields("level")]
    age_band: Text
    purpose: Annotated[Template, Fields("purpose")]
    exclude: Text
    history: Text
    conditions: Annotated[Template, Fields("conditions")]
    duration_s: Annotated[Template, Fields("seconds")]
    reason: Text


class ObstacleTexts(FrozenModel):
    """What excludes an exercise, as the rest of a sentence that begins with its name."""

    available_equipment: Annotated[Template, Fields("equipment")]
    positions: Annotated[Template, Fields("position")]
    level: Annotated[Template, Fields("level", "max_level")]
    level_of_included: Annotated[Template, Fields("level", "max_level", "needed_level")]
    age_band: Text
    purpose: Annotated[Template, Fields("purpose")]
    exclude: Text
    history: Text
    conditions: Annotated[Template, Fields("conditions")]
    first_level: Annotated[Template, Fields("conditions", "level")]
    reason: Text


class ChangeTexts(FrozenModel):
    """How a request may be changed. Fields and values are as in the API."""

    set_value: Annotated[Template, Fields("field", "value")]
    add: Annotated[Template, Fields("values", "field")]
    remove: Annotated[Template, Fields("values", "field")]
    keep_only: Annotated[Template, Fields("values", "field")]
    leave_empty: Annotated[Template, Fields("field")]


class BlockTexts(FrozenModel):
    """Why no session is built before a professional was asked."""

    condition: Text
    minor: Text
    minor_instead: Text


class SlugTexts(FrozenModel):
    """What is wrong with the slug of an exercise."""

    unknown: Annotated[Template, Fields("slug")]
    deleted: Annotated[Template, Fields("slug")]
    renamed_and_deleted: Annotated[Template, Fields("slug", "names")]
    similar: Annotated[Template, Fields("detail", "slugs")]
    renames: ListTemplate
    in_stored_session: Annotated[Template, Fields("detail")]


class VariationTexts(FrozenModel):
    """What is said of swaps and alternatives."""

    nothing_in_its_place: Annotated[Template, Fields("detail")]
    without_replacement: tuple[Text, ...]
    """What a person can do where nothing can come in the place of an exercise."""
    no_such_position: Annotated[PluralTemplate, Fields("count")]
    conditions_required: Text
    exhausted: Text
    session_not_found: Text
    other_version: Text
    unreadable_version: Text
    routine_not_found: Text


class RefusalTexts(TextFile):
    """Why a session cannot be built, varied or read, and what would do instead."""

    file_name = "session_refusals.yaml"
    excluded_exercise: Annotated[Template, Fields("exercise", "obstacles")]
    excluded_one: Annotated[Template, Fields("exercises")]
    excluded_several: Annotated[Template, Fields("exercises")]
    same_drill: Annotated[Template, Fields("exercises")]
    needs_time: Annotated[Template, Fields("exercises", "needed", "available")]
    all_needs_time: Annotated[Template, Fields("detail", "needed")]
    same_load: Annotated[Template, Fields("exercises")]
    phase_limits: Annotated[Template, Fields("exercises")]
    condition_limits: Annotated[Template, Fields("exercises")]
    not_in_catalogue: Annotated[Template, Fields("goals")]
    no_candidate: Annotated[Template, Fields("goals", "limits")]
    next_level: Annotated[Template, Fields("detail", "level")]
    nearest: Annotated[Template, Fields("exercise", "obstacles")]
    limits: LimitTexts
    obstacles: ObstacleTexts
    changes: ChangeTexts
    blocked: BlockTexts
    slugs: SlugTexts
    variation: VariationTexts


SESSION_TEXTS: Final = (HistoryTexts, ItemReasonTexts, PhraseTexts, RefusalTexts, SessionNoteTexts)
"""The shape of every file of this package but the printout, the cues and the timeline, which declare their own."""
