"""The public JSON shapes of the requests for other sessions, and of their answer."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from app.kit.models import FrozenModel, RequestModel
from app.rules.vocabulary import AgeBand, BodySide
from app.schemas.session import Session
from app.schemas.session_request import Conditions, History, SessionRequest

SwapReason = TypeAliasType(
    "SwapReason",
    Annotated[
        Literal["too_hard", "pain", "no_equipment", "dislike"],
        Field(description="Why an exercise is exchanged; it decides what may come instead."),
    ],
)


class PersonalFields(RequestModel):
    """What was forgotten after the session was built, and is needed to vary it as carefully: as it is now."""

    age_band: AgeBand | None = Field(default=None, description="Age decides holds, repetitions and rests.")
    conditions: Conditions | None = Field(
        default=None,
        description="Stated health conditions, in any order. Must be sent where the session was built with age, "
        "conditions or history; an empty list says that there are none.",
        examples=[["wrist_pain"]],
    )
    history: History = Field(default=(), description="What was done lately.")
    stiffer_side: BodySide | None = Field(
        default=None, description="The stiffer side; absent: the one that did more in the session.", examples=["left"]
    )

    def added_to(self, plain: SessionRequest) -> SessionRequest:
        """Return a request with these fields in place of its own."""
        personal = {
            "age_band": self.age_band,
            "conditions": self.conditions or (),
            "history": self.history,
            "stiffer_side": self.stiffer_side or plain.stiffer_side,
        }
        return plain.model_copy(update=personal)


class SwapRequest(PersonalFields):
    """Which exercise to exchange, and why."""

    position_in_session: int = Field(ge=1, le=40, description="1 for the first exercise.", examples=[2])
    reason: SwapReason = Field(
        default="dislike",
        description="Decides what may come instead; left out, another one comes.",
        examples=["too_hard"],
    )


class SessionAlternativesRequest(PersonalFields):
    """How many other sessions to build."""

    count: int = Field(default=3, ge=1, le=5, description="Sessions to build.", examples=[2])


class SessionAlternatives(FrozenModel):
    """Other sessions for the same request."""

    items: tuple[Session, ...]
    exhausted: bool = Field(description="True where there are no more that differ enough.")
    reason: str | None = Field(description="Why there are fewer than were asked for; else null.")
