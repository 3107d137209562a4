"""A session request as answers give it: open, and with every field, where what a client sends is closed."""

from typing import Self

from pydantic import Field

from app.kit.models import FrozenModel
from app.rules.vocabulary import AgeBand, AvailableEquipment, Goal, Position, Purpose
from app.schemas.exercise import Slug
from app.schemas.session_request import SessionRequest


class GoalWeight(FrozenModel):
    """A goal and how much it counts beside the others, 1 to 10."""

    goal: Goal
    weight: int


class SessionRecipe(FrozenModel):
    """What to ask of a session. `POST /v1/sessions` takes it as it is, or changed.

    It is no `SessionRequest`: that one is closed and has defaults, as a request; this one is open and whole, as an
    answer. It states no conditions and no history, because it is made for anybody.
    """

    duration_s: int = Field(description="Seconds there are.")
    goals: tuple[GoalWeight, ...]
    available_equipment: tuple[AvailableEquipment, ...] = Field(
        description="Equipment at hand, in the words of a request; empty: body weight only."
    )
    positions: tuple[Position, ...] | None = Field(description="Positions that are possible; null: every one.")
    level: int = Field(description="Ability: 1 anyone, 5 trained.")
    age_band: AgeBand | None = Field(description="Null: no age is stated.")
    purpose: Purpose
    include: tuple[Slug, ...] = Field(description="Exercises that must be in it.")
    exclude: tuple[Slug, ...] = Field(description="Exercises to leave out.")
    seed: int

    @classmethod
    def from_request(cls, request: SessionRequest) -> Self:
        """Return the recipe of a request, without its conditions and history."""
        return cls.model_validate(request.model_dump(include=set(cls.model_fields)))

    def to_request(self) -> SessionRequest:
        """Return the request that this is the recipe of."""
        return SessionRequest.model_validate(self.model_dump())
