"""What a session is asked for. Strict: an unknown field, a repeated goal or a number in quotes is an error."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from app.kit.models import RequestModel
from app.rules.vocabulary import AgeBand, AvailableEquipment, BodySide, Condition, Goal, Position, Purpose
from app.schemas.exercise import ExerciseSlug


class RequestedGoal(RequestModel):
    """A goal and how much it counts beside the others."""

    goal: Goal = Field(description="What the session is for.", examples=["rotation"])
    weight: int = Field(
        default=1, ge=1, le=10, description="Its share of the session, beside the other goals.", examples=[2]
    )


class PerformedDose(RequestModel):
    """How much was done of an exercise."""

    sets: int = Field(
        ge=1, le=6, description="Sets; on each side where it is one-sided, without the `extra_set`.", examples=[2]
    )
    reps: int | None = Field(default=None, ge=1, le=30, description="Repetitions (or holds) of a set.", examples=[8])
    hold_s: int | None = Field(default=None, ge=1, le=120, description="Seconds of a hold.", examples=[None])
    breaths: int | None = Field(default=None, ge=1, le=60, description="Breaths.", examples=[None])


class PerformedExercise(RequestModel):
    """One exercise of an earlier session, and how it went."""

    slug: ExerciseSlug = Field(description="The exercise.", examples=["seated-thoracic-rotation"])
    effort: int | None = Field(
        default=None, ge=0, le=10, description="How hard it felt, 0 nothing to 10 all there is.", examples=[4]
    )
    pain: int | None = Field(
        default=None, ge=0, le=10, description="The worst pain during it, 0 none to 10.", examples=[1]
    )
    settled: bool | None = Field(
        default=None,
        description="True where the pain was gone within 24 hours; of no meaning without pain.",
        examples=[True],
    )
    completed: bool = Field(default=True, description="True where the whole dose was done.", examples=[True])
    dose: PerformedDose | None = Field(default=None, description="What was done; null: as the catalogue gives it.")


class PerformedSession(RequestModel):
    """An earlier session."""

    days_ago: int = Field(ge=0, le=366, description="Whole days since then.", examples=[1])
    items: tuple[PerformedExercise, ...] = Field(max_length=40, strict=False, description="What was done.")


def reject_duplicates(names: Iterable[str]) -> None:
    """Raise `ValueError` for names that are repeated: that is a mistake of the caller, and is named, not mended."""
    repeated = sorted(name for name, count in Counter(names).items() if count > 1)
    if repeated:
        raise ValueError(f"{', '.join(repeated)}: given more than once")


def as_set(values: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The values in one order, whatever order they were sent in. Raises `ValueError` where one is repeated."""
    reject_duplicates(values or ())
    return values if values is None else tuple(sorted(values))


RequestedGoals = Annotated[tuple[RequestedGoal, ...], Field(min_length=1, max_length=5, strict=False)]
Conditions = Annotated[tuple[Condition, ...], Field(max_length=30, strict=False), AfterValidator(as_set)]
History = Annotated[tuple[PerformedSession, ...], Field(max_length=60, strict=False)]


class SessionRequest(RequestModel):
    """What the session is for, how long, with what, and what the body asks. Personal fields are used and forgotten."""

    duration_s: int = Field(ge=30, le=3600, description="Seconds there are, never exceeded.", examples=[600])
    goals: RequestedGoals = Field(description="One to five goals; wishes, not conditions.")
    available_equipment: tuple[AvailableEquipment, ...] = Field(
        default=(),
        max_length=30,
        strict=False,
        description="Equipment at hand; an empty list or `none`: body weight only. With the condition "
        "`wheelchair_user` the seat of the wheelchair counts as a `chair`, named or not.",
        examples=[["chair", "resistance_band"]],
    )
    positions: tuple[Position, ...] | None = Field(
        default=None,
        min_length=1,
        max_length=30,
        strict=False,
        description="Positions that are possible; absent: every one.",
        examples=[["seated", "standing"]],
    )
    level: int = Field(
        default=2,
        ge=1,
        le=5,
        description="Ability: 1 anyone, 5 trained. It stands at any age; 2 is a start for everybody.",
        examples=[2],
    )
    age_band: AgeBand | None = Field(
        default=None,
        description="Age decides holds, repetitions, rests and how fast doses rise; from 65 on, exercises on the floor "
        "come only with a `mat`, or where `positions` or `include` name them. Forgotten afterwards.",
        examples=["40-64"],
    )
    purpose: Purpose = Field(default="standalone", description="What the session is part of.", examples=["standalone"])
    conditions: Conditions = Field(
        default=(),
        description="Stated health conditions, in any order. Forgotten afterwards.",
        examples=[["wrist_pain"]],
    )
    include: tuple[ExerciseSlug, ...] = Field(
        default=(),
        max_length=20,
        strict=False,
        description="Exercises that must be in it; they may be one level above `level`.",
        examples=[["open-book"]],
    )
    exclude: tuple[ExerciseSlug, ...] = Field(
        default=(),
        max_length=100,
        strict=False,
        description="Exercises to leave out; deleted ones are ignored.",
        examples=[["dead-hang"]],
    )
    history: History = Field(
        default=(),
        description="What was done lately, in any order. Needed are the reports of the last 14 days (28 from 65 on) "
        "and, of an exercise not done since, its last two; 60 days are welcome. Exercises that were renamed since are "
        "found, deleted ones are ignored. After pain above 5 everything that strains alike rests for 7 days and comes "
        "back at about half; leave that report out once a clinician has cleared it. Forgotten afterwards.",
    )
    stiffer_side: BodySide | None = Field(
        default=None,
        description="The side to which you turn less far, or that feels tighter: from a self-test, or by hand. "
        "One-sided exercises begin with it. Those that serve `rotation`, `lateral_flexion` or `overhead`, where that "
        "is a goal, give it more within `duration_s`: `extra_set`. Not stored beyond the timeline that it gives.",
        examples=["left"],
    )
    intro: bool = Field(
        default=False,
        description="True where the exercises are new to the person: the steps of each are spoken before it, in an "
        "event `introduction`, within `duration_s`.",
        examples=[False],
    )
    seed: int = Field(
        default=0, ge=0, le=2**31 - 1, description="Another number, another choice among equals.", examples=[0]
    )

    @property
    def is_personal(self) -> bool:
        """True where an age band, conditions or a history are stated."""
        return self.age_band is not None or bool(self.conditions) or bool(self.history)

    @property
    def weight_by_goal(self) -> dict[Goal, int]:
        """The weight of each requested goal, in the order of the request."""
        return {entry.goal: entry.weight for entry in self.goals}

    @field_validator("goals", "available_equipment", "positions", "include", "exclude", mode="after")
    @classmethod
    def have_no_duplicates(cls, values: tuple[object, ...] | None) -> tuple[object, ...] | None:
        """Return the values. Raises `ValueError` when one is repeated."""
        reject_duplicates(str(value.goal if isinstance(value, RequestedGoal) else value) for value in values or ())
        return values

    @field_validator("available_equipment", mode="after")
    @classmethod
    def drop_none(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        """The list without `none`: `["none"]` is the same request as an empty list, and has the same session id."""
        return tuple(value for value in values if value != "none")
