"""The public JSON shapes of a built session: what an app plays, and why it is so."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.models import FrozenModel
from app.rules.dose import Dose, Tempo
from app.rules.notices import Disclaimer
from app.rules.strains import Strain
from app.rules.vocabulary import BodySide, Condition, Goal, Phase, Purpose, Side
from app.schemas.exercise import Exercise, ExerciseSlug, Figure

EventKind = TypeAliasType(
    "EventKind",
    Annotated[
        Literal["transition", "introduction", "get_ready", "work", "switch", "rest", "done"],
        Field(
            description="What happens in a stretch of a timeline: moving to another position, hearing steps or note, "
            "getting ready, a set, a change of sides, a rest. `done` is the end: it lasts 0 seconds."
        ),
    ],
)
EligibilityStepName = TypeAliasType(
    "EligibilityStepName",
    Annotated[
        Literal[
            "catalogue", "equipment", "position", "level", "purpose", "excluded", "history", "conditions", "eligible"
        ],
        Field(description="What narrows the catalogue down to the exercises that a session may use, in this order."),
    ],
)


class GoalSeconds(FrozenModel):
    """Seconds of an exercise's work that count for a goal; rests between sets of strength work are part of it."""

    goal: Goal
    seconds: int


class Caution(FrozenModel):
    """A stated condition that asks care with an exercise, and how."""

    condition: Condition
    strains: tuple[Strain, ...]
    advice: str


class ExerciseCard(FrozenModel):
    """An exercise in a list; the whole record is under `exercises`."""

    slug: ExerciseSlug
    name: str
    figure: Figure | None


class ExtraSet(FrozenModel):
    """The set that the stiffer side does after the dose: one of its sets, or half of it where there is only one."""

    side: BodySide = Field(
        description="The working side, as in the timeline. Where it trains the other one, as knees to the right turn "
        "the chest to the left, it is not `stiffer_side` but its opposite."
    )
    reps: int | None
    hold_s: int | None = Field(description="Seconds of one hold.")
    breaths: int | None
    text: str = Field(description="The set in one line, such as `1 x 8, hold 3 s`.")


class SessionItem(FrozenModel):
    """One exercise of a session, with its dose and the reasons for it."""

    position_in_session: int = Field(description="1 for the first exercise.")
    exercise: ExerciseCard
    dose: Dose
    extra_set: ExtraSet | None = Field(description="What `stiffer_side` adds; null: both sides do the same.")
    side: BodySide | None = Field(
        description="The only side that works, where a prescription names one; null: as `dose.per_side` says."
    )
    note: str | None = Field(description="What a prescription says of it, in one line of plain text.")
    duration_s: int = Field(description="Seconds from moving to it until its last set ends.")
    why: tuple[str, ...]
    serves: tuple[GoalSeconds, ...]
    cautions: tuple[Caution, ...] = Field(description="Only in the answer to the request that stated the conditions.")


class SessionPhase(FrozenModel):
    """A phase and its exercises in order."""

    phase: Phase
    duration_s: int
    items: tuple[SessionItem, ...]


class SpokenLine(FrozenModel):
    """A line to speak in an event."""

    at_s: int = Field(description="Seconds from the start of the event.")
    text: str


class TimelineEvent(FrozenModel):
    """A stretch of the timeline; the next begins where it ends. A player needs nothing else to show and speak it."""

    at_s: int = Field(description="Seconds from the start.")
    duration_s: int = Field(description="Seconds that it lasts: 0 for `done`, which is the last event.")
    kind: EventKind
    slug: ExerciseSlug = Field(description="The exercise that is done, or made ready for; at the end the last one.")
    name: str = Field(description="The name of the exercise.")
    position_in_session: int = Field(description="The place of the exercise among all: 1 for the first.")
    phase: Phase
    side: Side = Field(
        description=(
            "The side that works: the arm that opens, reaches or pulls, the leg that moves, the side that the chest or "
            "the knees turn to, the side that is stretched or rolled; in a side plank the side that bears the weight. "
            "Lying on the right side and opening the left arm is `left`; `say` tells it in words. Outside work it is "
            "the side of the work that comes next; at the end that of the last."
        )
    )
    set: int | None = Field(description="1 for the first set; before a rest the set that has ended; else null.")
    sets: int = Field(description="Sets of the exercise, with the extra one of a stiffer side.")
    reps: int | None = Field(description="Repetitions, holds or breaths in this event.")
    text: str = Field(description="A line to show: `8 turns, left side`; before the work all of it: `2 x 8 turns`.")
    figure: str | None = Field(
        description="The address of the picture to show, an SVG of that side: moving while steps are told or "
        "repetitions done, the end posture while it is held, the start posture before and between. Null where none "
        "is drawn."
    )
    say: tuple[SpokenLine, ...] = Field(
        description="Everything to speak: what comes, how many and a cue at the start; half way, the last one, the "
        "last three seconds; at the end that it is done. Never empty, in order, and none interrupts another."
    )
    pace: Tempo | None = Field(description="Seconds out, held and back of each repetition or breath.")


class Coverage(FrozenModel):
    """What a goal was asked to have and what it got."""

    goal: Goal
    requested_share: float = Field(description="Of the weights, 0-1; 0 in a prescription, which asks for no goals.")
    actual_share: float = Field(description="Of the seconds that serve any asked goal, 0-1.")
    seconds: int
    reason: str | None = Field(
        description="Why the shares differ by more than 0.1, or why so little of the session; else null."
    )


class EligibilityStep(FrozenModel):
    """How many exercises are left after a step."""

    step: EligibilityStepName
    left: int


class ExcludedExercise(FrozenModel):
    """An exercise that a stated condition bars, why, and one that suits the person where they want one like it."""

    slug: ExerciseSlug
    name: str
    condition: Condition
    strains: tuple[Strain, ...] = Field(description="The strains of the exercise for which it is barred.")
    alternative: ExerciseSlug | None = Field(
        description="Serves the same first goal with a movement or region in common, and asks for no care; "
        "null where there is none. It need not be in the session."
    )
    alternative_name: str | None


class Session(FrozenModel):
    """A built session: all that a player needs, and why it is so."""

    id: str = Field(description="Read it again at `/v1/sessions/{id}`.")
    stored: bool = Field(
        description="True where the session is kept and can be read, exchanged and varied by its id. False while the "
        "database cannot be written: it can be played all the same."
    )
    not_stored_reason: str | None = Field(description="Why it is not stored and what that means; else null.")
    title: str
    duration_s: int = Field(description="Seconds of the whole timeline; never more than asked.")
    purpose: Purpose
    catalogue_serial: int = Field(description="The catalogue that it was built from.")
    seed: int
    phases: tuple[SessionPhase, ...]
    timeline: tuple[TimelineEvent, ...] = Field(
        description="From second 0 to the end without a gap: a plain timer can play it."
    )
    coverage: tuple[Coverage, ...]
    funnel: tuple[EligibilityStep, ...] = Field(description="Only in the answer to the request; empty afterwards.")
    excluded: tuple[ExcludedExercise, ...] = Field(
        description=(
            "What a stated condition bars and nothing else excludes; what is only in another position than the "
            "condition allows is counted in `funnel`. Only in the answer to the request; empty afterwards."
        )
    )
    exercises: dict[str, Exercise] = Field(
        description="The whole records, by slug; empty where they were not asked for."
    )
    shortfall_s: int = Field(description="Seconds that were asked for and could not be filled well.")
    shortfall_reason: str | None
    notes: tuple[str, ...] = Field(description="What else is worth knowing about this session.")
    stop_rules: tuple[str, ...]
    disclaimer: Disclaimer
